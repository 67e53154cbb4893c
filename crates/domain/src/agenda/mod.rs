//! Who is due today, and why.
//!
//! Nothing here is stored: every item follows from what happened, so logging an
//! interaction settles whatever it settles. Only the student's decisions about
//! an item (snooze, skip, done) come from outside.

mod commitment;
mod follow_up;
mod input;
mod item;
mod program;
mod reply;
mod rhythm;
mod rotation;
mod week;

use std::collections::{HashMap, HashSet};

use jiff::Span;
use jiff::civil::Date;

use crate::{InteractionId, PersonId};

pub use follow_up::{FOLLOW_UP_BEST_DAY, FOLLOW_UP_CLOSED_AFTER, FOLLOW_UP_LATE_AFTER};
pub use input::{
    AgendaInput, AwaitedReply, DueCommitment, FollowUpTrigger, ListedProgram, OwedReply,
    PersonRhythm, Reminders, Unanswered,
};
pub use item::{Agenda, AgendaItem, Decision, DecisionKind, ItemKey, ItemKind, LetGo, Urgency};
pub use program::CONTACT_BEFORE_FAVOUR_MONTHS;
pub use reply::{REPLY_FOLLOW_UPS_MAX, REPLY_NUDGE_AFTER, REPLY_OWED_CLOSED_AFTER};
pub use rhythm::RECONNECT_AFTER;
pub use rotation::ROTATION_CLOSING_DAYS;
pub use week::{Planned, WEEK_ITEMS_MAX, WEEK_MINUTES_USUAL, WeekPlan, week_plan};

/// Returns what is due on `today`.
///
/// Follow-ups come from live interactions of the last
/// [`FOLLOW_UP_CLOSED_AFTER`] days, and from what the student marked: they may be
/// sent from the same day, are best by day 3 and late after day 5. A residency
/// interview never calls for one (E-042). A message that is marked is not also an
/// answer that is owed, and an ask that is marked no longer, once a reminder of it
/// is due. What closes before the student's next usual day is offered now.
/// What a person wrote and the student has not answered is asked for a month; an
/// ask that was made in a talk comes up behind the window of its thank-you.
/// A person has at most one follow-up, from the latest occasion, and no rhythm
/// item beside anything else that is due with them or beside an awaited reply:
/// settling that is being in touch.
///
/// Items are ordered by urgency, then by the day they are best done by, then by
/// kind and name; the same input always gives the same order.
pub fn agenda(today: Date, input: &AgendaInput) -> Agenda {
    agenda_until(today, today, input)
}

/// Returns what is due on `today`, as [`agenda`] does, and what is over before
/// `until` although it is not due yet.
fn agenda_until(today: Date, until: Date, input: &AgendaInput) -> Agenda {
    let mut agenda = Agenda::default();
    let situation = &input.situation;
    let decisions: HashMap<&str, DecisionKind> = input
        .decisions
        .iter()
        .map(|decision| (decision.key.as_str(), decision.kind))
        .collect();
    let is_over = |key: &ItemKey| {
        let decided = decisions.get(key.to_string().as_str());
        matches!(decided, Some(DecisionKind::Skip | DecisionKind::Done))
    };
    let replies = reply::items(today, &input.replies, input.reminders);
    let reminded: HashSet<_> = replies.iter().filter_map(|it| occasion(&it.key)).collect();
    let mut items = follow_up::items(today, &input.follow_ups, situation);
    items.retain(|item| occasion(&item.key).is_none_or(|of| !reminded.contains(&of)));
    let marked: HashSet<_> = items.iter().filter_map(|it| occasion(&it.key)).collect();
    items.extend(reply::owed(today, &input.owed).filter(|item| {
        occasion(&item.key).is_none_or(|of| {
            // What was decided about a marked message holds for the answer to it.
            !marked.contains(&of) && !is_over(&ItemKey::FollowUp(of.0, of.1))
        })
    }));
    items.extend(replies);
    items.extend(commitment::items(
        today,
        until,
        &input.commitments,
        situation,
    ));
    let waits = input.replies.iter();
    let waits = waits.filter(|reply| reply.is_open(input.reminders) && !is_over(&reply.key()));
    let busy: HashSet<PersonId> = items
        .iter()
        .filter(|item| !is_over(&item.key))
        .filter_map(|item| item.person)
        .chain(waits.map(|reply| reply.person))
        .collect();
    items.extend(
        rhythm::items(today, &input.rhythms)
            .filter(|item| item.person.is_none_or(|person| !busy.contains(&person))),
    );
    items.extend(rotation::items(
        today,
        until,
        &situation.rotations,
        &input.begun,
    ));
    items.extend(program::items(today, &input.programs, situation));
    items.retain(|item| match decisions.get(item.key.to_string().as_str()) {
        Some(DecisionKind::Snooze(until)) if today < *until => {
            agenda.snoozed += 1;
            false
        }
        Some(DecisionKind::Skip | DecisionKind::Done) => false,
        _ => true,
    });
    items.sort_by(|a, b| {
        let rank = |item: &AgendaItem| {
            let may_wait = item.urgency >= Urgency::Soon;
            let is_first = item.person.is_some_and(|id| input.first.contains(&id));
            let behind = may_wait && !is_first;
            (item.urgency, behind, item.best_by.unwrap_or(Date::MAX))
        };
        rank(a)
            .cmp(&rank(b))
            .then_with(|| (a.kind, a.order).cmp(&(b.kind, b.order)))
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.key.cmp(&b.key))
    });
    agenda.items = items;
    agenda.let_go = reply::let_go(today, &input.replies, input.reminders);
    agenda
}

/// Returns the interaction with a person from which an item comes, where it comes
/// from one.
fn occasion(key: &ItemKey) -> Option<(InteractionId, PersonId)> {
    match key {
        ItemKey::FollowUp(interaction, person)
        | ItemKey::Ask(interaction, person)
        | ItemKey::Owed(interaction, person) => Some((*interaction, *person)),
        _ => None,
    }
}

fn days_between(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

fn plus_days(day: Date, days: i32) -> Date {
    day.saturating_add(Span::new().days(days))
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
