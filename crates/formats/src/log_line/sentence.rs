//! Lines that begin as a sentence: "asked Ben for a letter", "will email Ben".

use super::clauses::HeadScan;
use super::no_day::still_to_come;
use super::read::Reader;
use super::words::{ADDRESSED, PLANS};

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
        loop {
            let name_end = self
                .bracket_at(at, end)
                .or_else(|| self.whole_name(at, end))
                .or_else(|| self.lower_case_name(at, end));
            let Some(name_end) = name_end else { break };
            self.add_person(at..name_end);
            self.used[at..name_end].fill(false);
            scan.told_person = true;
            at = name_end;
            if !matches!(self.lower(at).as_deref(), Some("and" | "&" | "+")) {
                break;
            }
            at += 1;
        }
        if !scan.told_person || self.out.day_stated {
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
