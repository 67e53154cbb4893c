//! jCard (RFC 7095): a vCard as JSON; one card, a list of cards, or one card a line.

use std::io::BufRead;

use domain::{Problem, Sink};
use serde_json::Value;

use super::card::hand_on_properties;
use super::jcard_split::{CARD_MAX, CardText, Cards};
use super::property::Property;
use super::write::escaped;
use crate::{Format, Head, ReadError};

/// jCard files.
pub const JCARD: Format = Format {
    name: "jcard",
    label: "jCard file (.json)",
    about: "Contacts as JSON, from CardDAV tools.",
    detect,
    read,
};

fn detect(head: &Head) -> bool {
    let start: String = head
        .text
        .chars()
        .filter(|c| !c.is_whitespace())
        .take(10)
        .collect();
    let inner = start.trim_start_matches('[');
    inner.len() < start.len() && inner.to_lowercase().starts_with("\"vcard\"")
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut cards = Cards::new(input);
    let mut number = 0;
    while let Some(text) = cards.next_card() {
        number += 1;
        if !hand_on_text(&text, number, sink) {
            return Ok(());
        }
    }
    if let Some(failure) = cards.failure() {
        sink.problem(crate::unread_rest(failure));
    } else if number == 0 {
        return Err(ReadError::NotThisFormat {
            found: "JSON without any card".to_owned(),
            would_do: "a jCard: [\"vcard\", [ … ]]".to_owned(),
        });
    }
    Ok(())
}

/// Hands on the card that a text begins with, and says what else stands there.
fn hand_on_text(text: &CardText, number: usize, sink: &mut dyn Sink) -> bool {
    const A_CARD: &str = "[\"vcard\", [ … ]]";
    if text.too_long {
        let found = format!("a card of more than {} MB", CARD_MAX >> 20);
        return sink.problem(problem(number, &found, "a smaller card", false));
    }
    let mut values = serde_json::Deserializer::from_slice(&text.bytes).into_iter::<Value>();
    let goes_on = match values.next() {
        Some(Ok(Value::Array(items))) if is_card(&items) => hand_on_card(&items, number, sink),
        Some(Err(_)) => {
            let found = format!(
                "a damaged card, {}",
                crate::text::quoted(String::from_utf8_lossy(&text.bytes).trim())
            );
            return sink.problem(problem(number, &found, A_CARD, false));
        }
        _ => sink.problem(problem(number, "something else than a card", A_CARD, false)),
    };
    let rest = &text.bytes[values.byte_offset()..];
    let is_between = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']');
    if goes_on && !rest.iter().all(is_between) {
        let found = format!(
            "{} behind the card",
            crate::text::quoted(
                String::from_utf8_lossy(rest)
                    .trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ']'))
            )
        );
        return sink.problem(problem(number, &found, A_CARD, true));
    }
    goes_on
}

fn is_card(items: &[Value]) -> bool {
    matches!(items, [Value::String(kind), Value::Array(_), ..] if kind.eq_ignore_ascii_case("vcard"))
}

fn problem(number: usize, found: &str, would_do: &str, record_kept: bool) -> Problem {
    Problem {
        line: 0,
        field: format!("card {number}"),
        found: found.to_owned(),
        would_do: would_do.to_owned(),
        record_kept,
    }
}

fn hand_on_card(items: &[Value], number: usize, sink: &mut dyn Sink) -> bool {
    let mut properties = Vec::new();
    let mut problems = Vec::new();
    let list = items.get(1).and_then(Value::as_array);
    for item in list.into_iter().flatten() {
        match property(item) {
            Some(property) => properties.push(property),
            None => {
                let found = format!("the property {}", crate::text::quoted(&item.to_string()));
                problems.push(problem(
                    number,
                    &found,
                    "[name, {parameters}, type, value]",
                    true,
                ));
            }
        }
    }
    hand_on_properties(0, properties, problems, sink)
}

fn property(item: &Value) -> Option<Property> {
    let [
        Value::String(name),
        Value::Object(params),
        Value::String(_),
        values @ ..,
    ] = item.as_array()?.as_slice()
    else {
        return None;
    };
    let mut property = Property {
        name: name.to_uppercase(),
        ..Property::default()
    };
    let mut raw_name = property.name.clone();
    for (name, value) in params {
        let listed: Vec<String> = match value {
            Value::Array(list) => list.iter().map(plain).collect(),
            value => vec![plain(value)],
        };
        if name == "group" {
            property.group = listed.join("").to_lowercase();
            continue;
        }
        let name = name.to_uppercase();
        raw_name.push_str(&format!(
            ";{name}={}",
            listed.join(",").replace(['\n', ':', ';'], " ")
        ));
        for value in listed {
            property.params.push((name.clone(), value));
        }
    }
    property.values = match values {
        // One value that is a list is structured: name, address, organization.
        [Value::Array(parts)] => parts.iter().map(list).collect(),
        values => values.iter().map(list).collect(),
    };
    property.raw_name = raw_name;
    let parts: Vec<String> = property
        .values
        .iter()
        .map(|list| {
            let texts: Vec<String> = list.iter().map(|text| escaped(text)).collect();
            texts.join(",")
        })
        .collect();
    property.raw_value = parts.join(";");
    Some(property)
}

fn list(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().map(plain).collect(),
        value => vec![plain(value)],
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}
