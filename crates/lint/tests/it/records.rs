//! Labelled messages as they stand in the corpus, one JSON object a line.

use std::collections::BTreeSet;

use lint::{Channel, Message, Recipient, Relationship, Scenario, SeasonPhase, Sender};
use serde_json::Value;

/// Codes with their levels.
pub(crate) type Labels = BTreeSet<(String, String)>;

/// Returns the message of a record.
pub(crate) fn message(record: &Value) -> Message {
    let (sender, recipient, context) =
        (&record["sender"], &record["recipient"], &record["context"]);
    let word = |value: &Value, key: &str| text(value, key);
    let mut message = Message::new(
        Channel::from_word(&word(record, "channel")).expect("a channel"),
        Scenario::from_word(&word(record, "scenario")).expect("a scenario"),
        word(context, "date").parse().expect("a day"),
        &word(record, "text"),
    );
    message.id = text(record, "id");
    let texts = |value: &Value| -> Vec<String> {
        let list = value.as_array().map(Vec::as_slice).unwrap_or_default();
        list.iter()
            .filter_map(|v| v.as_str())
            .map(str::to_owned)
            .collect()
    };
    message.sender = Sender {
        name: text(sender, "name"),
        stage: text(sender, "stage"),
        school: text(sender, "school"),
        school_short: texts(&sender["school_short"]),
    };
    message.recipient = Recipient {
        name: text(recipient, "name"),
        title: text(recipient, "title"),
        role: text(recipient, "role"),
        institution: text(recipient, "institution"),
        relationship: Relationship::from_word(&word(recipient, "relationship"))
            .expect("a relationship"),
        acquainted_days: number(recipient, "acquainted_days").unwrap_or(0),
        working_days: number(recipient, "working_days"),
        facts: texts(&recipient["facts"]),
        greet_as: text(recipient, "greet_as"),
    };
    message.context.season_phase =
        SeasonPhase::from_word(&word(context, "season_phase")).expect("a phase");
    message.context.event = text(context, "event");
    message.context.reply = context["reply"].as_bool().unwrap_or(false);
    message.subject = record["subject"].as_str().map(str::to_owned);
    message
}

/// Returns the labels of a record.
pub(crate) fn expected(record: &Value) -> Labels {
    let list = record["expect"]
        .as_array()
        .map(Vec::as_slice)
        .unwrap_or_default();
    list.iter()
        .map(|label| (text(label, "code"), text(label, "level")))
        .collect()
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn number(value: &Value, key: &str) -> Option<u32> {
    value[key].as_u64().and_then(|n| u32::try_from(n).ok())
}
