//! A message as it is being written: prompts, findings, and how it can leave.

use std::collections::BTreeMap;

use domain::{
    Channel, ContactKind, Direction, Interaction, MessageId, MessageState, Person, PersonId,
    RelationshipState, Ring, relationship,
};
use jiff::civil::Date;
use lint::{Finding, Level, Scenario, Template};
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::places::Places;
use crate::season::season_phase;
use crate::student::Student;
use crate::views::person::{MessageLine, message_line};
use crate::{DeskError, Result};

/// A template to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TemplateLine {
    /// Its name.
    pub name: String,
    /// What the student wants to do.
    pub title: String,
    /// What it is for.
    pub purpose: String,
    /// For whom it is.
    pub audience: String,
}

/// A slot of a template, with what the record knows for it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SlotLine {
    /// Its name.
    pub name: String,
    /// What belongs here.
    pub hint: String,
    /// A made-up example.
    pub example: String,
    /// Whether the message cannot be ready without it.
    pub required: bool,
    /// Whether it makes the message fit this one person.
    pub personal: bool,
    /// What the record knows, or what was typed.
    pub value: String,
    /// Whether the value comes from the record.
    pub from_record: bool,
}

/// What stands before a message is begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Start {
    /// The templates.
    pub templates: Vec<TemplateLine>,
    /// The one chosen, with its slots.
    pub chosen: Option<TemplateLine>,
    /// The slots of the one chosen.
    pub slots: Vec<SlotLine>,
    /// To whom: id and name.
    pub person: Option<(String, String)>,
    /// Where the person works.
    pub place: String,
    /// The messages that are not sent yet, newest first.
    pub drafts: Vec<MessageLine>,
    /// Whether name, stage and school of the student are known.
    pub introduced: bool,
}

/// What a rule says about the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingLine {
    /// The rule's code.
    pub code: &'static str,
    /// "error", "warn" or "note".
    pub level: &'static str,
    /// First byte in the text, where it is at a place.
    pub start: Option<usize>,
    /// Byte after the last one.
    pub end: Option<usize>,
    /// The words of the text that it is about, or empty.
    pub quote: String,
    /// What was found, and what would do.
    pub message: String,
    /// Why the rule exists.
    pub why: &'static str,
    /// The student's word of reason, where a warning was confirmed.
    pub confirmed: Option<String>,
}

/// What the check of a text says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    /// Findings on the whole message first, then by position.
    pub findings: Vec<FindingLine>,
    /// Errors.
    pub n_errors: usize,
    /// Warnings that are not confirmed.
    pub n_open_warnings: usize,
    /// Whether the message may be handed over.
    pub ready: bool,
    /// Words.
    pub n_words: usize,
    /// Characters.
    pub n_chars: usize,
    /// Question marks.
    pub n_questions: usize,
}

/// A message as it is being written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compose {
    /// Its id.
    pub id: String,
    /// To whom: id and name.
    pub person: Option<(String, String)>,
    /// Where the person works.
    pub place: String,
    /// How the student came upon the person.
    pub how_found: String,
    /// The last things that happened with the person.
    pub evidence: Vec<String>,
    /// The template's title, or what kind of message it is.
    pub title: String,
    /// When and how often to follow up.
    pub follow_up: String,
    /// How it travels ("email").
    pub channel: String,
    /// The subject line.
    pub subject: String,
    /// The text.
    pub text: String,
    /// How far it has come.
    pub state: &'static str,
    /// Whether it can still be written on.
    pub open: bool,
    /// The day it was sent.
    pub sent_on: Option<String>,
    /// What the rules say.
    pub check: Check,
    /// The address that opens it in the mail program, and whether it carries the
    /// text: one that is longer than mail programs take does not. `None` where
    /// the message is not ready or no e-mail.
    pub mailto: Option<(String, bool)>,
}

/// Returns what stands before a message is begun: templates, and the slots of
/// the one chosen with what the record knows.
pub fn start(reader: &Reader, person: Option<PersonId>, template: Option<&str>) -> Result<Start> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let person = found_person(snapshot, person)?;
        let template = template.map(named_template).transpose()?;
        let known = known_values(&places, &student, person.as_ref());
        let slots = template.map(|t| slot_lines(t, &known)).unwrap_or_default();
        let drafts = snapshot.messages(None, 50)?;
        Ok(Start {
            templates: lint::TEMPLATES.iter().map(template_line).collect(),
            chosen: template.map(template_line),
            slots,
            place: person
                .as_ref()
                .map(|p| place_of(&places, p))
                .unwrap_or_default(),
            person: person.map(|p| (p.id.to_string(), p.name.display())),
            drafts: drafts
                .iter()
                .filter(|m| m.state < MessageState::Sent)
                .map(message_line)
                .collect(),
            introduced: student.can_introduce_themselves(),
        })
    })
}

fn found_person(snapshot: &Snapshot<'_>, id: Option<PersonId>) -> Result<Option<Person>> {
    let Some(id) = id else { return Ok(None) };
    snapshot
        .person(id)?
        .map(Some)
        .ok_or_else(|| DeskError::not_there("person", id))
}

/// Returns the template with a name.
pub(crate) fn named_template(name: &str) -> Result<&'static Template> {
    lint::template(name).ok_or_else(|| {
        let names: Vec<&str> = lint::TEMPLATES.iter().map(|t| t.name.as_str()).collect();
        DeskError::bad("template", name, names.join(", "))
    })
}

fn template_line(template: &Template) -> TemplateLine {
    TemplateLine {
        name: template.name.clone(),
        title: template.title.clone(),
        purpose: template.purpose.clone(),
        audience: template.audience.clone(),
    }
}

fn slot_lines(template: &Template, known: &BTreeMap<&'static str, String>) -> Vec<SlotLine> {
    template
        .slots
        .iter()
        .map(|slot| {
            let value = known.get(slot.from.as_str()).cloned().unwrap_or_default();
            SlotLine {
                name: slot.name.clone(),
                hint: slot.hint.clone(),
                example: slot.example.clone(),
                required: slot.required,
                personal: slot.personal,
                from_record: !value.is_empty(),
                value,
            }
        })
        .collect()
}

/// Returns what the record knows, by the place that a slot names.
pub(crate) fn known_values(
    places: &Places,
    student: &Student,
    person: Option<&Person>,
) -> BTreeMap<&'static str, String> {
    let mut known = BTreeMap::new();
    let mut put = |key: &'static str, value: &str| {
        if !value.trim().is_empty() {
            known.insert(key, value.trim().to_owned());
        }
    };
    put("sender.name", &student.name);
    put("sender.stage", &student.stage);
    put("sender.school", &student.school);
    if let Some(person) = person {
        let name = &person.name;
        put("recipient.title", &name.title);
        put(
            "recipient.surname",
            if name.family.is_empty() {
                &name.given
            } else {
                &name.family
            },
        );
        put("recipient.name", &name.display());
        put("recipient.institution", &place_of(places, person));
        let role = person
            .affiliations
            .iter()
            .find(|a| a.current)
            .map(|a| a.position.clone());
        put("recipient.role", &role.unwrap_or_default());
    }
    known
}

/// Returns where a person works, in words: what the employer's text names, else the text.
pub(crate) fn place_of(places: &Places, person: &Person) -> String {
    let current = person.affiliations.iter().find(|a| a.current);
    current
        .map(|a| {
            let institution = a
                .institution_key
                .as_deref()
                .and_then(|key| places.institution(key));
            institution.map_or_else(|| a.employer.clone(), str::to_owned)
        })
        .unwrap_or_default()
}

/// Returns a message as it is being written. With `typed`, subject and text are
/// what the student has typed since it was saved.
///
/// # Errors
/// [`DeskError::NotThere`] where no message has the id.
pub fn compose(
    reader: &Reader,
    today: Date,
    id: MessageId,
    typed: Option<(&str, &str)>,
) -> Result<Compose> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let Some(mut message) = snapshot.message(id)? else {
            return Err(DeskError::not_there("message", id));
        };
        if let Some((subject, text)) = typed {
            subject.clone_into(&mut message.subject);
            text.clone_into(&mut message.text);
        }
        let person = found_person(snapshot, message.person)?;
        let check = check_stored(
            snapshot,
            &places,
            &student,
            &message,
            person.as_ref(),
            today,
        )?;
        let template = lint::template(&message.template);
        let email = person
            .as_ref()
            .and_then(|p| p.contact(ContactKind::Email))
            .unwrap_or_default();
        let is_email = message.channel == lint::Channel::Email.word();
        let mailto = (check.ready && is_email).then(|| {
            let to: Vec<&str> = Some(email)
                .filter(|email| !email.is_empty())
                .into_iter()
                .collect();
            let mailto = formats::mail::mailto(&to, &message.subject, &message.text);
            (mailto.url, mailto.has_text)
        });
        let evidence = match &person {
            Some(person) => evidence(snapshot, person.id)?,
            None => Vec::new(),
        };
        Ok(Compose {
            id: id.to_string(),
            place: person
                .as_ref()
                .map(|p| place_of(&places, p))
                .unwrap_or_default(),
            how_found: person
                .as_ref()
                .map(|p| p.how_found.clone())
                .unwrap_or_default(),
            evidence,
            person: person.map(|p| (p.id.to_string(), p.name.display())),
            title: template.map_or_else(|| message.scenario.clone(), |t| t.title.clone()),
            follow_up: template.map(|t| t.follow_up.clone()).unwrap_or_default(),
            channel: message.channel,
            subject: message.subject,
            text: message.text,
            state: message.state.word(),
            open: message.state < MessageState::Sent,
            sent_on: message.sent_on.map(|day| day.to_string()),
            check,
            mailto,
        })
    })
}

/// Returns the last things that happened with a person, in words.
fn evidence(snapshot: &Snapshot<'_>, person: PersonId) -> Result<Vec<String>> {
    let lines = snapshot
        .timeline(person, 3, None)?
        .into_iter()
        .map(|interaction| {
            let mut line = format!("{}, {}", interaction.day, interaction.channel.word());
            if !interaction.note.is_empty() {
                line.push_str(": ");
                line.push_str(&crate::views::today::first_words(&interaction.note, 24));
            }
            line
        });
    Ok(lines.collect())
}

/// Returns what the rules say about a stored message, with the warnings that
/// the student confirmed.
pub(crate) fn check_stored(
    snapshot: &Snapshot<'_>,
    places: &Places,
    student: &Student,
    message: &domain::Message,
    person: Option<&Person>,
    today: Date,
) -> Result<Check> {
    let record = record(snapshot, places, student, message, person, today)?;
    let findings = lint::check(&record, &lint::Settings::default());
    Ok(check(&record, findings, &message.confirmed))
}

/// Returns findings as a face shows them.
pub(crate) fn check(
    record: &lint::Message,
    findings: Vec<Finding>,
    confirmed: &[(String, String)],
) -> Check {
    let mut n_errors = 0;
    let mut n_open_warnings = 0;
    let lines: Vec<FindingLine> = findings
        .into_iter()
        .map(|finding| {
            let reason = confirmed
                .iter()
                .find(|(code, _)| code == finding.code && finding.level == Level::Warn)
                .map(|(_, reason)| reason.clone());
            match finding.level {
                Level::Error => n_errors += 1,
                Level::Warn if reason.is_none() => n_open_warnings += 1,
                _ => {}
            }
            let quote = finding
                .start
                .zip(finding.end)
                .and_then(|(start, end)| record.text.get(start..end))
                .unwrap_or_default();
            FindingLine {
                code: finding.code,
                level: finding.level.word(),
                start: finding.start,
                end: finding.end,
                quote: quote.to_owned(),
                message: finding.message,
                why: finding.why,
                confirmed: reason,
            }
        })
        .collect();
    let empty = record.text.trim().is_empty();
    Check {
        findings: lines,
        n_errors,
        n_open_warnings,
        ready: n_errors == 0 && n_open_warnings == 0 && !empty,
        n_words: record.text.split_whitespace().count(),
        n_chars: record.text.chars().count(),
        n_questions: record.text.matches('?').count(),
    }
}

/// Returns the findings of a text that is no stored message: read as an e-mail
/// from the student to somebody who is not known.
pub fn check_text(
    reader: &Reader,
    today: Date,
    subject: Option<&str>,
    text: &str,
) -> Result<Check> {
    let student = crate::views::set_up::student(reader)?;
    let mut record = lint::Message::new(lint::Channel::Email, Scenario::AlumniIntro, today, text);
    record.sender = sender(&student);
    record.context.season_phase = season_phase(today);
    record.subject = subject.map(str::to_owned);
    let mut findings = lint::check(&record, &lint::Settings::default());
    // Without a record there is no name that the greeting could be compared with,
    // and a bare text has no subject line to miss.
    findings.retain(|finding| {
        finding.code != "wrong-name" && (subject.is_some() || finding.code != "no-subject")
    });
    Ok(check(&record, findings, &[]))
}

fn sender(student: &Student) -> lint::Sender {
    let facts = facts::shipped();
    let school_short = match facts.school(&student.school) {
        facts::SchoolAnswer::One(school) => school
            .abbreviations
            .iter()
            .filter(|short| matches!(facts.school(short), facts::SchoolAnswer::One(_)))
            .cloned()
            .collect(),
        _ => Vec::new(),
    };
    lint::Sender {
        name: student.name.clone(),
        stage: student.stage.clone(),
        school: student.school.clone(),
        school_short,
    }
}

/// Interactions looked through for the first day of an acquaintance.
const LOOKED_THROUGH: usize = 2_000;

/// Returns what the rules are told about a message.
fn record(
    snapshot: &Snapshot<'_>,
    places: &Places,
    student: &Student,
    message: &domain::Message,
    person: Option<&Person>,
    today: Date,
) -> Result<lint::Message> {
    let channel = lint::Channel::from_word(&message.channel).unwrap_or(lint::Channel::Email);
    let scenario = Scenario::from_word(&message.scenario).unwrap_or(Scenario::AlumniIntro);
    let mut record = lint::Message::new(channel, scenario, today, &message.text);
    record.id = message.id.to_string();
    record.sender = sender(student);
    record.context.season_phase = season_phase(today);
    record.context.event.clone_from(&message.event);
    record.subject = (channel == lint::Channel::Email).then(|| message.subject.clone());
    let Some(person) = person else {
        return Ok(record);
    };

    let timeline = snapshot.timeline(person.id, LOOKED_THROUGH, None)?;
    let evidence = snapshot.evidence(person.id)?;
    let met = timeline
        .iter()
        .rfind(|i| counts_as_acquaintance(i))
        .map(|i| i.day);
    let recipient = &mut record.recipient;
    recipient.name = person.name.plain();
    recipient.title.clone_from(&person.name.title);
    recipient.greet_as.clone_from(&person.name.greet_as);
    recipient.role = person
        .affiliations
        .iter()
        .find(|a| a.current)
        .map(|a| {
            if a.position.is_empty() {
                a.role.word().to_owned()
            } else {
                a.position.clone()
            }
        })
        .unwrap_or_default();
    recipient.institution = place_of(places, person);
    recipient.relationship = match relationship(evidence).0 {
        RelationshipState::Unknown => lint::Relationship::Stranger,
        RelationshipState::Advocate => lint::Relationship::Advocate,
        _ if person.ring == Ring::Inner => lint::Relationship::Mentor,
        RelationshipState::WorkedWith => lint::Relationship::WorkedWith,
        RelationshipState::Aware | RelationshipState::Met => lint::Relationship::MetOnce,
    };
    recipient.acquainted_days = met
        .and_then(|day| day.until(today).ok())
        .and_then(|span| u32::try_from(span.get_days()).ok())
        .unwrap_or(0);
    recipient.working_days = Some(evidence.days_together);
    recipient.facts = [&person.note, &person.how_found]
        .into_iter()
        .chain(&person.tags)
        .chain(timeline.iter().take(10).flat_map(|i| [&i.note, &i.event]))
        .filter(|text| !text.trim().is_empty())
        .cloned()
        .collect();
    // A word back within a month keeps a thread open.
    record.context.reply = timeline.first().is_some_and(|latest| {
        latest.channel.is_written()
            && latest.direction == Direction::Incoming
            && latest
                .day
                .until(today)
                .is_ok_and(|span| span.get_days() <= 30)
    });
    Ok(record)
}

fn counts_as_acquaintance(interaction: &Interaction) -> bool {
    interaction.channel.is_live() || interaction.direction == Direction::Incoming
}

/// Returns the channel under which a sent message is logged.
pub(crate) fn logged_channel(channel: &str) -> (Channel, Direction) {
    match lint::Channel::from_word(channel) {
        Some(lint::Channel::LinkedinNote) => (Channel::LinkedIn, Direction::Outgoing),
        Some(lint::Channel::Spoken) => (Channel::Talk, Direction::Mutual),
        Some(lint::Channel::Post | lint::Channel::XPost) => (Channel::Other, Direction::Outgoing),
        _ => (Channel::Email, Direction::Outgoing),
    }
}
