//! One property of a card: split, and decoded by `calcard`.

use calcard::common::PartialDateTime;
use calcard::vcard::VCardValue;
use calcard::{Entry, Parser};

use super::lines::RawLine;

/// One property of a card.
#[derive(Clone, Debug, Default)]
pub(super) struct Property {
    pub(super) line: u64,
    /// The group before the full stop, or empty.
    pub(super) group: String,
    /// The name in upper case.
    pub(super) name: String,
    /// Parameters, names in upper case; a bare one of vCard 2.1 is a TYPE.
    pub(super) params: Vec<(String, String)>,
    /// Everything before the colon, without the group.
    pub(super) raw_name: String,
    /// Everything behind the colon.
    pub(super) raw_value: String,
    /// The value decoded: parts, each with its list.
    pub(super) values: Vec<Vec<String>>,
}

impl Property {
    pub(super) fn has_param(&self, name: &str, value: &str) -> bool {
        self.params
            .iter()
            .any(|(n, v)| n == name && v.eq_ignore_ascii_case(value))
    }

    /// The preference of a property for which none is given.
    pub(super) const NO_PREFERENCE: u8 = 101;

    /// Returns how much the owner prefers this one of several: 1 is most.
    pub(super) fn preference(&self) -> u8 {
        if self.has_param("TYPE", "pref") {
            return 1;
        }
        self.params
            .iter()
            .find(|(name, _)| name == "PREF")
            .and_then(|(_, value)| value.parse().ok())
            .filter(|preference| (1..=100).contains(preference))
            .unwrap_or(Self::NO_PREFERENCE)
    }

    /// Returns a part of the value, its list joined by blanks.
    pub(super) fn part(&self, i: usize) -> String {
        self.values
            .get(i)
            .map(|list| list.join(" ").trim().to_owned())
            .unwrap_or_default()
    }

    /// Returns the whole value as one text.
    pub(super) fn text(&self) -> String {
        let parts: Vec<String> = self.values.iter().map(|list| list.join(",")).collect();
        parts.join(";").trim().to_owned()
    }
}

/// Properties that are understood and leave nothing behind.
const UNDERSTOOD: &[&str] = &[
    "FN",
    "N",
    "ORG",
    "TITLE",
    "ROLE",
    "EMAIL",
    "TEL",
    "URL",
    "NOTE",
    "CATEGORIES",
    "BDAY",
    "KIND",
    "X-SOCIALPROFILE",
    "SOCIALPROFILE",
    "X-ABLABEL",
    "X-ABSHOWAS",
    "VERSION",
    "PRODID",
    "REV",
    "BEGIN",
    "END",
    "X-VOUCH-NAME",
    "X-VOUCH-KNOWN-SINCE",
    "X-VOUCH-HOW-FOUND",
    "X-VOUCH-EXTRA",
    "X-VOUCH-TAG",
    "AGENT",
];

/// Returns whether a property of this name is kept as a raw line.
pub(super) fn is_kept_raw(name: &str) -> bool {
    !UNDERSTOOD.contains(&name)
}

/// Splits a line into group, name, parameters and raw value.
pub(super) fn property(raw: &RawLine) -> Option<Property> {
    let mut in_quotes = false;
    let colon = raw.text.char_indices().find_map(|(i, c)| {
        in_quotes ^= c == '"';
        (c == ':' && !in_quotes).then_some(i)
    });
    // A quote that is never closed is no quote.
    let colon = colon.or_else(|| raw.text.find(':'))?;
    let (head, value) = (raw.text[..colon].trim(), &raw.text[colon + 1..]);
    let head = head.trim_start_matches('\u{FEFF}');
    let name_end = head.find(';').unwrap_or(head.len());
    let (group, start) = match head[..name_end].rfind('.') {
        Some(dot) => (head[..dot].to_lowercase(), dot + 1),
        None => (String::new(), 0),
    };
    let mut params = Vec::new();
    for param in split_outside_quotes(&head[name_end..], ';') {
        if let Some((name, values)) = param.split_once('=') {
            for value in split_outside_quotes(values, ',') {
                let value = value.trim_matches('"');
                for value in value.split(',') {
                    params.push((name.trim().to_uppercase(), value.trim().to_owned()));
                }
            }
        } else if !param.is_empty() {
            params.push(("TYPE".to_owned(), param.trim().to_owned()));
        }
    }
    Some(Property {
        line: raw.line,
        group,
        name: head[start..name_end].trim().to_uppercase(),
        params,
        raw_name: head[start..].to_owned(),
        raw_value: value.to_owned(),
        values: Vec::new(),
    })
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut in_quotes = false;
    text.split(|c| {
        in_quotes ^= c == '"';
        c == separator && !in_quotes
    })
    .filter(|part| !part.is_empty())
    .collect()
}

/// Returns the property with its value decoded.
pub(super) fn decoded(property: &Property, version: &str) -> Property {
    let mut property = property.clone();
    let is_encoded = property
        .params
        .iter()
        .any(|(_, value)| value.eq_ignore_ascii_case("QUOTED-PRINTABLE"));
    if property.name.starts_with("X-VOUCH-") || property.name == "X-ABLABEL" {
        property.values = split_value(&property.raw_value);
        return property;
    }
    if !is_encoded && is_kept_raw(&property.name) {
        return property;
    }
    let mut head = with_named_encoding(&property.raw_name);
    if !head.matches('"').count().is_multiple_of(2) {
        head = head.replace('"', "");
    }
    let has_charset = property.params.iter().any(|(name, _)| name == "CHARSET");
    if is_encoded && !has_charset && decodes_to_utf8(&property.raw_value) {
        // The default is Latin-1, but who writes UTF-8 without saying so?
        head.push_str(";CHARSET=UTF-8");
    }
    let value = property.raw_value.replace('\r', " ");
    let text = format!("BEGIN:VCARD\r\nVERSION:{version}\r\n{head}:{value}\r\nEND:VCARD\r\n");
    let found = match Parser::new(&text).entry() {
        Entry::VCard(card) => card.entries.into_iter().nth(1),
        _ => None,
    };
    property.values = match found {
        Some(entry) => entry.values.into_iter().filter_map(texts).collect(),
        None => split_value(&property.raw_value),
    };
    if property.values.is_empty() && property.name != "PHOTO" {
        property.values = split_value(&property.raw_value);
    }
    if is_encoded {
        let (name, value) = (without_encoding(&property.raw_name), property.text());
        property.raw_name = name;
        property.raw_value = super::write::escaped(&value);
    }
    property
}

/// Returns the name with a bare "QUOTED-PRINTABLE" named as the encoding it is.
fn with_named_encoding(raw_name: &str) -> String {
    let params = raw_name.split(';').map(|param| {
        if param.trim().eq_ignore_ascii_case("QUOTED-PRINTABLE") {
            "ENCODING=QUOTED-PRINTABLE"
        } else {
            param
        }
    });
    params.collect::<Vec<_>>().join(";")
}

fn without_encoding(raw_name: &str) -> String {
    let kept: Vec<&str> = raw_name
        .split(';')
        .filter(|param| {
            let upper = param.to_uppercase();
            !upper.contains("QUOTED-PRINTABLE") && !upper.starts_with("CHARSET=")
        })
        .collect();
    kept.join(";")
}

/// Returns the texts of a value; `None` where it is no text.
fn texts(value: VCardValue) -> Option<Vec<String>> {
    let text = match value {
        VCardValue::Text(text) => text,
        VCardValue::Component(list) => return Some(list),
        VCardValue::Integer(number) => number.to_string(),
        VCardValue::Float(number) => number.to_string(),
        VCardValue::PartialDateTime(day) => shown_day(&day),
        VCardValue::Kind(_)
        | VCardValue::Boolean(_)
        | VCardValue::Binary(_)
        | VCardValue::Sex(_)
        | VCardValue::GramGender(_) => return None,
    };
    Some(vec![text])
}

/// Returns a day in the form of vCard 4.0, without the year where it has none.
fn shown_day(day: &PartialDateTime) -> String {
    let two = |part: Option<u8>| part.map_or(String::new(), |n| format!("{n:02}"));
    match (day.year, day.month, day.day) {
        (None | Some(1604), Some(month), Some(day)) => format!("--{month:02}-{day:02}"),
        (Some(year), Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(year), month, None) => {
            let month = two(month);
            let dash = if month.is_empty() { "" } else { "-" };
            format!("{year:04}{dash}{month}")
        }
        (_, month, day) => format!("--{}{}", two(month), two(day)),
    }
}

/// Splits a raw value into parts and lists and takes the backslashes out.
fn split_value(raw: &str) -> Vec<Vec<String>> {
    let mut values = vec![vec![String::new()]];
    let mut chars = raw.chars();
    while let Some(c) = chars.next() {
        let last = values.last_mut().and_then(|list| list.last_mut());
        match (c, last) {
            (';', _) => values.push(vec![String::new()]),
            (',', _) => {
                if let Some(list) = values.last_mut() {
                    list.push(String::new());
                }
            }
            ('\\', Some(text)) => match chars.next() {
                Some('n' | 'N') => text.push('\n'),
                Some(other) => text.push(other),
                None => text.push('\\'),
            },
            (_, Some(text)) => text.push(c),
            (_, None) => {}
        }
    }
    values
}

/// Returns whether quoted-printable bytes beyond ASCII are UTF-8.
fn decodes_to_utf8(raw: &str) -> bool {
    let bytes = raw.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = bytes.get(i + 1..i + 3).and_then(|pair| {
            let pair = std::str::from_utf8(pair).ok()?;
            u8::from_str_radix(pair, 16).ok()
        });
        match hex {
            Some(byte) if bytes[i] == b'=' => {
                decoded.push(byte);
                i += 3;
            }
            _ => {
                decoded.push(bytes[i]);
                i += 1;
            }
        }
    }
    std::str::from_utf8(&decoded).is_ok()
}
