//! Who reached out: whose verb it is, whose answer, whose mail.

use domain::{Channel, Direction};

use super::answer_words::{BEFORE_VERB, MINE, WRITINGS};
use super::clauses::HeadScan;
use super::phrases::{is_degree, is_owner};
use super::read::{LOOKUPS_MAX, Reader, problem};
use super::token::Kind;
use super::words::{ANSWER_NOUNS, ANSWERS, ChannelWord, Form, NAME_VERBS};
use super::{Part, PartKind, PersonReading};
use crate::names::Candidate;

/// How many words back a subject is looked for.
const SUBJECT_REACH: usize = 32;

/// Who did something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// The student.
    Mine,
    /// Somebody else.
    Theirs,
}

/// What tells who reached out.
#[derive(Default)]
pub(super) struct Hints {
    pub(super) explicit: Option<Direction>,
    pub(super) incoming: bool,
    pub(super) outgoing: bool,
    pub(super) with: bool,
    /// Whether the student did something: "emailed", "replied".
    pub(super) acted: bool,
    /// Whether somebody else did it, so that "to" is not from the student.
    pub(super) they_did: bool,
    /// Somebody who stands before a verb that is none of the grammar's, and
    /// whether it tells what was done: "Ben confirmed by email".
    pub(super) subject: Option<(String, bool)>,
    /// Words whose side cannot be told: "Ben email".
    pub(super) open: Option<String>,
}

/// An answer that was read: its words, and whether it is what somebody did.
pub(super) struct Answer {
    pub(super) n_words: usize,
    pub(super) is_verb: bool,
}

impl Reader<'_> {
    /// Returns who stands as the subject before the verb at `i`; none where
    /// nobody does, as in "emailed Ben".
    pub(super) fn subject_before(&self, i: usize) -> Option<Side> {
        let mut at = i;
        while at > i.saturating_sub(SUBJECT_REACH) {
            at -= 1;
            if let Some(start) = self.person_start(at) {
                match self.list_before(start) {
                    Some(before) => at = before,
                    None => return (!self.is_object(start)).then_some(Side::Theirs),
                }
                continue;
            }
            match &self.tokens[at].kind {
                Kind::Tag { .. } | Kind::Event(_) | Kind::Quoted(_) => {}
                Kind::Mark(',') if self.used[at] => {}
                Kind::Mark(_) | Kind::Bracket(_) => return None,
                Kind::Word(word) => match word.to_lowercase().as_str() {
                    "i" | "we" | "i've" | "i’ve" | "i'd" => return Some(Side::Mine),
                    "she" | "he" | "they" | "who" => return Some(Side::Theirs),
                    word if BEFORE_VERB.contains(&word) => {}
                    _ if self.used[at] && self.is_day_or_degree(at) => {}
                    _ => return None,
                },
            }
        }
        None
    }

    /// Returns the joining word before the name at `start` that goes on with a
    /// list of people.
    fn list_before(&self, start: usize) -> Option<usize> {
        let before = start.checked_sub(1)?;
        let word = self.lower(before);
        let joins = matches!(
            word.as_deref(),
            None | Some("and" | "&" | "+" | "/" | "then")
        );
        let is_list = joins && before > 0 && self.person_start(before - 1).is_some();
        is_list.then_some(before)
    }

    /// Returns whether a word such as "with" before the name at `start` makes it
    /// no subject.
    fn is_object(&self, start: usize) -> bool {
        let word = start.checked_sub(1).and_then(|before| self.lower(before));
        matches!(
            word.as_deref(),
            Some("with" | "from" | "to" | "w/" | "w" | "by" | "for" | "of")
        )
    }

    fn is_day_or_degree(&self, i: usize) -> bool {
        self.part_at(i, PartKind::Day).is_some() || is_degree(self.text_of(i..i + 1))
    }

    fn part_at(&self, i: usize, kind: PartKind) -> Option<&Part> {
        let at = self.tokens[i].span.start;
        // Only what was read lately can stand before a verb.
        let mut lately = self.out.parts.iter().rev().take(16);
        lately.find(|part| part.kind == kind && part.span.contains(&at))
    }

    /// Returns the first token of the person's name that token `i` is part of.
    fn person_start(&self, i: usize) -> Option<usize> {
        let start = self.part_at(i, PartKind::Person)?.span.start;
        (0..=i).rev().find(|j| self.tokens[*j].span.start == start)
    }

    fn is_mine(&self, i: usize) -> bool {
        self.lower(i)
            .is_some_and(|word| MINE.contains(&word.as_str()))
    }

    fn is_writing(&self, i: usize) -> bool {
        self.lower(i)
            .is_some_and(|word| WRITINGS.contains(&word.as_str()))
    }

    /// Returns whether "me", "to me" or "by" and a name stand at `i`: the verb
    /// before them is somebody else's.
    fn is_done_to_me(&self, i: usize, end: usize) -> bool {
        match self.lower(i).as_deref() {
            Some("me" | "us") => true,
            Some("to") => matches!(self.lower(i + 1).as_deref(), Some("me" | "us")),
            Some("by") => self.name_phrase(i + 1, end).is_some(),
            _ => false,
        }
    }

    pub(super) fn did(&mut self, side: Side) {
        match side {
            Side::Mine => {
                self.hints.outgoing = true;
                self.hints.acted = true;
            }
            Side::Theirs => {
                self.hints.incoming = true;
                self.hints.they_did = true;
            }
        }
    }

    /// Notices who did what a channel word tells.
    pub(super) fn hint_of_channel(&mut self, scan: &mut HeadScan, found: &ChannelWord, end: usize) {
        let i = scan.i;
        let behind = i + found.words.len();
        if found.words == ["heard"] {
            return self.did(Side::Theirs);
        }
        let subject = self.subject_before(i);
        if found.form == Form::Thing {
            // "Ben email" may be his or to him.
            let is_bare = found.channel.is_written() && subject == Some(Side::Theirs) && !scan.did;
            if is_bare && self.hints.open.is_none() {
                let words = self.text_of(i.saturating_sub(1)..behind).to_owned();
                self.hints.open = Some(words);
            }
            return;
        }
        if scan.did && subject.is_none() {
            return;
        }
        scan.did = true;
        let side = match subject {
            Some(side) => side,
            None if self.is_done_to_me(behind, end) => Side::Theirs,
            None => Side::Mine,
        };
        self.did(side);
    }

    /// Returns the answer that stands at `i`: "replied", "a reply", "got back to".
    pub(super) fn answer_at(&self, i: usize) -> Option<Answer> {
        let word = self.lower(i)?;
        let back = self.lower(i + 1);
        if matches!(word.as_str(), "got" | "gotten" | "came" | "circled")
            && back.as_deref() == Some("back")
        {
            let to = self.lower(i + 2);
            let is_answer = matches!(to.as_deref(), Some("to" | "with"));
            return is_answer.then_some(Answer {
                n_words: 2,
                is_verb: true,
            });
        }
        if !ANSWERS.contains(&word.as_str()) {
            return None;
        }
        let is_verb = !ANSWER_NOUNS.contains(&word.as_str());
        Some(Answer {
            n_words: 1,
            is_verb,
        })
    }

    /// Takes "replied", "an answer" and the like.
    pub(super) fn take_answer(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let Some(answer) = self.answer_at(scan.i) else {
            return false;
        };
        let i = scan.i;
        let behind = i + answer.n_words;
        let side = match answer.is_verb {
            true => self.side_of_verb(i, behind, end),
            false => self.side_of_noun(i, behind, scan.did),
        };
        let behind = self.answered_writing(behind, end);
        if let Some(side) = side {
            self.did(side);
            let direction = match side {
                Side::Mine => Direction::Outgoing,
                Side::Theirs => Direction::Incoming,
            };
            self.take(i..behind, PartKind::Direction, direction.word());
        } else {
            if self.hints.open.is_none() && !scan.did {
                self.hints.open = Some(self.text_of(i..behind).to_owned());
            }
            self.take(i..behind, PartKind::Channel, self.out.channel.word());
        }
        scan.did = true;
        scan.told_channel = true;
        scan.after_channel = answer.is_verb;
        scan.i = behind;
        true
    }

    /// Reads the channel of an answer, and returns where it ends: "to my text"
    /// behind it says what was answered, and is no message of its own.
    fn answered_writing(&mut self, behind: usize, end: usize) -> usize {
        let to_mine = self.lower(behind).as_deref() == Some("to") && self.is_mine(behind + 1);
        let writing = (behind + 2..end.min(behind + 5)).find(|j| to_mine && self.is_writing(*j));
        let told = writing
            .and_then(|at| self.channel_at(at, end))
            .filter(|word| word.channel.is_written());
        if self.channel_rank.is_none() {
            self.channel_rank = Some(told.map_or(1, |word| word.rank));
            self.out.channel = told.map_or(Channel::Email, |word| word.channel);
        }
        match writing {
            Some(at) => at + 1,
            None if to_mine && self.lower(behind + 1).as_deref() == Some("mine") => behind + 2,
            None => behind,
        }
    }

    /// Returns who answered, by the verb at `i` with what stands around it.
    fn side_of_verb(&self, i: usize, behind: usize, end: usize) -> Option<Side> {
        if let Some(subject) = self.subject_before(i) {
            return Some(subject);
        }
        if self.is_done_to_me(behind, end) {
            return Some(Side::Theirs);
        }
        let next = self.lower(behind);
        let is_to = matches!(next.as_deref(), Some("to" | "with"));
        if is_to && self.is_mine(behind + 1) {
            // Nobody answers his own mail.
            return Some(Side::Theirs);
        }
        // "Answered Ben", "replied to her", "answered his questions".
        let is_intransitive = matches!(
            self.lower(i).as_deref(),
            Some("replied" | "responded" | "replies" | "responds")
        );
        let has_object = matches!(
            next.as_deref(),
            Some("his" | "her" | "their" | "him" | "them" | "the" | "all")
        ) || !is_intransitive && next.as_deref().is_some_and(is_owner)
            || !is_intransitive && behind < end && self.any_name(behind, end).is_some();
        (is_to || has_object).then_some(Side::Mine)
    }

    /// Returns who answered, by the noun at `i` with what stands around it.
    fn side_of_noun(&self, i: usize, behind: usize, did: bool) -> Option<Side> {
        let before = |n: usize| i.checked_sub(n).and_then(|at| self.lower(at));
        let is_article = |word: &str| {
            matches!(
                word,
                "a" | "an"
                    | "the"
                    | "another"
                    | "some"
                    | "quick"
                    | "short"
                    | "kind"
                    | "nice"
                    | "long"
                    | "first"
                    | "brief"
                    | "late"
                    | "good"
                    | "friendly"
                    | "warm"
                    | "positive"
                    | "his"
                    | "her"
                    | "their"
                    | "email"
                    | "text"
                    | "back"
            )
        };
        let n_article = (1..=4)
            .take_while(|n| before(*n).is_some_and(|word| is_article(&word)))
            .count();
        let verb = before(n_article + 1);
        if matches!(
            verb.as_deref(),
            Some("got" | "received" | "get" | "had" | "read" | "saw" | "have" | "gotten")
        ) {
            return Some(Side::Theirs);
        }
        if matches!(before(1).as_deref(), Some("his" | "her" | "their")) {
            return Some(Side::Theirs);
        }
        if before(1).is_some_and(|word| MINE.contains(&word.as_str())) {
            return Some(Side::Mine);
        }
        if did {
            // "Sent a reply": the verb tells it.
            return Some(if self.hints.acted {
                Side::Mine
            } else {
                Side::Theirs
            });
        }
        match self.lower(behind).as_deref() {
            Some("from" | "by") => Some(Side::Theirs),
            Some("to") if self.is_mine(behind + 1) => Some(Side::Theirs),
            Some("to") if matches!(self.lower(behind + 1).as_deref(), Some("me" | "us")) => {
                Some(Side::Theirs)
            }
            Some("to") => Some(Side::Mine),
            _ => self.subject_before(i).filter(|side| *side == Side::Mine),
        }
    }

    /// Notices "she answered", "he wrote back" and "got a reply" behind the
    /// head, and leaves the words alone.
    pub(super) fn hint_of_answer(&mut self, start: usize, end: usize) {
        let joins = |word: String| matches!(word.as_str(), "and" | "but" | "then" | "so" | "later");
        let mut first = start;
        while first < end && self.lower(first).is_some_and(joins) {
            first += 1;
        }
        if self.notice_silence(first, end) {
            return;
        }
        let Some(word) = self.lower(first) else {
            return;
        };
        let (verb_at, is_named) = match word.as_str() {
            "she" | "he" | "they" => (first + 1, true),
            _ => match self.name_of_theirs(first, end) {
                Some(name_end) => (name_end, true),
                None => (first, false),
            },
        };
        let Some(last) = self.answered_end(verb_at, end, is_named) else {
            return;
        };
        self.hints.incoming = true;
        self.out.parts.push(Part {
            span: self.tokens[first].span.start..self.tokens[last - 1].span.end,
            kind: PartKind::Direction,
            reading: Direction::Incoming.word().to_owned(),
        });
    }

    /// Returns the end of the name at `i` of somebody whom the line told already.
    pub(super) fn name_of_theirs(&self, i: usize, end: usize) -> Option<usize> {
        if self.out.people.len() > LOOKUPS_MAX {
            return None;
        }
        let name_end = self.any_name(i, end)?;
        let words = self.text_of(i..name_end);
        let fits = match self.is_known(words) {
            true => self.names.candidates(words),
            false => Vec::new(),
        };
        let is_told = self.out.people.iter().any(|named| {
            let is_one = |c: &Candidate| matches!(&named.who, PersonReading::Known { id, .. } if *id == c.id);
            named.written == words || fits.iter().any(is_one)
        });
        is_told.then_some(name_end)
    }

    /// Returns the end of an answer of theirs at `i`.
    fn answered_end(&self, i: usize, end: usize, is_named: bool) -> Option<usize> {
        let word = self.lower(i).filter(|_| i < end)?;
        let next = self.lower(i + 1);
        if !is_named && matches!(word.as_str(), "got" | "received" | "had") {
            let noun = (i + 1..end.min(i + 5)).find(|j| {
                self.lower(*j)
                    .is_some_and(|word| ANSWER_NOUNS.contains(&word.as_str()))
            })?;
            let is_his = self.lower(noun + 1).as_deref() == Some("to") && !self.is_mine(noun + 2);
            return (!is_his).then_some(noun + 1);
        }
        let is_back = matches!(
            word.as_str(),
            "wrote" | "got" | "emailed" | "called" | "texted"
        ) && next.as_deref() == Some("back");
        let is_verb = ANSWERS.contains(&word.as_str()) && !ANSWER_NOUNS.contains(&word.as_str());
        if is_named {
            return match (is_verb, is_back) {
                (_, true) => Some(i + 2),
                (true, _) => Some(i + 1),
                _ => None,
            };
        }
        // "Emailed Ben, replied the same day": nobody answers himself.
        let is_his = matches!(
            next.as_deref(),
            Some("to" | "his" | "her" | "their" | "him" | "them" | "all")
        );
        (is_verb && self.hints.acted && !is_his).then_some(i + 1)
    }

    /// Returns whether the verb at `i` is what somebody else said or did:
    /// "Ben offered".
    pub(super) fn is_said_by_them(&self, i: usize) -> bool {
        let is_said = |word: String| {
            NAME_VERBS.contains(&word.as_str()) && !matches!(word.as_str(), "will" | "wants")
        };
        self.lower(i).is_some_and(is_said) && self.subject_before(i) == Some(Side::Theirs)
    }

    /// Returns whether the line names somebody and tells nothing that happened
    /// with them: such a line answers nothing.
    fn is_remark(&self) -> bool {
        self.channel_rank.is_none()
            && self.silence.is_none()
            && !self.hints.they_did
            && !self.hints.with
            && self.out.exchanges.is_empty()
            && self.out.promises.is_empty()
            && !self.out.follow_up
            && !self.out.people.is_empty()
    }

    /// Returns who reached out. Where the words leave it open, the student is asked.
    pub(super) fn direction(&mut self) -> Direction {
        if let Some(explicit) = self.hints.explicit {
            return explicit;
        }
        let Hints {
            incoming,
            outgoing,
            with,
            ..
        } = self.hints;
        if !self.out.channel.is_written() {
            // A thing of the student's alone is no answer of theirs.
            if self.is_remark() && !outgoing && !incoming {
                self.out.problems.push(problem(
                    "channel",
                    "no word of what happened; it is kept as a remark, which answers nothing"
                        .to_owned(),
                    "\"call with\", \"met\" or \"email from\" and the name",
                ));
                return Direction::Outgoing;
            }
            let is_one_sided = self.out.channel == Channel::Other && outgoing != incoming;
            return match (is_one_sided, incoming) {
                (true, true) => Direction::Incoming,
                (true, false) => Direction::Outgoing,
                (false, _) => Direction::Mutual,
            };
        }
        match (incoming, outgoing) {
            (true, true) => Direction::Mutual,
            (true, false) => Direction::Incoming,
            (false, true) => Direction::Outgoing,
            (false, false) if with => Direction::Mutual,
            (false, false) => {
                let subject = self.hints.subject.take();
                if subject.as_ref().is_some_and(|(_, has_done)| *has_done) {
                    return Direction::Incoming;
                }
                let open = self.hints.open.take();
                if let Some(words) = open.or(subject.map(|(words, _)| words)) {
                    let mut asked = problem(
                        "direction",
                        format!("\"{words}\", which may be theirs or yours"),
                        "\"email from\" or \"email to\" and the name, or #incoming or #outgoing",
                    );
                    asked.record_kept = false;
                    self.out.problems.push(asked);
                }
                Direction::Outgoing
            }
        }
    }
}
