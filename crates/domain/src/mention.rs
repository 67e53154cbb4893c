//! How texts name people, and how a text reads without a name.

mod spelled;

use std::collections::HashSet;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use crate::fold::is_silent;
use crate::name::{PersonName, surname_forms};
use crate::{fold, fold_key, linkedin_key};
use spelled::{Spelled, spellings};

/// What stands where somebody was named.
pub const FORGOTTEN: &str = "(forgotten)";

/// Titles that a text may put before a surname, whatever title is stored.
const TITLES: [&str; 9] = [
    "Dr.",
    "Dr",
    "Doctor",
    "Prof.",
    "Prof",
    "Professor",
    "Mr.",
    "Ms.",
    "Mrs.",
];

/// What may stand between given names and surname, in file names for instance.
/// Hyphens and the like are blanks here (see [`Spelled`]).
const JOINTS: [&str; 2] = [" ", "."];

/// An address shorter than this is too likely to stand in other words.
const ADDRESS_MIN: usize = 6;

/// A value shorter than this is not looked for in what was noted about a change.
const VALUE_MIN: usize = 3;

/// Bytes of forms up to which the quick automaton is built: some megabytes.
const QUICK_MAX: usize = 16 * 1024;

/// The names and addresses by which texts may name somebody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Every name that was ever stored.
    pub names: Vec<PersonName>,
    /// E-mail addresses, telephones, profiles.
    pub addresses: Vec<String>,
}

/// Finds the ways in which texts name people, unless they may as well mean
/// somebody else.
///
/// A whole name, a title with the surname, and an address are such ways, in
/// whatever case and with whatever signs for accents, apostrophes and hyphens. A
/// surname alone is not: "Long" is a word, and "Rao" may be another.
///
/// ```
/// use domain::{Mentions, Named, PersonName};
///
/// let asha = Named { names: vec![PersonName::parse("Dr. Asha Rao")], addresses: vec![] };
/// let mentions = Mentions::of(&[asha], &[]);
/// assert_eq!(
///     mentions.without("Lunch with Asha Rao; Dr. Rao paid.").as_deref(),
///     Some("Lunch with (forgotten); (forgotten) paid.")
/// );
/// assert_eq!(mentions.without("Rao was late"), None);
/// ```
#[derive(Clone, Debug)]
pub struct Mentions {
    forms: HashSet<String>,
    names: Option<AhoCorasick>,
    surnames: Option<AhoCorasick>,
    /// Addresses of those who stay, folded: they mean nobody else.
    addresses: HashSet<String>,
}

impl Mentions {
    /// Returns what finds `gone` in texts, where everybody in `staying` can be
    /// meant by texts too.
    pub fn of(gone: &[Named], staying: &[Named]) -> Self {
        let others = Others::of(staying);
        let mut forms = HashSet::new();
        let mut surnames = HashSet::new();
        for named in gone {
            for name in &named.names {
                add_forms(name, &others, &mut forms);
                for family in surname_forms(&name.family) {
                    surnames.extend(spellings(family));
                }
            }
            let addresses = named.addresses.iter().map(|address| address.trim());
            let of_nobody_else = addresses
                .filter(|it| it.len() >= ADDRESS_MIN && !others.addresses.contains(&fold(it)));
            for address in of_nobody_else {
                forms.extend(spellings(address));
                add_profile_forms(address, &others, &mut forms);
            }
        }
        Self {
            names: automaton(&forms),
            surnames: automaton(&surnames),
            forms,
            addresses: others.addresses,
        }
    }

    /// Returns what finds these values, the long ones at least, beside all that
    /// `self` finds: for a line which tells what was done to somebody.
    pub fn and_values<'a>(&self, values: impl IntoIterator<Item = &'a str>) -> Self {
        let values = values.into_iter().map(str::trim);
        let kept = values.filter(|value| value.chars().count() >= VALUE_MIN);
        let forms: HashSet<String> = kept
            .flat_map(spellings)
            .chain(self.forms.iter().cloned())
            .collect();
        Self {
            names: automaton(&forms),
            surnames: None,
            forms,
            addresses: HashSet::new(),
        }
    }

    /// Returns whether the text may name one of them; `false` is certain.
    pub fn may_be_in(&self, text: &str) -> bool {
        self.names
            .as_ref()
            .is_some_and(|names| names.is_match(&Spelled::of(text).text))
    }

    /// Returns the text with [`FORGOTTEN`] for each name, or `None` where it
    /// names nobody of them.
    pub fn without(&self, text: &str) -> Option<String> {
        without(self.names.as_ref()?, text)
    }

    /// Returns where the text first names one of them: the byte.
    pub fn name_in(&self, text: &str) -> Option<usize> {
        let found = words_found(self.names.as_ref()?, text);
        found.first().map(|(start, _)| *start)
    }

    /// Returns where the text holds one of their surnames as a word: the byte
    /// at which the first begins. It may mean somebody or something else; in an
    /// address of somebody who stays it means them, and is left out.
    pub fn surname_in(&self, text: &str) -> Option<usize> {
        let found = words_found(self.surnames.as_ref()?, text);
        let mut found = found.into_iter().map(|(start, _)| start);
        found.find(|start| !self.addresses.contains(&fold(word_around(text, *start))))
    }
}

/// How those are named who stay.
#[derive(Default)]
struct Others {
    whole: HashSet<String>,
    short: HashSet<String>,
    surnames: HashSet<String>,
    addresses: HashSet<String>,
    /// What LinkedIn calls them in addresses.
    profiles: HashSet<String>,
}

impl Others {
    fn of(staying: &[Named]) -> Self {
        let mut others = Self::default();
        for named in staying {
            for name in &named.names {
                for family in surname_forms(&name.family) {
                    others.whole.insert(key(&name.given, family));
                    others.short.insert(key(first(&name.given), family));
                    others.surnames.insert(fold_key(family));
                }
            }
            others
                .addresses
                .extend(named.addresses.iter().map(|address| fold(address.trim())));
            let profiles = named.addresses.iter().filter_map(|it| linkedin_key(it));
            others.profiles.extend(profiles);
        }
        others
    }
}

/// Returns a given name and a surname, as they are compared.
fn key(given: &str, family: &str) -> String {
    fold_key(&format!("{given} {family}"))
}

fn first(given: &str) -> &str {
    given.split_whitespace().next().unwrap_or_default()
}

fn add_forms(name: &PersonName, others: &Others, forms: &mut HashSet<String>) {
    for family in surname_forms(&name.family) {
        add_forms_with(name, family, others, forms);
    }
}

fn add_forms_with(name: &PersonName, family: &str, others: &Others, forms: &mut HashSet<String>) {
    if family.chars().count() < 2 {
        return;
    }
    let mut add = |form: String| forms.extend(spellings(&form));
    let whole = |given: &str, add: &mut dyn FnMut(String)| {
        for joint in JOINTS {
            add(format!("{given}{joint}{family}"));
            add(format!("{family}{joint}{given}"));
        }
        add(format!("{family}, {given}"));
    };
    let given = name.given.trim();
    if !given.is_empty() && !others.whole.contains(&key(given, family)) {
        whole(given, &mut add);
        if !others.short.contains(&key(first(given), family)) {
            whole(first(given), &mut add);
            if !name.greet_as.is_empty() {
                add(format!("{} {family}", name.greet_as));
            }
        }
    }
    if !others.surnames.contains(&fold_key(family)) {
        for title in TITLES {
            add(format!("{title} {family}"));
        }
    }
}

/// Adds the ways in which a LinkedIn address is written beside the one that is
/// stored: with and without what stands before the name.
fn add_profile_forms(address: &str, others: &Others, forms: &mut HashSet<String>) {
    let Some(slug) = linkedin_key(address) else {
        return;
    };
    if others.profiles.contains(&slug) {
        return;
    }
    for before in ["https://", "http://", ""] {
        for host in ["www.linkedin.com", "linkedin.com"] {
            forms.extend(spellings(&format!("{before}{host}/in/{slug}")));
        }
    }
}

/// Returns what stands around a place between blanks, without the punctuation
/// of the sentence.
fn word_around(text: &str, at: usize) -> &str {
    let start = text[..at]
        .rfind(char::is_whitespace)
        .map_or(0, |i| text.ceil_char_boundary(i + 1));
    let end = text[at..]
        .find(char::is_whitespace)
        .map_or(text.len(), |i| at + i);
    text[start..end].trim_matches(|c: char| !c.is_alphanumeric() && c != '/')
}

fn automaton(forms: &HashSet<String>) -> Option<AhoCorasick> {
    if forms.is_empty() {
        return None;
    }
    // Of the names of a few people, the automaton that is large and quick; of
    // thousands it would not fit.
    let n_bytes: usize = forms.iter().map(|form| form.len()).sum();
    let kind = (n_bytes <= QUICK_MAX).then_some(AhoCorasickKind::DFA);
    // In order, so that nothing depends on the order of a hash.
    let mut forms: Vec<&String> = forms.iter().collect();
    forms.sort_unstable();
    AhoCorasickBuilder::new()
        .match_kind(MatchKind::LeftmostLongest)
        .kind(kind)
        .build(forms)
        .ok()
}

fn without(automaton: &AhoCorasick, text: &str) -> Option<String> {
    let mut out = String::new();
    let mut from = 0;
    for (start, end) in words_found(automaton, text) {
        out.push_str(&text[from..start]);
        out.push_str(FORGOTTEN);
        from = end;
    }
    if from == 0 {
        return None;
    }
    out.push_str(&text[from..]);
    Some(out)
}

/// Returns where forms stand in a text that are not part of a longer word: from
/// and to which byte of the text as it is.
fn words_found(automaton: &AhoCorasick, text: &str) -> Vec<(usize, usize)> {
    let spelled = Spelled::of(text);
    if !automaton.is_match(&spelled.text) {
        return Vec::new();
    }
    let places = spelled.places(text);
    let found = automaton.find_iter(&spelled.text);
    let found = found.filter_map(|found| {
        let (start, end) = (found.start(), found.end());
        let is_letter_cut =
            |at: usize| at > 0 && places.get(at).is_some_and(|place| *place == places[at - 1]);
        if is_letter_cut(start) || is_letter_cut(end) {
            return None;
        }
        let start = places[start];
        let mut rest = text[places[end - 1]..].char_indices();
        rest.next();
        let next = rest.find(|(_, c)| !is_silent(*c));
        let end = next.map_or(text.len(), |(at, _)| places[end - 1] + at);
        let before = text[..start].chars().rev().find(|c| !is_silent(*c));
        let joins = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        (!joins(before) && !joins(next.map(|(_, c)| c))).then_some((start, end))
    });
    found.collect()
}
