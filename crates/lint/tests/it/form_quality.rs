//! The rules on form, first contact, follow-up and tone, held to labelled messages.

use std::fmt::Write as _;

use lint::{Settings, check};
use serde_json::Value;

use crate::records;

/// The codes that the messages of `tuned-form.jsonl` are labelled for; other
/// findings in them are not judged.
const JUDGED: [&str; 24] = [
    "no-subject",
    "too-short",
    "over-channel-limit",
    "high-reading-grade",
    "no-question",
    "missing-identity",
    "missing-how-found",
    "not-personal",
    "attachment-first-contact",
    "duration-missing",
    "duration-too-long",
    "pressure",
    "unfilled-offer",
    "duties-missing",
    "no-thanks",
    "no-learning",
    "no-update-permission",
    "self-promotion",
    "overclaim",
    "flattery",
    "grievance",
    "profanity",
    "political",
    "condescension",
];

#[test]
fn labelled_messages_get_their_labels_and_no_others() {
    let mut wrong = String::new();
    for line in include_str!("../../corpus/tuned-form.jsonl").lines() {
        let record: Value = serde_json::from_str(line).expect("a JSON object a line");
        let message = records::message(&record);
        let mut wanted = records::expected(&record);
        wanted.retain(|(code, _)| JUDGED.contains(&code.as_str()));
        let found: records::Labels = check(&message, &Settings::default())
            .into_iter()
            .filter(|finding| JUDGED.contains(&finding.code))
            .map(|finding| (finding.code.to_owned(), finding.level.word().to_owned()))
            .collect();
        for (code, level) in wanted.difference(&found) {
            let _ = writeln!(
                wrong,
                "{} misses {code} ({level}): {:?}",
                message.id, message.text
            );
        }
        for (code, level) in found.difference(&wanted) {
            let _ = writeln!(
                wrong,
                "{} has {code} ({level}): {:?}",
                message.id, message.text
            );
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}
