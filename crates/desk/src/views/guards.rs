//! The guards on outreach and the limits of rules, as the student set them.

use domain::{Guard, GuardSettings};
use serde::Serialize;
use store::Reader;

use super::compose::{SourceLine, source_lines};
use crate::Result;
use crate::switches::{LIMITS, NUMBERS, guard_settings, rule_settings};

/// A number of a guard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NumberLine {
    /// Its word.
    pub word: &'static str,
    /// What a form calls it.
    pub label: &'static str,
    /// What is set.
    pub value: u32,
    /// What it is before the student sets it.
    pub usual: u32,
    /// The least that makes sense.
    pub min: u32,
    /// The most that makes sense.
    pub max: u32,
}

/// A guard.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GuardLine {
    /// Its code.
    pub code: &'static str,
    /// What it keeps.
    pub title: &'static str,
    /// Why.
    pub why: &'static str,
    /// What it rests on, with how good it is.
    pub sources: Vec<SourceLine>,
    /// Whether it is on.
    pub on: bool,
    /// Its numbers.
    pub numbers: Vec<NumberLine>,
}

/// A limit that a rule keeps to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LimitLine {
    /// The code of the rule.
    pub rule: &'static str,
    /// The limit.
    #[serde(flatten)]
    pub number: NumberLine,
}

/// Returns the limits of rules that can be set.
pub fn limits(reader: &Reader) -> Result<Vec<LimitLine>> {
    let stored = reader.read(|snapshot| Ok::<_, crate::DeskError>(snapshot.settings()?))?;
    let (set, usual) = (rule_settings(&stored, &[]), lint::Settings::default());
    let lines = LIMITS.iter().map(|limit| LimitLine {
        rule: limit.rule,
        number: NumberLine {
            word: limit.word,
            label: limit.label,
            value: (limit.get)(&set),
            usual: (limit.get)(&usual),
            min: limit.bounds.0,
            max: limit.bounds.1,
        },
    });
    Ok(lines.collect())
}

/// Returns every guard with what the student set.
pub fn guards(reader: &Reader) -> Result<Vec<GuardLine>> {
    let settings =
        reader.read(|snapshot| Ok::<_, crate::DeskError>(guard_settings(&snapshot.settings()?)))?;
    Ok(guard_lines(&settings))
}

/// Returns every guard with what `settings` say.
pub fn guard_lines(settings: &GuardSettings) -> Vec<GuardLine> {
    let (mut set, mut usual) = (settings.clone(), GuardSettings::default());
    Guard::ALL
        .into_iter()
        .map(|guard| {
            let meta = guard.meta();
            GuardLine {
                code: meta.code,
                title: meta.title,
                why: meta.why,
                sources: source_lines(meta.source),
                on: !settings.off.contains(&guard),
                numbers: NUMBERS
                    .iter()
                    .filter(|number| number.guard == guard)
                    .map(|number| NumberLine {
                        word: number.word,
                        label: number.label,
                        value: *(number.field)(&mut set),
                        usual: *(number.field)(&mut usual),
                        min: 0,
                        max: number.max,
                    })
                    .collect(),
            }
        })
        .collect()
}

/// Returns guards with one number set, by its word; `None` where no number has it.
pub fn with_number(settings: &GuardSettings, word: &str, n: u32) -> Option<GuardSettings> {
    let number = NUMBERS.iter().find(|number| number.word == word)?;
    let mut settings = settings.clone();
    *(number.field)(&mut settings) = n;
    Some(settings)
}
