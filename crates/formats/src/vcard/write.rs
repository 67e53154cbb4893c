//! People as vCards.

use std::fmt::Write as _;

use domain::{ContactKind, ContactPoint, PersonDraft};

use super::card::is_plain_linkedin;
use super::property::is_kept_raw;

/// The version of vCard to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VcardVersion {
    /// What most address books read.
    V3,
    /// The current standard, RFC 6350.
    V4,
}

/// Returns the people as vCards, one after another, with CRLF and folded lines.
///
/// Reading them back gives the same drafts, but for line numbers: what vCard
/// has no place for (the parts of a name as Vouch keeps them, when the tie
/// began, how the person was found) stands in `X-VOUCH-…` properties, and raw
/// lines that came from a vCard go out as they came.
pub fn write_vcards(people: &[PersonDraft], version: VcardVersion) -> String {
    let mut out = String::new();
    for person in people {
        write_vcard(&mut out, person, version);
    }
    out
}

fn write_vcard(out: &mut String, person: &PersonDraft, version: VcardVersion) {
    line(out, "BEGIN:VCARD");
    line(
        out,
        match version {
            VcardVersion::V3 => "VERSION:3.0",
            VcardVersion::V4 => "VERSION:4.0",
        },
    );
    let name = &person.name;
    line(out, &format!("FN:{}", escaped(&name.plain())));
    let suffixes: Vec<String> = [&name.suffix, &name.credentials]
        .into_iter()
        .filter(|part| !part.is_empty())
        .map(|part| escaped(part))
        .collect();
    line(
        out,
        &format!(
            "N:{};{};;{};{}",
            escaped(&name.family),
            escaped(&name.given),
            escaped(&name.title),
            suffixes.join(",")
        ),
    );
    let parts = [
        &name.title,
        &name.given,
        &name.family,
        &name.suffix,
        &name.credentials,
        &name.greet_as,
    ];
    let parts: Vec<String> = parts.into_iter().map(|part| escaped(part)).collect();
    line(out, &format!("X-VOUCH-NAME:{}", parts.join(";")));
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            line(out, &format!("{name}:{}", escaped(value)));
        }
    };
    field("ORG", &person.employer);
    field("TITLE", &person.position);
    field("NOTE", &person.note);
    field("X-VOUCH-HOW-FOUND", &person.how_found);
    if let Some(day) = person.known_since {
        field("X-VOUCH-KNOWN-SINCE", &day.to_string());
    }
    if !person.tags.is_empty() {
        let tags: Vec<String> = person.tags.iter().map(|tag| escaped(tag)).collect();
        line(out, &format!("CATEGORIES:{}", tags.join(",")));
    }
    for (contact, number) in person.contacts.iter().zip(1..) {
        let is_preferred = is_preferred(&person.contacts, number - 1);
        write_contact(out, contact, number, is_preferred, version);
    }
    for (name, value) in &person.extra {
        if name == "BDAY"
            && let Some(birthday) = birthday(value, version)
        {
            line(out, &birthday);
        } else if is_raw_line(name, value) {
            line(out, &format!("{name}:{value}"));
        } else {
            line(
                out,
                &format!("X-VOUCH-EXTRA:{};{}", escaped(name), escaped(value)),
            );
        }
    }
    line(out, "END:VCARD");
}

/// Returns the line for a birthday such as `1984-03-07` or `--03-07`; vCard 3.0
/// has no day without a year, so the one that Apple invented is written.
fn birthday(value: &str, version: VcardVersion) -> Option<String> {
    let year_and_day = match value.strip_prefix("--") {
        Some(day) => format!("1604-{day}"),
        None => value.to_owned(),
    };
    let is_day = year_and_day.len() == 10 && year_and_day.parse::<jiff::civil::Date>().is_ok();
    if !is_day {
        return None;
    }
    Some(match version {
        VcardVersion::V3 if value.starts_with("--") => {
            format!("BDAY;X-APPLE-OMIT-YEAR=1604:{year_and_day}")
        }
        // Basic form: "--0307" and "19840307" are what the standard shows.
        VcardVersion::V4 if value.starts_with("--") => {
            format!("BDAY:--{}", value[2..].replace('-', ""))
        }
        VcardVersion::V4 => format!("BDAY:{}", value.replace('-', "")),
        VcardVersion::V3 => format!("BDAY:{value}"),
    })
}

/// Returns whether an address is the first of several of its kind that mail and
/// telephone programs choose from.
fn is_preferred(contacts: &[ContactPoint], at: usize) -> bool {
    let kind = contacts[at].kind;
    let is_of_kind = |contact: &&ContactPoint| contact.kind == kind;
    matches!(kind, ContactKind::Email | ContactKind::Phone)
        && contacts.iter().position(|contact| contact.kind == kind) == Some(at)
        && contacts.iter().filter(is_of_kind).count() > 1
}

fn write_contact(
    out: &mut String,
    contact: &ContactPoint,
    number: usize,
    is_preferred: bool,
    version: VcardVersion,
) {
    let property = match (contact.kind, version) {
        (ContactKind::Email, _) => "EMAIL",
        (ContactKind::Phone, _) => "TEL",
        (ContactKind::Url, _) => "URL",
        (ContactKind::LinkedIn, _) if is_plain_linkedin(&contact.value) => "URL",
        (ContactKind::LinkedIn, VcardVersion::V3) => "X-SOCIALPROFILE;TYPE=linkedin",
        (ContactKind::LinkedIn, VcardVersion::V4) => "SOCIALPROFILE;SERVICE-TYPE=LinkedIn",
    };
    let value = escaped(&contact.value);
    let preferred = match version {
        _ if !is_preferred => "",
        VcardVersion::V3 => ";TYPE=pref",
        VcardVersion::V4 => ";PREF=1",
    };
    match contact.label.as_str() {
        "" => line(out, &format!("{property}{preferred}:{value}")),
        label @ ("home" | "work" | "cell") => {
            line(out, &format!("{property};TYPE={label}{preferred}:{value}"));
        }
        label => {
            line(out, &format!("item{number}.{property}{preferred}:{value}"));
            line(out, &format!("item{number}.X-ABLabel:{}", escaped(label)));
        }
    }
}

/// Returns whether an extra field is a line that came out of a vCard and can go
/// back as it is.
fn is_raw_line(name: &str, value: &str) -> bool {
    let bare = name.split(';').next().unwrap_or_default();
    let is_name = !bare.is_empty()
        && bare
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-');
    let has_control = |text: &str| text.chars().any(char::is_control);
    let upper = name.to_uppercase();
    let quotes_are_closed = name.matches('"').count().is_multiple_of(2);
    is_name
        && is_kept_raw(bare)
        && !value.trim().is_empty()
        && !has_control(value)
        && !has_control(name)
        && !name.contains(':')
        && name.trim() == name
        && quotes_are_closed
        && !upper.contains("QUOTED-PRINTABLE")
        && !upper.contains("BASE64")
        && !upper.contains("ENCODING=")
        && value.len() <= 1024
}

/// Returns a text with the signs escaped that mean something in a vCard.
pub(super) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.replace("\r\n", "\n").chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push(' '),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Writes a line, folded so that no part is longer than 75 bytes.
fn line(out: &mut String, text: &str) {
    let mut n_bytes = 0;
    for c in text.chars() {
        if n_bytes + c.len_utf8() > 75 {
            out.push_str("\r\n ");
            n_bytes = 1;
        }
        // Writing to a string cannot fail.
        let _ = out.write_char(c);
        n_bytes += c.len_utf8();
    }
    out.push_str("\r\n");
}
