//! What is owed, by the student or to the student.

use jiff::civil::Date;

use super::{AgendaItem, DueCommitment, ItemKey, ItemKind, Urgency, days_between, days_count};
use crate::day_in_words;
use crate::{Owner, Situation};

/// Days ahead from which a commitment is shown.
const AHEAD: i32 = 7;

/// Returns what is owed within the days that are shown ahead, or before `until`.
pub(super) fn items(
    today: Date,
    until: Date,
    open: &[DueCommitment],
    situation: &Situation,
) -> Vec<AgendaItem> {
    let next_usual = situation.next_usual_day(today);
    let shown = open.iter().filter_map(|commitment| {
        let urgency = match commitment.due {
            None => Urgency::Whenever,
            Some(due) => match days_between(today, due) {
                ..0 => Urgency::Late,
                0 => Urgency::Today,
                // The next usual day comes too late for it.
                1..=AHEAD if next_usual.is_some_and(|next| due < next) => Urgency::Today,
                1..=AHEAD => Urgency::Soon,
                _ if due < until => Urgency::Soon,
                _ => return None,
            },
        };
        Some((commitment, urgency))
    });
    shown
        .map(|(commitment, urgency)| item(today, commitment, urgency))
        .collect()
}

fn item(today: Date, commitment: &DueCommitment, urgency: Urgency) -> AgendaItem {
    let DueCommitment { name, what, .. } = commitment;
    let by = match commitment.due {
        Some(due) if due < today => {
            let late = days_count(days_between(due, today));
            format!("by {}, {late} ago", day_in_words(due))
        }
        Some(due) => format!("by {}", day_in_words(due)),
        None => "without a date".to_owned(),
    };
    let (why, settles, aim) = match commitment.owner {
        Owner::Student => (
            format!("You promised \"{what}\" {by}."),
            "Doing it, or a word that you must step back.",
            format!("Keep your word to {name}: {what}."),
        ),
        Owner::Person => (
            format!("{name} offered \"{what}\" {by}."),
            "What they offered, or a short reminder.",
            format!("Ask {name} kindly about what they offered: \"{what}\"."),
        ),
    };
    AgendaItem {
        key: ItemKey::Commitment(commitment.commitment),
        kind: ItemKind::Commitment,
        person: Some(commitment.person),
        program: None,
        name: name.clone(),
        urgency,
        best_by: commitment.due,
        closes: commitment.due,
        order: 0,
        why,
        settles: settles.to_owned(),
        aim,
        evidence: &[],
    }
}
