//! Notes an answer to a message, what it allows, and that none is awaited any more.

use domain::{Answer, Direction, InteractionId, MessageId, MessageState, MessageStep, Ring};
use jiff::civil::Date;

use crate::note_scan::Scan;
use crate::verbs::hand_over_message::written;
use crate::verbs::write_message::message_for;
use crate::views::compose::logged_channel;
use crate::views::person::heading;
use crate::{Desk, DeskError, Done, Result};

/// The tag of people who agreed to updates (S-083).
pub const WANTS_UPDATES: &str = "wants updates";

/// Signs of openness in an answer (S-111 to S-113): the tag that keeps one, and
/// what a form calls it.
pub const SIGNS: [(&str, &str); 3] = [
    ("sign: thoughtful answer", "They answered with thought"),
    ("sign: asked about goals", "They asked about my goals"),
    (
        "sign: offered help",
        "They offered resources or introductions",
    ),
];

/// Signs from which somebody may become a mentor. A choice of ours.
pub const SIGNS_OF_A_MENTOR: usize = 2;

/// An answer, as the student notes it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewAnswer {
    /// What it said, or the student's own words about it; may be empty.
    pub note: String,
    /// The day on which it came; today where it is not told.
    pub day: Option<Date>,
    /// Its Message-ID, or empty.
    pub mail_id: String,
    /// Signs of openness that it shows, by their tags.
    pub signs: Vec<&'static str>,
    /// Whether the note was looked at for what tells who a patient is.
    pub scan: Scan,
}

impl Desk {
    /// Notes that an answer came. It becomes an interaction, and none is awaited
    /// any more.
    ///
    /// # Errors
    /// [`DeskError::WrongStep`] where the message was not sent,
    /// [`DeskError::Patient`] where the note may tell who a patient is, and
    /// [`DeskError::Bad`] where the same e-mail was noted already, or the day
    /// lies ahead.
    pub fn mark_replied(&self, id: MessageId, answer: &NewAnswer) -> Result<Done<()>> {
        answer.scan.allows(&answer.note)?;
        let today = self.today()?;
        let day = answer.day.unwrap_or(today);
        if day > today {
            return Err(DeskError::bad("day", day, "today or a day before"));
        }
        let interaction = InteractionId(self.new_id());
        self.write(
            "mark-replied",
            &id.to_string(),
            "Note an answer",
            |writing| {
                let mut message = message_for(writing, id, MessageStep::Answer)?;
                if writing.is_known_answer(&answer.mail_id)? {
                    return Err(DeskError::bad(
                        "answer",
                        &answer.mail_id,
                        "one that was not noted already",
                    ));
                }
                message.state = MessageState::Replied;
                message.changed_at = self.now();
                writing.save_message(&message)?;
                let mut noted = Answer {
                    interaction: None,
                    mail_id: answer.mail_id.clone(),
                };
                if let Some(person) = message.person {
                    let (channel, _) = logged_channel(&message.channel);
                    let text = match answer.note.trim() {
                        "" => format!("Answered: {}", heading(&message)),
                        note => note.to_owned(),
                    };
                    let logged =
                        written(interaction, person, day, channel, Direction::Incoming, text);
                    writing.add_interaction(&logged)?;
                    keep_signs(writing, person, &answer.signs)?;
                    noted.interaction = Some(interaction);
                }
                writing.add_answer(id, &noted)?;
                writing.describe(&format!("Answer to \"{}\"", heading(&message)));
                Ok(())
            },
        )
    }

    /// Closes a message: no answer is awaited any more.
    ///
    /// # Errors
    /// [`DeskError::WrongStep`] where the message was not sent, or is closed.
    pub fn close_message(&self, id: MessageId) -> Result<Done<()>> {
        self.write(
            "close-message",
            &id.to_string(),
            "Close a message",
            |writing| {
                let mut message = message_for(writing, id, MessageStep::Close)?;
                message.state = MessageState::Closed;
                message.changed_at = self.now();
                writing.save_message(&message)?;
                writing.describe(&format!("Close \"{}\"", heading(&message)));
                Ok(())
            },
        )
    }

    /// Notes that the person agreed to updates (S-083), or takes that back: a tag
    /// says so, and somebody without a rhythm gets that of the working ring.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the message is to nobody who is stored.
    pub fn note_consent(&self, id: MessageId, agreed: bool) -> Result<Done<()>> {
        self.write(
            "note-consent",
            &id.to_string(),
            "Note consent to updates",
            |writing| {
                let message = message_for(writing, id, MessageStep::Answer)?;
                let person = match message.person {
                    Some(person) => writing.person(person)?,
                    None => None,
                };
                let Some(mut person) = person else {
                    return Err(DeskError::bad(
                        "message",
                        heading(&message),
                        "a message to somebody who is stored",
                    ));
                };
                person.tags.retain(|tag| tag != WANTS_UPDATES);
                let name = person.name.display();
                if agreed {
                    person.tags.push(WANTS_UPDATES.to_owned());
                    if person.rhythm_days().is_none() {
                        person.cadence_days = Ring::Working.cadence_days();
                    }
                    writing.describe(&format!("{name} agreed to updates"));
                } else {
                    writing.describe(&format!("{name} wants no updates"));
                }
                writing.update_person(&person)?;
                Ok(())
            },
        )
    }
}

/// Keeps signs of openness as tags of the person, each once.
fn keep_signs(
    writing: &mut store::Writing<'_>,
    person: domain::PersonId,
    signs: &[&'static str],
) -> Result<()> {
    if signs.is_empty() {
        return Ok(());
    }
    if let Some(mut person) = writing.person(person)? {
        for sign in signs {
            if !person.tags.iter().any(|tag| tag == sign) {
                person.tags.push((*sign).to_owned());
            }
        }
        writing.update_person(&person)?;
    }
    Ok(())
}
