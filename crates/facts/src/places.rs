//! One search over institutions, programs and sites, for a picker.

use domain::{ProgramId, SiteId, fold_key};

use crate::Facts;
use crate::lookup::has_words;

/// What a hit is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PlaceKind {
    /// The programs of one sponsor at one place, by their key.
    Institution(String),
    /// One program.
    Program(ProgramId),
    /// One hospital.
    Site(SiteId),
}

/// A place that a fragment of text finds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceHit {
    /// What it is.
    pub kind: PlaceKind,
    /// What a picker shows.
    pub label: String,
    /// Where it is: city and state, or the state alone.
    pub place: String,
}

impl Facts {
    /// Returns institutions, programs and sites that a fragment finds, best
    /// first: names equal to it, names that begin with it, names with a word
    /// that does, then the rest; institutions before sites before programs.
    ///
    /// An empty fragment finds nothing, so that a picker starts empty.
    pub fn search_places(&self, text: &str) -> Vec<PlaceHit> {
        let wanted = fold_key(text);
        if wanted.is_empty() {
            return Vec::new();
        }
        let mut hits: Vec<(u8, u8, usize, PlaceHit)> = Vec::new();
        let mut keys_seen: Vec<&str> = Vec::new();
        for program in &self.programs {
            let place = format!("{}, {}", program.city, program.state);
            let key = program.institution_key.as_str();
            let words = format!("{} {place} {key}", program.institution);
            let Some(by_key) = rank(&wanted, &[&program.institution, key], &words) else {
                continue;
            };
            let by_name = rank(&wanted, &[&program.institution], &words).unwrap_or(by_key);
            if !keys_seen.contains(&key) {
                keys_seen.push(key);
                hits.push((
                    by_key,
                    0,
                    hits.len(),
                    PlaceHit {
                        kind: PlaceKind::Institution(key.to_owned()),
                        label: program.institution.clone(),
                        place: place.clone(),
                    },
                ));
            }
            hits.push((
                by_name,
                2,
                hits.len(),
                PlaceHit {
                    kind: PlaceKind::Program(program.id.clone()),
                    label: program.name(),
                    place,
                },
            ));
        }
        for site in &self.sites {
            let names: Vec<&str> = self
                .site_names(&site.id)
                .iter()
                .map(String::as_str)
                .collect();
            let place = match site.city.value() {
                Some(city) => format!("{city}, {}", site.state),
                None => site.state.clone(),
            };
            let words = format!("{} {place}", names.join(" "));
            if let Some(rank) = rank(&wanted, &names, &words) {
                hits.push((
                    rank,
                    1,
                    hits.len(),
                    PlaceHit {
                        kind: PlaceKind::Site(site.id.clone()),
                        label: site.name.clone(),
                        place,
                    },
                ));
            }
        }
        hits.sort_by_key(|(rank, kind, position, _)| (*rank, *kind, *position));
        hits.into_iter().map(|(.., hit)| hit).collect()
    }
}

/// Returns how well names fit, 0 best, or `None` when they do not.
fn rank(wanted: &str, names: &[&str], words: &str) -> Option<u8> {
    if !has_words(&fold_key(words), wanted) {
        return None;
    }
    names
        .iter()
        .map(|name| {
            let name = fold_key(name);
            if name == wanted {
                0
            } else if name.starts_with(wanted) {
                1
            } else if format!(" {name}").contains(&format!(" {wanted}")) {
                2
            } else {
                3
            }
        })
        .min()
}
