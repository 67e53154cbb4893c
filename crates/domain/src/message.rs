//! Outgoing texts and how far they have come.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{InteractionId, MessageId, PersonId, ProgramId};

/// How far a message has come. Vouch never sends: "sent" is what the student says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageState {
    /// Being written.
    Draft,
    /// No error is left, and every warning is confirmed.
    Ready,
    /// Copied, opened in the mail program or saved as a file.
    HandedOver,
    /// The student said that it was sent.
    Sent,
    /// An answer came.
    Replied,
    /// No answer came, or none is awaited any more.
    Closed,
}

impl MessageState {
    /// Every state, in order.
    pub const ALL: [Self; 6] = [
        Self::Draft,
        Self::Ready,
        Self::HandedOver,
        Self::Sent,
        Self::Replied,
        Self::Closed,
    ];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Ready => "ready",
            Self::HandedOver => "handed over",
            Self::Sent => "sent",
            Self::Replied => "replied",
            Self::Closed => "closed",
        }
    }

    /// Returns the state for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Returns whether a step may be taken from here.
    ///
    /// A message is sent after it was handed over, because only then is it known
    /// that what left is what was checked. An answer may come to a message that
    /// was closed, and a second one to a message that was answered.
    ///
    /// ```
    /// use domain::{MessageState, MessageStep};
    ///
    /// assert!(MessageState::HandedOver.allows(MessageStep::Send));
    /// assert!(!MessageState::Draft.allows(MessageStep::Send));
    /// ```
    pub fn allows(self, step: MessageStep) -> bool {
        match step {
            MessageStep::Write | MessageStep::HandOver | MessageStep::Discard => self < Self::Sent,
            MessageStep::Send => self == Self::HandedOver,
            MessageStep::Answer => self >= Self::Sent,
            MessageStep::Close => matches!(self, Self::Sent | Self::Replied),
        }
    }
}

/// What can be done with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MessageStep {
    /// Change its text, confirm a warning, switch a rule off.
    Write,
    /// Copy it, open it in the mail program or save it as a file.
    HandOver,
    /// Say that it was sent.
    Send,
    /// Note an answer.
    Answer,
    /// Await no answer any more.
    Close,
    /// Throw it away.
    Discard,
}

impl MessageStep {
    /// Every step, in the order of a message's life.
    pub const ALL: [Self; 6] = [
        Self::Write,
        Self::HandOver,
        Self::Send,
        Self::Answer,
        Self::Close,
        Self::Discard,
    ];
}

/// An answer to a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The interaction under which it is logged, where it still is.
    pub interaction: Option<InteractionId>,
    /// Its Message-ID, or empty where it was no e-mail.
    pub mail_id: String,
}

/// A warning that the student confirmed. It holds for what it was about: where
/// that changes, the student is asked again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Confirmed {
    /// The code of the rule or guard.
    pub rule: String,
    /// The words of the text that were flagged, or what the warning said where it
    /// is about the whole message; of a story about a patient, the whole text.
    pub about: String,
    /// The student's word of reason.
    pub reason: String,
}

/// An outgoing text to one person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its identity.
    pub id: MessageId,
    /// To whom; `None` for a text to an office that is no stored person.
    pub person: Option<PersonId>,
    /// The program it is about, where there is one.
    pub program: Option<ProgramId>,
    /// The name of the template it began from, or empty.
    pub template: String,
    /// What kind of message it is ("alumni-intro").
    pub scenario: String,
    /// How it will travel ("email", "linkedin-note", "spoken").
    pub channel: String,
    /// The conference or interview concerned, or empty.
    pub event: String,
    /// The subject line, or empty.
    pub subject: String,
    /// The text.
    pub text: String,
    /// How far it has come.
    pub state: MessageState,
    /// Warnings that the student confirmed.
    pub confirmed: Vec<Confirmed>,
    /// Rules that the student switched off for this message.
    pub switched_off: Vec<String>,
    /// The earlier message of the same conversation that it follows.
    pub follows: Option<MessageId>,
    /// The day it was sent, in the student's zone.
    pub sent_on: Option<Date>,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// The Message-ID that its `.eml` carries, so that a reply can be found.
    pub mail_id: String,
}
