//! The other message that is most like this one.

use domain::{Message, MessageState, MessageStep};
use serde::Serialize;
use store::Snapshot;

use super::is_public;
use crate::Result;
use crate::views::person::heading;

/// Messages that are compared, the latest first.
const COMPARED_MAX: usize = 500;

/// Share of common pieces below which a draft with blanks is not looked at twice.
const ALIKE_FROM: f64 = 0.40;

/// The other message that is most like this one: one that left, or a draft.
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

/// Returns the message to somebody else, drafted or gone, that is most like
/// `record`, and what the rule on mass texts says about the pair; nothing for a
/// message that has left. `own` is what the rules found in the message alone.
pub(super) fn twin(
    snapshot: &Snapshot<'_>,
    message: &Message,
    record: &lint::Message,
    settings: &lint::Settings,
    own: &[lint::Finding],
) -> Result<Option<(Twin, Option<lint::Finding>)>> {
    let is_open = message.state.allows(MessageStep::Write);
    if !is_open || record.channel.is_public() || record.text.trim().is_empty() {
        return Ok(None);
    }
    let stored: Vec<Message> = snapshot
        .messages(None, COMPARED_MAX)?
        .into_iter()
        .filter(|m| m.id != message.id && !is_public(&m.channel))
        .filter(|m| m.person.is_none() || m.person != message.person)
        .collect();
    let mut others = Vec::with_capacity(stored.len());
    for m in &stored {
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
    let mut shares: Vec<(usize, f64)> = lint::similarities(record, &others)
        .into_iter()
        .enumerate()
        .collect();
    // The earliest of equals comes first, so that the answer is the same each time.
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    // While blanks of the template are left in a draft, what is alike is the
    // template.
    let is_template = |at: usize| {
        stored[at].state == MessageState::Draft
            && lint::check(&others[at], &lint::Settings::default())
                .iter()
                .any(|f| f.code == "placeholder-left")
    };
    let nearest = shares
        .into_iter()
        .find(|(at, share)| *share < ALIKE_FROM || !is_template(*at));
    let Some((at, share)) = nearest else {
        return Ok(None);
    };
    let twin = Twin {
        id: stored[at].id.to_string(),
        heading: heading(&stored[at]),
        to: others[at].recipient.name.clone(),
        percent: percent(share),
    };
    let pair = [others[at].clone(), record.clone()];
    // A text that is much like the template has a finding of the same code.
    let finding = lint::check_batch(&pair, settings)
        .pop()
        .and_then(|findings| {
            findings
                .into_iter()
                .find(|f| f.code == "mass-text" && !own.contains(f))
        });
    Ok(Some((twin, finding)))
}

/// Returns a share of common pieces in percent.
fn percent(share: f64) -> u32 {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share lies between 0 and 1"
    )]
    let percent = (share * 100.0).round() as u32;
    percent
}
