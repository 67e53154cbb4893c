//! What the log line was understood to say, before anything is saved.

mod again;
mod left;

use std::collections::HashMap;

use domain::{CommitmentState, Owner, PersonId, PersonName, Problem, ProgramId};
use formats::log_line::{LogReading, Named, PartKind, PersonReading, is_no_day, parse_many};
use formats::{Closeness, EventDays, NameIndex};
use jiff::civil::Date;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::Result;
use crate::note_scan::{patient_spans, patient_spans_of_day};
use crate::places::Places;

use again::HAPPENED_TWICE;
pub(crate) use again::{logged_on, logged_other_day, told_interaction};

/// Whom the student means by a name in the line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonChoice {
    /// A stored person.
    Known(PersonId),
    /// Somebody who is not stored yet.
    New,
}

/// What the student decided, by position of the line and of the name in it.
pub type LogChoices = HashMap<(usize, usize), PersonChoice>;

/// A name in the line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NamedLine {
    /// The name as typed.
    pub written: String,
    /// "known", "new" or "ask".
    pub who: &'static str,
    /// The stored person: id and name.
    pub person: Option<(String, String)>,
    /// How the typed name fits the stored one, where not word for word: "initials",
    /// "a part of the name", "a slip of the fingers"; else empty.
    pub fit: &'static str,
    /// Who it may be, where the student is asked: id, name, employer.
    pub candidates: Vec<(String, String, String)>,
}

/// One line, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnderstoodLine {
    /// The line as typed.
    pub text: String,
    /// The day.
    pub day: String,
    /// Whether the line or a line above it tells the day; else it is today.
    pub day_stated: bool,
    /// How it took place.
    pub channel: &'static str,
    /// Who reached out.
    pub direction: &'static str,
    /// With whom.
    pub people: Vec<NamedLine>,
    /// How long it took, in minutes.
    pub duration_min: Option<u32>,
    /// The event, or empty.
    pub event: String,
    /// The place as typed, or empty.
    pub place: String,
    /// The one program that the place names: id and name.
    pub program: Option<(String, String)>,
    /// Asks, gives, introductions and offers, in words.
    pub exchanges: Vec<String>,
    /// Promises, in words.
    pub promises: Vec<String>,
    /// Whether a follow-up is wanted.
    pub follow_up: bool,
    /// The note.
    pub note: String,
    /// Whether the same is logged already.
    pub is_logged: bool,
    /// What is said where the line tells no day and the same is logged on
    /// another one; else empty.
    pub logged_on: String,
    /// Whether its day stands: it is told, or taken as today for want of one.
    pub day_stands: bool,
    /// Why the line cannot be saved as it is, as a phrase of what was found and
    /// what would do; empty where it can.
    pub stop: String,
    /// A give whose time cannot be, in words.
    pub impossible_give: Option<String>,
    /// What should be looked at, as sentences.
    pub problems: Vec<String>,
    /// Words that may tell who a patient is.
    pub patient: Vec<String>,
    /// The line without the sentences that hold such words, for the student to
    /// read before it is saved; empty where there are none.
    pub left: String,
}

/// Everything typed, understood.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// Line by line.
    pub lines: Vec<UnderstoodLine>,
    /// Whether it can be saved as it is.
    pub ready: bool,
    /// What is in the way, as a sentence; empty when it is ready.
    pub in_the_way: String,
}

impl Understood {
    /// Returns whether words stand in it that may tell who a patient is.
    pub fn patient_in_the_way(&self) -> bool {
        self.lines.iter().any(|line| !line.patient.is_empty())
    }
}

/// Returns what the typed lines are understood to say.
pub fn understand(
    reader: &Reader,
    today: Date,
    text: &str,
    choices: &LogChoices,
) -> Result<Understood> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let readings = read(snapshot, today, text, choices)?;
        let mut employers = Employers {
            snapshot,
            known: HashMap::new(),
        };
        let mut lines = Vec::with_capacity(readings.len());
        for (i, (text, reading)) in readings.iter().enumerate() {
            let mut line = line(text, reading, &places, &mut employers)?;
            let logged_on = logged_on(snapshot, &places, reading, readings.len() == 1)?;
            line.is_logged = logged_on.is_some();
            line.logged_on = logged_on
                .filter(|day| *day != reading.day)
                .map(logged_other_day)
                .unwrap_or_default();
            if !line.patient.is_empty() {
                let own = choices.iter().filter(|((at, _), _)| *at == i);
                let own = own
                    .map(|((_, name), choice)| ((0, *name), *choice))
                    .collect();
                line.left = left::left(snapshot, today, text, reading, &own)?;
            }
            lines.push(line);
        }
        if lines.len() > 1 {
            let again = lines.iter_mut().filter(|line| line.is_logged);
            again.for_each(|line| {
                line.problems.push(match line.logged_on.as_str() {
                    "" => format!("This is logged already and is left out. {HAPPENED_TWICE}"),
                    other_day => format!("This is left out. {other_day}"),
                });
            });
        }
        let in_the_way = in_the_way(&lines);
        Ok(Understood {
            ready: in_the_way.is_empty(),
            in_the_way,
            lines,
        })
    })
}

/// Returns the typed lines without the sentences that may tell who a patient is,
/// as [`UnderstoodLine::left`] shows them.
pub fn without_patient(understood: &Understood) -> String {
    let lines = understood.lines.iter().map(|line| {
        if line.patient.is_empty() {
            line.text.as_str()
        } else {
            line.left.as_str()
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn in_the_way(lines: &[UnderstoodLine]) -> String {
    if lines.is_empty() {
        return "Nothing is typed yet.".to_owned();
    }
    for line in lines {
        if !line.stop.is_empty() {
            let text = &line.text;
            return match line.day_stands {
                true => format!("\"{text}\" cannot be saved: {}.", line.stop),
                false => format!("\"{text}\" cannot be saved until its day is told."),
            };
        }
        if let Some(give) = &line.impossible_give {
            return format!("\"{give}\" cannot be used; use {GIVE_WOULD_DO}.");
        }
        if line.people.is_empty() {
            return format!(
                "Nobody is named in \"{}\". Add a name, as in \"call with Dr. Rao\".",
                line.text
            );
        }
        if let Some(named) = line.people.iter().find(|named| named.who == "ask") {
            return format!("\"{}\" fits several people. Choose one.", named.written);
        }
    }
    if let [line] = lines
        && !line.logged_on.is_empty()
    {
        return line.logged_on.clone();
    }
    if lines.iter().all(|line| line.is_logged) {
        return format!("Nothing of it is new. {HAPPENED_TWICE}");
    }
    String::new()
}

/// The longest give that one line may tell, in minutes: a choice of ours.
const GIVE_MINUTES_MAX: u32 = 100 * 60;

/// What stands for the time of a give.
pub(crate) const GIVE_WOULD_DO: &str =
    "a time from 1 minute to 100 hours, as in \"#gave lit-review 3h\"";

/// Returns a give whose time cannot be.
pub(crate) fn impossible_give(reading: &LogReading) -> Option<String> {
    let mut gives = reading.exchanges.iter();
    let impossible = gives.find(|exchange| {
        let minutes = exchange.minutes;
        minutes.is_some_and(|minutes| !(1..=GIVE_MINUTES_MAX).contains(&minutes))
    });
    impossible.map(exchange_words)
}

/// Reads the typed lines, with what the student decided put in.
pub(crate) fn read(
    snapshot: &Snapshot<'_>,
    today: Date,
    text: &str,
    choices: &LogChoices,
) -> Result<Vec<(String, LogReading)>> {
    let stored = snapshot.person_names()?;
    let by_id: HashMap<PersonId, &PersonName> =
        stored.iter().map(|(id, name)| (*id, name)).collect();
    let names = NameIndex::new(&stored).with_events(events());
    let pasted = parse_many(text, today, &names);
    Ok(pasted
        .into_iter()
        .enumerate()
        .map(|(i, pasted)| {
            let mut reading = pasted.reading;
            for (j, named) in reading.people.iter_mut().enumerate() {
                match choices.get(&(i, j)) {
                    Some(PersonChoice::Known(id)) => {
                        if let Some(name) = by_id.get(id) {
                            *named = Named::chosen(*id, (*name).clone());
                        }
                    }
                    Some(PersonChoice::New) => {
                        named.who = PersonReading::New(PersonName::parse(&named.written));
                    }
                    None => {}
                }
            }
            (pasted.text, reading)
        })
        .collect())
}

/// Returns the conferences whose days are known.
fn events() -> Vec<EventDays> {
    let known = facts::events().iter();
    known
        .map(|event| EventDays {
            name: event.name.clone(),
            edition: format!("{} {}", event.name, event.edition),
            first_day: event.first_day,
            last_day: event.last_day,
        })
        .collect()
}

/// Returns the one program that a place names; a name of several programs names none.
pub(crate) fn program_at(places: &Places, place: &str) -> Option<ProgramId> {
    if place.is_empty() {
        return None;
    }
    match places.find(place)[..] {
        [program] => Some(program.id.clone()),
        _ => None,
    }
}

struct Employers<'a, 'c> {
    snapshot: &'a Snapshot<'c>,
    known: HashMap<PersonId, String>,
}

impl Employers<'_, '_> {
    fn of(&mut self, id: PersonId) -> Result<String> {
        if let Some(known) = self.known.get(&id) {
            return Ok(known.clone());
        }
        let person = self.snapshot.person(id)?;
        let current = person.and_then(|p| p.affiliations.into_iter().find(|a| a.current));
        let employer = current.map(|a| a.employer).unwrap_or_default();
        self.known.insert(id, employer.clone());
        Ok(employer)
    }
}

fn line(
    text: &str,
    reading: &LogReading,
    places: &Places,
    employers: &mut Employers<'_, '_>,
) -> Result<UnderstoodLine> {
    let mut people = Vec::new();
    for named in &reading.people {
        people.push(match &named.who {
            PersonReading::Known {
                id,
                name,
                closeness,
            } => NamedLine {
                written: named.written.clone(),
                who: "known",
                person: Some((id.to_string(), name.display())),
                fit: match closeness {
                    Closeness::Exact => "",
                    Closeness::Initials => "initials",
                    Closeness::Part => "a part of the name",
                    Closeness::Typo => "a slip of the fingers",
                },
                candidates: Vec::new(),
            },
            PersonReading::New(name) => NamedLine {
                written: named.written.clone(),
                who: "new",
                person: Some((String::new(), name.display())),
                fit: "",
                candidates: Vec::new(),
            },
            PersonReading::Ambiguous(candidates) => {
                let mut shown = Vec::new();
                for candidate in candidates.iter().take(12) {
                    let employer = employers.of(candidate.id)?;
                    shown.push((candidate.id.to_string(), candidate.name.display(), employer));
                }
                NamedLine {
                    written: named.written.clone(),
                    who: "ask",
                    person: None,
                    fit: "",
                    candidates: shown,
                }
            }
        });
    }
    let program = program_at(places, &reading.place).and_then(|id| {
        places
            .program(&id)
            .map(|program| (id.to_string(), program.name()))
    });
    Ok(UnderstoodLine {
        text: text.to_owned(),
        day: reading.day.to_string(),
        day_stated: !reading.problems.iter().any(is_no_day),
        channel: reading.channel.word(),
        direction: reading.direction.word(),
        people,
        duration_min: reading.duration_min,
        event: reading.event.clone(),
        place: reading.place.clone(),
        program,
        exchanges: reading.exchanges.iter().map(exchange_words).collect(),
        promises: reading
            .promises
            .iter()
            .map(|promise| {
                let by = promise
                    .due
                    .map(|day| format!(" by {}", domain::day_in_words(day)))
                    .unwrap_or_default();
                let whose = match promise.owner {
                    Owner::Student => "yours",
                    Owner::Person => "theirs",
                };
                format!("{}{by} ({whose})", promise.what)
            })
            .collect(),
        follow_up: reading.follow_up,
        note: reading.note.clone(),
        is_logged: false,
        logged_on: String::new(),
        day_stands: reading.stop().is_none_or(|problem| problem.field != "day"),
        stop: reading.stop().map(found_and_would_do).unwrap_or_default(),
        impossible_give: impossible_give(reading),
        problems: reading
            .problems
            .iter()
            .filter(|problem| !is_no_day(problem))
            .map(ToString::to_string)
            .collect(),
        patient: patient_words(text, reading),
        left: String::new(),
    })
}

/// Returns the words of a line that may tell who a patient is: of what is told in it,
/// and of the line itself, where a name that was read apart is the patient's.
pub(crate) fn patient_words(line: &str, reading: &LogReading) -> Vec<String> {
    let of_told = told(reading).flat_map(|text| {
        patient_spans_of_day(text)
            .into_iter()
            .filter_map(|(start, end)| text.get(start..end))
    });
    let of_line = spans_of_line(line, reading).into_iter();
    let of_line = of_line.filter_map(|(start, end)| line.get(start..end));
    let mut found: Vec<String> = Vec::new();
    for words in of_line.chain(of_told) {
        if !found.iter().any(|known| known.contains(words)) {
            found.push(words.to_owned());
        }
    }
    found
}

/// Returns where the line as a whole may tell who a patient is, in bytes. Channel and
/// names by themselves tell of no patient; together with what is told they may. The
/// day of the line is left out: what it tells of is asked sentence by sentence
/// ([`patient_spans_of_day`]), else every sheath of a talk today had one.
fn spans_of_line(line: &str, reading: &LogReading) -> Vec<(usize, usize)> {
    let mut told = line.to_owned();
    for part in reading
        .parts
        .iter()
        .filter(|part| part.kind == PartKind::Day)
    {
        told.replace_range(part.span.clone(), &" ".repeat(part.span.len()));
    }
    let mut spans = patient_spans(&told);
    spans.retain(|(start, end)| {
        let free = reading.parts.iter().filter(|part| is_free(part.kind));
        let mut free = free.map(|part| (part.span.start, part.span.end));
        free.any(|(from, to)| from < *end && *start < to)
    });
    spans
}

/// Returns whether a part holds what the student tells in words of their own.
fn is_free(kind: PartKind) -> bool {
    matches!(
        kind,
        PartKind::Note | PartKind::Exchange | PartKind::Promise
    )
}

fn found_and_would_do(problem: &Problem) -> String {
    format!("found {}; would do: {}", problem.found, problem.would_do)
}

/// Returns what a line tells in the student's own words: day, channel and names
/// are read apart and say nothing about a patient.
pub(crate) fn told(reading: &LogReading) -> impl Iterator<Item = &str> {
    let exchanges = reading.exchanges.iter().map(|e| e.what.as_str());
    let promises = reading.promises.iter().map(|p| p.what.as_str());
    [reading.note.as_str()]
        .into_iter()
        .chain(exchanges)
        .chain(promises)
}

pub(crate) fn exchange_words(exchange: &domain::Exchange) -> String {
    let mut words = exchange.kind.word().to_owned();
    if !exchange.what.is_empty() {
        words.push_str(&format!(": {}", exchange.what));
    }
    if let Some(minutes) = exchange.minutes {
        words.push_str(&format!(", {minutes} min"));
    }
    words
}

/// The state of a promise that was just made.
pub(crate) const PROMISED: CommitmentState = CommitmentState::Open;
