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
//! `recipient.greet_as`, `recipient.working_days` and `context.reply`. A key that
//! is not there or null says nothing; only `id`, `channel`, `context.date` and
//! `text` must be told. Other keys are passed over. Words such as the channel stay texts here; what they
//! mean is the business of the rules.

use std::io::BufRead;

use domain::Problem;
use jiff::civil::Date;
use serde_json::Value;

use crate::text::quoted;

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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SenderRecord {
    /// Full name.
    pub name: String,
    /// "MS1" to "MS4", "graduate" or free text.
    pub stage: String,
    /// Full name of the school.
    pub school: String,
    /// Abbreviations of the school that nobody else uses.
    pub school_short: Vec<String>,
}

/// To whom.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    if bytes.len() > RECORD_MAX {
        let found = format!("{} bytes", bytes.len());
        return Err(problem(line, "", found, "a record of at most 4 MiB"));
    }
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let found = format!("text that is no JSON from character {} on", error.column());
        problem(line, "", found, RECORD)
    })?;
    if !value.is_object() {
        let found = format!("{}, which is no object", quoted(&value.to_string()));
        return Err(problem(line, "", found, RECORD));
    }
    let told = Told { line, value };
    let date = told.required("context.date")?;
    let date = date
        .parse()
        .map_err(|_| told.problem("context.date", quoted(&date), "a day such as 2027-05-11"))?;
    Ok(MessageRecord {
        line,
        id: told.id()?,
        channel: told.required("channel")?,
        scenario: told.text("scenario")?,
        sender: SenderRecord {
            name: told.text("sender.name")?,
            stage: told.text("sender.stage")?,
            school: told.text("sender.school")?,
            school_short: told.texts("sender.school_short")?,
        },
        recipient: RecipientRecord {
            name: told.text("recipient.name")?,
            title: told.text("recipient.title")?,
            role: told.text("recipient.role")?,
            institution: told.text("recipient.institution")?,
            relationship: told.text("recipient.relationship")?,
            acquainted_days: told.number("recipient.acquainted_days")?.unwrap_or(0),
            working_days: told.number("recipient.working_days")?,
            facts: told.texts("recipient.facts")?,
            greet_as: told.text("recipient.greet_as")?,
        },
        date,
        season_phase: told.text("context.season_phase")?,
        event: told.text("context.event")?,
        reply: told.is_so("context.reply")?,
        subject: told.text_if_any("subject")?,
        text: told.required("text")?,
    })
}

/// What a line should be.
const RECORD: &str = "one JSON object with id, channel, context and text";

fn problem(line: u64, field: &str, found: String, would_do: &str) -> Problem {
    Problem {
        line,
        field: field.to_owned(),
        found,
        would_do: would_do.to_owned(),
        record_kept: false,
    }
}

/// What a line tells, asked for by the path of a key, such as `context.date`.
struct Told {
    line: u64,
    value: Value,
}

impl Told {
    fn problem(&self, path: &str, found: String, would_do: &str) -> Problem {
        problem(self.line, path, found, would_do)
    }

    /// Returns what stands at a path; `None` where nothing or null does.
    fn at(&self, path: &str) -> Result<Option<&Value>, Problem> {
        let mut value = &self.value;
        let mut walked = 0;
        for key in path.split('.') {
            let above = &path[..walked];
            if !value.is_object() {
                return Err(self.wrong(above.trim_end_matches('.'), value, "an object"));
            }
            match value.get(key) {
                None | Some(Value::Null) => return Ok(None),
                Some(inner) => value = inner,
            }
            walked += key.len() + 1;
        }
        Ok(Some(value))
    }

    fn wrong(&self, path: &str, found: &Value, would_do: &str) -> Problem {
        self.problem(path, quoted(&found.to_string()), would_do)
    }

    fn text_if_any(&self, path: &str) -> Result<Option<String>, Problem> {
        match self.at(path)? {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(other) => Err(self.wrong(path, other, "a text")),
        }
    }

    fn text(&self, path: &str) -> Result<String, Problem> {
        Ok(self.text_if_any(path)?.unwrap_or_default())
    }

    fn required(&self, path: &str) -> Result<String, Problem> {
        self.text_if_any(path)?
            .ok_or_else(|| self.problem(path, "nothing".to_owned(), RECORD))
    }

    /// Returns the record's name, which may be a number.
    fn id(&self) -> Result<String, Problem> {
        match self.at("id")? {
            Some(Value::Number(number)) => Ok(number.to_string()),
            _ => self.required("id"),
        }
    }

    /// Returns a list of texts, or a single text that is not blank.
    fn texts(&self, path: &str) -> Result<Vec<String>, Problem> {
        let list = match self.at(path)? {
            None => return Ok(Vec::new()),
            Some(Value::String(one)) if one.trim().is_empty() => return Ok(Vec::new()),
            Some(Value::String(one)) => return Ok(vec![one.clone()]),
            Some(Value::Array(list)) => list,
            Some(other) => return Err(self.wrong(path, other, "a list of texts")),
        };
        list.iter()
            .filter(|item| !item.is_null())
            .map(|item| match item {
                Value::String(text) => Ok(text.clone()),
                other => Err(self.wrong(path, other, "a list of texts")),
            })
            .collect()
    }

    fn number(&self, path: &str) -> Result<Option<u32>, Problem> {
        let Some(value) = self.at(path)? else {
            return Ok(None);
        };
        let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
        match number {
            Some(number) => Ok(Some(number)),
            None => Err(self.wrong(path, value, "a whole number of days, such as 40")),
        }
    }

    fn is_so(&self, path: &str) -> Result<bool, Problem> {
        match self.at(path)? {
            None => Ok(false),
            Some(Value::Bool(is_so)) => Ok(*is_so),
            Some(other) => Err(self.wrong(path, other, "true or false")),
        }
    }
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
    #[test]
    fn what_is_null_says_nothing() {
        let text = r#"{"id":7,"channel":"email","scenario":null,"sender":null,"recipient":{"name":"B","title":null,"role":null,"institution":null,"relationship":null,"facts":null,"greet_as":null,"working_days":null,"acquainted_days":null},"context":{"date":"2027-05-11","season_phase":null,"event":null,"reply":null},"subject":null,"text":"Dear B,"}"#;
        let records = read(text);
        let record = records[0].as_ref().expect("a record");
        assert_eq!(
            (record.id.as_str(), record.recipient.name.as_str()),
            ("7", "B")
        );
        assert_eq!(record.sender, SenderRecord::default());
        assert!(!record.reply);
    }

    #[test]
    fn a_bad_line_is_told_by_its_field_in_plain_words() {
        let told = |text: &str| read(text)[0].as_ref().expect_err("bad").to_string();
        for (from, to, expected) in [
            ("\"id\":\"m1\",", "", "line 1, id: found nothing"),
            (
                "\"text\":\"Dear B,\"",
                "\"text\":[1]",
                "line 1, text: found \"[1]\"; would do: a text",
            ),
            (
                "\"relationship\":\"stranger\"",
                "\"acquainted_days\":-3",
                "line 1, recipient.acquainted_days: found \"-3\"; would do: a whole number of days",
            ),
            (
                "{\"name\":\"B\"",
                "3,\"x\":{\"name\":\"B\"",
                "line 1, recipient: found \"3\"; would do: an object",
            ),
            (
                "\"date\":\"2027-05-11\"",
                "\"date\":\"May\"",
                "line 1, context.date: found \"May\"; would do: a day such as 2027-05-11",
            ),
        ] {
            let problem = told(&GOOD.replace(from, to));
            assert!(problem.contains(expected), "{problem}");
        }
        let not_json = told("{id: 1}");
        assert!(
            not_json.starts_with("line 1: found text that is no JSON from character 2 on"),
            "{not_json}"
        );
        assert!(told("[]").contains("found \"[]\", which is no object"));
    }
}
