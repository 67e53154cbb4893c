//! A reading as the line that reads back the same.

use std::fmt::Write as _;

use domain::{Direction, Exchange, ExchangeKind, Owner};

use super::length::minutes;
use super::marked::is_article;
use super::phrases::{is_plain_name, is_plain_place};
use super::token::quote;
use super::{LogReading, Promise};

/// Returns a line that says the same: [`super::parse`] of it, with the same
/// names, is the reading it was printed from, but for the spans.
pub fn print(reading: &LogReading) -> String {
    let mut line = format!("{} {}", reading.day, reading.channel.word());
    let (joiner, needs_tag) = direction_words(reading);
    let people: Vec<String> = reading
        .people
        .iter()
        .map(|named| {
            if is_plain_name(&named.written) {
                named.written.clone()
            } else {
                format!("[{}]", named.written)
            }
        })
        .collect();
    if !people.is_empty() {
        write_to(
            &mut line,
            format_args!(" {joiner} {}", people.join(" and ")),
        );
    }
    if !reading.event.is_empty() {
        write_to(
            &mut line,
            format_args!(" @{}", bare_or_quoted(&reading.event)),
        );
    }
    if !reading.place.is_empty() {
        if is_plain_place(&reading.place) {
            write_to(&mut line, format_args!(" at {}", reading.place));
        } else {
            write_to(&mut line, format_args!(" at {}", quote(&reading.place)));
        }
    }
    if let Some(minutes) = reading.duration_min {
        write_to(&mut line, format_args!(" {minutes} min"));
    }
    if needs_tag {
        write_to(&mut line, format_args!(" #{}", reading.direction.word()));
    }
    for exchange in &reading.exchanges {
        print_exchange(&mut line, exchange);
    }
    for promise in &reading.promises {
        print_promise(&mut line, promise);
    }
    if reading.follow_up {
        line.push_str(" #follow-up");
    }
    if !reading.note.is_empty() {
        write_to(&mut line, format_args!(" {}", quote(&reading.note)));
    }
    line
}

fn write_to(line: &mut String, text: std::fmt::Arguments) {
    // Writing to a string cannot fail.
    let _ = line.write_fmt(text);
}

/// Returns the word before the people, and whether the direction needs a tag
/// because the line would be read otherwise without it.
fn direction_words(reading: &LogReading) -> (&'static str, bool) {
    let is_written = reading.channel.is_written();
    if !is_written {
        return ("with", reading.direction != Direction::Mutual);
    }
    let joiner = match reading.direction {
        Direction::Incoming => "from",
        Direction::Outgoing => "to",
        Direction::Mutual => "with",
    };
    (joiner, reading.people.is_empty())
}

fn print_exchange(line: &mut String, exchange: &Exchange) {
    let kind = exchange.kind.word();
    let takes_word = matches!(exchange.kind, ExchangeKind::Ask | ExchangeKind::Give);
    let takes_minutes = exchange.kind == ExchangeKind::Give;
    let is_simple = takes_word && is_simple_word(&exchange.what);
    if is_simple && (takes_minutes || exchange.minutes.is_none()) {
        write_to(line, format_args!(" #{kind} {}", exchange.what));
    } else if exchange.what.is_empty() && !takes_word && exchange.minutes.is_none() {
        write_to(line, format_args!(" #{kind}"));
    } else {
        write_to(line, format_args!(" #{kind}={}", quote(&exchange.what)));
    }
    if let Some(minutes) = exchange.minutes {
        write_to(line, format_args!(" {minutes} min"));
    }
}

fn print_promise(line: &mut String, promise: &Promise) {
    let tag = match promise.owner {
        Owner::Student => "promise",
        Owner::Person => "owed",
    };
    write_to(line, format_args!(" #{tag}={}", quote(&promise.what)));
    if let Some(due) = promise.due {
        write_to(line, format_args!(" by {due}"));
    }
}

fn is_bare(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || c == '-' || c == '_')
}

fn bare_or_quoted(text: &str) -> String {
    if is_bare(text) {
        text.to_owned()
    } else {
        quote(text)
    }
}

/// Returns whether a word behind `#ask` or `#give` is read as what was asked
/// or given, and not as a duration.
fn is_simple_word(text: &str) -> bool {
    is_bare(text)
        && text.starts_with(char::is_alphabetic)
        && !is_article(Some(&text.to_lowercase()))
        && [
            &[text][..],
            &[text, "h"],
            &[text, "1", "h"],
            &[text, "hour", "1", "h"],
        ]
        .iter()
        .all(|words| minutes(words).is_none())
}
