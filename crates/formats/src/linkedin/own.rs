//! The student's own posts and schools: `Positions.csv` and `Education.csv`.

use std::io::BufRead;

use crate::ReadError;
use crate::rows::{Rows, header_in};
use crate::text::Lines;

/// Whether an entry is a post or a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OwnKind {
    /// A post.
    Position,
    /// A school.
    Education,
}

/// One post or school of the student.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnEntry {
    /// Whether it is a post or a school.
    pub kind: OwnKind,
    /// The line of the file.
    pub line: u64,
    /// The employer or school.
    pub place: String,
    /// The title or degree.
    pub title: String,
    /// The beginning as written ("Aug 2021"), or empty.
    pub started: String,
    /// The end as written, or empty.
    pub finished: String,
}

const POSITIONS: &[&str] = &["Company Name", "Title", "Started On"];
const EDUCATION: &[&str] = &["School Name", "Degree Name"];

/// Returns whether a header of one of the two files stands in the text.
pub(crate) fn is_own(text: &str) -> bool {
    text.lines().take(10).any(|line| {
        header_in(line, |header| {
            header.has_all(POSITIONS) || header.has_all(EDUCATION)
        })
        .is_some()
    })
}

/// Reads `Positions.csv` or `Education.csv`.
///
/// # Errors
/// Where the text has the header of neither.
pub fn read_own(input: &mut dyn BufRead) -> Result<Vec<OwnEntry>, ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let found = rows.find_header_where(|h| h.has_all(POSITIONS) || h.has_all(EDUCATION));
    let Some(header) = found else {
        return Err(crate::no_header(
            &mut rows,
            "LinkedIn Positions.csv or Education.csv",
        ));
    };
    let (kind, names) = if header.has_all(EDUCATION) {
        let names = ["School Name", "Degree Name", "Start Date", "End Date"];
        (OwnKind::Education, names)
    } else {
        let names = ["Company Name", "Title", "Started On", "Finished On"];
        (OwnKind::Position, names)
    };
    let mut entries = Vec::new();
    while let Some(row) = rows.next_row() {
        let cell = |i: usize| header.cell(&row, names[i]).to_owned();
        let entry = OwnEntry {
            kind,
            line: row.line,
            place: cell(0),
            title: cell(1),
            started: cell(2),
            finished: cell(3),
        };
        if !entry.place.is_empty() {
            entries.push(entry);
        }
    }
    Ok(entries)
}

/// Returns the student's name from `Profile.csv`, or an empty text.
pub(crate) fn read_profile(input: &mut dyn BufRead) -> String {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header(&["First Name", "Last Name", "Headline"]) else {
        return String::new();
    };
    let Some(row) = rows.next_row() else {
        return String::new();
    };
    let name = [
        header.cell(&row, "First Name"),
        header.cell(&row, "Last Name"),
    ];
    name.join(" ").trim().to_owned()
}
