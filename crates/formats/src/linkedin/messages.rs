//! LinkedIn `messages.csv`, with 9 to 13 columns.
//!
//! The file does not say whose it is. The student is who bears the name that the
//! caller knows, else who stands in the most conversations; where two stand in
//! equally many, nobody is guessed.

use std::collections::{HashMap, HashSet};
use std::io::BufRead;

use domain::{Channel, Direction, InteractionDraft, PersonName, Problem, Sink, linkedin_key};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::person_text;
use crate::rows::{Header, Row, Rows, header_in};
use crate::summary::Tally;
use crate::text::{Lines, quoted};
use crate::{Format, Head, ReadError, Summary};

/// LinkedIn `messages.csv`.
pub const MESSAGES: Format = Format {
    name: "linkedin-messages",
    label: "LinkedIn messages.csv",
    about: "Your messages, from LinkedIn's \"Get a copy of your data\".",
    detect,
    read,
};

const WANTED: &[&str] = &["CONVERSATION ID", "FROM", "TO", "DATE", "CONTENT"];

/// How many rows are looked at to find out whose messages they are.
const LOOK_ROWS: usize = 5_000;

/// The most names and profiles that are remembered while a file is read.
const LEARNT_MAX: usize = 100_000;

/// The most characters of a message that are kept.
const CONTENT_MAX: usize = 20_000;

fn detect(head: &Head) -> bool {
    head.text
        .lines()
        .take(10)
        .any(|line| header_in(line, |header| header.has_all(WANTED)).is_some())
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    read_of("", input, sink)
}

/// Reads the messages of the student of this name, and says what it came to.
/// The name may be empty, or one that the file does not have: then the student
/// is who stands in the most conversations.
///
/// # Errors
/// As [`crate::read`].
pub fn read_messages(
    student: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<Summary, ReadError> {
    let mut tally = Tally::new(MESSAGES.name, sink);
    read_of(student, input, &mut tally)?;
    let summary = tally.finish();
    if summary.n_interactions == 0 && !summary.stopped {
        return Err(crate::nothing_readable(&MESSAGES, &summary));
    }
    Ok(summary)
}

pub(super) fn read_of(
    student: &str,
    input: &mut dyn BufRead,
    sink: &mut dyn Sink,
) -> Result<(), ReadError> {
    let mut rows = Rows::new(Lines::new(input));
    let Some(header) = rows.find_header(WANTED) else {
        return Err(crate::no_header(&mut rows, MESSAGES.label));
    };
    let looked: Vec<Row> = std::iter::from_fn(|| rows.next_row())
        .take(LOOK_ROWS)
        .collect();
    let owner = named(&header, &looked, student).or_else(|| owner(&header, &looked));
    if owner.is_none() && !looked.is_empty() {
        let problem = Problem {
            line: looked[0].line,
            field: "FROM".to_owned(),
            found: "no one who stands in more conversations than everybody else".to_owned(),
            would_do: "messages of at least two conversations; until then both sides count as having written".to_owned(),
            record_kept: true,
        };
        if !sink.problem(problem) {
            return Ok(());
        }
    }
    let mut reader = Reader {
        header,
        owner,
        names: HashMap::new(),
        profiles: HashMap::new(),
    };
    for row in &looked {
        reader.learn_profile(row);
    }
    rows.put_back(looked);
    rows.each(sink, |row, sink| reader.read_row(&row, sink));
    Ok(())
}

/// Returns the key of whoever bears the student's name, where one does.
fn named(header: &Header, rows: &[Row], student: &str) -> Option<String> {
    let student = PersonName::parse(student).key();
    if student.is_empty() {
        return None;
    }
    let has_profiles = header.position("RECIPIENT PROFILE URLS").is_some();
    let is_student = |name: &str| PersonName::parse(name).key() == student;
    rows.iter().find_map(|row| {
        let (from, to) = (header.cell(row, "FROM"), header.cell(row, "TO"));
        let urls = header.cell(row, "RECIPIENT PROFILE URLS");
        if is_student(from) {
            let url = header.cell(row, "SENDER PROFILE URL");
            return Some(key(from, if has_profiles { url } else { "" }));
        }
        (is_student(to) && !urls.contains(',')).then(|| key(to, urls))
    })
}

/// Returns the key of whoever stands in the most conversations: the profile, or
/// the name in files without profiles.
fn owner(header: &Header, rows: &[Row]) -> Option<String> {
    let mut conversations: HashMap<String, HashSet<&str>> = HashMap::new();
    for row in rows {
        let conversation = header.cell(row, "CONVERSATION ID");
        let sender = (
            header.cell(row, "FROM"),
            header.cell(row, "SENDER PROFILE URL"),
        );
        let has_profiles = header.position("RECIPIENT PROFILE URLS").is_some();
        let mut keys = vec![key(sender.0, if has_profiles { sender.1 } else { "" })];
        if has_profiles {
            let urls = header.cell(row, "RECIPIENT PROFILE URLS");
            keys.extend(urls.split(',').map(|url| key("", url)));
        } else {
            keys.push(key(header.cell(row, "TO"), ""));
        }
        for key in keys.into_iter().filter(|key| !key.is_empty()) {
            conversations.entry(key).or_default().insert(conversation);
        }
    }
    let mut counts: Vec<(usize, String)> = conversations
        .into_iter()
        .map(|(key, conversations)| (conversations.len(), key))
        .collect();
    counts.sort_by(|a, b| b.cmp(a));
    match counts.as_slice() {
        [(first, _), (second, _), ..] if first == second => None,
        [(_, key), ..] => Some(key.clone()),
        [] => None,
    }
}

fn key(name: &str, url: &str) -> String {
    linkedin_key(url).unwrap_or_else(|| domain::fold_key(name))
}

struct Reader {
    header: Header,
    owner: Option<String>,
    /// Names by profile, as far as the file told them.
    names: HashMap<String, String>,
    /// Profiles by conversation and folded name: before mid-2023 only senders
    /// have one, and whoever answered is known again as a recipient.
    profiles: HashMap<(String, String), String>,
}

impl Reader {
    /// Hands on one message; `false` means stop.
    fn read_row(&mut self, row: &Row, sink: &mut dyn Sink) -> bool {
        if row.is_blank() {
            return true;
        }
        let header = &self.header;
        let cell = |name| header.cell(row, name);
        let has_senders = header.position("SENDER PROFILE URL").is_some();
        let is_sponsored = has_senders && cell("SENDER PROFILE URL").is_empty();
        let is_draft = ["IS MESSAGE DRAFT", "IS CONVERSATION DRAFT"]
            .iter()
            .any(|name| cell(name).eq_ignore_ascii_case("yes"));
        if is_sponsored || is_draft {
            return sink.empty_record(row.line);
        }
        let written = cell("DATE");
        let Some(day) = written.split(' ').next().and_then(|day| day.parse().ok()) else {
            return sink.problem(Problem {
                line: row.line,
                field: "DATE".to_owned(),
                found: quoted(written),
                would_do: "a day such as 2026-02-08 14:03:22 UTC".to_owned(),
                record_kept: false,
            });
        };
        let (from, from_url) = (cell("FROM"), cell("SENDER PROFILE URL"));
        let note = note(cell("SUBJECT"), cell("CONTENT"));
        let sender = (from.to_owned(), from_url.to_owned());
        let recipients = self.recipients(row);
        let has_profiles = self.header.position("RECIPIENT PROFILE URLS").is_some();
        let key_of =
            |person: &(String, String)| key(&person.0, if has_profiles { &person.1 } else { "" });
        let is_owner = |person: &(String, String)| self.owner.as_ref() == Some(&key_of(person));
        let direction = match &self.owner {
            None => Direction::Mutual,
            Some(_) if is_owner(&sender) => Direction::Outgoing,
            Some(_) => Direction::Incoming,
        };
        let mut people: Vec<String> = Vec::new();
        for person in std::iter::once(&sender).chain(&recipients) {
            let text = person_text(&person.0, &person.1);
            let is_somebody = !(person.0.is_empty() && person.1.is_empty());
            if is_somebody && !is_owner(person) && !people.contains(&text) {
                people.push(text);
            }
        }
        if people.is_empty() {
            return sink.problem(Problem {
                line: row.line,
                field: "TO".to_owned(),
                found: "nobody but the student".to_owned(),
                would_do: "a sender and a recipient".to_owned(),
                record_kept: false,
            });
        }
        sink.interaction(InteractionDraft {
            line: row.line,
            people,
            day,
            at: instant(written),
            channel: Channel::LinkedIn,
            direction,
            note,
            unwanted: self.header.cell(row, "FOLDER").eq_ignore_ascii_case("spam"),
        })
    }

    /// Returns name and profile of every recipient. Names are joined by commas
    /// and hold commas themselves, so the profiles decide how many there are.
    fn recipients(&mut self, row: &Row) -> Vec<(String, String)> {
        let to = self.header.cell(row, "TO").to_owned();
        let urls: Vec<String> = self
            .header
            .cell(row, "RECIPIENT PROFILE URLS")
            .split(',')
            .map(|url| url.trim().to_owned())
            .filter(|url| !url.is_empty())
            .collect();
        let sender_url = self.header.cell(row, "SENDER PROFILE URL").to_owned();
        let sender = self.header.cell(row, "FROM").to_owned();
        self.learn(&sender, &sender_url);
        self.learn_profile(row);
        match urls.as_slice() {
            [] => {
                let conversation = self.header.cell(row, "CONVERSATION ID").to_owned();
                let known = self.profiles.get(&(conversation, domain::fold_key(&to)));
                let url = known.cloned().unwrap_or_default();
                vec![(to, url)]
            }
            [url] => {
                self.learn(&to, url);
                vec![(to, url.clone())]
            }
            urls => {
                let names: Vec<&str> = to.split(", ").collect();
                let named = |(i, url): (usize, &String)| {
                    let known = self.names.get(url);
                    let name = match known {
                        Some(name) => name.clone(),
                        None if names.len() == urls.len() => names[i].trim().to_owned(),
                        None => String::new(),
                    };
                    (name, url.clone())
                };
                urls.iter().enumerate().map(named).collect()
            }
        }
    }

    fn learn_profile(&mut self, row: &Row) {
        let cell = |name| self.header.cell(row, name);
        let (from, url) = (cell("FROM"), cell("SENDER PROFILE URL"));
        if self.header.position("RECIPIENT PROFILE URLS").is_some()
            || from.is_empty()
            || url.is_empty()
            || self.profiles.len() >= LEARNT_MAX
        {
            return;
        }
        let place = (cell("CONVERSATION ID").to_owned(), domain::fold_key(from));
        self.profiles.insert(place, url.to_owned());
    }

    fn learn(&mut self, name: &str, url: &str) {
        if !name.is_empty() && !url.is_empty() && self.names.len() < LEARNT_MAX {
            self.names
                .entry(url.to_owned())
                .or_insert_with(|| name.to_owned());
        }
    }
}

/// Returns the instant of `2026-02-08 14:03:22 UTC`.
fn instant(written: &str) -> Option<Timestamp> {
    let time: DateTime = written.strip_suffix(" UTC")?.trim().parse().ok()?;
    TimeZone::UTC.to_timestamp(time).ok()
}

fn note(subject: &str, content: &str) -> String {
    let content: String = content.chars().take(CONTENT_MAX).collect();
    let content = if content.starts_with('<') {
        without_tags(&content)
    } else {
        content
    };
    if subject.is_empty() {
        return content;
    }
    format!("{subject}\n{content}")
}

fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' if in_tag => {
                in_tag = false;
                if !text.is_empty() && !text.ends_with(['\n', ' ']) {
                    text.push('\n');
                }
            }
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text.trim().to_owned()
}
