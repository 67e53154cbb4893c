//! Looks through notes, before they are saved, for what tells who a patient is.
//!
//! A clean scan proves nothing: it knows patterns, not people, and the
//! hospital's policy rules.

use std::sync::LazyLock;

use jiff::civil::date;
use lint::{Channel, Message, Scenario};

use crate::{DeskError, Result};

const RULE: &str = "patient-identifier";

/// Every other rule that can be is off. Kept, because an import looks through
/// thousands of notes.
static ONLY_PATIENTS: LazyLock<lint::Settings> = LazyLock::new(|| {
    let others = lint::RULES.iter().map(|rule| rule.meta.name);
    lint::Settings {
        off: others
            .filter(|name| *name != RULE)
            .map(str::to_owned)
            .collect(),
        // A line of a diary is no message, and messages are all that it learned from.
        classifier: false,
        ..lint::Settings::default()
    }
});

/// What stands where something was taken out.
pub(crate) const TAKEN_OUT: &str = "(taken out)";

/// Whether a note may be saved although the scan finds something in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scan {
    /// No: what is found is shown first.
    #[default]
    Strict,
    /// Yes: the student looked at it and says that it is not about a patient.
    NotAPatient,
}

impl Scan {
    /// Refuses a note that may tell who a patient is, unless the student said
    /// that it does not.
    ///
    /// # Errors
    /// [`DeskError::Patient`] with the words that were found.
    pub fn allows(self, note: &str) -> Result<()> {
        if self == Self::NotAPatient {
            return Ok(());
        }
        let found: Vec<String> = patient_spans(note)
            .into_iter()
            .filter_map(|(start, end)| note.get(start..end).map(str::to_owned))
            .collect();
        if found.is_empty() {
            return Ok(());
        }
        Err(DeskError::Patient { found })
    }
}

/// Returns where a note may tell who a patient is, in bytes, in order.
pub fn patient_spans(note: &str) -> Vec<(usize, usize)> {
    if note.trim().is_empty() {
        return Vec::new();
    }
    // A note has no greeting and no signature, as a post has none; the day of
    // writing changes nothing for this rule.
    let message = Message::new(Channel::Post, Scenario::CaseSummary, date(2000, 1, 1), note);
    let mut spans: Vec<(usize, usize)> = lint::check(&message, &ONLY_PATIENTS)
        .into_iter()
        .filter(|finding| finding.code == RULE)
        .filter_map(|finding| finding.start.zip(finding.end))
        .collect();
    spans.sort_unstable();
    spans.dedup();
    spans
}

/// Returns the note with what may tell who a patient is taken out, again and
/// again until nothing more is found.
pub fn without_patient(note: &str) -> String {
    let mut text = note.to_owned();
    // Each round takes something out, so the rounds end; the bound is for a rule
    // that would flag what stands in its place.
    for _ in 0..8 {
        let spans = patient_spans(&text);
        if spans.is_empty() {
            break;
        }
        let mut rest = String::with_capacity(text.len());
        let mut at = 0;
        for (start, end) in spans {
            if start < at {
                continue;
            }
            rest.push_str(&text[at..start]);
            rest.push_str(TAKEN_OUT);
            at = end;
        }
        rest.push_str(&text[at..]);
        text = rest;
    }
    text
}
