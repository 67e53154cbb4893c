//! One thing that is due, its key, and what the student may decide about it.

use jiff::civil::Date;

use crate::{CommitmentId, InteractionId, MessageId, PersonId, ProgramId, RotationId};

/// What an item is about; the same occasion always has the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKey {
    /// The follow-up to an interaction with a person.
    FollowUp(InteractionId, PersonId),
    /// The reply to a message.
    Reply(MessageId),
    /// The reply to an ask that was logged, by a person.
    Ask(InteractionId, PersonId),
    /// The student's answer to what a person wrote.
    Owed(InteractionId, PersonId),
    /// A commitment.
    Commitment(CommitmentId),
    /// The rhythm of a person, counted from a day.
    Rhythm(PersonId, Date),
    /// The longest silence of a person's rhythm, counted from a day.
    Fading(PersonId, Date),
    /// A long silence, counted from a day.
    Reconnect(PersonId, Date),
    /// A listed program where nobody is known.
    Program(ProgramId),
    /// The first days of a rotation.
    RotationBegins(RotationId),
    /// The end of a rotation.
    Rotation(RotationId),
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::FollowUp(interaction, person) => write!(f, "follow-up:{interaction}:{person}"),
            Self::Reply(message) => write!(f, "reply:{message}"),
            Self::Ask(interaction, person) => write!(f, "ask:{interaction}:{person}"),
            Self::Owed(interaction, person) => write!(f, "owed:{interaction}:{person}"),
            Self::Commitment(commitment) => write!(f, "commitment:{commitment}"),
            Self::Rhythm(person, day) => write!(f, "rhythm:{person}:{day}"),
            Self::Fading(person, day) => write!(f, "fading:{person}:{day}"),
            Self::Reconnect(person, day) => write!(f, "reconnect:{person}:{day}"),
            Self::Program(program) => write!(f, "program:{program}"),
            Self::RotationBegins(rotation) => write!(f, "rotation-begins:{rotation}"),
            Self::Rotation(rotation) => write!(f, "rotation:{rotation}"),
        }
    }
}

/// What the student decided about an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The item, as its key prints.
    pub key: String,
    /// What was decided.
    pub kind: DecisionKind,
}

/// The kinds of decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecisionKind {
    /// Not before this day.
    Snooze(Date),
    /// Not this time.
    Skip,
    /// Done without a trace in the log.
    Done,
}

/// How pressing an item is. The order is the order of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Urgency {
    /// Past its day.
    Late,
    /// Best done today.
    Today,
    /// May be done now, has time.
    Soon,
    /// Worth doing when there is time.
    Whenever,
}

impl Urgency {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Late => "late",
            Self::Today => "today",
            Self::Soon => "soon",
            Self::Whenever => "when there is time",
        }
    }
}

/// What kind of item it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKind {
    /// Write a follow-up.
    FollowUp,
    /// The student owes an answer.
    Owed,
    /// An answer is awaited.
    Reply,
    /// Something is owed.
    Commitment,
    /// A rotation begins.
    RotationBegins,
    /// A rotation ends.
    Rotation,
    /// The silence has lasted as long as it may.
    Fading,
    /// A silence of a year or more.
    Reconnect,
    /// It is time to be in touch.
    Rhythm,
    /// Nobody is known at a program.
    Program,
}

impl ItemKind {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::FollowUp => "follow-up",
            Self::Owed => "reply owed",
            Self::Reply => "reply awaited",
            Self::Commitment => "commitment",
            Self::RotationBegins => "rotation begins",
            Self::Rotation => "rotation ends",
            Self::Fading => "going quiet",
            Self::Reconnect => "reconnect",
            Self::Rhythm => "keep in touch",
            Self::Program => "nobody there",
        }
    }

    /// Returns the minutes that one such item usually takes: choices of ours,
    /// with which the plan of the week is filled.
    pub fn minutes(self) -> u32 {
        match self {
            Self::Reply => 5,
            Self::FollowUp | Self::Owed | Self::Fading | Self::Rhythm => 10,
            Self::RotationBegins | Self::Rotation | Self::Reconnect | Self::Program => 20,
            Self::Commitment => 30,
        }
    }
}

/// One thing that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgendaItem {
    /// What it is about.
    pub key: ItemKey,
    /// What kind it is.
    pub kind: ItemKind,
    /// Whom it concerns.
    pub person: Option<PersonId>,
    /// Which program it concerns.
    pub program: Option<ProgramId>,
    /// The person's, program's or hospital's name.
    pub name: String,
    /// How pressing it is.
    pub urgency: Urgency,
    /// The day by which it is best done, where there is one.
    pub best_by: Option<Date>,
    /// The last day on which it is in time, where there is one; it is late or
    /// no longer offered behind it.
    pub closes: Option<Date>,
    /// Where it stands among items of its kind that have no day, first is 0.
    pub order: usize,
    /// Why it stands here, as a sentence.
    pub why: String,
    /// What settles it, as a sentence.
    pub settles: String,
    /// What to aim at, as a sentence.
    pub aim: String,
    /// The ids of the evidence behind it, such as `E-006`.
    pub evidence: &'static [&'static str],
}

/// A wait that is over: the student wrote, reminded, and leaves it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LetGo {
    /// Who did not answer.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// What it was about.
    pub about: String,
    /// The day of the last reminder.
    pub last_sent: Date,
}

/// What is due, most pressing first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// The items.
    pub items: Vec<AgendaItem>,
    /// Items that the student put off to a later day.
    pub snoozed: usize,
    /// Waits that have closed on their own lately, latest first.
    pub let_go: Vec<LetGo>,
}
