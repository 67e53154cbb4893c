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
    /// The bytes of the text, where it is at a place.
    pub(crate) span: Option<(usize, usize)>,
    /// The record's id and text, where the file holds several.
    pub(crate) record: Option<(&'a str, &'a str)>,
}

/// Returns a log with one run over one file.
///
/// Offsets are in characters, as SARIF counts them. Findings of records name
/// the record as a logical location, since their offsets are those of its text.
pub(crate) fn log<'a>(file: &str, text: &str, results: impl Iterator<Item = Result<'a>>) -> Value {
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
    let results: Vec<Value> = results.map(|result| one(file, text, &result)).collect();
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

fn one(file: &str, text: &str, result: &Result<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": { "uri": file.replace('\\', "/") } });
    let text = result.record.map_or(text, |(_, text)| text);
    let mut location = json!({});
    if let Some((start, end)) = result.span {
        let chars = |to: usize| text.get(..to).map_or(0, |part| part.chars().count());
        let region = json!({ "charOffset": chars(start), "charLength": chars(end) - chars(start) });
        if result.record.is_none() {
            physical["region"] = region;
        } else {
            location["properties"] = json!({ "textRegion": region });
        }
    }
    location["physicalLocation"] = physical;
    if let Some((id, _)) = result.record {
        location["logicalLocations"] = json!([{ "name": id, "kind": "member" }]);
    }
    json!({
        "ruleId": result.code,
        "level": level(result.level),
        "message": { "text": result.message },
        "locations": [location],
    })
}
