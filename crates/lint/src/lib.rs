//! Rules on outgoing messages, and the templates that messages start from.
//!
//! [`check`] reads one [`Message`] and says, as values, what would hurt it;
//! [`check_batch`] also compares the drafts of one sender with each other.
//! [`Template`]s hold prompts, never a finished letter. Nothing here reads a
//! file, asks a clock or sends anything: the same message gets the same
//! findings on every machine.

mod analysis;
pub mod classifier;
mod fix;
mod lexicon;
mod measures;
mod message;
mod pattern;
mod promise;
mod record;
mod rule;
mod template;

pub use analysis::sentence_spans;
pub use fix::{Fix, fix, tidied};
pub use measures::{Measures, SPOKEN_WORDS_A_MINUTE, measures};
pub use message::{RULES, act_scores, check, check_batch, similarities, similarity};
pub use promise::{Promise, promises};
pub use record::{
    Channel, Context, Message, Recipient, Relationship, Scenario, SeasonPhase, Sender,
};
pub use rule::{Example, Finding, Level, Meta, Rule, Settings};
pub use template::{
    Draft, FIXED_SENTENCES, Limits, Missing, Purpose, SLOT_SOURCES, Slot, TEMPLATES, Template,
    TemplateError, TemplateProblem, fill, template,
};
