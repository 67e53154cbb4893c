//! What a file gives before anything is stored: drafts and problems.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{Channel, ContactPoint, Direction, Hospital, PersonName};

/// A person as a file or a typed line describes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonDraft {
    /// The line of the file where the record begins, from 1; 0 where lines mean nothing.
    pub line: u64,
    /// The name.
    pub name: PersonName,
    /// The employer's text, untouched, or empty.
    pub employer: String,
    /// The post's text, untouched, or empty.
    pub position: String,
    /// Whether the person has left that post, as far as the file tells.
    pub former: bool,
    /// Addresses.
    pub contacts: Vec<ContactPoint>,
    /// When the tie began, where the file says so.
    pub known_since: Option<Date>,
    /// How the student came upon the person, where the file says so.
    pub how_found: String,
    /// Free tags or groups of the file.
    pub tags: Vec<String>,
    /// A note of the file.
    pub note: String,
    /// Fields that Vouch has no place for, as name and value, kept as they are.
    pub extra: Vec<(String, String)>,
}

/// An interaction as a file or a typed line describes it, with people still as texts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InteractionDraft {
    /// The line of the file where the record begins, from 1.
    pub line: u64,
    /// With whom, as written.
    pub people: Vec<String>,
    /// The day as the file gives it.
    pub day: Date,
    /// The instant, where the file gives one with its zone.
    pub at: Option<Timestamp>,
    /// How it took place.
    pub channel: Channel,
    /// Who reached out.
    pub direction: Direction,
    /// The text of the message or note.
    pub note: String,
    /// Whether the file keeps it among unwanted messages.
    pub unwanted: bool,
}

/// Something that could not be read, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The line of the file, from 1; 0 where lines mean nothing.
    pub line: u64,
    /// The field ("Connected On"), or empty for the whole record.
    pub field: String,
    /// What was found, short enough to show.
    pub found: String,
    /// What would do, as a phrase after "would do:".
    pub would_do: String,
    /// Whether the rest of the record was kept.
    pub record_kept: bool,
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if self.line > 0 {
            write!(f, "line {}", self.line)?;
            if !self.field.is_empty() {
                write!(f, ", ")?;
            }
        }
        write!(
            f,
            "{}: found {}; would do: {}",
            self.field, self.found, self.would_do
        )
    }
}

/// Takes what a reader finds, and can stop it.
///
/// A reader calls these in the order of the file. `false` means "stop": the
/// reader returns at once and the caller keeps nothing.
pub trait Sink {
    /// Takes a person.
    fn person(&mut self, draft: PersonDraft) -> bool;
    /// Takes an interaction.
    fn interaction(&mut self, draft: InteractionDraft) -> bool;
    /// Takes a hospital that begins on this line. Who reads people passes over it.
    fn hospital(&mut self, _line: u64, _hospital: Hospital) -> bool {
        true
    }
    /// Takes a problem.
    fn problem(&mut self, problem: Problem) -> bool;
    /// Counts a record that is empty on purpose, such as a hidden member.
    fn empty_record(&mut self, line: u64) -> bool;
}
