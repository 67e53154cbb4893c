//! A message as it is being written: prompts, findings, how it can leave, and
//! what follows it.

mod around;
mod check;
mod credited;
mod limits;
mod same_place;
mod sources;
mod start;
mod told;
mod twin;

use domain::{
    ContactKind, Message, MessageId, MessageState, MessageStep, Person, PersonId, Reminded,
};
use formats::mail::{WebMail, compose_link, mailto};
use jiff::civil::Date;
use serde::Serialize;
use store::{Reader, Snapshot};

pub use around::{Beside, ColleagueLine, PolicyLine};
pub use check::{Check, FindingLine, LooseText, check_text};
pub use credited::{CreditedLine, TO_ALL};
pub use limits::Limits;
pub use sources::{SourceLine, grade_in_words, source_lines};
pub use start::{SlotLine, Start, TemplateLine, start};
pub use twin::Twin;

pub(crate) use check::{Checked, check_stored, fix_key};
pub(crate) use start::{known_values, named_template};
pub(crate) use told::{logged_channel, relationship_for_rules};

use crate::places::Places;
use crate::switches::guard_settings;
use crate::verbs::answer_message::{SIGNS, SIGNS_OF_A_MENTOR, WANTS_UPDATES};
use crate::verbs::write_message::text_version;
use crate::views::person::{MessageLine, message_line};
use crate::{DeskError, Result};

/// An address that opens a message somewhere, and whether it carries the text:
/// one that would be longer than programs take does not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// The address.
    pub url: String,
    /// Whether the text is in it.
    pub has_text: bool,
}

/// The ways by which an e-mail can leave.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Ways {
    /// The student's mail program.
    pub mailto: Way,
    /// Gmail in the browser.
    pub gmail: Way,
    /// Outlook in the browser.
    pub outlook: Way,
}

/// Something that the text promises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PromiseLine {
    /// What, in the message's own words.
    pub what: String,
    /// By when, where the text tells.
    pub due: Option<String>,
}

/// How long a message has been without an answer, and what that means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Silence {
    /// Days since the latest message of the conversation.
    pub n_days: i32,
    /// Reminders that were sent.
    pub n_reminders: u32,
    /// Most reminders, as the student set it.
    pub reminders_max: u32,
    /// The day from which a reminder is right.
    pub reminder_from: String,
    /// Whether it is time for a reminder.
    pub may_remind: bool,
    /// Whether enough was sent, so that silence is the answer.
    pub is_over: bool,
    /// How often such messages are answered at all.
    pub base_rate: Vec<SourceLine>,
}

/// A message as it is being written.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compose {
    /// Its id.
    pub id: String,
    /// To whom: id and name.
    pub person: Option<(String, String)>,
    /// What is known of the person and of what was written there before.
    pub beside: Beside,
    /// The template's title, or what kind of message it is.
    pub title: String,
    /// When and how often to follow up.
    pub follow_up: String,
    /// What an answer can change.
    pub reply_changes: Vec<String>,
    /// How it travels ("email").
    pub channel: String,
    /// Whether everybody can read it.
    pub is_public: bool,
    /// Whether it may leave only where the program's contact policy allows it.
    pub needs_policy: bool,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// The version of subject and text that is stored, for what is saved over it.
    pub version: String,
    /// How far it has come.
    pub state: &'static str,
    /// Whether it can still be written on.
    pub open: bool,
    /// Whether the student may say that it was sent.
    pub may_send: bool,
    /// Whether it may be closed.
    pub may_close: bool,
    /// The day it was sent.
    pub sent_on: Option<String>,
    /// Whom the record credits, where the message goes to each of them.
    pub credited: Vec<CreditedLine>,
    /// What the rules say.
    pub check: Check,
    /// How it can leave; `None` where it is not ready or no e-mail.
    pub ways: Option<Ways>,
    /// What the text promises.
    pub promises: Vec<PromiseLine>,
    /// The message of the same conversation that it follows.
    pub follows: Option<MessageLine>,
    /// Where it was sent and not answered.
    pub silence: Option<Silence>,
    /// Whether the person agreed to updates.
    pub wants_updates: bool,
    /// Signs of openness that the person has shown.
    pub n_signs: usize,
    /// Whether they are enough to ask for regular contact.
    pub may_become_mentor: bool,
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
        let Some(mut message) = snapshot.message(id)? else {
            return Err(DeskError::not_there("message", id));
        };
        let version = text_version(&message.subject, &message.text);
        if let Some((subject, text)) = typed {
            subject.clone_into(&mut message.subject);
            text.clone_into(&mut message.text);
        }
        let person = found_person(snapshot, message.person)?;
        let Checked {
            check,
            record,
            beside,
            reminder,
            ..
        } = check_stored(snapshot, &places, &message, person.as_ref(), today)?;
        let template = lint::template(&message.template);
        let is_email = message.channel == lint::Channel::Email.word();
        let silence = silence(snapshot, &message, reminder.as_ref(), today)?;
        let follows = match message.follows {
            Some(earlier) => snapshot.message(earlier)?,
            None => None,
        };
        let n_signs = person.as_ref().map_or(0, |p| {
            let is_sign = |tag: &String| SIGNS.iter().any(|(sign, _)| sign == tag);
            p.tags.iter().filter(|tag| is_sign(tag)).count()
        });
        let title = match (template, message.follows) {
            (Some(template), _) => template.title.clone(),
            (None, Some(_)) => "Follow up".to_owned(),
            (None, None) => message.scenario.clone(),
        };
        Ok(Compose {
            id: id.to_string(),
            beside,
            title,
            follow_up: template.map(|t| t.follow_up.clone()).unwrap_or_default(),
            reply_changes: template
                .map(|t| t.reply_changes.clone())
                .unwrap_or_default(),
            open: message.state.allows(MessageStep::Write),
            may_send: message.state.allows(MessageStep::Send),
            may_close: message.state.allows(MessageStep::Close),
            state: message.state.word(),
            sent_on: message.sent_on.map(|day| day.to_string()),
            ways: (check.ready && is_email).then(|| ways(person.as_ref(), &message)),
            promises: lint::promises(&record)
                .into_iter()
                .map(|promise| PromiseLine {
                    what: promise.what,
                    due: promise.due.map(|day| day.to_string()),
                })
                .collect(),
            follows: follows.as_ref().map(message_line),
            silence,
            wants_updates: person
                .as_ref()
                .is_some_and(|p| p.tags.iter().any(|tag| tag == WANTS_UPDATES)),
            n_signs,
            may_become_mentor: n_signs >= SIGNS_OF_A_MENTOR,
            person: person.map(|p| (p.id.to_string(), p.name.display())),
            is_public: is_public(&message.channel),
            needs_policy: needs_policy(&record),
            channel: message.channel,
            subject: message.subject,
            text: message.text,
            version,
            credited: credited::credited(snapshot, &message.template)?,
            check,
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

fn ways(person: Option<&Person>, message: &Message) -> Ways {
    let email = person
        .and_then(|p| p.contact(ContactKind::Email))
        .unwrap_or_default();
    let to: Vec<&str> = Some(email).filter(|e| !e.is_empty()).into_iter().collect();
    let mailto = mailto(&to, &message.subject, &message.text);
    let link = |mail| {
        let link = compose_link(mail, email, &message.subject, &message.text);
        Way {
            url: link.url,
            has_text: link.has_text,
        }
    };
    Ways {
        mailto: Way {
            url: mailto.url,
            has_text: mailto.has_text,
        },
        gmail: link(WebMail::Gmail),
        outlook: link(WebMail::Outlook),
    }
}

/// Returns whether a message may leave only where the program's contact policy
/// allows it (E-042).
pub(super) fn needs_policy(record: &lint::Message) -> bool {
    record.scenario == lint::Scenario::InterviewThankYou
}

/// Returns whether everybody can read what travels by a channel.
fn is_public(channel: &str) -> bool {
    lint::Channel::from_word(channel).is_some_and(lint::Channel::is_public)
}

/// Returns how long a message has been without an answer. `reminder` is what a
/// further message to the same person would remind of.
fn silence(
    snapshot: &Snapshot<'_>,
    message: &Message,
    reminder: Option<&Reminded>,
    today: Date,
) -> Result<Option<Silence>> {
    let Some(sent_on) = message
        .sent_on
        .filter(|_| message.state == MessageState::Sent && !is_public(&message.channel))
    else {
        return Ok(None);
    };
    let guards = guard_settings(&snapshot.settings()?);
    // The other unanswered messages are reminded of, and this one counts as well.
    let (last, n_reminders) = match reminder {
        Some(reminded) => (reminded.last_sent.max(sent_on), reminded.n_before + 1),
        None => (sent_on, 0),
    };
    let from = last.saturating_add(jiff::Span::new().days(i64::from(guards.reminder_days)));
    let is_over = n_reminders >= guards.reminders_max;
    Ok(Some(Silence {
        n_days: last.until(today).map_or(0, |span| span.get_days()),
        n_reminders,
        reminders_max: guards.reminders_max,
        reminder_from: from.to_string(),
        may_remind: !is_over && today >= from,
        is_over,
        base_rate: source_lines(&["E-006", "E-008"]),
    }))
}
