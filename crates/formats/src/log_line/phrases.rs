//! Names, places and other phrases at a place of a log line; nothing is taken.

use std::ops::Range;

use domain::PersonName;
use jiff::civil::Date;

use super::LogReading;
use super::answer_words::BEFORE_VERB;
use super::day::{DayPhrase, EventDay, PHRASE_WORDS_MAX, event_day, is_weekday, past_day};
use super::direction::Hints;
use super::read::{Reader, next_marks};
use super::token::{Kind, Token, tokens};
use super::words::{
    ADDRESSED, ANSWERS, CHANNEL_WORDS, ChannelWord, FILLERS, NAME_VERBS, NO_NAMES, NOTE_STARTERS,
    PARTICLES, PLACE_JOINERS, TITLES, WITH,
};
use crate::names::{initials_of, is_field_word};

/// A name at the start of some tokens.
pub(super) struct NamePhrase {
    pub(super) end: usize,
    pub(super) titled: bool,
}

impl Reader<'_> {
    pub(super) fn lower(&self, i: usize) -> Option<String> {
        self.tokens.get(i)?.word().map(str::to_lowercase)
    }

    /// Returns the unused words from `i` on, commas included, as far as any
    /// phrase reaches.
    pub(super) fn words_from(&self, i: usize) -> Vec<&str> {
        self.words_until(i, self.tokens.len())
    }

    pub(super) fn words_until(&self, i: usize, end: usize) -> Vec<&str> {
        (i..end.min(self.tokens.len()))
            .take(PHRASE_WORDS_MAX)
            .take_while(|j| !self.used[*j])
            .map(|j| self.tokens[j].phrase_word())
            .collect()
    }

    pub(super) fn day_at(&self, i: usize, alone: bool) -> Option<DayPhrase> {
        past_day(&self.words_from(i), self.today, alone)
            .filter(|phrase| phrase.n_words > 1 || !self.is_plain_word(i))
    }

    /// Returns whether "mon", "sat", "sun" or "wed" at `i` is a word of another
    /// sentence and no weekday: "mon ami", "the sun room".
    fn is_plain_word(&self, i: usize) -> bool {
        let word = self.tokens.get(i).and_then(Token::word);
        if !matches!(word, Some("mon" | "sat" | "sun" | "wed")) {
            return false;
        }
        let end = self.tokens.len();
        let before = i.checked_sub(1).and_then(|i| self.lower(i));
        if matches!(before.as_deref(), Some("the" | "a" | "in" | "my" | "our")) {
            return true;
        }
        let Some(next) = self
            .tokens
            .get(i + 1)
            .and_then(Token::word)
            .filter(|_| !self.used[i + 1])
        else {
            return false;
        };
        next.starts_with(char::is_lowercase)
            && !is_small_word(next)
            && !NAME_VERBS.contains(&next)
            && !BEFORE_VERB.contains(&next)
            && !ADDRESSED.contains(&next)
            && self.channel_at(i + 1, end).is_none()
            && !self.is_known(next)
    }

    /// Returns how many words "SIR Monday" at `i` is, if it stands there.
    pub(super) fn event_day_len(&self, i: usize) -> Option<usize> {
        let found = event_day(&self.words_from(i), self.today, self.names.events())?;
        Some(match found {
            EventDay::Day(phrase, _) => phrase.n_words,
            EventDay::NotLately(n_words, _) => n_words,
        })
    }

    pub(super) fn is_day_at(&self, i: usize) -> bool {
        self.day_at(i, false).is_some() || self.event_day_len(i).is_some()
    }

    pub(super) fn channel_at(&self, i: usize, end: usize) -> Option<&'static ChannelWord> {
        let words: Vec<String> = self
            .words_until(i, end)
            .iter()
            .take(3)
            .map(|word| word.to_lowercase())
            .collect();
        CHANNEL_WORDS
            .iter()
            .filter(|entry| {
                entry.words.len() <= words.len()
                    && entry.words.iter().zip(&words).all(|(a, b)| a == b)
            })
            .max_by_key(|entry| entry.words.len())
            .filter(|entry| {
                let before = i.checked_sub(1).and_then(|i| self.lower(i));
                let behind = words.get(1).map(String::as_str);
                match entry.words {
                    // A lecture is no day on a ward.
                    ["rounds"] => before.as_deref() != Some("grand"),
                    ["heard"] => matches!(behind, Some("from" | "back")),
                    _ => true,
                }
            })
    }

    pub(super) fn bracket_at(&self, i: usize, end: usize) -> Option<usize> {
        let is_bracket =
            i < end && !self.used[i] && matches!(self.tokens[i].kind, Kind::Bracket(_));
        is_bracket.then_some(i + 1)
    }

    /// Returns the words of the place behind "at" at `i`.
    pub(super) fn place_at(&self, i: usize, end: usize) -> Option<Range<usize>> {
        if self.lower(i)? != "at" {
            return None;
        }
        let mut start = i + 1;
        if self.lower(start).as_deref() == Some("the") {
            start += 1;
        }
        let place_end = self.place_end(start, end)?;
        Some(start..place_end)
    }

    pub(super) fn place_end(&self, start: usize, end: usize) -> Option<usize> {
        let is_part = |i: usize| {
            i < end
                && !self.used[i]
                && self.tokens[i]
                    .word()
                    .is_some_and(|word| begins_name(word) && !is_title(word))
                && !self.is_day_at(i)
                && self.channel_at(i, end).is_none()
        };
        if !is_part(start) {
            return None;
        }
        let mut i = start + 1;
        loop {
            let n_joiners = (i..end)
                .take_while(|j| {
                    !self.used[*j]
                        && self.tokens[*j]
                            .word()
                            .is_some_and(|word| PLACE_JOINERS.contains(&word))
                })
                .count();
            if n_joiners > 2 || !is_part(i + n_joiners) {
                return Some(i);
            }
            i += n_joiners + 1;
        }
    }

    /// Returns the name that begins at `i`, if the words look like one.
    pub(super) fn name_phrase(&self, i: usize, end: usize) -> Option<NamePhrase> {
        let word = |j: usize| {
            let is_free = j < end && !self.used[j];
            if is_free { self.tokens[j].word() } else { None }
        };
        let n_titles = self.n_titles(i, end);
        let titled = n_titles > 0;
        let first = i + n_titles;
        let mut j = first;
        while let Some(w) = word(j) {
            if !w.chars().all(is_name_char) || j - first >= 7 {
                break;
            }
            let is_titled_first = titled && j == first;
            let joins = PARTICLES.contains(&w)
                && (j + 1..j + 4)
                    .map_while(word)
                    .find(|next| !PARTICLES.contains(next))
                    .is_some_and(begins_name);
            if !is_titled_first && !joins {
                let lower = w.to_lowercase();
                let is_other = !begins_name(w)
                    || self.is_day_at(j)
                    || self.channel_at(j, end).is_some()
                    || WITH.contains(&lower.as_str())
                    || ANSWERS.contains(&lower.as_str())
                    || j == first && NO_NAMES.contains(&lower.as_str())
                    || is_field_word(w)
                    || j > first && (is_title(w) || self.is_degree_at(j));
                if is_other {
                    break;
                }
            }
            j += 1;
        }
        if j == first {
            return None;
        }
        let last = word(j.checked_sub(1)?)?;
        // Letters that fit nobody are rather a post than somebody new.
        let is_nobody =
            !titled && j == first + 1 && initials_of(last).is_some() && !self.is_known(last);
        // Nor is "Ben okafor's fellow" Ben.
        let is_owned = word(j).is_some_and(|w| {
            let lower = w.to_lowercase();
            let day = lower.trim_end_matches("'s").trim_end_matches("’s");
            is_owner(w) && !matches!(day, "today" | "yesterday" | "tonight") && !is_weekday(day)
        });
        (!is_owner(last) && !is_owned && !is_nobody).then_some(NamePhrase { end: j, titled })
    }

    /// Returns how many words at `i` are titles of the name behind them.
    fn n_titles(&self, i: usize, end: usize) -> usize {
        let word = |j: usize| {
            let is_free = j < end && !self.used[j];
            if is_free { self.tokens[j].word() } else { None }
        };
        let n_titles = (i..end)
            .take_while(|j| word(*j).is_some_and(|w| is_title(w) || *j > i && w == "med."))
            .count();
        let last = i + n_titles;
        let begins = word(last).is_some_and(|w| {
            // "DR resident" is somebody of diagnostic radiology.
            let is_specialty = n_titles == 1 && word(i) == Some("DR") && !begins_name(w);
            w.starts_with(char::is_alphabetic) && !is_small_word(w) && !is_specialty
        });
        if begins { n_titles } else { 0 }
    }

    /// Returns whether a degree stands at `i`, behind a name: "MD", "PhD".
    pub(super) fn is_degree_at(&self, i: usize) -> bool {
        let word = |j: usize| self.tokens.get(j).and_then(Token::word);
        let is_in_lower = |w: &str| w.chars().any(char::is_lowercase);
        // A name in capitals alone may end with "MA".
        let before = i.checked_sub(1).and_then(word).is_some_and(is_in_lower);
        let is_written = |w: &str| w == "PhD" || !is_in_lower(w);
        before && word(i).is_some_and(|w| is_written(w) && w.len() > 1 && is_degree(w))
    }

    /// Returns the end of a name at `i` that begins with a capital or a title.
    pub(super) fn whole_name(&self, i: usize, end: usize) -> Option<usize> {
        let phrase = self.name_phrase(i, end)?;
        Some(self.with_lower_case(i, phrase.end, end))
    }

    /// Returns whether the text is the name of somebody, or a part of it.
    pub(super) fn is_known(&self, text: &str) -> bool {
        self.names.knows(text)
    }

    /// Returns whether the text is somebody's name also where no word leads to
    /// it: bare initials are not.
    pub(super) fn is_known_alone(&self, text: &str) -> bool {
        initials_of(text).is_none() && self.is_known(text)
    }

    pub(super) fn text_of(&self, words: Range<usize>) -> &str {
        if words.is_empty() {
            return "";
        }
        let start = self.tokens[words.start].span.start;
        &self.line[start..self.tokens[words.end - 1].span.end]
    }
}

/// Returns whether a word is an owner: "Dr. Rao's fellow" is not Dr. Rao.
pub(super) fn is_owner(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("’s") || word.ends_with("s'") || word.ends_with("s’")
}

/// Returns whether a word is a degree such as "MD": whether it is read as one
/// behind the comma of a name.
pub(super) fn is_degree(word: &str) -> bool {
    let name = PersonName::parse(&format!("A B, {word}"));
    word.chars().any(char::is_uppercase) && name.credentials == word && name.family == "B"
}

pub(super) fn is_title(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    TITLES.contains(&lower.as_str())
}

pub(super) fn is_name_char(c: char) -> bool {
    c.is_alphabetic()
        || matches!(c, '\'' | '’' | '-' | '.' | '‐' | '·')
        || unicode_normalization::char::is_combining_mark(c)
}

/// Returns whether a word can begin a name: a capital, or a letter of a script
/// without capitals.
fn begins_name(word: &str) -> bool {
    word.chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// Returns whether the name is read back whole when it stands behind "with".
pub(crate) fn is_plain_name(written: &str) -> bool {
    let reader = looking_at(written);
    let n_tokens = reader.tokens.len();
    let is_tidy = written.trim() == written && !written.contains("  ");
    is_tidy
        && n_tokens > 0
        && !may_begin_day(&reader)
        && reader.behind_roles(0, n_tokens) == 0
        && !reader.tokens.last().and_then(Token::word).is_some_and(stands_before_mark)
        && reader
            .name_phrase(0, n_tokens)
            .is_some_and(|phrase| phrase.end == n_tokens)
        && reader.tokens.last().is_some_and(|t| t.span.end == written.len())
        // Behind the name a blank follows, and then a mark of its own.
        && !written.ends_with(['.', '-'])
}

/// Returns whether the place is read back whole when it stands behind "at".
pub(crate) fn is_plain_place(place: &str) -> bool {
    let reader = looking_at(place);
    let n_tokens = reader.tokens.len();
    n_tokens > 0
        && !may_begin_day(&reader)
        && reader.place_end(0, n_tokens) == Some(n_tokens)
        && reader.text_of(0..n_tokens) == place
}

/// Words that take a quoted place or an event behind them.
pub(super) const BEFORE_MARKS: &[&str] = &["at", "in", "during"];

pub(super) fn stands_before_mark(word: &str) -> bool {
    BEFORE_MARKS.contains(&word.to_lowercase().as_str())
}

/// Returns whether a word in lower case is one of the grammar's own, so that
/// "dr with" is no name although "dr rao" is.
pub(super) fn is_small_word(word: &str) -> bool {
    [WITH, FILLERS, NOTE_STARTERS, BEFORE_MARKS, &["to", "from"]]
        .iter()
        .any(|list| list.contains(&word))
}

/// Returns whether the last word and a number behind it would be a day: "May"
/// before "20 min".
fn may_begin_day(reader: &Reader) -> bool {
    let last = reader.tokens.last().and_then(Token::word);
    last.is_some_and(|word| past_day(&[word, "1"], reader.today, true).is_some())
}

fn looking_at(text: &str) -> Reader<'_> {
    let tokens = tokens(text);
    Reader {
        line: text,
        used: vec![false; tokens.len()],
        next_mark: next_marks(&tokens),
        tokens,
        today: Date::constant(2000, 1, 1),
        names: &(),
        n_lookups: 0,
        channel_rank: None,
        silence: None,
        missed_call: None,
        hints: Hints::default(),
        promises: Vec::new(),
        quotes: Vec::new(),
        out: LogReading::of_day(Date::constant(2000, 1, 1)),
    }
}
