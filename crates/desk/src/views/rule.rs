//! One rule on messages: why it is there, what it rests on, what it flags.

use serde::Serialize;
use store::Reader;

use super::compose::{SourceLine, source_lines};
use super::guards::{LimitLine, limits};
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
    pub flags: Vec<RuleExample>,
    /// Texts that it leaves alone.
    pub allows: Vec<RuleExample>,
    /// Whether it speaks in the composer.
    pub on: bool,
    /// Whether the student may switch it off.
    pub can_be_switched_off: bool,
    /// The number that it keeps to, where that can be set.
    pub limit: Option<LimitLine>,
    /// Whether a classifier takes part, beside the wordings that the rule knows.
    pub learned: bool,
    /// Whether it rests on the agreement of the Match.
    pub rests_on_match: bool,
    /// The day on which the reference data were put together.
    pub data_of: &'static str,
}

/// A text that a rule flags or leaves alone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleExample {
    /// The text.
    pub text: &'static str,
    /// To whom, when and how, as far as that counts among the rule's examples;
    /// the same words may be right to a mentor and wrong to a stranger.
    pub when: String,
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
    let limit = limits(reader)?.into_iter().find(|limit| limit.rule == code);
    let meta = rule.meta;
    let all = || meta.flags.iter().chain(meta.allows);
    let counts = |key: &str| all().any(|example| settings_of(example).any(|(it, _)| it == key));
    let compared: Vec<&str> = USUAL
        .into_iter()
        .map(|(key, _)| key)
        .filter(|key| counts(key))
        .collect();
    let lines = |examples: &'static [lint::Example]| {
        let lines = examples.iter().map(|example| RuleExample {
            text: example.text,
            when: when(example, &compared),
        });
        lines.collect()
    };
    Ok(RuleView {
        code: meta.name,
        level: meta.level.word(),
        why: meta.why,
        scope: meta.scope,
        sources: source_lines(meta.source),
        flags: lines(meta.flags),
        allows: lines(meta.allows),
        on: !rules_off(&settings).contains(meta.name),
        can_be_switched_off: meta.can_be_switched_off,
        limit,
        learned: rule.is_learned(),
        rests_on_match: meta.source.contains(&"lint.match_rules"),
        data_of: DATA_OF,
    })
}

/// What an example is where its setup says nothing else (see
/// [`lint::Example::message`]), of the keys whose difference is told.
const USUAL: [(&str, &str); 3] = [
    ("channel", "email"),
    ("to", "stranger"),
    ("phase", "off-season"),
];

fn settings_of(example: &lint::Example) -> impl Iterator<Item = (&'static str, &'static str)> {
    let setup = example.setup;
    setup.split("; ").filter_map(|it| it.split_once('='))
}

/// Returns to whom, when and how a text of an example goes, as far as the keys
/// that are compared, and what else its setup says, tell it.
fn when(example: &lint::Example, compared: &[&str]) -> String {
    let said: Vec<(&str, &str)> = settings_of(example).collect();
    let usual = USUAL
        .into_iter()
        .filter(|(key, _)| compared.contains(key) && !said.iter().any(|(it, _)| it == key));
    let words = usual
        .chain(said.iter().copied())
        .filter_map(|(key, value)| in_words(key, value));
    words.collect::<Vec<_>>().join(", ")
}

/// Returns what one setting of an example means.
fn in_words(key: &str, value: &str) -> Option<String> {
    let words = match (key, value) {
        ("channel", "email") => "in an e-mail",
        ("channel", "linkedin-note") => "in a LinkedIn note",
        ("channel", "post" | "x-post") => "in public",
        ("channel", "spoken") => "said aloud",
        ("to", "stranger") => "to a stranger",
        ("to", "met-once") => "to somebody met once",
        ("to", "worked-with") => "to somebody you worked with",
        ("to", "mentor") => "to a mentor",
        ("to", "advocate") => "to somebody who speaks for you",
        ("phase", "off-season") => "outside the season",
        ("phase", "application") => "while applications are open",
        ("phase", "interview") => "in the interview season",
        ("phase", "ranking") => "while rank lists are made",
        ("phase", "post-match") => "after Match Day",
        ("reply", "true") => "as an answer",
        ("days", days) => return Some(format!("known for {days} days")),
        ("date", day) => return Some(format!("on {day}")),
        ("name", name) => return Some(format!("to {name}")),
        ("role", "audience") => "to everybody",
        ("role", role) => return Some(format!("who is {role}")),
        ("greet", name) => return Some(format!("who asked to be called {name}")),
        ("subject", subject) => return Some(format!("under the subject \"{}\"", subject.trim())),
        ("scenario", scenario) => {
            let mut templates = lint::TEMPLATES.iter();
            let template = templates.find(|it| it.scenario.word() == scenario)?;
            return Some(format!("in \"{}\"", template.title));
        }
        _ => return None,
    };
    Some(words.to_owned())
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_setting_of_an_example_has_words() {
        for rule in lint::RULES {
            for example in rule.meta.flags.iter().chain(rule.meta.allows) {
                for (key, value) in settings_of(example) {
                    assert!(in_words(key, value).is_some(), "{key}={value}");
                }
            }
        }
    }

    #[test]
    fn no_text_is_flagged_and_left_alone_under_the_same_words() {
        for rule in lint::RULES {
            let meta = rule.meta;
            let keys = USUAL.map(|(key, _)| key);
            let flagged: HashSet<(&str, String)> = meta
                .flags
                .iter()
                .map(|it| (it.text, when(it, &keys)))
                .collect();
            for example in meta.allows {
                let line = (example.text, when(example, &keys));
                assert!(!flagged.contains(&line), "{}: {line:?}", meta.name);
            }
        }
    }

    #[test]
    fn what_is_usual_is_told_only_where_it_makes_a_difference() {
        let mentor = lint::Example::with("to=mentor", "x");
        let stranger = lint::Example::plain("x");
        assert_eq!(when(&mentor, &["to"]), "to a mentor");
        assert_eq!(when(&stranger, &["to"]), "to a stranger");
        assert_eq!(when(&stranger, &[]), "");
    }
}
