//! An answer that was pasted or saved as a file, and the message that it answers.

use domain::{ContactKind, MessageId, MessageState};
use formats::mail::{Automatic, Mail, is_text, own_words, plain_text, read_eml};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::Result;
use crate::views::person::{MessageLine, message_line};

/// Messages among which the student chooses.
const CHOICES_MAX: usize = 100;

/// A message that an answer may belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReplyChoice {
    /// To whom it went.
    pub to: String,
    /// The message.
    pub message: MessageLine,
}

/// An answer as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Reply {
    /// From whom, as the file says, or empty.
    pub from: String,
    /// Its subject, or empty.
    pub subject: String,
    /// The day it was written, in the student's zone.
    pub day: Option<String>,
    /// What its sender wrote, without the quoted message.
    pub text: String,
    /// Its Message-ID, or empty.
    pub mail_id: String,
    /// The message that it answers: id.
    pub answers: Option<String>,
    /// How that was found, in words.
    pub how_found: &'static str,
    /// Messages that were sent, those without an answer first.
    pub choices: Vec<ReplyChoice>,
    /// Why no text was read from it: "mail" is an e-mail without one, "file" no text
    /// at all, and "empty" nothing but spaces.
    pub without_text: Option<&'static str>,
    /// What wrote it, where that was no person: "bounce" or "answer". It answers
    /// nothing, and the message waits on.
    pub automatic: Option<&'static str>,
    /// The same e-mail was noted before.
    pub is_known: bool,
}

/// Returns an answer as it can be noted. `bytes` is an `.eml` file or any text;
/// nothing gives the choice of messages alone.
pub fn reply(reader: &Reader, now: Timestamp, zone: &TimeZone, bytes: &[u8]) -> Result<Reply> {
    reader.read(|snapshot| {
        let mut reply = Reply::default();
        match read_eml(bytes) {
            Ok(mail) if is_mail(&mail) => take_mail(snapshot, &mut reply, &mail, now, zone)?,
            _ if !is_text(bytes) => reply.without_text = Some("file"),
            _ => {
                let text = plain_text(bytes);
                own_words(&text).clone_into(&mut reply.text);
                reply.without_text = reply.text.is_empty().then_some("empty");
            }
        }
        reply.choices = choices(snapshot)?;
        Ok(reply)
    })
}

/// A pasted text may open with "Note: …", which reads like a header; a mail has
/// a sender, and something else that mails have.
fn is_mail(mail: &Mail) -> bool {
    let sender = mail.from.iter().any(|from| from.email.contains('@'));
    let has_more = mail.date.is_some()
        || !mail.message_id.is_empty()
        || !mail.subject.is_empty()
        || !mail.to.is_empty()
        || !mail.attachments.is_empty();
    sender && has_more
}

fn take_mail(
    snapshot: &Snapshot<'_>,
    reply: &mut Reply,
    mail: &Mail,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<()> {
    if let Some(from) = mail.from.first() {
        reply.from = match from.name.as_str() {
            "" => from.email.clone(),
            name => format!("{name} <{}>", from.email),
        };
    }
    reply.subject.clone_from(&mail.subject);
    // A clock that runs ahead at the sender's must not bring an answer from tomorrow.
    reply.day = mail.date.map(|at| {
        at.min(now)
            .to_zoned_datetime(zone.clone())
            .date()
            .to_string()
    });
    own_words(&mail.text).clone_into(&mut reply.text);
    reply.without_text = reply.text.is_empty().then_some("mail");
    reply.mail_id.clone_from(&mail.message_id);
    reply.is_known = snapshot.is_known_answer(&mail.message_id)?;
    reply.automatic = mail.automatic.map(|it| match it {
        Automatic::Bounce => "bounce",
        Automatic::Answer => "answer",
    });
    if reply.automatic.is_some() {
        return Ok(());
    }
    let (answers, how_found) = answered(snapshot, mail)?;
    reply.answers = answers.map(|id| id.to_string());
    reply.how_found = how_found;
    Ok(())
}

/// Returns the message that a mail answers: by the ids that it names, the
/// nearest first, else the latest one that waits for an answer from its sender.
fn answered(snapshot: &Snapshot<'_>, mail: &Mail) -> Result<(Option<MessageId>, &'static str)> {
    let named = mail.in_reply_to.iter().chain(mail.references.iter().rev());
    for id in named {
        if let Some(found) = snapshot.message_of_mail(id)? {
            return Ok((Some(found), "it names the message that it answers"));
        }
    }
    for message in snapshot.messages(None, CHOICES_MAX)? {
        let Some(person) = message
            .person
            .filter(|_| message.state == MessageState::Sent)
        else {
            continue;
        };
        let Some(person) = snapshot.person(person)? else {
            continue;
        };
        let theirs = person
            .contacts
            .iter()
            .filter(|c| c.kind == ContactKind::Email)
            .any(|c| {
                let key = c.key();
                mail.from
                    .iter()
                    .any(|from| from.email.to_lowercase() == key)
            });
        if theirs {
            return Ok((Some(message.id), "it comes from the address of this person"));
        }
    }
    Ok((None, ""))
}

fn choices(snapshot: &Snapshot<'_>) -> Result<Vec<ReplyChoice>> {
    let mut sent: Vec<_> = snapshot
        .messages(None, CHOICES_MAX)?
        .into_iter()
        .filter(|m| m.state >= MessageState::Sent)
        .collect();
    sent.sort_by_key(|m| m.state);
    sent.iter()
        .map(|message| {
            let person = match message.person {
                Some(id) => snapshot.person(id)?,
                None => None,
            };
            Ok(ReplyChoice {
                to: person.map_or_else(|| "an office".to_owned(), |p| p.name.display()),
                message: message_line(message),
            })
        })
        .collect()
}
