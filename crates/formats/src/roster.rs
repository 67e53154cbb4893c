//! Text pasted from a page: a school's match list by year, a department's
//! roster. Every line becomes a row to confirm, nothing is taken as certain.
//!
//! Headings are understood: a line with a year sets the year, a line with only
//! a specialty sets the specialty for the lines below it, and a line that names
//! columns says what stands in them.

mod line;
mod name;
mod table;
mod words;

use domain::{ContactPoint, PersonDraft, PersonName, Problem, is_in_training};
use jiff::civil::Date;

use crate::people_lines::without_bullet;
use crate::text::quoted;

use line::{Line, Piece};
use table::Table;
use words::{heading_year, is_group, is_specialty, training_year};

pub(crate) use name::looks_like_name;

/// The most rows of one text.
const ROWS_MAX: usize = 20_000;

/// Which page the text comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RosterKind {
    /// A school's list of where its graduates matched.
    MatchList {
        /// The school, as the student calls it.
        school: String,
    },
    /// The people of a department or program.
    Department {
        /// The employer.
        employer: String,
    },
}

/// One row to confirm.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterRow {
    /// The line on which it begins, from 1.
    pub line: u64,
    /// The line or lines as pasted.
    pub text: String,
    /// The name; empty where a list names places only.
    pub name: PersonName,
    /// The year of the list, where one stands above or in the row.
    pub year: Option<i16>,
    /// The specialty or post.
    pub specialty: String,
    /// The hospital or university.
    pub institution: String,
    /// Addresses in the row.
    pub contacts: Vec<ContactPoint>,
    /// What else the row says.
    pub rest: String,
}

/// What a pasted text gave.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterReading {
    /// The rows in the order of the text.
    pub rows: Vec<RosterRow>,
    /// Lines that are no row and no heading.
    pub problems: Vec<Problem>,
}

/// Reads a pasted list.
pub fn read_roster(text: &str, kind: &RosterKind) -> RosterReading {
    let mut reader = RosterReader {
        kind,
        surname_first: name::are_surname_first(text),
        year: None,
        specialty: String::new(),
        table: None,
        posts_stand_above: false,
        joins_last: false,
        out: RosterReading::default(),
    };
    for (line, number) in text.lines().zip(1..) {
        if reader.out.rows.len() + reader.out.problems.len() >= ROWS_MAX {
            reader.problem(
                number,
                &format!("more than {ROWS_MAX} rows"),
                "the rest pasted on its own",
            );
            break;
        }
        reader.read_line(line, number);
    }
    reader.out
}

impl RosterRow {
    /// Returns the row as a person, where it names one: an alumna or alumnus of
    /// the school, or somebody of the department, as the page was on `day`.
    ///
    /// Whoever matched long enough before that day has left the residency.
    pub fn person(&self, kind: &RosterKind, day: Date) -> Option<PersonDraft> {
        if self.name.is_empty() {
            return None;
        }
        let mut draft = PersonDraft {
            line: self.line,
            name: self.name.clone(),
            employer: self.institution.clone(),
            position: self.specialty.clone(),
            contacts: self.contacts.clone(),
            note: self.rest.clone(),
            ..PersonDraft::default()
        };
        match kind {
            RosterKind::MatchList { school } => {
                let year = self.year.map_or(String::new(), |year| format!(" {year}"));
                draft.how_found = format!("match list of {school}{year}");
                draft.tags.push("alumni".to_owned());
                draft.extra.push(("School".to_owned(), school.clone()));
                if let Some(year) = self.year {
                    let is_resident = is_in_training(&self.specialty, year, day);
                    draft.former = !is_resident;
                    draft.position = placement(&self.specialty, year, is_resident);
                    draft
                        .extra
                        .push(("Match year".to_owned(), year.to_string()));
                }
            }
            RosterKind::Department { employer } => {
                draft.how_found = format!("roster of {employer}");
                if draft.employer.is_empty() {
                    draft.employer.clone_from(employer);
                }
            }
        }
        Some(draft)
    }
}

/// Returns what a match list tells of a post: "Resident, Diagnostic Radiology
/// (matched 2025)".
fn placement(specialty: &str, year: i16, is_resident: bool) -> String {
    let what = match specialty {
        "" => "residency",
        specialty => specialty,
    };
    if is_resident {
        format!("Resident, {what} (matched {year})")
    } else {
        format!("Matched {year}: {what}")
    }
}

struct RosterReader<'a> {
    kind: &'a RosterKind,
    /// Whether most names of the list are written "Rao, Asha".
    surname_first: bool,
    year: Option<i16>,
    /// The specialty, or in a department the year of training, of a heading.
    specialty: String,
    table: Option<Table>,
    /// Whether "PGY-4" stands above its residents and not below each of them.
    posts_stand_above: bool,
    /// Whether a line without a name still belongs to the person above.
    joins_last: bool,
    out: RosterReading,
}

impl RosterReader<'_> {
    fn is_match_list(&self) -> bool {
        matches!(self.kind, RosterKind::MatchList { .. })
    }

    fn problem(&mut self, line: u64, found: &str, would_do: &str) {
        self.out.problems.push(Problem {
            line,
            field: String::new(),
            found: found.to_owned(),
            would_do: would_do.to_owned(),
            record_kept: false,
        });
    }

    fn read_line(&mut self, line: &str, number: u64) {
        let text = without_bullet(line);
        let is_rule = |text: &str| {
            text.chars()
                .all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' '))
        };
        if text.is_empty() || text.len() > 2 && is_rule(text) {
            self.joins_last &= !text.is_empty();
            return;
        }
        if let Some(table) = Table::headed(line) {
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
        if let Some(cells) = self.table.as_ref().and_then(|table| table.cells(line)) {
            cells.fill(&mut row);
            return self.push(row);
        }
        let split = Line::split(text, self.is_match_list());
        if let Some(only) = split.only()
            && self.take_heading(only)
        {
            return;
        }
        let is_bare_pair = self.fill(&mut row, &split);
        if is_bare_pair && self.joins_last && !self.surname_first && !self.is_match_list() {
            // "Lee, Kim" below a person may be somebody, or a town.
            let would_do = "a name of its own as \"Kim Lee\", or with an empty line above it";
            return self.problem(number, &quoted(text), would_do);
        }
        if row.name.is_empty() && self.joins_last && self.joins(&row) {
            return self.join(row);
        }
        self.push(row);
    }

    /// Takes a line that says something of the lines below it.
    fn take_heading(&mut self, only: &str) -> bool {
        if let Some(year) = heading_year(only) {
            self.year = Some(year);
            self.specialty.clear();
        } else if self.is_match_list() {
            // Right below a name, under no heading, it is that person's own.
            let is_own = self.joins_last && self.specialty.is_empty() && self.lacks_all();
            if !is_specialty(only) || is_own {
                return false;
            }
            only.trim_end_matches(':').clone_into(&mut self.specialty);
        } else if is_group(only, self.joins_last) {
            self.specialty.clear();
        } else if training_year(only) && (self.posts_stand_above || !self.joins_last) {
            self.posts_stand_above = true;
            only.trim_end_matches(':').clone_into(&mut self.specialty);
        } else {
            return false;
        }
        self.joins_last = false;
        true
    }

    /// Returns whether the last row is a name and nothing else.
    fn lacks_all(&self) -> bool {
        let is_bare = |row: &RosterRow| row.specialty.is_empty() && row.institution.is_empty();
        self.out.rows.last().is_some_and(is_bare)
    }

    fn push(&mut self, row: RosterRow) {
        let has_name = !row.name.is_empty();
        let has_place = !row.institution.is_empty() && !row.specialty.is_empty();
        self.joins_last = has_name;
        if has_name || has_place {
            self.out.rows.push(row);
        } else {
            let would_do = "a name, or a specialty with a hospital";
            self.problem(row.line, &quoted(&row.text), would_do);
        }
    }

    /// Returns whether a line without a name tells more of the person above it.
    fn joins(&self, more: &RosterRow) -> bool {
        if !self.is_match_list() {
            return true;
        }
        let Some(last) = self.out.rows.last() else {
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

    /// Adds a line that tells more of the person above it.
    fn join(&mut self, more: RosterRow) {
        let above = self.specialty.clone();
        let Some(last) = self.out.rows.last_mut() else {
            return;
        };
        last.text.push('\n');
        last.text.push_str(&more.text);
        last.contacts.extend(more.contacts);
        if more.specialty != above {
            join(&mut last.specialty, &more.specialty);
        }
        join(&mut last.rest, &more.rest);
        if last.institution.is_empty() {
            last.institution = more.institution;
        }
    }

    /// Fills the row with what the line says, and returns whether its name is
    /// two words with a comma between and nothing else.
    fn fill(&self, row: &mut RosterRow, line: &Line) -> bool {
        let found = self.find_name(line);
        if let Some(found) = &found {
            row.name = found.name.clone();
        }
        row.year = line.year.or(row.year);
        let is_match_list = self.is_match_list();
        let (mut post, mut places, mut rest) = (String::new(), Vec::new(), Vec::new());
        for cell in line.cells(found.as_ref(), is_match_list) {
            match Piece::of(cell, is_match_list || !row.institution.is_empty()) {
                Piece::Contact(contact) => row.contacts.push(contact),
                Piece::Year(year) => row.year = Some(year),
                Piece::Place if row.institution.is_empty() => {
                    // Of an aside, only where a list is of places.
                    let aside = words::aside(cell);
                    match aside {
                        Some(_) if !is_match_list => rest.push(aside.unwrap_or(cell)),
                        aside => aside.unwrap_or(cell).clone_into(&mut row.institution),
                    }
                }
                Piece::Post => join(&mut post, cell),
                Piece::Place | Piece::State => rest.push(cell),
                Piece::Other => {
                    rest.push(words::aside(cell).unwrap_or(cell));
                    if words::aside(cell).is_none() {
                        places.push(rest.len() - 1);
                    }
                }
            }
        }
        if is_match_list
            && row.institution.is_empty()
            && (found.is_some() || !post.is_empty())
            && let Some(first) = places.first()
        {
            // Most hospitals are known by a name that says no "hospital".
            rest.remove(*first).clone_into(&mut row.institution);
        }
        if !post.is_empty() {
            row.specialty = post;
        }
        row.rest = rest.join(", ");
        found.is_some_and(|found| found.is_bare_pair) && line.has_two_pieces()
    }

    fn find_name(&self, line: &Line) -> Option<name::Found> {
        let starts = line.starts();
        let (first, later) = starts.split_first()?;
        let style = name::Style {
            surname_first: self.surname_first || line.by_column,
        };
        if let Some(found) = name::at(line, *first, style) {
            return Some(found);
        }
        // A match list names people first; where it begins with a specialty or
        // a place, somebody may come behind it, but only beside the place.
        let place = line.place();
        let is_allowed = |at: &name::At| {
            !self.is_match_list()
                || place.is_some_and(|place| line.by_column && place.0 != at.0 || *at < place)
        };
        let mut later = later.iter().filter(|at| is_allowed(at));
        later
            .find_map(|at| {
                name::at(
                    line,
                    *at,
                    name::Style {
                        surname_first: line.by_column && at.1 == 0,
                    },
                )
            })
            .or_else(|| name::by_position(line, *first).filter(|_| self.is_match_list()))
    }
}

fn join(into: &mut String, more: &str) {
    if !into.is_empty() && !more.is_empty() {
        into.push_str(", ");
    }
    into.push_str(more);
}
