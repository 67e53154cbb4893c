//! The brief: one page for a quarter of an hour with an adviser or mentor.
//!
//! It is made to be handed over, so it is composed from little: counts, the
//! student's own answers, dates and promises. Notes, reasons, remarks on the
//! list and entered facts are never read here, since any of them may have been
//! told in confidence.

mod mask;

use std::collections::{BTreeMap, HashSet};

use domain::{Commitment, RelationshipState, Rotation};
use facts::When;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp};
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::Result;
use crate::places::Places;
use crate::season::applications_open;
use crate::student::Student;
use crate::views::programs::known_at;
use crate::views::today::agenda_input;

use mask::Mask;

/// Whether the names of other people stand on the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Names {
    /// They are left out.
    #[default]
    Masked,
    /// They are shown, because the student wants it so.
    Shown,
}

/// Programs, promises and days that fit on the page, each.
const LINES: usize = 5;

/// Promises that fit on the page where that many are due in the next four weeks.
const PROMISES_MAX: usize = 10;

/// Days that "the next four weeks" are.
const DAYS_AHEAD: i64 = 28;

/// Questions for the meeting.
const QUESTIONS: usize = 3;

/// A program on the student's list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefProgram {
    /// Institution and track.
    pub name: String,
    /// How well the student is known there.
    pub relationship: &'static str,
}

/// A promise that is open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BriefPromise {
    /// "student" or "person": who owes it.
    pub owner: &'static str,
    /// What is owed.
    pub what: String,
    /// The other one; `null` where names are left out.
    pub person: Option<String>,
    /// By when.
    pub due: Option<String>,
    /// The day is past.
    pub late: bool,
}

/// Something of the next four weeks.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct BriefDay {
    /// The day.
    pub day: String,
    /// What happens.
    pub what: String,
}

/// One page for a meeting with an adviser or mentor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Brief {
    /// Today's day, in the student's zone.
    pub today: String,
    /// The student's name, or empty.
    pub student: String,
    /// The stage in words, or empty.
    pub stage: String,
    /// The school, or empty.
    pub school: String,
    /// The year of the Match aimed at, or empty.
    pub season: String,
    /// What a page calls the preferred pathway, or empty.
    pub pathway: &'static str,
    /// When applications open; `null` where no season is set.
    pub opens: Option<String>,
    /// That day is the usual one of past seasons, and not announced.
    pub opens_estimated: bool,
    /// Programs on the list.
    pub n_listed: usize,
    /// How many of them stand at each state, from unknown to advocate.
    pub coverage: Vec<(&'static str, usize)>,
    /// The first of them, by the student's priority.
    pub programs: Vec<BriefProgram>,
    /// Open promises, by the day they are due: all that are due within the next
    /// four weeks, as far as they fit, and no fewer than of anything else.
    pub promises: Vec<BriefPromise>,
    /// Promises beyond those shown.
    pub more_promises: usize,
    /// What is due now: kind and count.
    pub due: Vec<(&'static str, usize)>,
    /// The next four weeks, by day, but for the promises.
    pub days: Vec<BriefDay>,
    /// Days beyond those shown.
    pub more_days: usize,
    /// Three questions, from what is missing.
    pub questions: Vec<String>,
    /// Whether names of other people are left out.
    pub masked: bool,
}

/// Returns the brief at `now`, seen from a zone.
pub fn brief(reader: &Reader, now: Timestamp, zone: &TimeZone, names: Names) -> Result<Brief> {
    let today = now.to_zoned_datetime(zone.clone()).date();
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let input = agenda_input(snapshot, &places, &student, today)?;
        let situation = &input.situation;
        let open = snapshot.commitments(None, true)?;
        let last = last_day(today);
        let is_soon = |c: &&Commitment| c.due.is_some_and(|day| day < last);
        let n_soon = open.iter().filter(is_soon).count();
        let shown = &open[..n_soon.clamp(LINES, PROMISES_MAX).min(open.len())];
        let promised = shown.iter().map(|commitment| commitment.what.as_str());
        let services = situation.rotations.iter();
        let services = services.map(|rotation| rotation.service.as_str());
        let texts: Vec<&str> = promised.chain(services).collect();
        let mask = Mask::load(snapshot, names, &texts)?;
        let promises = shown
            .iter()
            .map(|commitment| promise(snapshot, &mask, today, commitment))
            .collect::<Result<Vec<_>>>()?;
        let listed = listed(snapshot, &places)?;
        let may_be = input.programs.iter().filter(|it| it.n_may_be > 0);
        let may_be = may_be.map(|program| program.name.as_str()).collect();
        let mut due: BTreeMap<&'static str, usize> = BTreeMap::new();
        // Where people may be, nobody is no answer yet.
        let is_open = |item: &domain::AgendaItem| {
            let mut programs = input.programs.iter().filter(|it| it.n_may_be > 0);
            programs.any(|it| Some(&it.program) == item.program.as_ref())
        };
        let items = domain::agenda(today, &input).items.into_iter();
        for item in items.filter(|item| !is_open(item)) {
            *due.entry(item.kind.word()).or_default() += 1;
        }
        let mut days = days(&situation.rotations, &mask, today, &student);
        let more_days = days.len().saturating_sub(LINES);
        days.truncate(LINES);
        let questions = questions(&student, &listed, &may_be, situation.rotations.is_empty());
        Ok(Brief {
            today: today.to_string(),
            stage: student.stage_in_words(),
            pathway: situation.pathway.map_or("", domain::Pathway::label),
            opens: situation.applications_open.map(|open| open.day.to_string()),
            opens_estimated: situation
                .applications_open
                .is_some_and(|open| open.estimated),
            n_listed: listed.len(),
            coverage: RelationshipState::ALL
                .into_iter()
                .map(|state| {
                    let at = listed.iter().filter(|(_, found)| *found == state);
                    (state.word(), at.count())
                })
                .collect(),
            programs: listed
                .iter()
                .take(LINES)
                .map(|(name, state)| BriefProgram {
                    name: name.clone(),
                    relationship: state.word(),
                })
                .collect(),
            more_promises: open.len() - promises.len(),
            promises,
            due: due.into_iter().collect(),
            days,
            more_days,
            questions,
            masked: names == Names::Masked,
            student: student.name,
            school: student.school,
            season: student.season,
        })
    })
}

/// Returns the first day after the next four weeks.
fn last_day(today: Date) -> Date {
    today.saturating_add(Span::new().days(DAYS_AHEAD))
}

/// Returns the programs of the list by priority, with how well the student is
/// known there.
fn listed(snapshot: &Snapshot<'_>, places: &Places) -> Result<Vec<(String, RelationshipState)>> {
    let standing = snapshot.standing_by_institution()?;
    let programs = snapshot.listed()?.into_iter().filter_map(|listing| {
        let program = places.program(&listing.program)?;
        Some((program.name(), known_at(&standing, program).1))
    });
    Ok(programs.collect())
}

fn promise(
    snapshot: &Snapshot<'_>,
    mask: &Mask,
    today: Date,
    commitment: &Commitment,
) -> Result<BriefPromise> {
    let person = snapshot.person(commitment.person)?;
    let name = person.map(|person| person.name.display());
    Ok(BriefPromise {
        owner: commitment.owner.word(),
        what: mask.apply(&commitment.what, name.as_deref().unwrap_or_default()),
        person: name.filter(|_| mask.shows()),
        due: commitment.due.map(|day| day.to_string()),
        late: commitment.due.is_some_and(|day| day < today),
    })
}

/// Returns what has a day within the next four weeks: rotations, conferences,
/// and the days of the student's season. Promises stand apart, with their days.
fn days(rotations: &[Rotation], mask: &Mask, today: Date, student: &Student) -> Vec<BriefDay> {
    let last = last_day(today);
    let mut found: Vec<(Date, String)> = Vec::new();
    for rotation in rotations {
        let mut what = rotation.hospital.clone();
        if !rotation.service.is_empty() {
            what = format!("{}, {what}", mask.apply(&rotation.service, ""));
        }
        let begins = rotation.starts.map(|day| (day, "Rotation begins"));
        let ends = rotation.ends.map(|day| (day, "Rotation ends"));
        found.extend(
            begins
                .into_iter()
                .chain(ends)
                .map(|(day, verb)| (day, format!("{verb}: {what}"))),
        );
    }
    for event in facts::events() {
        let what = format!("{} {}, {}", event.name, event.edition, event.place);
        found.push((event.first_day, what));
    }
    if let Ok(season) = student.season.parse::<i16>() {
        let cycle = format!("{season} Match");
        for entry in &facts::seasons().calendar {
            if let (true, When::Day(day)) = (entry.cycle == cycle, &entry.when) {
                found.push((*day, entry.event.clone()));
            }
        }
        if let Some(open) = applications_open(season).filter(|open| open.estimated) {
            let what = "Applications can be submitted (the usual day, not announced)";
            found.push((open.day, what.to_owned()));
        }
    }
    found.retain(|(day, _)| today <= *day && *day < last);
    found.sort();
    found.dedup();
    let days = found.into_iter().map(|(day, what)| BriefDay {
        day: day.to_string(),
        what,
    });
    days.collect()
}

/// Returns three questions: first about what is missing, then what is always
/// worth asking.
fn questions(
    student: &Student,
    listed: &[(String, RelationshipState)],
    may_be: &HashSet<&str>,
    no_rotation: bool,
) -> Vec<String> {
    let unknown: Vec<&str> = listed
        .iter()
        .filter(|(name, state)| {
            *state == RelationshipState::Unknown && !may_be.contains(name.as_str())
        })
        .map(|(name, _)| name.as_str())
        .take(2)
        .collect();
    let has_advocate = listed
        .iter()
        .any(|(_, state)| *state == RelationshipState::Advocate);
    let missing = [
        (student.season.is_empty()).then(|| "Which season should I aim at?".to_owned()),
        (listed.is_empty()).then(|| {
            "Which programs take students like me, and should be on my list first?".to_owned()
        }),
        (!unknown.is_empty()).then(|| format!("Whom do you know at {}?", unknown.join(" or at "))),
        (!listed.is_empty() && !has_advocate).then(|| {
            "Who could speak for me at a program, and what would they have to see first?".to_owned()
        }),
        (student.pathway.is_empty())
            .then(|| "Integrated IR, or DR first with ESIR: which fits my file?".to_owned()),
        (no_rotation).then(|| "Where could I rotate in or near IR?".to_owned()),
    ];
    let always = [
        "What is the weakest part of my file, as you see it?",
        "What should I do first in the next four weeks?",
        "Whom else should I talk with?",
    ];
    missing
        .into_iter()
        .flatten()
        .chain(always.map(str::to_owned))
        .take(QUESTIONS)
        .collect()
}
