//! Templates: prompts that the student fills, never a finished letter.

mod file;
mod shipped;
mod untouched;

use std::collections::BTreeMap;

use crate::{Channel, Relationship, Scenario};

pub use file::{TemplateError, TemplateProblem};
pub(crate) use shipped::shipped_texts;
pub use shipped::{TEMPLATES, template};

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
/// the same letter. Sign-offs of one or two words are no sentences.
pub const FIXED_SENTENCES: usize = 2;

/// Declares [`Purpose`] with its words for files and its headings for pages.
macro_rules! purposes {
    ($($(#[$meta:meta])* $variant:ident => $word:literal, $heading:literal;)+) => {
        /// What a student wants to get done; templates are offered by it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Purpose { $($(#[$meta])* $variant,)+ }

        impl Purpose {
            /// Every purpose, in the order in which a student meets them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the word that stands in template files and addresses.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Returns the purpose in the student's words.
            pub fn heading(self) -> &'static str {
                match self { $(Self::$variant => $heading,)+ }
            }

            /// Returns the purpose for a word, if there is one.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

purposes! {
    /// First words to somebody who does not know the student.
    FirstWords => "first-words", "Write to somebody new";
    /// Before, during and after a talk or a conference.
    Conference => "conference", "Talks and conferences";
    /// Seeing the work: observing, rotations.
    Observe => "observe", "See the work";
    /// Thanks, and what came of a meeting.
    Thanks => "thanks", "Thank and follow up";
    /// The people who guide the student.
    Mentors => "mentors", "Stay in touch with mentors";
    /// Letters, introductions, a word put in.
    Support => "support", "Ask for support";
    /// What went wrong, or cannot be kept.
    Repair => "repair", "Put something right";
    /// What everybody can read.
    InPublic => "in-public", "Write in public";
}

/// A place in a template that a value goes into.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// Its name; it stands in braces in subject and body.
    pub name: String,
    /// One of [`SLOT_SOURCES`].
    pub from: String,
    /// Whether the message cannot be ready without it.
    pub required: bool,
    /// Whether it makes the message fit this one person.
    pub personal: bool,
    /// What belongs here; it stands in brackets while the slot is empty.
    pub hint: String,
    /// A made-up example.
    pub example: String,
    /// Values to choose from, where there are only a few; the student's own
    /// words are as good.
    pub choices: Vec<String>,
}

/// Bounds that the filled template keeps; the rules check most of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Deserialize)]
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
    /// Most seconds when spoken, at [`crate::SPOKEN_WORDS_A_MINUTE`].
    pub seconds: Option<u32>,
}

/// A template, as its file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// Its name, which is its file's name; of a later step
    /// `<template>/<step>`.
    pub name: String,
    /// What the student wants to do, in a few words.
    pub title: String,
    /// What it serves.
    pub serves: Purpose,
    /// The scenario under which the rules read it: its own, or the nearest one.
    pub scenario: Scenario,
    /// How it travels.
    pub channel: Channel,
    /// For whom it is.
    pub audience: String,
    /// How well the recipient may know the student; empty for a public text.
    pub fits: Vec<Relationship>,
    /// What it is for, and when it is right.
    pub purpose: String,
    /// What the student must know or settle before the first word.
    pub before: Vec<String>,
    /// What goes with it.
    pub packet: Vec<String>,
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
    /// The messages that come after it, each a template of its own.
    pub steps: Vec<Self>,
}

impl Template {
    /// Reads a template file.
    ///
    /// # Errors
    /// What is wrong, with file and line.
    pub fn parse(name: &str, text: &str) -> Result<Self, TemplateError> {
        file::parse(name, text)
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

    /// Returns whether it may go to somebody who knows the student that well.
    pub fn fits(&self, relationship: Relationship) -> bool {
        self.fits.contains(&relationship)
    }
}

/// A piece of a subject or body.
enum Piece<'t> {
    Text(&'t str),
    Slot(&'t str),
}

/// Takes a text with slots in braces apart; `Err` holds the line of a brace that
/// does not close, from the brace on.
fn pieces(text: &str) -> Result<Vec<Piece<'_>>, &str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}') else {
            let end = rest[open..].find('\n').map_or(rest.len(), |n| open + n);
            return Err(&rest[open..end]);
        };
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
