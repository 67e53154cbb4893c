//! Pieces of a log line that carry their own mark: tags, events, quotes.

use domain::{Direction, Exchange, ExchangeKind, Owner};
use jiff::civil::Date;

use super::PartKind;
use super::day::impossible_day;
use super::due::due_day;
use super::length::minutes;
use super::phrases::BEFORE_MARKS;
use super::read::{PendingPromise, Reader, problem};
use super::token::Kind;

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
                Kind::Word(_) | Kind::Mark(_) | Kind::Bracket(_) | Kind::Event(_) => {}
            }
            i += 1;
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
            }
            _ => {
                if let Some(direction) = Direction::from_word(name) {
                    self.hints.explicit = Some(direction);
                    self.take(i..i + 1, PartKind::Direction, direction.word());
                }
            }
        }
    }

    fn read_exchange(&mut self, i: usize, kind: ExchangeKind, value: Option<String>) {
        let takes_word = matches!(kind, ExchangeKind::Ask | ExchangeKind::Give);
        let has_value = value.is_some();
        let mut end = i + 1;
        let mut what = value.unwrap_or_default();
        if !has_value && takes_word {
            let is_duration = minutes(&self.words_from(end)).is_some();
            match self.tokens.get(end).map(|token| &token.kind) {
                Some(Kind::Word(word)) if !(is_duration && kind == ExchangeKind::Give) => {
                    what.clone_from(word);
                    end += 1;
                }
                Some(Kind::Quoted(text)) => {
                    what.clone_from(text);
                    end += 1;
                }
                _ => {}
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

    /// Says that a promise's day is none, where "by" and such a day end it.
    fn notice_impossible_due(&mut self, words: &[String]) {
        let by = words
            .iter()
            .rposition(|word| word.eq_ignore_ascii_case("by"));
        let Some(at) = by else { return };
        let rest: Vec<&str> = words[at + 1..].iter().map(String::as_str).collect();
        if impossible_day(&rest).is_some() {
            let found = format!("\"{}\", which no calendar has", rest.join(" "));
            let problem = problem("promise", found, "a day such as \"by 3 Mar\"");
            self.out.problems.push(problem);
        }
    }

    fn read_promise(&mut self, i: usize, mut owner: Owner, value: Option<String>) {
        let mut end = i + 1;
        let mut what = value.clone();
        if what.is_none()
            && let Some(Kind::Quoted(text)) = self.tokens.get(end).map(|token| &token.kind)
        {
            what = Some(text.clone());
            end += 1;
        }
        let words: Vec<String> = self.tokens[end..]
            .iter()
            .map_while(|token| token.word().map(str::to_owned))
            .collect();
        let mut due = Vec::new();
        let what = match what {
            // Behind a quoted text only "by" and a day may follow.
            Some(what) => {
                if let Some((skip, n_words)) = due_phrase(&words, self.today) {
                    due = words[skip..n_words].to_vec();
                    end += n_words;
                }
                what
            }
            None => {
                let by = (0..words.len()).find_map(|i| {
                    let (skip, n_words) = due_phrase(&words[i..], self.today)?;
                    (i + n_words == words.len()).then_some((i, skip))
                });
                if let Some((at, skip)) = by {
                    due = words[at + skip..].to_vec();
                } else {
                    self.notice_impossible_due(&words);
                }
                let n_what = by.map_or(words.len(), |(at, _)| at);
                let first = words.first().map(|word| word.to_lowercase());
                if matches!(first.as_deref(), Some("she" | "he" | "they")) {
                    owner = Owner::Person;
                }
                let what = self.text_of(end..end + n_what).to_owned();
                end += words.len();
                what
            }
        };
        if what.trim().is_empty() {
            // Nothing to keep; the tag stays in the note, as an unknown one does.
            let would_do = "what was promised behind it, such as \"#promise read paper by Fri\"";
            let problem = problem("promise", "no words".to_owned(), would_do);
            self.out.problems.push(problem);
            return;
        }
        for used in &mut self.used[i..end] {
            *used = true;
        }
        let span = self.tokens[i].span.start..self.tokens[end - 1].span.end;
        self.promises.push(PendingPromise {
            owner,
            what,
            due,
            span,
        });
    }
}

/// Returns how many words stand before the day, and how many are it together:
/// "by" or "until" and a day, or a day that tells by itself that it lies ahead.
fn due_phrase(words: &[String], today: Date) -> Option<(usize, usize)> {
    let first = words.first()?.to_lowercase();
    let skip = match first.as_str() {
        "by" | "until" => 1,
        "in" | "on" | "tomorrow" | "tonight" | "next" => 0,
        _ => return None,
    };
    let rest: Vec<&str> = words[skip..].iter().take(6).map(String::as_str).collect();
    due_day(&rest, today).map(|phrase| (skip, phrase.n_words + skip))
}
