//! jCard (RFC 7095): a vCard as JSON.

use std::io::{BufRead, Read};

use domain::{Problem, Sink};
use serde_json::Value;

use super::card::hand_on_properties;
use super::property::Property;
use super::write::escaped;
use crate::{Format, Head, ReadError};

/// The most bytes of a file that are read.
const JSON_MAX: u64 = 64 << 20;

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
    let not_this = |found: String| ReadError::NotThisFormat {
        found,
        would_do: "a jCard: [\"vcard\", [ … ]]".to_owned(),
    };
    let document: Value = serde_json::from_reader(input.take(JSON_MAX))
        .map_err(|e| not_this(format!("JSON that breaks off ({e})")))?;
    let Value::Array(items) = document else {
        return Err(not_this("JSON that is no list".to_owned()));
    };
    if is_card(&items) {
        hand_on_card(&items, 1, sink);
        return Ok(());
    }
    for (item, number) in items.iter().zip(1..) {
        let goes_on = match item {
            Value::Array(card) if is_card(card) => hand_on_card(card, number, sink),
            _ => sink.problem(problem(
                number,
                "something else than a card",
                "[\"vcard\", [ … ]]",
                false,
            )),
        };
        if !goes_on {
            break;
        }
    }
    Ok(())
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
