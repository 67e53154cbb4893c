//! The sites that the rows name: one for each hospital, however many programs
//! train there.

use std::collections::HashMap;

use domain::{Fact, Provenance, Reliability, Site, SiteId, fold_key};

use crate::load::{ProgramRow, list};
use crate::provenance::{SourceKind, Sources};

/// Sites, gathered row by row.
#[derive(Default)]
pub(crate) struct Sites {
    sites: Vec<Site>,
    idx_by_id: HashMap<SiteId, usize>,
    names: HashMap<SiteId, Vec<String>>,
}

/// A cell that cannot be used: column, what was found, what would do.
type WrongCell = (&'static str, String, &'static str);

impl Sites {
    /// Returns the sites of a row, main one first, and keeps them.
    ///
    /// `main_hospitals` and `ccn` are lists in the same order. A hospital
    /// without a number gets an id from its name.
    pub(crate) fn of_row(&mut self, row: &ProgramRow) -> Result<Vec<SiteId>, WrongCell> {
        let hospitals: Vec<&str> = list(&row.main_hospitals).collect();
        let ccns: Vec<&str> = list(&row.ccn).collect();
        if !ccns.is_empty() && ccns.len() != hospitals.len() {
            return Err(("ccn", row.ccn.clone(), "a list as long as main_hospitals"));
        }
        let mut ids = Vec::with_capacity(hospitals.len());
        for (position, hospital) in hospitals.iter().enumerate() {
            let ccn = ccns.get(position).copied();
            let id = site_id(hospital, ccn)
                .map_err(|wanted| ("ccn", ccn.unwrap_or(hospital).to_owned(), wanted))?;
            self.keep(&id, hospital, ccn, row, hospitals.len() == 1);
            ids.push(id);
        }
        Ok(ids)
    }

    fn keep(
        &mut self,
        id: &SiteId,
        hospital: &str,
        ccn: Option<&str>,
        row: &ProgramRow,
        only_one: bool,
    ) {
        let (name, cms_name) = split_cms_name(hospital);
        let city = city_claim(&name, row, only_one);
        let idx = *self.idx_by_id.entry(id.clone()).or_insert_with(|| {
            let sources = Sources::new(&row.source);
            self.sites.push(Site {
                id: id.clone(),
                name: name.clone(),
                city: Fact::NotFound,
                state: row.state.clone(),
                ccn: ccn.map_or(Fact::NotFound, |ccn| {
                    Fact::Found(ccn.to_owned(), sources.of_kinds(&[SourceKind::Cms]))
                }),
            });
            self.sites.len() - 1
        });
        // Of several claims on the city the most reliable one stays.
        let site = &mut self.sites[idx];
        let rank = |fact: &Fact<String>| fact.provenance().map(|p| p.reliability);
        let better = match (rank(&city), rank(&site.city)) {
            (Some(new), Some(old)) => new < old,
            (new, _) => new.is_some() && site.city.value().is_none(),
        };
        if better {
            site.city = city;
        }
        let names = self.names.entry(id.clone()).or_default();
        for name in [Some(name), cms_name].into_iter().flatten() {
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }

    /// Returns how it is known that a row's program trains at its hospitals.
    pub(crate) fn link(&self, row: &ProgramRow) -> Provenance {
        let sources = Sources::new(&row.source);
        let basis = row.main_hospital_basis.as_str();
        let (provenance, words) = match basis {
            "program-page" => (
                sources.about_the_program(),
                "the hospital stands on a page about the program",
            ),
            "acgme-address" => (
                sources.of_kinds(&[SourceKind::Acgme]),
                "the hospital is the program's address",
            ),
            "named-in-program" => (
                sources.of_kinds(&[SourceKind::Eras, SourceKind::Acgme]),
                "the hospital is named in the program's name",
            ),
            _ => (
                Provenance {
                    reliability: Reliability::Inferred,
                    as_of: None,
                    ..sources.of_kinds(&[SourceKind::Eras, SourceKind::Acgme])
                },
                "usual teaching hospital of the sponsor, from general knowledge; to be verified",
            ),
        };
        Provenance {
            source: format!("{words}; {}", provenance.source),
            ..provenance
        }
    }

    /// Returns the sites and all names of each.
    pub(crate) fn finish(self) -> (Vec<Site>, HashMap<SiteId, Vec<String>>) {
        (self.sites, self.names)
    }
}

fn site_id(hospital: &str, ccn: Option<&str>) -> Result<SiteId, &'static str> {
    match ccn {
        Some(ccn) => SiteId::new(&format!("ccn-{ccn}")),
        None => SiteId::new(&format!("site-{}", fold_key(hospital).replace(' ', "-"))),
    }
    .map_err(|err| err.wanted)
}

/// Splits "Name (CMS name: Other)" into both names.
fn split_cms_name(hospital: &str) -> (String, Option<String>) {
    match hospital.split_once(" (CMS name: ") {
        Some((name, rest)) => (
            name.trim().to_owned(),
            Some(rest.trim_end_matches(')').trim().to_owned()),
        ),
        None => (hospital.to_owned(), None),
    }
}

/// Returns the city of a hospital where the row supports it.
///
/// The row's city is the program's. It is the hospital's too when the hospital
/// is the program's address; it probably is (and is marked as inferred) when
/// the hospital bears the city's name, or is the only hospital and named in the
/// program's own name. Otherwise nothing is claimed.
fn city_claim(name: &str, row: &ProgramRow, only_one: bool) -> Fact<String> {
    let sources = Sources::new(&row.source);
    let lists = sources.of_kinds(&[SourceKind::Acgme, SourceKind::Eras]);
    let in_name = format!(" {} ", fold_key(name)).contains(&format!(" {} ", fold_key(&row.city)));
    let (reliability, words) = match row.main_hospital_basis.as_str() {
        "acgme-address" if only_one => (Reliability::Transcribed, "the program's address"),
        _ if in_name => (
            Reliability::Inferred,
            "the hospital bears the name of the program's city",
        ),
        "named-in-program" if only_one => (
            Reliability::Inferred,
            "the city of the program that is named after the hospital",
        ),
        _ => return Fact::NotFound,
    };
    Fact::Found(
        row.city.clone(),
        Provenance {
            source: format!("{words}; {}", lists.source),
            reliability,
            ..lists
        },
    )
}
