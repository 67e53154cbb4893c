//! One line of a pasted list: its columns, and the pieces between commas.

use domain::ContactPoint;

use super::name::{At, Found, looks_like_name};
use super::words::{bare_year, has_label, is_place, is_specialty, is_state, short_year};
use crate::people_lines::{contact_of, is_role};

/// What separates columns, the surest first.
const SEPARATORS: &[&str] = &["\t", "|", " – ", " — ", " - ", "  "];

/// One line, split.
pub(super) struct Line {
    text: String,
    columns: Vec<Column>,
    /// Whether something stronger than commas separates the columns.
    pub(super) by_column: bool,
    /// The year in brackets or behind an apostrophe: "(2024)", "'24".
    pub(super) year: Option<i16>,
}

struct Column {
    whole: String,
    pieces: Vec<String>,
}

impl Line {
    pub(super) fn split(text: &str) -> Self {
        let (text, year) = without_year(text);
        let separator = SEPARATORS.iter().find(|s| text.contains(**s));
        let by_name = || {
            // "Di Fox: Diagnostic Radiology, Lakeside Hospital".
            let (name, rest) = text.split_once(": ")?;
            let is_name = looks_like_name(name) && !has_label(&text);
            is_name.then(|| vec![name, rest])
        };
        let columns = match separator {
            Some(separator) => Some(text.split(separator).collect()),
            None => by_name(),
        };
        let by_column = columns.is_some();
        let columns = columns.unwrap_or_else(|| vec![text.as_str()]);
        let columns = columns.into_iter().map(str::trim).filter(|c| !c.is_empty());
        let columns = columns.map(|whole| Column {
            whole: whole.to_owned(),
            pieces: pieces(whole),
        });
        Self {
            columns: columns.collect(),
            by_column,
            year,
            text,
        }
    }

    /// Returns the text of a line that is a single piece.
    pub(super) fn only(&self) -> Option<&str> {
        match self.columns.as_slice() {
            [column] if column.pieces.len() == 1 => column.pieces.first().map(String::as_str),
            // "Surgery - Prelim" is one thing, though a dash stands in it.
            _ => Some(self.text.as_str()).filter(|text| is_specialty(text)),
        }
    }

    /// Returns where a name may begin: at every piece that is no year.
    pub(super) fn starts(&self) -> Vec<At> {
        let columns = self.columns.iter().enumerate();
        let pieces = columns.flat_map(|(i, column)| (0..column.pieces.len()).map(move |j| (i, j)));
        pieces
            .filter(|at| bare_year(self.piece(*at)).is_none())
            .collect()
    }

    pub(super) fn is_one_column(&self) -> bool {
        self.columns.len() == 1
    }

    pub(super) fn whole(&self, column: usize) -> &str {
        &self.columns[column].whole
    }

    pub(super) fn piece(&self, at: At) -> &str {
        &self.columns[at.0].pieces[at.1]
    }

    /// Returns the pieces of the column that begin at `at`.
    pub(super) fn from(&self, at: At) -> Vec<&str> {
        let pieces = self.columns.get(at.0).map(|column| &column.pieces[at.1..]);
        let pieces = pieces.unwrap_or_default();
        pieces.iter().map(String::as_str).collect()
    }

    /// Returns the cells beside the name: columns whole where they are a place
    /// with its commas, else their pieces.
    pub(super) fn cells(&self, name: Option<&Found>, is_match_list: bool) -> Vec<&str> {
        let mut cells = Vec::new();
        for (i, column) in self.columns.iter().enumerate() {
            let of_name = name.filter(|name| name.at.0 == i);
            let is_known = |piece: &String| {
                contact_of(piece).is_some() || is_specialty(piece) || is_role(piece)
            };
            let is_whole = self.by_column
                && of_name.is_none()
                && (is_place(&column.whole)
                    || is_match_list && !column.pieces.first().is_some_and(is_known));
            if is_whole {
                cells.push(column.whole.as_str());
                continue;
            }
            let pieces = column.pieces.iter().enumerate();
            let beside = pieces.filter(|(j, _)| {
                of_name.is_none_or(|name| !(name.at.1..name.at.1 + name.n_pieces).contains(j))
            });
            cells.extend(beside.map(|(_, piece)| piece.as_str()));
        }
        cells
    }
}

/// What a cell holds.
pub(super) enum Piece {
    Contact(ContactPoint),
    Year(i16),
    Place,
    State,
    Post,
    Other,
}

impl Piece {
    pub(super) fn of(cell: &str, is_state_likely: bool) -> Self {
        if let Some(contact) = labelled_contact(cell) {
            Self::Contact(contact)
        } else if let Some(year) = bare_year(cell) {
            Self::Year(year)
        } else if is_place(cell) {
            Self::Place
        } else if is_state_likely && is_state(cell) {
            // "PA" is Pennsylvania here, and a physician assistant elsewhere.
            Self::State
        } else if is_specialty(cell) || is_role(cell) && !looks_like_name(cell) {
            Self::Post
        } else {
            Self::Other
        }
    }
}

/// Returns the address or number that a cell is, with or without a label before it.
pub(super) fn labelled_contact(cell: &str) -> Option<ContactPoint> {
    let behind_label = || cell.split_once(':').map(|(_, value)| value.trim());
    contact_of(cell).or_else(|| contact_of(behind_label()?))
}

/// Splits a column at commas and semicolons; what stands in brackets behind a
/// name or degree is a piece of its own, but for pronouns.
fn pieces(column: &str) -> Vec<String> {
    let mut pieces = Vec::new();
    for piece in column.split([',', ';']).map(str::trim) {
        let bracket = piece.rfind(" (").filter(|_| piece.ends_with(')'));
        match bracket.map(|at| (piece[..at].trim(), piece[at..].trim())) {
            Some((before, aside))
                if !aside.contains('/') && !is_place(before) && !is_role(before) =>
            {
                pieces.extend([before.to_owned(), aside.to_owned()]);
            }
            _ => pieces.push(piece.to_owned()),
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

/// Returns the text without the year in brackets or behind an apostrophe.
pub(super) fn without_year(text: &str) -> (String, Option<i16>) {
    let bracket = text.match_indices('(').find_map(|(at, _)| {
        let inner = text.get(at + 1..at + 5)?;
        let is_closed = text[at + 5..].starts_with(')');
        Some((at..at + 6, bare_year(inner).filter(|_| is_closed)?))
    });
    let found = bracket.or_else(|| {
        text.match_indices(['\'', '’', '‘']).find_map(|(at, mark)| {
            let digits = at + mark.len()..at + mark.len() + 2;
            let year = short_year(text.get(digits.clone())?)?;
            let stands_alone =
                text[..at].ends_with(' ') && !text[digits.end..].starts_with(char::is_alphanumeric);
            stands_alone.then_some((at..digits.end, year))
        })
    });
    match found {
        Some((range, year)) => {
            let (before, behind) = (&text[..range.start], &text[range.end..]);
            (
                format!("{}{behind}", before.trim_end_matches(' ')),
                Some(year),
            )
        }
        None => (text.to_owned(), None),
    }
}
