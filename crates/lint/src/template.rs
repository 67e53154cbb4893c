//! Templates: prompts that the student fills, never a finished letter.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::{Channel, Scenario};

/// Where the value of a slot may come from. All but `student` are read from the
/// record; what the record does not know is asked from the student.
pub const SLOT_SOURCES: &[&str] = &[
    "student",
    "recipient.title",
    "recipient.surname",
    "recipient.name",
    "recipient.institution",
    "recipient.role",
    "recipient.fact",
    "sender.name",
    "sender.stage",
    "sender.school",
    "context.event",
    "context.how-found",
];

/// Most sentences without a slot in a template, so that two students never send
/// the same letter.
pub const FIXED_SENTENCES: usize = 2;

/// A place in a template that a value goes into.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// Its name; it stands in braces in subject and body.
    pub name: String,
    /// One of [`SLOT_SOURCES`].
    pub from: String,
    /// Whether the message cannot be ready without it.
    #[serde(default)]
    pub required: bool,
    /// Whether it makes the message fit this one person.
    #[serde(default)]
    pub personal: bool,
    /// What belongs here; it stands in brackets while the slot is empty.
    pub hint: String,
    /// A made-up example.
    pub example: String,
}

/// Bounds that the filled template keeps; the rules check them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limits {
    /// Fewest lines of 72 columns.
    pub lines_min: Option<usize>,
    /// Most lines of 72 columns.
    pub lines_max: Option<usize>,
    /// Most minutes asked for.
    pub minutes: Option<u32>,
    /// Most characters.
    pub characters: Option<usize>,
    /// Most seconds when spoken.
    pub seconds: Option<u32>,
}

/// A template, as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name, which is its file's name.
    pub name: String,
    /// What the student wants to do, in a few words.
    pub title: String,
    /// The scenario under which the rules read it.
    pub scenario: Scenario,
    /// How it travels.
    pub channel: Channel,
    /// For whom it is.
    pub audience: String,
    /// What it is for, and when it is right.
    pub purpose: String,
    /// Slots in the order in which they are asked for.
    pub slots: Vec<Slot>,
    /// The subject with slots in braces; `None` outside e-mail.
    pub subject: Option<String>,
    /// The text with slots in braces.
    pub body: String,
    /// Bounds.
    pub limits: Limits,
    /// When and how often to follow up.
    pub follow_up: String,
    /// What an answer can change in the record.
    pub reply_changes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    title: String,
    scenario: String,
    channel: String,
    audience: String,
    purpose: String,
    subject: Option<String>,
    body: String,
    follow_up: String,
    reply_changes: Vec<String>,
    #[serde(default)]
    limits: Limits,
    #[serde(rename = "slot")]
    slots: Vec<Slot>,
}

/// Why a text is not a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    /// The text is not TOML of the right shape.
    #[error("line {line}: {found}")]
    Shape {
        /// Line in the file, from 1.
        line: usize,
        /// What was found.
        found: String,
    },
    /// A word is none of those that would do.
    #[error("{field}: \"{found}\" is not known; one of {would_do} would do")]
    Word {
        /// The field.
        field: &'static str,
        /// What was found.
        found: String,
        /// What would do.
        would_do: String,
    },
    /// Subject or body name a slot that is not declared.
    #[error("the slot \"{0}\" is used but not declared")]
    UndeclaredSlot(String),
    /// A declared slot stands nowhere.
    #[error("the slot \"{0}\" is declared but not used")]
    UnusedSlot(String),
    /// Nothing in the template is about the one recipient.
    #[error("no required slot is personal, so everybody would get the same letter")]
    NothingPersonal,
    /// A brace is not closed.
    #[error("a brace is not closed after \"{0}\"")]
    OpenBrace(String),
}

impl Template {
    /// Reads a template file.
    ///
    /// # Errors
    /// What is wrong, with its line where the file does not parse.
    pub fn parse(name: &str, text: &str) -> Result<Self, TemplateError> {
        let file: File = toml::from_str(text).map_err(|e| shape_error(text, &e))?;
        let scenario = Scenario::from_word(&file.scenario).ok_or_else(|| {
            let words: Vec<&str> = Scenario::ALL.iter().map(|s| s.word()).collect();
            unknown_word("scenario", &file.scenario, &words)
        })?;
        let channel = Channel::from_word(&file.channel).ok_or_else(|| {
            let words: Vec<&str> = Channel::ALL.iter().map(|c| c.word()).collect();
            unknown_word("channel", &file.channel, &words)
        })?;
        for slot in &file.slots {
            if !SLOT_SOURCES.contains(&slot.from.as_str()) {
                return Err(unknown_word("from", &slot.from, SLOT_SOURCES));
            }
        }
        let template = Self {
            name: name.to_owned(),
            title: file.title,
            scenario,
            channel,
            audience: file.audience,
            purpose: file.purpose,
            slots: file.slots,
            subject: file.subject,
            body: file.body.trim().to_owned(),
            limits: file.limits,
            follow_up: file.follow_up,
            reply_changes: file.reply_changes,
        };
        template.check_slots()?;
        Ok(template)
    }

    fn check_slots(&self) -> Result<(), TemplateError> {
        let mut used = Vec::new();
        for text in self.subject.iter().chain([&self.body]) {
            for piece in pieces(text)? {
                if let Piece::Slot(name) = piece {
                    if self.slot(name).is_none() {
                        return Err(TemplateError::UndeclaredSlot(name.to_owned()));
                    }
                    used.push(name);
                }
            }
        }
        if let Some(slot) = self.slots.iter().find(|s| !used.contains(&s.name.as_str())) {
            return Err(TemplateError::UnusedSlot(slot.name.clone()));
        }
        if !self.slots.iter().any(|s| s.personal && s.required) {
            return Err(TemplateError::NothingPersonal);
        }
        Ok(())
    }

    /// Returns the slot with a name.
    pub fn slot(&self, name: &str) -> Option<&Slot> {
        self.slots.iter().find(|slot| slot.name == name)
    }

    /// Returns the values of all examples: what the template looks like when it
    /// is filled.
    pub fn examples(&self) -> BTreeMap<String, String> {
        self.slots
            .iter()
            .map(|slot| (slot.name.clone(), slot.example.clone()))
            .collect()
    }
}

fn shape_error(text: &str, error: &toml::de::Error) -> TemplateError {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    TemplateError::Shape {
        line: text.as_bytes()[..at]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1,
        found: error.message().to_owned(),
    }
}

fn unknown_word(field: &'static str, found: &str, words: &[&str]) -> TemplateError {
    TemplateError::Word {
        field,
        found: found.to_owned(),
        would_do: words.join(", "),
    }
}

enum Piece<'t> {
    Text(&'t str),
    Slot(&'t str),
}

/// Takes a text with slots in braces apart.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, TemplateError> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let close = rest[open..]
            .find('}')
            .ok_or_else(|| TemplateError::OpenBrace(rest[..open].to_owned()))?;
        found.push(Piece::Text(&rest[..open]));
        found.push(Piece::Slot(&rest[open + 1..open + close]));
        rest = &rest[open + close + 1..];
    }
    found.push(Piece::Text(rest));
    Ok(found)
}

/// A slot that is still empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The slot's name.
    pub slot: String,
    /// Whether the message cannot be ready without it.
    pub required: bool,
    /// What belongs there.
    pub hint: String,
}

/// A template with values in its slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The subject, in e-mail.
    pub subject: Option<String>,
    /// The text; an empty slot stands as its hint in square brackets, which
    /// the rule `placeholder-left` finds.
    pub text: String,
    /// Slots that are still empty, in the template's order.
    pub missing: Vec<Missing>,
}

/// Returns the template with the values in its slots.
///
/// A value of white space alone is no value. A slot that is optional and empty
/// disappears together with its line when it stands alone there. Values under
/// other names than the template's slots are ignored.
pub fn fill(template: &Template, values: &BTreeMap<String, String>) -> Draft {
    let value = |name: &str| values.get(name).map(|v| v.trim()).filter(|v| !v.is_empty());
    let fill_text = |text: &str| -> String {
        let mut lines: Vec<String> = Vec::new();
        for line in text.lines() {
            let alone = line.trim();
            let is_dropped = alone
                .strip_prefix('{')
                .and_then(|l| l.strip_suffix('}'))
                .and_then(|name| template.slot(name))
                .is_some_and(|slot| !slot.required && value(&slot.name).is_none());
            if is_dropped {
                continue;
            }
            lines.push(fill_line(template, line, &value));
        }
        // A dropped line leaves two blank lines; one is enough.
        lines.dedup_by(|a, b| a.is_empty() && b.is_empty());
        lines.join("\n")
    };
    Draft {
        subject: template.subject.as_deref().map(fill_text),
        text: fill_text(&template.body),
        missing: template
            .slots
            .iter()
            .filter(|slot| value(&slot.name).is_none())
            .map(|slot| Missing {
                slot: slot.name.clone(),
                required: slot.required,
                hint: slot.hint.clone(),
            })
            .collect(),
    }
}

fn fill_line<'v>(
    template: &Template,
    line: &str,
    value: &impl Fn(&str) -> Option<&'v str>,
) -> String {
    let mut filled = String::with_capacity(line.len());
    // `parse` has seen that every brace closes.
    for piece in pieces(line).unwrap_or_default() {
        match piece {
            Piece::Text(text) => filled.push_str(text),
            Piece::Slot(name) => match (value(name), template.slot(name)) {
                (Some(value), _) => filled.push_str(value),
                (None, Some(slot)) => {
                    filled.push('[');
                    filled.push_str(&slot.hint);
                    filled.push(']');
                }
                (None, None) => {}
            },
        }
    }
    filled
}

/// Declares the shipped templates; the test compares the list with the folder.
macro_rules! shipped {
    ($($name:literal,)+) => {
        &[$(($name, include_str!(concat!("../templates/", $name, ".toml"))),)+]
    };
}

const FILES: &[(&str, &str)] = shipped! {
    "alumni-office",
    "alumni-intro",
};

/// Every shipped template, in the order in which a student meets them.
pub static TEMPLATES: LazyLock<Vec<Template>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(name, text)| {
            Template::parse(name, text).unwrap_or_else(|e| panic!("template {name}: {e}"))
        })
        .collect()
});

/// Returns the shipped template with a name, if there is one.
pub fn template(name: &str) -> Option<&'static Template> {
    TEMPLATES.iter().find(|template| template.name == name)
}
