//! The people of a log line: behind "with", before a verb, in a list.

use std::ops::Range;

use super::answer_words::BEFORE_VERB;
use super::clauses::HeadScan;
use super::direction::Side;
use super::length::minutes;
use super::phrases::{is_degree, is_small_word, is_title};
use super::read::{Reader, problem};
use super::token::{Kind, Token};
use super::words::{ANSWERS, Form, NAME_VERBS, ROLES, TOPICS, WITH};
use super::written_day::is_month;
use crate::names::{initials_of, is_field_word};

/// The most people of a list before a verb.
const SUBJECTS_MAX: usize = 12;

/// The most words between "with" and a name that tell who the person is.
const ROLE_WORDS_MAX: usize = 6;

impl Reader<'_> {
    /// Returns the end of the name at `i`, in whatever form.
    pub(super) fn any_name(&self, i: usize, end: usize) -> Option<usize> {
        self.bracket_at(i, end)
            .or_else(|| self.whole_name(i, end))
            .or_else(|| self.lower_case_name(i, end))
    }

    /// Takes "with", "from", "to" or "and" together with the name behind it.
    pub(super) fn take_introduced(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        let Some(lower) = self.lower(scan.i) else {
            return false;
        };
        let is_from = lower == "from";
        let is_to = lower == "to";
        let n_joiner = self.joiner_len(scan.i);
        if !(is_from || is_to || n_joiner > 0 || WITH.contains(&lower.as_str())) {
            return false;
        }
        let at = scan.i + n_joiner.max(1);
        if is_to && at < end && matches!(self.lower(at).as_deref(), Some("me" | "us")) {
            self.used[scan.i] = true;
            self.used[at] = true;
            self.hints.incoming = true;
            scan.i = at + 1;
            return true;
        }
        if let Some(owner) = self.sender_end(at, end) {
            self.used[scan.i..at].fill(true);
            self.meet_sender(scan, at..owner);
            return true;
        }
        let name_at = self.behind_roles(at, end);
        let Some(name_end) = self.any_name(name_at, end) else {
            self.notice_initials(at, end);
            return false;
        };
        self.used[scan.i..at].fill(true);
        self.hints.incoming |= is_from && self.silence.is_none();
        self.hints.outgoing |= is_to && !self.hints.they_did;
        self.hints.with |= matches!(lower.as_str(), "with" | "w/" | "w");
        self.meet(scan, name_at..name_end);
        true
    }

    /// Returns how many words at `i` join another person to the one before.
    pub(super) fn joiner_len(&self, i: usize) -> usize {
        let word = |n: usize| self.lower(i + n);
        let (first, second) = (word(0), word(1));
        match (first.as_deref(), second.as_deref()) {
            (Some("and" | "then"), Some("then" | "also" | "later" | "with")) => 2,
            (Some("along" | "together"), Some("with")) => 2,
            (Some("as"), Some("well")) if word(2).as_deref() == Some("as") => 3,
            (Some("and" | "&" | "+" | "plus" | "/"), _) => 1,
            _ => 0,
        }
    }

    /// Returns where the name begins behind words that tell who it is: "program
    /// coordinator Jane", "my friend Ben".
    pub(super) fn behind_roles(&self, at: usize, end: usize) -> usize {
        let is_post = |i: usize| {
            let word = self.tokens.get(i).and_then(Token::word);
            word.is_some_and(|word| ROLES.contains(&word.to_lowercase().as_str()))
        };
        // "DR resident" is a post, "DR Okafor" a title.
        let is_role = |i: &usize| {
            let word = self.tokens[*i].word().unwrap_or_default();
            is_post(*i) || is_field_word(word) && (!is_title(word) || is_post(*i + 1))
        };
        let is_small = |i: &usize| {
            matches!(
                self.lower(*i).as_deref(),
                Some("the" | "a" | "an" | "my" | "our" | "his" | "her" | "their")
            )
        };
        let reach = at..end.min(at + ROLE_WORDS_MAX);
        let n_words = reach
            .clone()
            .take_while(|i| !self.used[*i] && (is_role(i) || is_small(i)))
            .count();
        // One word with a capital may be a name: "New Person", "Chase Fellow".
        let is_written_small = |i: usize| {
            let word = self.tokens[i].word().unwrap_or_default();
            !word.starts_with(char::is_uppercase) || word.chars().all(char::is_uppercase)
        };
        let n_roles = (at..at + n_words).filter(is_role).count();
        let has_role =
            n_roles > 1 || (at..at + n_words).any(|i| is_role(&i) && is_written_small(i));
        let is_name = self.name_phrase(at + n_words, end).is_some()
            || self.lower_case_name(at + n_words, end).is_some();
        match has_role && is_name {
            true => at + n_words,
            false => at,
        }
    }

    /// Points out letters in the place of a name that fit nobody: they stay in
    /// the note, for "PC" is rather a post than somebody new.
    fn notice_initials(&mut self, at: usize, end: usize) {
        let word = (at < end).then(|| self.tokens[at].word()).flatten();
        let Some(word) = word.filter(|word| initials_of(word).is_some() && !self.is_known(word))
        else {
            return;
        };
        let found = format!("\"{word}\", letters that fit nobody");
        if self
            .out
            .problems
            .iter()
            .all(|problem| problem.found != found)
        {
            let would_do = "a name, or the letters in brackets for somebody new";
            self.out.problems.push(problem("person", found, would_do));
        }
    }

    /// Takes the name of a person, with the degrees behind it.
    fn meet(&mut self, scan: &mut HeadScan, name: Range<usize>) {
        let end = name.end;
        self.notice_word_behind(name.clone());
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

    /// Points out a word in lower case behind a given name that may be the
    /// surname of somebody else: "ben smith", where only Ben Okafor is known.
    fn notice_word_behind(&mut self, name: Range<usize>) {
        let behind = name.end;
        let clause_end = self.clause_end(behind.min(self.tokens.len()));
        let is_one = name.len() == 1 && matches!(self.tokens[name.start].kind, Kind::Word(_));
        if !is_one || behind >= clause_end || self.ends_name(behind, clause_end) {
            return;
        }
        let Some(word) = self.tokens[behind].word() else {
            return;
        };
        let is_plain = word.chars().count() > 2
            && word.chars().all(|c| c.is_lowercase())
            && !word.ends_with("ly")
            && !word.ends_with("ing")
            && !word.ends_with("ed")
            && !BEFORE_VERB.contains(&word)
            && !matches!(
                word,
                "twice" | "late" | "early" | "here" | "there" | "first"
            );
        let is_said = self.is_name_verb(behind) || ANSWERS.contains(&word);
        let is_last = self.ends_name(behind + 1, clause_end) && self.joiner_len(behind + 1) == 0;
        if !is_plain || is_said || !is_last || !self.is_known(self.text_of(name.clone())) {
            return;
        }
        let written = self.text_of(name.clone());
        let whole = self.text_of(name.start..behind + 1);
        let found = format!("\"{written}\", with \"{word}\" behind it, which stays in the note");
        let would_do = format!("\"[{whole}]\" where that is the name");
        self.out.problems.push(problem("person", found, &would_do));
    }

    /// Returns the end of the name at `at` whose owner wrote what follows: "Ben's email".
    fn sender_end(&self, at: usize, end: usize) -> Option<usize> {
        let owns = |i: usize| {
            let word = self.tokens[i].word()?;
            word.strip_suffix("'s").or_else(|| word.strip_suffix("’s"))
        };
        let owner = (at..end.min(at + 4))
            .take_while(|i| !self.used[*i] && self.tokens[*i].word().is_some())
            .find(|i| owns(*i).is_some())?;
        let noun = (owner + 1..end.min(owner + 4)).find(|i| {
            let is_answer = self
                .lower(*i)
                .is_some_and(|word| ANSWERS.contains(&word.as_str()));
            is_answer
                || self
                    .channel_at(*i, end)
                    .is_some_and(|word| word.form == Form::Thing && word.channel.is_written())
        })?;
        if matches!(
            self.lower(noun + 1).as_deref(),
            Some("address" | "id" | "account" | "signature")
        ) {
            return None;
        }
        let written = self.owner_name(at..owner + 1);
        let is_name = self.is_known(&written)
            || written
                .split(' ')
                .all(|word| word.starts_with(char::is_uppercase));
        is_name.then_some(owner + 1)
    }

    /// Returns the words of a name without the "'s" at its end.
    fn owner_name(&self, name: Range<usize>) -> String {
        let text = self.text_of(name);
        let bare = text.strip_suffix("'s").or_else(|| text.strip_suffix("’s"));
        bare.unwrap_or(text).to_owned()
    }

    /// Takes the person whose mail is told.
    fn meet_sender(&mut self, scan: &mut HeadScan, name: Range<usize>) {
        let written = self.owner_name(name.clone());
        let end = name.end;
        self.add_named(name, written);
        if !scan.did && self.silence.is_none() {
            self.did(Side::Theirs);
        }
        scan.did = true;
        scan.told_person = true;
        scan.after_person = true;
        scan.i = end;
    }

    /// Takes a name that stands without "with": after a title, before or after
    /// a verb, or one that is known.
    pub(super) fn take_name(&mut self, scan: &mut HeadScan, end: usize) -> bool {
        if let Some(owner) = self.sender_end(scan.i, end) {
            self.meet_sender(scan, scan.i..owner);
            return true;
        }
        if !scan.told_channel && !scan.told_person && !scan.in_note && self.take_subjects(scan) {
            return true;
        }
        let name_end = self
            .bracket_at(scan.i, end)
            .or_else(|| self.name_alone(scan, end))
            .or_else(|| self.lower_case_alone(scan, end));
        let Some(name_end) = name_end else {
            return false;
        };
        self.notice_subject(scan, name_end);
        self.meet(scan, scan.i..name_end);
        scan.after_channel = false;
        true
    }

    /// Remembers whoever stands before all else, with the verb behind the name.
    fn notice_subject(&mut self, scan: &HeadScan, name_end: usize) {
        if scan.told_channel || self.hints.subject.is_some() {
            return;
        }
        let behind = self.lower(name_end);
        let has_done = behind.is_some_and(|word| word.ends_with("ed"));
        let words = self.text_of(scan.i..name_end).to_owned();
        self.hints.subject = Some((words, has_done));
    }

    /// Takes the people before a verb: "Ben called", "Ben, Sam Lee, and Rao
    /// called", "Jane Doe, MD, kindly wrote".
    fn take_subjects(&mut self, scan: &mut HeadScan) -> bool {
        let Some((names, verb)) = self.subjects_at(scan.i) else {
            return false;
        };
        let start = scan.i;
        for name in names {
            self.add_person(name);
        }
        // Commas, joining words and degrees of the list go with it.
        let list_end = (start..verb).rev().find(|i| self.used[*i]).unwrap_or(start);
        self.used[start..=list_end].fill(true);
        let behind = list_end + 1;
        if self
            .tokens
            .get(behind)
            .is_some_and(|token| token.kind == Kind::Mark(','))
        {
            self.used[behind] = true;
        }
        for i in behind..verb {
            let is_degree_here = self.tokens[i].word().is_some_and(is_degree);
            let is_comma = self.tokens[i].kind == Kind::Mark(',');
            self.used[i] |= is_degree_here || is_comma;
        }
        scan.told_person = true;
        scan.after_person = true;
        scan.after_channel = false;
        scan.i = list_end + 1;
        true
    }

    /// Returns the names of the list at `i` that ends with a verb, and where
    /// the verb stands.
    fn subjects_at(&self, i: usize) -> Option<(Vec<Range<usize>>, usize)> {
        let n_tokens = self.tokens.len();
        let mut names = Vec::new();
        let mut at = i;
        loop {
            let clause_end = self.clause_end(at);
            let name_end = self.any_name(at, clause_end)?;
            let text = self.text_of(at..name_end);
            let is_shouted = text.chars().filter(|c| c.is_alphabetic()).count() > 3
                && text.chars().all(|c| !c.is_lowercase());
            if is_shouted && !self.is_known(text) {
                return None;
            }
            names.push(at..name_end);
            at = name_end;
            let mut degree_comma = false;
            loop {
                let comma = usize::from(self.is_comma(at));
                if !self
                    .tokens
                    .get(at + comma)
                    .and_then(Token::word)
                    .is_some_and(is_degree)
                {
                    break;
                }
                degree_comma |= comma > 0;
                at += comma + 1;
            }
            let comma = usize::from(self.is_comma(at));
            let verb = self.verb_behind(at + if degree_comma { comma } else { 0 });
            if let Some(verb) = verb.filter(|verb| *verb < n_tokens) {
                return Some((names, verb));
            }
            let n_joiner = self.joiner_len(at + comma);
            if comma + n_joiner == 0 || names.len() >= SUBJECTS_MAX {
                return None;
            }
            at += comma + n_joiner;
        }
    }

    fn is_comma(&self, i: usize) -> bool {
        self.tokens
            .get(i)
            .is_some_and(|token| token.kind == Kind::Mark(','))
            && !self.used[i]
    }

    /// Returns where the verb stands that follows at `i`, with small words such
    /// as "kindly" before it.
    fn verb_behind(&self, i: usize) -> Option<usize> {
        let end = self.clause_end(i.min(self.tokens.len()));
        let is_before = |at: &usize| {
            self.lower(*at)
                .is_some_and(|word| BEFORE_VERB.contains(&word.as_str()) || word.ends_with("ly"))
        };
        let at = i + (i..end.min(i + 3)).take_while(is_before).count();
        let is_free = at < end && !self.used[at];
        let is_verb = self.is_name_verb(at)
            || self.answer_at(at).is_some()
            || self
                .channel_at(at, end)
                .is_some_and(|word| word.form == Form::Doing);
        (is_free && is_verb).then_some(at)
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
        let name_end = self.lower_case_name(scan.i, end)?;
        if scan.after_channel {
            let is_long = name_end - scan.i > 1;
            let is_one = !is_month(self.text_of(scan.i..name_end)) && self.ends_name(name_end, end);
            return (is_long || is_one).then_some(name_end);
        }
        let is_subject = !scan.in_note && name_end < end;
        let did = |word: String| word.len() > 4 && word.ends_with("ed");
        let has_verb =
            self.verb_behind(name_end).is_some() || self.lower(name_end).is_some_and(did);
        (is_subject && has_verb).then_some(name_end)
    }

    fn is_name_verb(&self, i: usize) -> bool {
        self.lower(i)
            .is_some_and(|word| NAME_VERBS.contains(&word.as_str()))
    }

    /// Returns whether what stands at `i` may stand behind a name in a list: the
    /// end, another name, a day, or a word of the grammar.
    pub(super) fn ends_name(&self, i: usize, end: usize) -> bool {
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
        let stands_behind_person = scan.after_person
            && mark.checked_sub(1).is_some_and(|i| {
                self.used[i] && matches!(self.tokens[i].kind, Kind::Word(_) | Kind::Bracket(_))
            });
        let is_comma = matches!(
            self.tokens.get(mark).map(|token| &token.kind),
            Some(Kind::Mark(','))
        );
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
        let n_joiner = self.joiner_len(behind);
        let at = behind + n_joiner;
        let end = self.clause_end(at);
        let name_at = self.behind_roles(at, end);
        let Some(name_end) = self.listed_name(scan, name_at, end, n_joiner > 0) else {
            return false;
        };
        self.used[mark..at].fill(true);
        self.meet(scan, name_at..name_end);
        true
    }

    /// Returns the end of a name at `at` that goes on with a list of people: one
    /// that is known, titled or of several words, and no subject of a sentence.
    fn listed_name(&self, scan: &HeadScan, at: usize, end: usize, has_and: bool) -> Option<usize> {
        if let Some(name_end) = self.bracket_at(at, end) {
            return Some(name_end);
        }
        let phrase = self.name_phrase(at, end);
        let name_end = match &phrase {
            Some(phrase) => self.with_lower_case(at, phrase.end, end),
            None => self.lower_case_name(at, end)?,
        };
        let is_subject = scan.told_channel && self.verb_behind(name_end).is_some();
        let is_last = name_end >= end || self.joiner_len(name_end) > 0;
        let ends = is_last || self.ends_name(name_end, end) || !scan.told_channel;
        let believable = phrase.as_ref().is_some_and(|phrase| phrase.titled)
            || ends && self.is_known(self.text_of(at..name_end))
            || name_end - at >= 2 && (is_last || has_and && ends);
        (believable && !is_subject).then_some(name_end)
    }

    /// Returns where "with" and a name stand behind what a talk was about:
    /// "about wei li with Ben", but not "about working with Ben".
    pub(super) fn with_behind_topic(&self, i: usize, end: usize) -> Option<usize> {
        let is_topic = self
            .lower(i)
            .is_some_and(|word| TOPICS.contains(&word.as_str()));
        if !is_topic || !self.out.people.is_empty() {
            return None;
        }
        self.with_name_in(i + 1, end)
    }

    /// Returns where the last "with" before a name stands between `start` and `end`.
    pub(super) fn with_name_in(&self, start: usize, end: usize) -> Option<usize> {
        (start..end.min(start + 24)).rev().find(|i| {
            let is_with = matches!(self.lower(*i).as_deref(), Some("with" | "w/"));
            let before = i.checked_sub(1).and_then(|i| self.lower(i));
            let is_doing = before.is_some_and(|word| word.ends_with("ing") || word.ends_with("ed"));
            is_with
                && !self.used[*i]
                && !is_doing
                && *i > start.saturating_sub(1)
                && self.any_name(self.behind_roles(*i + 1, end), end).is_some()
        })
    }
}
