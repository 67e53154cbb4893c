//! Puts an item of the agenda off, skips it, or calls it done.

use domain::{Decision, DecisionKind};

use crate::{Desk, Done, Result};

impl Desk {
    /// Stores what the student decided about an item of Today.
    pub fn decide_item(&self, key: &str, kind: DecisionKind, name: &str) -> Result<Done<()>> {
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
