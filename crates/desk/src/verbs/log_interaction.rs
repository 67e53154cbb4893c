//! Logs what happened, from lines as the student types them.

use std::collections::HashMap;

use domain::{
    Certainty, Commitment, CommitmentId, Direction, InteractionId, Person, PersonId, PersonName,
    Ring, fold_key,
};
use formats::log_line::{LogReading, PersonReading};
use jiff::civil::Date;
use store::Writing;

use crate::note_scan::Scan;
use crate::places::Places;
use crate::verbs::apply_import::affiliation;
use crate::views::import::{Employer, read_employer};
use crate::views::log::{
    GIVE_WOULD_DO, LogChoices, PROMISED, impossible_give, logged_on, patient_words, read,
    told_interaction,
};
use crate::{Desk, DeskError, Done, Result};

/// What was logged.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Logged {
    /// The interactions.
    pub interactions: Vec<InteractionId>,
    /// Everybody concerned, each once.
    pub people: Vec<PersonId>,
    /// Those of them who were added.
    pub added: Vec<PersonId>,
    /// Lines that were logged before, and were left out.
    pub n_again: usize,
    /// Who was added, by folded name.
    new_names: HashMap<String, PersonId>,
}

impl Desk {
    /// Logs what one or more lines say, as one operation. People whom nobody
    /// stored fits are added. Of several lines, those that are logged already are
    /// left out.
    ///
    /// # Errors
    /// [`DeskError::Several`] where a name fits two people and the choices do not
    /// say which; [`DeskError::Bad`] where a line names nobody, its day is none
    /// that has been, or nothing is there that is not logged already; [`DeskError::Patient`] where a line may tell who a patient is.
    pub fn log_interaction(&self, text: &str, choices: &LogChoices) -> Result<Done<Logged>> {
        self.log_scanned(text, choices, Scan::Strict)
    }

    /// Logs what one or more lines say, as [`Desk::log_interaction`] does, where
    /// the student may have said that they are not about a patient.
    ///
    /// # Errors
    /// Those of [`Desk::log_interaction`].
    pub fn log_scanned(
        &self,
        text: &str,
        choices: &LogChoices,
        scan: Scan,
    ) -> Result<Done<Logged>> {
        let today = self.today()?;
        self.write("log", "", "Log an interaction", |writing| {
            let places = Places::load(writing)?;
            let readings = read(writing, today, text, choices)?;
            if readings.is_empty() {
                return Err(DeskError::bad(
                    "line",
                    "",
                    "what happened, as in \"call with Dr. Rao\"",
                ));
            }
            let is_one = readings.len() == 1;
            for (line, reading) in &readings {
                has_been(line, reading, is_one)?;
                if let Some(give) = impossible_give(reading) {
                    return Err(DeskError::bad("line", give, GIVE_WOULD_DO));
                }
                scan.allows_words(line, || patient_words(line, reading))?;
            }
            let mut logged = Logged::default();
            let mut described = Vec::new();
            let mut fresh = Vec::new();
            let mut other_day = None;
            for (line, reading) in &readings {
                if let Some(day) = logged_on(writing, &places, reading, is_one)? {
                    logged.n_again += 1;
                    other_day = other_day.or((day != reading.day).then_some(day));
                } else {
                    fresh.push((line, reading));
                }
            }
            if fresh.is_empty()
                && is_one
                && let Some(day) = other_day
            {
                let found = format!(
                    "the same on {}, and no day in the line",
                    domain::day_in_words(day)
                );
                let would_do = "\"today\" in it, if it happened again";
                return Err(DeskError::bad("day", found, would_do));
            }
            if fresh.is_empty() {
                return Err(DeskError::bad(
                    "line",
                    readings[0].0.as_str(),
                    "what tells it from the same line that is logged already, \
                     as in \"second call\"",
                ));
            }
            in_order_of_happening(&mut fresh);
            for (line, reading) in fresh {
                let people = self.people_of(writing, &places, line, reading, today, &mut logged)?;
                described.push(describe(writing, reading, &people)?);
                self.log_one(writing, &places, reading, people, &mut logged)?;
            }
            let mut description = match described.as_slice() {
                [one] => one.clone(),
                many => format!("Log {} interactions", many.len()),
            };
            match logged.n_again {
                0 => {}
                1 => description.push_str("; 1 line was logged already"),
                n => description.push_str(&format!("; {n} lines were logged already")),
            }
            writing.describe(&description);
            Ok(logged)
        })
    }

    fn people_of(
        &self,
        writing: &mut Writing<'_>,
        places: &Places,
        line: &str,
        reading: &LogReading,
        today: Date,
        logged: &mut Logged,
    ) -> Result<Vec<PersonId>> {
        let mut people = Vec::new();
        for named in &reading.people {
            let id = match &named.who {
                PersonReading::Known { id, .. } => *id,
                PersonReading::New(name) => {
                    let key = fold_key(&name.plain());
                    match logged.new_names.get(&key) {
                        // The same new name in two lines is one new person.
                        Some(id) => *id,
                        None => {
                            let id = self.add_met(writing, places, name, reading, today)?;
                            logged.added.push(id);
                            logged.new_names.insert(key, id);
                            id
                        }
                    }
                }
                PersonReading::Ambiguous(candidates) => {
                    return Err(DeskError::Several {
                        name: named.written.clone(),
                        candidates: candidates
                            .iter()
                            .map(|c| format!("{} ({})", c.name.display(), c.id))
                            .collect(),
                    });
                }
            };
            if !people.contains(&id) {
                people.push(id);
            }
            if !logged.people.contains(&id) {
                logged.people.push(id);
            }
        }
        if people.is_empty() {
            return Err(DeskError::bad(
                "line",
                line,
                "a name, as in \"call with Dr. Rao\"",
            ));
        }
        Ok(people)
    }

    fn add_met(
        &self,
        writing: &mut Writing<'_>,
        places: &Places,
        name: &PersonName,
        reading: &LogReading,
        today: Date,
    ) -> Result<PersonId> {
        let id = PersonId(self.new_id());
        let mut affiliations = Vec::new();
        if !reading.place.is_empty() {
            let answers = writing.employer_answers()?;
            let (place, certainty) = match read_employer(places, &answers, &reading.place, "") {
                Employer::Settled(place) => (place, Certainty::Clear),
                Employer::Open(_) => (None, Certainty::Unsure),
            };
            affiliations.push(affiliation(&reading.place, "", place, certainty, today));
        }
        let how_found = if reading.event.is_empty() {
            format!("first {} on {}", reading.channel.word(), reading.day)
        } else {
            format!("met at {}", reading.event)
        };
        let person = Person {
            id,
            name: name.clone(),
            ring: Ring::Wide,
            cadence_days: None,
            affiliations,
            contacts: Vec::new(),
            tags: Vec::new(),
            how_found,
            note: String::new(),
            same_school: None,
            known_since: Some(reading.day),
            source: "logged".to_owned(),
            archived: false,
        };
        writing.add_person(&person, &[])?;
        Ok(id)
    }

    fn log_one(
        &self,
        writing: &mut Writing<'_>,
        places: &Places,
        reading: &LogReading,
        people: Vec<PersonId>,
        logged: &mut Logged,
    ) -> Result<()> {
        let id = InteractionId(self.new_id());
        let person = people[0];
        writing.add_interaction(&told_interaction(places, reading, id, people))?;
        for promise in &reading.promises {
            writing.add_commitment(&Commitment {
                id: CommitmentId(self.new_id()),
                person,
                interaction: Some(id),
                owner: promise.owner,
                what: promise.what.clone(),
                due: promise.due,
                state: PROMISED,
            })?;
        }
        logged.interactions.push(id);
        Ok(())
    }
}

/// Refuses a line whose day is none that has been.
fn has_been(line: &str, reading: &LogReading, is_one: bool) -> Result<()> {
    let Some(problem) = reading.stop() else {
        return Ok(());
    };
    let found = match is_one {
        true => problem.found.clone(),
        false => format!("{}, in \"{line}\"", problem.found),
    };
    let field = if problem.field == "day" {
        "day"
    } else {
        "line"
    };
    Err(DeskError::bad(field, found, problem.would_do.as_str()))
}

/// Puts lines into the order in which they happened, because what is logged later
/// counts as later on its day.
///
/// A day keeps the order of its lines; but where the days stand newest first,
/// nobody can tell whether the lines of a day do, too. There talks come last and
/// what the student wrote comes first, so that an answer or a thank-you is asked
/// for rather than silently taken as sent.
fn in_order_of_happening(lines: &mut [(&String, &LogReading)]) {
    let days = || lines.iter().map(|(_, reading)| reading.day);
    let newest_first = days().is_sorted_by(|a, b| a >= b) && days().next() != days().next_back();
    lines.sort_by_key(|(_, reading)| {
        let of_day = match reading.direction {
            _ if !newest_first => 0,
            _ if !reading.channel.is_written() => 2,
            Direction::Outgoing => 0,
            Direction::Incoming | Direction::Mutual => 1,
        };
        (reading.day, of_day)
    });
}

fn describe(writing: &Writing<'_>, reading: &LogReading, people: &[PersonId]) -> Result<String> {
    let mut names = Vec::new();
    for id in people {
        if let Some(person) = writing.person(*id)? {
            names.push(person.name.display());
        }
    }
    Ok(format!(
        "Log {} with {} on {}",
        reading.channel.name(),
        names.join(", "),
        domain::day_in_words(reading.day)
    ))
}
