//! What a rule is, and what it says: findings as values.

use std::collections::BTreeSet;

use jiff::civil::date;

use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::{Channel, Message, Relationship, Scenario, SeasonPhase};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Blocks "ready".
    Error,
    /// Must be confirmed with a word of reason.
    Warn,
    /// Advice.
    Note,
}

impl Level {
    /// Returns the word that stands in output.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Note => "note",
        }
    }

    /// Returns the level for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Error, Self::Warn, Self::Note]
            .into_iter()
            .find(|level| level.word() == word)
    }
}

/// What a rule found in a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Name of the rule.
    pub code: &'static str,
    /// How much it weighs here.
    pub level: Level,
    /// First byte in the text, or `None` for the whole message or its subject.
    pub start: Option<usize>,
    /// Byte after the last one; given exactly when `start` is.
    pub end: Option<usize>,
    /// What was found, and what would do.
    pub message: String,
    /// The reason of the rule.
    pub why: &'static str,
}

/// A small message for a rule's manual page, which is its test as well.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// What differs from an off-season e-mail to a stranger, as `key=value`
    /// joined by "; ". See [`Example::message`].
    pub setup: &'static str,
    /// The text.
    pub text: &'static str,
}

impl Example {
    /// Returns an example whose record needs no changes.
    pub const fn plain(text: &'static str) -> Self {
        Self { setup: "", text }
    }

    /// Returns an example with a changed record.
    pub const fn with(setup: &'static str, text: &'static str) -> Self {
        Self { setup, text }
    }

    /// Returns the message that the example stands for.
    ///
    /// Keys are `channel`, `scenario`, `to` (relationship), `days`, `worked`,
    /// `phase`, `date`, `event`, `reply`, `name`, `title`, `role`, `at`
    /// (institution), `facts` (joined by "|"), `greet`, `school`, `stage` and
    /// `subject`. A key or value that is not understood changes nothing.
    pub fn message(&self) -> Message {
        let mut message = Message::new(
            Channel::Email,
            Scenario::AlumniIntro,
            date(2027, 6, 1),
            self.text,
        );
        "Solange Piché".clone_into(&mut message.sender.name);
        "MS3".clone_into(&mut message.sender.stage);
        "Windward Cays University".clone_into(&mut message.sender.school);
        "Nils Ferrand-Ochoa".clone_into(&mut message.recipient.name);
        "Dr.".clone_into(&mut message.recipient.title);
        "DR resident".clone_into(&mut message.recipient.role);
        "Tallgrass Medical Center".clone_into(&mut message.recipient.institution);
        message.recipient.facts = vec!["alumni panel on night float".to_owned()];
        message.subject = Some("A question".to_owned());
        for change in self.setup.split("; ") {
            let Some((key, value)) = change.split_once('=') else {
                continue;
            };
            apply(&mut message, key, value);
        }
        message
    }
}

fn apply(message: &mut Message, key: &str, value: &str) {
    let text = || value.to_owned();
    let recipient = &mut message.recipient;
    match key {
        "channel" => {
            message.channel = Channel::from_word(value).unwrap_or(message.channel);
            if message.channel != Channel::Email {
                message.subject = None;
            }
        }
        "scenario" => message.scenario = Scenario::from_word(value).unwrap_or(message.scenario),
        "to" => {
            recipient.relationship =
                Relationship::from_word(value).unwrap_or(recipient.relationship);
            if recipient.relationship != Relationship::Stranger && recipient.acquainted_days == 0 {
                recipient.acquainted_days = 200;
            }
        }
        "days" => recipient.acquainted_days = value.parse().unwrap_or(0),
        "worked" => recipient.working_days = value.parse().ok(),
        "phase" => {
            message.context.season_phase =
                SeasonPhase::from_word(value).unwrap_or(message.context.season_phase);
        }
        "date" => message.context.date = value.parse().unwrap_or(message.context.date),
        "event" => message.context.event = text(),
        "reply" => message.context.reply = value == "true",
        "name" => recipient.name = text(),
        "title" => recipient.title = text(),
        "role" => recipient.role = text(),
        "at" => recipient.institution = text(),
        "facts" => recipient.facts = value.split('|').map(str::to_owned).collect(),
        "greet" => recipient.greet_as = text(),
        "school" => message.sender.school = text(),
        "stage" => message.sender.stage = text(),
        "subject" => message.subject = Some(text()),
        _ => {}
    }
}

/// What a rule says about itself.
#[derive(Clone, Copy, Debug)]
pub struct Meta {
    /// The code; it reads well after "allow".
    pub name: &'static str,
    /// The usual level. A finding may carry another where the rule says so.
    pub level: Level,
    /// Why the rule exists, in a sentence or two for the student.
    pub why: &'static str,
    /// Requirements (S-nnn), evidence (E-nnn) and sections of the reference data.
    pub source: &'static [&'static str],
    /// Where it applies, in words.
    pub scope: &'static str,
    /// What it flags.
    pub flags: &'static [Example],
    /// What it leaves alone, near misses first.
    pub allows: &'static [Example],
    /// Whether the student may switch it off. The rules of the Match and of
    /// patients' privacy stay on.
    pub can_be_switched_off: bool,
}

/// Something in the text that a rule objects to.
pub(crate) struct Hit {
    /// Byte range in the text, or `None` for the whole message.
    pub(crate) span: Option<(usize, usize)>,
    /// The level, where it differs from the rule's usual one.
    pub(crate) level: Option<Level>,
    /// What was found, and what would do.
    pub(crate) message: String,
    /// Whether the definition settles it, so that the classifier takes nothing back.
    pub(crate) is_settled: bool,
}

impl Hit {
    /// Returns a hit on the whole message.
    pub(crate) fn whole(message: impl Into<String>) -> Self {
        Self {
            span: None,
            level: None,
            message: message.into(),
            is_settled: false,
        }
    }

    /// Returns a hit at a place in the text.
    pub(crate) fn at(span: (usize, usize), message: impl Into<String>) -> Self {
        Self {
            span: Some(span),
            level: None,
            message: message.into(),
            is_settled: false,
        }
    }

    /// Returns the same hit, which the definition settles where `is_settled`.
    pub(crate) fn settled(mut self, is_settled: bool) -> Self {
        self.is_settled = is_settled;
        self
    }

    /// Returns the same hit with another level.
    pub(crate) fn level(mut self, level: Level) -> Self {
        self.level = Some(level);
        self
    }
}

/// One rule on messages.
///
/// A rule that looks beyond its own record (`mass-text`) answers nothing here.
#[derive(Clone, Copy)]
pub struct Rule {
    /// What the rule says about itself.
    pub meta: &'static Meta,
    /// Reads the analysed message and pushes what it objects to.
    pub(crate) run: fn(&Analysis<'_>, &mut Vec<Hit>),
    /// What the classifier has to say to it.
    pub(crate) learned: Option<Learned>,
}

impl Rule {
    /// Returns whether the classifier takes part, beside the rule's patterns.
    pub fn is_learned(&self) -> bool {
        self.learned.is_some()
    }
}

/// How the classifier takes part in a rule.
#[derive(Clone, Copy)]
pub(crate) struct Learned {
    /// What the rule objects to.
    pub(crate) act: Act,
    /// Whether the rule is for messages like this one.
    pub(crate) applies: fn(&Analysis<'_>) -> bool,
    /// Says what was found at a place.
    pub(crate) hit: fn(&Analysis<'_>, (usize, usize)) -> Hit,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rule")
            .field("name", &self.meta.name)
            .finish()
    }
}

/// What the student changed about the rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Codes switched off. Rules that cannot be switched off stay on.
    pub off: BTreeSet<String>,
    /// Characters in a LinkedIn note: 200, or 300 on paid accounts
    /// (networking.toml, `lint.channel.linkedin_note`).
    pub linkedin_limit: usize,
    /// Most days of shadowing that may be asked for (networking.toml,
    /// `rules.shadowing`; five is our reading of "a few days").
    pub shadow_days: u32,
    /// Whether the classifier takes part. It learned from messages, so it has
    /// nothing to say of notes.
    pub classifier: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            off: BTreeSet::new(),
            linkedin_limit: 200,
            shadow_days: 5,
            classifier: true,
        }
    }
}
