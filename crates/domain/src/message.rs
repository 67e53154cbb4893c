//! Outgoing texts and how far they have come.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::{MessageId, PersonId, ProgramId};

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
    /// Warnings that the student confirmed: rule code and the word of reason.
    pub confirmed: Vec<(String, String)>,
    /// The day it was sent, in the student's zone.
    pub sent_on: Option<Date>,
    /// When it was last changed.
    pub changed_at: Timestamp,
    /// The Message-ID that its `.eml` carries, so that a reply can be found.
    pub mail_id: String,
}
