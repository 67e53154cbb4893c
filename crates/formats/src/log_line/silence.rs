//! What did not happen: "no reply", "has yet to write", "left a voicemail".

use domain::{Channel, Problem};

use super::PartKind;
use super::answer_words::{
    ABSENCE, ABSENCE_PHRASES, BEFORE_QUIET, BETWEEN_NEAR, CONTACT_FORMS, MISSED_CALLS,
    NEGATION_ENDS, QUIET, RESPONSE_VERBS, RESPONSES, RESPONSES_NEAR, SILENCES, TRIED, UNTAKEN,
};
use super::read::{Reader, problem};
use super::words::{CHANNEL_WORDS, NOTE_STARTERS};

/// How many words a negation reaches over.
const NEGATION_REACH: usize = 5;

/// How many words "waiting" reaches over: "waiting for Dr. Okafor to reply".
const WAITING_REACH: usize = 8;

/// How many words of a plain "nothing from" may stand before the "from".
const NOTHING_REACH: usize = 4;

/// Returns how many words at the start tell that an answer or a contact did not
/// come.
pub(super) fn silence_len(words: &[String]) -> Option<usize> {
    let first = words.first()?.as_str();
    if let Some(n_words) = phrase_len(SILENCES, words) {
        return Some(n_words);
    }
    if BEFORE_QUIET.contains(&first)
        && words
            .get(1)
            .is_some_and(|word| QUIET.contains(&word.as_str()))
    {
        return Some(2);
    }
    let n_absence = match phrase_len(ABSENCE_PHRASES, words) {
        Some(n_words) => n_words,
        None if is_absence(first) => 1,
        None => return None,
    };
    let reach = match first {
        "waiting" | "waited" | "await" | "awaiting" => WAITING_REACH,
        _ => NEGATION_REACH,
    };
    absent_len(words, n_absence, reach).or_else(|| nothing_from_len(words))
}

/// Returns how many words reach to the answer that is absent.
fn absent_len(words: &[String], n_absence: usize, reach: usize) -> Option<usize> {
    let mut is_verbal =
        n_absence > 1 || !matches!(words[0].as_str(), "no" | "not" | "zero" | "none");
    let mut is_near = true;
    for i in n_absence..words.len().min(n_absence + reach) {
        let word = words[i].as_str();
        let is_pronoun = matches!(word, "he" | "she" | "they" | "it");
        if NEGATION_ENDS.contains(&word) || NOTE_STARTERS.contains(&word) && !is_pronoun {
            return None;
        }
        let next = words.get(i + 1).map(String::as_str);
        let is_with_back =
            |(back, verbs): &(&str, &[&str])| next == Some(back) && verbs.contains(&word);
        if RESPONSE_VERBS.iter().any(is_with_back) {
            return Some(i + 2);
        }
        let is_contact = CONTACT_FORMS.contains(&word)
            || CHANNEL_WORDS.iter().any(|entry| entry.words == [word]);
        if RESPONSES.contains(&word) || is_near && (RESPONSES_NEAR.contains(&word) || is_contact) {
            return Some(i + 1);
        }
        let is_article = matches!(word, "a" | "an" | "the");
        is_verbal |= matches!(
            word,
            "get" | "got" | "gotten" | "receive" | "received" | "seen"
        );
        is_near &= BETWEEN_NEAR.contains(&word) || is_verbal && is_article;
    }
    None
}

/// Returns how many words "nothing new by mail from" has before its "from".
fn nothing_from_len(words: &[String]) -> Option<usize> {
    if !matches!(words[0].as_str(), "nothing" | "none" | "zero") {
        return None;
    }
    let reach = words.iter().take(NOTHING_REACH + 1);
    reach.into_iter().position(|word| word == "from")
}

fn phrase_len(phrases: &[&[&str]], words: &[String]) -> Option<usize> {
    let is_there = |phrase: &&&[&str]| {
        phrase.len() <= words.len() && phrase.iter().zip(words).all(|(a, b)| a == b)
    };
    phrases.iter().find(is_there).map(|phrase| phrase.len())
}

/// Returns whether a word says that something did not happen.
fn is_absence(word: &str) -> bool {
    ABSENCE.contains(&word) || word.ends_with("n't") || word.ends_with("n’t")
}

impl Reader<'_> {
    /// Returns the unused words from `i` on in lower case, up to a mark.
    fn lower_words(&self, i: usize, end: usize) -> Vec<String> {
        (i..end)
            .take(WAITING_REACH + 3)
            .take_while(|j| !self.used[*j])
            .map_while(|j| self.lower(j))
            .collect()
    }

    /// Returns where words of silence that begin at `i` end.
    pub(super) fn silence_end(&self, i: usize, end: usize) -> Option<usize> {
        silence_len(&self.lower_words(i, end)).map(|n_words| i + n_words)
    }

    /// Remembers that the words from `i` to `silence_end` tell of nothing that happened.
    pub(super) fn note_silence(&mut self, i: usize, silence_end: usize) {
        if self.silence.is_none() {
            self.silence = Some(self.text_of(i..silence_end).to_owned());
        }
    }

    /// Returns how many words at `i` tell of a call that nobody took: "left a
    /// voicemail", "tried to call".
    pub(super) fn missed_call_end(&self, i: usize, end: usize) -> Option<usize> {
        let words = self.lower_words(i, end);
        if let Some(n_words) = phrase_len(MISSED_CALLS, &words) {
            return Some(i + n_words);
        }
        if !TRIED.contains(&words.first()?.as_str()) {
            return None;
        }
        let is_call = |word: &String| {
            matches!(
                word.as_str(),
                "call"
                    | "calling"
                    | "phone"
                    | "phoning"
                    | "ring"
                    | "ringing"
                    | "reach"
                    | "reaching"
            )
        };
        let at = words.iter().take(4).position(is_call)?;
        Some(i + at + 1)
    }

    /// Notices what a clause behind the head says of an answer that did not
    /// come, where it begins with it: "still no reply", "he didn't pick up". What
    /// is about something ("no answer on the letter") tells of a talk.
    pub(super) fn notice_silence(&mut self, start: usize, end: usize) -> bool {
        if matches!(
            self.lower(start).as_deref(),
            Some("who" | "which" | "whose" | "that")
        ) {
            return false;
        }
        for i in start..end.min(start + 4) {
            if let Some(missed_end) = self.missed_call_end(i, end) {
                self.missed_call = Some(self.text_of(i..missed_end).to_owned());
                return true;
            }
            let Some(silence_end) = self.silence_end(i, end) else {
                continue;
            };
            let is_about = matches!(
                self.lower(silence_end).as_deref(),
                Some(
                    "to" | "on" | "about" | "for" | "as" | "whether" | "when" | "if" | "regarding"
                )
            );
            let of_another = self.lower(silence_end).as_deref() == Some("from")
                && self.any_name(silence_end + 1, end).is_some()
                && self.name_of_theirs(silence_end + 1, end).is_none();
            if silence_end >= end || !is_about && !of_another {
                self.note_silence(i, silence_end);
                return true;
            }
            return false;
        }
        false
    }

    /// Returns whether the line tells of a call that nobody took.
    pub(super) fn is_attempt(&self) -> bool {
        let is_call = self.out.channel == Channel::Call || self.channel_rank.is_none();
        let is_taken = self.out.duration_min.is_some();
        let is_untaken = |words: &String| {
            let mut words = words.split(' ').map(str::to_lowercase);
            words.any(|word| UNTAKEN.iter().any(|stem| word.starts_with(stem)))
        };
        let by_silence =
            self.out.channel == Channel::Call && self.silence.as_ref().is_some_and(is_untaken);
        is_call && !is_taken && (self.missed_call.is_some() || by_silence)
    }

    /// Makes an attempt of a call that nobody took: nothing was said in it, so
    /// that no thanks follow. Its words stay in the note.
    pub(super) fn finish_attempt(&mut self) {
        let words = self.missed_call.take().or_else(|| self.silence.take());
        self.silence = None;
        self.hints.outgoing |= !self.hints.incoming;
        self.out.channel = Channel::Other;
        let is_channel = |kind: PartKind| kind == PartKind::Channel;
        let (called, parts) = std::mem::take(&mut self.out.parts)
            .into_iter()
            .partition(|part| is_channel(part.kind));
        self.out.parts = parts;
        let called: Vec<super::Part> = called;
        for (i, token) in self.tokens.iter().enumerate() {
            if called
                .iter()
                .any(|part| part.span.contains(&token.span.start))
            {
                self.used[i] = false;
            }
        }
        let words = words.unwrap_or_default();
        self.out.problems.push(problem(
            "line",
            format!("\"{words}\", so that it is kept as an attempt and not as a call"),
            "\"call with\" and the name alone, where you talked",
        ));
    }

    /// Returns the problem of a line that tells only what did not happen.
    pub(super) fn silence_problem(words: &str) -> Problem {
        Problem {
            record_kept: false,
            ..problem(
                "line",
                format!("\"{words}\", which is nothing that happened"),
                "what you did, such as \"emailed Omar again\", or no line: Today knows whose answer is awaited",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn len(text: &str) -> Option<usize> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        silence_len(&words)
    }

    #[test]
    fn silence_in_many_words() {
        for (text, n_words) in [
            ("no reply", 2),
            ("no formal reply from", 3),
            ("zero replies", 2),
            ("yet to reply", 3),
            ("yet to write back", 4),
            ("hasn't written back", 3),
            ("hasn’t yet written", 3),
            ("hasnt replied", 2),
            ("haven't heard back", 2),
            ("haven't had a reply", 4),
            ("haven't gotten any answer", 4),
            ("never got a reply", 4),
            ("never got back to me", 3),
            ("didn't get an email", 4),
            ("didn't pick up", 3),
            ("isn't answering", 2),
            ("won't return my calls", 4),
            ("no word", 2),
            ("no further emails", 3),
            ("no luck with", 2),
            ("no luck reaching", 2),
            ("nothing from omar", 1),
            ("nothing back from", 2),
            ("nothing by email from", 3),
            ("still silent", 2),
            ("went quiet", 2),
            ("ghosted me", 1),
            ("radio silence from", 2),
            ("waiting for ben to reply", 5),
            ("waiting to hear", 3),
            ("couldn't reach", 2),
            ("failed to respond", 3),
        ] {
            assert_eq!(len(text), Some(n_words), "{text}");
        }
        for text in [
            "no problem he replied",
            "not a great call",
            "not only replied",
            "no doubt he answered",
            "no small talk",
            "never mind he answered",
            "not sure if he heard",
            "nothing new",
            "still at mayo",
            "quiet room",
            "waiting room",
            "no letter",
            "not back in the office",
            "yet to come",
            "replied",
            "no",
        ] {
            assert_eq!(len(text), None, "{text}");
        }
    }
}
