//! From the pieces of a log line to its reading.

use std::ops::Range;

use domain::{Owner, PersonId, PersonName, Problem};
use jiff::civil::Date;

use super::direction::Hints;
use super::due::due_day;
use super::no_day::still_to_come;
use super::token::{Kind, Token, tokens};
use super::{LogReading, Named, Part, PartKind, PersonReading, Promise};
use crate::names::{Closeness, NameLookup};

/// The most names that are looked up in one line: a pasted page must not cost
/// a search for every word of it.
pub(super) const LOOKUPS_MAX: usize = 24;

/// Returns what the line says; `default_day` stands where the line tells no day.
pub(crate) fn read(
    line: &str,
    today: Date,
    default_day: Date,
    names: &dyn NameLookup,
) -> LogReading {
    let tokens = tokens(line);
    let used = vec![false; tokens.len()];
    let next_mark = next_marks(&tokens);
    let mut reader = Reader {
        line,
        used,
        tokens,
        next_mark,
        today,
        names,
        n_lookups: 0,
        channel_rank: None,
        silence: None,
        missed_call: None,
        hints: Hints::default(),
        promises: Vec::new(),
        quotes: Vec::new(),
        out: LogReading::of_day(default_day),
    };
    reader.read_marked();
    reader.read_clauses();
    reader.finish()
}

/// Returns for each token the next mark, itself counted, or the number of tokens.
pub(super) fn next_marks(tokens: &[Token]) -> Vec<usize> {
    let mut next = tokens.len();
    let mut marks: Vec<usize> = (0..tokens.len())
        .rev()
        .map(|i| {
            if matches!(tokens[i].kind, Kind::Mark(_)) {
                next = i;
            }
            next
        })
        .collect();
    marks.reverse();
    marks
}

/// A promise whose day waits for the day of the line.
pub(super) struct PendingPromise {
    pub(super) owner: Owner,
    pub(super) what: String,
    pub(super) due: Vec<String>,
    pub(super) span: Range<usize>,
}

pub(super) struct Reader<'a> {
    pub(super) line: &'a str,
    pub(super) tokens: Vec<Token>,
    /// For each token the next mark, itself counted; the number of tokens where
    /// none follows.
    pub(super) next_mark: Vec<usize>,
    pub(super) used: Vec<bool>,
    pub(super) today: Date,
    pub(super) names: &'a dyn NameLookup,
    pub(super) n_lookups: usize,
    pub(super) channel_rank: Option<u8>,
    /// Words such as "no reply", of what did not happen.
    pub(super) silence: Option<String>,
    /// Words such as "voicemail", of a call that nobody took.
    pub(super) missed_call: Option<String>,
    pub(super) hints: Hints,
    pub(super) promises: Vec<PendingPromise>,
    pub(super) quotes: Vec<(usize, String)>,
    pub(super) out: LogReading,
}

impl Reader<'_> {
    pub(super) fn take(&mut self, words: Range<usize>, kind: PartKind, reading: &str) {
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

    pub(super) fn add_person(&mut self, words: Range<usize>) {
        let written = match &self.tokens[words.start].kind {
            Kind::Bracket(text) => text.clone(),
            _ => self.text_of(words.clone()).to_owned(),
        };
        self.add_named(words, written);
    }

    /// Adds the person who is named by `written`, which stands at `words`.
    pub(super) fn add_named(&mut self, words: Range<usize>, written: String) {
        let who = self.who(&written);
        let shown = match &who {
            PersonReading::Known { name, .. } => name.display(),
            PersonReading::Ambiguous(candidates) => format!("one of {} people", candidates.len()),
            PersonReading::New(name) => format!("new: {}", name.display()),
        };
        self.take(words, PartKind::Person, &shown);
        if !self.out.people.iter().any(|named| named.who.is_same(&who)) {
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

    fn finish(mut self) -> LogReading {
        self.finish_promises();
        if self.is_attempt() {
            self.finish_attempt();
        }
        self.finish_note();
        self.out.parts.sort_by_key(|part| part.span.start);
        if self.out.day_stated {
            // Words that are no day cost nothing where another one is told.
            for problem in &mut self.out.problems {
                problem.record_kept = true;
            }
        }
        self.out.direction = self.direction();
        if let Some(words) = self.silence.take()
            && !self.hints.acted
            && self.channel_rank.is_none()
        {
            self.out.problems.push(Self::silence_problem(&words));
        }
        if self.out.day > self.today {
            let day = self.out.day.to_string();
            self.out.problems.push(still_to_come(&day));
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
            if let Some(day) = due.filter(|day| *day < base) {
                let found = day.strftime("%a %-d %b %Y, which is before the day of the line");
                let found = format!("by {found}");
                let would_do = "a day that was still to come, such as \"by 3 Mar\"";
                self.out.problems.push(problem("promise", found, would_do));
            }
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
}

pub(super) fn problem(field: &str, found: String, would_do: &str) -> Problem {
    Problem {
        line: 0,
        field: field.to_owned(),
        found,
        would_do: would_do.to_owned(),
        record_kept: true,
    }
}
