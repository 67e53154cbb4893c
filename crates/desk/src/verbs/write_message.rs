//! Begins, writes, hands over and closes a message. Vouch never sends one.

use std::collections::BTreeMap;

use domain::{
    Channel, ContactKind, Direction, Interaction, InteractionId, Message, MessageId, MessageState,
    PersonId, ProgramId,
};

use formats::mail::{MailAddress, MailDraft, write_eml};

use crate::places::Places;
use crate::student::Student;
use crate::views::compose::{check_stored, known_values, logged_channel, named_template};
use crate::views::person::heading;
use crate::{Desk, DeskError, Done, Result};

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
            let draft = lint::fill(template, &values);
            if let Some(person) = &person {
                writing.describe(&format!("{description} to {}", person.name.display()));
            }
            writing.save_message(&Message {
                id,
                person: new.person,
                program: new.program.clone(),
                template: template.name.clone(),
                scenario: template.scenario.word().to_owned(),
                channel: template.channel.word().to_owned(),
                event: String::new(),
                subject: draft.subject.unwrap_or_default(),
                text: draft.text,
                state: MessageState::Draft,
                confirmed: Vec::new(),
                sent_on: None,
                changed_at: self.now(),
                mail_id: format!("{}@vouch.local", id.0.simple()),
                switched_off: Vec::new(),
                follows: None,
            })?;
            Ok(id)
        })
    }

    /// Saves what was typed. Saving the same message again and again is one
    /// operation until something else is done.
    ///
    /// # Errors
    /// [`DeskError::NotReady`] where it was sent already.
    pub fn save_message(&self, id: MessageId, subject: &str, text: &str) -> Result<Done<()>> {
        self.write_op(
            "write-message",
            &id.to_string(),
            "Write a message",
            true,
            |writing| {
                let mut message = open_message(writing, id)?;
                let changed = message.subject != subject.trim() || message.text != text;
                if !changed {
                    return Ok(());
                }
                subject.trim().clone_into(&mut message.subject);
                text.clone_into(&mut message.text);
                // What was handed over or confirmed was another text.
                message.state = MessageState::Draft;
                message.changed_at = self.now();
                writing.describe(&format!("Write \"{}\"", heading(&message)));
                writing.save_message(&message)?;
                Ok(())
            },
        )
    }

    /// Confirms a warning with a word of reason, which is kept.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the reason is empty or no such warning stands.
    pub fn confirm_warning(&self, id: MessageId, code: &str, reason: &str) -> Result<Done<()>> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(DeskError::bad(
                "reason",
                "",
                "a few words why it is right here",
            ));
        }
        let today = self.today()?;
        let description = format!("Confirm \"{code}\"");
        self.write(
            "confirm-warning",
            &id.to_string(),
            &description,
            |writing| {
                let mut message = open_message(writing, id)?;
                let check = self.check_now(writing, &message, today)?;
                if !check
                    .findings
                    .iter()
                    .any(|f| f.code == code && f.level == "warn")
                {
                    return Err(DeskError::bad(
                        "warning",
                        code,
                        "a warning that stands in the check",
                    ));
                }
                message.confirmed.retain(|(known, _)| known != code);
                message.confirmed.push((code.to_owned(), reason.to_owned()));
                writing.save_message(&message)?;
                Ok(())
            },
        )
    }

    /// Notes that a message was copied, opened in the mail program or saved as a file.
    ///
    /// # Errors
    /// [`DeskError::NotReady`] names what is still in the way.
    pub fn hand_over(&self, id: MessageId) -> Result<Done<Message>> {
        let today = self.today()?;
        self.write(
            "hand-over",
            &id.to_string(),
            "Hand a message over",
            |writing| {
                let mut message = open_message(writing, id)?;
                self.must_be_ready(writing, &message, today)?;
                if message.state != MessageState::HandedOver {
                    message.state = MessageState::HandedOver;
                    message.changed_at = self.now();
                    writing.describe(&format!("Hand over \"{}\"", heading(&message)));
                    writing.save_message(&message)?;
                }
                Ok(message)
            },
        )
    }

    /// Notes that the student sent a message: it is logged with the person, and
    /// the reply is awaited.
    ///
    /// # Errors
    /// [`DeskError::NotReady`] names what is still in the way.
    pub fn mark_sent(&self, id: MessageId) -> Result<Done<()>> {
        let today = self.today()?;
        let interaction = InteractionId(self.new_id());
        self.write("mark-sent", &id.to_string(), "Send a message", |writing| {
            let mut message = open_message(writing, id)?;
            self.must_be_ready(writing, &message, today)?;
            message.state = MessageState::Sent;
            message.sent_on = Some(today);
            message.changed_at = self.now();
            writing.save_message(&message)?;
            let mut to = String::new();
            if let Some(id) = message.person {
                let (channel, direction) = logged_channel(&message.channel);
                let note = format!("Sent: {}", heading(&message));
                let logged = Interaction {
                    id: interaction,
                    message: Some(message.id),
                    event: message.event.clone(),
                    program: message.program.clone(),
                    ..written(interaction, id, today, channel, direction, note)
                };
                writing.add_interaction(&logged)?;
                if let Some(person) = writing.person(id)? {
                    to = format!(" to {}", person.name.display());
                }
            }
            writing.describe(&format!("Sent \"{}\"{to}", heading(&message)));
            Ok(())
        })
    }

    /// Notes that an answer came; what it said may be kept as a note.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the message was not sent.
    pub fn mark_replied(&self, id: MessageId, note: &str) -> Result<Done<()>> {
        let today = self.today()?;
        let interaction = InteractionId(self.new_id());
        self.write(
            "mark-replied",
            &id.to_string(),
            "Note an answer",
            |writing| {
                let mut message = sent_message(writing, id)?;
                message.state = MessageState::Replied;
                message.changed_at = self.now();
                writing.save_message(&message)?;
                if let Some(id) = message.person {
                    let (channel, _) = logged_channel(&message.channel);
                    let text = match note.trim() {
                        "" => format!("Answered: {}", heading(&message)),
                        note => note.to_owned(),
                    };
                    let logged =
                        written(interaction, id, today, channel, Direction::Incoming, text);
                    writing.add_interaction(&logged)?;
                }
                writing.describe(&format!("Answer to \"{}\"", heading(&message)));
                Ok(())
            },
        )
    }

    /// Closes a message: no answer is awaited any more.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the message was not sent.
    pub fn close_message(&self, id: MessageId) -> Result<Done<()>> {
        self.write(
            "close-message",
            &id.to_string(),
            "Close a message",
            |writing| {
                let mut message = sent_message(writing, id)?;
                message.state = MessageState::Closed;
                message.changed_at = self.now();
                writing.save_message(&message)?;
                writing.describe(&format!("Close \"{}\"", heading(&message)));
                Ok(())
            },
        )
    }

    /// Throws a message away that was not sent.
    ///
    /// # Errors
    /// [`DeskError::NotReady`] where it was sent already.
    pub fn discard_message(&self, id: MessageId) -> Result<Done<()>> {
        self.write(
            "discard-message",
            &id.to_string(),
            "Discard a message",
            |writing| {
                let message = open_message(writing, id)?;
                writing.delete_message(id)?;
                writing.describe(&format!("Discard \"{}\"", heading(&message)));
                Ok(())
            },
        )
    }

    fn check_now(
        &self,
        snapshot: &store::Snapshot<'_>,
        message: &Message,
        today: jiff::civil::Date,
    ) -> Result<crate::views::compose::Check> {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let person = match message.person {
            Some(id) => snapshot.person(id)?,
            None => None,
        };
        check_stored(snapshot, &places, &student, message, person.as_ref(), today)
    }

    fn must_be_ready(
        &self,
        snapshot: &store::Snapshot<'_>,
        message: &Message,
        today: jiff::civil::Date,
    ) -> Result<()> {
        let check = self.check_now(snapshot, message, today)?;
        if check.ready {
            return Ok(());
        }
        let open: Vec<String> = check
            .findings
            .iter()
            .filter(|f| f.level == "error" || f.level == "warn" && f.confirmed.is_none())
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
            let message = snapshot
                .message(id)?
                .ok_or_else(|| DeskError::not_there("message", id))?;
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
            Ok(write_eml(&MailDraft {
                from: Some(from).filter(|from| !from.email.is_empty()),
                to: to.into_iter().collect(),
                subject: message.subject,
                text: message.text,
                date: now,
                message_id: message.mail_id,
                in_reply_to: None,
                references: Vec::new(),
            }))
        })
    }
}

fn open_message(snapshot: &store::Snapshot<'_>, id: MessageId) -> Result<Message> {
    let message = snapshot
        .message(id)?
        .ok_or_else(|| DeskError::not_there("message", id))?;
    if message.state >= MessageState::Sent {
        let word = message.state.word();
        return Err(DeskError::NotReady(format!(
            "it is {word}; undo that first"
        )));
    }
    Ok(message)
}

fn sent_message(snapshot: &store::Snapshot<'_>, id: MessageId) -> Result<Message> {
    let message = snapshot
        .message(id)?
        .ok_or_else(|| DeskError::not_there("message", id))?;
    if message.state < MessageState::Sent {
        return Err(DeskError::bad(
            "message",
            message.state.word(),
            "one that was sent",
        ));
    }
    Ok(message)
}

fn written(
    id: InteractionId,
    person: PersonId,
    day: jiff::civil::Date,
    channel: Channel,
    direction: Direction,
    note: String,
) -> Interaction {
    Interaction {
        id,
        people: vec![person],
        day,
        channel,
        direction,
        duration_min: None,
        event: String::new(),
        program: None,
        note,
        exchanges: Vec::new(),
        follow_up: false,
        message: None,
    }
}
