//! Leaves the names of other people out of what the student typed.

use std::collections::HashSet;

use domain::fold;
use jiff::civil::Date;
use store::Snapshot;

use super::Names;
use crate::Result;
use crate::views::today::first_words;

/// What stands in the place of a name.
const NAME: &str = "[name]";

/// What stands in the place of a telephone number.
const NUMBER: &str = "[number]";

/// Digits from which a number may be called.
const DIGITS_MIN: usize = 7;

/// Words of a text that fit.
const WORDS: usize = 14;

/// Words of every day that are names, too, folded: in small letters alone they
/// are taken for the word.
const ORDINARY: &str = "an april august autumn bacon bailey baker ball banks barber bell bench \
    berry best bill bird bishop black block bloom blue bond booth bow bowl bowman boy branch brand \
    bridge bridges bright brook brooks brown buck bush butler call can carol carpenter carter case \
    cash castle chance chase child christian church clay close cloud coffee cole con constant cook \
    cooper cotton court cow craft crane crisp cross crown cruise dale dare daisy dawn day days dean \
    dear death dick do down drew drop duke earl early east eve ever faith farmer fields field fine \
    fish fisher flint flowers foot ford forest fort foster fountain fox frank free french friend \
    frost fuller gay gene gift glass go gold good gore grace grant grass gray green grey grove hall \
    hand harden hardy hart harvest hay he heart heath heather her hill hills him his ho holiday \
    holly home hood hook hope house how hunt hunter i ice in india iris iron is ivory ivy jack jade \
    jasmine jay jet jewel joy judge june just key keys king knight lake lamb lance land lane law \
    lawyer lay lee light lily little lock long look lord love low ma major man march mark marsh \
    martin mason master max may me mean mercy miles mill miller mills minor miracle moon moore more \
    moss my new night no noble noon north nurse oak ocean of old olive on opal or page park parks \
    parker patience peace pearl penny pepper piper pitt plant poor pope porter post potter pound \
    power precious price pride prince queen quick rains ran rave ray read reason red reed rich rise \
    river rivers rob robin rock roman rose ross round rusty ruby sage sand sandy sea see self sense \
    serve shaw shell shepherd ship short silver singer skill sky small smart smith snow so soil \
    song sole son south speaker spring star stark steel stern stone street strong sue summer \
    summers sun swan sweet tailor taylor teller thorn thorne tiffany to turner tan van violet wade \
    walker wall ward ware waters way weaver webb weeks well wells west wheat wheeler white wild \
    will winter wise wolf wood woods word worth wright you young yu";

/// What leaves names out of what the student typed.
pub(super) struct Mask {
    names: Names,
    /// The parts of all stored names, folded.
    parts: HashSet<String>,
    /// Two parts that follow each other in a stored name, folded.
    pairs: HashSet<(String, String)>,
    /// Words that are no names in small letters.
    ordinary: HashSet<&'static str>,
}

impl Mask {
    /// Returns what leaves names out of these texts; of the names that are stored,
    /// only those matter that a word of the texts may belong to.
    pub(super) fn load(snapshot: &Snapshot<'_>, names: Names, texts: &[&str]) -> Result<Self> {
        let written: HashSet<String> = texts.iter().flat_map(|it| words(it)).map(fold).collect();
        let mut mask = Self {
            names,
            parts: HashSet::new(),
            pairs: HashSet::new(),
            ordinary: ORDINARY.split_whitespace().collect(),
        };
        if names == Names::Masked && !written.is_empty() {
            for (_, name) in snapshot.person_names()? {
                let whole = format!("{} {}", name.given, name.family);
                let parts: Vec<String> = words(&whole).map(fold).collect();
                let greeted = words(&name.greet_as).map(fold);
                mask.parts
                    .extend(greeted.filter(|part| written.contains(part)));
                if !parts.iter().any(|part| written.contains(part)) {
                    continue;
                }
                let pairs = parts.windows(2);
                mask.pairs
                    .extend(pairs.map(|pair| (pair[0].clone(), pair[1].clone())));
                if let (Some(first), Some(last)) = (parts.first(), parts.last()) {
                    mask.pairs.insert((first.clone(), last.clone()));
                }
                mask.parts.extend(parts);
            }
        }
        Ok(mask)
    }

    /// Returns whether the names of others are shown.
    pub(super) fn shows(&self) -> bool {
        self.names == Names::Shown
    }

    /// Returns the text without names, addresses and telephone numbers, cut so
    /// that the page stays one.
    ///
    /// The name of `person` goes in any letter case, and so do those of others,
    /// but for a part alone and in small letters that is a word of every day:
    /// "long" and "may" are surnames, too.
    pub(super) fn apply(&self, text: &str, person: &str) -> String {
        if self.shows() {
            return first_words(text, WORDS);
        }
        let own: HashSet<String> = words(person).map(fold).collect();
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let numbers = numbers(&tokens);
        let in_pair = self.in_pair(&tokens);
        let hides = |word: &str| {
            let folded = fold(word);
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let is_word = !capital && self.ordinary.contains(folded.as_str());
            own.contains(&folded) || !is_word && self.parts.contains(&folded)
        };
        let mut masked: Vec<&str> = Vec::new();
        for (at, token) in tokens.into_iter().enumerate() {
            let shown = if numbers[at] {
                NUMBER
            } else if token.contains('@') || in_pair[at] || words(token).any(hides) {
                NAME
            } else {
                token
            };
            if shown == token || masked.last() != Some(&shown) {
                masked.push(shown);
            }
        }
        first_words(&masked.join(" "), WORDS)
    }

    /// Returns which tokens belong to two parts of one name in a row.
    fn in_pair(&self, tokens: &[&str]) -> Vec<bool> {
        let mut found = vec![false; tokens.len()];
        for at in 1..tokens.len() {
            let before = words(tokens[at - 1]).last().map(fold);
            let after = words(tokens[at]).next().map(fold);
            if before
                .zip(after)
                .is_some_and(|pair| self.pairs.contains(&pair))
            {
                found[at - 1] = true;
                found[at] = true;
            }
        }
        found
    }
}

/// Returns which tokens belong to a number that may be called.
fn numbers(tokens: &[&str]) -> Vec<bool> {
    let is_part = |token: &str| {
        let token = token.trim_end_matches([',', ';', '.']);
        let digits = token.contains(|c: char| c.is_ascii_digit());
        let only = |c: char| c.is_ascii_digit() || matches!(c, '+' | '-' | '(' | ')' | '.');
        digits && token.chars().all(only) && token.parse::<Date>().is_err()
    };
    let mut found = vec![false; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        let run = tokens[at..]
            .iter()
            .take_while(|token| is_part(token))
            .count();
        let digits = tokens[at..at + run]
            .iter()
            .flat_map(|token| token.chars())
            .filter(char::is_ascii_digit)
            .count();
        if digits >= DIGITS_MIN {
            found[at..at + run].fill(true);
        }
        at += run.max(1);
    }
    found
}

/// Returns the words of a text; one letter alone is none.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| word.chars().nth(1).is_some())
}
