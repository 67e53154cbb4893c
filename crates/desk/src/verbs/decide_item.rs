//! Puts an item of the agenda off, skips it, or calls it done.

use domain::{CommitmentId, CommitmentState, Decision, DecisionKind};

use crate::{Desk, Done, Result};

impl Desk {
    /// Stores what the student decided about an item of Today. A commitment
    /// that is called done is kept, wherever it is shown.
    ///
    /// # Errors
    /// [`crate::DeskError::NotThere`] where a commitment is called done that is
    /// not stored.
    pub fn decide_item(&self, key: &str, kind: DecisionKind, name: &str) -> Result<Done<()>> {
        if kind == DecisionKind::Done
            && let Some(id) = commitment_of(key)
        {
            return self.settle_commitment(id, CommitmentState::Kept);
        }
        let what = match kind {
            DecisionKind::Snooze(until) => format!("Put off until {until}"),
            DecisionKind::Skip => "Skip".to_owned(),
            DecisionKind::Done => "Call done".to_owned(),
        };
        let description = if name.is_empty() {
            what
        } else {
            format!("{what}: {name}")
        };
        self.write("decide-item", key, &description, |writing| {
            writing.decide(&Decision {
                key: key.to_owned(),
                kind,
            })?;
            Ok(())
        })
    }
}

fn commitment_of(key: &str) -> Option<CommitmentId> {
    key.strip_prefix("commitment:")?.parse().ok()
}
