//! Puts an item of the agenda off, skips it, or calls it done.

use domain::{CommitmentId, CommitmentState, Decision, DecisionKind, day_in_words};
use jiff::civil::Date;
use store::Snapshot;

use crate::places::Places;
use crate::student::Student;
use crate::views::today::agenda_input;
use crate::{Desk, Done, Result};

impl Desk {
    /// Stores what the student decided about an item of Today, and returns
    /// whether one that is put off comes again: the window of a thank-you may
    /// close before. A commitment that is called done is kept, wherever it is
    /// shown.
    ///
    /// # Errors
    /// [`crate::DeskError::NotThere`] where a commitment is called done that is
    /// not stored.
    pub fn decide_item(&self, key: &str, kind: DecisionKind, name: &str) -> Result<Done<bool>> {
        if kind == DecisionKind::Done
            && let Some(id) = commitment_of(key)
        {
            let done = self.settle_commitment(id, CommitmentState::Kept)?;
            return Ok(Done {
                operation: done.operation,
                result: true,
            });
        }
        let what = match kind {
            DecisionKind::Snooze(until) => format!("Put off until {}", day_in_words(until)),
            DecisionKind::Skip => "Skip".to_owned(),
            DecisionKind::Done => "Call done".to_owned(),
        };
        let described = |what: &str| match name {
            "" => what.to_owned(),
            name => format!("{what}: {name}"),
        };
        self.write("decide-item", key, &described(&what), |writing| {
            let comes_back = match kind {
                DecisionKind::Snooze(until) => comes_back(writing, key, until)?,
                DecisionKind::Skip | DecisionKind::Done => true,
            };
            if !comes_back {
                let what = format!("{what}, when its time is over, so it will not come again");
                writing.describe(&described(&what));
            }
            writing.decide(&Decision {
                key: key.to_owned(),
                kind,
            })?;
            Ok(comes_back)
        })
    }
}

/// Kinds of item that end with time, by how their keys begin; the others stay
/// until something settles them, or come again in other words.
const END_WITH_TIME: [&str; 4] = ["follow-up:", "owed:", "rotation:", "rotation-begins:"];

/// Returns whether an item that is due is so on a later day, if nothing happens.
fn comes_back(snapshot: &Snapshot<'_>, key: &str, until: Date) -> Result<bool> {
    if !END_WITH_TIME.iter().any(|begin| key.starts_with(begin)) {
        return Ok(true);
    }
    let places = Places::load(snapshot)?;
    let student = Student::from_settings(&snapshot.settings()?);
    let mut input = agenda_input(snapshot, &places, &student, until)?;
    input.decisions.clear();
    let items = domain::agenda(until, &input).items;
    Ok(items.iter().any(|item| item.key.to_string() == key))
}

fn commitment_of(key: &str) -> Option<CommitmentId> {
    key.strip_prefix("commitment:")?.parse().ok()
}
