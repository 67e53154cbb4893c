//! Begins, writes and discards a message, and makes the file of one.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use domain::{ContactKind, Message, MessageId, MessageState, MessageStep, PersonId, ProgramId};
use formats::mail::{MailAddress, MailDraft, write_eml};

use crate::places::Places;
use crate::student::Student;
use crate::views::compose::{Check, Checked, check_stored, known_values, named_template};
use crate::views::person::heading;
use crate::{Desk, DeskError, Done, Result};

/// The most bytes of a text that is kept.
const TEXT_MAX: usize = 1 << 20;

/// The most messages of one conversation that are looked at.
const CONVERSATION_MAX: usize = 50;

/// What a message begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewMessage {
    /// The template's name.
    pub template: String,
    /// To whom; `None` for an office that is no stored person.
    pub person: Option<PersonId>,
    /// The program it is about.
    pub program: Option<ProgramId>,
    /// Values of slots, over what the record knows.
    pub slots: BTreeMap<String, String>,
    /// The earlier message of the same conversation that it follows; then no
    /// template is needed.
    pub follows: Option<MessageId>,
}

impl Desk {
    /// Begins a message from a template, with everything known filled in. What is
    /// not known stands in brackets, and the message is not ready before it is
    /// replaced.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no template has the name, [`DeskError::NotThere`]
    /// where nobody has the person's id.
    pub fn start_message(&self, new: &NewMessage) -> Result<Done<MessageId>> {
        if let Some(earlier) = new.follows.filter(|_| new.template.trim().is_empty()) {
            return self.start_reminder(earlier);
        }
        let template = named_template(new.template.trim())?;
        let unknown = new.slots.keys().find(|name| template.slot(name).is_none());
        if let Some(name) = unknown {
            let names: Vec<&str> = template.slots.iter().map(|s| s.name.as_str()).collect();
            return Err(DeskError::bad("slot", name, names.join(", ")));
        }
        let id = MessageId(self.new_id());
        let description = format!("Begin \"{}\"", template.title);
        self.write("start-message", &id.to_string(), &description, |writing| {
            let places = Places::load(writing)?;
            let student = Student::from_settings(&writing.settings()?);
            let person = match new.person {
                None => None,
                Some(person) => Some(
                    writing
                        .person(person)?
                        .ok_or_else(|| DeskError::not_there("person", person))?,
                ),
            };
            let earlier = new.follows.map(|id| stored(writing, id)).transpose()?;
            let known = known_values(&places, &student, person.as_ref());
            let mut values: BTreeMap<String, String> = template
                .slots
                .iter()
                .filter_map(|slot| {
                    known
                        .get(slot.from.as_str())
                        .map(|value| (slot.name.clone(), value.clone()))
                })
                .collect();
            let typed = new
                .slots
                .iter()
                .filter(|(_, value)| !value.trim().is_empty());
            values.extend(typed.map(|(name, value)| (name.clone(), value.clone())));
            let event = template
                .slots
                .iter()
                .find(|slot| slot.from == "context.event")
                .and_then(|slot| values.get(&slot.name));
            let draft = lint::fill(template, &values);
            if let Some(person) = &person {
                writing.describe(&format!("{description} to {}", person.name.display()));
            }
            let subject = match &earlier {
                Some(earlier) => answering(&earlier.subject),
                None => draft.subject.unwrap_or_default(),
            };
            let message = Message {
                person: new.person,
                program: new.program.clone(),
                template: template.name.clone(),
                scenario: template.scenario.word().to_owned(),
                channel: template.channel.word().to_owned(),
                event: event.cloned().unwrap_or_default(),
                subject,
                text: draft.text,
                follows: new.follows,
                ..self.empty_message(id)
            };
            writing.save_message(&message)?;
            Ok(id)
        })
    }

    /// Begins a short message that follows one which was sent: in the same
    /// conversation, by the same channel. What it says is left to the student.
    fn start_reminder(&self, earlier: MessageId) -> Result<Done<MessageId>> {
        let id = MessageId(self.new_id());
        self.write(
            "start-message",
            &id.to_string(),
            "Begin a follow-up",
            |writing| {
                let earlier = stored(writing, earlier)?;
                if earlier.state < MessageState::Sent {
                    return Err(DeskError::WrongStep {
                        state: earlier.state.word(),
                        way_on: "only one that was sent can be followed",
                    });
                }
                let student = Student::from_settings(&writing.settings()?);
                let person = match earlier.person {
                    Some(person) => writing.person(person)?,
                    None => None,
                };
                let greeting = person
                    .as_ref()
                    .map_or_else(|| "[name]".to_owned(), |p| p.name.greeting());
                let sender = match student.name.as_str() {
                    "" => "[your name]",
                    name => name,
                };
                writing.describe(&format!("Begin a follow-up to \"{}\"", heading(&earlier)));
                let text = format!(
                    "Dear {greeting},\n\n[one sentence: what you wrote about, and why it still \
                     matters]\n\n[your one question]\n\nThank you,\n{sender}"
                );
                let message = Message {
                    person: earlier.person,
                    program: earlier.program.clone(),
                    scenario: earlier.scenario.clone(),
                    channel: earlier.channel.clone(),
                    event: earlier.event.clone(),
                    subject: answering(&earlier.subject),
                    text,
                    follows: Some(earlier.id),
                    ..self.empty_message(id)
                };
                writing.save_message(&message)?;
                Ok(id)
            },
        )
    }

    fn empty_message(&self, id: MessageId) -> Message {
        Message {
            id,
            person: None,
            program: None,
            template: String::new(),
            scenario: String::new(),
            channel: String::new(),
            event: String::new(),
            subject: String::new(),
            text: String::new(),
            state: MessageState::Draft,
            confirmed: Vec::new(),
            switched_off: Vec::new(),
            follows: None,
            sent_on: None,
            changed_at: self.now(),
            mail_id: format!("{}@vouch.local", id.0.simple()),
        }
    }

    /// Saves what was typed. Saving the same message again and again is one
    /// operation until something else is done.
    ///
    /// # Errors
    /// [`DeskError::WrongStep`] where it was sent already.
    pub fn save_message(&self, id: MessageId, subject: &str, text: &str) -> Result<Done<()>> {
        self.save_message_from(id, subject, text, &[])
    }

    /// Saves what was typed over one of the versions that the student saw, as
    /// [`text_version`] tells them; over any where none is named.
    ///
    /// # Errors
    /// Those of [`Desk::save_message`], and [`DeskError::ChangedMeanwhile`] where
    /// another text is stored by now: nothing is stored over what was not seen.
    pub fn save_message_from(
        &self,
        id: MessageId,
        subject: &str,
        text: &str,
        seen: &[String],
    ) -> Result<Done<()>> {
        if text.len() > TEXT_MAX {
            let found = format!("{} bytes", text.len());
            return Err(DeskError::bad("text", found, "less than 1 MB"));
        }
        let today = self.today()?;
        self.write_op(
            "write-message",
            &id.to_string(),
            "Write a message",
            true,
            |writing| {
                let mut message = message_for(writing, id, MessageStep::Write)?;
                let subject = subject_line(subject);
                let changed = message.subject != subject || message.text != text;
                if !changed {
                    return Ok(());
                }
                let stored = text_version(&message.subject, &message.text);
                if !seen.is_empty() && !seen.contains(&stored) {
                    return Err(DeskError::ChangedMeanwhile {
                        what: format!("\"{}\"", heading(&message)),
                    });
                }
                message.subject = subject;
                text.clone_into(&mut message.text);
                writing.describe(&format!("Write \"{}\"", heading(&message)));
                // What was handed over was another text.
                self.save_checked(writing, message, today)
            },
        )
    }

    /// Throws a message away that was not sent.
    ///
    /// # Errors
    /// [`DeskError::WrongStep`] where it was sent already.
    pub fn discard_message(&self, id: MessageId) -> Result<Done<()>> {
        self.write(
            "discard-message",
            &id.to_string(),
            "Discard a message",
            |writing| {
                let message = message_for(writing, id, MessageStep::Discard)?;
                writing.delete_message(id)?;
                writing.describe(&format!("Discard \"{}\"", heading(&message)));
                Ok(())
            },
        )
    }

    pub(crate) fn check_now(
        &self,
        snapshot: &store::Snapshot<'_>,
        message: &Message,
        today: jiff::civil::Date,
    ) -> Result<Checked> {
        let places = Places::load(snapshot)?;
        let person = match message.person {
            Some(id) => snapshot.person(id)?,
            None => None,
        };
        check_stored(snapshot, &places, message, person.as_ref(), today)
    }

    pub(crate) fn must_be_ready(
        &self,
        snapshot: &store::Snapshot<'_>,
        message: &Message,
        today: jiff::civil::Date,
    ) -> Result<()> {
        let check = self.check_now(snapshot, message, today)?.check;
        if check.ready {
            return Ok(());
        }
        let open: Vec<String> = check
            .findings
            .iter()
            .filter(|f| f.is_in_the_way())
            .map(|f| format!("{} ({})", f.message.trim_end_matches('.'), f.code))
            .collect();
        let why = if open.is_empty() {
            "the text is empty".to_owned()
        } else {
            open.join("; ")
        };
        Err(DeskError::NotReady(why))
    }

    /// Returns the bytes of a message as a file that a mail program opens as a draft.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where no message has the id, [`DeskError::NotReady`]
    /// where something is still in the way.
    pub fn message_file(&self, id: MessageId) -> Result<Vec<u8>> {
        let now = self.now();
        let today = self.today()?;
        self.reader.read(|snapshot| {
            let message = stored(snapshot, id)?;
            if message.state < MessageState::Sent {
                self.must_be_ready(snapshot, &message, today)?;
            }
            let student = Student::from_settings(&snapshot.settings()?);
            let person = match message.person {
                Some(id) => snapshot.person(id)?,
                None => None,
            };
            let to = person.as_ref().and_then(|person| {
                let email = person.contact(ContactKind::Email)?;
                Some(MailAddress {
                    name: person.name.plain(),
                    email: email.to_owned(),
                })
            });
            let from = MailAddress {
                name: student.name,
                email: student.email,
            };
            let references = conversation(snapshot, &message)?;
            Ok(write_eml(&MailDraft {
                from: Some(from).filter(|from| !from.email.is_empty()),
                to: to.into_iter().collect(),
                subject: message.subject,
                text: message.text,
                date: now,
                message_id: message.mail_id,
                in_reply_to: references.last().cloned(),
                references,
            }))
        })
    }
}

/// Returns a subject as mail has it: in one line.
fn subject_line(subject: &str) -> String {
    let words = subject.split(|c: char| c.is_control());
    let words: Vec<&str> = words.map(str::trim).filter(|w| !w.is_empty()).collect();
    words.join(" ")
}

/// Returns a word that is another one for every other subject or text.
pub fn text_version(subject: &str, text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (subject_line(subject), text).hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

/// Returns a message for a step, which its state must allow.
pub(crate) fn message_for(
    snapshot: &store::Snapshot<'_>,
    id: MessageId,
    step: MessageStep,
) -> Result<Message> {
    let message = stored(snapshot, id)?;
    if message.state.allows(step) {
        return Ok(message);
    }
    let way_on = match step {
        MessageStep::Write | MessageStep::HandOver | MessageStep::Discard => "undo that first",
        MessageStep::Send if message.state < MessageState::HandedOver => "hand it over first",
        MessageStep::Send => "undo that first",
        MessageStep::Answer | MessageStep::Close if message.state < MessageState::Sent => {
            "say first that you sent it"
        }
        MessageStep::Answer | MessageStep::Close => "nothing is awaited any more",
    };
    Err(DeskError::WrongStep {
        state: message.state.word(),
        way_on,
    })
}

fn stored(snapshot: &store::Snapshot<'_>, id: MessageId) -> Result<Message> {
    snapshot
        .message(id)?
        .ok_or_else(|| DeskError::not_there("message", id))
}

/// Returns the state of a message that is being written.
pub(crate) fn written_state(check: &Check) -> MessageState {
    if check.ready {
        MessageState::Ready
    } else {
        MessageState::Draft
    }
}

/// Returns the subject of an answer in the same conversation.
fn answering(subject: &str) -> String {
    let subject = subject.trim();
    let is_answer = subject
        .get(..3)
        .is_some_and(|start| start.eq_ignore_ascii_case("re:"));
    if is_answer || subject.is_empty() {
        subject.to_owned()
    } else {
        format!("Re: {subject}")
    }
}

/// Returns the Message-IDs of the conversation that a message follows, the
/// oldest first: those of the messages, each with the answers to it.
fn conversation(snapshot: &store::Snapshot<'_>, message: &Message) -> Result<Vec<String>> {
    let mut earlier = Vec::new();
    let mut at = message.follows;
    while let Some(id) = at {
        // What follows itself, by whatever mishap, must not be walked for ever.
        if earlier.iter().any(|m: &Message| m.id == id) || earlier.len() >= CONVERSATION_MAX {
            break;
        }
        let Some(found) = snapshot.message(id)? else {
            break;
        };
        at = found.follows;
        earlier.push(found);
    }
    let mut ids = Vec::new();
    for message in earlier.iter().rev() {
        ids.push(message.mail_id.clone());
        let answers = snapshot.answers(message.id)?.into_iter();
        ids.extend(answers.map(|a| a.mail_id).filter(|id| !id.is_empty()));
    }
    Ok(ids)
}
