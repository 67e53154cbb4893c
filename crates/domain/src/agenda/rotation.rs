//! The first days of a rotation, and its end: what to do, whom to ask and thank.

use std::collections::HashSet;

use jiff::civil::Date;

use super::{AgendaItem, ItemKey, ItemKind, Urgency, days_between, plus_days};
use crate::day_in_words;
use crate::{Rotation, RotationId};

/// Days from the first one on for which the opening of a rotation is shown
/// (S-052, S-053); how many is a choice of ours.
const ROTATION_OPENING_DAYS: i32 = 7;
/// Days before the last day from which the closing of a rotation is shown (S-004).
pub const ROTATION_CLOSING_DAYS: i32 = 14;
/// Days before the last day within which it is best done today.
const LAST_WEEK: i32 = 8;
/// Days before the last day, counted below zero, from which it is shown no more.
const STILL: i32 = -7;

/// Returns what begins and what ends; `begun` are those where nothing of the
/// first days is left to do. Of what has not begun, that whose first days are over
/// before `until`.
pub(super) fn items(
    today: Date,
    until: Date,
    rotations: &[Rotation],
    begun: &HashSet<RotationId>,
) -> impl Iterator<Item = AgendaItem> {
    let opening = rotations
        .iter()
        .filter(|rotation| !begun.contains(&rotation.id))
        .filter_map(move |rotation| opening(today, until, rotation));
    let closing = rotations
        .iter()
        .filter_map(move |rotation| closing(today, rotation));
    opening.chain(closing)
}

fn opening(today: Date, until: Date, rotation: &Rotation) -> Option<AgendaItem> {
    let starts = rotation.starts?;
    let closes = plus_days(starts, ROTATION_OPENING_DAYS - 1);
    let is_shown = rotation.is_on(today) && today <= closes;
    let is_ahead = today < starts && closes < until;
    if !is_shown && !is_ahead {
        return None;
    }
    let verb = if is_ahead { "begins" } else { "began" };
    Some(AgendaItem {
        key: ItemKey::RotationBegins(rotation.id),
        kind: ItemKind::RotationBegins,
        person: None,
        program: None,
        name: rotation.hospital.clone(),
        urgency: if is_ahead {
            Urgency::Soon
        } else {
            Urgency::Today
        },
        best_by: Some(starts),
        closes: Some(closes),
        order: 0,
        why: format!(
            "Your rotation {verb} on {}. The first days are the time to become known to radiology.",
            day_in_words(starts)
        ),
        settles: "The list for the first days, ticked on Here; or done.".to_owned(),
        aim: format!(
            "At {}: find out who is in radiology and IR, and say who you are.",
            rotation.hospital
        ),
        evidence: &[],
    })
}

fn closing(today: Date, rotation: &Rotation) -> Option<AgendaItem> {
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
        closes: Some(ends),
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
}
