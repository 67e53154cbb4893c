//! A template file: TOML to a checked template, or what is wrong and where.

use serde::Deserialize;
use toml::Spanned;

use super::{
    FIXED_SENTENCES, Limits, Piece, Purpose, SLOT_SOURCES, Slot, Template, pieces, shipped,
};
use crate::{Channel, Relationship, Scenario};

/// A template, or one of its later steps: a step has a name and shares the
/// slots, and takes over what it does not say about purpose and people.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: Option<String>,
    title: String,
    serves: Option<Spanned<String>>,
    scenario: Spanned<String>,
    channel: Spanned<String>,
    audience: String,
    fits: Option<Vec<Spanned<String>>>,
    purpose: String,
    #[serde(default)]
    before: Vec<String>,
    #[serde(default)]
    packet: Vec<String>,
    subject: Option<Spanned<String>>,
    body: Spanned<String>,
    follow_up: String,
    #[serde(default)]
    reply_changes: Vec<String>,
    #[serde(default)]
    limits: Limits,
    #[serde(default, rename = "slot")]
    slots: Vec<Spanned<SlotEntry>>,
    #[serde(default, rename = "step")]
    steps: Vec<Spanned<Self>>,
}

#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct SlotEntry {
    name: String,
    #[serde(default = "from_student")]
    from: Spanned<String>,
    /// Most slots are: what may stay empty says so.
    #[serde(default = "yes")]
    required: bool,
    #[serde(default)]
    personal: bool,
    hint: String,
    example: String,
    #[serde(default)]
    choices: Vec<String>,
}

fn from_student() -> Spanned<String> {
    Spanned::new(0..0, "student".to_owned())
}

fn yes() -> bool {
    true
}

/// Why a text is not a template, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}, line {line}: {problem}")]
pub struct TemplateError {
    /// Name of the file.
    pub file: String,
    /// Line in the file, from 1.
    pub line: usize,
    /// What is wrong there.
    pub problem: TemplateProblem,
}

/// What keeps a text from being a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateProblem {
    /// The text is not TOML of the right shape.
    #[error("{0}")]
    Shape(String),
    /// A word is none of those that would do.
    #[error("{field}: found \"{found}\"; would do: {would_do}")]
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
    /// Two slots have one name.
    #[error("the slot \"{0}\" is declared twice")]
    SlotTwice(String),
    /// Nothing in the template is about the one recipient.
    #[error("no required slot is personal, so everybody would get the same letter")]
    NothingPersonal,
    /// More sentences than [`FIXED_SENTENCES`] have no slot.
    #[error("{0} sentences have no slot; {FIXED_SENTENCES} at most would do")]
    TooMuchFixed(usize),
    /// A brace is not closed.
    #[error("a brace is not closed in \"{0}\"")]
    OpenBrace(String),
}

/// A problem and the byte in the file where it is.
type Found = (usize, TemplateProblem);

pub(super) fn parse(name: &str, text: &str) -> Result<Template, TemplateError> {
    read(name, text).map_err(|(at, problem)| TemplateError {
        file: format!("{name}.toml"),
        line: text.as_bytes()[..at.min(text.len())]
            .iter()
            .filter(|b| **b == b'\n')
            .count()
            + 1,
        problem,
    })
}

/// Returns the slots of a file that holds nothing else.
pub(super) fn slots_only(text: &str) -> Result<Vec<Slot>, String> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Slots {
        slot: Vec<SlotEntry>,
    }
    let slots: Slots = toml::from_str(text).map_err(|e| e.to_string())?;
    let slots = slots.slot.into_iter().map(|entry| slot(entry, 0));
    slots
        .collect::<Result<_, _>>()
        .map_err(|(_, problem)| problem.to_string())
}

fn read(name: &str, text: &str) -> Result<Template, Found> {
    let entry: Entry = toml::from_str(text).map_err(|e| {
        let at = e.span().map_or(0, |span| span.start);
        (at, TemplateProblem::Shape(e.message().to_owned()))
    })?;
    let serves = entry.serves.as_ref().ok_or_else(|| missing(0, "serves"))?;
    let serves = word("serves", serves, Purpose::ALL, Purpose::word)?;
    let fits = entry.fits.as_deref().ok_or_else(|| missing(0, "fits"))?;
    let fits = relationships(fits)?;

    let mut declared: Vec<(usize, Slot)> = Vec::new();
    for entry in &entry.slots {
        let at = entry.span().start;
        let slot = slot(entry.get_ref().clone(), at)?;
        if declared.iter().any(|(_, known)| known.name == slot.name) {
            return Err((at, TemplateProblem::SlotTwice(slot.name)));
        }
        declared.push((at, slot));
    }
    let mut steps = Vec::new();
    for step in &entry.steps {
        let at = step.span().start;
        let step = step.get_ref();
        let step_name = step.name.as_ref().ok_or_else(|| missing(at, "name"))?;
        let serves = match &step.serves {
            Some(found) => word("serves", found, Purpose::ALL, Purpose::word)?,
            None => serves,
        };
        let fits = match &step.fits {
            Some(found) => relationships(found)?,
            None => fits.clone(),
        };
        let name = format!("{name}/{step_name}");
        steps.push(template(text, step, name, serves, fits, &declared)?);
    }
    let mut first = template(text, &entry, name.to_owned(), serves, fits, &declared)?;
    first.steps = steps;

    let is_used = |slot: &Slot| {
        let all = std::iter::once(&first).chain(&first.steps);
        all.into_iter().any(|t| t.slot(&slot.name).is_some())
    };
    if let Some((at, slot)) = declared.iter().find(|(_, slot)| !is_used(slot)) {
        return Err((*at, TemplateProblem::UnusedSlot(slot.name.clone())));
    }
    Ok(first)
}

/// Returns one entry as a template with the slots that it uses.
fn template(
    file: &str,
    entry: &Entry,
    name: String,
    serves: Purpose,
    fits: Vec<Relationship>,
    declared: &[(usize, Slot)],
) -> Result<Template, Found> {
    let scenario = word("scenario", &entry.scenario, Scenario::ALL, |s| s.word())?;
    let channel = word("channel", &entry.channel, Channel::ALL, |c| c.word())?;
    let mut used: Vec<&str> = Vec::new();
    for text in entry.subject.iter().chain([&entry.body]) {
        let start = text.span().start;
        let place = |wanted: &str| {
            file.get(start..)
                .and_then(|rest| rest.find(wanted))
                .map_or(start, |at| start + at)
        };
        let pieces = pieces(text.get_ref())
            .map_err(|open| (place(open), TemplateProblem::OpenBrace(open.to_owned())))?;
        for piece in pieces {
            let Piece::Slot(name) = piece else { continue };
            let known = declared.iter().any(|(_, slot)| slot.name == name)
                || shipped::record_slots().iter().any(|s| s.name == name);
            if !known {
                let at = place(&format!("{{{name}}}"));
                return Err((at, TemplateProblem::UndeclaredSlot(name.to_owned())));
            }
            used.push(name);
        }
    }
    // What a file declares itself stands before what every file may use.
    let record = shipped::record_slots()
        .iter()
        .filter(|slot| declared.iter().all(|(_, own)| own.name != slot.name));
    let slots: Vec<Slot> = record
        .chain(declared.iter().map(|(_, slot)| slot))
        .filter(|slot| used.contains(&slot.name.as_str()))
        .cloned()
        .collect();
    let at = entry.body.span().start;
    if !slots.iter().any(|slot| slot.personal && slot.required) {
        return Err((at, TemplateProblem::NothingPersonal));
    }
    let n_fixed = fixed_sentences(entry.body.get_ref());
    if n_fixed > FIXED_SENTENCES {
        return Err((at, TemplateProblem::TooMuchFixed(n_fixed)));
    }
    Ok(Template {
        name,
        title: entry.title.clone(),
        serves,
        scenario,
        channel,
        audience: entry.audience.clone(),
        fits,
        purpose: entry.purpose.clone(),
        before: entry.before.clone(),
        packet: entry.packet.clone(),
        slots,
        subject: entry.subject.as_ref().map(|s| s.get_ref().clone()),
        body: entry.body.get_ref().trim().to_owned(),
        limits: entry.limits,
        follow_up: entry.follow_up.clone(),
        reply_changes: entry.reply_changes.clone(),
        steps: Vec::new(),
    })
}

fn slot(entry: SlotEntry, at: usize) -> Result<Slot, Found> {
    if !SLOT_SOURCES.contains(&entry.from.get_ref().as_str()) {
        let at = entry.from.span().start.max(at);
        return Err((at, unknown_word("from", entry.from.get_ref(), SLOT_SOURCES)));
    }
    Ok(Slot {
        name: entry.name,
        from: entry.from.into_inner(),
        required: entry.required,
        personal: entry.personal,
        hint: entry.hint,
        example: entry.example,
        choices: entry.choices,
    })
}

fn relationships(words: &[Spanned<String>]) -> Result<Vec<Relationship>, Found> {
    let known = |found| word("fits", found, Relationship::ALL, |r| r.word());
    words.iter().map(known).collect()
}

/// Returns the value that a word stands for.
fn word<T: Copy>(
    field: &'static str,
    found: &Spanned<String>,
    all: &[T],
    word_of: impl Fn(T) -> &'static str,
) -> Result<T, Found> {
    let value = all.iter().find(|v| word_of(**v) == found.get_ref());
    value.copied().ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|v| word_of(*v)).collect();
        let problem = unknown_word(field, found.get_ref(), &words);
        (found.span().start, problem)
    })
}

fn unknown_word(field: &'static str, found: &str, words: &[&str]) -> TemplateProblem {
    TemplateProblem::Word {
        field,
        found: found.to_owned(),
        would_do: words.join(", "),
    }
}

fn missing(at: usize, field: &str) -> Found {
    (
        at,
        TemplateProblem::Shape(format!("missing field `{field}`")),
    )
}

/// Returns the number of sentences of three words or more that hold no slot.
fn fixed_sentences(body: &str) -> usize {
    let is_fixed = |sentence: &&str| {
        !sentence.contains(['{', '}']) && sentence.split_whitespace().count() >= 3
    };
    body.split(['\n', '.', '?', '!']).filter(is_fixed).count()
}
