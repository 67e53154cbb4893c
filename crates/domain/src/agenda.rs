//! Who is due today, and why.
//!
//! Nothing here is stored: every item follows from what happened, so logging an
//! interaction settles whatever it settles. Only the student's decisions about
//! an item (snooze, skip, done) come from outside.

use jiff::civil::Date;

use crate::{
    Channel, CommitmentId, InteractionId, MessageId, Owner, PersonId, ProgramId, RelationshipState,
};

/// Days after a talk by which a follow-up is best sent (S-080).
pub const FOLLOW_UP_BEST_DAY: i32 = 3;
/// Days after a talk from which a follow-up is late (S-080).
pub const FOLLOW_UP_LATE_AFTER: i32 = 5;
/// Days after a talk from which a follow-up is no longer offered; the rhythm of
/// the person takes over. A choice of ours.
pub const FOLLOW_UP_CLOSED_AFTER: i32 = 14;
/// Days of silence after which a reply counts as awaited long enough to write
/// once more (`cadence.nudge.physician_default_days`, a choice of ours).
pub const REPLY_NUDGE_AFTER: i32 = 7;
/// Follow-ups after which a silence is left alone (`cadence.nudge.max_followups`).
pub const REPLY_FOLLOW_UPS_MAX: u32 = 2;

/// A live interaction that calls for a written follow-up, with what came after it.
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
    /// The student asked for a follow-up although the channel would not.
    pub wanted: bool,
    /// The event, or empty.
    pub event: String,
    /// The day of the first written word to the person logged after it.
    pub written_on: Option<Date>,
}

/// A message that was sent and not answered yet.
#[derive(Clone, Debug)]
pub struct AwaitedReply {
    /// The message, or the interaction that stands for it.
    pub message: MessageId,
    /// To whom.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The subject, or the first words of the text.
    pub about: String,
    /// The day of the first unanswered message.
    pub first_sent: Date,
    /// The day of the latest unanswered message.
    pub last_sent: Date,
    /// Unanswered messages sent after the first one.
    pub follow_ups: u32,
}

/// The rhythm of a person.
#[derive(Clone, Debug)]
pub struct PersonRhythm {
    /// Who it is.
    pub person: PersonId,
    /// The person's name.
    pub name: String,
    /// The days wanted between two interactions.
    pub every_days: u16,
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
    /// The student's own priority, 1 first.
    pub priority: u32,
    /// People known there.
    pub people: usize,
    /// How well the student is known there.
    pub state: RelationshipState,
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

/// What an item is about; the same occasion always has the same key.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ItemKey {
    /// The follow-up to an interaction with a person.
    FollowUp(InteractionId, PersonId),
    /// The reply to a message.
    Reply(MessageId),
    /// A commitment.
    Commitment(CommitmentId),
    /// The rhythm of a person, counted from a day.
    Rhythm(PersonId, Option<Date>),
    /// A listed program where nobody is known.
    Program(ProgramId),
}

impl std::fmt::Display for ItemKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::FollowUp(interaction, person) => write!(f, "follow-up:{interaction}:{person}"),
            Self::Reply(message) => write!(f, "reply:{message}"),
            Self::Commitment(commitment) => write!(f, "commitment:{commitment}"),
            Self::Rhythm(person, Some(day)) => write!(f, "rhythm:{person}:{day}"),
            Self::Rhythm(person, None) => write!(f, "rhythm:{person}:never"),
            Self::Program(program) => write!(f, "program:{program}"),
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

/// Everything that the agenda is computed from.
#[derive(Clone, Debug, Default)]
pub struct AgendaInput {
    /// Recent interactions that may call for a follow-up.
    pub follow_ups: Vec<FollowUpTrigger>,
    /// Messages without an answer.
    pub replies: Vec<AwaitedReply>,
    /// Open commitments.
    pub commitments: Vec<DueCommitment>,
    /// People with a rhythm.
    pub rhythms: Vec<PersonRhythm>,
    /// Programs on the student's list.
    pub programs: Vec<ListedProgram>,
    /// The student's decisions.
    pub decisions: Vec<Decision>,
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
    /// An answer is awaited.
    Reply,
    /// Something is owed.
    Commitment,
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
            Self::Reply => "reply awaited",
            Self::Commitment => "commitment",
            Self::Rhythm => "keep in touch",
            Self::Program => "nobody there",
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
    /// The person's or program's name.
    pub name: String,
    /// How pressing it is.
    pub urgency: Urgency,
    /// The day by which it is best done, where there is one.
    pub best_by: Option<Date>,
    /// Why it stands here, as a sentence.
    pub why: String,
    /// What settles it, as a sentence.
    pub settles: String,
}

/// What is due, most pressing first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Agenda {
    /// The items.
    pub items: Vec<AgendaItem>,
    /// Items that the student put off to a later day.
    pub snoozed: usize,
}

/// Returns what is due on `today`.
///
/// Follow-ups come from live interactions of the last
/// [`FOLLOW_UP_CLOSED_AFTER`] days: they may be sent from the same day, are
/// best by day 3 and late after day 5. A residency interview never calls for
/// one (E-042). A person has at most one follow-up, from the latest occasion,
/// and no rhythm item beside it or beside an awaited reply.
///
/// Items are ordered by urgency, then by the day they are best done by, then by
/// name; the same input always gives the same order.
pub fn agenda(today: Date, input: &AgendaInput) -> Agenda {
    let mut agenda = Agenda::default();
    let mut items = follow_ups(today, &input.follow_ups);
    items.extend(replies(today, &input.replies));
    items.extend(commitments(today, &input.commitments));
    let busy: std::collections::HashSet<PersonId> = items
        .iter()
        .filter(|item| item.kind != ItemKind::Commitment)
        .filter_map(|item| item.person)
        .chain(input.replies.iter().map(|reply| reply.person))
        .collect();
    items.extend(
        rhythms(today, &input.rhythms)
            .filter(|item| item.person.is_none_or(|person| !busy.contains(&person))),
    );
    items.extend(programs(&input.programs));

    let decisions: std::collections::HashMap<&str, DecisionKind> = input
        .decisions
        .iter()
        .map(|decision| (decision.key.as_str(), decision.kind))
        .collect();
    items.retain(|item| match decisions.get(item.key.to_string().as_str()) {
        Some(DecisionKind::Snooze(until)) if today < *until => {
            agenda.snoozed += 1;
            false
        }
        Some(DecisionKind::Skip | DecisionKind::Done) => false,
        _ => true,
    });
    items.sort_by(|a, b| {
        let rank = |item: &AgendaItem| (item.urgency, item.best_by.unwrap_or(Date::MAX));
        rank(a)
            .cmp(&rank(b))
            .then_with(|| a.kind.cmp(&b.kind))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.key.cmp(&b.key))
    });
    agenda.items = items;
    agenda
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn plus_days(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

fn follow_ups(today: Date, triggers: &[FollowUpTrigger]) -> Vec<AgendaItem> {
    let mut latest: std::collections::BTreeMap<PersonId, &FollowUpTrigger> = Default::default();
    for trigger in triggers {
        let calls = trigger.wanted || trigger.channel.is_live();
        if !calls || trigger.channel == Channel::Interview || today < trigger.day {
            continue;
        }
        let slot = latest.entry(trigger.person).or_insert(trigger);
        if (slot.day, slot.interaction) < (trigger.day, trigger.interaction) {
            *slot = trigger;
        }
    }
    let open = latest
        .into_values()
        .filter(|trigger| trigger.written_on.is_none());
    open.filter_map(|trigger| {
        let age = days_between(trigger.day, today);
        if age > FOLLOW_UP_CLOSED_AFTER {
            return None;
        }
        let urgency = if age > FOLLOW_UP_LATE_AFTER {
            Urgency::Late
        } else if age >= FOLLOW_UP_BEST_DAY {
            Urgency::Today
        } else {
            Urgency::Soon
        };
        let occasion = match (trigger.channel, trigger.event.is_empty()) {
            (Channel::Call, _) => "called".to_owned(),
            (Channel::Rotation, _) => "spent a day together".to_owned(),
            (_, false) => format!("talked at {}", trigger.event),
            (_, true) => "talked".to_owned(),
        };
        let when = days_ago(age);
        let state = match urgency {
            Urgency::Late => "A thank-you was best within five days; a short one is still welcome.",
            Urgency::Today => "Day three to five is the window for a thank-you.",
            _ => "A thank-you may go from the same day on, and is best by day three.",
        };
        Some(AgendaItem {
            key: ItemKey::FollowUp(trigger.interaction, trigger.person),
            kind: ItemKind::FollowUp,
            person: Some(trigger.person),
            program: None,
            name: trigger.name.clone(),
            urgency,
            best_by: Some(plus_days(trigger.day, FOLLOW_UP_BEST_DAY)),
            why: format!("You {occasion} {when}. {state}"),
            settles: "Any written word to this person, sent with Vouch or logged.".to_owned(),
        })
    })
    .collect()
}

fn replies(today: Date, awaited: &[AwaitedReply]) -> Vec<AgendaItem> {
    let due = awaited.iter().filter(|reply| {
        reply.follow_ups < REPLY_FOLLOW_UPS_MAX
            && days_between(reply.last_sent, today) >= REPLY_NUDGE_AFTER
    });
    due.map(|reply| {
        let left = REPLY_FOLLOW_UPS_MAX - reply.follow_ups;
        AgendaItem {
            key: ItemKey::Reply(reply.message),
            kind: ItemKind::Reply,
            person: Some(reply.person),
            program: None,
            name: reply.name.clone(),
            urgency: Urgency::Soon,
            best_by: None,
            why: format!(
                "No answer to \"{}\" for {}. Silence is common and not personal; {} left before it is let go.",
                reply.about,
                days_count(days_between(reply.last_sent, today)),
                if left == 1 { "one reminder is".to_owned() } else { format!("{left} reminders are") },
            ),
            settles: "Their answer, one short reminder, or your decision to leave it.".to_owned(),
        }
    })
    .collect()
}

fn commitments(today: Date, open: &[DueCommitment]) -> Vec<AgendaItem> {
    /// Days ahead from which a commitment is shown.
    const AHEAD: i32 = 7;
    let shown = open.iter().filter_map(|commitment| {
        let urgency = match commitment.due {
            None => Urgency::Whenever,
            Some(due) => match days_between(today, due) {
                ..0 => Urgency::Late,
                0 => Urgency::Today,
                1..=AHEAD => Urgency::Soon,
                _ => return None,
            },
        };
        Some((commitment, urgency))
    });
    shown
        .map(|(commitment, urgency)| {
            let by = match commitment.due {
                Some(due) => format!("by {}", due.strftime("%-d %b %Y")),
                None => "without a date".to_owned(),
            };
            let (why, settles) = match commitment.owner {
                Owner::Student => (
                    format!("You promised \"{}\" {by}.", commitment.what),
                    "Doing it, or a word that you must step back.".to_owned(),
                ),
                Owner::Person => (
                    format!("{} offered \"{}\" {by}.", commitment.name, commitment.what),
                    "What they offered, or a short reminder.".to_owned(),
                ),
            };
            AgendaItem {
                key: ItemKey::Commitment(commitment.commitment),
                kind: ItemKind::Commitment,
                person: Some(commitment.person),
                program: None,
                name: commitment.name.clone(),
                urgency,
                best_by: commitment.due,
                why,
                settles,
            }
        })
        .collect()
}

fn rhythms(today: Date, rhythms: &[PersonRhythm]) -> impl Iterator<Item = AgendaItem> + '_ {
    rhythms.iter().filter_map(move |rhythm| {
        let last = rhythm.last?;
        let age = days_between(last, today);
        let every = i32::from(rhythm.every_days);
        if age < every {
            return None;
        }
        Some(AgendaItem {
            key: ItemKey::Rhythm(rhythm.person, Some(last)),
            kind: ItemKind::Rhythm,
            person: Some(rhythm.person),
            program: None,
            name: rhythm.name.clone(),
            urgency: if age >= every * 2 {
                Urgency::Soon
            } else {
                Urgency::Whenever
            },
            best_by: Some(plus_days(last, every)),
            why: format!(
                "Last contact {}; you want to be in touch about every {every} days.",
                days_ago(age)
            ),
            settles: "Any interaction with this person.".to_owned(),
        })
    })
}

fn programs(listed: &[ListedProgram]) -> impl Iterator<Item = AgendaItem> + '_ {
    listed
        .iter()
        .filter(|program| program.people == 0)
        .map(|program| AgendaItem {
            key: ItemKey::Program(program.program.clone()),
            kind: ItemKind::Program,
            person: None,
            program: Some(program.program.clone()),
            name: program.name.clone(),
            urgency: Urgency::Whenever,
            best_by: None,
            why: format!(
                "It is on your list (priority {}), and you know nobody there yet.",
                program.priority
            ),
            settles: "A person whose place of work is this program or its hospital.".to_owned(),
        })
}

fn days_count(days: i32) -> String {
    if days == 1 {
        "a day".to_owned()
    } else {
        format!("{days} days")
    }
}

fn days_ago(days: i32) -> String {
    match days {
        0 => "today".to_owned(),
        1 => "yesterday".to_owned(),
        _ => format!("{days} days ago"),
    }
}
