//! Mends a message by one click, confirms a warning, and switches rules off for it.

use domain::{Confirmed, Message, MessageId, MessageStep};

use crate::note_scan::Scan;
use crate::switches::can_be_switched_off;
use crate::verbs::write_message::message_for;
use crate::views::compose::fix_key;
use crate::views::person::heading;
use crate::{Desk, DeskError, Done, Result};

/// The key of the fix that puts spaces right.
pub const TIDY: &str = "tidy";

impl Desk {
    /// Confirms a warning with a word of reason, which is kept: it holds for the
    /// words that are flagged now, and for what the warning says now where it is
    /// about the whole message.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the reason is empty or no such warning stands,
    /// [`DeskError::Patient`] where the reason may tell who a patient is.
    pub fn confirm_warning(&self, id: MessageId, code: &str, reason: &str) -> Result<Done<()>> {
        self.confirm_scanned(id, code, reason, Scan::Strict)
    }

    /// Confirms a warning as [`Desk::confirm_warning`] does, where the student may
    /// have said that the reason is not about a patient.
    ///
    /// # Errors
    /// Those of [`Desk::confirm_warning`].
    pub fn confirm_scanned(
        &self,
        id: MessageId,
        code: &str,
        reason: &str,
        scan: Scan,
    ) -> Result<Done<()>> {
        let reason = reason.trim();
        if reason.is_empty() {
            return Err(DeskError::bad(
                "reason",
                "",
                "a few words why it is right here",
            ));
        }
        scan.allows(reason)?;
        let today = self.today()?;
        let description = format!("Confirm \"{code}\"");
        self.write(
            "confirm-warning",
            &id.to_string(),
            &description,
            |writing| {
                let mut message = message_for(writing, id, MessageStep::Write)?;
                let check = self.check_now(writing, &message, today)?.check;
                let stands = check.findings.iter();
                let stands: Vec<_> = stands
                    .filter(|f| f.code == code && f.level == "warn")
                    .collect();
                if stands.is_empty() {
                    return Err(DeskError::bad(
                        "warning",
                        code,
                        "a warning that stands in the check",
                    ));
                }
                // What is confirmed already keeps its reason, unless nothing else waits.
                let waits = stands.iter().any(|f| f.is_open_warning());
                for finding in stands {
                    if waits && !finding.is_open_warning() {
                        continue;
                    }
                    let about = &finding.about;
                    let confirmed = &mut message.confirmed;
                    confirmed.retain(|known| known.rule != code || known.about != *about);
                    confirmed.push(Confirmed {
                        rule: code.to_owned(),
                        about: about.clone(),
                        reason: reason.to_owned(),
                    });
                }
                self.save_checked(writing, message, today)
            },
        )
    }

    /// Makes the fix of a finding, by the key that the check gives it, or
    /// [`TIDY`], which puts spaces right. Undo brings the old text back.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where the check offers no such fix any more.
    pub fn mend_message(&self, id: MessageId, key: &str) -> Result<Done<()>> {
        let today = self.today()?;
        self.write(
            "mend-message",
            &id.to_string(),
            "Mend a message",
            |writing| {
                let mut message = message_for(writing, id, MessageStep::Write)?;
                let label;
                if key == TIDY {
                    message.text = lint::tidied(&message.text);
                    label = "Put spaces right".to_owned();
                } else {
                    let checked = self.check_now(writing, &message, today)?;
                    let finding = checked.findings.iter().find(|f| fix_key(f) == key);
                    let fix = finding.and_then(|finding| lint::fix(&checked.record, finding));
                    let Some(fix) = fix else {
                        return Err(DeskError::bad(
                            "fix",
                            key,
                            "a fix that stands beside the message",
                        ));
                    };
                    message.text = fix.text;
                    message.subject = fix.subject.unwrap_or(message.subject);
                    label = fix.label;
                }
                writing.describe(&format!("{label} in \"{}\"", heading(&message)));
                self.save_checked(writing, message, today)
            },
        )
    }

    /// Switches a rule or guard off, or on again, for one message.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no rule has the code, or where it stays on: the
    /// rules of the Match and of patients' privacy do.
    pub fn switch_rule_here(&self, id: MessageId, code: &str, on: bool) -> Result<Done<()>> {
        must_be_switchable(code)?;
        let today = self.today()?;
        let word = if on { "on" } else { "off" };
        self.write(
            "switch-rule-here",
            &id.to_string(),
            &format!("Switch \"{code}\" {word} for a message"),
            |writing| {
                let mut message = message_for(writing, id, MessageStep::Write)?;
                message.switched_off.retain(|known| known != code);
                if !on {
                    message.switched_off.push(code.to_owned());
                }
                self.save_checked(writing, message, today)
            },
        )
    }

    /// Saves a message that was changed, as ready or as a draft, whichever the
    /// check says.
    pub(crate) fn save_checked(
        &self,
        writing: &mut store::Writing<'_>,
        mut message: Message,
        today: jiff::civil::Date,
    ) -> Result<()> {
        let check = self.check_now(writing, &message, today)?.check;
        message.state = crate::verbs::write_message::written_state(&check);
        message.changed_at = self.now();
        writing.save_message(&message)?;
        Ok(())
    }
}

/// Refuses a rule that is not there, or that stays on.
pub(crate) fn must_be_switchable(code: &str) -> Result<()> {
    match can_be_switched_off(code) {
        Some(true) => Ok(()),
        Some(false) => Err(DeskError::bad(
            "rule",
            code,
            "any other rule; those of the Match and of patients' privacy stay on",
        )),
        None => Err(DeskError::bad("rule", code, "the code of a rule")),
    }
}
