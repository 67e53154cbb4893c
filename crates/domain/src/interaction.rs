//! What happened between the student and people, and what is owed.

use jiff::civil::Date;

use crate::{CommitmentId, InteractionId, PersonId, ProgramId};

/// How an interaction took place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Channel {
    /// A telephone or video call.
    Call,
    /// A talk face to face.
    Talk,
    /// An e-mail.
    Email,
    /// A LinkedIn note or message.
    LinkedIn,
    /// A text or chat message.
    Chat,
    /// A day of rotation, shadowing or work together.
    Rotation,
    /// A webinar or online session.
    Webinar,
    /// A residency interview.
    Interview,
    /// Anything else.
    Other,
}

impl Channel {
    /// Every channel, in the order of pages.
    pub const ALL: [Self; 9] = [
        Self::Call,
        Self::Talk,
        Self::Email,
        Self::LinkedIn,
        Self::Chat,
        Self::Rotation,
        Self::Webinar,
        Self::Interview,
        Self::Other,
    ];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Talk => "talk",
            Self::Email => "email",
            Self::LinkedIn => "linkedin",
            Self::Chat => "chat",
            Self::Rotation => "rotation",
            Self::Webinar => "webinar",
            Self::Interview => "interview",
            Self::Other => "other",
        }
    }

    /// Returns what sentences and pages call it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Email => "e-mail",
            Self::LinkedIn => "LinkedIn",
            Self::Rotation => "rotation day",
            Self::Other => "contact",
            Self::Call | Self::Talk | Self::Chat | Self::Webinar | Self::Interview => self.word(),
        }
    }

    /// Returns the channel for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|channel| channel.word() == word)
    }

    /// Returns whether both sides talked live.
    pub fn is_live(self) -> bool {
        matches!(
            self,
            Self::Call | Self::Talk | Self::Rotation | Self::Webinar | Self::Interview
        )
    }

    /// Returns whether it is written.
    pub fn is_written(self) -> bool {
        matches!(self, Self::Email | Self::LinkedIn | Self::Chat)
    }
}

/// Who reached out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// The student to the person.
    Outgoing,
    /// The person to the student.
    Incoming,
    /// Both at once, as in a call.
    Mutual,
}

impl Direction {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outgoing => "outgoing",
            Self::Incoming => "incoming",
            Self::Mutual => "mutual",
        }
    }

    /// Returns what stands behind a channel's name in sentences and pages.
    pub fn name(self) -> &'static str {
        match self {
            Self::Outgoing => "from you",
            Self::Incoming => "to you",
            Self::Mutual => "both ways",
        }
    }

    /// Returns the direction for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Outgoing, Self::Incoming, Self::Mutual]
            .into_iter()
            .find(|direction| direction.word() == word)
    }
}

/// Something that happened between the student and one or more people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Interaction {
    /// Its identity.
    pub id: InteractionId,
    /// With whom.
    pub people: Vec<PersonId>,
    /// The day, in the student's own zone.
    pub day: Date,
    /// How it took place.
    pub channel: Channel,
    /// Who reached out.
    pub direction: Direction,
    /// How long it took, in minutes, where known.
    pub duration_min: Option<u32>,
    /// The conference, webinar or interview it belongs to, or empty.
    pub event: String,
    /// The program it is about, where there is one.
    pub program: Option<ProgramId>,
    /// What was said, in the student's words.
    pub note: String,
    /// Asks, gives, introductions and offers to vouch that took place.
    pub exchanges: Vec<Exchange>,
    /// The student wants to follow up although the channel alone would not ask for it.
    pub follow_up: bool,
    /// The message that was sent, where it was one of Vouch's.
    pub message: Option<crate::MessageId>,
}

/// What passed between the student and a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ExchangeKind {
    /// The student asked for something.
    Ask,
    /// The student did something for the person.
    Give,
    /// The person introduced the student, or was introduced to the student.
    Intro,
    /// The person offered to speak for the student.
    Vouch,
}

impl ExchangeKind {
    /// Every kind, in the order of the log line's help.
    pub const ALL: [Self; 4] = [Self::Ask, Self::Give, Self::Intro, Self::Vouch];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Ask => "ask",
            Self::Give => "give",
            Self::Intro => "intro",
            Self::Vouch => "vouch",
        }
    }

    /// Returns the kind for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// One ask, give, introduction or offer to vouch.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Exchange {
    /// What kind it is.
    pub kind: ExchangeKind,
    /// What it was about ("letter", "lit-review"), or empty.
    pub what: String,
    /// Minutes given, where known.
    pub minutes: Option<u32>,
}

/// Who owes what was promised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Owner {
    /// The student promised it.
    Student,
    /// The person promised it.
    Person,
}

impl Owner {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Person => "person",
        }
    }

    /// Returns the owner for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Student, Self::Person]
            .into_iter()
            .find(|o| o.word() == word)
    }
}

/// What became of a commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CommitmentState {
    /// Still owed.
    Open,
    /// Done.
    Kept,
    /// Given back with a word.
    Withdrawn,
}

impl CommitmentState {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Kept => "kept",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// Returns the state for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Open, Self::Kept, Self::Withdrawn]
            .into_iter()
            .find(|state| state.word() == word)
    }
}

/// What somebody owes by a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    /// Its identity.
    pub id: CommitmentId,
    /// The person it was made to, or who made it.
    pub person: PersonId,
    /// The interaction in which it was made, where known.
    pub interaction: Option<InteractionId>,
    /// Who owes it.
    pub owner: Owner,
    /// What is owed.
    pub what: String,
    /// By when, where a date was given.
    pub due: Option<Date>,
    /// What became of it.
    pub state: CommitmentState,
}
