//! One rule on messages: why it is there, what it rests on, what it flags.

use serde::Serialize;
use store::Reader;

use super::compose::{SourceLine, source_lines};
use crate::switches::rules_off;
use crate::{DeskError, Result};

/// One rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleView {
    /// Its code.
    pub code: &'static str,
    /// Its usual level.
    pub level: &'static str,
    /// Why it exists.
    pub why: &'static str,
    /// Where it applies.
    pub scope: &'static str,
    /// What it rests on, with how good it is.
    pub sources: Vec<SourceLine>,
    /// Texts that it flags.
    pub flags: Vec<&'static str>,
    /// Texts that it leaves alone.
    pub allows: Vec<&'static str>,
    /// Whether it speaks in the composer.
    pub on: bool,
    /// Whether the student may switch it off.
    pub can_be_switched_off: bool,
    /// Whether it rests on the agreement of the Match.
    pub rests_on_match: bool,
    /// The day on which the reference data were put together.
    pub data_of: &'static str,
}

/// The day on which `networking.toml` was put together (its `meta.compiled`).
const DATA_OF: &str = "2026-11-24";

/// Returns a rule by its code.
///
/// # Errors
/// [`DeskError::NotThere`] where no rule has the code.
pub fn rule(reader: &Reader, code: &str) -> Result<RuleView> {
    let Some(rule) = lint::RULES.iter().find(|rule| rule.meta.name == code) else {
        return Err(DeskError::not_there("rule", code));
    };
    let settings = reader.read(|snapshot| Ok::<_, DeskError>(snapshot.settings()?))?;
    let meta = rule.meta;
    let texts = |examples: &'static [lint::Example]| examples.iter().map(|e| e.text).collect();
    Ok(RuleView {
        code: meta.name,
        level: meta.level.word(),
        why: meta.why,
        scope: meta.scope,
        sources: source_lines(meta.source),
        flags: texts(meta.flags),
        allows: texts(meta.allows),
        on: !rules_off(&settings).contains(meta.name),
        can_be_switched_off: meta.can_be_switched_off,
        rests_on_match: meta.source.contains(&"lint.match_rules"),
        data_of: DATA_OF,
    })
}
