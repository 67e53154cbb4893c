//! Made-up students, each with a voice, who fill every template in their own way
//! (`tests/voices/`).

use std::collections::BTreeMap;
use std::sync::LazyLock;

use lint::{Message, Scenario, Template};
use serde::Deserialize;

/// A student, somebody they write to, and what they write into each template.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Voice {
    pub(crate) name: String,
    stage: String,
    school: String,
    recipient: Recipient,
    /// The alumni office of their school.
    office: Recipient,
    fill: BTreeMap<String, BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Recipient {
    title: String,
    name: String,
    role: String,
    at: String,
    facts: Vec<String>,
}

pub(crate) fn voices() -> &'static [Voice] {
    static VOICES: LazyLock<Vec<Voice>> = LazyLock::new(|| {
        let files = [
            include_str!("../voices/kwame.toml"),
            include_str!("../voices/lucia.toml"),
            include_str!("../voices/tariq.toml"),
        ];
        let read = |text: &&str| toml::from_str(text).unwrap_or_else(|e| panic!("{e}"));
        files.iter().map(read).collect()
    });
    &VOICES
}

impl Voice {
    /// Returns what goes into the slots of a template; a value that no slot takes
    /// is a mistake in the voice.
    pub(crate) fn values(&self, template: &Template) -> BTreeMap<String, String> {
        let own = self.fill.get(&template.name);
        let own = own.unwrap_or_else(|| panic!("{} is not in {}", template.name, self.name));
        let mut values: BTreeMap<String, String> = own.clone();
        for name in values.keys() {
            assert!(template.slot(name).is_some(), "{}: {name}", template.name);
        }
        let reader = self.reader(template);
        let surname = reader.name.split(' ').next_back();
        if template.slot("addressee").is_some() {
            let addressee = format!("{} {}", reader.title, reader.name);
            values.insert("addressee".to_owned(), addressee);
        }
        for (slot, value) in [
            ("title", reader.title.as_str()),
            ("surname", surname.unwrap_or_default()),
            ("student", &self.name),
            ("stage", &self.stage),
            ("school", &self.school),
        ] {
            values.insert(slot.to_owned(), value.to_owned());
        }
        values
    }

    fn reader(&self, template: &Template) -> &Recipient {
        if template.scenario == Scenario::AlumniOffice {
            &self.office
        } else {
            &self.recipient
        }
    }

    /// Writes into a record who writes, and to whom.
    pub(crate) fn tell(&self, template: &Template, message: &mut Message) {
        message.sender.name.clone_from(&self.name);
        message.sender.stage.clone_from(&self.stage);
        message.sender.school.clone_from(&self.school);
        let reader = self.reader(template);
        message.recipient.title.clone_from(&reader.title);
        message.recipient.name.clone_from(&reader.name);
        message.recipient.role.clone_from(&reader.role);
        message.recipient.institution.clone_from(&reader.at);
        message.recipient.facts.clone_from(&reader.facts);
    }
}
