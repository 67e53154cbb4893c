//! What a message may have at most, and what only its template tells of it.

use lint::{Channel, Finding, Level, Template};
use serde::Serialize;

use super::check::FindingLine;
use super::sources::source_lines;

/// Characters in an X post (networking.toml, `lint.channel.x_post`).
const X_POST_CHARS: usize = 280;

/// What is allowed at most; `null` where nothing is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Limits {
    /// Characters.
    pub characters: Option<usize>,
    /// Lines of 72 columns.
    pub lines: Option<usize>,
    /// Seconds when spoken.
    pub seconds: Option<u32>,
}

impl Limits {
    /// Returns the limits of the channel, else those of the template.
    pub(super) fn of(
        record: &lint::Message,
        template: Option<&Template>,
        rules: &lint::Settings,
    ) -> Self {
        let own = template.map(|t| t.limits).unwrap_or_default();
        Self {
            characters: match record.channel {
                Channel::LinkedinNote => Some(rules.linkedin_limit),
                Channel::XPost => Some(X_POST_CHARS),
                _ => own.characters,
            },
            lines: own.lines_max,
            seconds: own.seconds,
        }
    }
}

/// Returns what the template tells beside the rules: that the student's own part
/// is not there, and that the text is longer than this kind of message bears.
pub(super) fn beside_the_rules(
    template: Option<&Template>,
    record: &lint::Message,
    findings: &[Finding],
    rules: &lint::Settings,
    limits: &Limits,
) -> impl Iterator<Item = FindingLine> {
    let not_own = not_own(template, record, findings, rules).map(|found| FindingLine {
        sources: source_lines(&["S-172", "S-173"]),
        ..FindingLine::whole(
            "not-personal",
            Level::Error,
            found,
            "Everybody who uses Vouch has the same templates. Without your own part, the reader \
             gets what ten others may send.",
        )
    });
    let too_long = too_long(record, limits).map(|found| FindingLine {
        sources: source_lines(&["S-041"]),
        can_be_switched_off: true,
        ..FindingLine::whole(
            "too-long",
            Level::Warn,
            found,
            "Each kind of message has a length that its reader has time for.",
        )
    });
    not_own.into_iter().chain(too_long)
}

/// Returns what is said of a text in which the student's own part is not there,
/// whatever rules are switched off. What holds a blank that the rules tell already
/// is told once.
fn not_own(
    template: Option<&Template>,
    record: &lint::Message,
    findings: &[Finding],
    rules: &lint::Settings,
) -> Option<String> {
    let tells = |findings: &[Finding], code: &str| findings.iter().any(|f| f.code == code);
    if tells(findings, "placeholder-left") || record.text.trim().is_empty() {
        return None;
    }
    let is_switched_off = rules.off.contains("not-personal");
    let is_for_anybody = match is_switched_off {
        true => tells(
            &lint::check(record, &lint::Settings::default()),
            "not-personal",
        ),
        false => tells(findings, "not-personal"),
    };
    if let Some(hint) = template.and_then(|t| t.untouched(record, is_for_anybody)) {
        return Some(format!(
            "the part that only you can write is left out; write {hint}"
        ));
    }
    let is_empty = template.is_none() && record.n_own_words(None) == 0;
    is_empty.then(|| "nothing in it is your own; write what you want to say".to_owned())
}

/// Returns by how much a text is too long, where no rule of its own says so.
fn too_long(record: &lint::Message, limits: &Limits) -> Option<String> {
    let measures = lint::measures(record);
    let over = |n: usize, most: Option<usize>| most.filter(|most| n > *most);
    let has_rule = matches!(record.channel, Channel::LinkedinNote | Channel::XPost);
    if let Some(most) = limits
        .seconds
        .filter(|most| measures.spoken_seconds > *most as usize)
    {
        let n = measures.spoken_seconds;
        return Some(format!(
            "it takes {n} seconds to say; at most {most} would do here"
        ));
    }
    if let Some(most) = over(measures.n_chars, limits.characters).filter(|_| !has_rule) {
        let n = measures.n_chars;
        return Some(format!("{n} characters; at most {most} would do here"));
    }
    let most = over(measures.n_lines, limits.lines).filter(|_| !record.is_cold_email())?;
    Some(format!(
        "{} lines; at most {most} would do here",
        measures.n_lines
    ))
}
