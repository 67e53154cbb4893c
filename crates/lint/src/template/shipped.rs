//! The shipped templates, and their texts to compare messages with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{Slot, Template, file, fill};
use crate::message::{Fingerprint, Fingerprints};
use crate::{Message, Settings};

/// Declares the shipped templates; the test compares the list with the folder.
macro_rules! shipped {
    ($($name:literal,)+) => {
        &[$(($name, include_str!(concat!("../../templates/", $name, ".toml"))),)+]
    };
}

const FILES: &[(&str, &str)] = shipped! {
    "alumni-office",
    "alumni-intro",
    "img-resident",
    "linkedin-connect",
    "paper-check-in",
    "pre-conference",
    "talk-approach",
    "webinar-chat",
    "post-talk-followup",
    "conference-followup",
    "shadow-request",
    "ir-attending-intro",
    "thank-you",
    "interview-thank-you",
    "letter-thanks",
    "report-back",
    "mentor-bridge",
    "mentor-update",
    "milestone-update",
    "meeting-prep",
    "letter-request",
    "intro-request",
    "advocacy-request",
    "step-back",
    "apology",
    "public-post",
    "x-post",
    "case-summary",
};

/// Every shipped template, in the order in which a student meets them.
pub static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(name, text)| Template::parse(name, text).unwrap_or_else(|e| panic!("{e}")))
        .collect()
});

/// Returns the shipped template with a name, if there is one; a step of a
/// template is `<template>/<step>`.
pub fn template(name: &str) -> Option<&'static Template> {
    let mut all = TEMPLATES
        .iter()
        .flat_map(|t| [t].into_iter().chain(&t.steps));
    all.find(|template| template.name == name)
}

/// Returns the slots that the record fills and any template may use without
/// declaring them.
pub(super) fn record_slots() -> &'static [Slot] {
    static SLOTS: LazyLock<Vec<Slot>> = LazyLock::new(|| {
        file::slots_only(include_str!("../../data/record-slots.toml"))
            .unwrap_or_else(|e| panic!("record-slots.toml: {e}"))
    });
    &SLOTS
}

/// What two students who start from one template have in common.
pub(crate) struct ShippedTexts {
    /// The title of each text's template.
    pub(crate) titles: Vec<&'static str>,
    /// Each template twice: with its slots empty, and with the examples in them.
    pub(crate) prints: Fingerprints,
}

/// Returns the texts of all templates and steps, ready to be compared.
pub(crate) fn shipped_texts() -> &'static ShippedTexts {
    static TEXTS: LazyLock<ShippedTexts> = LazyLock::new(|| {
        let all = TEMPLATES
            .iter()
            .flat_map(|t| [t].into_iter().chain(&t.steps));
        let (titles, prints): (Vec<&str>, Vec<Fingerprint>) = all
            .flat_map(|template| {
                let values = [BTreeMap::new(), template.examples()];
                values.map(|values| (template.title.as_str(), print(template, &values)))
            })
            .unzip();
        ShippedTexts {
            titles,
            prints: Fingerprints::new(&prints),
        }
    });
    &TEXTS
}

fn print(template: &Template, values: &BTreeMap<String, String>) -> Fingerprint {
    let draft = fill(template, values);
    let date = jiff::civil::date(2000, 1, 1);
    let mut message = Message::new(template.channel, template.scenario, date, &draft.text);
    // The sentence with the school is left out of the comparison, as it is in the
    // student's own message.
    if let Some(school) = template.slot("school") {
        message.sender.school.clone_from(&school.example);
    }
    Fingerprint::of(&message, &Settings::default())
}
