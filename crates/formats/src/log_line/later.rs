//! The clauses behind the head of a log line.

use std::ops::Range;

use super::PartKind;
use super::day::DayPhrase;
use super::length::minutes;
use super::no_day::{NoDay, no_day};
use super::read::Reader;
use super::words::{ChannelWord, FILLERS};

/// The most words of a later clause that may be day, place or duration alone.
const MODIFIER_WORDS_MAX: usize = 8;

/// What a later clause may be made of.
enum Modifier {
    Day(DayPhrase),
    EventDay,
    NoDay(NoDay),
    Minutes(usize, u32),
    Place(Range<usize>),
    Channel(&'static ChannelWord),
    Filler,
}

impl Reader<'_> {
    /// Reads a clause behind the head: taken only where all of it is day,
    /// duration, place or channel; else it is note, and may tell of an answer.
    /// Returns where it ends: "March 3, 2027" reaches over a comma.
    pub(super) fn read_later_clause(&mut self, start: usize, end: usize) -> usize {
        self.hint_of_answer(start, end);
        if let Some(read) = self.take_length_over_comma(start) {
            return read;
        }
        // A promise or an ask within it is read already and is no part of its length.
        if (start..end).filter(|i| !self.used[*i]).count() > MODIFIER_WORDS_MAX {
            return end;
        }
        let mut found = Vec::new();
        let mut i = start;
        while i < end {
            if self.used[i] {
                i += 1;
                continue;
            }
            if !self.out.day_stated
                && let Some(n_words) = self.event_day_len(i)
            {
                found.push((i, Modifier::EventDay));
                i += n_words;
            } else if !self.out.day_stated
                && let Some(phrase) = self.day_at(i, true)
            {
                found.push((i, Modifier::Day(phrase)));
                i += phrase.n_words;
            } else if !self.out.day_stated
                && let Some(phrase) = no_day(&self.words_from(i), self.today, true)
            {
                found.push((i, Modifier::NoDay(phrase)));
                i += phrase.n_words;
            } else if self.out.duration_min.is_none()
                && let Some((n_words, amount)) = minutes(&self.words_from(i))
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
            } else if self.lower(i).is_some_and(|w| FILLERS.contains(&w.as_str()))
                || self.leads_to_channel(i, end)
            {
                found.push((i, Modifier::Filler));
                i += 1;
            } else {
                return end;
            }
        }
        if found
            .iter()
            .all(|(_, modifier)| matches!(modifier, Modifier::Filler))
        {
            return end;
        }
        let read = i;
        for (i, modifier) in found {
            match modifier {
                Modifier::Day(phrase) if !self.out.day_stated => self.set_day(i, phrase),
                Modifier::EventDay if !self.out.day_stated => {
                    self.take_event_day(i);
                }
                Modifier::NoDay(phrase) if !self.out.day_stated => {
                    let problem = phrase.problem(&self.words_from(i));
                    self.out.problems.push(problem);
                }
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
        read
    }

    /// Takes a length that began in the note before the comma: "on the draft 1 hr,
    /// 15 min". Returns where it ends.
    fn take_length_over_comma(&mut self, start: usize) -> Option<usize> {
        if self.out.duration_min.is_some() {
            return None;
        }
        let (i, n_words, amount) = (1..=4).rev().find_map(|n_before| {
            let i = start.checked_sub(1 + n_before)?;
            let (n_words, amount) = minutes(&self.words_from(i))?;
            (n_words > n_before + 1).then_some((i, n_words, amount))
        })?;
        self.set_minutes(i, n_words, amount);
        Some(i + n_words)
    }
}
