//! What a file is, by its first bytes.

use crate::contacts::{CSV, look_at_csv};
use crate::rows::CELLS_MAX;
use crate::text::{Encoding, decode_head, quoted};
use crate::{FORMATS, Format};

/// How many bytes of a file [`detect`] wants to see.
pub const HEAD_LEN: usize = 64 * 1024;

/// What a file is.
#[derive(Clone, Debug)]
pub struct Detection {
    /// The format that can read it, if one can.
    pub format: Option<&'static Format>,
    /// What it is, as a phrase: "a LinkedIn Connections.csv", "a web page".
    pub what: String,
    /// What would do instead, as a phrase; empty where a format can read it.
    pub would_do: String,
    /// Whether it is a table that can be read once somebody says what its
    /// columns hold.
    pub is_table: bool,
}

/// The first bytes of a file in the forms in which formats look at them.
#[derive(Debug)]
pub struct Head<'a> {
    /// The bytes.
    pub bytes: &'a [u8],
    /// The bytes decoded, as far as they go.
    pub text: String,
    /// The file's name in lower case, or empty.
    pub name: String,
}

impl<'a> Head<'a> {
    /// Returns the head for these bytes; the name is a hint only.
    pub fn new(bytes: &'a [u8], name: &str) -> Self {
        let bytes = &bytes[..bytes.len().min(HEAD_LEN)];
        Self {
            bytes,
            text: decode_head(bytes),
            name: name.to_lowercase(),
        }
    }
}

/// Returns what a file is, from its first bytes ([`HEAD_LEN`] of them are
/// enough). The name decides nothing that the bytes can tell.
pub fn detect(head: &[u8], name: &str) -> Detection {
    let head = Head::new(head, name);
    if let Some((what, would_do)) = known_stranger(&head) {
        return Detection {
            format: None,
            what: what.to_owned(),
            would_do: would_do.to_owned(),
            is_table: false,
        };
    }
    match FORMATS.iter().find(|format| (format.detect)(&head)) {
        Some(format) => Detection {
            format: Some(format),
            what: format!("a {}", format.label),
            would_do: String::new(),
            is_table: *format == CSV,
        },
        None => Detection {
            format: None,
            what: found_in(&head),
            would_do: wanted(),
            is_table: look_at_csv(&mut head.text.as_bytes()).is_some_and(|look| look.is_regular()),
        },
    }
}

/// Returns the formats that can be read, as a phrase.
pub(crate) fn wanted() -> String {
    let labels: Vec<&str> = FORMATS.iter().map(|format| format.label).collect();
    format!("one of: {}", labels.join("; "))
}

/// Kinds of files that people try, which no format of ours reads: how they
/// begin, what they are, and what would do.
const STRANGERS: &[(&[u8], &str, &str)] = &[
    (
        b"%PDF",
        "a PDF document",
        "the list as a CSV file, or its text pasted",
    ),
    (
        b"\xD0\xCF\x11\xE0",
        "an old Excel or Outlook file",
        "the same saved as \"CSV UTF-8\" from the program that made it",
    ),
    (b"\x89PNG", "a picture (PNG)", "the list as a CSV file"),
    (
        b"\xFF\xD8\xFF",
        "a picture (JPEG)",
        "the list as a CSV file",
    ),
    (
        b"Rar!",
        "a RAR archive",
        "the file inside it, taken out first",
    ),
    (
        b"7z\xBC\xAF",
        "a 7-Zip archive",
        "the file inside it, taken out first",
    ),
    (
        b"\x1F\x8B",
        "a gzip archive",
        "the file inside it, taken out first",
    ),
    (
        b"SQLite format 3\0",
        "a database file",
        "an export of it as CSV",
    ),
    (
        b"!BDN",
        "an Outlook data file (.pst)",
        "contacts exported as CSV from Outlook",
    ),
];

/// Returns what the file is and what would do, where it is a kind that no
/// format reads.
fn known_stranger(head: &Head) -> Option<(&'static str, &'static str)> {
    if head.bytes.is_empty() || head.text.trim().is_empty() && !has_zip_mark(head.bytes) {
        return Some(("an empty file", "the export downloaded again"));
    }
    if let Some((_, what, would_do)) = STRANGERS
        .iter()
        .find(|(mark, _, _)| head.bytes.starts_with(mark))
    {
        return Some((what, would_do));
    }
    let start = head.text.trim_start();
    let begins = |mark: &str| {
        start
            .get(..mark.len())
            .is_some_and(|s| s.eq_ignore_ascii_case(mark))
    };
    if begins("<!doctype html") || begins("<html") || begins("<head") {
        return Some((
            "a web page, not the file itself",
            "the file behind the page: open the link in a browser where you are signed in, and download it again",
        ));
    }
    if has_zip_mark(head.bytes) && is_office_zip(head.bytes) {
        return Some((
            "an Excel or other Office file",
            "the sheet saved as \"CSV UTF-8\"",
        ));
    }
    None
}

/// Returns whether the bytes begin as a zip archive does.
pub(crate) fn has_zip_mark(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

fn is_office_zip(bytes: &[u8]) -> bool {
    let holds = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
    holds(b"[Content_Types].xml") || holds(b"xl/workbook") || holds(b"_rels/.rels")
}

/// Returns what a file that no format reads looks like, as a phrase.
pub(crate) fn found_in(head: &Head) -> String {
    if has_zip_mark(head.bytes) {
        return "a zip archive".to_owned();
    }
    let n_control = head
        .text
        .chars()
        .filter(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        .count();
    if Encoding::of(head.bytes) == Encoding::Bytes && n_control * 20 > head.text.chars().count() {
        return "a file of bytes that are not text".to_owned();
    }
    let first = head
        .text
        .lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default();
    let n_cells = head.text.split([',', ';', '\t']).count();
    let is_one_line = head.bytes.len() == HEAD_LEN && !head.text.contains(['\n', '\r']);
    if is_one_line && n_cells > CELLS_MAX {
        return format!(
            "a first line with more than {CELLS_MAX} columns, which begins {}",
            quoted(first)
        );
    }
    if is_one_line {
        return format!(
            "a first line of more than {} KB, which begins {}",
            HEAD_LEN >> 10,
            quoted(first)
        );
    }
    format!("text that begins {}", quoted(first))
}
