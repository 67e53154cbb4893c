//! The reference data that Vouch ships: programs, sites, schools, evidence and
//! limits, each with source, date and reliability, and found by text.
//!
//! The data lie in `data/`; a blank there means "not found" and becomes
//! [`domain::Fact::NotFound`], never "no" and never zero. Nothing here reads a
//! file or asks a clock: the texts are compiled in and parsed once.
//!
//! ```
//! let facts = facts::shipped();
//! assert_eq!(facts.programs().len(), 401);
//! let reading = facts.read_employer("Maimonides Medical Center, Brooklyn", "Radiology resident");
//! assert!(matches!(
//!     reading,
//!     facts::EmployerReading::Clear { institution_key, .. } if institution_key == "maimonides"
//! ));
//! ```

mod employer;
mod events;
mod here;
mod institution;
mod load;
mod lookup;
mod networking;
mod pathways;
mod places;
mod provenance;
mod referring;
mod school;
mod seasons;

use std::collections::HashMap;
use std::sync::OnceLock;

use domain::{Program, ProgramId, Provenance, School, Site, SiteId};

pub use employer::{Candidate, EmployerReading};
pub use events::{Event, events};
pub use here::{Checklist, ChecklistItem, Here, ServiceQuestion, Sign, Told, here};
pub use load::{LoadError, Texts};
pub use lookup::{ProgramQuery, SiteQuery, Tally, tally};
pub use networking::{CharLimit, Evidence, Limits, Range, Similarity};
pub use pathways::{
    AbroadShare, EsirRule, FirstChoice, IndependentResult, Pathways, ShareOf, TrainingRoute,
    pathways,
};
pub use places::{PlaceHit, PlaceKind};
pub use referring::{Referring, ReferringSpecialty, referring};
pub use school::SchoolAnswer;
pub use seasons::{
    CalendarEntry, EntryStanding, Fee, FeeUnit, MatchResult, Seasons, SignalBudget, When, seasons,
};

/// Everything shipped, parsed and checked.
#[derive(Debug)]
pub struct Facts {
    programs: Vec<Program>,
    program_by_id: HashMap<ProgramId, usize>,
    programs_by_key: HashMap<String, Vec<usize>>,
    site_links: HashMap<ProgramId, Provenance>,
    conflicts: Vec<Conflict>,
    sites: Vec<Site>,
    site_by_id: HashMap<SiteId, usize>,
    site_names: HashMap<SiteId, Vec<String>>,
    schools: school::Schools,
    evidence: Vec<Evidence>,
    limits: Limits,
    employers: employer::Index,
}

/// Two sources that say different things about one field of a program.
///
/// The field itself is [`domain::Fact::NotFound`], because neither value may be
/// filtered on; a page shows the conflict beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The program that it is about.
    pub program: ProgramId,
    /// The name of the field, as in [`Program`]: `visa_j1` or `visa_h1b`.
    pub field: &'static str,
    /// What the sources say, in words.
    pub wording: String,
    /// The sources that disagree.
    pub provenance: Provenance,
}

static SHIPPED: OnceLock<Facts> = OnceLock::new();

/// Returns the shipped facts, parsed on the first call.
///
/// # Panics
/// When the compiled-in data are damaged, which this crate's tests exclude.
pub fn shipped() -> &'static Facts {
    SHIPPED.get_or_init(|| {
        Facts::load(&Texts::shipped()).expect("the compiled-in data pass their own checks")
    })
}

impl Facts {
    /// Returns every program, in the order of the data.
    pub fn programs(&self) -> &[Program] {
        &self.programs
    }

    /// Returns the program with this id.
    pub fn program(&self, id: &ProgramId) -> Option<&Program> {
        self.program_by_id.get(id).map(|&idx| &self.programs[idx])
    }

    /// Returns the two-letter codes of the states and territories that the data
    /// know, in the order of the alphabet.
    pub fn states(&self) -> impl Iterator<Item = &str> {
        let states = self.employers.words.states().iter();
        states.map(|(code, _)| code.as_str())
    }

    /// Returns every site, in the order in which the programs name them.
    pub fn sites(&self) -> &[Site] {
        &self.sites
    }

    /// Returns the site with this id.
    pub fn site(&self, id: &SiteId) -> Option<&Site> {
        self.site_by_id.get(id).map(|&idx| &self.sites[idx])
    }

    /// Returns every name that the data give a site, its own name first.
    pub fn site_names(&self, id: &SiteId) -> &[String] {
        self.site_names.get(id).map_or(&[], Vec::as_slice)
    }

    /// Returns how it is known at which sites a program trains.
    ///
    /// The link is only as good as its basis: named in the program's own name,
    /// its address, its page, or worked out from general knowledge.
    pub fn site_link(&self, program: &ProgramId) -> Option<&Provenance> {
        self.site_links.get(program)
    }

    /// Returns the programs of one sponsor at one place, in the order of the data.
    pub fn institution_programs(&self, key: &str) -> Vec<&Program> {
        self.programs_by_key
            .get(key)
            .into_iter()
            .flatten()
            .map(|&idx| &self.programs[idx])
            .collect()
    }

    /// Returns the fields of a program on which its sources disagree.
    pub fn conflicts(&self, program: &ProgramId) -> Vec<&Conflict> {
        self.conflicts
            .iter()
            .filter(|conflict| conflict.program == *program)
            .collect()
    }

    /// Returns every school, in the order of the data.
    pub fn schools(&self) -> &[School] {
        self.schools.all()
    }

    /// Returns the school that a text names, by full name, abbreviation or any
    /// form seen in records.
    ///
    /// An abbreviation that other schools or universities also use answers
    /// with candidates, even when only one of them stands in the data: the
    /// country or the full name settles it.
    pub fn school(&self, text: &str) -> SchoolAnswer<'_> {
        self.schools.find(text)
    }

    /// Returns whether a school stood on the list of accredited Caribbean
    /// schools of March 2023 (AAPI); `None` when the school is not in the data.
    pub fn on_accredited_list_2023(&self, school: &School) -> Option<bool> {
        self.schools.on_list_2023(&school.name)
    }

    /// Returns a piece of evidence by its id, such as `E-001`.
    pub fn evidence(&self, id: &str) -> Option<&Evidence> {
        self.evidence.iter().find(|evidence| evidence.id == id)
    }

    /// Returns all evidence, in the order of the data.
    pub fn all_evidence(&self) -> &[Evidence] {
        &self.evidence
    }

    /// Returns the numbers that rules and reminders need.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Returns which institution, site and program an employer text names.
    ///
    /// Only a text that can mean one institution alone is
    /// [`EmployerReading::Clear`]; whatever could mean two, or needs knowledge
    /// that the data do not hold, is a question. The position ("Radiology
    /// resident") tells the program where the institution has just one that
    /// fits, and whether a university's bare name means its hospital.
    ///
    /// # Complexity
    /// Linear in the length of the text; a few microseconds.
    pub fn read_employer(&self, text: &str, position: &str) -> EmployerReading {
        employer::read(self, &self.employers, text, position)
    }
}
