//! What a passage does, learned from labelled passages.
//!
//! Patterns know wordings; a wording that nobody thought of passes them. So a
//! linear classifier reads the same sentences: one support vector machine an
//! [`Act`], over words, their neighbours and pieces of words. It is data that
//! ships with the program, made by [`train`] from `corpus/passages.tsv`, and
//! reads the same text in the same way everywhere.
//!
//! It has two thresholds an act, both found on messages that it was not trained
//! on. From `add` on it speaks where the patterns are silent; below `keep` a
//! pattern's finding is taken for a mistake. In between the patterns decide.

mod features;
mod training;

use std::sync::LazyLock;

use crate::analysis::{Analysis, Part};
use features::{BUCKETS, Counted, Sentence};

pub use training::{Calibration, Passage, Thresholds, fingerprint, train};

/// What the sender does in a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Act {
    /// Asks where they stand on a program's list.
    RankQuestion,
    /// Offers or seeks a commitment about rank lists.
    RankPromise,
    /// Asks that an outcome be made certain.
    GuaranteeRequest,
    /// Asks for employment.
    JobRequest,
    /// Asks for a letter of recommendation.
    LetterAsk,
    /// Asks a writer to say more than was seen.
    ExaggerationRequest,
    /// Asks for anything at all.
    VagueAsk,
    /// Tells of a patient with one of the 18 identifiers.
    PatientIdentifier,
    /// Tells of a patient whom readers could name from the story.
    CaseNarrative,
    /// Presses the reader.
    Pressure,
    /// Offers help without a task.
    UnfilledOffer,
    /// Praises themselves.
    SelfPromotion,
    /// Claims more than a student may do.
    Overclaim,
    /// Generalises with bitterness.
    Grievance,
    /// Takes a side in politics.
    Political,
    /// Talks down.
    Condescension,
    /// Praises a person beyond measure.
    Flattery,
    /// Asks for two things or more.
    SeveralAsks,
    /// Asks for a meeting.
    MeetingAsk,
}

/// How many acts there are.
pub const N_ACTS: usize = Act::ALL.len();

impl Act {
    /// Every act, in the order of the weights.
    pub const ALL: [Self; 19] = [
        Self::RankQuestion,
        Self::RankPromise,
        Self::GuaranteeRequest,
        Self::JobRequest,
        Self::LetterAsk,
        Self::ExaggerationRequest,
        Self::VagueAsk,
        Self::PatientIdentifier,
        Self::CaseNarrative,
        Self::Pressure,
        Self::UnfilledOffer,
        Self::SelfPromotion,
        Self::Overclaim,
        Self::Grievance,
        Self::Political,
        Self::Condescension,
        Self::Flattery,
        Self::SeveralAsks,
        Self::MeetingAsk,
    ];

    /// Returns the word that labels a passage: the code of the rule that the
    /// act is about, where there is one.
    pub fn word(self) -> &'static str {
        match self {
            Self::RankQuestion => "rank-question",
            Self::RankPromise => "rank-promise",
            Self::GuaranteeRequest => "guarantee-request",
            Self::JobRequest => "job-request",
            Self::LetterAsk => "letter-ask",
            Self::ExaggerationRequest => "exaggeration-request",
            Self::VagueAsk => "vague-ask",
            Self::PatientIdentifier => "patient-identifier",
            Self::CaseNarrative => "case-narrative",
            Self::Pressure => "pressure",
            Self::UnfilledOffer => "unfilled-offer",
            Self::SelfPromotion => "self-promotion",
            Self::Overclaim => "overclaim",
            Self::Grievance => "grievance",
            Self::Political => "political",
            Self::Condescension => "condescension",
            Self::Flattery => "flattery",
            Self::SeveralAsks => "several-asks",
            Self::MeetingAsk => "meeting-ask",
        }
    }

    /// Returns the act for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|act| act.word() == word)
    }
}

/// The classifier that ships.
static SHIPPED: LazyLock<Classifier> = LazyLock::new(|| {
    Classifier::read(include_bytes!("../../data/acts.bin")).expect("a test reads the file")
});

/// Sentences that are read as one passage, at most.
const SENTENCES_MAX: usize = 3;

/// A passage of a message, one to three sentences in a row, and how much speaks
/// for each act in it.
#[derive(Clone, Debug)]
pub(crate) struct Read {
    /// Sentences in it.
    pub(crate) n_sentences: usize,
    /// Bytes in the text.
    pub(crate) span: (usize, usize),
    scores: [f32; N_ACTS],
}

impl Read {
    /// Returns how far this lies above the threshold from which the classifier
    /// speaks for itself; negative where it does not.
    pub(crate) fn margin(&self, act: Act) -> f32 {
        self.scores[act as usize] - SHIPPED.thresholds[act as usize].add
    }

    /// Returns whether what a pattern found here may stand.
    pub(crate) fn keeps(&self, act: Act) -> bool {
        self.scores[act as usize] >= SHIPPED.thresholds[act as usize].keep
    }
}

/// Weights of the acts, with their thresholds.
#[derive(Clone, Debug, PartialEq)]
pub struct Classifier {
    /// What the passages were that it was made from.
    pub fingerprint: u64,
    /// The thresholds of each act.
    pub thresholds: [Thresholds; N_ACTS],
    bias: [f32; N_ACTS],
    /// What one step of a weight is worth.
    scale: [f32; N_ACTS],
    /// A row of weights for each bucket of features.
    weights: Vec<[i8; N_ACTS]>,
}

const MAGIC: &[u8; 8] = b"vouch-a1";

impl Classifier {
    /// Reads the file that [`Classifier::write`] wrote; `None` where it is not
    /// one of this version.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let mut take = |n: usize| {
            let (head, tail) = rest.split_at_checked(n)?;
            rest = tail;
            Some(head)
        };
        let fingerprint = u64::from_le_bytes(take(8)?.try_into().ok()?);
        let mut numbers = [[0.0; N_ACTS]; 4];
        for number in numbers.iter_mut().flatten() {
            *number = f32::from_le_bytes(take(4)?.try_into().ok()?);
        }
        let [add, keep, bias, scale] = numbers;
        let rows = take(BUCKETS * N_ACTS)?.chunks_exact(N_ACTS);
        let weights = rows
            .map(|row| std::array::from_fn(|act| i8::from_le_bytes([row[act]])))
            .collect();
        Some(Self {
            fingerprint,
            thresholds: std::array::from_fn(|act| Thresholds {
                add: add[act],
                keep: keep[act],
            }),
            bias,
            scale,
            weights,
        })
    }

    /// Returns the bytes of the file that ships: a mark, the fingerprint, then
    /// for all acts the thresholds, biases and scales, then the weights, all of
    /// it with the lowest byte first.
    pub fn write(&self) -> Vec<u8> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.fingerprint.to_le_bytes());
        let add = self.thresholds.map(|it| it.add);
        let keep = self.thresholds.map(|it| it.keep);
        for number in [add, keep, self.bias, self.scale].into_iter().flatten() {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.weights.iter().flatten().map(|w| w.to_le_bytes()[0]));
        bytes
    }

    /// Returns the classifier that ships.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Returns how much speaks for each act, of what was counted in a passage.
    fn scores(&self, counted: &Counted) -> [f32; N_ACTS] {
        let n = (counted.features.max(1) as f32).sqrt();
        std::array::from_fn(|act| self.bias[act] + counted.sums[act] as f32 * self.scale[act] / n)
    }

    /// Reads every passage of one to three sentences of a message, the greeting
    /// and what is offered for forwarding left out.
    pub(crate) fn passages(&self, text: &Analysis<'_>) -> Vec<Read> {
        let read = |s: &crate::analysis::Sentence| {
            let is_read = s.part != Part::Greeting && !s.is_forward;
            is_read.then(|| Sentence::of(&text.text[s.start..s.end]))
        };
        let sentences: Vec<Option<Sentence>> = text.sentences.iter().map(read).collect();
        let inside: Vec<Counted> = sentences
            .iter()
            .map(|s| Counted::of(&self.weights, s.as_ref().map_or(&[], Sentence::inside)))
            .collect();
        let mut found = Vec::with_capacity(sentences.len() * SENTENCES_MAX);
        for first in 0..sentences.len() {
            let mut counted = Counted::default();
            let mut before = None;
            for (further, sentence) in sentences[first..].iter().take(SENTENCES_MAX).enumerate() {
                let Some(sentence) = sentence else { break };
                if let Some(before) = before {
                    counted.add(&Counted::of(&self.weights, &sentence.between(before)));
                }
                let last = first + further;
                counted.add(&inside[last]);
                before = Some(sentence);
                found.push(Read {
                    n_sentences: further + 1,
                    span: (text.sentences[first].start, text.sentences[last].end),
                    scores: self.scores(&counted),
                });
            }
        }
        found
    }
}

/// Returns how much speaks for an act where most does; `None` where nothing was read.
pub(crate) fn strongest(reads: &[Read], act: Act) -> Option<f32> {
    let scores = reads.iter().map(|read| read.scores[act as usize]);
    scores.max_by(f32::total_cmp)
}
