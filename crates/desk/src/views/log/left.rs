//! What is left of a line when the sentences about a patient are taken out of it.

use formats::log_line::LogReading;
use jiff::civil::Date;
use store::Snapshot;

use super::{LogChoices, is_free, patient_words, read, spans_of_line};
use crate::Result;
use crate::note_scan::{TAKEN_OUT, clauses, patient_spans_of_day, taken_out};

/// Returns the line without the sentences in which something may tell who a
/// patient is. Of its first sentence the day, the channel and the names before
/// the note stay, so that what is left can be saved.
pub(super) fn left(
    snapshot: &Snapshot<'_>,
    today: Date,
    line: &str,
    reading: &LogReading,
    choices: &LogChoices,
) -> Result<String> {
    let mut text = line.to_owned();
    let mut reading = reading.clone();
    // What comes together may tell something anew, so it is read again.
    for _ in 0..4 {
        let found = patient_words(&text, &reading);
        if found.is_empty() {
            return Ok(text);
        }
        text = taken_out(&text, &told_of(&text, &reading, &found));
        let mut readings = read(snapshot, today, &text, choices)?.into_iter();
        match (readings.next(), readings.next()) {
            (Some((_, one)), None) => reading = one,
            _ => break,
        }
    }
    Ok(TAKEN_OUT.to_owned())
}

/// Returns the bytes of a line that tell of a patient.
fn told_of(text: &str, reading: &LogReading, found: &[String]) -> Vec<(usize, usize)> {
    let all = clauses(text);
    let holds = |(start, end): (usize, usize)| found.iter().any(|w| text[start..end].contains(w));
    let mut flagged: Vec<usize> = (0..all.len()).filter(|i| holds(all[*i])).collect();
    if flagged.is_empty() {
        // The words stand otherwise in the line than in its note.
        let spans = patient_spans_of_day(text);
        let meets = |(start, end)| spans.iter().any(|span| start < span.1 && span.0 < end);
        flagged = (0..all.len()).filter(|i| meets(all[*i])).collect();
    }
    if flagged.is_empty() {
        flagged = (0..all.len()).collect();
    }
    let free = reading.parts.iter().filter(|part| is_free(part.kind));
    let first_free = free.map(|part| part.span.start).min().unwrap_or(0);
    // A name before the note may be the patient's.
    let named = spans_of_line(text, reading);
    let names_patient = named.iter().any(|(start, _)| *start < first_free);
    let cut = flagged.into_iter().map(|i| {
        let (start, end) = all[i];
        let keeps_head = i == 0 && start < first_free && first_free < end && !names_patient;
        (if keeps_head { first_free } else { start }, end)
    });
    cut.collect()
}
