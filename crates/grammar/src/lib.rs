//! The prose check: spelling and grammar as notes, never more than advice.
//!
//! A [`Checker`] is slow to make (half a second, 160 MB) and quick to ask, so a
//! face makes one in the background when the composer opens, and keeps it.
//! [`Checker::notes`] reads a text and says what looks like a slip. It is meant
//! for writers whose first language is not English: it keeps to what is surely
//! wrong, and leaves alone odd phrasing that is understood. It knows the words of
//! interventional radiology (`data/words.txt`), and names are never slips.

mod linters;
mod spelling;
mod text;

use std::sync::Arc;

use harper_core::linting::{Lint, LintGroup, Linter, Suggestion};
use harper_core::parsers::PlainEnglish;
use harper_core::{Dialect, Document};
use lint::{Finding, Level};

use spelling::Words;
use text::Text;

/// Something that looks like a slip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The finding: code [`SPELLING`] or [`GRAMMAR`], always a note, always at a
    /// place.
    pub finding: Finding,
    /// What to write there instead, where there is one clear way.
    pub suggestion: Option<String>,
}

/// Code of a word that is in no dictionary.
pub const SPELLING: &str = "spelling";
/// Code of words that do not go together.
pub const GRAMMAR: &str = "grammar";

const WHY_SPELLING: &str = "A misspelt word is read as haste, and a spelling check misses what \
    is a word of another kind. This is advice: a name or a word that it does not know is no fault.";
const WHY_GRAMMAR: &str = "A slip that is easily mended should not stand between you and the \
    reader. This is advice: phrasing that is understood is no fault.";

/// Most characters that are read; what follows is left unread. A letter has a
/// tenth of it, and a pasted book would keep the composer waiting.
const CHARACTERS_READ: usize = 20_000;

/// Reads texts for slips.
///
/// Make and use it on one thread: the library beneath keeps a part of its model
/// for each thread that asks.
pub struct Checker {
    words: Arc<Words>,
    linters: LintGroup,
}

impl std::fmt::Debug for Checker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Checker").finish_non_exhaustive()
    }
}

impl Default for Checker {
    fn default() -> Self {
        Self::new()
    }
}

impl Checker {
    /// Loads dictionary and rules; takes half a second.
    pub fn new() -> Self {
        let words = Arc::new(Words::new());
        let mut linters = LintGroup::new_curated(words.dictionary(), Dialect::American);
        linters.config = linters::chosen();
        let mut checker = Self { words, linters };
        // The model is loaded by the first text; better now than while the student waits.
        checker.notes("This is a first sentence.", &[]);
        checker
    }

    /// Returns what looks like a slip, by position.
    ///
    /// `names` are the names in the record (student, reader, school, places); no
    /// word of theirs is a slip, in any case, with or without "'s". Blanks in
    /// square brackets and lines that others wrote (`> …`) are left alone. Of a
    /// text beyond 20,000 characters the rest is left unread.
    pub fn notes(&mut self, text: &str, names: &[&str]) -> Vec<Note> {
        let text = Text::new(text, CHARACTERS_READ);
        let document = Document::new(
            text.as_str(),
            &PlainEnglish,
            &self.words.dictionary().as_ref(),
        );
        let mut notes = self.words.notes(&document, &text, names);
        let lints = self.linters.lint(&document);
        notes.extend(lints.into_iter().filter_map(|lint| {
            let found = text.chars(lint.span);
            let is_left_alone = self.words.is_field_word(found)
                || text.is_not_the_writers(lint.span)
                || is_gerund(&lint, found);
            (!is_left_alone).then(|| grammar_note(&lint, &text))
        }));
        notes.sort_by_key(|note| (note.finding.start, note.finding.end));
        // Two rules on the same words are one slip.
        notes.dedup_by(|later, first| later.finding.start < first.finding.end);
        notes
    }
}

/// Returns whether the library takes "a finding" or "an attending" for water or
/// sand, of which there are not two.
fn is_gerund(lint: &Lint, found: &[char]) -> bool {
    found.ends_with(&['i', 'n', 'g']) && lint.message.contains("mass noun")
}

fn grammar_note(lint: &Lint, text: &Text<'_>) -> Note {
    let found = text.chars(lint.span);
    let suggestion = match lint.suggestions.as_slice() {
        [only] => Some(match only {
            Suggestion::ReplaceWith(chars) => chars.iter().collect(),
            Suggestion::InsertAfter(chars) => found.iter().chain(chars).collect(),
            Suggestion::Remove => String::new(),
        }),
        _ => None,
    };
    let said = lint.message.replace('`', "\"");
    let said = said.trim_end_matches(['.', '!']);
    let message = match &suggestion {
        Some(better) if !better.is_empty() && !said.contains(better.as_str()) => {
            format!("{said}; \"{better}\" would do")
        }
        _ => said.to_owned(),
    };
    note(
        GRAMMAR,
        WHY_GRAMMAR,
        text.bytes(lint.span),
        message,
        suggestion,
    )
}

fn note(
    code: &'static str,
    why: &'static str,
    (start, end): (usize, usize),
    message: String,
    suggestion: Option<String>,
) -> Note {
    Note {
        finding: Finding {
            code,
            level: Level::Note,
            start: Some(start),
            end: Some(end),
            message,
            why,
        },
        suggestion,
    }
}
