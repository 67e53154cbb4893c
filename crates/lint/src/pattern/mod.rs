//! Patterns over the words of a sentence, written as data.
//!
//! A pattern is a line such as `@can_you .. guarantee|promise .. @outcome`.
//!
//! | written | means |
//! |---|---|
//! | `word`, `word*` | the word; any word that begins so |
//! | `@name` | a word of that class in `data/words.txt`, or its phrases |
//! | `a\|b\|@c` | any of them |
//! | `x?`, `( a b / c )` | may be missing; either of the sequences |
//! | `( a\|b c\|d )` | any of them, "b c" as a sequence: brackets without strokes or brackets in them |
//! | `..`, `..7`, `...` | up to four, up to seven, any number of other words |
//! | `!x`, `<!x` | the next word, the word before is none of these |
//! | `_` | any one word |
//! | `^`, `$`, `,` | the start, the end of the sentence; punctuation here |
//! | `?` alone | the sentence ends in a question mark |
//! | `x & y`, `x &! y` | both somewhere in the sentence, in any order; x, but nowhere y |
//!
//! A line with `&` is a frame: what somebody does is told by the things that come
//! together, such as a request, a certainty and an outcome, and seldom by their order.
//!
//! Positions in a sentence are the bits of one integer, and an element maps the
//! set of positions where it may begin to the set where it may end. So one pass
//! tries every beginning at once, and nothing backtracks.

mod compile;

pub(crate) use compile::{Names, Sets, compile, inflections};

/// Most words in one sentence; longer ones are cut, so that positions fit the bits.
pub(crate) const SENTENCE_WORDS: usize = 120;

/// One element of a pattern.
#[derive(Clone, Debug)]
enum Node {
    Set(u16),
    Not(u16),
    NotBehind(u16),
    Any,
    Gap(u32),
    GapAll,
    Start,
    End,
    Break,
    Question,
    Opt(Box<Node>),
    Seq(Vec<Node>),
    Alt(Vec<Node>),
}

/// What a pattern needs to know of a sentence.
pub(crate) trait Words {
    /// Returns the positions of the words in a set.
    fn mask(&self, set: u16) -> u128;
    /// Returns whether there may be a word of a set; quick, and sure when not.
    fn may_have(&self, set: u16) -> bool {
        self.mask(set) != 0
    }
    /// Returns the number of words, at most [`SENTENCE_WORDS`].
    fn len(&self) -> usize;
    /// Returns the positions at which a clause opens.
    fn opens(&self) -> u128;
    /// Returns the positions before which there is punctuation.
    fn breaks(&self) -> u128;
    /// Returns the positions before which there is a semicolon.
    fn walls(&self) -> u128;
    /// Returns whether a question mark ends it.
    fn is_question(&self) -> bool;
}

fn ends(node: &Node, starts: u128, words: &impl Words) -> u128 {
    if starts == 0 {
        return 0;
    }
    match node {
        Node::Set(set) => (starts & words.mask(*set)) << 1,
        Node::Not(set) => starts & !words.mask(*set),
        Node::NotBehind(set) => starts & !(words.mask(*set) << 1),
        Node::Any => (starts << 1) & bits_upto(words.len()),
        Node::Gap(most) => gap(starts, *most, words),
        Node::GapAll => bits_upto(words.len()) & !(bits_below(starts.trailing_zeros() as usize)),
        Node::Start => starts & words.opens(),
        Node::End => starts & (1 << words.len()),
        Node::Break => starts & (words.breaks() | 1 | (1 << words.len())),
        Node::Question => {
            if words.is_question() {
                starts
            } else {
                0
            }
        }
        Node::Opt(inner) => starts | ends(inner, starts, words),
        Node::Seq(nodes) => nodes
            .iter()
            .fold(starts, |positions, node| ends(node, positions, words)),
        Node::Alt(nodes) => nodes
            .iter()
            .fold(0, |positions, node| positions | ends(node, starts, words)),
    }
}

/// Returns the positions `0..=n`.
fn bits_upto(n: usize) -> u128 {
    (1u128 << (n + 1)) - 1
}

/// Returns the positions `0..n`.
fn bits_below(n: usize) -> u128 {
    (1u128 << n) - 1
}

fn gap(starts: u128, most: u32, words: &impl Words) -> u128 {
    let inside = bits_upto(words.len()) & !words.walls();
    let mut reached = starts;
    let mut frontier = starts;
    for _ in 0..most {
        frontier = (frontier << 1) & inside;
        if frontier == 0 {
            break;
        }
        reached |= frontier;
    }
    reached
}

/// One compiled part of a frame.
#[derive(Clone, Debug)]
struct Pattern {
    root: Node,
    /// What it cannot match without: a word of one of the sets of each entry.
    needed: Vec<Vec<u16>>,
    /// Whether it says "no" itself, so that this denies nothing.
    says_no: bool,
}

impl Pattern {
    fn may_match(&self, words: &impl Words) -> bool {
        self.needed
            .iter()
            .all(|sets| sets.iter().any(|set| words.may_have(*set)))
    }

    fn can_match(&self, words: &impl Words) -> bool {
        self.may_match(words) && ends(&self.root, bits_upto(words.len()), words) != 0
    }

    /// Returns every position at which the pattern matches, with its shortest end.
    fn places<'p>(&'p self, words: &'p impl Words) -> impl Iterator<Item = (usize, usize)> + 'p {
        let upto = if self.can_match(words) {
            words.len() + 1
        } else {
            0
        };
        (0..upto).filter_map(|start| {
            let reached = ends(&self.root, 1 << start, words);
            (reached != 0).then(|| (start, (reached.trailing_zeros() as usize).max(start)))
        })
    }
}

/// A compiled line: patterns that must all be in a sentence, and some that must not.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    wants: Vec<Pattern>,
    unless: Vec<Pattern>,
}

impl Frame {
    /// Returns whether the words for it may be there; quick, and sure when not.
    pub(crate) fn may_match(&self, words: &impl Words) -> bool {
        self.wants.iter().all(|p| p.may_match(words))
    }

    /// Returns whether it matches.
    pub(crate) fn matches(&self, words: &impl Words) -> bool {
        self.may_match(words)
            && self.wants.iter().all(|p| p.can_match(words))
            && !self.unless.iter().any(|p| p.can_match(words))
    }

    /// Returns every place where a line of one pattern matches, or the first of
    /// a frame, those left out that `denied` takes back.
    ///
    /// `denied` gets the first word, the word after the last, and the positions
    /// that belong to other parts of the frame, whose own negations do not count.
    pub(crate) fn find_all(
        &self,
        words: &impl Words,
        denied: impl Fn(usize, usize, Option<u128>) -> bool,
    ) -> Vec<(usize, usize)> {
        if !self.matches(words) {
            return Vec::new();
        }
        if let [only] = self.wants.as_slice() {
            // A pattern that says "no" itself is denied by what stands around it only.
            let taken = |first, last| only.says_no.then(|| bits_below(last) & !bits_below(first));
            return only
                .places(words)
                .filter(|&(first, last)| !denied(first, last, taken(first, last)))
                .collect();
        }
        let taken = self
            .wants
            .iter()
            .filter(|p| p.says_no)
            .filter_map(|p| p.places(words).next())
            .fold(0, |taken, (first, last)| {
                taken | (bits_below(last) & !bits_below(first))
            });
        let mut whole: Option<(usize, usize)> = None;
        for want in &self.wants {
            let Some((first, last)) = want
                .places(words)
                .find(|&(first, last)| !denied(first, last, Some(taken)))
            else {
                return Vec::new();
            };
            whole = Some(whole.map_or((first, last), |w| (w.0.min(first), w.1.max(last))));
        }
        whole.into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Line {
        masks: Vec<u128>,
        len: usize,
        question: bool,
    }

    impl Words for Line {
        fn mask(&self, set: u16) -> u128 {
            self.masks[set as usize]
        }
        fn len(&self) -> usize {
            self.len
        }
        fn opens(&self) -> u128 {
            1
        }
        fn breaks(&self) -> u128 {
            0
        }
        fn walls(&self) -> u128 {
            0
        }
        fn is_question(&self) -> bool {
            self.question
        }
    }

    fn check(pattern: &str, sentence: &str) -> Option<(usize, usize)> {
        let mut sets = Sets::default();
        let names = Names::default();
        let pattern = compile(pattern, &names, &mut sets).expect("pattern compiles");
        let words: Vec<&str> = sentence.trim_end_matches('?').split(' ').collect();
        let masks = sets
            .members
            .iter()
            .map(|members| {
                words.iter().enumerate().fold(0, |mask, (i, word)| {
                    let inside = members.iter().any(|m| match m.strip_suffix('*') {
                        Some(stem) => word.starts_with(stem),
                        None => m == word,
                    });
                    mask | (u128::from(inside) << i)
                })
            })
            .collect();
        let line = Line {
            masks,
            len: words.len(),
            question: sentence.ends_with('?'),
        };
        pattern.find_all(&line, |_, _, _| false).into_iter().next()
    }

    #[test]
    fn elements_mean_what_the_table_says() {
        assert_eq!(check("a b", "x a b"), Some((1, 3)));
        assert_eq!(check("a .. b", "a 1 2 3 4 b"), Some((0, 6)));
        assert_eq!(check("a .. b", "a 1 2 3 4 5 b"), None);
        assert_eq!(check("a ..5 b", "a 1 2 3 4 5 b"), Some((0, 7)));
        assert_eq!(check("a ... b", "a 1 2 3 4 5 6 7 8 9 b"), Some((0, 11)));
        assert_eq!(check("a c? b", "a b"), Some((0, 2)));
        assert_eq!(check("a ( c d / e )? b", "a c d b"), Some((0, 4)));
        assert_eq!(check("a (c/d)? b", "a d b"), Some((0, 3)));
        assert_eq!(check("a ( c|d e|$ )", "a d e"), Some((0, 3)));
        assert_eq!(check("a ( c|d e|$ )", "a d"), None);
        assert_eq!(check("a ( c|d e|$ )", "x a"), Some((1, 2)));
        assert_eq!(check("a !b _", "a b a c"), Some((2, 4)));
        assert_eq!(check("<!x a", "x a"), None);
        assert_eq!(check("^ a", "b a"), None);
        assert_eq!(check("a $", "b a"), Some((1, 2)));
        assert_eq!(check("recom*", "recommend"), Some((0, 1)));
        assert_eq!(check("a ?", "a"), None);
        assert_eq!(check("a ?", "a?"), Some((0, 1)));
        assert_eq!(check("make+s,-ing it", "making it"), Some((0, 2)));
        assert_eq!(check("a b & c", "c x a b"), Some((0, 4)));
        assert_eq!(check("a b & c", "x a b"), None);
        assert_eq!(check("a &! c", "a b"), Some((0, 1)));
        assert_eq!(check("a &! c", "a b c"), None);
    }

    #[test]
    fn a_broken_pattern_says_what_is_wrong() {
        let mut sets = Sets::default();
        let names = Names::default();
        assert!(compile("a ( b", &names, &mut sets).is_err());
        assert!(compile("a ) b", &names, &mut sets).is_err());
        assert!(compile("@nothing", &names, &mut sets).is_err());
        assert!(compile("a ( !b|c d / $ )", &names, &mut sets).is_err());
        assert!(compile("a ( !b|c / d e )", &names, &mut sets).is_ok());
    }
}
