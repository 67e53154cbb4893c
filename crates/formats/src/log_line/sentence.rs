//! Lines that begin as a sentence: "asked Ben for a letter", "will email Ben".

use domain::Channel;

use super::clauses::HeadScan;
use super::direction::Side;
use super::no_day::still_to_come;
use super::read::Reader;
use super::words::{ADDRESSED, ADDRESSED_IN_WRITING, Form, PLANS};

/// How many words of a plan are shown.
const PLAN_WORDS_SHOWN: usize = 4;

impl Reader<'_> {
    /// Says that what stands at `i` is a plan, where it is one.
    pub(super) fn notice_plan(&mut self, i: usize, end: usize) -> bool {
        let is_plan = PLANS.iter().any(|plan| {
            let words = (i..end).map_while(|j| self.lower(j));
            words.take(plan.len()).eq(plan.iter().copied())
        });
        if is_plan {
            let shown = self.text_of(i..end.min(i + PLAN_WORDS_SHOWN)).to_owned();
            self.out.problems.push(still_to_come(&shown));
        }
        is_plan
    }

    /// Reads by what means the sentence spoke: "by email", "on the phone".
    fn read_means(&mut self, verb: usize, at: usize, end: usize) {
        if self.channel_rank.is_some() {
            return;
        }
        let leads = |i: &usize| {
            matches!(
                self.lower(*i).as_deref(),
                Some("by" | "via" | "on" | "over" | "through" | "in" | "per")
            )
        };
        let told = (at..end).filter(leads).find_map(|i| {
            let the = usize::from(self.lower(i + 1).as_deref() == Some("the"));
            // "In person" is a channel with its own "in".
            let own = self.channel_at(i, end);
            own.or_else(|| self.channel_at(i + 1 + the, end))
        });
        let is_written = |word: String| ADDRESSED_IN_WRITING.contains(&word.as_str());
        if let Some(word) = told.filter(|word| word.form == Form::Thing) {
            self.channel_rank = Some(word.rank);
            self.out.channel = word.channel;
        } else if self.lower(verb).is_some_and(is_written) {
            self.channel_rank = Some(1);
            self.out.channel = Channel::Email;
        }
    }

    /// Reads whom the sentence at `scan.i` speaks to, and the day at its end.
    /// The words stay in the note, where the sentence needs them.
    pub(super) fn read_sentence(&mut self, scan: &mut HeadScan, end: usize) {
        let is_addressed = |word: String| ADDRESSED.contains(&word.as_str());
        if !self.lower(scan.i).is_some_and(is_addressed) {
            return;
        }
        let mut at = scan.i + 1;
        let is_self = matches!(self.lower(at).as_deref(), Some("myself" | "me"));
        if is_self && self.lower(at + 1).as_deref() == Some("to") {
            at += 2;
        }
        while let Some(name_end) = self.any_name(at, end) {
            self.add_person(at..name_end);
            self.used[at..name_end].fill(false);
            scan.told_person = true;
            at = name_end;
            let n_joiner = self.joiner_len(at);
            if n_joiner == 0 {
                break;
            }
            at += n_joiner;
        }
        if !scan.told_person {
            return;
        }
        self.did(Side::Mine);
        self.read_means(scan.i, at, end);
        if self.out.day_stated {
            return;
        }
        let last = (at..end).find_map(|i| {
            let phrase = self.day_at(i, false)?;
            (i + phrase.n_words == end).then_some((i, phrase))
        });
        if let Some((i, phrase)) = last {
            self.set_day(i, phrase);
        }
    }
}
