//! Sentences, and the words in them as sets of positions.

use std::rc::Rc;

use domain::fold_key;

use super::masks::Masks;
use super::parts::Parts;
use super::quotations::quotations;
use super::split::split;
use super::tokens::{Gap, Token, tokens};
use crate::Message;
use crate::lexicon::{computed, lexicon};
use crate::pattern::{SENTENCE_WORDS, Words};

/// The part of a message that a sentence stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    /// The greeting.
    Greeting,
    /// Between greeting and signature.
    Body,
    /// The trailing short lines of an e-mail.
    Signature,
}

/// A sentence.
#[derive(Clone, Debug)]
pub(crate) struct Sentence {
    /// First byte.
    pub(crate) start: usize,
    /// Byte after the last.
    pub(crate) end: usize,
    /// The part it stands in.
    pub(crate) part: Part,
    /// Its words, shared with what is read together with the sentence.
    pub(crate) tokens: Vec<Rc<Token>>,
    /// Whether it ends in a question mark.
    pub(crate) is_question: bool,
    /// Whether it is offered for forwarding, so that others ask in it.
    pub(crate) is_forward: bool,
    /// Words inside quotation marks.
    pub(crate) quoted: u128,
    /// Words that tell what somebody asked, or what was asked once.
    reported: u128,
    opens: u128,
    breaks: u128,
    walls: u128,
    /// Positions of each set, quotations included.
    masks: Masks,
}

/// Two sentences as one, as far as it takes to see whether reading them together
/// is worth it.
pub(crate) struct Both<'s>(pub(crate) &'s Sentence, pub(crate) &'s Sentence);

impl Words for Both<'_> {
    fn mask(&self, set: u16) -> u128 {
        u128::from(self.may_have(set))
    }

    fn may_have(&self, set: u16) -> bool {
        self.0.masks.has(set) || self.1.masks.has(set)
    }

    fn len(&self) -> usize {
        0
    }

    fn opens(&self) -> u128 {
        0
    }

    fn breaks(&self) -> u128 {
        0
    }

    fn walls(&self) -> u128 {
        0
    }

    fn is_question(&self) -> bool {
        false
    }
}

/// The words of a sentence as a pattern sees them.
pub(crate) struct View<'s> {
    sentence: &'s Sentence,
    hidden: u128,
}

impl Words for View<'_> {
    fn mask(&self, set: u16) -> u128 {
        self.sentence.masks.get(set) & !self.hidden
    }

    fn may_have(&self, set: u16) -> bool {
        self.sentence.masks.has(set)
    }

    fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    fn opens(&self) -> u128 {
        self.sentence.opens
    }

    fn breaks(&self) -> u128 {
        self.sentence.breaks
    }

    fn walls(&self) -> u128 {
        self.sentence.walls
    }

    fn is_question(&self) -> bool {
        self.sentence.is_question
    }
}

impl Sentence {
    /// Returns what the sender says: quotations and forwardable text hidden.
    pub(crate) fn own(&self) -> View<'_> {
        let hidden = if self.is_forward {
            u128::MAX
        } else {
            self.quoted
        };
        View {
            sentence: self,
            hidden,
        }
    }

    /// Returns what the sender does now: what others asked, and what the sender
    /// asked once, is hidden too.
    pub(crate) fn act(&self) -> View<'_> {
        let mut view = self.own();
        view.hidden |= self.reported;
        view
    }

    /// Returns all of it.
    pub(crate) fn whole(&self) -> View<'_> {
        View {
            sentence: self,
            hidden: 0,
        }
    }

    /// Returns this sentence and the next one as one, for what takes two to say.
    pub(crate) fn joined(&self, next: &Self) -> Self {
        let n = self.tokens.len();
        let room = SENTENCE_WORDS.saturating_sub(n).min(next.tokens.len());
        let inside = (1u128 << room) - 1;
        let shift = |mask: u128| (mask & inside) << n;
        let mut tokens = Vec::with_capacity(n + room);
        tokens.extend_from_slice(&self.tokens);
        tokens.extend_from_slice(&next.tokens[..room]);
        let mut both = Self {
            start: self.start,
            end: next.end,
            part: self.part,
            tokens,
            is_question: self.is_question || next.is_question,
            is_forward: self.is_forward,
            quoted: self.quoted | shift(next.quoted),
            reported: self.reported | shift(next.reported),
            opens: self.opens | shift(next.opens),
            breaks: self.breaks | shift(next.breaks) | 1 << n,
            walls: self.walls | shift(next.walls) | 1 << n,
            masks: self.masks.joined(&next.masks, shift),
        };
        if let Some(token) = both.tokens.get_mut(n) {
            Rc::make_mut(token).before = Gap::Wall;
        }
        both
    }

    /// Returns the bytes of a range of words; of the sentence, for an empty one.
    pub(crate) fn span_of(&self, first: usize, last: usize) -> (usize, usize) {
        match (
            self.tokens.get(first),
            self.tokens.get(last.wrapping_sub(1)),
        ) {
            (Some(a), Some(b)) if first < last => (a.start, b.end),
            _ => (self.start, self.end),
        }
    }
}

/// Words after which a clause still opens.
const FILLERS: &[&str] = &[
    "and", "but", "so", "also", "then", "well", "hello", "ok", "okay", "or", "yet", "plus",
    "still", "now", "honestly", "finally", "first", "second", "secondly", "lastly",
];

/// Returns the sentences of a text.
pub(crate) fn sentences(text: &str, parts: &Parts, message: &Message) -> Vec<Sentence> {
    let quotes = quotations(text);
    let names = MessageNames::new(message);
    let mut found = Vec::new();
    if let Some((start, end)) = parts.greeting {
        build(
            text,
            start,
            end,
            Part::Greeting,
            &quotes,
            &names,
            &mut found,
        );
    }
    for (part, range) in [(Part::Body, parts.body), (Part::Signature, parts.signature)] {
        for (start, end) in split(text, range) {
            build(text, start, end, part, &quotes, &names, &mut found);
        }
    }
    mark_forwards(text, &mut found);
    for sentence in &mut found {
        sentence.reported = reported(sentence);
    }
    found
}

/// Words with which a clause of the sender's own begins after a comma.
const OWN_CLAUSE: &[&str] = &[
    "i", "could", "can", "would", "will", "please", "kindly", "may", "might", "should", "do",
    "does", "is", "are", "am", "but", "so", "if", "you", "what", "where", "how", "which", "we",
    "let", "have", "did", "was",
];

/// Returns the words that report an ask: from the verb to the next clause that
/// is the sender's own.
fn reported(sentence: &Sentence) -> u128 {
    let mut hidden = 0u128;
    for frame in lexicon().group("reported") {
        for (_, last) in frame.find_all(&sentence.own(), |_, _, _| false) {
            let end = (last..sentence.tokens.len())
                .find(|&i| {
                    let token = &sentence.tokens[i];
                    token.before >= Gap::Break && OWN_CLAUSE.contains(&token.word.as_str())
                })
                .unwrap_or(sentence.tokens.len());
            hidden |= ((1u128 << end) - 1) & !((1u128 << last) - 1);
        }
    }
    hidden
}

/// Words of the record that some classes stand for.
struct MessageNames {
    institution: Vec<String>,
    recipient: Vec<String>,
}

impl MessageNames {
    fn new(message: &Message) -> Self {
        let words = |text: &str| -> Vec<String> {
            fold_key(text)
                .split(' ')
                .filter(|w| w.len() > 2)
                .map(str::to_owned)
                .collect()
        };
        Self {
            institution: words(&message.recipient.institution)
                .into_iter()
                .filter(|w| {
                    ![
                        "the",
                        "and",
                        "medical",
                        "center",
                        "centre",
                        "hospital",
                        "university",
                        "health",
                        "school",
                        "college",
                        "general",
                        "clinic",
                        "for",
                        "system",
                    ]
                    .contains(&w.as_str())
                })
                .collect(),
            recipient: words(&message.recipient.name),
        }
    }
}

fn build(
    text: &str,
    start: usize,
    end: usize,
    part: Part,
    quotes: &[(usize, usize)],
    names: &MessageNames,
    found: &mut Vec<Sentence>,
) {
    let all: Vec<Rc<Token>> = tokens(text, start, end).into_iter().map(Rc::new).collect();
    let last_sign = text[start..end]
        .trim_end_matches(|c: char| !matches!(c, '?' | '.' | '!') && !c.is_alphanumeric());
    let is_question = last_sign.ends_with('?')
        || text[start..end]
            .trim_end_matches(['"', '”', ')', ' ', '!', '.'])
            .ends_with('?');
    let n_pieces = all.len().div_ceil(SENTENCE_WORDS).max(1);
    for piece in 0..n_pieces {
        let from = piece * SENTENCE_WORDS;
        let to = (from + SENTENCE_WORDS).min(all.len());
        let tokens = all[from..to].to_vec();
        if tokens.is_empty()
            && n_pieces == 1
            && !text[start..end].chars().any(char::is_alphanumeric)
        {
            return;
        }
        let piece_start = if piece == 0 { start } else { tokens[0].start };
        let piece_end = if piece + 1 == n_pieces {
            end
        } else {
            tokens.last().map_or(end, |t| t.end)
        };
        found.push(with_masks(
            piece_start,
            piece_end,
            part,
            tokens,
            is_question,
            quotes,
            names,
        ));
    }
}

fn with_masks(
    start: usize,
    end: usize,
    part: Part,
    tokens: Vec<Rc<Token>>,
    is_question: bool,
    quotes: &[(usize, usize)],
    names: &MessageNames,
) -> Sentence {
    let lexicon = lexicon();
    let mut pairs: Vec<(u16, u128)> = Vec::with_capacity(tokens.len() * 24);
    let (mut breaks, mut walls, mut opens, mut quoted) = (0u128, 0u128, 1u128, 0u128);
    let mut opening = true;
    for (i, token) in tokens.iter().enumerate() {
        let bit = 1u128 << i;
        lexicon.sets_of(&token.word, |set| pairs.push((set, bit)));
        if is_number(&token.word) {
            pairs.push((computed::NUMBER, bit));
        }
        if token.capital && i > 0 && !matches!(token.word.as_str(), "i" | "am") {
            pairs.push((computed::CAPITAL, bit));
            if !lexicon.is_wide_name(&token.word) {
                pairs.push((computed::PLACE, bit));
            }
            if !token.acronym && token.word.len() > 1 && !is_month_of_date(&tokens, i) {
                pairs.push((computed::NAME, bit));
            }
        }
        if super::tokens::is_address(&token.word) {
            pairs.push((computed::ADDRESS, bit));
        }
        if names.institution.contains(&token.word) {
            pairs.push((computed::INSTITUTION, bit));
        }
        if names.recipient.contains(&token.word) {
            pairs.push((computed::RECIPIENT, bit));
        }
        if i > 0 && token.before >= Gap::Break {
            breaks |= bit;
            opens |= bit;
        }
        if i > 0 && token.before == Gap::Wall {
            walls |= bit;
        }
        opening = (opening || opens & bit != 0) && FILLERS.contains(&token.word.as_str());
        if opening {
            opens |= bit << 1;
        }
        // Quotations come in order and do not overlap.
        let next = quotes.partition_point(|&(s, _)| s <= token.start);
        if next > 0 && token.end <= quotes[next - 1].1 {
            quoted |= bit;
        }
    }
    Sentence {
        start,
        end,
        part,
        tokens,
        is_question,
        is_forward: false,
        quoted,
        reported: 0,
        opens,
        breaks,
        walls,
        masks: Masks::new(lexicon.n_sets(), &pairs),
    }
}

/// Returns whether a word is the month of a date rather than somebody's name:
/// "3 May", "June 12", "in April".
fn is_month_of_date(tokens: &[Rc<Token>], at: usize) -> bool {
    let word = |i: Option<usize>| {
        i.and_then(|i| tokens.get(i))
            .map_or("", |t| t.word.as_str())
    };
    let (before, after) = (word(at.checked_sub(1)), word(Some(at + 1)));
    let leads = [
        "in", "of", "since", "until", "by", "last", "this", "early", "late", "mid", "end",
    ];
    super::measures::month(&tokens[at].word).is_some()
        && (is_number(before) || is_number(after) || leads.contains(&before))
}

/// Words for numbers, folded.
pub(crate) const NUMBER_WORDS: &[(&str, f64)] = &[
    ("zero", 0.0),
    ("one", 1.0),
    ("two", 2.0),
    ("three", 3.0),
    ("four", 4.0),
    ("five", 5.0),
    ("six", 6.0),
    ("seven", 7.0),
    ("eight", 8.0),
    ("nine", 9.0),
    ("ten", 10.0),
    ("eleven", 11.0),
    ("twelve", 12.0),
    ("thirteen", 13.0),
    ("fourteen", 14.0),
    ("fifteen", 15.0),
    ("sixteen", 16.0),
    ("seventeen", 17.0),
    ("eighteen", 18.0),
    ("nineteen", 19.0),
    ("twenty", 20.0),
    ("thirty", 30.0),
    ("forty", 40.0),
    ("fourty", 40.0),
    ("fifty", 50.0),
    ("sixty", 60.0),
    ("seventy", 70.0),
    ("eighty", 80.0),
    ("ninety", 90.0),
    ("hundred", 100.0),
];

fn is_number(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        || NUMBER_WORDS.iter().any(|(name, _)| *name == word)
}

/// Marks the sentences after a line that offers text for forwarding.
fn mark_forwards(text: &str, sentences: &mut [Sentence]) {
    let group = lexicon().group("forward-follows");
    let mut forward = false;
    for sentence in sentences {
        let raw = &text[sentence.start..sentence.end];
        if raw.starts_with('>') {
            sentence.is_forward = true;
            continue;
        }
        if raw.starts_with("---")
            || raw.starts_with("***")
            || sentence.part == Part::Signature && forward && !raw.ends_with(['.', '?', '!'])
        {
            forward = false;
        }
        sentence.is_forward = forward;
        let offers = raw.ends_with(':') || text[sentence.end..].starts_with(':');
        if offers && group.iter().any(|p| p.matches(&sentence.whole())) {
            forward = true;
        }
    }
}
