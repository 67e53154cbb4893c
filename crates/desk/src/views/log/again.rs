//! Whether what a line tells is logged already.

use std::collections::{BTreeSet, HashSet};

use domain::{Exchange, Interaction, InteractionId, PersonId};
use formats::log_line::{LogReading, PersonReading, is_no_day};
use jiff::civil::Date;
use store::Snapshot;

use super::program_at;
use crate::Result;
use crate::places::Places;

/// What tells a line from the same one that is logged already.
pub(super) const HAPPENED_TWICE: &str =
    "If it happened twice, add what was different, as in \"second call\".";

/// Returns what is said of a line that tells no day and is logged on another one.
pub(crate) fn logged_other_day(day: Date) -> String {
    format!(
        "The same is logged on {}, and the line tells no day. If it happened again, write \"today\" in it.",
        domain::day_in_words(day)
    )
}

/// Returns the interaction that a line tells, with these people.
pub(crate) fn told_interaction(
    places: &Places,
    reading: &LogReading,
    id: InteractionId,
    people: Vec<PersonId>,
) -> Interaction {
    let program = program_at(places, &reading.place);
    let mut note = reading.note.clone();
    if program.is_none() && !reading.place.is_empty() {
        // A place that names no single program is kept in the note's words.
        if !note.is_empty() {
            note.push(' ');
        }
        note.push_str(&format!("(at {})", reading.place));
    }
    Interaction {
        id,
        people,
        day: reading.day,
        channel: reading.channel,
        direction: reading.direction,
        duration_min: reading.duration_min,
        event: reading.event.clone(),
        program,
        note,
        exchanges: reading.exchanges.clone(),
        follow_up: reading.follow_up,
        message: None,
    }
}

/// Returns the day on which all that a line tells is logged already: notes of a
/// telephone are pasted again with their old lines.
///
/// A line that tells no day was taken as that of its pasting, so that an
/// earlier one that tells the same is the same line. One line alone, as it is
/// typed, is the same only where it says more than that somebody was met.
pub(crate) fn logged_on(
    snapshot: &Snapshot<'_>,
    places: &Places,
    reading: &LogReading,
    is_one: bool,
) -> Result<Option<Date>> {
    let people: Option<Vec<PersonId>> = reading
        .people
        .iter()
        .map(|named| match &named.who {
            PersonReading::Known { id, .. } => Some(*id),
            PersonReading::New(_) | PersonReading::Ambiguous(_) => None,
        })
        .collect();
    let Some((first, people)) = people.and_then(|people| Some((*people.first()?, people))) else {
        return Ok(None);
    };
    let told = told_interaction(places, reading, InteractionId(first.0), people);
    let as_sets = |interaction: &Interaction| {
        let people: BTreeSet<PersonId> = interaction.people.iter().copied().collect();
        let exchanges: HashSet<Exchange> = interaction.exchanges.iter().cloned().collect();
        (people, exchanges)
    };
    let mut alike = snapshot.interactions_like(first, &told)?;
    let tells_more =
        !told.note.is_empty() || !told.exchanges.is_empty() || !reading.promises.is_empty();
    if reading.problems.iter().any(is_no_day) && (!is_one || tells_more) {
        alike.extend(snapshot.interactions_like_before(first, &told)?);
    }
    for stored in alike {
        let is_same = as_sets(&stored) == as_sets(&told)
            && (stored.duration_min, &stored.program, stored.follow_up)
                == (told.duration_min, &told.program, told.follow_up);
        if is_same && promises_are_there(snapshot, &stored, reading)? {
            return Ok(Some(stored.day));
        }
    }
    Ok(None)
}

/// Returns whether each promise of a line came out of an interaction already,
/// whatever has become of it. "By Fri" is another day on another day.
fn promises_are_there(
    snapshot: &Snapshot<'_>,
    interaction: &Interaction,
    reading: &LogReading,
) -> Result<bool> {
    if reading.promises.is_empty() {
        return Ok(true);
    }
    let is_other_day = interaction.day != reading.day;
    let stored = snapshot.commitments(Some(interaction.people[0]), false)?;
    Ok(reading.promises.iter().all(|promise| {
        stored.iter().any(|it| {
            it.interaction == Some(interaction.id)
                && (it.owner, &it.what) == (promise.owner, &promise.what)
                && (is_other_day || it.due == promise.due)
        })
    }))
}
