//! Whether a text is its template with the student's own part left out.

use std::collections::HashSet;

use domain::fold_key;

use super::{Piece, Slot, Template, pieces};
use crate::analysis::Analysis;
use crate::{Message, Settings};

/// Stands for what goes into a slot, in a pattern.
const WILD: char = '\0';
/// Stands for a blank line between paragraphs.
const PARAGRAPH: &str = "\u{b6}";
/// Words from which on a piece between full stops counts as a sentence: "Dr." is
/// none.
const SENTENCE_WORDS: usize = 3;
/// How a template greets.
const GREETING: &str = "Dear {title} {surname},";

/// Words whose full stop ends no sentence.
const TITLES: &[&str] = &[
    "dr.", "prof.", "mr.", "mrs.", "ms.", "mx.", "st.", "e.g.", "i.e.",
];

/// Words with which everybody thanks and takes leave, folded.
const COURTESY: &[&str] = &[
    "a",
    "again",
    "and",
    "best",
    "cheers",
    "faithfully",
    "for",
    "kind",
    "kindest",
    "many",
    "much",
    "of",
    "regards",
    "respectfully",
    "sincerely",
    "so",
    "thank",
    "thanks",
    "the",
    "to",
    "truly",
    "very",
    "warm",
    "warmest",
    "wishes",
    "with",
    "you",
    "your",
    "yours",
];

impl Message {
    /// Returns how many words of the text are the student's own: none of the
    /// template's, of the greeting, of courtesy, or of what the record says of
    /// sender and recipient, and none in a blank that is still there.
    pub fn n_own_words(&self, template: Option<&Template>) -> usize {
        let settings = Settings::default();
        let a = Analysis::new(self, &settings);
        let mut given = given_words(self);
        let recipient = &self.recipient;
        for text in [&recipient.name, &recipient.title, &recipient.institution] {
            add_words(&mut given, text);
        }
        if let Some(template) = template {
            for piece in pieces(&template.body).unwrap_or_default() {
                if let Piece::Text(text) = piece {
                    add_words(&mut given, text);
                }
            }
        }
        let body = a.parts.greeting.map_or(0, |(_, end)| end);
        n_beyond(&given, &a.text[body..])
    }
}

impl Template {
    /// Returns what belongs into the first personal slot, where a text is the
    /// template without any of them: a blank of one is still there, or nothing is
    /// the student's own, or the fixed words stand in their order, and in the
    /// other slots no more sentences than in their examples.
    ///
    /// Where `is_for_anybody`, nothing in the text would fit this reader alone, so
    /// that any number of sentences in the other slots makes no difference.
    /// A text that is written anew, or that has a paragraph more, is the student's
    /// own.
    pub fn untouched(&self, message: &Message, is_for_anybody: bool) -> Option<&str> {
        let personal = self
            .slots
            .iter()
            .find(|slot| slot.personal && slot.required)?;
        let settings = Settings::default();
        let a = Analysis::new(message, &settings);
        let as_written = flat(&message.text);
        let is_left = self
            .slots
            .iter()
            .filter(|slot| slot.personal && slot.required)
            .any(|slot| as_written.contains(&flat(&slot.hint)));
        let is_it = is_left
            || message.n_own_words(Some(self)) < SENTENCE_WORDS
            || self.is_matched(message, &a, is_for_anybody);
        is_it.then_some(personal.hint.as_str())
    }

    /// Returns whether the text is the template without its personal slots.
    fn is_matched(&self, message: &Message, a: &Analysis<'_>, is_for_anybody: bool) -> bool {
        let body = self.body.trim();
        let (body, from) = match body.strip_prefix(GREETING) {
            Some(body) => (body, a.parts.greeting.map_or(0, |(_, end)| end)),
            None => (body, 0),
        };
        let text = a.text[from..]
            .trim_start_matches(|c: char| c.is_whitespace() || ",.:;!-–—".contains(c));
        let fits = |pattern: &Pattern, text: &str| pattern.fits(text, is_for_anybody);
        // As it stands, whoever signs it and however.
        let whole = [false, true].map(|with_optional| self.pattern(body, with_optional));
        if whole.iter().any(|pattern| fits(pattern, text)) {
            return true;
        }
        let mut given = given_words(message);
        let body = without_closing(body, |line| self.is_closing(line, &mut given));
        // What may stand alone in its lines may be gone with them.
        let kept: Vec<&str> = body
            .split("\n\n")
            .filter(|paragraph| !self.is_slots_alone(paragraph))
            .collect();
        let kept = kept.join("\n\n");
        let patterns = [
            self.pattern(body, false),
            self.pattern(body, true),
            Pattern {
                may_be_empty: true,
                ..self.pattern(&kept, false)
            },
        ];
        let mut text = unsigned(text, message);
        loop {
            if patterns.iter().any(|pattern| fits(pattern, text)) {
                return true;
            }
            // The leave that is taken may be in other words, line by line.
            let at = text.rfind('\n').map_or(0, |at| at + 1);
            // A nickname is no sentence.
            if at == 0 || n_beyond(&given, &text[at..]) >= SENTENCE_WORDS {
                return false;
            }
            text = text[..at].trim_end();
        }
    }

    /// Returns whether a line of the template takes leave, and learns its words.
    fn is_closing(&self, line: &str, given: &mut HashSet<String>) -> bool {
        let all = pieces(line).unwrap_or_default();
        let is_given = all.iter().all(|piece| match piece {
            Piece::Text(_) => true,
            Piece::Slot(name) => self.slot(name).is_some_and(|s| s.from != "student"),
        });
        if is_given {
            for piece in all {
                if let Piece::Text(text) = piece {
                    add_words(given, text);
                }
            }
        }
        is_given
    }

    /// Returns whether a paragraph of the template holds nothing but what the
    /// student writes.
    fn is_slots_alone(&self, paragraph: &str) -> bool {
        let all = pieces(paragraph).unwrap_or_default();
        all.iter().all(|piece| match piece {
            Piece::Text(text) => text.trim().is_empty(),
            Piece::Slot(name) => self.slot(name).is_some_and(|s| s.from == "student"),
        })
    }

    /// Returns what a text looks like that has a part of the body without the
    /// personal slots, and with or without those that disappear when they are empty.
    fn pattern(&self, body: &str, with_optional: bool) -> Pattern {
        let mut words = String::new();
        let mut wild: Vec<Wild> = Vec::new();
        // `parse` has seen that every brace closes.
        let all = pieces(body).unwrap_or_default();
        for (at, piece) in all.iter().enumerate() {
            match piece {
                Piece::Text(text) => words.push_str(text),
                Piece::Slot(name) => match self.slot(name) {
                    Some(slot) if !slot.personal && (with_optional || !self.may_vanish(slot)) => {
                        // Where the personal part stands beside it, a second sentence
                        // may be that.
                        let most = match self.is_beside_personal(&all, at) {
                            true => 1,
                            false => n_sentences(&slot.example).max(1),
                        };
                        wild.push(Wild {
                            most,
                            asks: self.may_vanish(slot) && slot.example.ends_with('?'),
                        });
                        words.push(WILD);
                    }
                    _ => {}
                },
            }
        }
        Pattern {
            words: flat(&words),
            wild,
            may_be_empty: false,
        }
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

/// A text with places that a value goes into.
struct Pattern {
    /// The fixed words, with [`WILD`] for each place.
    words: String,
    /// What stands in each place.
    wild: Vec<Wild>,
    /// Whether nothing may stand in them.
    may_be_empty: bool,
}

/// What stands in a place.
#[derive(Clone, Copy)]
struct Wild {
    /// The most sentences.
    most: usize,
    /// Whether it is a question.
    asks: bool,
}

impl Pattern {
    fn fits(&self, text: &str, any_number: bool) -> bool {
        let text = flat(text);
        let mut fixed = self.words.split(WILD).map(str::trim);
        let first = fixed.next().unwrap_or_default();
        let Some(mut rest) = text.strip_prefix(first) else {
            return false;
        };
        // What stands in slots that only a space parts is one piece.
        let mut piece: Option<Wild> = None;
        for (wild, words) in self.wild.iter().zip(fixed) {
            let most = if any_number {
                usize::MAX / 64
            } else {
                wild.most
            };
            piece = Some(Wild {
                most: most + piece.map_or(0, |p| p.most),
                asks: wild.asks || piece.is_some_and(|p| p.asks),
            });
            if words.is_empty() {
                continue;
            }
            let Some(at) = rest.find(words) else {
                return false;
            };
            if !self.is_filled(&rest[..at], piece) {
                return false;
            }
            rest = &rest[at + words.len()..];
            piece = None;
        }
        self.is_filled(rest, piece)
    }

    /// Returns whether words may stand in a piece; `None` has no place for any.
    fn is_filled(&self, words: &str, piece: Option<Wild>) -> bool {
        let is_there = words.contains(char::is_alphanumeric);
        let most = piece.map_or(0, |p| p.most);
        let asks = piece.is_some_and(|p| p.asks);
        (is_there || self.may_be_empty || piece.is_none())
            && (!is_there || !asks || words.contains('?'))
            && !words.contains(PARAGRAPH)
            && n_sentences(words) <= most
    }
}

/// Returns the words of courtesy, and those that name the sender.
fn given_words(message: &Message) -> HashSet<String> {
    let mut given = sender_words(message);
    given.extend(COURTESY.iter().map(|word| (*word).to_owned()));
    given
}

fn sender_words(message: &Message) -> HashSet<String> {
    let mut words = HashSet::new();
    let sender = &message.sender;
    let named = [&sender.name, &sender.stage, &sender.school];
    for text in named.into_iter().chain(&sender.school_short) {
        add_words(&mut words, text);
    }
    words
}

/// Returns a text without the last lines that hold nothing but the sender's name,
/// year and school.
fn unsigned<'t>(text: &'t str, message: &Message) -> &'t str {
    let words = sender_words(message);
    let mut text = text.trim_end();
    while let Some(at) = text.rfind('\n') {
        if n_beyond(&words, &text[at..]) > 0 {
            break;
        }
        text = text[..at].trim_end();
    }
    text
}

fn add_words(words: &mut HashSet<String>, text: &str) {
    words.extend(fold_key(text).split(' ').map(str::to_owned));
}

/// Returns how many words of a text are none of the given ones.
fn n_beyond(given: &HashSet<String>, text: &str) -> usize {
    let words = fold_key(text);
    words
        .split(' ')
        .filter(|word| !word.is_empty() && !given.contains(*word))
        .count()
}

/// Returns a template's body without the last lines that take leave.
fn without_closing(body: &str, mut is_closing: impl FnMut(&str) -> bool) -> &str {
    let mut body = body.trim();
    while let Some(at) = body.rfind('\n') {
        if !is_closing(&body[at + 1..]) {
            break;
        }
        body = body[..at].trim_end();
    }
    body
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

fn n_sentences(text: &str) -> usize {
    let mut n = 0;
    let mut n_words = 0;
    for part in text.split_inclusive(['.', '?', '!', '\n']) {
        n_words += part.split_whitespace().count();
        let last = part.split_whitespace().last().unwrap_or_default();
        // "Ms. Abara" goes on.
        if TITLES.contains(&last.to_lowercase().as_str()) {
            continue;
        }
        n += usize::from(n_words >= SENTENCE_WORDS);
        n_words = 0;
    }
    n + usize::from(n_words >= SENTENCE_WORDS)
}
