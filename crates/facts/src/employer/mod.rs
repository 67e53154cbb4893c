//! Which institution, site or program an employer text names.
//!
//! Names of the data are indexed by their rarest word; a text is compared with
//! the few names whose rarest word it holds. A name found is *clear* only when
//! nothing else in the text speaks against it: every other word must be
//! explained as a department, a generic word, the place or another word of the
//! same institution, and no second institution may answer to the same words.

mod build;
mod index;
mod meaning;
mod read;
mod words;

use domain::{ProgramId, SiteId};

pub(crate) use index::Index;
pub(crate) use read::read;

/// What an employer text names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EmployerReading {
    /// One institution alone.
    Clear {
        /// The key that joins the programs of one sponsor at one place.
        institution_key: String,
        /// The hospital, where the text names one.
        site: Option<SiteId>,
        /// The program, where the position leaves just one.
        program: Option<ProgramId>,
        /// Why, in words, with the words of the text in quotes.
        evidence: String,
    },
    /// Something that could mean these, or another place; to be asked once.
    Unsure {
        /// What it could mean, most likely first; never empty.
        candidates: Vec<Candidate>,
    },
    /// Nothing of the data.
    Nothing,
}

/// One thing that an employer text could mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The key that joins the programs of one sponsor at one place.
    pub institution_key: String,
    /// The hospital, where the text names one.
    pub site: Option<SiteId>,
    /// The program, where the position leaves just one.
    pub program: Option<ProgramId>,
    /// What a question shows: institution and place.
    pub label: String,
    /// Why it could be meant, in words.
    pub evidence: String,
}
