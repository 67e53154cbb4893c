//! Findings as SARIF 2.1.0 (OASIS Standard, 27 March 2020), which editors and
//! review tools read.

use serde_json::{Value, json};

/// One finding.
pub(crate) struct Result<'a> {
    /// The rule's code.
    pub(crate) code: &'a str,
    /// "error", "warn" or "note".
    pub(crate) level: &'a str,
    /// What was found, and what would do.
    pub(crate) message: &'a str,
    /// Where it was found.
    pub(crate) place: Place<'a>,
}

/// Where something was found; `span` is in bytes, where it is at a place.
pub(crate) enum Place<'a> {
    /// In a file that is the text.
    File {
        /// The file.
        text: &'a str,
        /// The bytes of the file.
        span: Option<(usize, usize)>,
    },
    /// In a text that stands encoded in the file: a record, or the text of a mail.
    Member {
        /// The record's id, or what the text is.
        name: &'a str,
        /// The text.
        text: &'a str,
        /// The bytes of the text.
        span: Option<(usize, usize)>,
    },
}

/// Returns a log with one run over one file.
///
/// Offsets are in characters, as SARIF counts them. Findings in a text that the
/// file holds encoded name it as a logical location, since their offsets are
/// those of the text.
pub(crate) fn log<'a>(file: &str, results: impl Iterator<Item = Result<'a>>) -> Value {
    let uri = uri(file);
    let rules: Vec<Value> = lint::RULES
        .iter()
        .map(|rule| {
            json!({
                "id": rule.meta.name,
                "shortDescription": { "text": rule.meta.why },
                "defaultConfiguration": { "level": level(rule.meta.level.word()) },
            })
        })
        .collect();
    let results: Vec<Value> = results.map(|result| one(&uri, &result)).collect();
    json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "vouch",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn level(word: &str) -> &'static str {
    match word {
        "error" => "error",
        "warn" => "warning",
        _ => "note",
    }
}

/// Returns the path of a file as a URI reference (RFC 3986, section 4.2): signs
/// that mean something in one are written as their bytes.
fn uri(file: &str) -> String {
    let mut uri = String::with_capacity(file.len());
    for byte in file.replace('\\', "/").bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

fn region(text: &str, (start, end): (usize, usize)) -> Value {
    let chars = |to: usize| text.get(..to).map_or(0, |part| part.chars().count());
    json!({ "charOffset": chars(start), "charLength": chars(end) - chars(start) })
}

fn one(uri: &str, result: &Result<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": uri } });
    let mut location = json!({});
    match &result.place {
        Place::File { text, span } => {
            if let Some(span) = *span {
                physical["region"] = region(text, span);
            }
        }
        Place::Member { name, text, span } => {
            if let Some(span) = *span {
                location["properties"] = json!({ "textRegion": region(text, span) });
            }
            location["logicalLocations"] = json!([{ "name": name, "kind": "member" }]);
        }
    }
    location["physicalLocation"] = physical;
    json!({
        "ruleId": result.code,
        "level": level(result.level),
        "message": { "text": result.message },
        "locations": [location],
    })
}
