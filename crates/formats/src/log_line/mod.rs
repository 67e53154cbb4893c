//! The log line: one typed line that tells what happened.
//!
//! ```text
//! yesterday call with Dr. Rao @SIR26 20 min #ask letter, she offered to introduce me
//! ```
//!
//! The grammar is in `docs/log-line.md`. In short: the first clause that tells
//! of a channel or a person is read for day, channel, people, place and
//! duration; a later clause is read only where all of it is one of these;
//! everything that was not understood is the note, untouched. `#tags`,
//! `@events`, `"quoted notes"` and `[names in brackets]` are read anywhere.
//!
//! Nothing is guessed: a name that fits two people is
//! [`PersonReading::Ambiguous`], and the caller shows every part with the words
//! it was read from before anything is saved.

mod answer_words;
mod clauses;
mod clock;
mod day;
mod direction;
mod due;
mod head;
mod later;
mod length;
mod lower_names;
mod marked;
mod no_day;
mod pasted;
mod people;
mod phrases;
mod print;
mod promise;
mod read;
mod sentence;
mod silence;
mod token;
mod words;
mod written_day;

use std::ops::Range;

use domain::{Channel, Direction, Exchange, Owner, PersonId, PersonName, Problem};
use jiff::civil::Date;

use crate::names::{Candidate, Closeness, NameLookup};

pub use pasted::{PastedLine, is_no_day, parse_many};
pub use print::print;

/// Who is meant by a name in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PersonReading {
    /// One person fits.
    Known {
        /// Who it is.
        id: PersonId,
        /// The stored name.
        name: PersonName,
        /// How well the typed name fits; anything but exact is worth showing.
        closeness: Closeness,
    },
    /// Several people fit equally well: the student decides.
    Ambiguous(Vec<Candidate>),
    /// Nobody fits: a new person is offered.
    New(PersonName),
}

impl PersonReading {
    /// Returns whether both mean the same person, however the name was typed.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Known { id: a, .. }, Self::Known { id: b, .. }) => a == b,
            (a, b) => a == b,
        }
    }
}

/// A name in the line and who is meant by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The name as typed, without brackets.
    pub written: String,
    /// Who is meant.
    pub who: PersonReading,
}

impl Named {
    /// Returns the name for somebody whom the student chose: what [`print()`]
    /// makes of it reads back as this very person, whoever shares the name.
    pub fn chosen(id: PersonId, name: PersonName) -> Self {
        let plain: String = name
            .plain()
            .chars()
            .filter(|c| !matches!(c, '[' | ']' | '|'))
            .collect();
        Self {
            written: format!("{}|{id}", plain.trim()),
            who: PersonReading::Known {
                id,
                name,
                closeness: Closeness::Exact,
            },
        }
    }
}

/// Something promised in the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Who promised it.
    pub owner: Owner,
    /// What was promised.
    pub what: String,
    /// By when, where a day was given.
    pub due: Option<Date>,
}

/// What a part of the line tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PartKind {
    /// When it happened.
    Day,
    /// With whom.
    Person,
    /// How.
    Channel,
    /// Who reached out.
    Direction,
    /// How long it took.
    Duration,
    /// At which conference or webinar.
    Event,
    /// At which hospital or program.
    Place,
    /// An ask, give, introduction or offer to vouch.
    Exchange,
    /// What is owed.
    Promise,
    /// That a follow-up is wanted.
    FollowUp,
    /// The note.
    Note,
}

impl PartKind {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Person => "person",
            Self::Channel => "channel",
            Self::Direction => "direction",
            Self::Duration => "duration",
            Self::Event => "event",
            Self::Place => "place",
            Self::Exchange => "exchange",
            Self::Promise => "promise",
            Self::FollowUp => "follow-up",
            Self::Note => "note",
        }
    }
}

/// A part of the line that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The bytes of the line from which it was read.
    pub span: Range<usize>,
    /// What it tells.
    pub kind: PartKind,
    /// How it was read, for showing: "Mon 23 Nov 2026".
    pub reading: String,
}

/// What a log line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogReading {
    /// The day; today where none is told.
    pub day: Date,
    /// Whether the line tells the day.
    pub day_stated: bool,
    /// With whom, in the order of the line.
    pub people: Vec<Named>,
    /// How; [`Channel::Other`] where it is not told.
    pub channel: Channel,
    /// Who reached out.
    pub direction: Direction,
    /// How long it took, in minutes.
    pub duration_min: Option<u32>,
    /// The event behind `@`, or empty.
    pub event: String,
    /// The place behind "at", as typed, or empty.
    pub place: String,
    /// Asks, gives, introductions and offers to vouch.
    pub exchanges: Vec<Exchange>,
    /// What was promised.
    pub promises: Vec<Promise>,
    /// Whether a follow-up is wanted.
    pub follow_up: bool,
    /// What was not read as anything else.
    pub note: String,
    /// Every understood part in the order of the line.
    pub parts: Vec<Part>,
    /// What should be looked at before saving.
    pub problems: Vec<Problem>,
}

impl LogReading {
    /// Returns a reading that says nothing but the day.
    pub fn of_day(day: Date) -> Self {
        Self {
            day,
            day_stated: false,
            people: Vec::new(),
            channel: Channel::Other,
            direction: Direction::Mutual,
            duration_min: None,
            event: String::new(),
            place: String::new(),
            exchanges: Vec::new(),
            promises: Vec::new(),
            follow_up: false,
            note: String::new(),
            parts: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Returns why it cannot be saved as it is: its day is none that has been.
    pub fn stop(&self) -> Option<&Problem> {
        self.problems.iter().find(|problem| !problem.record_kept)
    }

    /// Returns whether nobody in it has to be decided by the student first.
    pub fn is_decided(&self) -> bool {
        self.people
            .iter()
            .all(|named| !matches!(named.who, PersonReading::Ambiguous(_)))
    }
}

/// Returns what a log line says. Every line has a reading, be it only a note.
///
/// `today` is the student's day; a day without a year is never after it. Words
/// that stand for a day and are none that has been, such as "31 Feb" and
/// "tomorrow", are a [`LogReading::stop`].
pub fn parse(line: &str, today: Date, names: &dyn NameLookup) -> LogReading {
    read::read(line, today, today, names)
}
