//! The earlier message that is most like this one.

use domain::{Message, MessageState, MessageStep};
use serde::Serialize;
use store::Snapshot;

use crate::Result;
use crate::views::person::heading;

/// Earlier messages that are compared: those that left, the latest first.
const COMPARED_MAX: usize = 200;

/// The earlier message that is most like this one.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Twin {
    /// Its id.
    pub id: String,
    /// Its subject, or its first words.
    pub heading: String,
    /// To whom it went.
    pub to: String,
    /// How much of it is the same, in percent.
    pub percent: u32,
}

/// Returns the earlier message to somebody else that is most like `record`, and
/// what the rule on mass texts says about the pair; nothing for a message that
/// has left.
pub(super) fn twin(
    snapshot: &Snapshot<'_>,
    message: &Message,
    record: &lint::Message,
    settings: &lint::Settings,
) -> Result<Option<(Twin, Option<lint::Finding>)>> {
    let is_open = message.state.allows(MessageStep::Write);
    if !is_open || record.channel.is_public() || record.text.trim().is_empty() {
        return Ok(None);
    }
    let earlier: Vec<Message> = snapshot
        .messages(None, COMPARED_MAX)?
        .into_iter()
        .filter(|m| m.id != message.id && m.state >= MessageState::HandedOver)
        .filter(|m| m.person.is_none() || m.person != message.person)
        .collect();
    let mut others = Vec::with_capacity(earlier.len());
    for m in &earlier {
        let mut other = record.clone();
        other.id = format!("\"{}\"", heading(m));
        other.text.clone_from(&m.text);
        other.subject = Some(m.subject.clone());
        let person = match m.person {
            Some(id) => snapshot.person(id)?,
            None => None,
        };
        other.recipient.name = person.map_or_else(|| "an office".to_owned(), |p| p.name.plain());
        others.push(other);
    }
    let shares = lint::similarities(record, &others);
    // The earliest of equals is kept, so that the answer is the same each time.
    let nearest = shares
        .iter()
        .enumerate()
        .max_by(|a, b| a.1.total_cmp(b.1).then(b.0.cmp(&a.0)));
    let Some((at, share)) = nearest else {
        return Ok(None);
    };
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share lies between 0 and 1"
    )]
    let percent = (share * 100.0).round() as u32;
    let twin = Twin {
        id: earlier[at].id.to_string(),
        heading: heading(&earlier[at]),
        to: others[at].recipient.name.clone(),
        percent,
    };
    let pair = [others[at].clone(), record.clone()];
    let finding = lint::check_batch(&pair, settings)
        .pop()
        .and_then(|findings| findings.into_iter().find(|f| f.code == "mass-text"));
    Ok(Some((twin, finding)))
}
