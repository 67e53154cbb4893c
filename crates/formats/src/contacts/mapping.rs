//! Any other CSV, through a mapping from its columns to what they hold.
//!
//! The mapping is guessed from the names of the columns and from what stands in
//! them, shown, changed by the student, and remembered by the caller for the
//! next file with the same header.

use std::io::BufRead;

use domain::{Problem, Sink, fold_key};

use super::headings::known_role;
use crate::columns::{ColumnRole, Plan, Planned, read_people};
use crate::days::file_day;
use crate::roster::{is_match_year, looks_like_name};
use crate::rows::{Header, Row, Rows};
use crate::summary::Tally;
use crate::text::Lines;
use crate::{Format, Head, ReadError, Summary};

/// Any CSV with a column for names.
pub const CSV: Format = Format {
    name: "csv",
    label: "CSV file with a column for names",
    about: "Any table of people, saved as CSV; you say which column is what.",
    detect,
    read,
};

/// How many rows are looked at for guessing.
const LOOK_ROWS: usize = 50;

/// What becomes of the columns of a file, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mapping {
    /// The role of every column.
    pub roles: Vec<ColumnRole>,
    /// Whether the first row names the columns.
    pub has_header: bool,
}

impl Mapping {
    /// Returns whether a person can come out of it: some column gives a name or
    /// an address to stand for it.
    pub fn gives_people(&self) -> bool {
        self.roles.iter().any(|role| {
            matches!(
                role,
                ColumnRole::Name | ColumnRole::Given | ColumnRole::Family | ColumnRole::Email
            )
        })
    }
}

/// What a CSV looks like, for choosing columns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CsvLook {
    /// The columns' names; "column 1" and so on where the file names none.
    pub columns: Vec<String>,
    /// The first rows below the header.
    pub rows: Vec<Vec<String>>,
    /// What the columns seem to hold.
    pub guess: Mapping,
    /// Whether every column that has a name has one that tells what it holds.
    pub all_known: bool,
}

impl CsvLook {
    /// Returns what stands for this header in a memory of headers, the same for
    /// every file with the same columns in the same order; `None` where the
    /// file has no header to know it by.
    pub fn fingerprint(&self) -> Option<String> {
        if !self.guess.has_header {
            return None;
        }
        // FNV-1a, 64 bits: short, the same on every machine, and nobody gains
        // anything by making two headers meet.
        let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
        for name in &self.columns {
            for byte in fold_key(name).bytes().chain([0x1f]) {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        Some(format!("{hash:016x}-{}", self.columns.len()))
    }

    /// Returns whether the rows below the header have its number of cells, as
    /// those of a table do and lines of prose with commas do not.
    pub fn is_regular(&self) -> bool {
        let n_columns = self.columns.len();
        let n_fitting = self.rows.iter().filter(|row| row.len() == n_columns);
        let n_fitting = n_fitting.count();
        n_fitting > 0 && n_fitting * 2 >= self.rows.len()
    }
}

/// Returns the columns and first rows of a CSV with a guess at their meaning;
/// `None` where the bytes are no table of at least two columns.
pub fn look_at_csv(input: &mut dyn BufRead) -> Option<CsvLook> {
    let (header, has_header, mut rows) = open(input).ok()?;
    let first: Vec<Row> = std::iter::from_fn(|| rows.next_row())
        .take(LOOK_ROWS)
        .collect();
    let rows: Vec<Vec<String>> = first.into_iter().map(|row| row.cells).collect();
    let guess = Mapping {
        roles: guess(&header, &rows),
        has_header,
    };
    let is_known = |name: &String| name.is_empty() || known_role(name).is_some();
    Some(CsvLook {
        all_known: has_header && header.names.iter().all(is_known),
        columns: header.names,
        rows,
        guess,
    })
}

/// Reads a CSV through a mapping and says what it came to.
///
/// # Errors
/// Where the bytes are no table, the mapping gives no people, or no row could
/// be read.
pub fn read_mapped(
    mapping: &Mapping,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<Summary, ReadError> {
    let mut tally = Tally::new(CSV.name, sink);
    read_with(mapping, input, &mut tally)?;
    let summary = tally.finish();
    if summary.n_people == 0 && !summary.stopped {
        return Err(crate::nothing_readable(&CSV, &summary));
    }
    Ok(summary)
}

fn read_with(
    mapping: &Mapping,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let (header, has_header, mut rows) = open(input)?;
    if !mapping.gives_people() {
        return Err(no_names(&header));
    }
    let header = if has_header && !mapping.has_header {
        // The student says that the first row is a person.
        rows.put_back_header();
        numbered_header(header.names.len())
    } else {
        header
    };
    read_table(&mut rows, &header, mapping, sink);
    Ok(())
}

/// Reads the rows; of a match list it is told first what sets its years.
fn read_table(rows: &mut Rows<'_>, header: &Header, mapping: &Mapping, sink: &mut dyn Sink) {
    let is_of_match = |role| matches!(role, ColumnRole::Position | ColumnRole::Employer);
    let columns = header.names.iter().zip(&mapping.roles);
    let mut years =
        columns.filter(|(name, role)| **role == ColumnRole::Extra && is_match_year(name));
    if let Some((name, _)) = years.next()
        && mapping.roles.iter().copied().any(is_of_match)
    {
        let problem = Problem {
            line: 1,
            field: name.clone(),
            found: "the year of a match, kept as a note only".to_owned(),
            would_do: "the list given as a match list (--roster, or pasted), \
                       which sets the year of each"
                .to_owned(),
            record_kept: true,
        };
        if !sink.problem(problem) {
            return;
        }
    }
    read_people(rows, header, &plan(mapping), sink);
}

fn plan(mapping: &Mapping) -> Plan {
    let columns = mapping.roles.iter().map(|role| Planned::new(*role));
    Plan {
        columns: columns.collect(),
        joined_by: None,
        is_dull_tag: |_| false,
        is_dull_value: |_, _| false,
        restored,
    }
}

/// Takes off the apostrophe that [`crate::export::write_csv`] puts in front of a
/// value, and leaves "'t Hooft" alone.
fn restored(value: &str) -> &str {
    match value.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\'']) => rest,
        _ => value,
    }
}

fn detect(head: &Head) -> bool {
    let mut input = head.text.as_bytes();
    look_at_csv(&mut input).is_some_and(|look| look.guess.gives_people() && look.guess.has_header)
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let (header, _, mut rows) = open(input)?;
    let looked: Vec<Row> = std::iter::from_fn(|| rows.next_row())
        .take(LOOK_ROWS)
        .collect();
    let cells: Vec<Vec<String>> = looked.iter().map(|row| row.cells.clone()).collect();
    let mapping = Mapping {
        roles: guess(&header, &cells),
        has_header: true,
    };
    if !mapping.gives_people() {
        return Err(no_names(&header));
    }
    rows.put_back(looked);
    read_table(&mut rows, &header, &mapping, sink);
    Ok(())
}

fn no_table() -> ReadError {
    ReadError::NotThisFormat {
        found: "text that is no table of two columns or more".to_owned(),
        would_do: "a CSV file whose first row names the columns".to_owned(),
    }
}

fn no_names(header: &Header) -> ReadError {
    ReadError::NotThisFormat {
        found: format!(
            "the columns {}, none of which is known to hold names",
            crate::text::shown(&header.names.join(", "))
        ),
        would_do: "a column chosen as the name or the e-mail address".to_owned(),
    }
}

fn numbered_header(n_columns: usize) -> Header {
    Header::new((1..=n_columns).map(|i| format!("column {i}")).collect())
}

/// Opens a table: its header, whether the file has one, and the rows behind it.
fn open<'a>(input: &'a mut dyn BufRead) -> Result<(Header, bool, Rows<'a>), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let found = rows.find_header_where(|header| {
        let n_filled = header.names.iter().filter(|name| !name.is_empty()).count();
        n_filled >= 2 && n_filled * 2 >= header.names.len()
    });
    let Some(header) = found else {
        return Err(rows.too_long().unwrap_or_else(no_table));
    };
    // A first row that holds an address or a day names no columns.
    let is_data = header
        .names
        .iter()
        .any(|name| name.contains('@') || file_day(name).is_some());
    if is_data {
        rows.put_back_header();
        let header = numbered_header(header.names.len());
        return Ok((header, false, rows));
    }
    Ok((header, true, rows))
}

/// Guesses what the columns hold: by name, then by what stands in them.
fn guess(header: &Header, rows: &[Vec<String>]) -> Vec<ColumnRole> {
    let mut roles: Vec<ColumnRole> = header
        .names
        .iter()
        .enumerate()
        .map(|(i, name)| known_role(name).unwrap_or_else(|| by_content(rows, i)))
        .collect();
    // "Title" beside "Job title" is the one before the name, as in Outlook.
    let named = |wanted: &str| {
        header
            .names
            .iter()
            .position(|name| fold_key(name) == wanted)
    };
    if let (Some(title), Some(_)) = (named("title"), named("job title")) {
        roles[title] = ColumnRole::Title;
    }
    // A file that names no columns may still hold names in one.
    let mut numbers = header.names.iter().zip(1..);
    if numbers.all(|(name, number)| *name == format!("column {number}"))
        && let Some(names) = (0..roles.len()).find(|i| holds_names(rows, *i))
    {
        roles[names] = ColumnRole::Name;
    }
    // "Nombre" beside "Apellidos" is a given name, alone it is the whole.
    let has = |role| roles.contains(&role);
    if has(ColumnRole::Given) && !has(ColumnRole::Family) && !has(ColumnRole::Name) {
        for role in &mut roles {
            if *role == ColumnRole::Given {
                *role = ColumnRole::Name;
            }
        }
    }
    roles
}

fn holds_names(rows: &[Vec<String>], i: usize) -> bool {
    let cells = || rows.iter().filter_map(|row| row.get(i));
    let n_names = cells().filter(|cell| looks_like_name(cell)).count();
    n_names > 0 && n_names * 10 >= cells().count() * 8
}

/// Returns the role that most of the values of a column tell, else [`ColumnRole::Extra`].
fn by_content(rows: &[Vec<String>], i: usize) -> ColumnRole {
    let values: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.get(i).map(|value| value.trim()))
        .filter(|value| !value.is_empty())
        .collect();
    let most = |fits: fn(&str) -> bool| {
        let n_fits = values.iter().filter(|value| fits(value)).count();
        n_fits > 0 && n_fits * 10 >= values.len() * 8
    };
    if most(|value| value.contains("linkedin.com/")) {
        ColumnRole::LinkedIn
    } else if most(|value| value.contains('@') && !value.contains(' ')) {
        ColumnRole::Email
    } else if most(|value| value.starts_with("http")) {
        ColumnRole::Url
    } else {
        ColumnRole::Extra
    }
}
