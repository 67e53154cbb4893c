//! Switches rules and guards for good, and sets the numbers of the guards.

use domain::GuardSettings;

use crate::switches::{NUMBERS, guard_rows, guard_settings, rule_setting};
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
}
