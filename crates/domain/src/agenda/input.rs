//! Everything that the agenda is computed from.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{Decision, REPLY_FOLLOW_UPS_MAX, REPLY_NUDGE_AFTER};
use crate::{
    Cadence, Channel, CommitmentId, Direction, InteractionId, MessageId, Owner, PersonId,
    ProgramId, RotationId, Situation, Track,
};

/// An interaction that calls for a written follow-up: the student has sent or
/// logged no written word to the person after it.
#[derive(Clone, Debug)]
pub struct FollowUpTrigger {
    /// The interaction.
    pub interaction: InteractionId,
    /// With whom.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The day it took place.
    pub day: Date,
    /// How it took place.
    pub channel: Channel,
    /// Who reached out.
    pub direction: Direction,
    /// The student asked for a follow-up although the channel would not.
    pub wanted: bool,
    /// Something that was written to the person on that day was logged before it,
    /// and may have come after it all the same.
    pub wrote_that_day: bool,
    /// The event, or empty.
    pub event: String,
}

/// What an answer is awaited to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unanswered {
    /// A message that was written with Vouch.
    Message(MessageId),
    /// A written ask that was logged.
    Ask(InteractionId),
    /// An ask of a talk that was logged.
    Talk(InteractionId),
}

/// Something written that was not answered yet.
#[derive(Clone, Debug)]
pub struct AwaitedReply {
    /// What was written.
    pub to: Unanswered,
    /// To whom.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The subject, what was asked, or the first words of the text.
    pub about: String,
    /// The day of the first unanswered word.
    pub first_sent: Date,
    /// The day of the latest unanswered word.
    pub last_sent: Date,
    /// Unanswered words after the first one; the thank-you after a talk is none.
    pub follow_ups: u32,
}

/// Something a person wrote, after which nothing happened with them.
#[derive(Clone, Debug)]
pub struct OwedReply {
    /// The interaction.
    pub interaction: InteractionId,
    /// Who wrote it.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The day it came.
    pub day: Date,
    /// How it came.
    pub channel: Channel,
    /// The first words of what was noted, or empty.
    pub about: String,
}

/// The rhythm of a person.
#[derive(Clone, Debug)]
pub struct PersonRhythm {
    /// Who it is.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The days wanted between two interactions, and the longest silence.
    pub cadence: Cadence,
    /// The day of the last interaction, or the first day where none is logged.
    pub last: Option<Date>,
}

/// A program on the student's list.
#[derive(Clone, Debug)]
pub struct ListedProgram {
    /// Which program.
    pub program: ProgramId,
    /// Its name.
    pub name: String,
    /// Its track, where known.
    pub track: Option<Track>,
    /// Whether it meets the student's need of a visa; `None` is not known.
    pub meets_visa: Option<bool>,
    /// The student's own priority, 1 first.
    pub priority: u32,
    /// Whether the student knows anybody there.
    pub knows_anybody: bool,
    /// How many people may be there, whose place the student has not settled.
    pub n_may_be: usize,
}

/// A commitment that is still open.
#[derive(Clone, Debug)]
pub struct DueCommitment {
    /// Which commitment.
    pub commitment: CommitmentId,
    /// With whom.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// What is owed.
    pub what: String,
    /// Who owes it.
    pub owner: Owner,
    /// By when, where a date was given.
    pub due: Option<Date>,
}

/// When to remind of something unanswered, and how often.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reminders {
    /// Days of silence before a reminder.
    pub after_days: u32,
    /// Reminders after which a silence is left alone.
    pub max: u32,
}

impl Default for Reminders {
    fn default() -> Self {
        Self {
            after_days: REPLY_NUDGE_AFTER,
            max: REPLY_FOLLOW_UPS_MAX,
        }
    }
}

/// Everything that the agenda is computed from.
#[derive(Clone, Debug, Default)]
pub struct AgendaInput {
    /// Recent interactions that may call for a follow-up.
    pub follow_ups: Vec<FollowUpTrigger>,
    /// What was written without an answer.
    pub replies: Vec<AwaitedReply>,
    /// What people wrote and the student has not answered.
    pub owed: Vec<OwedReply>,
    /// Open commitments.
    pub commitments: Vec<DueCommitment>,
    /// People with a rhythm.
    pub rhythms: Vec<PersonRhythm>,
    /// Programs on the student's list.
    pub programs: Vec<ListedProgram>,
    /// The student's decisions.
    pub decisions: Vec<Decision>,
    /// When to remind of something unanswered, and how often.
    pub reminders: Reminders,
    /// What the student said about themselves.
    pub situation: Situation,
    /// Rotations whose first things to do are all ticked.
    pub begun: HashSet<RotationId>,
    /// People who come before others of the same urgency: without an IR
    /// program at home, graduates of the school and people where the student
    /// rotates (S-021).
    pub first: HashSet<PersonId>,
}
