//! What the head of a log line tells: day, channel, people, place, duration.

use std::ops::Range;

use super::PartKind;
use super::clauses::HeadScan;
use super::day::{DayPhrase, EventDay, event_day};
use super::length::minutes;
use super::no_day::{WhyNot, no_day, said, stop};
use super::read::{Reader, problem};

/// The most minutes of a length: a line is about one day.
const MINUTES_MAX: u32 = 24 * 60;

impl Reader<'_> {
    /// Takes whom it is about that nothing happened, where nobody is told.
    fn take_whom(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let is_about_them = self.channel_rank.is_none();
        is_about_them && (self.take_introduced(scan, end) || self.take_name(scan, end))
    }

    /// Takes what is understood at `scan.i`, if anything is.
    pub(super) fn understand(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        if scan.is_silent {
            return self.take_day(scan) || self.take_whom(scan, end);
        }
        let understood = self.take_day(scan)
            || self.take_minutes(scan)
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
        if let Some(n_words) = self.take_event_day(scan.i) {
            scan.i += n_words;
            return true;
        }
        let Some(phrase) = self.day_at(scan.i, !scan.in_note) else {
            return self.pass_no_day(scan);
        };
        self.set_day(scan.i, phrase);
        scan.i += phrase.n_words;
        true
    }

    /// Takes "SIR Monday", which tells the day and the event, and returns how
    /// many words it is. Where no edition was lately, the words stay in the
    /// note and the day is asked for.
    pub(super) fn take_event_day(&mut self, i: usize) -> Option<usize> {
        let found = event_day(&self.words_from(i), self.today, self.names.events())?;
        match found {
            EventDay::Day(phrase, edition) => {
                self.set_day(i, phrase);
                if self.out.event.is_empty() {
                    self.out.event = edition;
                }
                Some(phrase.n_words)
            }
            EventDay::NotLately(n_words, name) => {
                self.out.problems.push(stop(
                    format!("a day of {name}, which was not lately, as far as is known"),
                    "the day itself, such as \"3 Mar\"",
                ));
                Some(n_words)
            }
        }
    }

    /// Leaves words that stand for a day and are none to the note, and points
    /// them out.
    fn pass_no_day(&mut self, scan: &mut HeadScan) -> bool {
        let words = self.words_from(scan.i);
        let Some(found) = no_day(&words, self.today, !scan.in_note) else {
            return false;
        };
        let problem = if found.why == WhyNot::ToCome && scan.in_note {
            let plan = said(&words[..found.n_words]);
            problem(
                "day",
                format!("\"{plan}\", which is read as a plan and stays in the note"),
                "the day of the line, such as \"today\"",
            )
        } else {
            found.problem(&words)
        };
        self.out.problems.push(problem);
        scan.i += found.n_words;
        scan.fillers.clear();
        true
    }

    pub(super) fn set_day(&mut self, i: usize, phrase: DayPhrase) {
        self.out.day = phrase.day;
        self.out.day_stated = true;
        let reading = phrase.day.strftime("%a %-d %b %Y").to_string();
        self.take(i..i + phrase.n_words, PartKind::Day, &reading);
    }

    fn take_minutes(&mut self, scan: &mut HeadScan) -> bool {
        if self.out.duration_min.is_some() {
            return false;
        }
        // "1 hr, 15 min" reaches over the end of its clause.
        let Some((n_words, amount)) = minutes(&self.words_from(scan.i)) else {
            return false;
        };
        self.set_minutes(scan.i, n_words, amount);
        scan.i += n_words;
        true
    }

    /// Takes a length that a talk can have; any other is left to the note and
    /// pointed out.
    pub(super) fn set_minutes(&mut self, i: usize, n_words: usize, amount: u32) {
        if !(1..=MINUTES_MAX).contains(&amount) {
            let words = said(&self.words_from(i)[..n_words]);
            self.out.problems.push(problem(
                "duration",
                format!("\"{words}\", which stays in the note"),
                "a length from 1 min to 24 h",
            ));
            return;
        }
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

    pub(super) fn set_place(&mut self, i: usize, words: Range<usize>) {
        let place = self.text_of(words.clone()).to_owned();
        self.take(i..words.end, PartKind::Place, &place);
        self.out.place = place;
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
        self.hint_of_channel(scan, found, end);
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
}
