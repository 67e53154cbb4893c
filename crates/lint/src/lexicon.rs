//! The words and patterns that the rules know, compiled once from `data/`.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

use crate::pattern::{self, Frame, Names, Sets};

/// Classes that depend on the message, and are filled by the analysis.
pub(crate) mod computed {
    /// A number in digits or words.
    pub(crate) const NUMBER: u16 = 0;
    /// A capital letter at the start, but not of the sentence.
    pub(crate) const CAPITAL: u16 = 1;
    /// An address of a page or mailbox.
    pub(crate) const ADDRESS: u16 = 2;
    /// A word of the recipient's institution.
    pub(crate) const INSTITUTION: u16 = 3;
    /// A word of the recipient's name.
    pub(crate) const RECIPIENT: u16 = 4;

    /// A capital letter inside the sentence, and no state, country or term.
    pub(crate) const PLACE: u16 = 5;

    /// A capital letter inside the sentence that may begin a person's name: no
    /// short form such as HCC, and no month of a date.
    pub(crate) const NAME: u16 = 6;

    /// Names in patterns, in the order of the numbers.
    pub(crate) const NAMES: [&str; 7] = [
        "num",
        "cap",
        "address",
        "institution",
        "recipient",
        "place",
        "name",
    ];
}

const WORDS: &str = include_str!("../data/words.txt");
/// Pattern files by theme, each with the name under which it is reported.
const PATTERNS: &[(&str, &str)] = &[
    ("letters.txt", include_str!("../data/letters.txt")),
    ("asks.txt", include_str!("../data/asks.txt")),
    ("match.txt", include_str!("../data/match.txt")),
    ("exaggeration.txt", include_str!("../data/exaggeration.txt")),
    ("patients.txt", include_str!("../data/patients.txt")),
    ("requests.txt", include_str!("../data/requests.txt")),
    ("conduct.txt", include_str!("../data/conduct.txt")),
    ("tone.txt", include_str!("../data/tone.txt")),
];
const REAL_WORDS: &str = include_str!("../data/real-words.txt");

/// Shortest key word of which a slip of the pen is recognised.
const SLIP_FROM: usize = 5;
/// Shortest key word that may have two slips.
const TWO_SLIPS_FROM: usize = 8;

/// Hashes words by FNV-1a: they are the program's own, and looked up a dozen
/// times for each word of a message.
#[derive(Clone, Copy)]
struct WordHasher(u64);

impl Default for WordHasher {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

type Words<K, V> = HashMap<K, V, BuildHasherDefault<WordHasher>>;

/// Everything that the rules know about words.
pub(crate) struct Lexicon {
    groups: Words<&'static str, Vec<Frame>>,
    /// Sets that contain a word.
    by_word: Words<String, Vec<u16>>,
    /// By its first three letters, a beginning and the sets that contain every
    /// word with it.
    by_beginning: Words<String, Vec<(String, Vec<u16>)>>,
    /// Words that are no slips of key words.
    real_words: HashSet<&'static str, BuildHasherDefault<WordHasher>>,
    /// Key words of which slips are known, by first letter and length, each with
    /// the letters that are in it.
    slips: Words<(u8, usize), Vec<(u32, String)>>,
    n_sets: usize,
    /// States, countries and terms that begin with a capital letter.
    wide_names: HashSet<String>,
}

static LEXICON: LazyLock<Lexicon> =
    LazyLock::new(|| Lexicon::build().expect("the embedded words and patterns compile"));

/// Returns the compiled words and patterns.
pub(crate) fn lexicon() -> &'static Lexicon {
    &LEXICON
}

impl Lexicon {
    fn build() -> Result<Self, String> {
        let mut sets = Sets::default();
        let mut names = Names::default();
        for name in computed::NAMES {
            let set = sets.intern(vec![format!("@{name}")]);
            names.computed.insert(name.to_owned(), set);
        }
        read_words(&mut names)?;
        let mut groups: Words<&'static str, Vec<Frame>> = Words::default();
        let mut wrong = Vec::new();
        for (file, text) in PATTERNS {
            let mut group = "";
            for (number, line) in text.lines().enumerate() {
                let line = line.trim();
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                    group = name;
                    groups.entry(name).or_default();
                    continue;
                }
                match pattern::compile(line, &names, &mut sets) {
                    Ok(compiled) => groups.entry(group).or_default().push(compiled),
                    Err(e) => wrong.push(format!("{file}, line {}: {e}", number + 1)),
                }
            }
        }
        if !wrong.is_empty() {
            return Err(wrong.join("\n"));
        }
        let wide = names.classes.remove("state_name").unwrap_or_default();
        Ok(Self::index(groups, &sets, wide))
    }

    fn index(
        groups: Words<&'static str, Vec<Frame>>,
        sets: &Sets,
        wide_names: Vec<String>,
    ) -> Self {
        let mut by_word: Words<String, Vec<u16>> = Words::default();
        let mut by_beginning: HashMap<String, Vec<u16>> = HashMap::new();
        for (set, members) in (0u16..).zip(&sets.members) {
            for member in members {
                match member.strip_suffix('*') {
                    Some(stem) => by_beginning.entry(stem.to_owned()).or_default().push(set),
                    None => by_word.entry(member.clone()).or_default().push(set),
                }
            }
        }
        let mut stems: Words<String, Vec<(String, Vec<u16>)>> = Words::default();
        for (stem, sets) in by_beginning {
            if let Some(key) = stem.get(..3) {
                stems.entry(key.to_owned()).or_default().push((stem, sets));
            }
        }
        let mut slips: Words<(u8, usize), Vec<(u32, String)>> = Words::default();
        for word in by_word.keys() {
            if word.len() >= SLIP_FROM && word.bytes().all(|b| b.is_ascii_lowercase()) {
                slips
                    .entry((word.as_bytes()[0], word.len()))
                    .or_default()
                    .push((letters(word), word.clone()));
            }
        }
        Self {
            groups,
            by_word,
            by_beginning: stems,
            real_words: REAL_WORDS
                .lines()
                .filter(|l| !l.starts_with('#'))
                .flat_map(str::split_whitespace)
                .collect(),
            slips,
            n_sets: sets.members.len(),
            wide_names: wide_names.into_iter().collect(),
        }
    }

    /// Returns the number of word sets.
    pub(crate) fn n_sets(&self) -> usize {
        self.n_sets
    }

    /// Returns the patterns of a group, or none for a name that is not there.
    pub(crate) fn group(&self, name: &str) -> &[Frame] {
        let group = self.groups.get(name);
        debug_assert!(
            group.is_some()
                || ["-not", "-plain", "-sure"]
                    .iter()
                    .any(|end| name.ends_with(end)),
            "no group {name} in the data"
        );
        group.map_or(&[], Vec::as_slice)
    }

    /// Returns whether a capitalised word is no place smaller than a state.
    pub(crate) fn is_wide_name(&self, word: &str) -> bool {
        self.wide_names.contains(word)
    }

    /// Calls `add` with every set that contains the folded word, and returns
    /// whether there is any.
    pub(crate) fn sets_of(&self, word: &str, mut add: impl FnMut(u16)) -> bool {
        let mut known = false;
        if let Some(sets) = self.by_word.get(word) {
            known = true;
            sets.iter().copied().for_each(&mut add);
        }
        let stems = word.get(..3).and_then(|key| self.by_beginning.get(key));
        for (stem, sets) in stems.into_iter().flatten() {
            if word.starts_with(stem.as_str()) {
                known = true;
                sets.iter().copied().for_each(&mut add);
            }
        }
        known
    }

    /// Returns the key word of which an unknown word is a slip: one letter
    /// wrong, missing, doubled or swapped, or two in a key word of eight or more.
    pub(crate) fn slip_of(&self, word: &str) -> Option<&str> {
        if word.len() < SLIP_FROM - 1
            || !word.bytes().all(|b| b.is_ascii_lowercase())
            || self.real_words.contains(word)
            || word
                .strip_suffix('s')
                .is_some_and(|w| self.real_words.contains(w))
        {
            return None;
        }
        let first = word.as_bytes()[0];
        let own = letters(word);
        let mut best: Option<(usize, &str)> = None;
        for len in word.len().saturating_sub(2)..=word.len() + 2 {
            for (letters, key) in self.slips.get(&(first, len)).into_iter().flatten() {
                // Each slip takes away, adds or swaps at most two letters.
                let most = slips_in(key);
                if (own ^ letters).count_ones() as usize > 2 * most
                    || word.len().abs_diff(len) > most
                {
                    continue;
                }
                let distance = edits(word, key);
                if distance <= most && best.is_none_or(|b| (distance, key.as_str()) < b) {
                    best = Some((distance, key));
                }
            }
        }
        best.map(|(_, key)| key)
    }
}

/// Returns which letters are in a word, a bit each.
fn letters(word: &str) -> u32 {
    word.bytes()
        .filter(u8::is_ascii_lowercase)
        .fold(0, |bits, b| bits | 1 << (b - b'a'))
}

fn slips_in(key: &str) -> usize {
    if key.len() >= TWO_SLIPS_FROM { 2 } else { 1 }
}

/// Returns the number of letters to change, add, drop or swap.
pub(crate) fn edits(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0usize; b.len() + 1]; a.len() + 1];
    for (i, row) in rows.iter_mut().enumerate() {
        row[0] = i;
    }
    for (j, cell) in rows[0].iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        for j in 1..=b.len() {
            let change = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = change.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            rows[i][j] = least;
        }
    }
    rows[a.len()][b.len()]
}

/// Reads `name: words` and `name = pattern` lines; both may go on in lines
/// that begin with blanks.
fn read_words(names: &mut Names) -> Result<(), String> {
    let mut entries: Vec<String> = Vec::new();
    for line in WORDS.lines() {
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        match entries.last_mut() {
            Some(entry) if line.starts_with(' ') => {
                entry.push(' ');
                entry.push_str(line.trim());
            }
            _ => entries.push(line.trim().to_owned()),
        }
    }
    for entry in entries {
        let colon = entry.find(": ");
        let equals = entry.find(" = ");
        match (colon, equals) {
            (Some(at), None) => {
                let mut words = Vec::new();
                for word in entry[at + 2..].split_whitespace() {
                    match word.strip_prefix('@') {
                        Some(name) => words.extend(
                            names
                                .classes
                                .get(name)
                                .ok_or_else(|| format!("words.txt: no class \"{name}\" yet"))?
                                .clone(),
                        ),
                        None => words.extend(pattern::inflections(word)),
                    }
                }
                names.classes.insert(entry[..at].to_owned(), words);
            }
            (None, Some(at)) => {
                let text = entry[at + 3..].to_owned();
                names.phrases.insert(entry[..at].to_owned(), text);
            }
            _ => return Err(format!("words.txt: neither class nor phrase: \"{entry}\"")),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_embedded_words_and_patterns_compile() {
        if let Err(wrong) = super::Lexicon::build() {
            panic!("{wrong}");
        }
    }
}
