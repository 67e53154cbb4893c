//! One reading of a message, shared by all rules: its parts, lines, sentences
//! and words.

pub(crate) mod blanks;
mod masks;
pub(crate) mod measures;
pub(crate) mod negation;
mod parts;
mod quotations;
mod requests;
mod sentence;
mod split;
mod tokens;

use std::borrow::Cow;
use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use domain::fold_key;

use crate::classifier::{Act, Classifier, Read};
use crate::lexicon::lexicon;
use crate::{Message, Settings};

pub(crate) use parts::Parts;
pub(crate) use requests::Request;
pub(crate) use sentence::{Part, Sentence};
pub use split::sentence_spans;
pub(crate) use tokens::{Gap, is_apostrophe};

/// Columns at which lines are counted (networking.toml, `lint.lines`).
const COLUMNS: usize = 72;

/// How a group is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Reading {
    /// What the sender says, negations not heeded.
    Own,
    /// Quotations and forwarded text too, negations not heeded.
    Whole,
    /// What the sender does now: nothing denied, nothing reported.
    Act,
    /// The same with quotations, for what stands in a drafted letter.
    ActQuoted,
    /// What the sender says, unless what stands before denies it.
    Said,
}

/// A place where a pattern of a group matched.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Match {
    /// Position of the sentence.
    pub(crate) sentence: usize,
    /// First word in the sentence.
    pub(crate) first: usize,
    /// Word after the last one.
    pub(crate) last: usize,
    /// Bytes in the text.
    pub(crate) span: (usize, usize),
}

/// A message that has been read.
pub(crate) struct Analysis<'m> {
    /// The record.
    pub(crate) message: &'m Message,
    /// What the student changed about the rules.
    pub(crate) settings: &'m Settings,
    /// Blanks of a template that are still there, in bytes of the raw text.
    pub(crate) blanks: Vec<(usize, usize)>,
    /// The text with those blanks made spaces, byte for byte as long.
    pub(crate) text: Cow<'m, str>,
    /// Where greeting, body and signature are.
    pub(crate) parts: Parts,
    /// Sentences in order.
    pub(crate) sentences: Vec<Sentence>,
    /// Folded forms of the school's name, any of which names it.
    school: Vec<String>,
    /// What was found already, for several rules ask the same.
    known: RefCell<HashMap<(String, Reading), Vec<Match>>>,
    /// Sentences read together, by their positions: many groups read the same.
    joined: RefCell<HashMap<(usize, usize), Rc<Sentence>>>,
    /// What the classifier that ships reads.
    reads: OnceCell<Vec<Read>>,
}

impl<'m> Analysis<'m> {
    /// Reads a message once, for all rules.
    pub(crate) fn new(message: &'m Message, settings: &'m Settings) -> Self {
        let blanks = blanks::blanks(&message.text);
        let text = blanks::without(&message.text, &blanks);
        let parts = parts::parts(&text, message);
        let sentences = sentence::sentences(&text, &parts, message);
        Self {
            message,
            settings,
            blanks,
            text,
            parts,
            sentences,
            school: school_names(message),
            known: RefCell::default(),
            joined: RefCell::default(),
            reads: OnceCell::new(),
        }
    }

    /// Returns the passages as the classifier that ships reads them.
    pub(crate) fn reads(&self) -> &[Read] {
        self.reads
            .get_or_init(|| Classifier::shipped().passages(self))
    }

    /// Returns the passage in which the classifier is sure enough of an act to
    /// speak for itself: one of the fewest sentences, and the surest of those.
    /// A sentence that is what the group `<code>-plain` tells makes nothing of
    /// its passage; what else is said is in passages of its own.
    pub(crate) fn surest(&self, act: Act, code: &str) -> Option<&Read> {
        if !self.settings.classifier {
            return None;
        }
        let plain = format!("{code}-plain");
        let sure = self.reads().iter().filter(|read| {
            read.margin(act) > 0.0
                && !self
                    .sentences_in(read.span)
                    .any(|i| self.sentence_tells(i, &plain))
        });
        sure.min_by(|a, b| {
            let sureness = b.margin(act).total_cmp(&a.margin(act));
            a.n_sentences.cmp(&b.n_sentences).then(sureness)
        })
    }

    /// Returns whether a piece of text names the sender's school: in full, by
    /// its beginning without generic words, or by an unambiguous abbreviation.
    pub(crate) fn names_school(&self, text: &str) -> bool {
        let key = format!(" {} ", fold_key(text));
        self.school.iter().any(|name| key.contains(name.as_str()))
    }

    /// Returns the number of lines at 72 columns, greeting and signature
    /// counted, blank lines not.
    pub(crate) fn n_lines(&self) -> usize {
        self.text.lines().map(filled_lines).sum()
    }

    /// Returns where the patterns of a group match outside quotations and
    /// text offered for forwarding, at most once a pattern and sentence.
    pub(crate) fn find(&self, group: &str) -> Vec<Match> {
        self.matches(group, Reading::Own)
    }

    /// Returns where the patterns of a group match, quotations included.
    pub(crate) fn find_quoted_too(&self, group: &str) -> Vec<Match> {
        self.matches(group, Reading::Whole)
    }

    /// Returns whether a pattern of the group matches anywhere.
    pub(crate) fn has(&self, group: &str) -> bool {
        let patterns = lexicon().group(group);
        self.sentences
            .iter()
            .any(|s| patterns.iter().any(|p| p.matches(&s.own())))
    }

    /// Returns whether a pattern of the group matches in one sentence.
    pub(crate) fn sentence_has(&self, sentence: usize, group: &str) -> bool {
        self.sentences.get(sentence).is_some_and(|s| {
            let words = s.own();
            lexicon().group(group).iter().any(|p| p.matches(&words))
        })
    }

    /// Returns whether a pattern of the group matches in one sentence,
    /// quotations included.
    pub(crate) fn sentence_tells(&self, sentence: usize, group: &str) -> bool {
        let words = self.sentences[sentence].whole();
        lexicon().group(group).iter().any(|p| p.matches(&words))
    }

    /// Returns the positions of the sentences that a range of bytes meets.
    pub(crate) fn sentences_in(&self, span: (usize, usize)) -> impl Iterator<Item = usize> + '_ {
        let sentences = self.sentences.iter().enumerate();
        sentences
            .filter(move |(_, s)| s.start < span.1 && span.0 < s.end)
            .map(|(i, _)| i)
    }

    /// Returns the same, unless a pattern of `<group>-not` excuses the sentence.
    pub(crate) fn has_in_unexcused(&self, sentence: usize, group: &str) -> bool {
        self.sentence_has(sentence, group) && !self.is_excused(sentence, group, false)
    }

    /// Returns whether a pattern of the group matches in a sentence that no
    /// pattern of `<group>-not` excuses.
    pub(crate) fn has_unexcused(&self, group: &str) -> bool {
        self.find(group).iter().any(|m| {
            self.sentences[m.sentence].part != Part::Greeting
                && !self.is_excused(m.sentence, group, false)
        })
    }

    /// Returns where a group matches, what the sentence takes back left out.
    pub(crate) fn find_meant(&self, group: &str) -> Vec<Match> {
        self.matches(group, Reading::Act)
    }

    /// Returns whether the group `<group>-not` excuses a sentence.
    fn is_excused(&self, sentence: usize, group: &str, quoted_too: bool) -> bool {
        let excuses = lexicon().group(&format!("{group}-not"));
        let sentence = &self.sentences[sentence];
        let words = if quoted_too {
            sentence.whole()
        } else {
            sentence.own()
        };
        excuses.iter().any(|p| p.matches(&words))
    }

    /// Returns the first place in each sentence where the patterns of a group
    /// match, the sentence does not take it back, and no pattern of
    /// `<group>-not` excuses it.
    pub(crate) fn meant(&self, group: &str) -> Vec<Match> {
        let mut found = self.find_meant(group);
        self.keep_first_unexcused(&mut found, group, false);
        found
    }

    /// Returns the same as [`Analysis::meant`], quotations included.
    pub(crate) fn meant_quoted_too(&self, group: &str) -> Vec<Match> {
        let mut found = self.matches(group, Reading::ActQuoted);
        self.keep_first_unexcused(&mut found, group, true);
        found
    }

    /// Returns the same as [`Analysis::meant`] for phrases that carry their own
    /// negation: only what stands before them can deny them.
    pub(crate) fn said(&self, group: &str) -> Vec<Match> {
        let mut found = self.matches(group, Reading::Said);
        self.keep_first_unexcused(&mut found, group, false);
        found
    }

    /// Returns the places that are meant, several in one sentence when they do
    /// not overlap.
    pub(crate) fn count_meant(&self, group: &str) -> Vec<Match> {
        let mut found = self.find_meant(group);
        found.sort_by_key(|m| (m.span.0, m.span.1));
        let mut kept: Vec<Match> = Vec::new();
        for m in found {
            let apart = kept.last().is_none_or(|k| m.span.0 >= k.span.1);
            if apart && !self.is_excused(m.sentence, group, false) {
                kept.push(m);
            }
        }
        kept
    }

    /// Returns the same as [`Analysis::meant`], quotations included and
    /// negations not heeded.
    pub(crate) fn told(&self, group: &str) -> Vec<Match> {
        let mut found = self.find_quoted_too(group);
        self.keep_first_unexcused(&mut found, group, true);
        found
    }

    fn keep_first_unexcused(&self, found: &mut Vec<Match>, group: &str, quoted_too: bool) {
        found.retain(|m| self.sentences[m.sentence].part != Part::Greeting);
        found.sort_by_key(|m| (m.sentence, m.first, m.last));
        found.dedup_by_key(|m| m.sentence);
        found.retain(|m| !self.is_excused(m.sentence, group, quoted_too));
    }

    /// Returns where a group that takes two sentences to say is meant, at the
    /// second of them.
    pub(crate) fn meant_in_pairs(&self, group: &str) -> Vec<Match> {
        self.in_pairs(group, Reading::Act)
    }

    /// Returns the same, quotations included.
    pub(crate) fn meant_in_pairs_quoted_too(&self, group: &str) -> Vec<Match> {
        self.in_pairs(group, Reading::ActQuoted)
    }

    /// Returns the same for phrases that carry their own negation.
    pub(crate) fn said_in_pairs(&self, group: &str) -> Vec<Match> {
        self.in_pairs(group, Reading::Said)
    }

    /// Returns the same, quotations included and negations not heeded.
    pub(crate) fn told_in_pairs(&self, group: &str) -> Vec<Match> {
        self.in_pairs(group, Reading::Whole)
    }

    fn in_pairs(&self, group: &str, reading: Reading) -> Vec<Match> {
        let frames = lexicon().group(group);
        let mut found = Vec::new();
        // A story may go on after a sentence between; a deal or a wish does not.
        let reach = if reading == Reading::Whole { 2 } else { 1 };
        for (index, one) in self.sentences.iter().enumerate() {
            for (further, two) in self.sentences[index + 1..].iter().take(reach).enumerate() {
                let forwards = reading != Reading::Whole && (one.is_forward || two.is_forward);
                if one.part == Part::Greeting || forwards {
                    continue;
                }
                let words = sentence::Both(one, two);
                if !frames.iter().any(|frame| frame.may_match(&words)) {
                    continue;
                }
                let both = self.both(index, index + 1 + further);
                let before = found.len();
                self.add_matches(group, reading, index + 1 + further, &both, &mut found);
                found.truncate(before + 1);
            }
        }
        found
    }

    /// Returns two sentences as one.
    fn both(&self, one: usize, two: usize) -> Rc<Sentence> {
        let mut joined = self.joined.borrow_mut();
        let both = joined
            .entry((one, two))
            .or_insert_with(|| Rc::new(self.sentences[one].joined(&self.sentences[two])));
        Rc::clone(both)
    }

    fn matches(&self, group: &str, reading: Reading) -> Vec<Match> {
        let key = (group.to_owned(), reading);
        if let Some(found) = self.known.borrow().get(&key) {
            return found.clone();
        }
        let found = self.matches_anew(group, reading);
        self.known.borrow_mut().insert(key, found.clone());
        found
    }

    fn matches_anew(&self, group: &str, reading: Reading) -> Vec<Match> {
        let mut found = Vec::new();
        for (index, sentence) in self.sentences.iter().enumerate() {
            self.add_matches(group, reading, index, sentence, &mut found);
        }
        found
    }

    fn add_matches(
        &self,
        group: &str,
        reading: Reading,
        index: usize,
        sentence: &Sentence,
        found: &mut Vec<Match>,
    ) {
        let words = match reading {
            Reading::Whole | Reading::ActQuoted => sentence.whole(),
            Reading::Act => sentence.act(),
            Reading::Own | Reading::Said => sentence.own(),
        };
        let denied = |first, last, taken: Option<u128>| match (reading, taken) {
            (Reading::Own | Reading::Whole, _) => false,
            (Reading::Said, _) => {
                negation::denied_before(sentence, first, taken.unwrap_or_default())
            }
            (Reading::Act | Reading::ActQuoted, Some(taken)) => {
                negation::part_denied(sentence, first, last, taken)
            }
            (Reading::Act | Reading::ActQuoted, None) => {
                negation::negated(sentence, first, last)
                    || negation::negated_inside(sentence, first, last)
            }
        };
        for frame in lexicon().group(group) {
            let places = frame.find_all(&words, denied);
            found.extend(places.into_iter().map(|(first, last)| Match {
                sentence: index,
                first,
                last,
                span: sentence.span_of(first, last),
            }));
        }
    }
}

/// Words that many schools have in their names.
pub(crate) const GENERIC_SCHOOL_WORDS: &[&str] = &[
    "university",
    "college",
    "school",
    "medical",
    "of",
    "medicine",
    "the",
    "faculty",
    "and",
    "health",
    "sciences",
    "science",
    "institute",
    "academy",
];

/// Returns the ways of naming the sender's school, folded and between blanks.
fn school_names(message: &Message) -> Vec<String> {
    let full = fold_key(&message.sender.school);
    let words: Vec<&str> = full.split(' ').filter(|w| !w.is_empty()).collect();
    // "Windward Cays University" begins "windward cays"; "University of Windward"
    // begins after its generic words.
    let from = words
        .iter()
        .position(|w| !GENERIC_SCHOOL_WORDS.contains(w))
        .unwrap_or(words.len());
    let n = words[from..]
        .iter()
        .position(|w| GENERIC_SCHOOL_WORDS.contains(w))
        .unwrap_or(words.len() - from);
    let mut names = vec![full.clone(), words[from..from + n].join(" ")];
    names.extend(message.sender.school_short.iter().map(|s| fold_key(s)));
    names.retain(|name| !name.is_empty());
    names.iter().map(|name| format!(" {name} ")).collect()
}

/// Returns how many lines of 72 columns a paragraph fills, words unbroken.
fn filled_lines(paragraph: &str) -> usize {
    let mut lines = 0;
    let mut width = 0;
    for word in paragraph.split_whitespace() {
        let n = word.chars().count();
        if lines > 0 && width + 1 + n <= COLUMNS {
            width += 1 + n;
        } else {
            lines += 1;
            width = n;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::filled_lines;

    #[test]
    fn lines_are_filled_greedily() {
        assert_eq!(filled_lines(""), 0);
        assert_eq!(filled_lines("   "), 0);
        assert_eq!(filled_lines(&"a".repeat(100)), 1);
        // Thirty-six words of one letter fill 71 columns.
        assert_eq!(filled_lines(&"a ".repeat(36)), 1);
        assert_eq!(filled_lines(&"a ".repeat(37)), 2);
    }
}
