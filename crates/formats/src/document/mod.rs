//! JSON documents that are read whole: problems, markets and results.
//!
//! A document is kept as it stands, with keys that come twice, so that what is
//! wrong can be refused with its record and its field. Serde's own readers name
//! a line and a column, which say nothing in a file of one line, and of two
//! equal keys they keep the last.

mod field;

use std::borrow::Cow;
use std::fmt;
use std::io::BufRead;

use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

pub(crate) use field::Field;

use crate::packed::read_all;

/// Why a document, or a value in it, is refused.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    /// The bytes could not be read, or a compressed file is damaged.
    #[error("could not read the file: {0}")]
    Unreadable(#[from] std::io::Error),
    /// The text is not JSON.
    #[error("not JSON: line {line}, column {column}: {message}")]
    NotJson {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What was found there.
        message: String,
    },
    /// A value is missing or is not what it should be.
    #[error("{field}: found {found}; would do: {would_do}")]
    Field {
        /// Where it stands, as in `programs[3].f` or `program 4 ("city"), quota`.
        field: String,
        /// What stands there.
        found: String,
        /// What would do.
        would_do: String,
    },
}

/// A JSON value as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Whole(i128),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    /// In order, with keys that come twice.
    Object(Vec<(String, Json)>),
}

impl Json {
    /// Reads a document, plain or gzip, with a byte order mark or without.
    ///
    /// `NaN` and `Infinity`, which some programs write although JSON has no such
    /// numbers, are read as texts, so that their refusal names the entry.
    pub(crate) fn read(reader: &mut dyn BufRead) -> Result<Self, DocumentError> {
        Self::from_bytes(&read_all(reader)?)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, DocumentError> {
        if bytes.trim_ascii().is_empty() {
            return Err(DocumentError::Field {
                field: "document".to_owned(),
                found: "nothing".to_owned(),
                would_do: "JSON".to_owned(),
            });
        }
        let text = std::str::from_utf8(bytes).map_err(|error| {
            let before = &bytes[..error.valid_up_to()];
            let line_start = before.iter().rposition(|&byte| byte == b'\n');
            DocumentError::NotJson {
                line: 1 + before.iter().filter(|&&byte| byte == b'\n').count(),
                column: before.len() - line_start.map_or(0, |at| at + 1) + 1,
                message: "found bytes that are no UTF-8".to_owned(),
            }
        })?;
        serde_json::from_str(&quote_bare_numbers(text)).map_err(|error| {
            let message = error.to_string();
            // The place has fields of its own here.
            let message = message.split(" at line ").next().unwrap_or_default();
            DocumentError::NotJson {
                line: error.line(),
                column: error.column(),
                message: message.to_owned(),
            }
        })
    }
}

/// Values that stand without quotes, though JSON does not know them.
const BARE: [&str; 9] = [
    "NaN",
    "nan",
    "-NaN",
    "-nan",
    "Infinity",
    "-Infinity",
    "infinity",
    "inf",
    "-inf",
];

/// Puts quotes around what JSON does not know, where it stands as a value.
fn quote_bare_numbers(text: &str) -> Cow<'_, str> {
    if !BARE.iter().any(|word| text.contains(word)) {
        return Cow::Borrowed(text);
    }
    let mut quoted = String::with_capacity(text.len());
    let mut in_string = false;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        if !in_string && let Some(word) = BARE.into_iter().find(|word| rest.starts_with(word)) {
            quoted.push('"');
            quoted.push_str(word);
            quoted.push('"');
            rest = &rest[word.len()..];
            continue;
        }
        let length = match character {
            // What is escaped neither ends nor begins a string.
            '\\' if in_string => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => character.len_utf8(),
        };
        in_string ^= character == '"';
        quoted.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    Cow::Owned(quoted)
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: de::Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E: de::Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Whole(value.into()))
    }

    fn visit_u64<E: de::Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Whole(value.into()))
    }

    fn visit_f64<E: de::Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E: de::Error>(self, value: &str) -> Result<Json, E> {
        Ok(Json::Text(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Json::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Json, A::Error> {
        let mut entries = Vec::new();
        while let Some(entry) = map.next_entry()? {
            entries.push(entry);
        }
        Ok(Json::Object(entries))
    }
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Whole(value) => serializer.serialize_i128(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => serializer.collect_seq(values),
            Self::Object(entries) => {
                serializer.collect_map(entries.iter().map(|(key, value)| (key, value)))
            }
        }
    }
}
