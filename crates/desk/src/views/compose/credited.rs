//! Whom the record credits, for news that goes to everybody who helped.

use domain::{MessageId, PersonId};
use lint::Scenario;
use serde::Serialize;
use store::{Credit, Snapshot};

use super::around::PAPER_TAG;
use crate::Result;
use crate::verbs::answer_message::WANTS_UPDATES;

/// The template that goes to everybody who is credited.
pub const TO_ALL: &str = "milestone-update";
/// People who are looked at.
const CREDITED_MAX: usize = 200;
/// Messages of one person that are looked at.
const MESSAGES_MAX: usize = 50;

/// Somebody whom the record credits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CreditedLine {
    /// The person's id.
    pub person: String,
    /// The person's name.
    pub name: String,
    /// With what, in words.
    pub why: Vec<String>,
    /// The latest such message to the person: id and how far it has come.
    pub message: Option<(String, &'static str)>,
}

/// Returns whom the record credits: who introduced the student or spoke for them,
/// answered a request for a letter, wrote a paper with them or agreed to updates.
/// Nobody where the template goes to one person.
pub(super) fn credited(snapshot: &Snapshot<'_>, template: &str) -> Result<Vec<CreditedLine>> {
    if template != TO_ALL {
        return Ok(Vec::new());
    }
    let letters = Scenario::LetterRequest.word();
    let found = snapshot.credited(letters, &[WANTS_UPDATES], PAPER_TAG, CREDITED_MAX)?;
    let mut lines: Vec<CreditedLine> = Vec::new();
    for (id, name, credit) in found {
        let why = in_words(&credit);
        match lines.iter_mut().find(|line| line.person == id.to_string()) {
            Some(line) => line.why.push(why),
            None => lines.push(CreditedLine {
                person: id.to_string(),
                name: name.display(),
                why: vec![why],
                message: latest(snapshot, id)?.map(|(id, state)| (id.to_string(), state)),
            }),
        }
    }
    lines.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(lines)
}

fn latest(snapshot: &Snapshot<'_>, id: PersonId) -> Result<Option<(MessageId, &'static str)>> {
    let messages = snapshot.messages(Some(id), MESSAGES_MAX)?;
    let latest = messages.into_iter().find(|m| m.template == TO_ALL);
    Ok(latest.map(|m| (m.id, m.state.word())))
}

fn in_words(credit: &Credit) -> String {
    match credit {
        Credit::Introduced(day) => format!("introduction, {}", domain::day_in_words(*day)),
        Credit::Vouched(day) => {
            format!("offered to speak for you, {}", domain::day_in_words(*day))
        }
        Credit::Letter => "answered your request for a letter".to_owned(),
        Credit::Tagged(tag) => format!("tag \"{tag}\""),
    }
}
