//! The thank-you after a talk, and the word that the student marked as wanted.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::{
    AgendaItem, FollowUpTrigger, ItemKey, ItemKind, Urgency, days_ago, days_between, plus_days,
};
use crate::{Channel, Direction, PersonId, Situation, weekday_name};

/// Days after a talk by which a follow-up is best sent (S-080).
pub const FOLLOW_UP_BEST_DAY: i32 = 3;
/// Days after a talk from which a follow-up is late (S-080).
pub const FOLLOW_UP_LATE_AFTER: i32 = 5;
/// Days after a talk from which a follow-up is no longer offered; the rhythm of
/// the person takes over. A choice of ours.
pub const FOLLOW_UP_CLOSED_AFTER: i32 = 14;

pub(super) fn items(
    today: Date,
    triggers: &[FollowUpTrigger],
    situation: &Situation,
) -> Vec<AgendaItem> {
    let mut latest: BTreeMap<PersonId, &FollowUpTrigger> = BTreeMap::new();
    for trigger in triggers {
        let calls = trigger.wanted || trigger.channel.is_live();
        if !calls || trigger.channel == Channel::Interview || today < trigger.day {
            continue;
        }
        let slot = latest.entry(trigger.person).or_insert(trigger);
        // On one day, the last of the list is the last that was logged.
        if slot.day <= trigger.day {
            *slot = trigger;
        }
    }
    latest
        .into_values()
        .filter_map(|trigger| item(today, trigger, situation))
        .collect()
}

fn item(today: Date, trigger: &FollowUpTrigger, situation: &Situation) -> Option<AgendaItem> {
    let age = days_between(trigger.day, today);
    if age > FOLLOW_UP_CLOSED_AFTER {
        return None;
    }
    let last_day = plus_days(trigger.day, FOLLOW_UP_LATE_AFTER);
    let next_usual = situation.next_usual_day(today);
    let closes_before = next_usual.is_some_and(|next| today <= last_day && last_day < next);
    let urgency = if age > FOLLOW_UP_LATE_AFTER {
        Urgency::Late
    } else if age >= FOLLOW_UP_BEST_DAY || closes_before {
        Urgency::Today
    } else {
        Urgency::Soon
    };
    let (occasion, aim) = if trigger.channel.is_live() {
        thanks(trigger, age, urgency, closes_before, situation)
    } else {
        marked(trigger, age)
    };
    let unsure = match trigger.wrote_that_day {
        true => " You also wrote to them that day; if that was it, mark this as done.",
        false => "",
    };
    Some(AgendaItem {
        key: ItemKey::FollowUp(trigger.interaction, trigger.person),
        kind: ItemKind::FollowUp,
        person: Some(trigger.person),
        program: None,
        name: trigger.name.clone(),
        urgency,
        best_by: Some(plus_days(trigger.day, FOLLOW_UP_BEST_DAY)),
        closes: Some(match urgency {
            Urgency::Late => plus_days(trigger.day, FOLLOW_UP_CLOSED_AFTER),
            _ => last_day,
        }),
        order: 0,
        why: format!("{occasion}{unsure}"),
        settles: "Any written word to this person, sent with Vouch or logged.".to_owned(),
        aim,
        evidence: match trigger.channel.is_live() {
            true => &["E-014"],
            false => &[],
        },
    })
}

/// Returns why a talk calls for a thank-you, and what to aim at.
fn thanks(
    trigger: &FollowUpTrigger,
    age: i32,
    urgency: Urgency,
    closes_before: bool,
    situation: &Situation,
) -> (String, String) {
    let occasion = match (trigger.channel, trigger.event.is_empty()) {
        (Channel::Call, _) => "called".to_owned(),
        (Channel::Rotation, _) => "worked together".to_owned(),
        (_, false) => format!("talked at {}", trigger.event),
        (_, true) => "talked".to_owned(),
    };
    let state = match (urgency, situation.usual_day) {
        (Urgency::Late, _) => {
            "A thank-you was best within five days; a short one is still welcome.".to_owned()
        }
        (Urgency::Today, Some(usual)) if closes_before && age < FOLLOW_UP_BEST_DAY => format!(
            "The window for a thank-you closes before your next {}, so it is offered now.",
            weekday_name(usual)
        ),
        (Urgency::Today, _) => "Day three to five is the window for a thank-you.".to_owned(),
        _ => "A thank-you may go from the same day on, and is best by day three.".to_owned(),
    };
    (
        format!("You {occasion} {}. {state}", days_ago(age)),
        format!(
            "Thank {}, and name one concrete thing you learnt.",
            trigger.name
        ),
    )
}

/// Returns what the student marked, and what to aim at.
fn marked(trigger: &FollowUpTrigger, age: i32) -> (String, String) {
    let (name, ago, how) = (&trigger.name, days_ago(age), trigger.channel.name());
    let is_written = trigger.channel.is_written();
    match trigger.direction {
        Direction::Incoming if is_written => (
            format!("{name} wrote to you {ago} ({how}), and you marked it for a follow-up."),
            format!("Answer {name}, even if briefly."),
        ),
        Direction::Outgoing if is_written => (
            format!("You wrote to {name} {ago} ({how}), and marked it for a follow-up."),
            format!("Write to {name} again, with what the follow-up was to be about."),
        ),
        _ => (
            format!("You were in touch with {name} {ago} ({how}), and marked it for a follow-up."),
            format!("Write to {name}, with what the follow-up was to be about."),
        ),
    }
}
