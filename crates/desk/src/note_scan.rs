//! Looks through notes, before they are saved, for what tells who a patient is.
//!
//! A clean scan proves nothing: it knows patterns, not people, and the
//! hospital's policy rules.

use std::sync::LazyLock;

use jiff::civil::date;
use lint::{Channel, Message, Scenario};
use serde::Serialize;

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
pub const TAKEN_OUT: &str = "(taken out)";

/// What the scan found in a note, and what the note would be without it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct PatientWords {
    /// The words that may tell who a patient is.
    pub found: Vec<String>,
    /// The note without the sentences that hold them, for the student to read
    /// before it is saved.
    pub left: String,
}

impl PatientWords {
    /// Returns whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }
}

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
    /// [`DeskError::Patient`] with the words that were found, and what is left without them.
    pub fn allows(self, note: &str) -> Result<()> {
        self.allows_words(note, || {
            patient_spans(note)
                .into_iter()
                .filter_map(|(start, end)| note.get(start..end).map(str::to_owned))
                .collect()
        })
    }

    /// Refuses a note as [`Scan::allows`] does, where the words of it that may tell who
    /// a patient is are found by whoever knows how it was read.
    pub(crate) fn allows_words(
        self,
        note: &str,
        found: impl FnOnce() -> Vec<String>,
    ) -> Result<()> {
        if self == Self::NotAPatient {
            return Ok(());
        }
        let found = found();
        if found.is_empty() {
            return Ok(());
        }
        let left = without(note, patient_spans_of_day);
        Err(DeskError::Patient(PatientWords { found, left }))
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

/// Returns where the note of what happened on a day may tell who a patient is.
/// The day of care is one of the identifiers, so that "54M with HCC had TACE" is
/// told together with the day of its line.
pub(crate) fn patient_spans_of_day(note: &str) -> Vec<(usize, usize)> {
    let mut spans = patient_spans(note);
    for (start, end) in clauses(note) {
        let clause = &note[start..end];
        let is_found = spans.iter().any(|span| overlap((start, end), *span));
        if is_found || !tells_age(clause) {
            continue;
        }
        if !patient_spans(&format!("Today {clause}.")).is_empty() {
            spans.push((start, end));
        }
    }
    spans.sort_unstable();
    spans
}

/// Returns whether a sentence tells of somebody by age, as records do: "54M",
/// "72yo", "72 y/o", "54-year-old".
fn tells_age(clause: &str) -> bool {
    let lower = clause.to_lowercase();
    let words: Vec<&str> = lower
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
        .collect();
    let is_age =
        |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    words.iter().enumerate().any(|(i, word)| {
        let n_digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let (age, unit) = word.split_at(n_digits);
        let unit = unit.trim_start_matches('-');
        let word_at = |at: usize| words.get(at).copied().unwrap_or_default();
        let in_one = is_age(age) && (AGE_UNITS.contains(&unit) || matches!(unit, "m" | "f"));
        // "54 yo", "54 years old", but not "20 years" and not a catheter of "5 F".
        let behind = word_at(i + 1);
        let is_year = matches!(behind, "yr" | "yrs" | "year" | "years") && word_at(i + 2) == "old";
        in_one || is_age(word) && (AGE_UNITS.contains(&behind) || is_year)
    })
}

/// What stands behind an age.
const AGE_UNITS: &[&str] = &[
    "yo",
    "y/o",
    "y.o",
    "yom",
    "yof",
    "year-old",
    "years-old",
    "yr-old",
    "male",
    "female",
];

/// Returns the note without the sentences in which the scan finds something:
/// what stands beside an identifier often tells the same person, and the scan
/// does not know all of it.
///
/// A sentence ends at a semicolon and at the end of a line, too.
pub fn without_patient(note: &str) -> String {
    without(note, patient_spans)
}

fn without(note: &str, spans_of: fn(&str) -> Vec<(usize, usize)>) -> String {
    let mut text = note.to_owned();
    // What comes together may tell something anew. Each round takes something
    // out; the bound is for a rule that would flag what stands in its place.
    for _ in 0..8 {
        let spans = spans_of(&text);
        if spans.is_empty() {
            return text;
        }
        let mut out = clauses(&text);
        out.retain(|clause| spans.iter().any(|span| overlap(*clause, *span)));
        text = taken_out(&text, &out);
    }
    TAKEN_OUT.to_owned()
}

fn overlap(one: (usize, usize), two: (usize, usize)) -> bool {
    one.0 < two.1 && two.0 < one.1
}

/// Returns the sentences of a note, cut at semicolons and at the ends of lines, in bytes.
pub(crate) fn clauses(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (start, end) in lint::sentence_spans(text) {
        let mut at = start;
        for piece in text[start..end].split_inclusive([';', '\n']) {
            let body = piece.trim_end_matches(|c: char| c == ';' || c.is_whitespace());
            let from = at + (body.len() - body.trim_start().len());
            if from < at + body.len() {
                found.push((from, at + body.len()));
            }
            at += piece.len();
        }
    }
    found
}

/// Returns the text with a mark in place of each range, one for those that
/// follow each other.
pub(crate) fn taken_out(text: &str, ranges: &[(usize, usize)]) -> String {
    let mut rest = String::with_capacity(text.len());
    let mut at = 0;
    for &(start, end) in ranges {
        let between = &text[at..start];
        let follows = rest.ends_with(TAKEN_OUT) && !between.contains(char::is_alphanumeric);
        if !follows {
            rest.push_str(between);
            rest.push_str(TAKEN_OUT);
        }
        at = end;
    }
    rest.push_str(&text[at..]);
    rest
}
