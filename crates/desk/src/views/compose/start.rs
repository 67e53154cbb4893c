//! What stands before a message is begun: templates, and slots with what the record knows.

use std::collections::BTreeMap;

use domain::{MessageState, Person, PersonId};
use jiff::civil::Date;
use lint::Template;
use serde::Serialize;
use store::Reader;

use super::around::{Beside, around};
use super::credited::{CreditedLine, credited};
use super::found_person;
use super::told::place_of;
use crate::places::Places;
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
    /// How it travels ("email").
    pub channel: &'static str,
    /// Fewest and most lines of 72 columns.
    pub lines: (Option<usize>, Option<usize>),
    /// Most minutes to ask for.
    pub minutes: Option<u32>,
    /// Most characters.
    pub characters: Option<usize>,
    /// Most seconds when spoken.
    pub seconds: Option<u32>,
    /// When and how often to follow up.
    pub follow_up: String,
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
    /// What is known of the person and of what was written there before.
    pub beside: Beside,
    /// Whom the record credits, where the message goes to each of them.
    pub credited: Vec<CreditedLine>,
    /// The messages that are not sent yet, newest first.
    pub drafts: Vec<MessageLine>,
    /// Whether it may leave only where the program's contact policy allows it.
    pub needs_policy: bool,
    /// Whether name, stage and school of the student are known.
    pub introduced: bool,
}

/// Returns what stands before a message is begun: templates, and the slots of
/// the one chosen with what the record knows.
pub fn start(
    reader: &Reader,
    today: Date,
    person: Option<PersonId>,
    template: Option<&str>,
) -> Result<Start> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let student = Student::from_settings(&snapshot.settings()?);
        let person = found_person(snapshot, person)?;
        let template = template.map(named_template).transpose()?;
        let known = known_values(&places, &student, person.as_ref());
        let slots = template.map(|t| slot_lines(t, &known)).unwrap_or_default();
        let beside = match &person {
            Some(person) => around(snapshot, &places, person, None, None, today)?.beside,
            None => Beside::default(),
        };
        let drafts = snapshot.messages(None, 50)?;
        let credited = credited(snapshot, template.map_or("", |t| t.name.as_str()))?;
        Ok(Start {
            templates: lint::TEMPLATES.iter().map(template_line).collect(),
            chosen: template.map(template_line),
            slots,
            beside,
            credited,
            person: person.map(|p| (p.id.to_string(), p.name.display())),
            drafts: drafts
                .iter()
                .filter(|m| m.state < MessageState::Sent)
                .map(message_line)
                .collect(),
            needs_policy: template.is_some_and(|t| t.scenario == lint::Scenario::InterviewThankYou),
            introduced: student.can_introduce_themselves(),
        })
    })
}

fn template_line(template: &Template) -> TemplateLine {
    TemplateLine {
        name: template.name.clone(),
        title: template.title.clone(),
        purpose: template.purpose.clone(),
        audience: template.audience.clone(),
        channel: template.channel.word(),
        lines: (template.limits.lines_min, template.limits.lines_max),
        minutes: template.limits.minutes,
        characters: template.limits.characters,
        seconds: template.limits.seconds,
        follow_up: template.follow_up.clone(),
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

/// Returns the template with a name.
pub(crate) fn named_template(name: &str) -> Result<&'static Template> {
    lint::template(name).ok_or_else(|| {
        let names: Vec<&str> = lint::TEMPLATES.iter().map(|t| t.name.as_str()).collect();
        DeskError::bad("template", name, names.join(", "))
    })
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
    put("sender.stage", &student.stage_in_words());
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
