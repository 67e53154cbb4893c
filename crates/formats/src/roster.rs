//! Text pasted from a page: a school's match list by year, a department's
//! roster. Every line becomes a row to confirm, nothing is taken as certain.
//!
//! Headings are understood: a line with a year sets the year, a line with only
//! a specialty sets the specialty for the lines below it.

use domain::{ContactPoint, PersonDraft, PersonName, Problem, fold, fold_key, is_in_training};
use jiff::civil::Date;

use crate::people_lines::{contact_of, is_role, without_bullet};
use crate::text::quoted;

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
        year: None,
        specialty: String::new(),
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

/// Specialties as lists write them, as keys; longer ones before their parts.
const SPECIALTIES: &[&str] = &[
    "interventional radiology integrated",
    "interventional radiology",
    "diagnostic radiology",
    "radiology diagnostic",
    "radiology",
    "integrated interventional radiology",
    "ir dr",
    "internal medicine pediatrics",
    "internal medicine",
    "family medicine",
    "pediatrics",
    "emergency medicine",
    "general surgery",
    "surgery preliminary",
    "preliminary surgery",
    "vascular surgery",
    "surgery",
    "psychiatry",
    "neurology",
    "neurosurgery",
    "neurological surgery",
    "obstetrics and gynecology",
    "obstetrics gynecology",
    "ob gyn",
    "anesthesiology",
    "pathology",
    "orthopedic surgery",
    "orthopaedic surgery",
    "urology",
    "otolaryngology",
    "ophthalmology",
    "dermatology",
    "physical medicine and rehabilitation",
    "physical medicine rehabilitation",
    "pm r",
    "radiation oncology",
    "nuclear medicine",
    "plastic surgery",
    "thoracic surgery",
    "transitional year",
    "transitional",
    "preliminary",
    "preliminary medicine",
    "medicine preliminary",
    "medical genetics",
    "child neurology",
    "internal medicine preliminary",
];

/// Words that make a cell a place.
const PLACES: &[&str] = &[
    "hospital",
    "hospitals",
    "university",
    "univ",
    "college",
    "school",
    "center",
    "centre",
    "ctr",
    "clinic",
    "institute",
    "health",
    "healthcare",
    "medical",
    "foundation",
    "infirmary",
    "system",
    "consortium",
    "hosp",
];

struct RosterReader<'a> {
    kind: &'a RosterKind,
    year: Option<i16>,
    specialty: String,
    /// Whether a line without a name still belongs to the person above.
    joins_last: bool,
    out: RosterReading,
}

impl RosterReader<'_> {
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
        if text.is_empty() {
            self.joins_last = false;
            return;
        }
        let cells = cells(text);
        if let [only] = cells.as_slice() {
            if let Some(year) = heading_year(only) {
                self.year = Some(year);
                self.specialty.clear();
                self.joins_last = false;
                return;
            }
            let is_match_list = matches!(self.kind, RosterKind::MatchList { .. });
            if is_match_list && is_specialty(only) {
                only.trim_end_matches(':').clone_into(&mut self.specialty);
                self.joins_last = false;
                return;
            }
        }
        let row = self.row(text, number, &cells);
        let is_department = matches!(self.kind, RosterKind::Department { .. });
        let has_name = !row.name.is_empty();
        if is_department && self.joins_last && !has_name {
            return self.join(row);
        }
        let has_place = !row.institution.is_empty() && !row.specialty.is_empty();
        if has_name || has_place {
            self.joins_last = has_name;
            self.out.rows.push(row);
        } else {
            self.joins_last = false;
            self.problem(
                number,
                &quoted(text),
                "a name, or a specialty with a hospital",
            );
        }
    }

    fn row(&self, text: &str, line: u64, cells: &[&str]) -> RosterRow {
        let mut row = RosterRow {
            line,
            text: text.to_owned(),
            year: self.year,
            specialty: self.specialty.clone(),
            ..RosterRow::default()
        };
        let mut own_specialty = String::new();
        let mut rest: Vec<&str> = Vec::new();
        let mut after_name = false;
        for cell in cells {
            let is_degree = after_name && {
                let read = PersonName::parse(&format!("A B, {cell}"));
                read.family == "B" && (read.credentials == *cell || read.suffix == *cell)
            };
            after_name = false;
            if is_degree {
                let name = format!("{}, {cell}", with_degrees(&row.name));
                row.name = PersonName::parse(&name);
                after_name = true;
            } else if let Some(contact) = contact_of(cell) {
                row.contacts.push(contact);
            } else if let Some(year) = bare_year(cell) {
                row.year = Some(year);
            } else if is_place(cell) && row.institution.is_empty() {
                (*cell).clone_into(&mut row.institution);
            } else if is_specialty(cell) || is_role(cell) && !looks_like_name(cell) {
                if !own_specialty.is_empty() {
                    own_specialty.push_str(", ");
                }
                own_specialty.push_str(cell);
            } else if row.name.is_empty() && looks_like_name(cell) {
                row.name = PersonName::parse(cell);
                after_name = true;
            } else {
                rest.push(cell);
            }
        }
        if !own_specialty.is_empty() {
            row.specialty = own_specialty;
        }
        row.rest = rest.join(", ");
        row
    }

    /// Adds a line that tells more of the person above it.
    fn join(&mut self, more: RosterRow) {
        let Some(last) = self.out.rows.last_mut() else {
            return;
        };
        last.text.push('\n');
        last.text.push_str(&more.text);
        last.contacts.extend(more.contacts);
        for (into, text) in [
            (&mut last.specialty, more.specialty),
            (&mut last.rest, more.rest),
        ] {
            if !into.is_empty() && !text.is_empty() {
                into.push_str(", ");
            }
            into.push_str(&text);
        }
        if last.institution.is_empty() {
            last.institution = more.institution;
        }
    }
}

fn with_degrees(name: &PersonName) -> String {
    match name.credentials.as_str() {
        "" => name.display(),
        credentials => format!("{}, {credentials}", name.display()),
    }
}

/// Splits a line at tabs, bars and dashes that stand alone where it has any,
/// else at commas.
fn cells(text: &str) -> Vec<&str> {
    let strong: &[&str] = &["\t", " | ", "|", " – ", " — ", " - "];
    let separator = strong.iter().find(|s| text.contains(**s));
    let parts: Vec<&str> = match separator {
        Some(separator) => text.split(separator).collect(),
        None => vec![text],
    };
    let mut cells = Vec::new();
    for part in parts {
        // A place keeps its commas: "Lakeside Hospital, Exampleville, NY".
        if separator.is_some() && is_place(part) {
            cells.push(part.trim());
        } else {
            cells.extend(part.split([',', ';']).map(str::trim));
        }
    }
    cells.retain(|cell| !cell.is_empty());
    cells
}

fn bare_year(text: &str) -> Option<i16> {
    let year: i16 = text.trim().parse().ok()?;
    (text.trim().len() == 4 && (1970..=2100).contains(&year)).then_some(year)
}

/// Returns the year of a heading such as "Class of 2025" or "2024 Match List".
fn heading_year(text: &str) -> Option<i16> {
    let key = fold_key(text);
    let mut year = None;
    for word in key.split(' ') {
        match bare_year(word) {
            Some(found) => year = Some(found),
            None if HEADING_WORDS.contains(&word) => {}
            None => return None,
        }
    }
    year
}

const HEADING_WORDS: &[&str] = &[
    "class",
    "of",
    "match",
    "matches",
    "list",
    "lists",
    "residency",
    "residencies",
    "appointments",
    "results",
    "placements",
    "graduates",
    "the",
    "year",
    "our",
    "day",
    "postgraduate",
    "and",
];

fn is_specialty(text: &str) -> bool {
    SPECIALTIES.contains(&fold_key(text).as_str())
}

fn is_place(text: &str) -> bool {
    let folded = fold(text);
    folded
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| PLACES.contains(&word))
}

/// Returns whether a cell can be somebody's name: two to five words that begin
/// with capitals, or a title and a word.
fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let begins_name = |word: &str| {
        word.chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
    };
    let n_names = words.iter().filter(|word| begins_name(word)).count();
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    (2..=6).contains(&words.len())
        && !has_digit
        && !words
            .iter()
            .any(|word| matches!(*word, "of" | "for" | "in" | "and"))
        && n_names >= 2
        && words.first().copied().is_some_and(begins_name)
        && words.last().copied().is_some_and(begins_name)
        && !is_specialty(text)
        && !is_place(text)
        && (!is_role(text) || !PersonName::parse(text).title.is_empty())
}
