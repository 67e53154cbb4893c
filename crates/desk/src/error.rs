//! What can go wrong at the desk, in facts; the faces make sentences of it.

use domain::OperationId;

use crate::note_scan::PatientWords;
use crate::verbs::set_rhythms::BadRhythm;

/// A result at the desk.
pub type Result<T, E = DeskError> = std::result::Result<T, E>;

/// Why a verb or view gave no answer.
#[derive(Debug, thiserror::Error)]
pub enum DeskError {
    /// The data file could not be read or written.
    #[error("{0}")]
    Store(#[from] store::StoreError),
    /// Something that was asked for is not stored.
    #[error("there is no {what} \"{name}\"")]
    NotThere {
        /// What was looked for ("person", "program").
        what: &'static str,
        /// How it was named.
        name: String,
    },
    /// Several things fit where one was meant.
    #[error("\"{name}\" fits several: {}", .candidates.join("; "))]
    Several {
        /// How it was named.
        name: String,
        /// What it may be.
        candidates: Vec<String>,
    },
    /// A value that the student gave cannot be used.
    #[error("{field}: {}", refusal(.found, .would_do))]
    Bad {
        /// The field.
        field: &'static str,
        /// What was found.
        found: String,
        /// What would do.
        would_do: String,
    },
    /// Several answers of one form cannot be used; each says so for itself.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Answers(Vec<DeskError>),
    /// Rhythms that cannot be used.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Rhythms(Vec<BadRhythm>),
    /// A file could not be read at all.
    #[error("{0}")]
    Unreadable(#[from] formats::ReadError),
    /// The vault changed after the preview was made.
    #[error("something was changed after this preview was made, so it was made again")]
    PreviewMoved,
    /// What is changed was changed elsewhere since it was shown.
    #[error("{what} was changed elsewhere after this form was opened")]
    ChangedMeanwhile {
        /// What was changed.
        what: String,
    },
    /// The work was stopped by the student, and left nothing behind.
    #[error("stopped; nothing was changed")]
    Stopped,
    /// Later operations touched the same things.
    #[error("{} later change(s) touched the same things", .later.len())]
    UndoNeedsLater {
        /// Those operations, newest first, with their descriptions.
        later: Vec<(OperationId, String)>,
    },
    /// There is no change that is not undone already.
    #[error("there is nothing to undo")]
    NothingToUndo,
    /// The operation cannot be undone any more.
    #[error("this can no longer be undone: {0}")]
    UndoEnded(String),
    /// A note may tell who a patient is.
    #[error("this may tell who a patient is: {}", .0.found.iter().map(|f| format!("\"{f}\"")).collect::<Vec<_>>().join(", "))]
    Patient(PatientWords),
    /// A message is in a state that does not allow this step.
    #[error("the message is {}; {way_on}", if *.state == "draft" { "a draft" } else { state })]
    WrongStep {
        /// How far it has come.
        state: &'static str,
        /// What would do.
        way_on: &'static str,
    },
    /// The message may not be handed over yet.
    #[error("the message is not ready: {0}")]
    NotReady(String),
}

/// Returns what is wrong with a value, and what to give in its place.
fn refusal(found: &str, would_do: &str) -> String {
    match found.trim() {
        "" => format!("nothing is entered; enter {would_do}"),
        // A reader has put it between quotation marks already.
        found if found.starts_with('"') => format!("{found} cannot be used; use {would_do}"),
        found => format!("\"{found}\" cannot be used; use {would_do}"),
    }
}

impl DeskError {
    /// Returns what was found and what would do, for a place that names the field.
    pub fn without_field(&self) -> String {
        match self {
            Self::Bad {
                found, would_do, ..
            } => refusal(found, would_do),
            other => other.to_string(),
        }
    }

    /// Returns each answer that cannot be used, for itself.
    pub fn into_answers(self) -> Vec<Self> {
        match self {
            Self::Answers(all) => all,
            one => vec![one],
        }
    }

    /// Fails with what is wrong, if anything is.
    pub(crate) fn of_answers(mut wrong: Vec<Self>) -> Result<()> {
        match wrong.len() {
            0 => Ok(()),
            1 => Err(wrong.swap_remove(0)),
            _ => Err(Self::Answers(wrong)),
        }
    }

    pub(crate) fn not_there(what: &'static str, name: impl ToString) -> Self {
        Self::NotThere {
            what,
            name: name.to_string(),
        }
    }

    pub(crate) fn bad(
        field: &'static str,
        found: impl ToString,
        would_do: impl Into<String>,
    ) -> Self {
        Self::Bad {
            field,
            found: found.to_string(),
            would_do: would_do.into(),
        }
    }
}
