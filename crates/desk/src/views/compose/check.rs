//! What the rules say about a message, as a face shows it.

use domain::Person;
use jiff::civil::Date;
use lint::{Finding, Level, Scenario};
use serde::Serialize;
use store::{Reader, Snapshot};

use super::record::{record, sender};
use crate::Result;
use crate::places::Places;
use crate::season::season_phase;
use crate::student::Student;

/// What a rule says about the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingLine {
    /// The rule's code.
    pub code: &'static str,
    /// "error", "warn" or "note".
    pub level: &'static str,
    /// First byte in the text, where it is at a place.
    pub start: Option<usize>,
    /// Byte after the last one.
    pub end: Option<usize>,
    /// The words of the text that it is about, or empty.
    pub quote: String,
    /// What was found, and what would do.
    pub message: String,
    /// Why the rule exists.
    pub why: &'static str,
    /// The student's word of reason, where a warning was confirmed.
    pub confirmed: Option<String>,
}

/// What the check of a text says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Findings on the whole message first, then by position.
    pub findings: Vec<FindingLine>,
    /// Errors.
    pub n_errors: usize,
    /// Warnings that are not confirmed.
    pub n_open_warnings: usize,
    /// Whether the message may be handed over.
    pub ready: bool,
    /// Words.
    pub n_words: usize,
    /// Characters.
    pub n_chars: usize,
    /// Question marks.
    pub n_questions: usize,
}

/// Returns the findings of a text that is no stored message: read as an e-mail
/// from the student to somebody who is not known.
pub fn check_text(
    reader: &Reader,
    today: Date,
    subject: Option<&str>,
    text: &str,
) -> Result<Check> {
    let student = crate::views::set_up::student(reader)?;
    let mut record = lint::Message::new(lint::Channel::Email, Scenario::AlumniIntro, today, text);
    record.sender = sender(&student);
    record.context.season_phase = season_phase(today);
    record.subject = subject.map(str::to_owned);
    let mut findings = lint::check(&record, &settings());
    // Without a record there is no name that the greeting could be compared with,
    // and a bare text has no subject line to miss.
    findings.retain(|finding| {
        finding.code != "wrong-name" && (subject.is_some() || finding.code != "no-subject")
    });
    Ok(check(&record, findings, &[]))
}

/// Returns what the rules say about a stored message, with the warnings that
/// the student confirmed.
pub(crate) fn check_stored(
    snapshot: &Snapshot<'_>,
    places: &Places,
    student: &Student,
    message: &domain::Message,
    person: Option<&Person>,
    today: Date,
) -> Result<Check> {
    let record = record(snapshot, places, student, message, person, today)?;
    let findings = lint::check(&record, &settings());
    Ok(check(&record, findings, &message.confirmed))
}

/// Rules that the composer leaves out, because `docs/lint-quality.md` shows that
/// they are wrong too often to stand in the way of a good message. `vouch check`
/// on records applies them all.
const TOO_OFTEN_WRONG: [&str; 6] = [
    "exaggeration-request",
    "grievance",
    "guarantee-request",
    "overclaim",
    "pressure",
    "unfilled-offer",
];

/// Returns which rules the composer applies.
fn settings() -> lint::Settings {
    lint::Settings {
        off: TOO_OFTEN_WRONG
            .iter()
            .map(|code| (*code).to_owned())
            .collect(),
        ..lint::Settings::default()
    }
}

/// Returns findings as a face shows them.
pub(crate) fn check(
    record: &lint::Message,
    findings: Vec<Finding>,
    confirmed: &[(String, String)],
) -> Check {
    let mut n_errors = 0;
    let mut n_open_warnings = 0;
    let lines: Vec<FindingLine> = findings
        .into_iter()
        .map(|finding| {
            let reason = confirmed
                .iter()
                .find(|(code, _)| code == finding.code && finding.level == Level::Warn)
                .map(|(_, reason)| reason.clone());
            match finding.level {
                Level::Error => n_errors += 1,
                Level::Warn if reason.is_none() => n_open_warnings += 1,
                _ => {}
            }
            let quote = finding
                .start
                .zip(finding.end)
                .and_then(|(start, end)| record.text.get(start..end))
                .unwrap_or_default();
            FindingLine {
                code: finding.code,
                level: finding.level.word(),
                start: finding.start,
                end: finding.end,
                quote: quote.to_owned(),
                message: finding.message,
                why: finding.why,
                confirmed: reason,
            }
        })
        .collect();
    let empty = record.text.trim().is_empty();
    Check {
        findings: lines,
        n_errors,
        n_open_warnings,
        ready: n_errors == 0 && n_open_warnings == 0 && !empty,
        n_words: record.text.split_whitespace().count(),
        n_chars: record.text.chars().count(),
        n_questions: record.text.matches('?').count(),
    }
}
