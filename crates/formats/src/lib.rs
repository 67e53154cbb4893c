//! Bytes to drafts and problems, and back to bytes.
//!
//! A reader takes bytes and pushes what it finds to a [`domain::Sink`]: people,
//! interactions, hospitals, and problems with their line and field. One bad record never
//! loses the others. Nothing here opens a file, asks a clock or knows how
//! anything is stored.

pub mod cms;
mod columns;
pub mod contacts;
mod days;
mod detect;
pub mod document;
pub mod export;
pub mod linkedin;
pub mod log_line;
pub mod mail;
pub mod market;
pub mod message_record;
mod names;
mod packed;
pub mod people_lines;
pub mod portfolio;
pub mod roster;
mod rows;
mod summary;
mod text;
pub mod vcard;
pub mod vouch;

use std::io::BufRead;

use domain::{Problem, Sink};

pub use columns::ColumnRole;
pub use detect::{Detection, HEAD_LEN, Head, detect};
pub use names::{Candidate, Closeness, EventDays, NameIndex, NameLookup};
pub use summary::{Collected, PROBLEMS_MAX, ProblemGroup, Summary};

use summary::Tally;

/// Reads the whole of a file into a sink.
pub type ReadFn = fn(&mut dyn BufRead, &mut dyn Sink) -> Result<(), ReadError>;

/// A kind of file that can be read.
#[derive(Clone, Copy, Debug)]
pub struct Format {
    /// The name in addresses and options: `linkedin-connections`.
    pub name: &'static str,
    /// The name for people: "LinkedIn Connections.csv".
    pub label: &'static str,
    /// Where such a file comes from, in a sentence.
    pub about: &'static str,
    /// Returns whether a file that begins like this is of this kind.
    pub detect: fn(&Head) -> bool,
    /// Reads such a file; call [`read`] instead, which also counts.
    pub read: ReadFn,
}

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

/// Every kind of file that can be read, in the order in which they are tried.
pub const FORMATS: &[Format] = &[
    vouch::VOUCH,
    vcard::VCARD,
    vcard::JCARD,
    linkedin::ARCHIVE,
    linkedin::CONNECTIONS,
    linkedin::MESSAGES,
    linkedin::INVITATIONS,
    cms::HOSPITALS,
    contacts::GOOGLE,
    contacts::OUTLOOK,
    contacts::CSV,
];

/// Returns the format with this name.
pub fn format_named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Why a file gave nothing at all. Everything less is a problem in the sink.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// The file is of another kind.
    #[error("found {found}; would do: {would_do}")]
    NotThisFormat {
        /// What was found.
        found: String,
        /// What would do.
        would_do: String,
    },
    /// The file is of this kind, and nothing in it could be read.
    #[error("found {found}; would do: {would_do}")]
    NothingReadable {
        /// What was found.
        found: String,
        /// What would do.
        would_do: String,
    },
}

/// Reads a file of a known format into the sink, and says what it came to.
///
/// The sink sees drafts and problems in the order of the file; where it answers
/// "stop", reading ends at once and [`Summary::stopped`] is set. At most
/// [`PROBLEMS_MAX`] problems are handed on, the rest are counted.
///
/// # Errors
/// Only where the file is of another kind, or holds nothing that can be read.
pub fn read(
    format: &Format,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<Summary, ReadError> {
    let mut tally = Tally::new(format.name, sink);
    (format.read)(input, &mut tally)?;
    let summary = tally.finish();
    let n_found = summary.n_people + summary.n_interactions + summary.n_hospitals;
    if n_found == 0 && !summary.stopped {
        return Err(nothing_readable(format, &summary));
    }
    Ok(summary)
}

/// Returns the error of a file without the header of its kind.
pub(crate) fn no_header(rows: &mut rows::Rows, label: &str) -> ReadError {
    if let Some(failure) = rows.failure() {
        return ReadError::NothingReadable {
            found: format!("a file that could not be read ({failure})"),
            would_do: "the file downloaded or copied again".to_owned(),
        };
    }
    if let Some(error) = rows.too_long() {
        return error;
    }
    let start = rows.next_row().map(|row| row.cells.join(","));
    ReadError::NotThisFormat {
        found: format!(
            "no header of a {label}; the text begins {}",
            text::quoted(&start.unwrap_or_default())
        ),
        would_do: format!("a {label}, as it was exported"),
    }
}

/// Returns the problem of a file whose bytes ended in a failure.
pub(crate) fn unread_rest(failure: &std::io::Error) -> Problem {
    Problem {
        line: 0,
        field: String::new(),
        found: format!("a file that could not be read to its end ({failure})"),
        would_do: "the file copied to this machine again".to_owned(),
        record_kept: false,
    }
}

fn nothing_readable(format: &Format, summary: &Summary) -> ReadError {
    let label = format.label;
    let found = match summary.groups.first() {
        Some(group) if group.first_line > 0 => format!(
            "a {label} in which nothing could be read (line {}: {})",
            group.first_line, group.first_found
        ),
        Some(group) => format!(
            "a {label} in which nothing could be read ({})",
            group.first_found
        ),
        None if summary.n_empty > 0 => {
            format!("a {label} with only {}", summary.sentence())
        }
        None => format!("a {label} without any record"),
    };
    ReadError::NothingReadable {
        found,
        would_do: "a file with at least one readable record".to_owned(),
    }
}
