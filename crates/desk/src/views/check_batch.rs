//! Messages from a file against the rules, with everything that is told about each.

use formats::message_record::MessageRecord;
use lint::{Channel, Finding, Message, Recipient, Relationship, Scenario, SeasonPhase, Sender};

use crate::{DeskError, Result};

/// Returns what the rules find in each message, in the order given. Drafts of
/// one sender are compared with each other.
pub fn check_batch(messages: &[Message]) -> Vec<Vec<Finding>> {
    lint::check_batch(messages, &lint::Settings::default())
}

/// Returns the message that a record describes.
///
/// # Errors
/// [`DeskError::Bad`] names the field with a word that is not known.
pub fn message_of(record: &MessageRecord) -> Result<Message> {
    let channel = Channel::from_word(&record.channel).ok_or_else(|| {
        unknown(
            "channel",
            &record.channel,
            Channel::ALL.iter().map(|c| c.word()),
        )
    })?;
    let scenario = Scenario::from_word(&record.scenario).ok_or_else(|| {
        unknown(
            "scenario",
            &record.scenario,
            Scenario::ALL.iter().map(|s| s.word()),
        )
    })?;
    let relationship = match record.recipient.relationship.as_str() {
        "" => Relationship::Stranger,
        word => Relationship::from_word(word).ok_or_else(|| {
            unknown(
                "relationship",
                word,
                Relationship::ALL.iter().map(|r| r.word()),
            )
        })?,
    };
    let season_phase = match record.season_phase.as_str() {
        "" => crate::season::season_phase(record.date),
        word => SeasonPhase::from_word(word).ok_or_else(|| {
            unknown(
                "season_phase",
                word,
                SeasonPhase::ALL.iter().map(|p| p.word()),
            )
        })?,
    };
    let mut message = Message::new(channel, scenario, record.date, &record.text);
    message.id.clone_from(&record.id);
    let sender = &record.sender;
    message.sender = Sender {
        name: sender.name.clone(),
        stage: sender.stage.clone(),
        school: sender.school.clone(),
        school_short: sender.school_short.clone(),
    };
    let recipient = &record.recipient;
    message.recipient = Recipient {
        name: recipient.name.clone(),
        title: recipient.title.clone(),
        role: recipient.role.clone(),
        institution: recipient.institution.clone(),
        relationship,
        acquainted_days: recipient.acquainted_days,
        working_days: recipient.working_days,
        facts: recipient.facts.clone(),
        greet_as: recipient.greet_as.clone(),
    };
    message.context.season_phase = season_phase;
    message.context.event.clone_from(&record.event);
    message.context.reply = record.reply;
    message.subject.clone_from(&record.subject);
    Ok(message)
}

fn unknown(
    field: &'static str,
    found: &str,
    words: impl Iterator<Item = &'static str>,
) -> DeskError {
    DeskError::bad(field, found, words.collect::<Vec<_>>().join(", "))
}
