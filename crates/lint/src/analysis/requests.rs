//! What the sender asks for, by kind.

use super::{Analysis, Match, Part};
use crate::Channel;
use crate::classifier::Act;

/// A kind of request that counts as an errand of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Request {
    /// The group of patterns that found it.
    pub(crate) kind: &'static str,
    /// Position of the sentence.
    pub(crate) sentence: usize,
    /// First word in the sentence.
    pub(crate) first: usize,
    /// Bytes in the text.
    pub(crate) span: (usize, usize),
}

const KINDS: &[&str] = &[
    "ask-meeting",
    "ask-observe",
    "ask-review",
    "ask-names",
    "ask-forward",
    "ask-intro",
    "ask-send",
    "ask-join",
];

/// Groups of asks with a code of their own.
const OWN_CODE: &[&str] = &[
    "vague-ask",
    "job-request",
    "guarantee-request",
    "letter-ask",
    "rank-question",
    "rank-promise",
    "exaggeration-request",
];

/// Sentences by which what is called "one" may follow the letter that it means.
const ANAPHOR_REACH: usize = 3;

impl Analysis<'_> {
    /// Returns the requests of a kind, the first of each sentence.
    pub(crate) fn requests_of(&self, kind: &'static str) -> Vec<Request> {
        self.meant(kind)
            .into_iter()
            .filter(|m| self.sentences[m.sentence].part != Part::Greeting)
            .map(|m| Request {
                kind,
                sentence: m.sentence,
                first: m.first,
                span: m.span,
            })
            .collect()
    }

    /// Returns every counted request, in order.
    pub(crate) fn requests(&self) -> Vec<Request> {
        let mut all: Vec<Request> = KINDS
            .iter()
            .flat_map(|kind| self.requests_of(kind))
            .collect();
        all.sort_by_key(|r| (r.sentence, r.first));
        all
    }

    /// Returns the first place where a letter is asked of the recipient.
    pub(crate) fn letter_ask(&self) -> Option<Match> {
        let one = self.meant("letter-ask");
        one.into_iter()
            .chain(self.meant_in_pairs("letter-ask-pair"))
            .chain(self.letters_called_one())
            .next()
            .or_else(|| self.letter_read())
    }

    /// Returns where the classifier is sure that a letter is asked for.
    fn letter_read(&self) -> Option<Match> {
        let span = self.surest(Act::LetterAsk, "letter-from-stranger")?.span;
        let sentence = self.sentences.iter().position(|s| s.start == span.0)?;
        Some(Match {
            sentence,
            first: 0,
            last: self.sentences[sentence].tokens.len(),
            span,
        })
    }

    /// Returns where a letter is asked for that is named a little earlier only:
    /// "I need a third letter. … Would you give me one?"
    fn letters_called_one(&self) -> Vec<Match> {
        let mut asks = self.meant("letter-anaphor");
        if !asks.is_empty() {
            let named = self.find("letter-need");
            asks.retain(|ask| {
                let before = ask.sentence.saturating_sub(ANAPHOR_REACH)..=ask.sentence;
                named.iter().any(|m| before.contains(&m.sentence))
            });
        }
        asks
    }

    /// Returns where employment is asked for, the first place of each sentence.
    pub(crate) fn job_asks(&self) -> Vec<Match> {
        let mut asks = self.meant("job-request");
        for pair in self.meant_in_pairs("job-request-pair") {
            if !asks
                .iter()
                .any(|m| (m.sentence..=m.sentence + 1).contains(&pair.sentence))
            {
                asks.push(pair);
            }
        }
        asks
    }

    /// Returns whether the text asks for anything at all.
    pub(crate) fn asks(&self) -> bool {
        self.sentences.iter().any(|s| {
            s.part != Part::Greeting
                && s.is_question
                && !matches!(s.tokens.first().map(|t| t.word.as_str()), Some("remember"))
        }) || !self.meant("ask-any").is_empty()
            || self.message.channel == Channel::LinkedinNote
                && !self.meant("wish-to-connect").is_empty()
            || OWN_CODE.iter().any(|group| !self.meant(group).is_empty())
            || self.letter_ask().is_some()
            || !self.job_asks().is_empty()
    }

    /// Returns whether a sentence holds an ask with a code of its own.
    pub(crate) fn has_own_code(&self, sentence: usize) -> bool {
        OWN_CODE
            .iter()
            .any(|group| self.sentence_has(sentence, group))
    }
}
