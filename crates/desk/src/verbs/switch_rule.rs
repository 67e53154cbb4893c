//! Switches rules and guards for good, and sets the numbers of both.

use domain::GuardSettings;

use crate::switches::{LIMITS, NUMBERS, guard_rows, guard_settings, limit_setting, rule_setting};
use crate::verbs::mend_message::must_be_switchable;
use crate::{Desk, DeskError, Done, Result};

impl Desk {
    /// Switches a rule or guard off, or on again, for every message.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no rule has the code, or where it stays on: the
    /// rules of the Match and of patients' privacy do.
    pub fn switch_rule(&self, code: &str, on: bool) -> Result<Done<()>> {
        must_be_switchable(code)?;
        let word = if on { "on" } else { "off" };
        let description = format!("Switch \"{code}\" {word}");
        self.write("switch-rule", code, &description, |writing| {
            if let Some(guard) = domain::Guard::from_code(code) {
                let mut guards = guard_settings(&writing.settings()?);
                if on {
                    guards.off.remove(&guard);
                } else {
                    guards.off.insert(guard);
                }
                for (key, value) in guard_rows(&guards) {
                    writing.set_setting(&key, &value)?;
                }
                return Ok(());
            }
            let (key, value) = rule_setting(code, on);
            writing.set_setting(&key, value)?;
            Ok(())
        })
    }

    /// Sets the guards on outreach.
    ///
    /// # Errors
    /// [`DeskError::Bad`] names a number that is too large to mean anything, and
    /// bounds that are the wrong way round.
    pub fn set_guards(&self, guards: &GuardSettings) -> Result<Done<()>> {
        let mut copy = guards.clone();
        for number in &NUMBERS {
            let n = *(number.field)(&mut copy);
            if n > number.max {
                let would_do = format!("a number up to {}", number.max);
                return Err(DeskError::bad(number.guard.meta().title, n, would_do));
            }
        }
        let pairs = [
            (guards.conference_min, guards.conference_max),
            (guards.favour_months_min, guards.favour_months_good),
        ];
        if let Some((least, most)) = pairs.into_iter().find(|(least, most)| least > most) {
            let found = format!("{least} to {most}");
            return Err(DeskError::bad(
                "from and to",
                found,
                "the smaller one first",
            ));
        }
        self.write("set-guards", "", "Set the guards on outreach", |writing| {
            for (key, value) in guard_rows(guards) {
                writing.set_setting(&key, &value)?;
            }
            Ok(())
        })
    }

    /// Sets limits that rules keep to, each by its word and as it was typed; an
    /// empty text brings the usual number back.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no limit has the word, or the number makes no sense.
    pub fn set_limits(&self, typed: &[(&str, &str)]) -> Result<Done<()>> {
        let mut rows = Vec::new();
        for (word, text) in typed {
            let Some(limit) = LIMITS.iter().find(|limit| limit.word == *word) else {
                let words = LIMITS.each_ref().map(|limit| limit.word);
                return Err(DeskError::bad("limit", word, words.join(", ")));
            };
            let (least, most) = limit.bounds;
            let n: Option<u32> = match text.trim() {
                "" => None,
                number => {
                    let number = number.parse().ok();
                    let fits = number.filter(|n| (least..=most).contains(n));
                    let would_do = format!("a number from {least} to {most}");
                    Some(fits.ok_or_else(|| DeskError::bad(limit.label, text, would_do))?)
                }
            };
            rows.push((limit_setting(limit), n));
        }
        self.write("set-limits", "", "Set limits of the rules", |writing| {
            for (key, n) in rows {
                match n {
                    Some(n) => writing.set_setting(&key, &n.to_string())?,
                    None => writing.remove_setting(&key)?,
                }
            }
            Ok(())
        })
    }
}
