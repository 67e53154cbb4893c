//! The end of a rotation: what to ask and whom to thank before it.

use jiff::civil::Date;

use super::{AgendaItem, ItemKey, ItemKind, Urgency, days_between};
use crate::Rotation;
use crate::day_in_words;

/// Days before the last day from which the closing of a rotation is shown (S-004).
pub const ROTATION_CLOSING_DAYS: i32 = 14;
/// Days before the last day within which it is best done today.
const LAST_WEEK: i32 = 8;
/// Days before the last day, counted below zero, from which it is shown no more.
const STILL: i32 = -7;

pub(super) fn items(today: Date, rotations: &[Rotation]) -> impl Iterator<Item = AgendaItem> + '_ {
    rotations.iter().filter_map(move |rotation| {
        let ends = rotation.ends?;
        let urgency = match days_between(today, ends) {
            STILL..=-1 => Urgency::Late,
            0..LAST_WEEK => Urgency::Today,
            LAST_WEEK..=ROTATION_CLOSING_DAYS => Urgency::Soon,
            _ => return None,
        };
        let is_over = ends < today;
        let verb = if is_over { "ended" } else { "ends" };
        Some(AgendaItem {
            key: ItemKey::Rotation(rotation.id),
            kind: ItemKind::Rotation,
            person: None,
            program: None,
            name: rotation.hospital.clone(),
            urgency,
            best_by: Some(ends),
            order: 0,
            why: format!(
                "Your rotation {verb} on {}. Those who saw you work remember it best now.",
                day_in_words(ends)
            ),
            settles: "Done, once you have asked for feedback, asked whether a letter is possible, thanked, and agreed how you stay in touch.".to_owned(),
            aim: format!(
                "At {}: ask for feedback and about a letter, thank, and agree how you stay in touch.",
                rotation.hospital
            ),
            evidence: &[],
        })
    })
}
