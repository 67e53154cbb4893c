//! From the pieces of a log line to its reading.

use std::ops::Range;

use domain::{Channel, Direction, Exchange, ExchangeKind, Owner, PersonId, PersonName, Problem};
use jiff::civil::Date;

use super::day::{DayPhrase, due_day, minutes, past_day};
use super::token::{Kind, Token, tokens};
use super::words::{
    ANSWERS, CHANNEL_WORDS, ChannelWord, FILLERS, Form, NAME_VERBS, NO_NAMES, NOTE_STARTERS,
    PARTICLES, PLACE_JOINERS, TITLES, WITH,
};
use super::{LogReading, Named, Part, PartKind, PersonReading, Promise};
use crate::names::{Closeness, NameLookup};

/// The most names that are looked up in one line: a pasted page must not cost
/// a search for every word of it.
const LOOKUPS_MAX: usize = 24;

/// The most words of a later clause that may be day, place or duration alone.
const MODIFIER_WORDS_MAX: usize = 8;

/// Returns what the line says; `default_day` stands where the line tells no day.
pub(crate) fn read(
    line: &str,
    today: Date,
    default_day: Date,
    names: &dyn NameLookup,
) -> LogReading {
    let tokens = tokens(line);
    let used = vec![false; tokens.len()];
    let mut reader = Reader {
        line,
        used,
        tokens,
        today,
        names,
        n_lookups: 0,
        channel_rank: None,
        hints: Hints::default(),
        promises: Vec::new(),
        quotes: Vec::new(),
        out: LogReading::of_day(default_day),
    };
    reader.read_marked();
    reader.read_clauses();
    reader.finish()
}

/// What tells who reached out.
#[derive(Default)]
struct Hints {
    explicit: Option<Direction>,
    incoming: bool,
    outgoing: bool,
    with: bool,
}

/// A promise whose day waits for the day of the line.
struct PendingPromise {
    owner: Owner,
    what: String,
    due: Vec<String>,
    span: Range<usize>,
}

/// A name at the start of some tokens.
struct NamePhrase {
    end: usize,
    titled: bool,
    n_words: usize,
}

struct Reader<'a> {
    line: &'a str,
    tokens: Vec<Token>,
    used: Vec<bool>,
    today: Date,
    names: &'a dyn NameLookup,
    n_lookups: usize,
    channel_rank: Option<u8>,
    hints: Hints,
    promises: Vec<PendingPromise>,
    quotes: Vec<(usize, String)>,
    out: LogReading,
}

impl Reader<'_> {
    // Pieces that carry their own mark: tags, events, quotes, brackets.

    fn read_marked(&mut self) {
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
    fn with_word_before(&self, i: usize, words: &[&str]) -> usize {
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
                if let Some(n_words) = due_len(&words, self.today) {
                    due = words[1..n_words].to_vec();
                    end += n_words;
                }
                what
            }
            None => {
                let by = (0..words.len()).find(|i| {
                    due_len(&words[*i..], self.today).is_some_and(|n| i + n == words.len())
                });
                if let Some(by) = by {
                    due = words[by + 1..].to_vec();
                }
                let n_what = by.unwrap_or(words.len());
                let first = words.first().map(|word| word.to_lowercase());
                if matches!(first.as_deref(), Some("she" | "he" | "they")) {
                    owner = Owner::Person;
                }
                let what = self.text_of(end..end + n_what).to_owned();
                end += words.len();
                what
            }
        };
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

    // Clauses.

    fn read_clauses(&mut self) {
        let mut start = 0;
        let mut head_found = false;
        while start < self.tokens.len() {
            let end = self.clause_end(start);
            if head_found {
                self.read_later_clause(start, end);
                start = end + 1;
            } else {
                let mut scan = HeadScan {
                    i: start,
                    ..HeadScan::default()
                };
                self.read_head(&mut scan);
                head_found = scan.told_person || scan.told_channel;
                start = scan.i.max(start) + 1;
            }
        }
    }

    /// Returns where the clause that holds token `i` ends.
    fn clause_end(&self, i: usize) -> usize {
        (i..self.tokens.len())
            .find(|j| !self.used[*j] && matches!(self.tokens[*j].kind, Kind::Mark(_)))
            .unwrap_or(self.tokens.len())
    }

    /// Reads a clause that may tell of channel and people, from `scan.i` on,
    /// and leaves `scan.i` at its end.
    fn read_head(&mut self, scan: &mut HeadScan) {
        let mut end = self.clause_end(scan.i);
        loop {
            // A day such as "March 3, 2027" reaches over the end of its clause.
            if scan.i > end {
                end = self.clause_end(scan.i);
            }
            if scan.i >= end {
                if !self.more_people_after_comma(scan, end) {
                    scan.i = end;
                    return;
                }
                end = self.clause_end(scan.i);
                continue;
            }
            if self.used[scan.i] {
                scan.fillers.clear();
                scan.i += 1;
                continue;
            }
            if self.understand(scan, end) {
                continue;
            }
            let Some(lower) = self.lower(scan.i) else {
                scan.i += 1;
                continue;
            };
            if NOTE_STARTERS.contains(&lower.as_str()) {
                self.hint_of_answer(scan.i, end);
                scan.i = end;
                return;
            }
            if FILLERS.contains(&lower.as_str()) {
                scan.says_i |= matches!(lower.as_str(), "i" | "we");
                self.hints.incoming |= matches!(lower.as_str(), "me" | "received");
                if lower == "me" && scan.did {
                    self.used[scan.i] = true;
                }
                scan.fillers.push(scan.i);
            } else {
                scan.fillers.clear();
                scan.after_channel = false;
            }
            scan.i += 1;
        }
    }

    /// Takes what is understood at `scan.i`, if anything is.
    fn understand(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let understood = self.take_day(scan)
            || self.take_minutes(scan, end)
            || self.take_place(scan, end)
            || self.take_introduced(scan, end)
            || self.take_channel(scan, end)
            || self.take_answer(scan, end)
            || self.take_name(scan, end);
        if understood {
            for filler in scan.fillers.drain(..) {
                self.used[filler] = true;
            }
        }
        understood
    }

    fn take_day(&mut self, scan: &mut HeadScan) -> bool {
        if self.out.day_stated {
            return false;
        }
        let Some(phrase) = self.day_at(scan.i) else {
            return false;
        };
        self.set_day(scan.i, phrase);
        scan.i += phrase.n_words;
        true
    }

    fn set_day(&mut self, i: usize, phrase: DayPhrase) {
        self.out.day = phrase.day;
        self.out.day_stated = true;
        let reading = phrase.day.strftime("%a %-d %b %Y").to_string();
        self.take(i..i + phrase.n_words, PartKind::Day, &reading);
    }

    fn take_minutes(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        if self.out.duration_min.is_some() {
            return false;
        }
        let Some((n_words, amount)) = minutes(&self.words_until(scan.i, end)) else {
            return false;
        };
        self.set_minutes(scan.i, n_words, amount);
        scan.i += n_words;
        true
    }

    fn set_minutes(&mut self, i: usize, n_words: usize, amount: u32) {
        self.out.duration_min = Some(amount);
        self.take(i..i + n_words, PartKind::Duration, &format!("{amount} min"));
    }

    fn take_place(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        if !self.out.place.is_empty() {
            return false;
        }
        let Some(words) = self.place_at(scan.i, end) else {
            return false;
        };
        let next = words.end;
        self.set_place(scan.i, words);
        scan.i = next;
        true
    }

    fn set_place(&mut self, i: usize, words: Range<usize>) {
        let place = self.text_of(words.clone()).to_owned();
        self.take(i..words.end, PartKind::Place, &place);
        self.out.place = place;
    }

    /// Takes "with", "from", "to" or "and" together with the name behind it.
    fn take_introduced(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let Some(lower) = self.lower(scan.i) else {
            return false;
        };
        let is_from = lower == "from";
        let is_to = lower == "to";
        if !(is_from || is_to || WITH.contains(&lower.as_str())) {
            return false;
        }
        let at = scan.i + 1;
        if is_to && scan.did && at < end && self.lower(at).as_deref() == Some("me") {
            self.used[scan.i] = true;
            self.used[at] = true;
            self.hints.incoming = true;
            scan.i = at + 1;
            return true;
        }
        let Some(name_end) = self
            .bracket_at(at, end)
            .or_else(|| self.name_phrase(at, end).map(|phrase| phrase.end))
            .or_else(|| self.lower_case_name(at, end))
        else {
            return false;
        };
        self.used[scan.i] = true;
        self.hints.incoming |= is_from;
        self.hints.outgoing |= is_to;
        self.hints.with |= matches!(lower.as_str(), "with" | "w/");
        self.add_person(at..name_end);
        scan.told_person = true;
        scan.after_person = true;
        scan.i = name_end;
        true
    }

    fn take_channel(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let Some(found) = self.channel_at(scan.i, end) else {
            return false;
        };
        let is_new = self.channel_rank.is_none_or(|rank| found.rank > rank);
        if is_new {
            self.channel_rank = Some(found.rank);
            self.out.channel = found.channel;
        }
        let person_did = scan.told_person && !scan.says_i && !self.hints.with;
        if found.words == ["heard"] {
            self.hints.incoming = true;
        } else if found.form == Form::Doing && !scan.did {
            scan.did = true;
            let object_is_me = self.lower(scan.i + found.words.len()).as_deref() == Some("me")
                || self.lower(scan.i + found.words.len()).as_deref() == Some("to")
                    && self.lower(scan.i + found.words.len() + 1).as_deref() == Some("me");
            if person_did || object_is_me {
                self.hints.incoming = true;
            } else {
                self.hints.outgoing = true;
            }
        }
        let n_words = found.words.len();
        self.take(
            scan.i..scan.i + n_words,
            PartKind::Channel,
            found.channel.word(),
        );
        scan.told_channel = true;
        scan.after_channel = true;
        scan.i += n_words;
        true
    }

    /// Takes "replied", "an answer" and the like.
    fn take_answer(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let Some(lower) = self.lower(scan.i) else {
            return false;
        };
        if !ANSWERS.contains(&lower.as_str()) {
            return false;
        }
        let to_somebody = self.lower(scan.i + 1).as_deref() == Some("to")
            && self.lower(scan.i + 2).as_deref() != Some("me");
        let direction = if scan.says_i || to_somebody && scan.i + 1 < end {
            self.hints.outgoing = true;
            Direction::Outgoing
        } else {
            self.hints.incoming = true;
            Direction::Incoming
        };
        if self.channel_rank.is_none() {
            self.channel_rank = Some(1);
            self.out.channel = Channel::Email;
        }
        self.take(scan.i..scan.i + 1, PartKind::Direction, direction.word());
        scan.did = true;
        scan.told_channel = true;
        scan.i += 1;
        true
    }

    /// Takes a name that stands without "with": after a title, before or after
    /// a verb, or one that is known.
    fn take_name(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        if let Some(name_end) = self.bracket_at(scan.i, end) {
            self.add_person(scan.i..name_end);
            scan.told_person = true;
            scan.after_person = true;
            scan.i = name_end;
            return true;
        }
        let Some(phrase) = self.name_phrase(scan.i, end) else {
            return false;
        };
        let text = self.text_of(scan.i..phrase.end).to_owned();
        let before_verb = self
            .lower(phrase.end)
            .is_some_and(|word| phrase.end < end && NAME_VERBS.contains(&word.as_str()));
        let is_shouted = text.chars().filter(|c| c.is_alphabetic()).count() > 2
            && text.chars().all(|c| !c.is_lowercase());
        let is_expected = (before_verb || scan.after_channel) && !is_shouted;
        if !(phrase.titled || is_expected || self.is_known_exactly(&text)) {
            return false;
        }
        self.add_person(scan.i..phrase.end);
        scan.told_person = true;
        scan.after_person = true;
        scan.after_channel = false;
        scan.i = phrase.end;
        true
    }

    /// Goes on behind a comma where the list of people goes on, or where a
    /// degree follows a name.
    fn more_people_after_comma(&mut self, scan: &mut HeadScan, mark: usize) -> bool {
        let is_comma = matches!(
            self.tokens.get(mark).map(|token| &token.kind),
            Some(Kind::Mark(','))
        );
        let stands_behind_person = scan.after_person
            && mark.checked_sub(1).is_some_and(|i| {
                self.used[i] && matches!(self.tokens[i].kind, Kind::Word(_) | Kind::Bracket(_))
            });
        if !is_comma || !stands_behind_person {
            return false;
        }
        let at = mark + 1;
        let end = self.clause_end(at);
        if self
            .tokens
            .get(at)
            .and_then(Token::word)
            .is_some_and(is_degree)
        {
            self.used[mark] = true;
            self.used[at] = true;
            scan.i = at + 1;
            return true;
        }
        let Some(phrase) = self.name_phrase(at, end) else {
            return false;
        };
        let text = self.text_of(at..phrase.end).to_owned();
        let goes_on =
            phrase.end == end || matches!(self.lower(phrase.end).as_deref(), Some("and" | "&"));
        let believable = phrase.titled
            || self.is_known_exactly(&text) && goes_on
            || phrase.n_words >= 2 && goes_on;
        let before_verb = self
            .lower(phrase.end)
            .is_some_and(|word| NAME_VERBS.contains(&word.as_str()));
        if !believable || before_verb {
            return false;
        }
        self.used[mark] = true;
        self.add_person(at..phrase.end);
        scan.i = phrase.end;
        true
    }

    /// Reads a clause behind the head: taken only where all of it is day,
    /// duration, place or channel; else it is note, and may tell of an answer.
    fn read_later_clause(&mut self, start: usize, end: usize) {
        self.hint_of_answer(start, end);
        if end - start > MODIFIER_WORDS_MAX {
            return;
        }
        let mut found = Vec::new();
        let mut i = start;
        while i < end {
            if self.used[i] {
                i += 1;
                continue;
            }
            if !self.out.day_stated
                && let Some(phrase) = self.day_at(i)
            {
                found.push((i, Modifier::Day(phrase)));
                i += phrase.n_words;
            } else if self.out.duration_min.is_none()
                && let Some((n_words, amount)) = minutes(&self.words_until(i, end))
            {
                found.push((i, Modifier::Minutes(n_words, amount)));
                i += n_words;
            } else if self.out.place.is_empty()
                && let Some(words) = self.place_at(i, end)
            {
                i = words.end;
                found.push((words.start, Modifier::Place(words)));
            } else if self.channel_rank.is_none()
                && let Some(channel) = self.channel_at(i, end)
            {
                found.push((i, Modifier::Channel(channel)));
                i += channel.words.len();
            } else if self.lower(i).is_some_and(|w| FILLERS.contains(&w.as_str())) {
                found.push((i, Modifier::Filler));
                i += 1;
            } else {
                return;
            }
        }
        if found
            .iter()
            .all(|(_, modifier)| matches!(modifier, Modifier::Filler))
        {
            return;
        }
        for (i, modifier) in found {
            match modifier {
                Modifier::Day(phrase) if !self.out.day_stated => self.set_day(i, phrase),
                Modifier::Minutes(n, amount) if self.out.duration_min.is_none() => {
                    self.set_minutes(i, n, amount);
                }
                Modifier::Place(words) if self.out.place.is_empty() => {
                    let at = self.with_word_before(words.start, &["the"]);
                    let at = self.with_word_before(at, &["at"]);
                    self.set_place(at, words);
                }
                Modifier::Channel(channel) if self.channel_rank.is_none() => {
                    self.channel_rank = Some(channel.rank);
                    self.out.channel = channel.channel;
                    let words = i..i + channel.words.len();
                    self.take(words, PartKind::Channel, channel.channel.word());
                }
                Modifier::Filler => self.used[i] = true,
                _ => {}
            }
        }
    }

    /// Notices "she answered" and "he wrote back", and leaves the words alone.
    fn hint_of_answer(&mut self, start: usize, end: usize) {
        let mut words = (start..end).filter_map(|i| self.lower(i).map(|word| (i, word)));
        let mut next = words.next();
        if matches!(
            next.as_ref().map(|(_, w)| w.as_str()),
            Some("and" | "but" | "then")
        ) {
            next = words.next();
        }
        let Some((first, pronoun)) = next else { return };
        if !matches!(pronoun.as_str(), "she" | "he" | "they") {
            return;
        }
        let Some((verb_at, verb)) = words.next() else {
            return;
        };
        let back = words.next();
        let is_back = matches!(verb.as_str(), "wrote" | "got" | "emailed" | "called")
            && back.as_ref().is_some_and(|(_, word)| word == "back");
        if !ANSWERS.contains(&verb.as_str()) && !is_back {
            return;
        }
        let last = match back {
            Some((i, _)) if is_back => i,
            _ => verb_at,
        };
        self.hints.incoming = true;
        self.out.parts.push(Part {
            span: self.tokens[first].span.start..self.tokens[last].span.end,
            kind: PartKind::Direction,
            reading: Direction::Incoming.word().to_owned(),
        });
    }

    // Looking without taking.

    fn lower(&self, i: usize) -> Option<String> {
        self.tokens.get(i)?.word().map(str::to_lowercase)
    }

    /// Returns the unused words from `i` on, commas included, as far as any
    /// phrase reaches.
    fn words_from(&self, i: usize) -> Vec<&str> {
        self.words_until(i, self.tokens.len())
    }

    fn words_until(&self, i: usize, end: usize) -> Vec<&str> {
        (i..end.min(self.tokens.len()))
            .take(6)
            .take_while(|j| !self.used[*j])
            .map(|j| self.tokens[j].phrase_word())
            .collect()
    }

    fn day_at(&self, i: usize) -> Option<DayPhrase> {
        past_day(&self.words_from(i), self.today)
    }

    fn channel_at(&self, i: usize, end: usize) -> Option<&'static ChannelWord> {
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
    }

    fn bracket_at(&self, i: usize, end: usize) -> Option<usize> {
        let is_bracket =
            i < end && !self.used[i] && matches!(self.tokens[i].kind, Kind::Bracket(_));
        is_bracket.then_some(i + 1)
    }

    /// Returns the words of the place behind "at" at `i`.
    fn place_at(&self, i: usize, end: usize) -> Option<Range<usize>> {
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

    fn place_end(&self, start: usize, end: usize) -> Option<usize> {
        let is_part = |i: usize| {
            i < end
                && !self.used[i]
                && self.tokens[i]
                    .word()
                    .is_some_and(|word| begins_name(word) && !is_title(word))
                && self.day_at(i).is_none()
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
    fn name_phrase(&self, i: usize, end: usize) -> Option<NamePhrase> {
        let word = |j: usize| {
            let is_free = j < end && !self.used[j];
            if is_free { self.tokens[j].word() } else { None }
        };
        let titled = word(i).is_some_and(is_title)
            && word(i + 1).is_some_and(|w| w.starts_with(char::is_alphabetic) && !is_small_word(w));
        let first = i + usize::from(titled);
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
                    || self.day_at(j).is_some()
                    || self.channel_at(j, end).is_some()
                    || WITH.contains(&lower.as_str())
                    || ANSWERS.contains(&lower.as_str())
                    || j == first && NO_NAMES.contains(&lower.as_str())
                    || j > first && is_title(w);
                if is_other {
                    break;
                }
            }
            j += 1;
        }
        let last = word(j.checked_sub(1)?)?;
        // "Dr. Rao's fellow" is not a talk with Dr. Rao.
        let is_owner = last.ends_with("'s") || last.ends_with("’s");
        (j > first && !is_owner).then_some(NamePhrase {
            end: j,
            titled,
            n_words: j - first,
        })
    }

    /// Returns the end of a name in lower case at `i`: only one that is known.
    fn lower_case_name(&mut self, i: usize, end: usize) -> Option<usize> {
        let n_words = (i..end)
            .take(3)
            .take_while(|j| {
                !self.used[*j]
                    && self.tokens[*j].word().is_some_and(|word| {
                        word.chars().all(is_name_char)
                            && !NOTE_STARTERS.contains(&word)
                            && !WITH.contains(&word)
                            && !FILLERS.contains(&word)
                    })
                    && self.day_at(*j).is_none()
                    && self.channel_at(*j, end).is_none()
            })
            .count();
        (1..=n_words).rev().map(|n| i + n).find(|name_end| {
            let text = self.text_of(i..*name_end).to_owned();
            self.is_known_exactly(&text)
        })
    }

    fn is_known_exactly(&mut self, text: &str) -> bool {
        if self.n_lookups >= LOOKUPS_MAX {
            return false;
        }
        self.n_lookups += 1;
        self.names
            .candidates(text)
            .iter()
            .any(|candidate| candidate.closeness != Closeness::Typo)
    }

    fn text_of(&self, words: Range<usize>) -> &str {
        if words.is_empty() {
            return "";
        }
        let start = self.tokens[words.start].span.start;
        &self.line[start..self.tokens[words.end - 1].span.end]
    }

    // Taking.

    fn take(&mut self, words: Range<usize>, kind: PartKind, reading: &str) {
        for used in &mut self.used[words.clone()] {
            *used = true;
        }
        let start = self.tokens[words.start].span.start;
        self.out.parts.push(Part {
            span: start..self.tokens[words.end - 1].span.end,
            kind,
            reading: reading.to_owned(),
        });
    }

    fn add_person(&mut self, words: Range<usize>) {
        let written = match &self.tokens[words.start].kind {
            Kind::Bracket(text) => text.clone(),
            _ => self.text_of(words.clone()).to_owned(),
        };
        let who = self.who(&written);
        let shown = match &who {
            PersonReading::Known { name, .. } => name.display(),
            PersonReading::Ambiguous(candidates) => format!("one of {} people", candidates.len()),
            PersonReading::New(name) => format!("new: {}", name.display()),
        };
        self.take(words, PartKind::Person, &shown);
        let is_same = |named: &Named| match (&named.who, &who) {
            (PersonReading::Known { id: a, .. }, PersonReading::Known { id: b, .. }) => a == b,
            (a, b) => a == b,
        };
        if !self.out.people.iter().any(is_same) {
            self.out.people.push(Named { written, who });
        }
    }

    fn who(&mut self, written: &str) -> PersonReading {
        let (name, chosen) = match written.rsplit_once('|') {
            Some((name, id)) => (name.trim(), id.trim().parse::<PersonId>().ok()),
            None => (written, None),
        };
        let mut candidates = if self.n_lookups < LOOKUPS_MAX {
            self.n_lookups += 1;
            self.names.candidates(name)
        } else {
            Vec::new()
        };
        if let Some(chosen) = candidates.iter().position(|c| Some(c.id) == chosen) {
            candidates = vec![candidates.swap_remove(chosen)];
            candidates[0].closeness = Closeness::Exact;
        }
        match candidates.len() {
            0 => PersonReading::New(PersonName::parse(name)),
            1 => {
                let only = candidates.swap_remove(0);
                PersonReading::Known {
                    id: only.id,
                    name: only.name,
                    closeness: only.closeness,
                }
            }
            _ => PersonReading::Ambiguous(candidates),
        }
    }

    // The end.

    fn finish(mut self) -> LogReading {
        self.finish_promises();
        self.finish_note();
        self.out.direction = self.direction();
        self.out.parts.sort_by_key(|part| part.span.start);
        if self.out.day > self.today {
            let day = self.out.day;
            self.out.problems.push(problem(
                "day",
                format!("{day}, which is still to come"),
                "a day that has been",
            ));
        }
        if self.out.people.is_empty() {
            self.out.problems.push(problem(
                "person",
                "nobody named".to_owned(),
                "\"with\" and a name",
            ));
        }
        self.out
    }

    fn finish_promises(&mut self) {
        let base = self.out.day;
        for pending in std::mem::take(&mut self.promises) {
            let due_words: Vec<&str> = pending.due.iter().map(String::as_str).collect();
            let due = due_day(&due_words, base).map(|phrase| phrase.day);
            let by = match due {
                Some(day) => format!(" by {}", day.strftime("%a %-d %b %Y")),
                None => String::new(),
            };
            self.out.parts.push(Part {
                span: pending.span,
                kind: PartKind::Promise,
                reading: format!("{} owes: {}{by}", pending.owner.word(), pending.what),
            });
            self.out.promises.push(Promise {
                owner: pending.owner,
                what: pending.what,
                due,
            });
        }
    }

    fn finish_note(&mut self) {
        let mut pieces = std::mem::take(&mut self.quotes);
        let mut i = 0;
        while i < self.tokens.len() {
            if self.used[i] {
                i += 1;
                continue;
            }
            let start = i;
            while i < self.tokens.len() && !self.used[i] {
                i += 1;
            }
            if let Some(words) = self.note_words(start..i) {
                let text = self.text_of(words.clone()).to_owned();
                self.take(words, PartKind::Note, &text);
                pieces.push((start, text));
            }
        }
        pieces.sort_by_key(|(position, _)| *position);
        let mut note = String::new();
        for (_, piece) in pieces {
            if !note.is_empty() {
                let ends = note.ends_with(['.', '!', '?', ':', ';', ',']);
                note.push_str(if ends { " " } else { "; " });
            }
            note.push_str(&piece);
        }
        self.out.note = note;
    }

    /// Returns the words of a note without marks and joining words around them.
    fn note_words(&self, words: Range<usize>) -> Option<Range<usize>> {
        let Range { mut start, mut end } = words;
        let mark = |i: usize| match self.tokens[i].kind {
            Kind::Mark(c) => Some(c),
            _ => None,
        };
        while start < end {
            let is_joiner = self.tokens[start].word() == Some("and") && end - start > 1;
            if !is_joiner && mark(start).is_none_or(|c| c == '(') {
                break;
            }
            start += 1;
        }
        let has_open = (start..end).any(|i| mark(i) == Some('('));
        while start < end {
            let strip = match mark(end - 1) {
                Some('.' | '!' | '?') => false,
                Some(')') => !has_open,
                Some(_) => true,
                None => false,
            };
            if !strip {
                break;
            }
            end -= 1;
        }
        (start < end).then_some(start..end)
    }

    fn direction(&self) -> Direction {
        if let Some(explicit) = self.hints.explicit {
            return explicit;
        }
        if !self.out.channel.is_written() {
            return Direction::Mutual;
        }
        match (self.hints.incoming, self.hints.outgoing) {
            (true, true) => Direction::Mutual,
            (true, false) => Direction::Incoming,
            (false, true) => Direction::Outgoing,
            (false, false) if self.hints.with => Direction::Mutual,
            (false, false) => Direction::Outgoing,
        }
    }
}

/// Where the reading of the head clause stands.
#[derive(Default)]
struct HeadScan {
    i: usize,
    /// Words that vanish where something understood follows them.
    fillers: Vec<usize>,
    told_person: bool,
    told_channel: bool,
    after_person: bool,
    after_channel: bool,
    says_i: bool,
    did: bool,
}

/// What a later clause may be made of.
enum Modifier {
    Day(DayPhrase),
    Minutes(usize, u32),
    Place(Range<usize>),
    Channel(&'static ChannelWord),
    Filler,
}

fn problem(field: &str, found: String, would_do: &str) -> Problem {
    Problem {
        line: 0,
        field: field.to_owned(),
        found,
        would_do: would_do.to_owned(),
        record_kept: true,
    }
}

/// Returns how many of the words are "by" and a day.
fn due_len(words: &[String], today: Date) -> Option<usize> {
    if words.first()?.to_lowercase() != "by" {
        return None;
    }
    let rest: Vec<&str> = words[1..].iter().take(6).map(String::as_str).collect();
    due_day(&rest, today).map(|phrase| phrase.n_words + 1)
}

fn is_title(word: &str) -> bool {
    let lower = word.trim_end_matches('.').to_lowercase();
    TITLES.contains(&lower.as_str())
}

fn is_name_char(c: char) -> bool {
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

/// Returns whether a word is a degree such as "MD": whether it is read as one
/// behind the comma of a name.
fn is_degree(word: &str) -> bool {
    let name = PersonName::parse(&format!("A B, {word}"));
    word.chars().any(char::is_uppercase) && name.credentials == word && name.family == "B"
}

/// Returns whether the name is read back whole when it stands behind "with".
pub(crate) fn is_plain_name(written: &str) -> bool {
    let reader = looking_at(written);
    let n_tokens = reader.tokens.len();
    let is_tidy = written.trim() == written && !written.contains("  ");
    is_tidy
        && n_tokens > 0
        && !may_begin_day(&reader)
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
const BEFORE_MARKS: &[&str] = &["at", "in", "during"];

fn stands_before_mark(word: &str) -> bool {
    BEFORE_MARKS.contains(&word.to_lowercase().as_str())
}

/// Returns whether a word in lower case is one of the grammar's own, so that
/// "dr with" is no name although "dr rao" is.
fn is_small_word(word: &str) -> bool {
    [WITH, FILLERS, NOTE_STARTERS, BEFORE_MARKS, &["to", "from"]]
        .iter()
        .any(|list| list.contains(&word))
}

/// Returns whether the last word and a number behind it would be a day: "May"
/// before "20 min".
fn may_begin_day(reader: &Reader) -> bool {
    let last = reader.tokens.last().and_then(Token::word);
    last.is_some_and(|word| past_day(&[word, "1"], reader.today).is_some())
}

fn looking_at(text: &str) -> Reader<'_> {
    let tokens = tokens(text);
    Reader {
        line: text,
        used: vec![false; tokens.len()],
        tokens,
        today: Date::constant(2000, 1, 1),
        names: &(),
        n_lookups: 0,
        channel_rank: None,
        hints: Hints::default(),
        promises: Vec::new(),
        quotes: Vec::new(),
        out: LogReading::of_day(Date::constant(2000, 1, 1)),
    }
}
