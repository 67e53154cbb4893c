//! Says what became of a promise.

use domain::{CommitmentId, CommitmentState};

use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Says what became of a promise.
    ///
    /// # Errors
    /// [`DeskError::NotThere`] where no promise has the id.
    pub fn settle_commitment(&self, id: CommitmentId, state: CommitmentState) -> Result<Done<()>> {
        self.write(
            "settle-commitment",
            &id.to_string(),
            "Settle a promise",
            |writing| {
                let all = writing.commitments(None, false)?;
                let Some(commitment) = all.into_iter().find(|commitment| commitment.id == id)
                else {
                    return Err(DeskError::not_there("promise", id));
                };
                let word = match state {
                    CommitmentState::Open => "Open again",
                    CommitmentState::Kept => "Kept",
                    CommitmentState::Withdrawn => "Withdrawn",
                };
                writing.describe(&format!("{word}: \"{}\"", commitment.what));
                writing.set_commitment_state(id, state)?;
                Ok(())
            },
        )
    }
}
