//! Fixes that are safe: what the record says, and blanks that stand alone.
//!
//! A fix never writes a sentence for the student. It fills in what is known,
//! takes away what says nothing, or puts spaces right.

use crate::analysis::blanks;
use crate::message::display_surname;
use crate::{Finding, Message, Relationship};

/// A fix: what it does, and the message after it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, as a button says it.
    pub label: String,
    /// The subject after it, where it has one.
    pub subject: Option<String>,
    /// The text after it.
    pub text: String,
}

/// Returns the fix of a finding in a message, where one is safe.
///
/// The same message and finding always give the same fix; a finding that does
/// not belong to the message gives none.
pub fn fix(message: &Message, finding: &Finding) -> Option<Fix> {
    match finding.code {
        "missing-salutation" => {
            let greeting = greeting(message)?;
            let rest = without_circular_greeting(&message.text);
            Some(Fix {
                label: format!("Begin with \"{greeting}\""),
                subject: message.subject.clone(),
                text: format!("{greeting}\n\n{rest}"),
            })
        }
        "wrong-name" => {
            let greeting = greeting(message)?;
            let (start, end) = finding.start.zip(finding.end)?;
            let (before, after) = (message.text.get(..start)?, message.text.get(end..)?);
            Some(Fix {
                label: format!("Write \"{greeting}\""),
                subject: message.subject.clone(),
                text: format!("{before}{greeting}{after}"),
            })
        }
        "placeholder-left" => without_blank(message, finding),
        _ => None,
    }
}

/// Returns the greeting that the record tells, where it names somebody.
fn greeting(message: &Message) -> Option<String> {
    let recipient = &message.recipient;
    let called = recipient.greet_as.trim();
    if !called.is_empty() && recipient.relationship != Relationship::Stranger {
        return Some(format!("Dear {called},"));
    }
    let name = recipient.name.trim();
    if name.is_empty() {
        return None;
    }
    Some(match recipient.title.trim() {
        "" => format!("Dear {name},"),
        title => format!("Dear {title} {},", display_surname(name)),
    })
}

/// Returns the text without a first line that greets everybody.
fn without_circular_greeting(text: &str) -> &str {
    let text = text.trim_start();
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let circular = domain::fold_key(first).starts_with("to whom it may concern");
    if circular { rest.trim_start() } else { text }
}

/// Returns the message without a blank that is a line or a sentence of its own.
/// One inside of a sentence would leave half a sentence, so it is left.
fn without_blank(message: &Message, finding: &Finding) -> Option<Fix> {
    let Some((start, end)) = finding.start.zip(finding.end) else {
        let subject = message.subject.as_deref()?;
        let (start, end) = blanks::blanks(subject).into_iter().next()?;
        let rest = spaced(&format!("{}{}", &subject[..start], &subject[end..]));
        return (!rest.is_empty()).then(|| Fix {
            label: "Take the blank out of the subject".to_owned(),
            subject: Some(rest),
            text: message.text.clone(),
        });
    };
    let text = &message.text;
    let (before, after) = (text.get(..start)?, text.get(end..)?);
    let line_before = before.rsplit('\n').next().unwrap_or_default().trim();
    let line_after = after.split('\n').next().unwrap_or_default().trim();
    let opens = line_before.is_empty() || line_before.ends_with(['.', '!', '?']);
    let rest = line_after.trim_start_matches(['.', '!', '?']);
    let closes = rest.is_empty() || rest.len() < line_after.len();
    if !opens || !closes {
        return None;
    }
    let after = after.trim_start_matches([' ', '.', '!', '?']);
    let taken = tidied(&format!("{} {after}", before.trim_end_matches(' ')));
    Some(Fix {
        label: "Take this blank out".to_owned(),
        subject: message.subject.clone(),
        text: taken,
    })
}

fn spaced(text: &str) -> String {
    let mut spaced = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for mark in [",", ".", ";", ":", "?", "!"] {
        spaced = spaced.replace(&format!(" {mark}"), mark);
    }
    spaced
}

/// Returns the text with its spaces put right: none doubled, none at the end of
/// a line or before a comma or full stop, one blank line between paragraphs.
/// Words and line breaks stay as they are.
///
/// ```
/// assert_eq!(lint::tidied("Dear Dr. Rao ,\n\n\n\nthank  you . "), "Dear Dr. Rao,\n\nthank you.");
/// ```
pub fn tidied(text: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        // What is set in by hand (a list) keeps its beginning.
        let body = line.trim_start_matches([' ', '\t', '\u{a0}']);
        let indent = &line[..line.len() - body.len()];
        let tidy = spaced(body);
        let kept = if tidy.is_empty() || indent.len() == 1 {
            tidy
        } else {
            format!("{indent}{tidy}")
        };
        if kept.is_empty() && lines.last().is_none_or(String::is_empty) {
            continue;
        }
        lines.push(kept);
    }
    while lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines.join("\n")
}
