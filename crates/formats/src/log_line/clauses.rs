//! The clauses of a log line: the head with its day, channel and people, and
//! what stands behind it.

use super::read::Reader;
use super::words::{ADDRESSED, FILLERS, NOTE_STARTERS, WITH};

/// Where the reading of the head clause stands.
#[derive(Default)]
pub(super) struct HeadScan {
    pub(super) i: usize,
    /// Words that vanish where something understood follows them.
    pub(super) fillers: Vec<usize>,
    pub(super) told_person: bool,
    pub(super) told_channel: bool,
    pub(super) after_person: bool,
    pub(super) after_channel: bool,
    pub(super) says_i: bool,
    pub(super) did: bool,
    /// Whether a word of the note was passed.
    pub(super) in_note: bool,
    /// Whether words of silence were passed: what follows is about them.
    pub(super) is_silent: bool,
}

impl HeadScan {
    /// Returns whether nothing but a day and words that say nothing was read.
    fn is_fresh(&self) -> bool {
        !self.told_person && !self.told_channel && !self.in_note
    }
}

impl Reader<'_> {
    pub(super) fn read_clauses(&mut self) {
        let mut start = 0;
        let mut head_found = false;
        while start < self.tokens.len() {
            let end = self.clause_end(start);
            if head_found
                && self.out.people.is_empty()
                && let Some(with) = self.with_name_in(start, self.note_start(start, end))
            {
                // "Met AM, PM and IR folks with Ben": the head goes on.
                let mut scan = HeadScan {
                    i: with,
                    told_channel: true,
                    in_note: true,
                    ..HeadScan::default()
                };
                self.read_head(&mut scan);
                start = scan.i.max(start) + 1;
            } else if head_found {
                let read = self.read_later_clause(start, end);
                start = if read > end { read } else { end + 1 };
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

    /// Returns where the student's own sentence begins in a clause, or its end.
    fn note_start(&self, start: usize, end: usize) -> usize {
        let begins = |word: String| NOTE_STARTERS.contains(&word.as_str());
        let mut words = start..end.min(start + 24);
        words
            .find(|i| self.lower(*i).is_some_and(begins))
            .unwrap_or(end)
    }

    /// Returns where the clause that holds token `i` ends.
    pub(super) fn clause_end(&self, i: usize) -> usize {
        let next = |from: usize| self.next_mark.get(from).copied();
        let mut mark = next(i);
        while let Some(at) = mark.filter(|at| self.used.get(*at) == Some(&true)) {
            mark = next(at + 1);
        }
        mark.unwrap_or(self.tokens.len())
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
            if !scan.is_silent && self.pass_silence(scan, end) {
                continue;
            }
            if self.understand(scan, end) {
                continue;
            }
            let Some(lower) = self.lower(scan.i) else {
                scan.i += 1;
                continue;
            };
            if scan.is_fresh() && self.notice_plan(scan.i, end) {
                scan.i = end;
                return;
            }
            let is_sentence = scan.is_fresh() && ADDRESSED.contains(&lower.as_str());
            if is_sentence || NOTE_STARTERS.contains(&lower.as_str()) {
                self.hint_of_answer(scan.i, end);
                self.hints.they_did |= self.is_said_by_them(scan.i);
                if let Some(with) = self.with_behind_topic(scan.i, end) {
                    scan.fillers.clear();
                    scan.in_note = true;
                    scan.i = with;
                    continue;
                }
                if scan.is_fresh() {
                    self.read_sentence(scan, end);
                }
                scan.i = end;
                return;
            }
            if FILLERS.contains(&lower.as_str()) || self.leads_to_channel(scan.i, end) {
                scan.says_i |= matches!(lower.as_str(), "i" | "we");
                self.hints.incoming |=
                    matches!(lower.as_str(), "me" | "received") && !scan.is_silent;
                if lower == "me" && scan.did {
                    self.used[scan.i] = true;
                }
                scan.fillers.push(scan.i);
            } else {
                scan.fillers.clear();
                scan.after_channel = false;
                scan.in_note |= !WITH.contains(&lower.as_str());
            }
            scan.i += 1;
        }
    }

    /// Passes words of silence, which stay in the note.
    fn pass_silence(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let passed = if let Some(missed_end) = self.missed_call_end(scan.i, end) {
            self.missed_call = Some(self.text_of(scan.i..missed_end).to_owned());
            missed_end
        } else if let Some(silence_end) = self.silence_end(scan.i, end) {
            self.note_silence(scan.i, silence_end);
            scan.is_silent = true;
            silence_end
        } else {
            return false;
        };
        scan.fillers.clear();
        scan.in_note = true;
        scan.i = passed;
        true
    }

    /// Returns whether the word at `i` belongs to the channel behind it: "by
    /// phone", "through LinkedIn", "at lunch".
    pub(super) fn leads_to_channel(&self, i: usize, end: usize) -> bool {
        let leads = matches!(
            self.lower(i).as_deref(),
            Some("at" | "by" | "through" | "per")
        );
        leads && i + 1 < end && self.channel_at(i + 1, end).is_some()
    }
}
