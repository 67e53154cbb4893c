//! Programs, sites and schools.

use crate::{Fact, ProgramId, SiteId};

/// The track of a training program.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Track {
    /// Integrated interventional radiology, entered from medical school.
    IrIntegrated,
    /// Independent interventional radiology, entered after diagnostic radiology.
    IrIndependent,
    /// Diagnostic radiology; ESIR is a fact of such a program, not a track.
    Dr,
    /// A preliminary year.
    Prelim,
    /// A transitional year.
    Transitional,
}

impl Track {
    /// Every track, in the order of pages and filters.
    pub const ALL: [Self; 5] = [
        Self::IrIntegrated,
        Self::IrIndependent,
        Self::Dr,
        Self::Prelim,
        Self::Transitional,
    ];

    /// Returns the word that stands in addresses and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::IrIntegrated => "ir-integrated",
            Self::IrIndependent => "ir-independent",
            Self::Dr => "dr",
            Self::Prelim => "prelim",
            Self::Transitional => "transitional",
        }
    }

    /// Returns the track for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|track| track.word() == word)
    }

    /// Returns the name that a page shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::IrIntegrated => "Integrated IR",
            Self::IrIndependent => "Independent IR",
            Self::Dr => "Diagnostic radiology",
            Self::Prelim => "Preliminary year",
            Self::Transitional => "Transitional year",
        }
    }
}

/// A training program with what is known of it.
///
/// Identity and place are what a program *is*; everything that somebody
/// observed about it is a [`Fact`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Program {
    /// Its identity.
    pub id: ProgramId,
    /// Its track.
    pub track: Track,
    /// The institution that sponsors it, as its source names it.
    pub institution: String,
    /// The city, as its source names it.
    pub city: String,
    /// The two-letter state code.
    pub state: String,
    /// A key that joins the programs of one sponsor at one place.
    pub institution_key: String,
    /// The hospitals where it trains, main one first.
    pub sites: Vec<SiteId>,
    /// Identifiers in the Match, several where a program has several tracks.
    pub nrmp_codes: Fact<Vec<String>>,
    /// Positions a year as the source words it ("4", "6-7").
    pub positions: Fact<String>,
    /// The domain of its pages.
    pub website: Fact<String>,
    /// Whether it sponsors a J-1 visa.
    pub visa_j1: Fact<bool>,
    /// Whether it sponsors an H-1B visa.
    pub visa_h1b: Fact<bool>,
    /// What a source says about international graduates there.
    pub img_note: Fact<String>,
    /// Whether it takes part in preference signals.
    pub signals: Fact<String>,
    /// Whether early specialisation in IR (ESIR) is offered; only of `dr`.
    pub esir: Fact<bool>,
    /// What its accreditation record says beyond "accredited".
    pub accreditation_note: Fact<String>,
    /// Whether it stands on the ERAS list of the 2026 season.
    pub in_eras_2026: Fact<bool>,
    /// Whether it stands in the ACGME report of June 2026.
    pub in_acgme_june_2026: Fact<bool>,
    /// A remark of the source on positions and kind of program.
    pub program_note: Fact<String>,
    /// For an independent program: the program it is connected with.
    pub related_core: Option<ProgramId>,
}

impl Program {
    /// Returns the name that a page shows: institution and track.
    pub fn name(&self) -> String {
        format!("{}, {}", self.institution, self.track.label())
    }
}

/// A hospital where people work and rotate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    /// Its identity.
    pub id: SiteId,
    /// Its name.
    pub name: String,
    /// Its city, where known.
    pub city: Fact<String>,
    /// The two-letter state code.
    pub state: String,
    /// Its CMS certification number, where known.
    pub ccn: Fact<String>,
}

/// A hospital as a public list names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hospital {
    /// Its identity: the CMS certification number.
    pub site: SiteId,
    /// Its name, as the list writes it.
    pub name: String,
    /// Its city, as the list writes it, or empty.
    pub city: String,
    /// The two-letter state code, or empty.
    pub state: String,
    /// What kind of hospital the list calls it, or empty.
    pub kind: String,
}

impl Hospital {
    /// Returns the name with city and state, which tells it from others.
    pub fn label(&self) -> String {
        let parts = [&self.name, &self.city, &self.state].into_iter();
        let parts: Vec<&str> = parts
            .map(String::as_str)
            .filter(|part| !part.is_empty())
            .collect();
        parts.join(", ")
    }
}

/// A medical school.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct School {
    /// Its full name.
    pub name: String,
    /// Abbreviations in use; several schools may share one.
    pub abbreviations: Vec<String>,
    /// Where it stands, as the source words it.
    pub country: String,
    /// Other forms of the name seen in records.
    pub forms_seen: Vec<String>,
    /// Who accredits it.
    pub accreditor: Fact<String>,
    /// What is to be known when reading older data.
    pub note: Fact<String>,
}
