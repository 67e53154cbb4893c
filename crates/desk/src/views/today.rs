//! Today: who is due and why, with what is needed to act.

use std::collections::BTreeMap;
use std::ops::Range;

use domain::{
    AgendaInput, AgendaItem, Cadences, Interaction, LetGo, PersonId, Reminders, SiteId,
    day_in_words,
};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::Result;
use crate::places::Places;
use crate::student::Student;
use crate::switches::guard_settings;
use crate::views::compose::{SourceLine, source_lines};
use crate::views::here::begun;
use crate::views::may_be::MayBe;
use crate::views::programs::corrected_flags;

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TodayItem {
    /// The item's key, for decisions.
    pub key: String,
    /// What kind it is.
    pub kind: &'static str,
    /// The person's id, where it concerns one.
    pub person: Option<String>,
    /// The program's id, where it concerns one.
    pub program: Option<String>,
    /// The person's or program's name.
    pub name: String,
    /// How pressing it is.
    pub urgency: &'static str,
    /// The day by which it is best done.
    pub best_by: Option<String>,
    /// The day by which it is to be done, in the plan of a week whose day comes
    /// too late for it.
    pub do_by: Option<String>,
    /// Why it stands here.
    pub why: String,
    /// What settles it.
    pub settles: String,
    /// Where the person works, or empty.
    pub place: String,
    /// The last notes about the person, newest first.
    pub context: Vec<String>,
    /// Promises that are open with the person.
    pub promises: Vec<String>,
    /// What to aim at.
    pub aim: String,
    /// What else is due with the same person, each by its aim: one message may
    /// settle it too.
    pub also: Vec<String>,
    /// The minutes that it usually takes.
    pub minutes: u32,
    /// What is known from elsewhere, with its source and its limits.
    pub evidence: Vec<SourceLine>,
}

/// What is due with a person, in short.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DueLine {
    /// What kind it is.
    pub kind: &'static str,
    /// How pressing it is.
    pub urgency: &'static str,
    /// Why, as a sentence.
    pub why: String,
    /// What to aim at, as a sentence.
    pub aim: String,
}

/// A wait that closed on its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LetGoLine {
    /// The person's id.
    pub person: String,
    /// The person's name.
    pub name: String,
    /// What it was about.
    pub about: String,
    /// The day of the last reminder.
    pub last_sent: String,
}

/// Today.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Today {
    /// The day, in the student's zone.
    pub day: String,
    /// What is due, most pressing first.
    pub items: Vec<TodayItem>,
    /// Items that are due altogether.
    pub n_due: usize,
    /// Items beyond those shown.
    pub more: usize,
    /// Items put off to a later day.
    pub snoozed: usize,
    /// Waits that closed on their own lately, latest first.
    pub let_go: Vec<LetGoLine>,
    /// How often such messages are answered, where a wait has closed.
    pub let_go_evidence: Vec<SourceLine>,
    /// The student's next usual day, where one is set.
    pub next_usual_day: Option<String>,
    /// People stored.
    pub n_people: usize,
    /// Programs on the list.
    pub n_listed: usize,
    /// Whether name, stage and school are known.
    pub introduced: bool,
    /// The student's name, or empty.
    pub student: String,
}

/// What is known of how often strangers are answered.
const BASE_RATE: &[&str] = &["E-008", "E-006"];

/// Items that a page shows: a tired person reads no more.
pub const SHOWN: usize = 12;

/// Returns what is due at `now`, seen from a zone: of the items, the most pressing
/// first, those whose positions are in `shown`.
pub fn today(
    reader: &Reader,
    now: Timestamp,
    zone: &TimeZone,
    shown: Range<usize>,
) -> Result<Today> {
    let day = now.to_zoned_datetime(zone.clone()).date();
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let input = agenda_input(snapshot, &places, &student, day)?;
        let agenda = domain::agenda(day, &input);
        let n_due = agenda.items.len();
        let part = shown.start.min(n_due)..shown.end.min(n_due);
        let items = agenda.items[part]
            .iter()
            .map(|item| with_context(snapshot, &places, item, &agenda.items))
            .collect::<Result<Vec<_>>>()?;
        let counts = snapshot.counts()?;
        Ok(Today {
            day: day.to_string(),
            items,
            n_due,
            more: n_due.saturating_sub(shown.end),
            snoozed: agenda.snoozed,
            let_go_evidence: match agenda.let_go[..] {
                [] => Vec::new(),
                _ => source_lines(BASE_RATE),
            },
            let_go: agenda.let_go.into_iter().map(let_go_line).collect(),
            next_usual_day: input
                .situation
                .next_usual_day(day)
                .map(|day| day.to_string()),
            n_people: counts.people,
            n_listed: counts.listed,
            introduced: student.can_introduce_themselves(),
            student: student.name,
        })
    })
}

/// Returns what the agenda of a day is computed from: what is stored, with what
/// the facts say of listed programs and what the student said of themselves.
pub(crate) fn agenda_input(
    snapshot: &Snapshot<'_>,
    places: &Places,
    student: &Student,
    day: Date,
) -> Result<AgendaInput> {
    let settings = snapshot.settings()?;
    let mut input = snapshot.agenda_input(day, &Cadences::from_settings(&settings))?;
    input.reminders = reminders(&settings);
    input.situation = student.situation(snapshot.rotations()?);
    input.begun = begun(&settings, &input.situation.rotations);
    let corrected = corrected_flags(snapshot)?;
    let is_empty_somewhere = input.programs.iter().any(|listed| !listed.knows_anybody);
    let may_be = is_empty_somewhere
        .then(|| MayBe::load(snapshot, places))
        .transpose()?;
    for listed in &mut input.programs {
        let Some(program) = places.program(&listed.program) else {
            continue;
        };
        listed.name = program.name();
        listed.track = Some(program.track);
        if let Some(may_be) = may_be.as_ref().filter(|_| !listed.knows_anybody) {
            listed.n_may_be = may_be.at(snapshot, program)?.len();
        }
        let sponsors = |field: &str, shipped: Option<&bool>| {
            let key = (program.id.as_str().to_owned(), field.to_owned());
            corrected.get(&key).or(shipped).copied()
        };
        let j1 = sponsors("visa_j1", program.visa_j1.value());
        let h1b = sponsors("visa_h1b", program.visa_h1b.value());
        listed.meets_visa = input.situation.visa.and_then(|need| need.met_by(j1, h1b));
    }
    if input.situation.home_ir == Some(false) {
        let on = input.situation.rotations.iter().filter(|r| r.is_on(day));
        let sites: Vec<SiteId> = on.filter_map(|rotation| rotation.site.clone()).collect();
        input.first = snapshot.graduates_and_people_at(&sites)?;
    }
    Ok(input)
}

/// Returns what is due with one person at `now`, seen from a zone.
pub fn due_with(
    reader: &Reader,
    person: PersonId,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Vec<DueLine>> {
    let day = now.to_zoned_datetime(zone.clone()).date();
    reader.read(|snapshot| {
        let settings = snapshot.settings()?;
        let cadences = Cadences::from_settings(&settings);
        let mut input = snapshot.agenda_input_with(person, day, &cadences)?;
        let student = Student::from_settings(&settings);
        input.reminders = reminders(&settings);
        // What somebody rotates to, and when, is due with nobody.
        input.situation = student.situation(Vec::new());
        let items = domain::agenda(day, &input).items.into_iter();
        Ok(items
            .map(|item| DueLine {
                kind: item.kind.word(),
                urgency: item.urgency.word(),
                why: item.why,
                aim: item.aim,
            })
            .collect())
    })
}

fn reminders(settings: &BTreeMap<String, String>) -> Reminders {
    let guards = guard_settings(settings);
    Reminders {
        after_days: guards.reminder_days,
        max: guards.reminders_max,
    }
}

fn let_go_line(let_go: LetGo) -> LetGoLine {
    LetGoLine {
        person: let_go.person.to_string(),
        name: let_go.name,
        about: let_go.about,
        last_sent: let_go.last_sent.to_string(),
    }
}

/// Notes shown with an item.
const NOTES: usize = 3;

/// Returns an item with what is needed to act, and what else is due with the same
/// person among `all`.
pub(crate) fn with_context(
    snapshot: &Snapshot<'_>,
    places: &Places,
    item: &AgendaItem,
    all: &[AgendaItem],
) -> Result<TodayItem> {
    let mut place = String::new();
    let mut context = Vec::new();
    let mut promises = Vec::new();
    if let Some(id) = item.person {
        place = current_place(snapshot, places, id)?;
        for interaction in snapshot.timeline(id, NOTES, None)? {
            context.push(interaction_in_words(&interaction));
        }
        for commitment in snapshot.commitments(Some(id), true)? {
            let by = commitment
                .due
                .map(|day| format!(" by {}", day_in_words(day)))
                .unwrap_or_default();
            promises.push(format!("{}{by}", commitment.what));
        }
    }
    let is_also = |other: &&AgendaItem| other.person.is_some() && other.person == item.person;
    let others = all
        .iter()
        .filter(is_also)
        .filter(|other| other.key != item.key);
    Ok(TodayItem {
        key: item.key.to_string(),
        kind: item.kind.word(),
        person: item.person.map(|id| id.to_string()),
        program: item.program.as_ref().map(|id| id.to_string()),
        name: item.name.clone(),
        urgency: item.urgency.word(),
        best_by: item.best_by.map(|day| day.to_string()),
        do_by: None,
        why: item.why.clone(),
        settles: item.settles.clone(),
        place,
        context,
        promises,
        aim: item.aim.clone(),
        also: others.map(|other| other.aim.clone()).collect(),
        minutes: item.kind.minutes(),
        evidence: source_lines(item.evidence),
    })
}

fn current_place(snapshot: &Snapshot<'_>, places: &Places, id: PersonId) -> Result<String> {
    let Some(person) = snapshot.person(id)? else {
        return Ok(String::new());
    };
    let Some(affiliation) = person.affiliations.iter().find(|a| a.current) else {
        return Ok(String::new());
    };
    let place = places
        .label(affiliation)
        .unwrap_or_else(|| affiliation.employer.clone());
    Ok(match (affiliation.position.is_empty(), place.is_empty()) {
        (true, _) => place,
        (false, true) => affiliation.position.clone(),
        (false, false) => format!("{}, {place}", affiliation.position),
    })
}

/// Returns what happened in a line: the day, how, at which event, and the note's
/// first words.
pub(crate) fn interaction_in_words(interaction: &Interaction) -> String {
    let (day, how) = (day_in_words(interaction.day), interaction.channel.name());
    let mut line = format!("{day}, {how}");
    if !interaction.event.is_empty() {
        line.push_str(&format!(" at {}", interaction.event));
    }
    if !interaction.note.is_empty() {
        line.push_str(&format!(": {}", first_words(&interaction.note, 24)));
    }
    line
}

/// Returns the first words of a text, with an ellipsis where something was cut.
pub(crate) fn first_words(text: &str, n: usize) -> String {
    let mut words = text.split_whitespace();
    let mut shown: Vec<&str> = words.by_ref().take(n).collect();
    if words.next().is_some() {
        shown.push("…");
    }
    shown.join(" ")
}
