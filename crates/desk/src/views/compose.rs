//! A message as it is being written: prompts, findings, and how it can leave.

mod check;
mod record;
mod start;

use domain::{ContactKind, MessageId, MessageState, Person, PersonId};
use jiff::civil::Date;
use serde::Serialize;
use store::{Reader, Snapshot};

pub use check::{Check, FindingLine, check_text};
pub use start::{SlotLine, Start, TemplateLine, start};

pub(crate) use check::check_stored;
pub(crate) use record::{logged_channel, place_of};
pub(crate) use start::{known_values, named_template};

use crate::places::Places;
use crate::student::Student;
use crate::{DeskError, Result};

/// A message as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compose {
    /// Its id.
    pub id: String,
    /// To whom: id and name.
    pub person: Option<(String, String)>,
    /// Where the person works.
    pub place: String,
    /// How the student came upon the person.
    pub how_found: String,
    /// The last things that happened with the person.
    pub evidence: Vec<String>,
    /// The template's title, or what kind of message it is.
    pub title: String,
    /// When and how often to follow up.
    pub follow_up: String,
    /// How it travels ("email").
    pub channel: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// How far it has come.
    pub state: &'static str,
    /// Whether it can still be written on.
    pub open: bool,
    /// The day it was sent.
    pub sent_on: Option<String>,
    /// What the rules say.
    pub check: Check,
    /// The address that opens it in the mail program, and whether it carries the
    /// text: one that is longer than mail programs take does not. `None` where
    /// the message is not ready or no e-mail.
    pub mailto: Option<(String, bool)>,
}

/// Returns a message as it is being written. With `typed`, subject and text are
/// what the student has typed since it was saved.
///
/// # Errors
/// [`DeskError::NotThere`] where no message has the id.
pub fn compose(
    reader: &Reader,
    today: Date,
    id: MessageId,
    typed: Option<(&str, &str)>,
) -> Result<Compose> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let Some(mut message) = snapshot.message(id)? else {
            return Err(DeskError::not_there("message", id));
        };
        if let Some((subject, text)) = typed {
            subject.clone_into(&mut message.subject);
            text.clone_into(&mut message.text);
        }
        let person = found_person(snapshot, message.person)?;
        let check = check_stored(
            snapshot,
            &places,
            &student,
            &message,
            person.as_ref(),
            today,
        )?;
        let template = lint::template(&message.template);
        let email = person
            .as_ref()
            .and_then(|p| p.contact(ContactKind::Email))
            .unwrap_or_default();
        let is_email = message.channel == lint::Channel::Email.word();
        let mailto = (check.ready && is_email).then(|| {
            let to: Vec<&str> = Some(email)
                .filter(|email| !email.is_empty())
                .into_iter()
                .collect();
            let mailto = formats::mail::mailto(&to, &message.subject, &message.text);
            (mailto.url, mailto.has_text)
        });
        let evidence = match &person {
            Some(person) => evidence(snapshot, person.id)?,
            None => Vec::new(),
        };
        Ok(Compose {
            id: id.to_string(),
            place: person
                .as_ref()
                .map(|p| place_of(&places, p))
                .unwrap_or_default(),
            how_found: person
                .as_ref()
                .map(|p| p.how_found.clone())
                .unwrap_or_default(),
            evidence,
            person: person.map(|p| (p.id.to_string(), p.name.display())),
            title: template.map_or_else(|| message.scenario.clone(), |t| t.title.clone()),
            follow_up: template.map(|t| t.follow_up.clone()).unwrap_or_default(),
            channel: message.channel,
            subject: message.subject,
            text: message.text,
            state: message.state.word(),
            open: message.state < MessageState::Sent,
            sent_on: message.sent_on.map(|day| day.to_string()),
            check,
            mailto,
        })
    })
}

fn found_person(snapshot: &Snapshot<'_>, id: Option<PersonId>) -> Result<Option<Person>> {
    let Some(id) = id else { return Ok(None) };
    snapshot
        .person(id)?
        .map(Some)
        .ok_or_else(|| DeskError::not_there("person", id))
}

/// Returns the last things that happened with a person, in words.
fn evidence(snapshot: &Snapshot<'_>, person: PersonId) -> Result<Vec<String>> {
    let lines = snapshot
        .timeline(person, 3, None)?
        .into_iter()
        .map(|interaction| {
            let mut line = format!("{}, {}", interaction.day, interaction.channel.word());
            if !interaction.note.is_empty() {
                line.push_str(": ");
                line.push_str(&crate::views::today::first_words(&interaction.note, 24));
            }
            line
        });
    Ok(lines.collect())
}
