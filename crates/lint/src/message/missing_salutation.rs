//! missing-salutation: an e-mail without a greeting.

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Channel, Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "missing-salutation",
        level: Level::Error,
        why: "A letter begins with the person. Without a greeting it reads like a circular.",
        source: &["S-218"],
        scope: "e-mail that opens a thread",
        flags: &[
            Example::plain("I was in your Friday workshop.\n\nMay I ask one question?"),
            Example::plain("To whom it may concern,\n\nI study medicine."),
        ],
        allows: &[
            Example::with(
                "name=Ola Brzezinska",
                "hello dr. Brzezinska,\n\nOne question.",
            ),
            Example::with("reply=true", "Thursday at four is perfect."),
            Example::with("channel=linkedin-note", "I was in your Friday workshop."),
            Example::plain("[greeting]\n\nI was in your Friday workshop."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let message = a.message;
    if message.channel != Channel::Email || message.context.reply || a.parts.greeting.is_some() {
        return;
    }
    if blank_in_first_line(a) {
        return;
    }
    let name = super::wrong_name::display_surname(&message.recipient.name);
    let title = &message.recipient.title;
    let greeting = match (title.is_empty(), name.is_empty()) {
        (false, false) => format!("\"Dear {title} {name},\""),
        (true, false) => format!("\"Dear {name},\""),
        _ => "\"Dear\" and the name".to_owned(),
    };
    hits.push(Hit::whole(format!(
        "the e-mail has no greeting; open with {greeting}"
    )));
}

/// Returns whether a blank stands where the greeting would be.
pub(super) fn blank_in_first_line(a: &Analysis<'_>) -> bool {
    let raw = &a.message.text;
    let start = raw.len() - raw.trim_start().len();
    let end = raw[start..].find('\n').map_or(raw.len(), |n| start + n);
    a.blanks.iter().any(|&(s, e)| s < end && e > start)
}
