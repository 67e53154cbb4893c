//! Medical schools, and how a text names one.

use std::collections::{HashMap, HashSet};

use domain::{Fact, Provenance, Reliability, School, fold_key};
use serde::Deserialize;

use crate::load::{LoadError, list, rows};
use crate::provenance::date_in;

/// What a text says about a school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SchoolAnswer<'a> {
    /// It names this school.
    One(&'a School),
    /// It could mean one of these, or a school that is not in the data; the
    /// student says which.
    Several(Vec<&'a School>),
    /// It names no school of the data.
    None,
}

#[derive(Deserialize)]
struct SchoolRow {
    canonical_name: String,
    abbreviations: String,
    country: String,
    name_forms_seen: String,
    accreditor: String,
    accreditation_evidence: String,
    on_march_2023_accredited_list: String,
    note: String,
    source: String,
}

#[derive(Deserialize)]
struct SharedRow {
    abbreviation: String,
}

/// The schools and every key under which one is found.
#[derive(Debug)]
pub(crate) struct Schools {
    schools: Vec<School>,
    on_list_2023: Vec<bool>,
    by_key: HashMap<String, Vec<usize>>,
    /// Keys that other schools use too, so that they never settle anything alone.
    shared: HashSet<String>,
    /// Names of countries as keys, with the schools that stand there.
    countries: Vec<(String, Vec<usize>)>,
}

impl Schools {
    pub(crate) fn load(schools_csv: &str, shared_csv: &str) -> Result<Self, LoadError> {
        let rows_read: Vec<SchoolRow> = rows("schools", schools_csv)?;
        let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
        let mut countries: Vec<(String, Vec<usize>)> = Vec::new();
        let mut names = HashSet::new();
        for (idx, row) in rows_read.iter().enumerate() {
            if !names.insert(row.canonical_name.clone()) {
                return Err(LoadError::Twice {
                    table: "schools",
                    row: idx + 1,
                    id: row.canonical_name.clone(),
                });
            }
            for key in keys_of(row) {
                let found = by_key.entry(key).or_default();
                if !found.contains(&idx) {
                    found.push(idx);
                }
            }
            for country in countries_of(row) {
                match countries.iter_mut().find(|(name, _)| *name == country) {
                    Some((_, members)) => members.push(idx),
                    None => countries.push((country, vec![idx])),
                }
            }
        }
        let shared: Vec<SharedRow> = rows("shared abbreviations", shared_csv)?;
        Ok(Self {
            on_list_2023: rows_read
                .iter()
                .map(|row| row.on_march_2023_accredited_list == "yes")
                .collect(),
            schools: rows_read.into_iter().map(school).collect(),
            by_key,
            shared: shared.iter().map(|row| key(&row.abbreviation)).collect(),
            countries,
        })
    }

    pub(crate) fn all(&self) -> &[School] {
        &self.schools
    }

    pub(crate) fn on_list_2023(&self, name: &str) -> Option<bool> {
        let idx = self.schools.iter().position(|school| school.name == name)?;
        Some(self.on_list_2023[idx])
    }

    pub(crate) fn find(&self, text: &str) -> SchoolAnswer<'_> {
        let wanted = key(text);
        if wanted.is_empty() {
            return SchoolAnswer::None;
        }
        // "SGUSOM" is the School of Medicine of SGU.
        let of_medicine = ["som", "com"]
            .iter()
            .find_map(|tail| wanted.strip_suffix(tail));
        for form in [Some(wanted.as_str()), of_medicine].into_iter().flatten() {
            if let Some(found) = self.by_key.get(form) {
                return self.answer(found, self.shared.contains(form));
            }
        }
        // "SMU, Cayman Islands": the country settles what the short name leaves open.
        for (country, members) in &self.countries {
            let Some(rest) = without_words(&wanted, country) else {
                continue;
            };
            let found: Vec<usize> = self
                .by_key
                .get(&rest)
                .into_iter()
                .flatten()
                .copied()
                .filter(|idx| members.contains(idx))
                .collect();
            if !found.is_empty() {
                return self.answer(&found, false);
            }
        }
        SchoolAnswer::None
    }

    fn answer(&self, found: &[usize], shared: bool) -> SchoolAnswer<'_> {
        match found {
            [] => SchoolAnswer::None,
            [only] if !shared => SchoolAnswer::One(&self.schools[*only]),
            several => {
                SchoolAnswer::Several(several.iter().map(|&idx| &self.schools[idx]).collect())
            }
        }
    }
}

fn school(row: SchoolRow) -> School {
    let accreditor = if row.accreditor.is_empty() {
        Fact::NotFound
    } else {
        // The accreditor's own page is official; the rest was read elsewhere.
        let own_page = row.accreditor.starts_with("CAAM-HP")
            && row.source.contains("caam-hp.org")
            && !row.accreditation_evidence.contains("secondary");
        Fact::Found(
            row.accreditor.clone(),
            Provenance {
                source: format!("{} | {}", row.accreditation_evidence, row.source),
                as_of: own_page
                    .then(|| date_in(&row.accreditation_evidence))
                    .flatten(),
                reliability: if own_page {
                    Reliability::Official
                } else {
                    Reliability::SecondHand
                },
                private: false,
            },
        )
    };
    School {
        abbreviations: list(&row.abbreviations).map(str::to_owned).collect(),
        forms_seen: list(&row.name_forms_seen).map(str::to_owned).collect(),
        note: if row.note.is_empty() {
            Fact::NotFound
        } else {
            Fact::Found(
                row.note,
                Provenance {
                    source: row.source.clone(),
                    as_of: None,
                    reliability: Reliability::SecondHand,
                    private: false,
                },
            )
        },
        name: row.canonical_name,
        country: row.country,
        accreditor,
    }
}

/// Returns the text as a key: folded, "St" and "Saint" as one word.
fn key(text: &str) -> String {
    fold_key(text)
        .split(' ')
        .filter(|word| !matches!(*word, "the" | "of" | "and"))
        .map(|word| if word == "st" { "saint" } else { word })
        .collect::<Vec<_>>()
        .join(" ")
}

/// Ends of a school's name that people leave out.
const TAILS: [&str; 6] = [
    "school medicine",
    "college medicine",
    "faculty medicine",
    "faculty medical sciences",
    "schools medicine public health",
    "medical school",
];

fn keys_of(row: &SchoolRow) -> Vec<String> {
    let mut keys = Vec::new();
    let names = std::iter::once(row.canonical_name.as_str())
        .chain(list(&row.name_forms_seen))
        .chain(list(&row.abbreviations));
    for name in names {
        // A place in brackets tells campuses apart; people rarely write it.
        let bare = name.split_once('(').map_or(name, |(before, _)| before);
        for form in [key(name), key(bare)] {
            if let Some(short) = TAILS.iter().find_map(|tail| form.strip_suffix(tail)) {
                keys.push(short.trim().to_owned());
            }
            keys.push(form);
        }
    }
    keys.retain(|key| !key.is_empty());
    keys
}

fn countries_of(row: &SchoolRow) -> Vec<String> {
    row.country
        .split([';', '(', ')'])
        .map(|part| part.trim_start_matches("earlier"))
        .map(key)
        .filter(|name| !name.is_empty())
        .collect()
}

/// Returns the words without a run of words, if that run is there.
fn without_words(text: &str, run: &str) -> Option<String> {
    let padded = format!(" {text} ");
    let at = padded.find(&format!(" {run} "))?;
    let rest = format!("{} {}", &padded[..at], &padded[at + run.len() + 2..]);
    Some(rest.split_whitespace().collect::<Vec<_>>().join(" "))
}
