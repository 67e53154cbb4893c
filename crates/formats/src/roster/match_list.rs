//! A school's match list, pasted: who matched in which field at which hospital.

use super::heading::trimmed;
use super::layout::{MatchOrder, NameOf, Names};
use super::line::Line;
use super::name::{Surety, shapes};
use super::table::Table;
use super::words::{heading_year, is_hospital, is_place, is_specialty};
use super::{Reader, RosterRow};

/// Reads the lines of a match list.
pub(super) fn read(reader: &mut Reader, text: &str) {
    let lines = reader.lines(text);
    let split: Vec<Line> = lines.iter().map(|(_, line, _)| Line::split(line)).collect();
    let mut list = MatchList {
        reader,
        names: Names::of(
            split
                .iter()
                .filter(|line| line.only().is_none_or(|only| !is_specialty(only))),
        ),
        order: MatchOrder::of(split.iter()),
        year: None,
        specialty: String::new(),
        table: None,
        joins_last: false,
    };
    for ((raw, text, number), line) in lines.iter().zip(&split) {
        list.take(raw, text, *number, line);
    }
}

struct MatchList<'a> {
    reader: &'a mut Reader,
    names: Names,
    order: MatchOrder,
    year: Option<i16>,
    /// The specialty of a heading.
    specialty: String,
    table: Option<Table>,
    /// Whether a line without a name still belongs to the person above.
    joins_last: bool,
}

impl MatchList<'_> {
    fn take(&mut self, raw: &str, text: &str, number: u64, line: &Line) {
        if text.is_empty() {
            self.joins_last = false;
            return;
        }
        if let Some(table) = Table::headed(raw) {
            self.table = Some(table);
            self.joins_last = false;
            return;
        }
        let mut row = RosterRow {
            line: number,
            text: text.to_owned(),
            year: self.year,
            specialty: self.specialty.clone(),
            ..RosterRow::default()
        };
        if let Some(cells) = self.table.as_ref().and_then(|table| table.cells(raw)) {
            cells.fill(&mut row);
            self.joins_last = self.reader.push(row);
            return;
        }
        if line.only().is_some_and(|only| self.take_heading(only)) {
            self.joins_last = false;
            return;
        }
        match self.name_of(line) {
            NameOf::Found(found) => self.reader.fill(&mut row, line, Some(&found)),
            NameOf::Nobody => self.reader.fill(&mut row, line, None),
            NameOf::Unsure => {
                let would_do = "a name with its specialty and hospital";
                self.reader
                    .problem(number, &crate::text::quoted(text), would_do);
                self.joins_last = false;
                return;
            }
        }
        if row.name.is_empty() && self.joins_last && self.joins(&row) {
            if row.specialty == self.specialty {
                row.specialty.clear();
            }
            return self.reader.join(row);
        }
        self.joins_last = self.reader.push(row);
    }

    /// Returns where a line has its name: by the order of the list where it has
    /// several cells, else by its shape.
    fn name_of(&self, line: &Line) -> NameOf {
        let pieces = line.from((0, 0));
        let [turned, plain] = shapes(&pieces);
        let is_whole = |n_pieces: usize| n_pieces == pieces.len() && line.is_one_column();
        if let Some(turned) = turned.filter(|shape| is_whole(shape.n_pieces)) {
            let is_voted = self.names.surname_first || turned.surety == Surety::Sure;
            let is_place = pieces
                .iter()
                .any(|piece| is_place(piece) || is_hospital(piece));
            if is_voted && !is_place {
                return NameOf::Found(turned.found(line, (0, 0)));
            }
        }
        if let Some(plain) = plain.filter(|shape| is_whole(shape.n_pieces)) {
            let is_of_above = self.joins_last && self.lacks_place() && plain.surety != Surety::Sure;
            if !(is_hospital(pieces[0]) && is_of_above) {
                return NameOf::Found(plain.found(line, (0, 0)));
            }
            return NameOf::Nobody;
        }
        self.order.name_of(line)
    }

    fn lacks_place(&self) -> bool {
        let last = self.reader.out.rows.last();
        last.is_some_and(|row| row.institution.is_empty())
    }

    /// Takes a line that says something of the lines below it.
    fn take_heading(&mut self, only: &str) -> bool {
        if let Some(year) = heading_year(only) {
            self.year = Some(year);
            self.specialty.clear();
            return true;
        }
        // Right below a name, under no heading, it is that person's own.
        let is_own = self.joins_last && self.specialty.is_empty() && self.lacks_all();
        if !is_specialty(only) || is_own {
            return false;
        }
        trimmed(only).clone_into(&mut self.specialty);
        true
    }

    /// Returns whether the last row is a name and nothing else.
    fn lacks_all(&self) -> bool {
        let is_bare = |row: &RosterRow| row.specialty.is_empty() && row.institution.is_empty();
        self.reader.out.rows.last().is_some_and(is_bare)
    }

    /// Returns whether a line without a name tells more of the person above it.
    fn joins(&self, more: &RosterRow) -> bool {
        let Some(last) = self.reader.out.rows.last() else {
            return false;
        };
        let tells_specialty = more.specialty != self.specialty;
        let is_new = if tells_specialty {
            last.specialty.is_empty()
        } else {
            last.institution.is_empty() && !more.institution.is_empty()
        };
        is_new || !tells_specialty && more.institution.is_empty() && !more.contacts.is_empty()
    }
}
