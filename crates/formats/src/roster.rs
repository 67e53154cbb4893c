//! Text pasted from a page: a school's match list by year, a department's
//! roster. Every line becomes a row to confirm, nothing is taken as certain.
//!
//! Headings are understood: a line with a year sets the year, a line with only
//! a specialty sets the specialty for the lines below it, and a line that names
//! columns says what stands in them.

mod department;
mod heading;
mod layout;
mod line;
mod match_list;
mod name;
mod table;
mod words;

use domain::{ContactPoint, PersonDraft, PersonName, Problem, is_in_training};
use jiff::civil::Date;

use crate::people_lines::without_bullet;
use crate::text::quoted;

use line::{Line, Piece};
use name::Found;
use words::is_hospital;

pub(crate) use name::looks_like_name;
pub(crate) use table::is_match_year;

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
    let mut reader = Reader {
        is_match_list: matches!(kind, RosterKind::MatchList { .. }),
        out: RosterReading::default(),
    };
    match kind {
        RosterKind::MatchList { .. } => match_list::read(&mut reader, text),
        RosterKind::Department { .. } => department::read(&mut reader, text),
    }
    reader.out.problems.sort_by_key(|problem| problem.line);
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
                if let Some(year) = self.year {
                    draft.extra.push(("Class of".to_owned(), year.to_string()));
                }
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

/// What both kinds of lists are read with.
struct Reader {
    is_match_list: bool,
    out: RosterReading,
}

impl Reader {
    /// Returns the lines, as pasted and without bullets, with their numbers;
    /// no rules, and no more than are read.
    fn lines<'t>(&mut self, text: &'t str) -> Vec<(&'t str, &'t str, u64)> {
        let is_rule = |text: &str| {
            text.len() > 2
                && text
                    .chars()
                    .all(|c| matches!(c, '|' | '-' | ':' | '+' | '=' | ' '))
        };
        let mut lines = Vec::new();
        let mut n_filled = 0;
        for (raw, number) in text.lines().zip(1..) {
            let line = without_bullet(raw);
            if is_rule(line) {
                continue;
            }
            n_filled += usize::from(!line.is_empty());
            if n_filled > ROWS_MAX {
                let found = format!("more than {ROWS_MAX} rows");
                self.problem(number, &found, "the rest pasted on its own");
                break;
            }
            lines.push((raw, line, number));
        }
        lines
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

    /// Returns the name of the last row, where it names somebody.
    fn last_name(&self) -> Option<&PersonName> {
        let last = self.out.rows.last().map(|row| &row.name);
        last.filter(|name| !name.is_empty())
    }

    /// Adds a row that names somebody, or says what was matched to where, and
    /// returns whether it names somebody.
    fn push(&mut self, row: RosterRow) -> bool {
        let has_name = !row.name.is_empty();
        let has_place = !row.institution.is_empty() && !row.specialty.is_empty();
        if has_name || has_place {
            self.out.rows.push(row);
        } else {
            let would_do = "a name, or a specialty with a hospital";
            self.problem(row.line, &quoted(&row.text), would_do);
        }
        has_name
    }

    /// Adds a line that tells more of the person above it.
    fn join(&mut self, more: RosterRow) {
        let Some(last) = self.out.rows.last_mut() else {
            return;
        };
        last.text.push('\n');
        last.text.push_str(&more.text);
        last.contacts.extend(more.contacts);
        join(&mut last.specialty, &more.specialty);
        join(&mut last.rest, &more.rest);
        if last.institution.is_empty() {
            last.institution = more.institution;
        } else {
            join(&mut last.rest, &more.institution);
        }
    }

    /// Fills the row with what the line says.
    fn fill(&self, row: &mut RosterRow, line: &Line, found: Option<&Found>) {
        if let Some(found) = found {
            row.name = found.name.clone();
        }
        row.year = line.year.or(row.year);
        let is_match_list = self.is_match_list;
        let (mut post, mut places, mut rest) = (String::new(), Vec::new(), Vec::new());
        for cell in line.cells(found, is_match_list) {
            let labelled = (!is_match_list && words::has_label(cell)).then(|| cell.split_once(':'));
            if let Some((label, value)) = labelled.flatten()
                && line::labelled_contact(cell).is_none()
            {
                match words::is_post_label(label) {
                    true => join(&mut post, value.trim()),
                    false => rest.push(cell),
                }
                continue;
            }
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
                Piece::Post => join(&mut post, words::aside(cell).unwrap_or(cell)),
                Piece::Place | Piece::State => rest.push(cell),
                Piece::Other => {
                    rest.push(words::aside(cell).unwrap_or(cell));
                    if words::aside(cell).is_none() {
                        places.push(rest.len() - 1);
                    }
                }
            }
        }
        let is_of_match = found.is_some() || !post.is_empty();
        let is_place = |at: &&usize| is_of_match || is_hospital(rest[**at]);
        if is_match_list
            && row.institution.is_empty()
            && let Some(first) = places.iter().find(is_place)
        {
            // Most hospitals are known by a name that says no "hospital".
            rest.remove(*first).clone_into(&mut row.institution);
        }
        if !post.is_empty() {
            row.specialty = post;
        }
        row.rest = rest.join(", ");
    }
}

fn join(into: &mut String, more: &str) {
    if !into.is_empty() && !more.is_empty() {
        into.push_str(", ");
    }
    into.push_str(more);
}
