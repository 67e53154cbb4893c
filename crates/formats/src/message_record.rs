//! Messages to check, as JSON lines: what is told about each, and its text.
//!
//! ```json
//! {"id": "m1", "channel": "email", "scenario": "alumni-intro",
//!  "sender": {"name": "…", "stage": "MS3", "school": "…", "school_short": ["…"]},
//!  "recipient": {"name": "…", "title": "Dr.", "role": "…", "institution": "…",
//!    "relationship": "stranger", "acquainted_days": 0, "facts": ["…"]},
//!  "context": {"date": "2027-05-11", "season_phase": "off-season", "event": ""},
//!  "subject": "…", "text": "…"}
//! ```
//!
//! Optional are `sender.school_short` (a list or one text),
//! `recipient.greet_as`, `recipient.working_days` and `context.reply`. Other
//! keys are passed over. Words such as the channel stay texts here; what they
//! mean is the business of the rules.

use std::io::BufRead;

use domain::Problem;
use jiff::civil::Date;
use serde::Deserialize;

/// The most bytes that one record may have; longer ones are problems.
const RECORD_MAX: usize = 4 << 20;

/// One message to check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRecord {
    /// The line of the file, from 1.
    pub line: u64,
    /// The record's name.
    pub id: String,
    /// How it travels ("email").
    pub channel: String,
    /// What it is for ("alumni-intro").
    pub scenario: String,
    /// Who writes.
    pub sender: SenderRecord,
    /// To whom.
    pub recipient: RecipientRecord,
    /// The day of writing.
    pub date: Date,
    /// The part of the application year ("off-season").
    pub season_phase: String,
    /// The meeting or interview concerned, or empty.
    pub event: String,
    /// Whether it answers in an open thread.
    pub reply: bool,
    /// The subject; `None` outside e-mail.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
}

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct SenderRecord {
    /// Full name.
    pub name: String,
    /// "MS1" to "MS4", "graduate" or free text.
    pub stage: String,
    /// Full name of the school.
    pub school: String,
    /// Abbreviations of the school that nobody else uses.
    #[serde(deserialize_with = "one_or_many")]
    pub school_short: Vec<String>,
}

/// To whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RecipientRecord {
    /// Full name.
    pub name: String,
    /// "Dr.", "Prof.", "Ms.", "Mr." or empty.
    pub title: String,
    /// Free text; "audience" means a public post.
    pub role: String,
    /// Where they work.
    pub institution: String,
    /// "stranger", "met-once", "worked-with", "mentor" or "advocate".
    pub relationship: String,
    /// Days since the first contact.
    pub acquainted_days: u32,
    /// Days worked together, where logged.
    pub working_days: Option<u32>,
    /// What is known of them.
    pub facts: Vec<String>,
    /// What they asked to be called, or empty.
    pub greet_as: String,
}

#[derive(Deserialize)]
struct Wire {
    id: serde_json::Value,
    channel: String,
    #[serde(default)]
    scenario: String,
    #[serde(default)]
    sender: SenderRecord,
    #[serde(default)]
    recipient: RecipientRecord,
    context: WireContext,
    #[serde(default)]
    subject: Option<String>,
    text: String,
}

#[derive(Deserialize)]
struct WireContext {
    date: String,
    #[serde(default)]
    season_phase: String,
    #[serde(default)]
    event: Option<String>,
    #[serde(default)]
    reply: bool,
}

fn one_or_many<'de, D: serde::Deserializer<'de>>(input: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum OneOrMany {
        None(()),
        One(String),
        Many(Vec<String>),
    }
    Ok(match OneOrMany::deserialize(input)? {
        OneOrMany::None(()) => Vec::new(),
        OneOrMany::One(short) if short.trim().is_empty() => Vec::new(),
        OneOrMany::One(short) => vec![short],
        OneOrMany::Many(shorts) => shorts,
    })
}

/// Reads every record, in the order of the file, and says of each line that is
/// none what was found. Empty lines are passed over.
///
/// # Errors
/// Only what the input itself says.
pub fn read_message_records(
    input: &mut dyn BufRead,
) -> std::io::Result<Vec<Result<MessageRecord, Problem>>> {
    let mut records = Vec::new();
    let mut bytes = Vec::new();
    let mut line = 0;
    loop {
        bytes.clear();
        if input.read_until(b'\n', &mut bytes)? == 0 {
            return Ok(records);
        }
        line += 1;
        let text = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&bytes);
        if text.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        records.push(record(line, text));
    }
}

fn record(line: u64, bytes: &[u8]) -> Result<MessageRecord, Problem> {
    let problem = |field: &str, found: String, would_do: &str| Problem {
        line,
        field: field.to_owned(),
        found,
        would_do: would_do.to_owned(),
        record_kept: false,
    };
    if bytes.len() > RECORD_MAX {
        return Err(problem(
            "",
            format!("{} bytes", bytes.len()),
            "a record of at most 4 MiB",
        ));
    }
    let wire: Wire = serde_json::from_slice(bytes).map_err(|error| {
        problem(
            "",
            error.to_string(),
            "one JSON object with id, channel, context and text",
        )
    })?;
    let date = wire.context.date.parse().map_err(|_| {
        problem(
            "context.date",
            format!("\"{}\"", wire.context.date),
            "a day such as 2027-05-11",
        )
    })?;
    Ok(MessageRecord {
        line,
        id: match wire.id {
            serde_json::Value::String(id) => id,
            other => other.to_string(),
        },
        channel: wire.channel,
        scenario: wire.scenario,
        sender: wire.sender,
        recipient: wire.recipient,
        date,
        season_phase: wire.context.season_phase,
        event: wire.context.event.unwrap_or_default(),
        reply: wire.context.reply,
        subject: wire.subject,
        text: wire.text,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Result<MessageRecord, Problem>> {
        read_message_records(&mut text.as_bytes()).expect("bytes in memory are read")
    }

    const GOOD: &str = r#"{"id":"m1","channel":"email","scenario":"alumni-intro","sender":{"name":"A","school_short":"WCU"},"recipient":{"name":"B","relationship":"stranger","new_key":1},"context":{"date":"2027-05-11","season_phase":"off-season"},"subject":null,"text":"Dear B,"}"#;

    #[test]
    fn a_bad_line_does_not_cost_the_others() {
        let text = format!(
            "{GOOD}\n\nnot json\n{}\n{GOOD}",
            GOOD.replace("2027-05-11", "May")
        );
        let records = read(&text);
        assert_eq!(records.len(), 4);
        assert_eq!(
            records[0].as_ref().expect("good").sender.school_short,
            ["WCU"]
        );
        assert_eq!(records[1].as_ref().expect_err("bad").line, 3);
        let problem = records[2].as_ref().expect_err("bad");
        assert_eq!((problem.line, problem.field.as_str()), (4, "context.date"));
        assert_eq!(records[3].as_ref().expect("good").line, 5);
    }
}
