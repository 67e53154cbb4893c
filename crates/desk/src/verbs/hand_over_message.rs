//! Hands a message over, and notes that the student sent it. Vouch never sends one.

use domain::{
    Channel, Commitment, CommitmentId, CommitmentState, Direction, Interaction, InteractionId,
    Message, MessageId, MessageState, MessageStep, Owner, PersonId,
};
use jiff::civil::Date;

use crate::verbs::write_message::message_for;
use crate::views::compose::logged_channel;
use crate::views::person::heading;
use crate::{Desk, DeskError, Done, Result};

/// Something that a message promises, as the student wants to keep it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promised {
    /// What.
    pub what: String,
    /// By when, where there is a day.
    pub due: Option<Date>,
}

impl Desk {
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
                let mut message = message_for(writing, id, MessageStep::HandOver)?;
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

    /// Notes that the student sent a message: it is logged with the person, the
    /// reply is awaited, and what it promises is kept as commitments.
    ///
    /// # Errors
    /// [`DeskError::WrongStep`] where it was not handed over;
    /// [`DeskError::Bad`] where a promise is empty, or made to nobody.
    pub fn mark_sent(&self, id: MessageId, promises: &[Promised]) -> Result<Done<()>> {
        let today = self.today()?;
        let interaction = InteractionId(self.new_id());
        self.write("mark-sent", &id.to_string(), "Send a message", |writing| {
            let mut message = message_for(writing, id, MessageStep::Send)?;
            message.state = MessageState::Sent;
            message.sent_on = Some(today);
            message.changed_at = self.now();
            writing.save_message(&message)?;
            let mut to = String::new();
            if let Some(id) = message.person {
                let (channel, direction) = logged_channel(&message.channel);
                let note = format!("Sent: {}", heading(&message));
                let logged = Interaction {
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
            for promised in promises {
                let what = promised.what.trim();
                let Some(person) = message.person.filter(|_| !what.is_empty()) else {
                    return Err(DeskError::bad(
                        "promise",
                        what,
                        "what you promised, to somebody who is stored",
                    ));
                };
                writing.add_commitment(&Commitment {
                    id: CommitmentId(self.new_id()),
                    person,
                    interaction: Some(interaction),
                    owner: Owner::Student,
                    what: what.to_owned(),
                    due: promised.due,
                    state: CommitmentState::Open,
                })?;
            }
            writing.describe(&format!("Sent \"{}\"{to}", heading(&message)));
            Ok(())
        })
    }
}

pub(crate) fn written(
    id: InteractionId,
    person: PersonId,
    day: Date,
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
