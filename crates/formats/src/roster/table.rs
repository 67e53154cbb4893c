//! A pasted list whose first line names its columns.

use domain::{ContactPoint, fold_key};

use super::line::without_year;
use super::words::{bare_year, is_place, is_specialty, short_year};
use super::{RosterRow, join};
use crate::columns::{ColumnRole, NameParts, address};
use crate::contacts::known_role;
use crate::people_lines::is_role;
use crate::rows::cells_of;

/// What separates the columns of a table, the surest first.
const SEPARATORS: [char; 4] = ['\t', '|', ';', ','];

/// What the columns of a list hold.
pub(super) struct Table {
    separator: char,
    columns: Vec<Column>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Column {
    Known(ColumnRole),
    Year,
    Other,
}

/// The cells of one line, each with its column.
pub(super) struct Cells(Vec<(Column, String)>);

impl Table {
    /// Returns the table whose columns a line names, if it does.
    pub(super) fn headed(line: &str) -> Option<Self> {
        SEPARATORS.into_iter().find_map(|separator| {
            let columns: Vec<Column> = split(line, separator).iter().map(|c| column(c)).collect();
            let n_known = columns.iter().filter(|c| **c != Column::Other).count();
            let is_name = |column: &Column| {
                use ColumnRole::{Family, Given, Name};
                matches!(column, Column::Known(Name | Given | Family))
            };
            let is_header =
                n_known >= 2 && n_known * 2 >= columns.len() && columns.iter().any(is_name);
            is_header.then_some(Self { separator, columns })
        })
    }

    /// Returns the cells of a line of the table; `None` where it is none.
    pub(super) fn cells(&self, line: &str) -> Option<Cells> {
        let cells = split(line, self.separator);
        if cells.len() < 2 || cells.len() > self.columns.len() && self.separator == ',' {
            return None;
        }
        let columns = self.columns.iter().chain(std::iter::repeat(&Column::Other));
        Some(Cells(columns.copied().zip(cells).collect()))
    }
}

impl Cells {
    pub(super) fn fill(self, row: &mut RosterRow) {
        let mut parts = NameParts::default();
        let (mut post, mut rest) = (String::new(), String::new());
        for (column, cell) in self.0 {
            let cell = cell.trim();
            if cell.is_empty() {
                continue;
            }
            let Column::Known(role) = column else {
                match bare_year(cell).or_else(|| short_year(cell)) {
                    Some(year) if column == Column::Year => row.year = Some(year),
                    _ => join(&mut rest, cell),
                }
                continue;
            };
            match role {
                ColumnRole::Name => {
                    let (name, year) = without_year(cell);
                    parts.whole = name;
                    row.year = year.or(row.year);
                }
                ColumnRole::Given => cell.clone_into(&mut parts.given),
                ColumnRole::Middle => cell.clone_into(&mut parts.middle),
                ColumnRole::Family => cell.clone_into(&mut parts.family),
                ColumnRole::Suffix => cell.clone_into(&mut parts.suffix),
                // "Program" is a field in one list and a hospital in the next.
                ColumnRole::Employer if is_specialty(cell) => join(&mut post, cell),
                ColumnRole::Employer if row.institution.is_empty() => {
                    cell.clone_into(&mut row.institution);
                }
                ColumnRole::Position
                    if is_place(cell) && !is_role(cell) && row.institution.is_empty() =>
                {
                    cell.clone_into(&mut row.institution);
                }
                ColumnRole::Position | ColumnRole::Title => join(&mut post, cell),
                role => match contact(role, cell) {
                    Some(contact) => row.contacts.push(contact),
                    None => join(&mut rest, cell),
                },
            }
        }
        row.name = parts.name();
        if !post.is_empty() {
            row.specialty = post;
        }
        row.rest = rest;
    }
}

fn contact(role: ColumnRole, cell: &str) -> Option<ContactPoint> {
    use ColumnRole::{Email, LinkedIn, Phone, Url};
    let kind = matches!(role, Email | Phone | LinkedIn | Url).then(|| address(role, cell))??;
    Some(ContactPoint {
        kind,
        value: cell.to_owned(),
        label: String::new(),
    })
}

fn split(line: &str, separator: char) -> Vec<String> {
    let line = match separator {
        '|' => line.trim().trim_start_matches('|').trim_end_matches('|'),
        _ => line,
    };
    if !line.contains(separator) {
        return Vec::new();
    }
    cells_of(line, separator)
}

fn column(name: &str) -> Column {
    if is_match_year(name) {
        return Column::Year;
    }
    known_role(name).map_or(Column::Other, Column::Known)
}

/// Returns whether a column of this name holds the year of a match.
pub(crate) fn is_match_year(name: &str) -> bool {
    matches!(
        fold_key(name).as_str(),
        "year" | "match year" | "year matched" | "class" | "class of" | "graduation year"
    )
}
