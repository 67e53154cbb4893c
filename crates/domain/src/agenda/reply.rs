//! Answers that did not come, and when to leave it; and answers that the student owes.

use jiff::civil::Date;

use super::{
    AgendaItem, AwaitedReply, FOLLOW_UP_CLOSED_AFTER, ItemKey, ItemKind, LetGo, OwedReply,
    Reminders, Unanswered, Urgency, days_ago, days_between, days_count, plus_days,
};

/// Days of silence after which a reply counts as awaited long enough to write
/// once more (`cadence.nudge.physician_default_days`, a choice of ours).
pub const REPLY_NUDGE_AFTER: u32 = 7;
/// Follow-ups after which a silence is left alone (`cadence.nudge.max_followups`).
pub const REPLY_FOLLOW_UPS_MAX: u32 = 2;
/// Days after which a reply that the student owes is best sent today: most who
/// answer do so within a day or two (E-011). A choice of ours.
const REPLY_OWED_BEST_DAY: i32 = 2;
/// Days after which a reply that the student owes is no longer asked for; the
/// rhythm of the person takes over. A choice of ours.
pub const REPLY_OWED_CLOSED_AFTER: i32 = 30;
/// Days for which a wait that closed is still told; a choice of ours.
const LET_GO_TOLD_DAYS: i32 = 60;

impl AwaitedReply {
    /// Returns whether a reminder is still left.
    pub(super) fn is_open(&self, reminders: Reminders) -> bool {
        self.follow_ups < reminders.max
    }

    /// Returns what it is about, with the decisions on it.
    pub(super) fn key(&self) -> ItemKey {
        match self.to {
            Unanswered::Message(message) => ItemKey::Reply(message),
            Unanswered::Ask(interaction) | Unanswered::Talk(interaction) => {
                ItemKey::Ask(interaction, self.person)
            }
        }
    }

    /// Returns whether the last word had its time to be answered; an ask of a
    /// talk waits for the thank-you, which may bring it up again.
    fn had_time(&self, today: Date, reminders: Reminders) -> bool {
        let is_fresh = days_between(self.first_sent, today) <= FOLLOW_UP_CLOSED_AFTER;
        if is_fresh && matches!(self.to, Unanswered::Talk(_)) {
            return false;
        }
        let silent = days_between(self.last_sent, today);
        u32::try_from(silent).is_ok_and(|silent| reminders.after_days <= silent)
    }
}

pub(super) fn items(
    today: Date,
    awaited: &[AwaitedReply],
    reminders: Reminders,
) -> Vec<AgendaItem> {
    let due = awaited
        .iter()
        .filter(|reply| reply.is_open(reminders) && reply.had_time(today, reminders));
    due.map(|reply| {
        let left = match reminders.max - reply.follow_ups {
            1 => "one reminder is".to_owned(),
            left => format!("{left} reminders are"),
        };
        let silence = match reply.to {
            Unanswered::Talk(_) => format!(
                "You asked about \"{}\" when you talked, {}, and nothing from them is logged since.",
                reply.about,
                days_ago(days_between(reply.first_sent, today)),
            ),
            Unanswered::Message(_) | Unanswered::Ask(_) => format!(
                "No answer to \"{}\" for {}.",
                reply.about,
                days_count(days_between(reply.last_sent, today)),
            ),
        };
        AgendaItem {
            key: reply.key(),
            kind: ItemKind::Reply,
            person: Some(reply.person),
            program: None,
            name: reply.name.clone(),
            urgency: Urgency::Soon,
            best_by: None,
            closes: None,
            order: 0,
            why: format!(
                "{silence} Silence is common and not personal; {left} left before it is let go."
            ),
            settles: "Their answer, one short reminder, or your decision to leave it.".to_owned(),
            aim: format!("One short reminder to {}, then leave it.", reply.name),
            evidence: &["E-008", "E-006"],
        }
    })
    .collect()
}

/// Returns the answers that the student owes.
pub(super) fn owed(today: Date, owed: &[OwedReply]) -> impl Iterator<Item = AgendaItem> + '_ {
    owed.iter().filter_map(move |reply| {
        let age = days_between(reply.day, today);
        if !(0..=REPLY_OWED_CLOSED_AFTER).contains(&age) {
            return None;
        }
        let about = match reply.about.as_str() {
            "" => String::new(),
            about => format!(": \"{about}\""),
        };
        Some(AgendaItem {
            key: ItemKey::Owed(reply.interaction, reply.person),
            kind: ItemKind::Owed,
            person: Some(reply.person),
            program: None,
            name: reply.name.clone(),
            urgency: if age < REPLY_OWED_BEST_DAY {
                Urgency::Soon
            } else {
                Urgency::Today
            },
            best_by: Some(plus_days(reply.day, REPLY_OWED_BEST_DAY)),
            closes: None,
            order: 0,
            why: format!(
                "They wrote to you {} ({}){about}, and no answer of yours is logged.",
                days_ago(age),
                reply.channel.name(),
            ),
            settles: "Any word to them, sent with Vouch or logged; done, where none is needed."
                .to_owned(),
            aim: format!("Answer {}, even if briefly.", reply.name),
            evidence: &["E-011"],
        })
    })
}

/// Returns the waits that closed lately: both reminders are sent, and the time
/// for an answer to the last one is over.
pub(super) fn let_go(today: Date, awaited: &[AwaitedReply], reminders: Reminders) -> Vec<LetGo> {
    let closed = awaited.iter().filter(|reply| {
        let is_recent = days_between(reply.last_sent, today) <= LET_GO_TOLD_DAYS;
        !reply.is_open(reminders) && reply.had_time(today, reminders) && is_recent
    });
    let mut closed: Vec<LetGo> = closed
        .map(|reply| LetGo {
            person: reply.person,
            name: reply.name.clone(),
            about: reply.about.clone(),
            last_sent: reply.last_sent,
        })
        .collect();
    closed.sort_by(|a, b| {
        b.last_sent
            .cmp(&a.last_sent)
            .then_with(|| a.name.cmp(&b.name))
            .then_with(|| a.person.cmp(&b.person))
    });
    closed
}
