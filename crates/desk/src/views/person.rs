//! One person: who they are, what happened, what is owed, and what next.

use std::collections::HashMap;

use domain::{
    Affiliation, Cadences, Certainty, Commitment, CommitmentState, ContactKind, ExchangeKind,
    Interaction, Message, Person, PersonId, day_in_words, relationship,
};
use serde::Serialize;
use store::{Reader, Together};

use crate::places::Places;
use crate::verbs::edit_person::version;
use crate::views::import::{Employer, read_employer};
use crate::views::log::exchange_words;
use crate::views::program::{step_with, waiting_since};
use crate::{DeskError, Result};

/// Where a person works, as written and as read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AffiliationLine {
    /// The employer's text.
    pub employer: String,
    /// The post's text.
    pub position: String,
    /// What the post is.
    pub role: &'static str,
    /// What the text names, where it names something.
    pub place: Option<String>,
    /// The programs of that place: id and name.
    pub programs: Vec<(String, String)>,
    /// Why the text is read this way.
    pub evidence: String,
    /// How sure the reading is.
    pub certainty: &'static str,
    /// What the text may name, where the student has not said: label and evidence.
    pub candidates: Vec<(String, String)>,
    /// When it was seen to be so.
    pub as_of: Option<String>,
    /// Whether it is where the person is now.
    pub current: bool,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TimelineLine {
    /// The interaction's or message's id.
    pub id: String,
    /// "interaction" or "message".
    pub kind: &'static str,
    /// The day.
    pub day: String,
    /// A heading: channel and direction, or the message's subject.
    pub heading: String,
    /// What was said.
    pub note: String,
    /// The event, or empty.
    pub event: String,
    /// Asks, gives, introductions and offers, in words.
    pub exchanges: Vec<String>,
}

/// One promise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CommitmentLine {
    /// Its id.
    pub id: String,
    /// "student" or "person".
    pub owner: &'static str,
    /// What is owed.
    pub what: String,
    /// By when.
    pub due: Option<String>,
    /// What became of it.
    pub state: &'static str,
}

/// One message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MessageLine {
    /// Its id.
    pub id: String,
    /// The subject, or the first words of the text.
    pub heading: String,
    /// How far it has come.
    pub state: &'static str,
    /// The day it was sent.
    pub sent_on: Option<String>,
}

/// One person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonView {
    /// The person's id.
    pub id: String,
    /// Another text whenever anything stored of the person is another.
    pub version: String,
    /// The name as shown.
    pub name: String,
    /// The parts of the name.
    pub parts: NameParts,
    /// How a message greets the person.
    pub greeting: String,
    /// The ring.
    pub ring: &'static str,
    /// Days between two interactions, where a rhythm is wanted.
    pub rhythm_days: Option<u16>,
    /// Days the student set by hand.
    pub cadence_days: Option<u16>,
    /// Where the person works or worked.
    pub affiliations: Vec<AffiliationLine>,
    /// Addresses: kind, address, label.
    pub contacts: Vec<(&'static str, String, String)>,
    /// The first e-mail address, or empty.
    pub email: String,
    /// Tags.
    pub tags: Vec<String>,
    /// How the student came upon the person.
    pub how_found: String,
    /// The student's own note.
    pub note: String,
    /// Whether the person went to the student's school; `null` is not known.
    pub same_school: Option<bool>,
    /// Since when the tie exists.
    pub known_since: Option<String>,
    /// Where the record comes from.
    pub source: String,
    /// Put aside.
    pub archived: bool,
    /// How well the person knows the student.
    pub state: &'static str,
    /// Why.
    pub reason: String,
    /// Asks and gives so far.
    pub asks: usize,
    /// Gives so far.
    pub gives: usize,
    /// What happened, newest first.
    pub timeline: Vec<TimelineLine>,
    /// Promises, open ones first.
    pub commitments: Vec<CommitmentLine>,
    /// Messages, newest first.
    pub messages: Vec<MessageLine>,
    /// Who was there when something happened with the person: most often first.
    pub ties: Vec<TieLine>,
    /// What to do next where nothing is due, as a sentence.
    pub next_step: String,
}

/// Somebody with whom a person is tied, as far as the log shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TieLine {
    /// Their id.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What shows it, as a phrase.
    pub evidence: String,
}

/// The parts of a name, for the form.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct NameParts {
    /// "Dr.", "Prof.", "Ms.", "Mr." or empty.
    pub title: String,
    /// Given names.
    pub given: String,
    /// Surname.
    pub family: String,
    /// "Jr." and the like.
    pub suffix: String,
    /// Degrees.
    pub credentials: String,
    /// What the person asked to be called.
    pub greet_as: String,
}

/// Ties that a page shows.
const TIES: usize = 12;

/// Lines of the timeline that a page shows.
const TIMELINE: usize = 100;

/// Returns one person.
///
/// # Errors
/// [`DeskError::NotThere`] where nobody has the id.
pub fn person(reader: &Reader, id: PersonId) -> Result<PersonView> {
    reader.read(|snapshot| {
        let Some(person) = snapshot.person(id)? else {
            return Err(DeskError::not_there("person", id));
        };
        let places = Places::load(snapshot)?;
        let interactions = snapshot.timeline(id, TIMELINE, None)?;
        let messages = snapshot.messages(Some(id), TIMELINE)?;
        let mut commitments = snapshot.commitments(Some(id), false)?;
        commitments.sort_by_key(|c| (c.state != CommitmentState::Open, c.due));
        let (state, reason) = relationship(snapshot.evidence(id)?);
        let cadences = Cadences::from_settings(&snapshot.settings()?);
        let role = person
            .affiliations
            .iter()
            .find(|a| a.current)
            .map(|a| a.role);
        let tags = person.tags.iter().map(String::as_str);
        let cadence = cadences.of_person(person.cadence_days, tags, role, person.ring);
        let count = |kind: ExchangeKind| {
            interactions
                .iter()
                .flat_map(|i| &i.exchanges)
                .filter(|e| e.kind == kind)
                .count()
        };
        Ok(PersonView {
            asks: count(ExchangeKind::Ask),
            gives: count(ExchangeKind::Give),
            rhythm_days: cadence.map(|cadence| cadence.ideal_days),
            state: state.word(),
            reason,
            timeline: interactions.iter().map(timeline_line).collect(),
            commitments: commitments.into_iter().map(commitment_line).collect(),
            messages: messages.iter().map(message_line).collect(),
            ties: snapshot
                .together_with(id, TIES)?
                .into_iter()
                .map(tie_line)
                .collect(),
            next_step: step_with(
                &person.name.display(),
                state.word(),
                waiting_since(snapshot, id)?,
            ),
            ..identity(person, &places)
        })
    })
}

/// Returns the person whom an identity that is gone leads to, because its
/// person was merged; `None` where somebody has the identity, or nobody ever had.
pub fn merged_into(reader: &Reader, id: PersonId) -> Result<Option<PersonId>> {
    reader.read(|snapshot| {
        let found = snapshot.person_of_identity(id)?;
        Ok(found.filter(|found| *found != id))
    })
}

fn identity(person: Person, places: &Places) -> PersonView {
    let name = &person.name;
    PersonView {
        id: person.id.to_string(),
        version: version(&person),
        name: name.display(),
        greeting: name.greeting(),
        parts: NameParts {
            title: name.title.clone(),
            given: name.given.clone(),
            family: name.family.clone(),
            suffix: name.suffix.clone(),
            credentials: name.credentials.clone(),
            greet_as: name.greet_as.clone(),
        },
        ring: person.ring.word(),
        rhythm_days: None,
        cadence_days: person.cadence_days,
        email: person
            .contact(ContactKind::Email)
            .unwrap_or_default()
            .to_owned(),
        contacts: person
            .contacts
            .iter()
            .map(|c| (c.kind.word(), c.value.clone(), c.label.clone()))
            .collect(),
        affiliations: person
            .affiliations
            .iter()
            .map(|a| AffiliationLine {
                employer: a.employer.clone(),
                position: a.position.clone(),
                role: a.role.word(),
                place: places.label(a),
                programs: a
                    .institution_key
                    .iter()
                    .flat_map(|key| places.of_institution(key))
                    .map(|program| (program.id.to_string(), program.name()))
                    .collect(),
                evidence: a.evidence.clone(),
                certainty: a.certainty.word(),
                candidates: candidates(a, places),
                as_of: a.as_of.map(|day| day.to_string()),
                current: a.current,
            })
            .collect(),
        tags: person.tags,
        how_found: person.how_found,
        note: person.note,
        same_school: person.same_school,
        known_since: person.known_since.map(|day| day.to_string()),
        source: person.source,
        archived: person.archived,
        state: "",
        reason: String::new(),
        asks: 0,
        gives: 0,
        timeline: Vec::new(),
        commitments: Vec::new(),
        messages: Vec::new(),
        ties: Vec::new(),
        next_step: String::new(),
    }
}

fn tie_line(tie: Together) -> TieLine {
    let day = day_in_words(tie.last);
    let mut evidence = match tie.times {
        1 => format!("you were all together on {day}"),
        times => format!("you were all together {times} times, last on {day}"),
    };
    if tie.introduced {
        evidence.push_str("; an introduction was logged");
    }
    TieLine {
        id: tie.id.to_string(),
        name: tie.name.display(),
        evidence,
    }
}

/// Returns what an employer's text may name, where it is still open.
fn candidates(affiliation: &Affiliation, places: &Places) -> Vec<(String, String)> {
    if affiliation.certainty != Certainty::Unsure {
        return Vec::new();
    }
    match read_employer(places, &HashMap::new(), &affiliation.employer, "") {
        Employer::Open(open) => open.into_iter().map(|p| (p.label, p.evidence)).collect(),
        Employer::Settled(_) => Vec::new(),
    }
}

fn timeline_line(interaction: &Interaction) -> TimelineLine {
    let mut heading = interaction.channel.name().to_owned();
    if interaction.channel.is_written() {
        heading.push(' ');
        heading.push_str(interaction.direction.name());
    }
    if let Some(minutes) = interaction.duration_min {
        heading.push_str(&format!(", {minutes} min"));
    }
    TimelineLine {
        id: interaction.id.to_string(),
        kind: "interaction",
        day: interaction.day.to_string(),
        heading,
        note: interaction.note.clone(),
        event: interaction.event.clone(),
        exchanges: interaction.exchanges.iter().map(exchange_words).collect(),
    }
}

pub(crate) fn commitment_line(commitment: Commitment) -> CommitmentLine {
    CommitmentLine {
        id: commitment.id.to_string(),
        owner: commitment.owner.word(),
        what: commitment.what,
        due: commitment.due.map(|day| day.to_string()),
        state: commitment.state.word(),
    }
}

pub(crate) fn message_line(message: &Message) -> MessageLine {
    MessageLine {
        id: message.id.to_string(),
        heading: heading(message),
        state: message.state.word(),
        sent_on: message.sent_on.map(|day| day.to_string()),
    }
}

/// Returns what a list calls a message: its subject, else its first words.
pub(crate) fn heading(message: &Message) -> String {
    if !message.subject.trim().is_empty() {
        return message.subject.clone();
    }
    let words: Vec<&str> = message.text.split_whitespace().take(8).collect();
    if words.is_empty() {
        "(empty)".to_owned()
    } else {
        words.join(" ")
    }
}
