//! Ticks a line of a rotation's checklists, or takes the tick back.

use domain::RotationId;

use crate::views::here::{NOT_YET, tick_setting};
use crate::{Desk, DeskError, Done, Result};

/// What becomes of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tick {
    /// It is done.
    Done,
    /// It is open again.
    Open,
    /// It is not done, whatever the log shows.
    NotYet,
}

impl Desk {
    /// Ticks a line of the checklists of a rotation, or takes the tick back.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where there is no such rotation or line.
    pub fn tick_item(&self, rotation: RotationId, word: &str, tick: Tick) -> Result<Done<()>> {
        let Some(item) = facts::here().item(word) else {
            return Err(DeskError::not_there("line of a checklist", word));
        };
        let what = match tick {
            Tick::Done => "Tick",
            Tick::Open => "Take back the tick of",
            Tick::NotYet => "Say that it is not done yet:",
        };
        let description = format!("{what} \"{}\"", item.text);
        let key = tick_setting(rotation, word);
        let today = self.today()?.to_string();
        self.write(
            "tick-item",
            &rotation.to_string(),
            &description,
            |writing| {
                if !writing.rotations()?.iter().any(|it| it.id == rotation) {
                    return Err(DeskError::not_there("rotation", rotation));
                }
                match tick {
                    Tick::Done => writing.set_setting(&key, &today)?,
                    Tick::Open => writing.remove_setting(&key)?,
                    Tick::NotYet => writing.set_setting(&key, NOT_YET)?,
                }
                Ok(())
            },
        )
    }
}
