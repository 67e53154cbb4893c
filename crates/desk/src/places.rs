//! Shipped programs and sites together with the student's own.

use std::collections::{BTreeSet, HashMap, HashSet};

use domain::{
    Affiliation, Fact, Hospital, Program, ProgramId, Provenance, Reliability, Site, SiteId,
    fold_key,
};
use facts::Facts;
use store::{AnyOf, OwnProgram, OwnSite, Snapshot};

use crate::Result;
use crate::views::hospitals::provenance_of_hospitals;
use crate::views::import::PlaceRef;

/// Every program and site that Vouch can name: the shipped ones, the student's
/// own, and the hospitals of an imported list where the student rotates.
pub(crate) struct Places {
    facts: &'static Facts,
    own_programs: Vec<Program>,
    own_sites: Vec<Site>,
    listed_sites: Vec<Site>,
    names: HashMap<String, String>,
}

impl Places {
    /// Returns the places, with the student's own read from the vault.
    pub(crate) fn load(snapshot: &Snapshot<'_>) -> Result<Self> {
        let facts = facts::shipped();
        let own_programs: Vec<Program> = snapshot
            .own_programs()?
            .into_iter()
            .map(program_of)
            .collect();
        let own_sites = snapshot.own_sites()?.into_iter().map(site_of).collect();
        let listed_sites = listed_sites(snapshot, snapshot.hospitals_of_rotations()?)?;
        let mut names = HashMap::new();
        for program in own_programs.iter().chain(facts.programs()) {
            names
                .entry(program.institution_key.clone())
                .or_insert_with(|| program.institution.clone());
        }
        Ok(Self {
            facts,
            own_programs,
            own_sites,
            listed_sites,
            names,
        })
    }

    /// Returns every program, the student's own first.
    pub(crate) fn programs(&self) -> impl Iterator<Item = &Program> {
        self.own_programs.iter().chain(self.facts.programs())
    }

    /// Returns a program by its id.
    pub(crate) fn program(&self, id: &ProgramId) -> Option<&Program> {
        self.own_programs
            .iter()
            .find(|p| p.id == *id)
            .or_else(|| self.facts.program(id))
    }

    /// Returns a site by its id.
    pub(crate) fn site(&self, id: &SiteId) -> Option<&Site> {
        self.own_sites
            .iter()
            .find(|s| s.id == *id)
            .or_else(|| self.facts.site(id))
            .or_else(|| self.listed_sites.iter().find(|s| s.id == *id))
    }

    /// Returns every site, the student's own first.
    pub(crate) fn sites(&self) -> impl Iterator<Item = &Site> {
        self.own_sites.iter().chain(self.facts.sites())
    }

    /// Adds hospitals of the imported list, where the student does not rotate.
    pub(crate) fn add_listed(
        &mut self,
        snapshot: &Snapshot<'_>,
        hospitals: Vec<Hospital>,
    ) -> Result<()> {
        self.listed_sites.extend(listed_sites(snapshot, hospitals)?);
        Ok(())
    }

    /// Returns the hospitals of the imported list that are asked for here.
    pub(crate) fn listed_sites(&self) -> impl Iterator<Item = &Site> {
        self.listed_sites.iter()
    }

    /// Returns the programs of one institution.
    pub(crate) fn of_institution<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Program> {
        self.programs()
            .filter(move |program| program.institution_key == key)
    }

    /// Returns all that lies in a state, by its two letters. An institution
    /// counts where all of its programs are there.
    pub(crate) fn in_state(&self, code: &str) -> AnyOf {
        let mut elsewhere = HashSet::new();
        let mut keys = BTreeSet::new();
        let mut programs = Vec::new();
        for program in self.programs() {
            if program.state == code {
                programs.push(program.id.clone());
                keys.insert(program.institution_key.as_str());
            } else {
                elsewhere.insert(program.institution_key.as_str());
            }
        }
        let sites = self.sites().chain(&self.listed_sites);
        AnyOf {
            institution_keys: keys
                .into_iter()
                .filter(|key| !elsewhere.contains(key))
                .map(str::to_owned)
                .collect(),
            sites: sites
                .filter(|site| site.state == code)
                .map(|site| site.id.clone())
                .collect(),
            programs,
        }
    }

    /// Returns the name of an institution.
    pub(crate) fn institution(&self, key: &str) -> Option<&str> {
        self.names.get(key).map(String::as_str)
    }

    /// Returns what an affiliation names, in words: program, site or institution.
    pub(crate) fn label(&self, affiliation: &Affiliation) -> Option<String> {
        if let Some(program) = affiliation.program.as_ref().and_then(|id| self.program(id)) {
            return Some(program.name());
        }
        if let Some(site) = affiliation.site.as_ref().and_then(|id| self.site(id)) {
            return Some(site.name.clone());
        }
        affiliation
            .institution_key
            .as_deref()
            .and_then(|key| self.institution(key))
            .map(str::to_owned)
    }

    /// Returns the student's own program or site whose name is the folded text.
    pub(crate) fn own_place(&self, key: &str) -> Option<PlaceRef> {
        let program = self
            .own_programs
            .iter()
            .find(|p| fold_key(&p.institution) == key);
        let site = self
            .own_sites
            .iter()
            .find(|site| fold_key(&site.name) == key);
        let label = program
            .map(Program::name)
            .or_else(|| site.map(|site| site.name.clone()))?;
        Some(PlaceRef {
            institution_key: program.map(|p| p.institution_key.clone()),
            site: site.map(|site| site.id.clone()),
            program: program.map(|p| p.id.clone()),
            evidence: format!("it is the name of \"{label}\", which you added"),
            label,
            confirmed: false,
        })
    }

    /// Returns the programs that a text names: an id, or words of the institution's
    /// name, with city, state or track to narrow it.
    pub(crate) fn find(&self, text: &str) -> Vec<&Program> {
        if let Ok(id) = ProgramId::new(text.trim()) {
            return self.program(&id).into_iter().collect();
        }
        let wanted: Vec<String> = domain::fold_key(text)
            .split(' ')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        if wanted.is_empty() {
            return Vec::new();
        }
        self.programs()
            .filter(|program| {
                let sites = program.sites.iter().filter_map(|id| self.site(id));
                let sites: Vec<&str> = sites.map(|site| site.name.as_str()).collect();
                let hay = domain::fold_key(&format!(
                    "{} {} {} {} {} {}",
                    program.institution,
                    program.city,
                    program.state,
                    program.track.label(),
                    program.track.word(),
                    sites.join(" "),
                ));
                wanted
                    .iter()
                    .all(|word| hay.split(' ').any(|h| h.starts_with(word.as_str())))
            })
            .collect()
    }
}

/// Returns where something comes from that the student added.
pub(crate) fn own_word() -> Provenance {
    Provenance {
        source: "you added it".to_owned(),
        as_of: None,
        reliability: Reliability::OwnWord,
        private: false,
    }
}

fn program_of(own: OwnProgram) -> Program {
    Program {
        institution_key: own.institution_key,
        id: own.id,
        track: own.track,
        institution: own.institution,
        city: own.city,
        state: own.state,
        sites: own.sites,
        nrmp_codes: Fact::NotFound,
        positions: Fact::NotFound,
        website: Fact::NotFound,
        visa_j1: Fact::NotFound,
        visa_h1b: Fact::NotFound,
        img_note: Fact::NotFound,
        signals: Fact::NotFound,
        esir: Fact::NotFound,
        accreditation_note: Fact::NotFound,
        in_eras_2026: Fact::NotFound,
        in_acgme_june_2026: Fact::NotFound,
        program_note: Fact::NotFound,
        related_core: None,
    }
}

/// Returns hospitals of the imported list as sites.
fn listed_sites(snapshot: &Snapshot<'_>, hospitals: Vec<Hospital>) -> Result<Vec<Site>> {
    if hospitals.is_empty() {
        return Ok(Vec::new());
    }
    let provenance = provenance_of_hospitals(snapshot)?;
    let sites = hospitals.into_iter();
    Ok(sites.map(|it| listed_site(it, &provenance)).collect())
}

fn listed_site(hospital: Hospital, provenance: &Provenance) -> Site {
    let found = |text: &str| match text {
        "" => Fact::NotFound,
        text => Fact::Found(text.to_owned(), provenance.clone()),
    };
    Site {
        city: found(&hospital.city),
        ccn: found(hospital.site.number().unwrap_or_default()),
        id: hospital.site,
        name: hospital.name,
        state: hospital.state,
    }
}

fn site_of(own: OwnSite) -> Site {
    Site {
        id: own.id,
        name: own.name,
        city: if own.city.is_empty() {
            Fact::NotFound
        } else {
            Fact::Found(own.city, own_word())
        },
        state: own.state,
        ccn: Fact::NotFound,
    }
}
