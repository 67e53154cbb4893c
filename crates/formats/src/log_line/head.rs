//! What the head of a log line tells: day, channel, people, place, duration.

use std::ops::Range;

use domain::{Channel, Direction};

use super::PartKind;
use super::clauses::HeadScan;
use super::day::{DayPhrase, EventDay, event_day};
use super::length::minutes;
use super::no_day::{WhyNot, no_day, said, stop};
use super::phrases::{is_degree, is_small_word};
use super::read::{Reader, problem};
use super::token::{Kind, Token};
use super::words::{ANSWERS, Form, NAME_VERBS, WITH, is_negation};
use super::written_day::is_month;
use crate::names::initials_of;

/// The most minutes of a length: a line is about one day.
const MINUTES_MAX: u32 = 24 * 60;

impl Reader<'_> {
    /// Takes what is understood at `scan.i`, if anything is.
    pub(super) fn understand(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let understood = self.take_day(scan)
            || self.take_minutes(scan, end)
            || self.take_place(scan, end)
            || self.take_introduced(scan, end)
            || self.take_negated(scan, end)
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
            .or_else(|| self.whole_name(at, end))
            .or_else(|| self.lower_case_name(at, end))
        else {
            return false;
        };
        self.used[scan.i] = true;
        self.hints.incoming |= is_from;
        self.hints.outgoing |= is_to;
        self.hints.with |= matches!(lower.as_str(), "with" | "w/" | "w");
        self.meet(scan, at..name_end);
        true
    }

    /// Takes the name of a person, with the degrees behind it.
    fn meet(&mut self, scan: &mut HeadScan, name: Range<usize>) {
        let end = name.end;
        self.add_person(name);
        scan.told_person = true;
        scan.after_person = true;
        scan.i = end;
        if !self.is_degree_at(end) {
            return;
        }
        let is_one = |token: &Token| token.word().is_some_and(is_degree);
        while self.tokens.get(scan.i).is_some_and(is_one) && !self.used[scan.i] {
            self.used[scan.i] = true;
            scan.i += 1;
        }
    }

    /// Passes "no reply", "not heard" and "did not call": nothing that happened.
    fn take_negated(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let Some(lower) = self.lower(scan.i) else {
            return false;
        };
        let is_answer =
            ANSWERS.contains(&lower.as_str()) || matches!(lower.as_str(), "heard" | "hear");
        let reach = match is_answer {
            true => 4,
            false if self.channel_at(scan.i, end).is_some() => 1,
            false => return false,
        };
        let is_no = |i: &usize| self.lower(*i).is_some_and(|word| is_negation(&word));
        let before = (0..scan.i).rev().take(reach);
        let mut words = before.take_while(|i| self.tokens[*i].word().is_some());
        let Some(no) = words.find(is_no) else {
            return false;
        };
        self.negated = Some(self.text_of(no..scan.i + 1).to_owned());
        scan.fillers.clear();
        scan.in_note = true;
        scan.i += 1;
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
                self.hints.acted = true;
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
            self.hints.acted = true;
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
        let name_end = self
            .bracket_at(scan.i, end)
            .or_else(|| self.name_alone(scan, end))
            .or_else(|| self.lower_case_alone(scan, end));
        let Some(name_end) = name_end else {
            return false;
        };
        self.meet(scan, scan.i..name_end);
        scan.after_channel = false;
        true
    }

    fn name_alone(&self, scan: &HeadScan, end: usize) -> Option<usize> {
        let phrase = self.name_phrase(scan.i, end)?;
        let text = self.text_of(scan.i..phrase.end);
        let before_verb = phrase.end < end && self.is_name_verb(phrase.end);
        let is_shouted = text.chars().filter(|c| c.is_alphabetic()).count() > 2
            && text.chars().all(|c| !c.is_lowercase());
        // "Saw AR" is somebody, "saw the AR films" is not.
        let is_bare_initials = initials_of(text).is_some() && !self.ends_name(phrase.end, end);
        let is_expected = before_verb || scan.after_channel && !is_bare_initials;
        let is_expected = is_expected && !is_shouted;
        (phrase.titled || is_expected || self.is_known_alone(text))
            .then(|| self.with_lower_case(scan.i, phrase.end, end))
    }

    /// Returns the end of a known name in lower case behind a channel or before
    /// a verb: "called ben", "ben okafor called".
    fn lower_case_alone(&self, scan: &HeadScan, end: usize) -> Option<usize> {
        if scan.after_channel {
            let name_end = self.lower_case_name(scan.i, end)?;
            let is_long = name_end - scan.i > 1;
            let is_one = !is_month(self.text_of(scan.i..name_end)) && self.ends_name(name_end, end);
            return (is_long || is_one).then_some(name_end);
        }
        let name_end = scan.i + self.n_lower_case(scan.i, end);
        let is_subject = !scan.in_note && name_end > scan.i && name_end < end;
        (is_subject && self.is_name_verb(name_end) && self.is_known(self.text_of(scan.i..name_end)))
            .then_some(name_end)
    }

    fn is_name_verb(&self, i: usize) -> bool {
        self.lower(i)
            .is_some_and(|word| NAME_VERBS.contains(&word.as_str()))
    }

    /// Returns whether what stands at `i` may stand behind a name in a list: the
    /// end, another name, a day, or a word of the grammar.
    fn ends_name(&self, i: usize, end: usize) -> bool {
        let is_small = |word: String| is_small_word(&word);
        i >= end
            || self.used[i]
            || self.is_day_at(i)
            || self.channel_at(i, end).is_some()
            || minutes(&self.words_until(i, end)).is_some()
            || self.lower(i).is_some_and(is_small)
    }

    /// Goes on behind a comma where the list of people goes on, or where a
    /// degree follows a name.
    pub(super) fn more_people_after_comma(&mut self, scan: &mut HeadScan, mark: usize) -> bool {
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
        let behind = mark + 1;
        if self
            .tokens
            .get(behind)
            .and_then(Token::word)
            .is_some_and(is_degree)
        {
            self.used[mark..=behind].fill(true);
            scan.i = behind + 1;
            return true;
        }
        let has_and = matches!(self.lower(behind).as_deref(), Some("and" | "&" | "+"));
        let at = behind + usize::from(has_and);
        let end = self.clause_end(at);
        let Some(name_end) = self.listed_name(at, end, has_and) else {
            return false;
        };
        self.used[mark..at].fill(true);
        self.meet(scan, at..name_end);
        true
    }

    /// Returns the end of a name at `at` that goes on with a list of people: one
    /// that is known, titled or of several words, and no subject of a sentence.
    fn listed_name(&self, at: usize, end: usize, has_and: bool) -> Option<usize> {
        if let Some(name_end) = self.bracket_at(at, end) {
            return Some(name_end);
        }
        let phrase = self.name_phrase(at, end);
        let name_end = match &phrase {
            Some(phrase) => self.with_lower_case(at, phrase.end, end),
            None => self.lower_case_name(at, end)?,
        };
        let does = self.channel_at(name_end, end);
        let is_subject =
            self.is_name_verb(name_end) || does.is_some_and(|word| word.form == Form::Doing);
        let is_last =
            name_end >= end || matches!(self.lower(name_end).as_deref(), Some("and" | "&" | "+"));
        let ends = is_last || self.ends_name(name_end, end);
        let believable = phrase.as_ref().is_some_and(|phrase| phrase.titled)
            || ends && self.is_known(self.text_of(at..name_end))
            || name_end - at >= 2 && (is_last || has_and && ends);
        (believable && !is_subject).then_some(name_end)
    }
}
