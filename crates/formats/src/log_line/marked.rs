//! Pieces of a log line that carry their own mark: tags, events, quotes.

use domain::{Direction, Exchange, ExchangeKind, Owner};

use super::PartKind;
use super::clock::clock_len;
use super::day::{DayPhrase, PHRASE_WORDS_MAX, is_weekday, past_day};
use super::due::due_day;
use super::length::minutes;
use super::no_day::{no_day, said};
use super::phrases::BEFORE_MARKS;
use super::promise::due_phrase;
use super::read::{Reader, problem};
use super::token::{Kind, Token, tokens};

impl Reader<'_> {
    pub(super) fn read_marked(&mut self) {
        let mut i = 0;
        while i < self.tokens.len() {
            if self.used[i] {
                i += 1;
                continue;
            }
            match self.tokens[i].kind.clone() {
                Kind::Tag { name, value } => self.read_tag(i, &name, value),
                Kind::Event(event) if self.out.event.is_empty() => {
                    let start = self.with_word_before(i, BEFORE_MARKS);
                    self.take(start..i + 1, PartKind::Event, &event);
                    self.out.event = event;
                }
                Kind::Quoted(text) => self.read_quoted(i, text),
                Kind::Bracket(text) if i == 0 && self.tokens.len() > 1 => self.read_stamp(&text),
                Kind::Word(_) | Kind::Mark(_) | Kind::Bracket(_) | Kind::Event(_) => {}
            }
            i += 1;
        }
    }

    /// Reads the day in brackets that chats and notes apps put before a line:
    /// "[2026-11-27, 14:03]".
    fn read_stamp(&mut self, text: &str) {
        let inner = tokens(text);
        let words: Vec<&str> = inner.iter().map(Token::phrase_word).collect();
        let is_whole = |n_words: usize| is_clock_behind(&words[n_words..]);
        if !text.starts_with(|c: char| c.is_ascii_digit()) {
            return;
        }
        if let Some(phrase) = past_day(&words, self.today, true)
            && is_whole(phrase.n_words)
        {
            let day = phrase.day;
            self.set_day(0, DayPhrase { n_words: 1, day });
        } else if let Some(found) = no_day(&words, self.today, true)
            && is_whole(found.n_words)
        {
            self.out.problems.push(found.problem(&words));
            self.used[0] = true;
            self.quotes.push((0, text.to_owned()));
        }
    }

    fn read_quoted(&mut self, i: usize, text: String) {
        let start = self.with_word_before(i, &["at"]);
        if start < i && self.out.place.is_empty() {
            self.take(start..i + 1, PartKind::Place, &text);
            self.out.place = text;
        } else if text.is_empty() {
            self.used[i] = true;
        } else {
            self.take(i..i + 1, PartKind::Note, &text);
            self.quotes.push((i, text));
        }
    }

    /// Returns the position before `i` where an unused one of these words
    /// stands there, else `i`.
    pub(super) fn with_word_before(&self, i: usize, words: &[&str]) -> usize {
        let Some(before) = i.checked_sub(1) else {
            return i;
        };
        let is_one = self.tokens[before]
            .word()
            .is_some_and(|word| words.contains(&word.to_lowercase().as_str()));
        if is_one && !self.used[before] {
            before
        } else {
            i
        }
    }

    fn read_tag(&mut self, i: usize, name: &str, value: Option<String>) {
        let exchange = match name {
            "ask" | "asked" => Some(ExchangeKind::Ask),
            "give" | "gave" | "given" => Some(ExchangeKind::Give),
            "vouch" | "vouched" => Some(ExchangeKind::Vouch),
            "intro" | "introduced" => Some(ExchangeKind::Intro),
            _ => None,
        };
        if let Some(kind) = exchange {
            return self.read_exchange(i, kind, value);
        }
        match name {
            "promise" | "promised" => self.read_promise(i, Owner::Student, value),
            "owed" | "owes" => self.read_promise(i, Owner::Person, value),
            "follow-up" | "followup" => {
                self.out.follow_up = true;
                self.take(i..i + 1, PartKind::FollowUp, "a follow-up is wanted");
                self.keep_follow_up_day(i, value);
            }
            _ => {
                if let Some(direction) = Direction::from_word(name) {
                    self.hints.explicit = Some(direction);
                    self.take(i..i + 1, PartKind::Direction, direction.word());
                }
            }
        }
    }

    /// Keeps the day behind "#follow-up" in the note: the windows of a follow-up
    /// are those of every talk.
    fn keep_follow_up_day(&mut self, i: usize, value: Option<String>) {
        let behind = self.words_from(i + 1);
        let (words, n_words) = match &value {
            Some(value) if value.is_empty() => return,
            Some(value) => {
                let words: Vec<&str> = std::iter::once(value.as_str()).chain(behind).collect();
                let n_words = due_day(&words, self.today).map_or(1, |phrase| phrase.n_words);
                (words, n_words)
            }
            None => {
                let is_day = behind.first().is_some_and(|word| is_weekday(word));
                let n_words = match due_phrase(&behind, self.today) {
                    Some((_, n_words)) => n_words,
                    None if is_day => 1,
                    None => return,
                };
                (behind, n_words)
            }
        };
        let day = said(&words[..n_words]);
        let n_behind = n_words - usize::from(value.is_some());
        self.used[i + 1..i + 1 + n_behind].fill(true);
        self.quotes.push((i, format!("follow-up {day}")));
        self.out.problems.push(problem(
            "follow-up",
            format!("\"{day}\", and a follow-up has no day of its own; it stays in the note"),
            &format!("\"#promise write again {day}\""),
        ));
    }

    fn read_exchange(&mut self, i: usize, kind: ExchangeKind, value: Option<String>) {
        let takes_word = matches!(kind, ExchangeKind::Ask | ExchangeKind::Give);
        let has_value = value.is_some();
        let mut end = i + 1;
        let mut what = value.unwrap_or_default();
        if !has_value && takes_word {
            let start = self.behind_articles(end);
            if let Some(Kind::Quoted(text)) = self.tokens.get(start).map(|token| &token.kind) {
                what.clone_from(text);
                end = start + 1;
            } else if let Some(what_end) = self.exchanged(end, start, kind) {
                self.text_of(start..what_end).clone_into(&mut what);
                end = what_end;
            }
        }
        let mut minutes_given = None;
        if (has_value || kind == ExchangeKind::Give)
            && let Some((n_words, amount)) = minutes(&self.words_from(end))
        {
            minutes_given = Some(amount);
            end += n_words;
        }
        let mut reading = kind.word().to_owned();
        if !what.is_empty() {
            reading = format!("{reading}: {what}");
        }
        if let Some(minutes) = minutes_given {
            reading = format!("{reading}, {minutes} min");
        }
        self.take(i..end, PartKind::Exchange, &reading);
        self.out.exchanges.push(Exchange {
            kind,
            what,
            minutes: minutes_given,
        });
    }

    /// Returns where words such as "for a" in front of a thing end.
    fn behind_articles(&self, at: usize) -> usize {
        let is_small = |i: &usize| is_article(self.lower(*i).as_deref());
        at + (at..self.tokens.len()).take_while(is_small).count()
    }

    /// Returns the end of what was asked or given from `start` on: one word,
    /// with what "of" or "/" joins to it, or all words before a length that was
    /// given.
    fn exchanged(&self, at: usize, start: usize, kind: ExchangeKind) -> Option<usize> {
        let word = |i: usize| self.tokens.get(i).and_then(Token::word);
        if kind == ExchangeKind::Give {
            if minutes(&self.words_from(at)).is_some() {
                return None;
            }
            let words = (start + 1..start + PHRASE_WORDS_MAX)
                .take_while(|i| word(*i).is_some_and(|w| !matches!(w, "with" | "from" | "to")));
            let mut lengths = words.filter(|i| minutes(&self.words_from(*i)).is_some());
            if let Some(length) = lengths.next() {
                return word(start).map(|_| length);
            }
        }
        word(start)?;
        let mut end = start + 1;
        while matches!(word(end), Some("of" | "/")) {
            let joined = self.behind_articles(end + 1);
            if word(joined).is_none() {
                break;
            }
            end = joined + 1;
        }
        Some(end)
    }
}

/// Returns whether nothing but a time of the clock follows.
pub(super) fn is_clock_behind(words: &[&str]) -> bool {
    let comma = usize::from(words.first() == Some(&","));
    let rest = &words[comma..];
    rest.len() == clock_len(rest)
}

/// Returns whether a word stands before a thing and is no part of it.
pub(super) fn is_article(word: Option<&str>) -> bool {
    matches!(word, Some("for" | "a" | "an" | "the"))
}
