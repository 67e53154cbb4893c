//! How alike two names are, and by what.

use std::borrow::Cow;

use super::nicknames::{are_in_one_group, groups_of};
use super::words::{is_particle, is_suffix, is_typo, plain_spelling};
use crate::{PersonName, fold_key};

/// How alike two names are. None of it says that they are one person's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameLikeness {
    /// The same words, once accents, case and punctuation are gone.
    Same,
    /// One of them says more: a middle name or its letter, a particle between
    /// two surnames.
    Fuller,
    /// Alike in one way that only hints at one person.
    Hint(NameHint),
    /// They do not go together.
    Different,
}

/// A way in which names of one person may differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameHint {
    /// An initial stands for the given name.
    Initial,
    /// A short form, or the same name in another language.
    Nickname,
    /// Another spelling of the same sounds: ue for ü.
    Spelling,
    /// One letter of the given name differs.
    GivenTypo,
    /// One letter of the surname differs.
    FamilyTypo,
    /// One goes by what is a middle name of the other.
    MiddleName,
    /// A word between given name and surname stands in one only: a second given
    /// name, or a surname.
    FurtherName,
    /// "Jr." or the like stands in one only.
    Suffix,
    /// The same words stand in another order.
    OtherOrder,
    /// The surname of one is the second surname of the other.
    SecondSurname,
    /// The surname of one is a part of the other's: its beginning, a half of a
    /// double name, or all but the particles.
    PartOfSurname,
    /// The surnames differ and the given names are the same, as after a marriage.
    OtherSurname,
    /// One is a given name or a surname only.
    OneName,
}

impl NameHint {
    /// Returns how the names differ, as words after "same address, ".
    pub fn words(self) -> &'static str {
        match self {
            Self::Initial => "an initial for the given name",
            Self::Nickname => "a short or other form of the given name",
            Self::Spelling => "another spelling of the name",
            Self::GivenTypo => "one letter of the given name differs",
            Self::FamilyTypo => "one letter of the surname differs",
            Self::MiddleName => "one goes by a middle name",
            Self::FurtherName => "a further name in one only",
            Self::Suffix => "\"Jr.\" or the like in one only",
            Self::OtherOrder => "the same words in another order",
            Self::SecondSurname => "the second surname only",
            Self::PartOfSurname => "a part of the surname in one only",
            Self::OtherSurname => "another surname",
            Self::OneName => "only a part of the name",
        }
    }
}

/// A name taken apart for comparing. Make it once where one name is compared
/// with many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NameParts {
    /// Given names.
    given: Vec<String>,
    /// Other given names, in brackets or quotation marks.
    also: Vec<String>,
    /// Surnames without their particles.
    family: Vec<String>,
    /// The surname with its particles, in one word.
    compact: String,
    hyphenated: bool,
    suffix: String,
}

impl NameParts {
    /// Returns the parts of a name.
    pub fn of(name: &PersonName) -> Self {
        let mut parts = Self::default();
        for word in name.given.split_whitespace() {
            let is_aside = word.starts_with(['(', '"', '“', '‘', '\'', '«']);
            let words = split(word).into_iter();
            if is_aside && !parts.given.is_empty() {
                parts.also.extend(words);
            } else {
                parts.given.extend(words);
            }
        }
        let mut family = joined_prefixes(split(&name.family));
        // A suffix that stands in the surname's column is no surname.
        while family.len() > 1 && family.last().is_some_and(|word| is_suffix(word)) {
            parts.suffix = family.pop().unwrap_or_default();
        }
        parts.compact = family.concat();
        parts.hyphenated = name.family.contains(['-', '‐', '–']);
        let core: Vec<String> = family.iter().filter(|w| !is_particle(w)).cloned().collect();
        parts.family = if core.is_empty() { family } else { core };
        if !name.suffix.is_empty() {
            parts.suffix = fold_key(&name.suffix);
        }
        parts.suffix = match parts.suffix.as_str() {
            "junior" | "ii" => "jr".to_owned(),
            "senior" => "sr".to_owned(),
            other => other.to_owned(),
        };
        parts
    }

    /// Returns the keys under which names that may be alike are found together:
    /// given names with surnames, without the letters in which spellings differ,
    /// in the order of the alphabet; and the groups of given names with surnames.
    /// Initials have [`NameParts::initial_keys`].
    pub(crate) fn keys(&self) -> Vec<String> {
        let given: Vec<String> = self.given.iter().map(|w| plain_spelling(w)).collect();
        let family: Vec<String> = self.family.iter().map(|w| plain_spelling(w)).collect();
        let mut keys = Vec::new();
        if let (Some(first), true) = (given.first(), family.is_empty()) {
            keys.push(first.clone());
        }
        if let (Some(first), true) = (family.first(), given.is_empty()) {
            keys.push(first.clone());
        }
        if let Some(first) = given.first() {
            // A second given name is a surname in other files.
            keys.extend(
                given[1..]
                    .iter()
                    .filter(|w| !is_letter(w))
                    .map(|w| pair(first, w)),
            );
            // "de la Cruz" is "Delacruz" elsewhere.
            keys.push(pair(first, &plain_spelling(&self.compact)));
        }
        for surname in &family {
            keys.extend(given.iter().take(2).map(|word| pair(word, surname)));
            for name in self.given.iter().take(2).chain(&self.also) {
                keys.extend(
                    groups_of(name)
                        .iter()
                        .map(|group| format!("{group} {surname}")),
                );
            }
            keys.extend(
                self.also
                    .iter()
                    .map(|word| pair(&plain_spelling(word), surname)),
            );
        }
        keys.sort();
        keys.dedup();
        keys
    }

    /// Returns the first letter of the given name with every surname.
    pub(crate) fn initial_keys(&self) -> Vec<String> {
        let Some(letter) = self.given.first().and_then(|word| word.chars().next()) else {
            return Vec::new();
        };
        let surnames = self.family.iter();
        surnames
            .map(|word| format!("{letter} {}", plain_spelling(word)))
            .collect()
    }

    /// Returns whether the given name is an initial only.
    pub(crate) fn is_initial(&self) -> bool {
        self.given.first().is_some_and(|first| is_letter(first))
    }

    /// Returns the first given name and the first surname, folded.
    pub(crate) fn anchors(&self) -> (Option<&str>, Option<&str>) {
        (
            self.given.first().map(String::as_str),
            self.family.first().map(String::as_str),
        )
    }

    /// Returns whether both have the same surname.
    pub(crate) fn has_surname_of(&self, other: &Self) -> bool {
        !self.family.is_empty() && families(self, other) == NameLikeness::Same
    }

    /// Returns whether there is nothing to compare.
    pub(crate) fn is_empty(&self) -> bool {
        self.given.is_empty() && self.family.is_empty()
    }

    /// Moves a second given name to the surnames where `other` has it there:
    /// files split "Ana García López" in different places.
    fn split_like<'a>(&'a self, other: &Self) -> Cow<'a, Self> {
        let Some(first) = other.family.first() else {
            return Cow::Borrowed(self);
        };
        let Some(at) = self.given.iter().skip(1).position(|word| word == first) else {
            return Cow::Borrowed(self);
        };
        let mut moved = self.clone();
        let mut family = moved.given.split_off(at + 1);
        moved.compact = format!("{}{}", family.concat(), self.compact);
        family.append(&mut moved.family);
        moved.family = family;
        Cow::Owned(moved)
    }
}

/// Returns how alike two names are.
///
/// ```
/// use domain::{NameHint, NameLikeness, NameParts, PersonName, likeness};
///
/// let of = |text: &str| NameParts::of(&PersonName::parse(text));
/// assert_eq!(likeness(&of("NÚÑEZ, Lucía"), &of("Lucia Nunez")), NameLikeness::Same);
/// assert_eq!(likeness(&of("John A. Smith"), &of("John Smith")), NameLikeness::Fuller);
/// let bob = likeness(&of("Bob Smith"), &of("Robert Smith, MD"));
/// assert_eq!(bob, NameLikeness::Hint(NameHint::Nickname));
/// assert_eq!(likeness(&of("John A. Smith"), &of("John B. Smith")), NameLikeness::Different);
/// ```
pub fn likeness(a: &NameParts, b: &NameParts) -> NameLikeness {
    if a.is_empty() || b.is_empty() {
        return NameLikeness::Different;
    }
    let straight = straight(a, b);
    // "Smith-Jones" and "Jones-Smith" are no other surname, but another order.
    if !matches!(
        straight,
        NameLikeness::Different | NameLikeness::Hint(NameHint::OtherSurname)
    ) {
        return straight;
    }
    let is_swapped = !a.given.is_empty()
        && !b.given.is_empty()
        && letters(&a.given).eq(letters(&b.family))
        && a.compact.chars().eq(letters(&b.given));
    if is_swapped || have_the_same_words(a, b) {
        NameLikeness::Hint(NameHint::OtherOrder)
    } else {
        straight
    }
}

/// Returns whether two names are the same words in another order, whatever
/// counts as a particle in them: "Nguyễn Văn An" is "An Van Nguyen" elsewhere.
fn have_the_same_words(a: &NameParts, b: &NameParts) -> bool {
    fn words(parts: &NameParts) -> Vec<&String> {
        let all = parts.given.iter().chain(&parts.family);
        let mut words: Vec<&String> = all.filter(|word| !is_particle(word)).collect();
        words.sort_unstable();
        words
    }
    let is_whole = |parts: &NameParts| !parts.given.is_empty() && !parts.family.is_empty();
    a.suffix == b.suffix && is_whole(a) && is_whole(b) && words(a) == words(b)
}

/// Returns the letters of some words, one after the other.
fn letters(words: &[String]) -> impl Iterator<Item = char> {
    words.iter().flat_map(|word| word.chars())
}

fn straight(a: &NameParts, b: &NameParts) -> NameLikeness {
    let is_split_otherwise = a.given != b.given
        && letters(&a.given)
            .chain(letters(&a.family))
            .eq(letters(&b.given).chain(letters(&b.family)));
    let found = if is_split_otherwise {
        // The same letters, split at another place: "O Malley" is "O'Malley".
        NameLikeness::Same
    } else {
        parts_likeness(&a.split_like(b), &b.split_like(a))
    };
    match (a.suffix.as_str(), b.suffix.as_str()) {
        (x, y) if x == y => found,
        ("", _) | (_, "") => match found {
            NameLikeness::Same | NameLikeness::Fuller => NameLikeness::Hint(NameHint::Suffix),
            other => other,
        },
        // Father and son.
        _ => NameLikeness::Different,
    }
}

fn parts_likeness(a: &NameParts, b: &NameParts) -> NameLikeness {
    use NameLikeness::{Different, Fuller, Hint, Same};
    match (givens(a, b), families(a, b)) {
        (Same, Same) => Same,
        (Same | Fuller, Same | Fuller) => Fuller,
        // One slip or habit at a time; two of them are two people.
        (Hint(NameHint::Spelling), Hint(NameHint::Spelling)) => Hint(NameHint::Spelling),
        (Hint(hint), Same | Fuller | Hint(NameHint::PartOfSurname))
        | (Same | Fuller, Hint(hint)) => Hint(hint),
        (Same, Different) if a.given.first().is_some_and(|word| !is_letter(word)) => {
            Hint(NameHint::OtherSurname)
        }
        _ => Different,
    }
}

fn givens(a: &NameParts, b: &NameParts) -> NameLikeness {
    use NameLikeness::{Different, Fuller, Hint, Same};
    let (x, y) = (&a.given, &b.given);
    let (Some(first), Some(other)) = (x.first(), y.first()) else {
        return match x.is_empty() && y.is_empty() {
            true => Same,
            false => Hint(NameHint::OneName),
        };
    };
    if x == y || letters(x).eq(letters(y)) {
        return Same;
    }
    if first == other {
        if !middles_agree(&x[1..], &y[1..]) {
            return Different;
        }
        let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
        // "Juan" may be another than "Juan Carlos", and "Rafael Ibarra Montes" a
        // Mr. Ibarra. A letter for a middle name is a habit.
        let is_word = |word: &String| !is_letter(word) && !short.contains(word);
        let is_further = long.len() > short.len() && long[1..].iter().any(is_word);
        return match is_further {
            true => Hint(NameHint::FurtherName),
            false => Fuller,
        };
    }
    if is_letter(first) || is_letter(other) {
        let (letter, whole, rest) = if is_letter(first) {
            (first, other, &x[1..])
        } else {
            (other, first, &y[1..])
        };
        // "J. Robert Smith" goes by Robert.
        if rest.first().is_some_and(|word| word == whole) {
            return Hint(NameHint::MiddleName);
        }
        return match whole.starts_with(letter.as_str()) && middles_agree(&x[1..], &y[1..]) {
            true => Hint(NameHint::Initial),
            false => Different,
        };
    }
    if plain_spelling(first) == plain_spelling(other) {
        return Hint(NameHint::Spelling);
    }
    let names = |parts: &NameParts| -> Vec<String> {
        parts
            .given
            .iter()
            .take(1)
            .chain(&parts.also)
            .cloned()
            .collect()
    };
    let is_nickname = |(x, y): (&String, &String)| x == y || are_in_one_group(x, y);
    let pairs = |xs: Vec<String>, ys: Vec<String>| {
        xs.iter().any(|x| ys.iter().any(|y| is_nickname((x, y))))
    };
    if pairs(names(a), names(b)) {
        return match middles_agree(&x[1..], &y[1..]) {
            true => Hint(NameHint::Nickname),
            false => Different,
        };
    }
    if x[1..].contains(other) || y[1..].contains(first) {
        return Hint(NameHint::MiddleName);
    }
    // Hardly anybody slips at the first letter; Asha and Usha are two people.
    let begins_alike = first.chars().next() == other.chars().next();
    if begins_alike && is_typo(first, other) && middles_agree(&x[1..], &y[1..]) {
        return Hint(NameHint::GivenTypo);
    }
    Different
}

/// Returns whether the middle names of one can be those of the other: the
/// shorter list stands in the longer one, letters for words.
fn middles_agree(a: &[String], b: &[String]) -> bool {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    short.iter().all(|word| {
        rest.any(|other| {
            word == other
                || (is_letter(word) && other.starts_with(word.as_str()))
                || (is_letter(other) && word.starts_with(other.as_str()))
                || is_typo(word, other)
        })
    })
}

fn families(a: &NameParts, b: &NameParts) -> NameLikeness {
    use NameLikeness::{Different, Fuller, Hint, Same};
    let (x, y) = (&a.family, &b.family);
    if x.is_empty() || y.is_empty() {
        return match x.is_empty() && y.is_empty() {
            true => Same,
            false => Hint(NameHint::OneName),
        };
    }
    if a.compact == b.compact {
        return Same;
    }
    // "Ramírez y Ortega" is whole without the particle; "de la Cruz" is not.
    if x == y && x.len() > 1 {
        return Fuller;
    }
    if x.starts_with(y) || y.starts_with(x) {
        return Hint(NameHint::PartOfSurname);
    }
    let last_of = |long: &NameParts, short: &[String]| {
        long.family.len() > short.len() && long.family.ends_with(short)
    };
    if last_of(a, y) || last_of(b, x) {
        let long = if x.len() > y.len() { a } else { b };
        return Hint(match long.hyphenated {
            true => NameHint::PartOfSurname,
            false => NameHint::SecondSurname,
        });
    }
    let plain = |words: &[String]| words.iter().map(|w| plain_spelling(w)).collect::<Vec<_>>();
    let (p, q) = (plain(x), plain(y));
    if p == q || plain_spelling(&a.compact) == plain_spelling(&b.compact) {
        return Hint(NameHint::Spelling);
    }
    if is_typo(&a.compact, &b.compact) || (x.len() == 1 && y.len() == 1 && is_typo(&x[0], &y[0])) {
        return Hint(NameHint::FamilyTypo);
    }
    Different
}

fn is_letter(word: &str) -> bool {
    word.chars().count() == 1
}

fn split(text: &str) -> Vec<String> {
    fold_key(text)
        .split(' ')
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Joins "st cyr", "saint cyr", "o brien" and "mc donald" to one word each.
fn joined_prefixes(words: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::with_capacity(words.len());
    let mut prefix: Option<&str> = None;
    for word in words {
        let opens = match word.as_str() {
            "st" | "saint" => Some("saint"),
            "ste" | "sainte" => Some("sainte"),
            "o" => Some("o"),
            "mc" => Some("mc"),
            "mac" => Some("mac"),
            _ => None,
        };
        match (prefix.take(), opens) {
            (Some(before), _) => joined.push(format!("{before}{word}")),
            (None, Some(_)) => prefix = opens,
            (None, None) => joined.push(word),
        }
    }
    // "de la O" is a surname of its own.
    joined.extend(prefix.map(str::to_owned));
    joined
}

fn pair(a: &str, b: &str) -> String {
    let (x, y) = if a <= b { (a, b) } else { (b, a) };
    format!("{x} {y}")
}
