//! Who may be meant by a name that somebody typed.

use std::collections::{BTreeSet, HashMap};

use domain::{PersonId, PersonName, fold_key};
use jiff::civil::Date;
use unicode_normalization::UnicodeNormalization;

/// How well a typed name fits a stored one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Closeness {
    /// Every typed word is a word of the name.
    Exact,
    /// Initials stand for words of the name.
    Initials,
    /// A word is the beginning of a word of the name.
    Part,
    /// One word differs by a slip of the fingers.
    Typo,
}

/// Somebody who may be meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Who it is.
    pub id: PersonId,
    /// The stored name.
    pub name: PersonName,
    /// How well the typed name fits.
    pub closeness: Closeness,
}

/// Finds the people who may be meant by a typed name.
pub trait NameLookup {
    /// Returns everybody whom the text fits best: all exact fits where there is
    /// one, else all fits by initials, else all fits by the beginning of a word,
    /// else all fits by one slip. Two or more answers mean that the text names
    /// nobody in particular.
    fn candidates(&self, name: &str) -> Vec<Candidate>;

    /// Returns whether the text is somebody's name, or a part of it, word for
    /// word or with initials.
    fn knows(&self, name: &str) -> bool {
        self.candidates(name)
            .iter()
            .any(|c| matches!(c.closeness, Closeness::Exact | Closeness::Initials))
    }

    /// Returns the editions of events by whose days a line may be told ("SIR
    /// Monday"); none where none are known.
    fn events(&self) -> &[EventDays] {
        &[]
    }
}

/// The days of one edition of a conference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EventDays {
    /// The short name ("SIR").
    pub name: String,
    /// The name of the edition ("SIR 2026").
    pub edition: String,
    /// Its first day.
    pub first_day: Date,
    /// Its last day.
    pub last_day: Date,
}

/// Nobody is known.
impl NameLookup for () {
    fn candidates(&self, _: &str) -> Vec<Candidate> {
        Vec::new()
    }
}

/// The words of one stored name.
#[derive(Clone, Debug)]
struct Entry {
    id: PersonId,
    name: PersonName,
    sorted_words: Vec<String>,
    given: Vec<String>,
    family: Vec<String>,
    /// Words of the given name and of the surname as they are written without
    /// their marks: "mueller".
    given_spelt: Vec<String>,
    family_spelt: Vec<String>,
}

impl Entry {
    /// Returns the words that a typed word may be, of the surname alone or of all.
    fn fitting(&self, is_surname_only: bool) -> Vec<&str> {
        let family = self.family.iter().chain(&self.family_spelt);
        let given = self.given.iter().chain(&self.given_spelt);
        let given = given.filter(|_| !is_surname_only);
        given.chain(family).map(String::as_str).collect()
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.given.iter().chain(&self.family).map(String::as_str)
    }

    fn has_initials(&self, letters: &[char]) -> bool {
        let initials: Vec<char> = self.words().filter_map(|w| w.chars().next()).collect();
        let (Some(first), Some(last)) = (initials.first(), initials.last()) else {
            return false;
        };
        initials.len() > 1 && (initials == letters || letters == [*first, *last])
    }
}

/// A distinct word of names.
#[derive(Clone, Debug)]
struct Word {
    text: String,
    letters: Vec<char>,
    marks: u64,
}

/// Returns a set of the letters, in which different letters may share a mark.
///
/// A letter added or left out changes one mark at most and a letter changed
/// two, so that words whose sets differ by more cannot be within those slips.
fn marks(letters: &[char]) -> u64 {
    let mark = |c: &char| 1_u64 << (u32::from(*c) % u64::BITS);
    letters.iter().map(mark).fold(0, std::ops::BitOr::bitor)
}

/// A [`NameLookup`] over names in memory.
///
/// # Complexity
/// A look-up of a name that fits costs a few hash look-ups; only a name that
/// fits nobody is compared with every distinct word, which stays within a few
/// milliseconds for 10,000 people.
#[derive(Clone, Debug, Default)]
pub struct NameIndex {
    entries: Vec<Entry>,
    by_word: HashMap<String, Vec<usize>>,
    by_initials: HashMap<(char, char), Vec<usize>>,
    /// Distinct words in order, for the search with slips and by the beginning.
    words: Vec<Word>,
    events: Vec<EventDays>,
}

impl NameIndex {
    /// Returns the index of these names.
    pub fn new(people: &[(PersonId, PersonName)]) -> Self {
        let mut index = Self::default();
        for (id, name) in people {
            index.add(*id, name);
        }
        let mut words: Vec<String> = index.by_word.keys().cloned().collect();
        words.sort();
        index.words = words
            .into_iter()
            .map(|text| {
                let letters: Vec<char> = text.chars().collect();
                let marks = marks(&letters);
                Word {
                    text,
                    letters,
                    marks,
                }
            })
            .collect();
        index
    }

    /// Returns the index with events by whose days a line may be told.
    pub fn with_events(mut self, events: Vec<EventDays>) -> Self {
        self.events = events;
        self
    }

    /// Returns the people one of whose words begins with one of these.
    fn beginning(&self, words: &[String]) -> BTreeSet<usize> {
        let mut positions = BTreeSet::new();
        for word in words.iter().filter(|word| is_part(word)) {
            let start = self.words.partition_point(|other| other.text < *word);
            let fitting = self.words[start..]
                .iter()
                .take_while(|other| other.text.starts_with(word.as_str()));
            for other in fitting {
                positions.extend(self.with_word(&other.text));
            }
        }
        positions
    }

    fn add(&mut self, id: PersonId, name: &PersonName) {
        let position = self.entries.len();
        let mut given = split_key(&name.given);
        // What somebody asked to be called counts as a given name.
        for word in split_key(&PersonName::parse(&name.greet_as).plain()) {
            if !given.contains(&word) && !split_key(&name.family).contains(&word) {
                given.push(word);
            }
        }
        let entry = Entry {
            id,
            name: name.clone(),
            sorted_words: sorted(&split_key(&name.key())),
            given,
            family: split_key(&name.family),
            given_spelt: spelt_out(&name.given),
            family_spelt: spelt_out(&name.family),
        };
        let words: BTreeSet<String> = entry
            .fitting(false)
            .into_iter()
            .map(str::to_owned)
            .collect();
        let initials: Vec<char> = entry.words().filter_map(|w| w.chars().next()).collect();
        if let (Some(first), Some(last)) = (initials.first(), initials.last()) {
            let people = self.by_initials.entry((*first, *last)).or_default();
            people.push(position);
        }
        for word in words {
            self.by_word.entry(word).or_default().push(position);
        }
        self.entries.push(entry);
    }

    fn with_word(&self, word: &str) -> &[usize] {
        self.by_word.get(word).map_or(&[], Vec::as_slice)
    }

    fn answer(&self, positions: BTreeSet<usize>, closeness: Closeness) -> Vec<Candidate> {
        positions
            .into_iter()
            .map(|i| Candidate {
                id: self.entries[i].id,
                name: self.entries[i].name.clone(),
                closeness,
            })
            .collect()
    }

    /// Returns the people who have at least one of the words, or a word close
    /// to one of them.
    fn near(&self, words: &[String]) -> BTreeSet<usize> {
        let mut positions = BTreeSet::new();
        for word in words {
            let letters: Vec<char> = word.chars().collect();
            let slips = slips_allowed(letters.len());
            if slips == 0 {
                continue;
            }
            let wanted = marks(&letters);
            for other in &self.words {
                let n_differing = (wanted ^ other.marks).count_ones() as usize;
                if n_differing <= 2 * slips && is_within(&letters, &other.letters, slips) {
                    positions.extend(self.with_word(&other.text));
                }
            }
        }
        positions
    }
}

impl NameIndex {
    /// Returns everybody whom the words name as they stand, else by initials.
    fn by_whole_words(
        &self,
        name: &str,
        words: &[String],
        is_surname_only: bool,
    ) -> Vec<Candidate> {
        if words.is_empty() {
            return Vec::new();
        }
        let with_any: BTreeSet<usize> = words
            .iter()
            .flat_map(|word| self.with_word(word))
            .copied()
            .collect();
        let fitting = |wanted: Closeness| -> BTreeSet<usize> {
            with_any
                .iter()
                .copied()
                .filter(|i| fit(words, &self.entries[*i], is_surname_only) == Some(wanted))
                .collect()
        };
        let exact = fitting(Closeness::Exact);
        if !exact.is_empty() {
            // "Asha Rao" is she and not Asha Rao-Patel, where both are stored.
            let typed_words = sorted(words);
            let whole: BTreeSet<usize> = exact
                .iter()
                .copied()
                .filter(|i| words.len() > 1 && self.entries[*i].sorted_words == typed_words)
                .collect();
            let best = if whole.is_empty() { exact } else { whole };
            return self.answer(best, Closeness::Exact);
        }
        let mut by_initials = fitting(Closeness::Initials);
        if let Some(letters) = initials_of(name)
            && let (Some(first), Some(last)) = (letters.first(), letters.last())
            && let Some(people) = self.by_initials.get(&(*first, *last))
        {
            let fits = people
                .iter()
                .filter(|i| self.entries[**i].has_initials(&letters));
            by_initials.extend(fits);
        }
        self.answer(by_initials, Closeness::Initials)
    }
}

impl NameLookup for NameIndex {
    fn candidates(&self, name: &str) -> Vec<Candidate> {
        let (words, is_surname_only) = typed_words(name);
        let whole = self.by_whole_words(name, &words, is_surname_only);
        if words.is_empty() || !whole.is_empty() {
            return whole;
        }
        let by_part = self.beginning(&words);
        let by_part: BTreeSet<usize> = by_part
            .into_iter()
            .filter(|i| fits_by_part(&words, &self.entries[*i], is_surname_only))
            .collect();
        if !by_part.is_empty() {
            return self.answer(by_part, Closeness::Part);
        }
        let mut with_slips = self.near(&words);
        with_slips
            .retain(|i| fit(&words, &self.entries[*i], is_surname_only) == Some(Closeness::Typo));
        self.answer(with_slips, Closeness::Typo)
    }

    fn knows(&self, name: &str) -> bool {
        let (words, is_surname_only) = typed_words(name);
        !self
            .by_whole_words(name, &words, is_surname_only)
            .is_empty()
    }

    fn events(&self) -> &[EventDays] {
        &self.events
    }
}

/// Returns the words of a typed name, and whether they can only be a surname.
fn typed_words(name: &str) -> (Vec<String>, bool) {
    let typed = PersonName::parse(name);
    let words = split_key(&format!("{} {}", typed.given, typed.family));
    let is_surname_only = !typed.title.is_empty() && typed.given.is_empty();
    (words, is_surname_only)
}

/// Short words in capitals that stand in nearly every note of this field, and
/// are nobody's initials.
const FIELD_WORDS: [&str; 9] = ["AM", "PM", "IR", "DR", "MD", "DO", "PD", "APD", "PGY"];

/// Returns whether a word is one of those that are nobody's initials.
pub(crate) fn is_field_word(word: &str) -> bool {
    FIELD_WORDS.contains(&word)
}

/// Returns the letters of a text such as "AR" or "A.R.", which can only be initials.
pub(crate) fn initials_of(text: &str) -> Option<Vec<char>> {
    let letters: Vec<char> = text.trim().chars().filter(|c| *c != '.').collect();
    if is_field_word(text.trim()) {
        return None;
    }
    let is_initials =
        (2..=3).contains(&letters.len()) && letters.iter().all(char::is_ascii_uppercase);
    is_initials.then(|| letters.iter().map(char::to_ascii_lowercase).collect())
}

fn split_key(text: &str) -> Vec<String> {
    fold_key(text)
        .split_whitespace()
        .map(str::to_owned)
        .collect()
}

/// Returns the words of a name whose marks are written with letters of their
/// own where a keyboard lacks them: "Müller" as "mueller", "Søren" as "soeren".
fn spelt_out(name: &str) -> Vec<String> {
    let mut spelt = String::with_capacity(name.len() + 4);
    for c in name.nfc() {
        match c.to_lowercase().next().unwrap_or(c) {
            'ä' | 'æ' => spelt.push_str("ae"),
            'ö' | 'ø' | 'œ' => spelt.push_str("oe"),
            'ü' => spelt.push_str("ue"),
            'å' => spelt.push_str("aa"),
            'ß' => spelt.push_str("ss"),
            other => spelt.push(other),
        }
    }
    let plain = split_key(name);
    let mut words = split_key(&spelt);
    words.retain(|word| !plain.contains(word));
    words
}

fn sorted(words: &[String]) -> Vec<String> {
    let mut words = words.to_vec();
    words.sort();
    words
}

/// Returns how the typed words fit a stored name, if they do.
///
/// Every word must find its place; one may be a slip, single letters may be
/// initials, and at least one word must stand as it is. A middle initial that
/// the stored name lacks does not count against it.
fn fit(typed: &[String], entry: &Entry, is_surname_only: bool) -> Option<Closeness> {
    let stored = entry.fitting(is_surname_only);
    let mut closeness = Closeness::Exact;
    let mut n_slips = 0;
    let mut n_whole = 0;
    for word in typed {
        if stored.contains(&word.as_str()) {
            n_whole += 1;
            continue;
        }
        let is_letter = word.chars().count() == 1;
        let begins = |long: &str, short: &str| long.starts_with(short);
        if is_letter && typed.len() > 1 {
            if !stored.iter().any(|other| begins(other, word)) && typed.len() < 3 {
                return None;
            }
            closeness = closeness.max(Closeness::Initials);
            continue;
        }
        let is_stored_letter = |other: &&str| other.chars().count() == 1 && begins(word, other);
        if typed.len() > 1 && stored.iter().any(is_stored_letter) {
            closeness = closeness.max(Closeness::Initials);
            continue;
        }
        let letters: Vec<char> = word.chars().collect();
        let slips = slips_allowed(letters.len());
        let is_close = |other: &&str| {
            let other: Vec<char> = other.chars().collect();
            other.len() >= 3 && is_within(&letters, &other, slips)
        };
        if slips == 0 || !stored.iter().any(is_close) {
            return None;
        }
        n_slips += 1;
        closeness = Closeness::Typo;
    }
    let has_anchor = n_whole > 0 || n_slips > 0;
    (n_slips <= 1 && has_anchor).then_some(closeness)
}

/// Returns whether a word is long enough to stand for a longer one.
fn is_part(word: &str) -> bool {
    word.chars().count() >= 3
}

/// Returns whether exactly one typed word is the beginning of a word of the
/// stored name and every other one is a word of it: two beginnings would fit
/// too many people who are somebody else.
fn fits_by_part(typed: &[String], entry: &Entry, is_surname_only: bool) -> bool {
    let stored = entry.fitting(is_surname_only);
    let mut parts = typed.iter().filter(|word| !stored.contains(&word.as_str()));
    let (Some(part), None) = (parts.next(), parts.next()) else {
        return false;
    };
    is_part(part) && stored.iter().any(|word| word.starts_with(part.as_str()))
}

/// Returns how many slips a word of this length may have: short words differ by
/// one letter from too many others.
fn slips_allowed(n_letters: usize) -> usize {
    match n_letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Returns whether one word becomes the other by at most `slips` letters added,
/// left out, changed, or swapped with their neighbour.
fn is_within(a: &[char], b: &[char], slips: usize) -> bool {
    if a.len().abs_diff(b.len()) > slips {
        return false;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = Vec::with_capacity(b.len() + 1);
        row.push(i);
        for j in 1..=b.len() {
            let change = last[j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(last[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(before[j - 2] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|distance| *distance > slips) {
            return false;
        }
        before = std::mem::replace(&mut last, row);
    }
    last[b.len()] <= slips
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn index() -> NameIndex {
        let names = [
            "Dr. Asha Rao",
            "Ben Okafor",
            "Ben Carter",
            "Lucía de la Peña Ibáñez",
            "Jürgen Müller",
            "Priya Venkataraman",
            "Asha Rao-Patel",
            "Sam K. Lee",
        ];
        let people: Vec<(PersonId, PersonName)> = names
            .iter()
            .zip(1..)
            .map(|(name, i)| (PersonId(Uuid::from_u128(i)), PersonName::parse(name)))
            .collect();
        NameIndex::new(&people)
    }

    fn check(typed: &str, wanted: &[&str]) {
        let found = index().candidates(typed);
        let names: Vec<String> = found
            .iter()
            .map(|c| format!("{} {:?}", c.name.plain(), c.closeness))
            .collect();
        assert_eq!(names, wanted, "{typed}");
    }

    #[test]
    fn exact_fits() {
        check("Dr. Rao", &["Asha Rao Exact", "Asha Rao-Patel Exact"]);
        check("Asha Rao", &["Asha Rao Exact"]);
        check("rao asha", &["Asha Rao Exact"]);
        check("Okafor", &["Ben Okafor Exact"]);
        check("ben", &["Ben Okafor Exact", "Ben Carter Exact"]);
        check("Dr. Ben", &[]);
        check("Muller", &["Jürgen Müller Exact"]);
        check("de la Pena", &["Lucía de la Peña Ibáñez Exact"]);
        check("Ben Smith", &[]);
        check("", &[]);
    }

    #[test]
    fn initials() {
        check("B. Okafor", &["Ben Okafor Initials"]);
        check("X. Okafor", &[]);
        check("BO", &["Ben Okafor Initials"]);
        check("SKL", &["Sam K. Lee Initials"]);
        check("SL", &["Sam K. Lee Initials"]);
        check("Ben Q Okafor", &["Ben Okafor Initials"]);
    }

    #[test]
    fn parts_of_a_name() {
        check("Venka", &["Priya Venkataraman Part"]);
        check("Dr. Venkat", &["Priya Venkataraman Part"]);
        check("Ben Cart", &["Ben Carter Part"]);
        check("Sam L", &["Sam K. Lee Initials"]);
        check("Ve", &[]);
        // Two fit, so nobody in particular is named.
        check("Ash", &["Asha Rao Part", "Asha Rao-Patel Part"]);
        // A word that stands whole goes before one that is a beginning.
        check("Lee", &["Sam K. Lee Exact"]);
        // Two beginnings may be somebody else altogether.
        check("Pri Venka", &[]);
    }

    #[test]
    fn slips() {
        check("Ben Okfaor", &["Ben Okafor Typo"]);
        check("Venkatramen", &["Priya Venkataraman Typo"]);
        check("Mueller", &["Jürgen Müller Exact"]);
        check("juergen mueller", &["Jürgen Müller Exact"]);
        check("Rap", &[]);
        check("Bem Okafro", &[]);
    }
}
