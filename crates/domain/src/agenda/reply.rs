//! Answers that did not come, and when to leave it.

use jiff::civil::Date;

use super::{
    AgendaItem, AwaitedReply, ItemKey, ItemKind, LetGo, Reminders, Unanswered, Urgency,
    days_between, days_count,
};

/// Days of silence after which a reply counts as awaited long enough to write
/// once more (`cadence.nudge.physician_default_days`, a choice of ours).
pub const REPLY_NUDGE_AFTER: u32 = 7;
/// Follow-ups after which a silence is left alone (`cadence.nudge.max_followups`).
pub const REPLY_FOLLOW_UPS_MAX: u32 = 2;
/// Days for which a wait that closed is still told; a choice of ours.
const LET_GO_TOLD_DAYS: i32 = 60;

impl AwaitedReply {
    /// Returns whether a reminder is still left.
    pub(super) fn is_open(&self, reminders: Reminders) -> bool {
        self.follow_ups < reminders.max
    }

    /// Returns whether the last word had its time to be answered.
    fn had_time(&self, today: Date, reminders: Reminders) -> bool {
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
        AgendaItem {
            key: match reply.to {
                Unanswered::Message(message) => ItemKey::Reply(message),
                Unanswered::Ask(interaction) => ItemKey::Ask(interaction, reply.person),
            },
            kind: ItemKind::Reply,
            person: Some(reply.person),
            program: None,
            name: reply.name.clone(),
            urgency: Urgency::Soon,
            best_by: None,
            order: 0,
            why: format!(
                "No answer to \"{}\" for {}. Silence is common and not personal; {left} left before it is let go.",
                reply.about,
                days_count(days_between(reply.last_sent, today)),
            ),
            settles: "Their answer, one short reminder, or your decision to leave it.".to_owned(),
            aim: format!("One short reminder to {}, then leave it.", reply.name),
            evidence: &["E-008", "E-006"],
        }
    })
    .collect()
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
