//! Messages of a file, as interactions with the people they were with.

use domain::{Channel, Interaction, InteractionId, Match, PersonId};
use lint::{Message, Scenario, Settings};
use store::{InteractionOf, Writing};

use super::{Import, ImportReport, Messages, PROGRESS_EVERY};
use crate::correspondence::{DayOfMessages, StoredDays, counted};
use crate::views::import::Newcomer;
use crate::{DeskError, Result};

/// The rule by which a text may tell who a patient is.
const PATIENT_RULE: &str = "patient-identifier";

impl Import<'_> {
    /// Stores every day of messages that is not stored yet. `ids` says whom each
    /// row of the preview turned out to be.
    pub(super) fn add_messages(
        &self,
        writing: &mut Writing<'_>,
        ids: &[Option<PersonId>],
        report: &mut ImportReport,
        progress: &mut dyn FnMut(usize) -> bool,
    ) -> Result<()> {
        let days = &self.preview.correspondence.days;
        if days.is_empty() || self.choices.messages == Messages::LeaveOut {
            return Ok(());
        }
        // Only what was stored before counts: within one file each day is its own.
        let stored = StoredDays::load(writing)?;
        for (done, day) in days.iter().enumerate() {
            if done % PROGRESS_EVERY == 0 && !progress(done) {
                return Err(DeskError::Stopped);
            }
            let n = day.texts.len();
            let rows: Vec<usize> = day.people.iter().map(|i| self.preview.row_of(*i)).collect();
            if rows.iter().any(|row| self.is_open(*row, ids)) {
                report.messages_left += n;
                continue;
            }
            let mut people: Vec<PersonId> = Vec::new();
            for id in rows.iter().filter_map(|row| ids[*row]) {
                if !people.contains(&id) {
                    people.push(id);
                }
            }
            if people.is_empty() {
                continue;
            }
            match stored.find(day, &people) {
                Some(before) => self.complete(writing, day, before, report)?,
                None => {
                    let note = self.note(day, report);
                    writing.add_interaction(&Interaction {
                        id: InteractionId(self.desk.new_id()),
                        people,
                        day: day.day,
                        channel: Channel::LinkedIn,
                        direction: day.direction,
                        duration_min: None,
                        event: String::new(),
                        program: None,
                        note,
                        exchanges: Vec::new(),
                        follow_up: false,
                        message: None,
                    })?;
                    report.messages += n;
                }
            }
        }
        Ok(())
    }

    /// Returns whether it is still to be said who a row is.
    fn is_open(&self, row: usize, ids: &[Option<PersonId>]) -> bool {
        ids[row].is_none()
            && match self.preview.matches[row] {
                Match::Ask { .. } => true,
                Match::New => self.preview.newcomer(row) == Newcomer::Unclear,
                _ => false,
            }
    }

    /// Adds to a stored day what a later export tells more: further messages,
    /// or the texts that were left out the first time. What the student wrote
    /// there stays.
    fn complete(
        &self,
        writing: &mut Writing<'_>,
        day: &DayOfMessages,
        before: &InteractionOf,
        report: &mut ImportReport,
    ) -> Result<()> {
        let n = day.texts.len();
        let note = self.note(day, &mut ImportReport::default());
        let n_before = counted(&before.note);
        let is_more = match (n_before, counted(&note)) {
            (Some(n_before), Some(n)) => n > n_before,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (None, None) => {
                !before.note.is_empty()
                    && note.len() > before.note.len()
                    && note.starts_with(&before.note)
            }
        };
        let interaction = if is_more {
            writing.interaction(before.id)?
        } else {
            None
        };
        let Some(mut interaction) = interaction else {
            report.messages_same += n;
            return Ok(());
        };
        interaction.note = self.note(day, report);
        writing.update_interaction(&interaction)?;
        report.messages += n;
        Ok(())
    }

    fn note(&self, day: &DayOfMessages, report: &mut ImportReport) -> String {
        let text = day.text();
        if self.choices.messages != Messages::Texts || text.is_empty() {
            return day.fact();
        }
        if may_tell_a_patient(day, &text) {
            report.texts_withheld += day.texts.len();
            return day.fact();
        }
        text
    }
}

fn may_tell_a_patient(day: &DayOfMessages, text: &str) -> bool {
    let message = Message::new(
        lint::Channel::LinkedinNote,
        Scenario::ThankYou,
        day.day,
        text,
    );
    lint::check(&message, &Settings::default())
        .iter()
        .any(|finding| finding.code == PATIENT_RULE)
}
