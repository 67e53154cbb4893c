//! Which hospital is meant: that of a rotation, or one that is only looked at.

use domain::{Program, Rotation, Site, SiteId, fold_key};
use jiff::civil::Date;

use super::WhichRotation;
use crate::places::Places;
use crate::views::set_up::rotation_line;
use crate::{DeskError, Result};

/// Returns the rotation that is meant by a command or a page.
pub(super) fn chosen<'a>(
    places: &Places,
    rotations: &'a [Rotation],
    which: &WhichRotation,
    today: Date,
) -> Result<Option<&'a Rotation>> {
    let mut ordered: Vec<(u8, &Rotation)> = rotations
        .iter()
        .map(|rotation| {
            let rank = match rotation_line(places, rotation.clone(), today).when {
                "now" => 0,
                "next" => 1,
                "no dates" => 2,
                _ => 3,
            };
            (rank, rotation)
        })
        .collect();
    // Of those that run now or ran before, the one that began last is meant.
    ordered.sort_by(|(rank, a), (other, b)| {
        rank.cmp(other).then_with(|| match rank {
            1 | 2 => a.starts.cmp(&b.starts),
            _ => b.starts.cmp(&a.starts),
        })
    });
    let mut ordered = ordered.into_iter().map(|(_, rotation)| rotation);
    match which {
        WhichRotation::Usual => Ok(ordered.next()),
        WhichRotation::Id(id) => ordered
            .find(|rotation| rotation.id == *id)
            .map(Some)
            .ok_or_else(|| DeskError::not_there("rotation", id)),
        WhichRotation::Named(words) => {
            let wanted = fold_key(words);
            ordered
                .find(|rotation| {
                    let site = rotation.site.as_ref().and_then(|id| places.site(id));
                    let site = site.map_or("", |site| site.name.as_str());
                    !wanted.is_empty()
                        && [rotation.hospital.as_str(), site]
                            .iter()
                            .any(|name| fold_key(name).contains(&wanted))
                })
                .map(Some)
                .ok_or_else(|| DeskError::not_there("rotation at", words))
        }
    }
}

/// A hospital, and the rotation for which it is looked at, where there is one.
pub(super) struct Stay<'a> {
    pub(super) name: String,
    pub(super) site: Option<SiteId>,
    pub(super) rotation: Option<&'a Rotation>,
}

impl<'a> Stay<'a> {
    pub(super) fn rotating(rotation: &'a Rotation) -> Self {
        Self {
            name: rotation.hospital.clone(),
            site: rotation.site.clone(),
            rotation: Some(rotation),
        }
    }
}

/// Returns the name in words such as "Mount Sinai Hospital (New York, NY)", as a
/// choice among several hospitals shows them; other words as they are.
pub(super) fn without_town(words: &str) -> &str {
    let named = words.trim().strip_suffix(')');
    match named.and_then(|named| named.rsplit_once(" (")) {
        Some((name, _)) => name,
        None => words,
    }
}

/// Returns the one hospital or institution whose name is the words, also with
/// its town in brackets, else the one
/// of the imported list that is `called` so, else the one whose name holds them.
pub(super) fn known_hospital(
    places: &Places,
    words: &str,
    called: Option<&SiteId>,
) -> Result<Stay<'static>> {
    let wanted = fold_key(without_town(words));
    let mut found: Vec<Known<'_>> = Vec::new();
    let sites = places.sites().chain(places.listed_sites()).map(Known::site);
    let institutions = places.programs().map(Known::institution);
    for known in sites.chain(institutions) {
        let is_meant = known.site.is_some_and(|site| Some(site) == called);
        let holds = !wanted.is_empty() && fold_key(known.name).contains(&wanted);
        if (holds || is_meant) && !found.iter().any(|other| other.is_same(&known)) {
            found.push(known);
        }
    }
    let exact = || found.iter().filter(|it| fold_key(it.name) == wanted);
    let meant = || {
        found
            .iter()
            .find(|it| it.site.is_some() && it.site == called)
    };
    let one = match (exact().count(), found.len()) {
        (1, _) => exact().next(),
        (_, 1) => found.first(),
        _ => meant(),
    };
    let with_town = fold_key(words);
    let labelled = found.iter().find(|it| fold_key(&it.label()) == with_town);
    let one = labelled.or(one);
    if let Some(one) = one {
        return Ok(Stay {
            name: one.name.to_owned(),
            site: one.site.cloned(),
            rotation: None,
        });
    }
    if found.is_empty() {
        return Err(DeskError::not_there("hospital", words));
    }
    found.truncate(CANDIDATES_MAX);
    Err(DeskError::Several {
        name: words.to_owned(),
        candidates: found.iter().map(Known::label).collect(),
    })
}

/// A hospital or institution that words may mean.
struct Known<'a> {
    name: &'a str,
    city: &'a str,
    state: &'a str,
    /// Nothing for an institution.
    site: Option<&'a SiteId>,
}

impl<'a> Known<'a> {
    fn site(site: &'a Site) -> Self {
        Self {
            name: &site.name,
            city: site.city.value().map_or("", String::as_str),
            state: &site.state,
            site: Some(&site.id),
        }
    }

    fn institution(program: &'a Program) -> Self {
        Self {
            name: &program.institution,
            city: &program.city,
            state: &program.state,
            site: None,
        }
    }

    /// An institution is the site of its name in its state, in whatever town it
    /// has its office; two sites are one only in one town.
    fn is_same(&self, other: &Self) -> bool {
        let one_of_them_has_no_site = self.site.is_none() || other.site.is_none();
        fold_key(self.name) == fold_key(other.name)
            && self.state == other.state
            && (one_of_them_has_no_site || fold_key(self.city) == fold_key(other.city))
    }

    fn label(&self) -> String {
        let town = [self.city, self.state];
        let town: Vec<&str> = town.into_iter().filter(|it| !it.is_empty()).collect();
        format!("{} ({})", self.name, town.join(", "))
    }
}

/// Hospitals that are named where words fit several.
pub(super) const CANDIDATES_MAX: usize = 12;
