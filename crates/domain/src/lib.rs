//! What things are in Vouch, and pure decisions about them.
//!
//! Nothing here reads a file, asks a clock or knows how it is stored or shown:
//! every answer follows from the arguments alone.

mod agenda;
mod cadence;
mod contact_policy;
mod day;
mod draft;
mod fact;
mod fold;
mod guards;
mod id;
mod interaction;
mod mention;
mod merge;
mod message;
mod name;
mod person;
mod program;
mod reconcile;
mod relationship;
mod situation;
mod specialty;
mod training;

pub use agenda::{
    Agenda, AgendaInput, AgendaItem, AwaitedReply, CONTACT_BEFORE_FAVOUR_MONTHS, Decision,
    DecisionKind, DueCommitment, FOLLOW_UP_BEST_DAY, FOLLOW_UP_CLOSED_AFTER, FOLLOW_UP_LATE_AFTER,
    FollowUpTrigger, ItemKey, ItemKind, LetGo, ListedProgram, OwedReply, PersonRhythm, Planned,
    RECONNECT_AFTER, REPLY_FOLLOW_UPS_MAX, REPLY_NUDGE_AFTER, REPLY_OWED_CLOSED_AFTER,
    ROTATION_CLOSING_DAYS, Reminders, Unanswered, Urgency, WEEK_ITEMS_MAX, WEEK_MINUTES_USUAL,
    WeekPlan, agenda, week_plan,
};
pub use cadence::{Cadence, Cadences, InvalidCadence};
pub use day::day_in_words;
pub use draft::{InteractionDraft, PersonDraft, Problem, Sink};
pub use fact::{Fact, Provenance, Reliability, Standing};
pub use fold::{fold, fold_key};
pub use guards::{
    ContactPolicy, Guard, GuardFinding, GuardLevel, GuardMeta, GuardSettings, OpenMessage,
    Outreach, Reminded, guard_findings,
};
pub use id::{
    CommitmentId, InteractionId, InvalidId, MessageId, OperationId, PersonId, ProgramId,
    RotationId, SiteId,
};
pub use interaction::{
    Channel, Commitment, CommitmentState, Direction, Exchange, ExchangeKind, Interaction, Owner,
};
pub use mention::{FORGOTTEN, Mentions, Named};
pub use merge::{Difference, MergeChoice, MergeField, Merged, differences, merged};
pub use message::{Answer, Confirmed, Message, MessageState, MessageStep};
pub use name::{NameHint, NameLikeness, NameParts, PersonName, likeness, surname_of};
pub use person::{
    Affiliation, Certainty, ContactKind, ContactPoint, Person, Ring, RoleKind, linkedin_key,
    phone_key,
};
pub use program::{Hospital, Program, School, Site, Track};
pub use reconcile::{
    Duplicate, Duplicates, Field, Known, Match, Schools, Strength, Update, cities_of, duplicate,
    duplicates, reconcile, reconcile_watched, uids_of,
};
pub use relationship::{RelationshipEvidence, RelationshipState, relationship};
pub use situation::{
    ApplicationsOpen, Pathway, Rotation, Situation, VisaNeed, WEEKDAYS, weekday_name,
};
pub use specialty::{is_in_ir, is_in_radiology};
pub use training::{is_in_training, years_of_training};
