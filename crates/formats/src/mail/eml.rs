//! `.eml` files: drafts out, messages in.

use std::borrow::Cow;

use jiff::Timestamp;
use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::date::Date;
use mail_builder::headers::message_id::MessageId;
use mail_builder::headers::raw::Raw;
use mail_parser::{HeaderValue, MessageParser, MessagePart, MimeHeaders, PartType};

use super::html::text_of_html;
use crate::ReadError;
use crate::text::quoted;

/// The most bytes of a message that are read.
const MAIL_MAX: usize = 64 << 20;

/// The most characters of a message's text that are kept.
const TEXT_MAX: usize = 1 << 20;

/// Somebody's name and address in a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailAddress {
    /// The name, or empty.
    pub name: String,
    /// The address, or empty where only a name is written.
    pub email: String,
}

/// A message to be written as a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailDraft {
    /// The student, where known; a mail program fills it in otherwise.
    pub from: Option<MailAddress>,
    /// To whom.
    pub to: Vec<MailAddress>,
    /// The subject.
    pub subject: String,
    /// The text, with any line breaks.
    pub text: String,
    /// When it was written.
    pub date: Timestamp,
    /// The Message-ID without angle brackets, by which a reply is found.
    pub message_id: String,
    /// The Message-ID of the message that it answers.
    pub in_reply_to: Option<String>,
    /// The Message-IDs of the conversation, the oldest first.
    pub references: Vec<String>,
}

/// Returns the draft as an `.eml` file, which mail programs open for sending
/// (`X-Unsent: 1`). Line breaks in names, addresses and subject become blanks,
/// so that no text can add a header.
pub fn write_eml(draft: &MailDraft) -> Vec<u8> {
    let mut builder = MessageBuilder::new();
    if let Some(from) = &draft.from {
        builder = builder.from(address(from));
    }
    let to: Vec<Address> = draft.to.iter().map(address).collect();
    match to.len() {
        0 => {}
        1 => {
            builder = builder.to(to
                .into_iter()
                .next()
                .unwrap_or_else(|| Address::new_list(vec![])))
        }
        _ => builder = builder.to(Address::new_list(to)),
    }
    builder = builder
        .subject(one_line(&draft.subject))
        .date(Date::new(draft.date.as_second()))
        .message_id(id(&draft.message_id));
    if let Some(parent) = &draft.in_reply_to {
        builder = builder.in_reply_to(id(parent));
    }
    if !draft.references.is_empty() {
        let ids = draft.references.iter().map(|reference| id(reference));
        builder = builder.references(MessageId::new_list(ids));
    }
    let mut bytes = Vec::new();
    builder
        .header("X-Unsent", Raw::new("1"))
        .text_body(crlf(&draft.text))
        .serialize(&mut bytes);
    bytes
}

fn address(address: &MailAddress) -> Address<'static> {
    let name = one_line(&address.name);
    let name = (!name.is_empty()).then_some(name);
    Address::new_address(name, one_line(&address.email).replace(' ', ""))
}

fn one_line(text: &str) -> String {
    let plain: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    plain.trim().to_owned()
}

/// Returns a Message-ID without brackets and blanks.
fn id(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control() && !matches!(c, '<' | '>'))
        .collect()
}

fn crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace(['\r', '\n'], "\r\n")
}

/// A message as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mail {
    /// From whom.
    pub from: Vec<MailAddress>,
    /// To whom.
    pub to: Vec<MailAddress>,
    /// Who got a copy.
    pub cc: Vec<MailAddress>,
    /// The subject, decoded.
    pub subject: String,
    /// When it was written, where the header can be read.
    pub date: Option<Timestamp>,
    /// The Message-ID without angle brackets, or empty.
    pub message_id: String,
    /// The Message-IDs that it answers.
    pub in_reply_to: Vec<String>,
    /// The Message-IDs of its conversation, the oldest first.
    pub references: Vec<String>,
    /// The text: the plain part, or the words of the HTML part.
    pub text: String,
    /// The names of attached files, or their kinds ("application/pdf") where they have
    /// none.
    pub attachments: Vec<String>,
    /// What wrote it, where that was no person.
    pub automatic: Option<Automatic>,
}

/// A message that no person wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Automatic {
    /// A mail server says that a message could not be delivered.
    Bounce,
    /// A mail program answers for somebody who is away.
    Answer,
}

/// Reads one message, with or without what programs put before it: a byte order
/// mark, blank lines, the "From " line of a mailbox.
///
/// # Errors
/// Where the bytes are no message: no header that a message has, or none at all.
pub fn read_eml(bytes: &[u8]) -> Result<Mail, ReadError> {
    let stranger = |found: String| ReadError::NotThisFormat {
        found,
        would_do: "an .eml file, saved from a mail program".to_owned(),
    };
    if bytes.len() > MAIL_MAX {
        return Err(stranger(format!("a file of more than {MAIL_MAX} bytes")));
    }
    let bytes = &*from_first_header(bytes);
    let text_start = crate::text::decode_head(&bytes[..bytes.len().min(200)]);
    let first_line = text_start.lines().next().unwrap_or_default();
    let Some(message) = MessageParser::default().parse(bytes) else {
        return Err(stranger(format!("text that begins {}", quoted(first_line))));
    };
    let mail = Mail {
        from: addresses(message.from()),
        to: addresses(message.to()),
        cc: addresses(message.cc()),
        subject: message.subject().unwrap_or_default().trim().to_owned(),
        date: message
            .date()
            .and_then(|date| Timestamp::from_second(date.to_timestamp()).ok()),
        message_id: message.message_id().unwrap_or_default().to_owned(),
        in_reply_to: ids(message.in_reply_to()),
        references: ids(message.references()),
        text: body(&message),
        attachments: message.attachments().filter_map(attached).collect(),
        automatic: automatic(&message),
    };
    let has_header = mail.date.is_some()
        || !mail.from.is_empty()
        || !mail.to.is_empty()
        || !mail.subject.is_empty()
        || !mail.message_id.is_empty()
        || message.header("Content-Type").is_some();
    if !has_header {
        return Err(stranger(format!("text that begins {}", quoted(first_line))));
    }
    Ok(mail)
}

/// Returns the bytes from the first header on, as UTF-8 where the file is UTF-16.
fn from_first_header(bytes: &[u8]) -> Cow<'_, [u8]> {
    let mut bytes = match bytes {
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => {
            Cow::Owned(crate::text::decode_head(bytes).into_bytes())
        }
        _ => Cow::Borrowed(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)),
    };
    let mut start = bytes.len() - bytes.trim_ascii_start().len();
    if bytes[start..].starts_with(b"From ") {
        let line = bytes[start..].iter().position(|b| *b == b'\n');
        start += line.map_or(0, |end| end + 1);
    }
    match &mut bytes {
        Cow::Borrowed(bytes) => *bytes = &bytes[start..],
        Cow::Owned(bytes) => drop(bytes.drain(..start)),
    }
    bytes
}

/// Returns the text of a message: its plain part, else the words of its HTML.
fn body(message: &mail_parser::Message<'_>) -> String {
    let first = message.text_part(0).map(|part| &part.body);
    let text = match first {
        Some(PartType::Html(html)) => text_of_html(html),
        _ => message.body_text(0).unwrap_or_default().into_owned(),
    };
    text.replace("\r\n", "\n").chars().take(TEXT_MAX).collect()
}

/// Returns what names an attached part: its file name, else its kind.
fn attached(part: &MessagePart<'_>) -> Option<String> {
    let kind = || {
        let kind = part.content_type()?;
        Some(match kind.subtype() {
            Some(sub) => format!("{}/{sub}", kind.ctype()),
            None => kind.ctype().to_owned(),
        })
    };
    part.attachment_name().map(str::to_owned).or_else(kind)
}

/// Senders of what mail servers write.
const SERVERS: [&str; 2] = ["mailer-daemon@", "postmaster@"];

/// How subjects of automatic answers begin, for programs that send no header.
const AWAY: [&str; 5] = [
    "automatic reply",
    "auto-reply",
    "autoreply",
    "out of office",
    "out of the office",
];

/// Returns what wrote a message, as its headers tell (RFC 3464, RFC 3834), else its
/// sender or subject.
fn automatic(message: &mail_parser::Message<'_>) -> Option<Automatic> {
    let is_report = message.content_type().is_some_and(|kind| {
        kind.ctype().eq_ignore_ascii_case("multipart")
            && kind
                .subtype()
                .is_some_and(|sub| sub.eq_ignore_ascii_case("report"))
    });
    let from_server = addresses(message.from()).iter().any(|from| {
        let email = from.email.to_lowercase();
        SERVERS.iter().any(|server| email.starts_with(server))
    });
    if is_report || from_server {
        return Some(Automatic::Bounce);
    }
    let submitted = message.header("Auto-Submitted");
    let submitted = submitted.and_then(HeaderValue::as_text).unwrap_or("no");
    let submitted = submitted.trim().to_lowercase();
    let is_marked = !submitted.starts_with("no")
        || message.header("X-Autoreply").is_some()
        || message.header("X-Autorespond").is_some();
    let subject = message.subject().unwrap_or_default().trim().to_lowercase();
    let is_away = AWAY.iter().any(|words| subject.starts_with(words));
    (is_marked || is_away).then_some(Automatic::Answer)
}

fn addresses(header: Option<&mail_parser::Address>) -> Vec<MailAddress> {
    let Some(header) = header else {
        return Vec::new();
    };
    header
        .iter()
        .map(|address| MailAddress {
            name: address.name().unwrap_or_default().trim().to_owned(),
            email: address.address().unwrap_or_default().trim().to_owned(),
        })
        .filter(|address| *address != MailAddress::default())
        .collect()
}

fn ids(header: &HeaderValue) -> Vec<String> {
    match header {
        HeaderValue::Text(id) => vec![id.to_string()],
        HeaderValue::TextList(ids) => ids.iter().map(ToString::to_string).collect(),
        _ => Vec::new(),
    }
}
