//! The student's situation, as far as it changes what is suggested.

use jiff::ToSpan as _;
use jiff::civil::{Date, Weekday};

use crate::{RotationId, SiteId};

/// Whether a program would have to sponsor a visa.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum VisaNeed {
    /// A citizen or permanent resident of the United States: none is needed.
    None,
    /// A J-1 visa.
    J1,
    /// An H-1B visa.
    H1b,
    /// Either of them.
    Either,
}

impl VisaNeed {
    /// Every need, in the order of pages.
    pub const ALL: [Self; 4] = [Self::None, Self::J1, Self::H1b, Self::Either];

    /// Returns the word that stands in forms and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::J1 => "j1",
            Self::H1b => "h1b",
            Self::Either => "either",
        }
    }

    /// Returns what a page shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::None => "US citizen or permanent resident",
            Self::J1 => "I need a J-1",
            Self::H1b => "I need an H-1B",
            Self::Either => "I need a visa, J-1 or H-1B",
        }
    }

    /// Returns the need for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|need| need.word() == word)
    }

    /// Returns whether a program meets the need, where that is known: what it
    /// says of the two visas, `None` where it says nothing.
    ///
    /// ```
    /// use domain::VisaNeed;
    ///
    /// assert_eq!(VisaNeed::J1.met_by(Some(false), None), Some(false));
    /// assert_eq!(VisaNeed::Either.met_by(Some(false), None), None);
    /// assert_eq!(VisaNeed::Either.met_by(None, Some(true)), Some(true));
    /// ```
    pub fn met_by(self, j1: Option<bool>, h1b: Option<bool>) -> Option<bool> {
        match self {
            Self::None => Some(true),
            Self::J1 => j1,
            Self::H1b => h1b,
            Self::Either => match (j1, h1b) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (Some(false), Some(false)) => Some(false),
                _ => None,
            },
        }
    }
}

/// Which way into interventional radiology the student prefers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pathway {
    /// An integrated program straight from school.
    Integrated,
    /// Diagnostic radiology first, then ESIR or an independent program.
    DiagnosticFirst,
    /// Either.
    Open,
}

impl Pathway {
    /// Every way, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Integrated, Self::DiagnosticFirst, Self::Open];

    /// Returns the word that stands in forms and settings.
    pub fn word(self) -> &'static str {
        match self {
            Self::Integrated => "integrated",
            Self::DiagnosticFirst => "diagnostic-first",
            Self::Open => "open",
        }
    }

    /// Returns what a page shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::Integrated => "Integrated IR from school",
            Self::DiagnosticFirst => "Diagnostic radiology first, then IR",
            Self::Open => "Either way",
        }
    }

    /// Returns the way for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|pathway| pathway.word() == word)
    }

    /// Returns whether a track lies on the way.
    pub fn includes(self, track: crate::Track) -> bool {
        use crate::Track;
        match self {
            Self::Integrated => track == Track::IrIntegrated,
            Self::DiagnosticFirst => matches!(track, Track::Dr | Track::IrIndependent),
            Self::Open => matches!(
                track,
                Track::IrIntegrated | Track::Dr | Track::IrIndependent
            ),
        }
    }
}

/// Where the student rotates, rotated or will rotate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rotation {
    /// Its identity.
    pub id: RotationId,
    /// The hospital as the student typed it.
    pub hospital: String,
    /// The site that the hospital's name tells, where it tells one.
    pub site: Option<SiteId>,
    /// The service ("internal medicine"), or empty.
    pub service: String,
    /// The first day, where known.
    pub starts: Option<Date>,
    /// The last day, where known.
    pub ends: Option<Date>,
}

impl Rotation {
    /// Returns whether the student is there on a day, as far as the days are known.
    pub fn is_on(&self, day: Date) -> bool {
        let begun = self.starts.is_some_and(|starts| starts <= day);
        begun && self.ends.is_none_or(|ends| day <= ends)
    }
}

/// The first day on which applications may be submitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApplicationsOpen {
    /// The day.
    pub day: Date,
    /// The day is not announced yet: it is the usual one of past seasons.
    pub estimated: bool,
}

/// What the student said about themselves that changes what is suggested.
/// Everything may be unknown, and then nothing follows from it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Situation {
    /// When applications of the target season may be submitted.
    pub applications_open: Option<ApplicationsOpen>,
    /// Whether the school's own hospital has an IR program.
    pub home_ir: Option<bool>,
    /// Which visa is needed.
    pub visa: Option<VisaNeed>,
    /// Which way is preferred.
    pub pathway: Option<Pathway>,
    /// Money for travel in a year, in US dollars.
    pub travel_usd: Option<u32>,
    /// Minutes a week for this work.
    pub minutes_week: Option<u32>,
    /// The usual day for it.
    pub usual_day: Option<Weekday>,
    /// Where the student rotates.
    pub rotations: Vec<Rotation>,
}

impl Situation {
    /// Returns the first usual day after `day`, where a usual day is known.
    pub fn next_usual_day(&self, day: Date) -> Option<Date> {
        let usual = self.usual_day?;
        let ahead = match day.weekday().until(usual) {
            0 => 7,
            n => n,
        };
        day.checked_add(i64::from(ahead).days()).ok()
    }

    /// Returns the day for which a week is planned: `day` itself where it is
    /// the usual day or none is known, else the next usual day.
    pub fn planned_day(&self, day: Date) -> Date {
        match self.usual_day {
            Some(usual) if usual != day.weekday() => self.next_usual_day(day).unwrap_or(day),
            _ => day,
        }
    }
}

/// Returns the English name of a weekday.
pub fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "Monday",
        Weekday::Tuesday => "Tuesday",
        Weekday::Wednesday => "Wednesday",
        Weekday::Thursday => "Thursday",
        Weekday::Friday => "Friday",
        Weekday::Saturday => "Saturday",
        Weekday::Sunday => "Sunday",
    }
}

/// Every weekday, from Monday on.
pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];
