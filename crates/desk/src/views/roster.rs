//! A match list or a department's page, pasted: its rows to confirm one by one.

use domain::Problem;
use formats::roster::{RosterKind, RosterRow, read_roster};
use jiff::civil::Date;
use store::Reader;
use uuid::Uuid;

use crate::views::set_up::student;
use crate::{DeskError, Origin, Reading, Result};

/// The years that a list can be of.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2100;

/// What the student gives of a pasted list, as texts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterForm {
    /// The pasted text.
    pub text: String,
    /// Whether it is a school's match list or the page of a department.
    pub is_match_list: bool,
    /// The school, or the program or hospital.
    pub place: String,
    /// The year of the list, for rows that give none; or empty.
    pub year: String,
    /// The page's address, or where else the list is from.
    pub source: String,
    /// The day on which the page was seen; empty is today.
    pub day: String,
}

/// A pasted list that waits for its rows to be confirmed. It lives in memory only.
#[derive(Clone, Debug)]
pub struct Roster {
    /// Its name while it lives.
    pub id: Uuid,
    /// Which page it is, and whose.
    pub kind: RosterKind,
    /// Where it is from, and when it was seen.
    pub origin: Origin,
    /// The rows in the order of the text.
    pub rows: Vec<RosterRow>,
    /// Lines that are no row and no heading.
    pub problems: Vec<Problem>,
    /// Whether it is a list of the student's own school; `None` is not known.
    pub same_school: Option<bool>,
}

/// Reads a pasted list into rows to confirm.
///
/// # Errors
/// [`DeskError::Bad`] names the field that cannot be used: nothing pasted, no
/// school or program, no source, no such day or year, or a text without rows.
pub fn roster(reader: &Reader, id: Uuid, form: &RosterForm, today: Date) -> Result<Roster> {
    let place = form.place.trim();
    if place.is_empty() {
        let would_do = if form.is_match_list {
            "the school's name"
        } else {
            "the program or hospital"
        };
        return Err(DeskError::bad("place", "", would_do));
    }
    let source = form.source.trim();
    if source.is_empty() {
        let would_do = "the page's address, or where else the list is from";
        return Err(DeskError::bad("source", "", would_do));
    }
    let day = match form.day.trim() {
        "" => today,
        text => text
            .parse::<Date>()
            .ok()
            .filter(|day| *day <= today)
            .ok_or_else(|| {
                DeskError::bad("date", text, "the day you saw the page, as 2026-03-20")
            })?,
    };
    let year = year(&form.year)?;
    let kind = if form.is_match_list {
        RosterKind::MatchList {
            school: school_name(place),
        }
    } else {
        RosterKind::Department {
            employer: place.to_owned(),
        }
    };
    let mut reading = read_roster(&form.text, &kind);
    if reading.rows.is_empty() {
        let found = reading.problems.first().map_or("", |p| &p.found);
        let would_do =
            "a line for each person, as \"Asha Rao, Diagnostic Radiology, Lakeside Hospital\"";
        return Err(DeskError::bad("list", found, would_do));
    }
    if form.is_match_list {
        for row in &mut reading.rows {
            row.year = row.year.or(year);
        }
    }
    let own = student(reader)?.school;
    let same_school = match &kind {
        RosterKind::MatchList { school } if !own.is_empty() && *school == school_name(&own) => {
            Some(true)
        }
        _ => None,
    };
    Ok(Roster {
        id,
        kind,
        origin: Origin {
            text: source.to_owned(),
            day,
        },
        rows: reading.rows,
        problems: reading.problems,
        same_school,
    })
}

/// Returns the year that a text gives, if it gives one.
///
/// # Errors
/// [`DeskError::Bad`] where it is no year.
pub fn year(text: &str) -> Result<Option<i16>> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let year = text.parse().ok().filter(|year| YEARS.contains(year));
    year.map(Some)
        .ok_or_else(|| DeskError::bad("year", text, "a year such as 2025"))
}

/// Returns the full name of a school that is known, else the text.
pub(crate) fn school_name(text: &str) -> String {
    match facts::shipped().school(text) {
        facts::SchoolAnswer::One(school) => school.name.clone(),
        _ => text.trim().to_owned(),
    }
}

impl Roster {
    /// Returns what the list is called: "match list of …", "people of …".
    pub fn title(&self) -> String {
        match &self.kind {
            RosterKind::MatchList { school } => format!("match list of {school}"),
            RosterKind::Department { employer } => format!("people of {employer}"),
        }
    }

    /// Returns the rows that the student kept, as people to preview.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no row names anybody.
    pub fn reading(&self, rows: &[RosterRow]) -> Result<Reading> {
        let people = rows
            .iter()
            .filter_map(|row| row.person(&self.kind, self.origin.day));
        let people: Vec<_> = people.collect();
        if people.is_empty() {
            return Err(DeskError::bad(
                "names",
                "",
                "at least one row with a name, kept",
            ));
        }
        let kind = match self.kind {
            RosterKind::MatchList { .. } => "Pasted match list",
            RosterKind::Department { .. } => "Pasted page of a department",
        };
        Ok(Reading {
            source: self.title(),
            kind: kind.to_owned(),
            people,
            n_problems: self.problems.len(),
            problems: self.problems.clone(),
            origin: Some(self.origin.clone()),
            same_school: self.same_school,
            ..Reading::default()
        })
    }
}
