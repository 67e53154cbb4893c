//! Whether a text is its template with the student's own part left out.

use super::{Piece, Slot, Template, pieces};

/// Stands for what goes into a slot, in a pattern.
const WILD: char = '\0';
/// Stands for a blank line between paragraphs.
const PARAGRAPH: &str = "\u{b6}";
/// Words from which on a piece between full stops counts as a sentence: "Dr." is
/// none.
const SENTENCE_WORDS: usize = 3;

impl Template {
    /// Returns what belongs into the first personal slot, where a text is the
    /// template without any of them: its fixed words in their order, and in the
    /// other slots no more sentences than in their examples.
    ///
    /// A text that is written anew, or that has a sentence more, is the student's
    /// own.
    pub fn untouched(&self, text: &str) -> Option<&str> {
        let mut pattern = String::new();
        let mut wild: Vec<usize> = Vec::new();
        // `parse` has seen that every brace closes.
        let all = pieces(&self.body).unwrap_or_default();
        for (at, piece) in all.iter().enumerate() {
            match piece {
                Piece::Text(text) => pattern.push_str(text),
                Piece::Slot(name) => match self.slot(name) {
                    Some(slot) if !slot.personal && !self.may_vanish(slot) => {
                        // Where the personal part stands beside it, a second sentence
                        // may be that.
                        wild.push(match self.is_beside_personal(&all, at) {
                            true => 1,
                            false => n_sentences(&slot.example).max(1),
                        });
                        pattern.push(WILD);
                    }
                    _ => {}
                },
            }
        }
        let pattern = flat(&pattern);
        let text = flat(text);
        let mut fixed = pattern.split(WILD);
        let mut rest = text.strip_prefix(fixed.next()?.trim())?;
        // What stands in slots that only a space parts is one piece.
        let mut allowed = 0;
        for (n, words) in wild.into_iter().zip(fixed.map(str::trim)) {
            allowed += n;
            if words.is_empty() {
                continue;
            }
            let at = rest.find(words)?;
            if !is_short(&rest[..at], allowed) {
                return None;
            }
            rest = &rest[at + words.len()..];
            allowed = 0;
        }
        if !is_short(rest, allowed) {
            return None;
        }
        let personal = self
            .slots
            .iter()
            .find(|slot| slot.personal && slot.required);
        personal.map(|slot| slot.hint.as_str())
    }

    /// Returns whether a slot disappears with its line when it is empty, so that
    /// its paragraph may be there or not.
    fn may_vanish(&self, slot: &Slot) -> bool {
        let alone = format!("{{{}}}", slot.name);
        !slot.required && self.body.lines().any(|line| line.trim() == alone)
    }

    /// Returns whether only spaces stand between a slot and a personal one.
    fn is_beside_personal(&self, all: &[Piece<'_>], at: usize) -> bool {
        let is_personal = |piece: &Piece<'_>| match piece {
            Piece::Text(text) if text.trim().is_empty() && !text.contains("\n\n") => None,
            Piece::Text(_) => Some(false),
            Piece::Slot(name) => Some(self.slot(name).is_some_and(|slot| slot.personal)),
        };
        let after = all[at + 1..].iter().find_map(is_personal);
        let before = all[..at].iter().rev().find_map(is_personal);
        after == Some(true) || before == Some(true)
    }
}

/// Returns a text in small letters, with single spaces and marked paragraphs.
fn flat(text: &str) -> String {
    let mut words: Vec<String> = Vec::new();
    for line in text.trim().lines() {
        let mut own = line.split_whitespace().peekable();
        let is_blank = own.peek().is_none();
        if is_blank && words.last().is_none_or(|last| last != PARAGRAPH) {
            words.push(PARAGRAPH.to_owned());
        }
        words.extend(own.map(str::to_lowercase));
    }
    words.join(" ")
}

fn is_short(words: &str, allowed: usize) -> bool {
    !words.contains(PARAGRAPH) && n_sentences(words) <= allowed
}

fn n_sentences(text: &str) -> usize {
    text.split(['.', '?', '!', '\n'])
        .filter(|part| part.split_whitespace().count() >= SENTENCE_WORDS)
        .count()
}
