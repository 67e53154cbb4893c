//! Whether what a line tells is logged already.

use std::collections::{BTreeSet, HashSet};

use domain::{Exchange, Interaction, InteractionId, PersonId};
use formats::log_line::{LogReading, PersonReading};
use store::Snapshot;

use super::program_at;
use crate::Result;
use crate::places::Places;

/// What tells a line from the same one that is logged already.
pub(super) const HAPPENED_TWICE: &str =
    "If it happened twice, add what was different, as in \"second call\".";

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

/// Returns whether all that a line tells is logged already: notes of a telephone
/// are pasted again with their old lines.
pub(crate) fn is_logged(
    snapshot: &Snapshot<'_>,
    places: &Places,
    reading: &LogReading,
) -> Result<bool> {
    let people: Option<Vec<PersonId>> = reading
        .people
        .iter()
        .map(|named| match &named.who {
            PersonReading::Known { id, .. } => Some(*id),
            PersonReading::New(_) | PersonReading::Ambiguous(_) => None,
        })
        .collect();
    let Some((first, people)) = people.and_then(|people| Some((*people.first()?, people))) else {
        return Ok(false);
    };
    let told = told_interaction(places, reading, InteractionId(first.0), people);
    let as_sets = |interaction: &Interaction| {
        let people: BTreeSet<PersonId> = interaction.people.iter().copied().collect();
        let exchanges: HashSet<Exchange> = interaction.exchanges.iter().cloned().collect();
        (people, exchanges)
    };
    for stored in snapshot.interactions_like(first, &told)? {
        let is_same = as_sets(&stored) == as_sets(&told)
            && (stored.duration_min, &stored.program, stored.follow_up)
                == (told.duration_min, &told.program, told.follow_up);
        if is_same && promises_are_there(snapshot, stored.id, stored.people[0], reading)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Returns whether each promise of a line came out of an interaction already,
/// whatever has become of it.
fn promises_are_there(
    snapshot: &Snapshot<'_>,
    interaction: InteractionId,
    person: PersonId,
    reading: &LogReading,
) -> Result<bool> {
    if reading.promises.is_empty() {
        return Ok(true);
    }
    let stored = snapshot.commitments(Some(person), false)?;
    Ok(reading.promises.iter().all(|promise| {
        stored.iter().any(|it| {
            it.interaction == Some(interaction)
                && (it.owner, &it.what, it.due) == (promise.owner, &promise.what, promise.due)
        })
    }))
}
