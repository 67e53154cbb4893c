//! Names of people: how they are read, shown and compared.

mod degrees;
mod likeness;
mod nicknames;
mod words;

use std::borrow::Cow;

use crate::fold_key;
use degrees::{
    are_credentials, can_be_name, is_name_like_degree, is_written_degree, split_asides, split_bars,
    split_sections,
};
use words::{bare, goes_with_title, is_first_surname, is_particle, is_suffix, title_of};

pub use likeness::{NameHint, NameLikeness, NameParts, likeness};

/// The name of a person, in the parts that matter for greeting and comparing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct PersonName {
    /// "Dr.", "Prof.", "Ms.", "Mr." or empty.
    pub title: String,
    /// Given names, as written.
    pub given: String,
    /// The surname or surnames with their particles, as written.
    pub family: String,
    /// "Jr.", "III" and the like.
    pub suffix: String,
    /// Degrees and memberships, joined by ", ".
    pub credentials: String,
    /// What the person asked to be called, if they did.
    pub greet_as: String,
}

impl PersonName {
    /// Returns the name in a text such as "Dr. Lucía de la Peña, MD" or
    /// "Müller, Jürgen".
    ///
    /// A comma is read as "surname, given names" unless what follows it is a
    /// degree or suffix. One word alone is a surname beside a title or degree, and
    /// a given name otherwise.
    ///
    /// ```
    /// use domain::PersonName;
    ///
    /// let name = PersonName::parse("Dr. Lucía de la Peña Ibáñez, MD, MPH");
    /// assert_eq!((name.title.as_str(), name.given.as_str()), ("Dr.", "Lucía"));
    /// assert_eq!(name.family, "de la Peña Ibáñez");
    /// assert_eq!(name.credentials, "MD, MPH");
    /// assert_eq!(PersonName::parse("Müller, Jürgen").family, "Müller");
    /// assert_eq!(PersonName::parse("Dr. Rao").family, "Rao");
    /// assert_eq!(PersonName::parse("Prof. Dr. med. Hans Müller").given, "Hans");
    /// assert_eq!(PersonName::parse("Asha").given, "Asha");
    /// ```
    pub fn parse(text: &str) -> Self {
        let mut name = Self::default();
        let text = without_marks(text);
        let (text, asides) = split_asides(&text);
        let (text, mut behind) = split_bars(text);
        behind.extend(asides);
        let mut parts = text.split(',').map(str::trim).filter(|p| !p.is_empty());
        let (first, asides) = split_asides(parts.next().unwrap_or_default());
        let mut words: Vec<&str> = first.split_whitespace().collect();
        behind.splice(0..0, asides);
        let mut surname_first = None;
        let mut degrees = Vec::new();
        for part in parts {
            let (part, asides) = split_asides(part);
            behind.extend(asides);
            // "Nguyen, Do" has a given name, "Asha Rao, Do" a degree.
            let is_name = words.len() == 1 && is_name_like_degree(part);
            if is_suffix(part) {
                name.suffix = part.to_owned();
            } else if surname_first.is_none() && (is_name || !are_credentials(part)) {
                surname_first = Some(part);
            } else {
                degrees.push(part);
            }
        }
        degrees.extend(behind);
        if let Some(given) = surname_first {
            name.take_tail(&mut words, [1, 1]);
            name.family = words.join(" ");
            name.given = name.strip_given(given);
        } else {
            name.take_whole(words, !degrees.is_empty());
        }
        for degree in degrees {
            name.add_credentials(degree);
        }
        name
    }

    /// Takes given names and surname out of words in that order.
    fn take_whole(&mut self, mut words: Vec<&str>, has_degree: bool) {
        let titled = self.take_title(&mut words);
        self.take_tail(&mut words, [if titled { 1 } else { 2 }, 1]);
        let has_degree = has_degree || !self.credentials.is_empty() || !self.suffix.is_empty();
        match words.as_slice() {
            [] => {}
            // Nobody is called by the given name and a degree.
            [only] if titled || has_degree => self.family = (*only).to_owned(),
            [only] => self.given = (*only).to_owned(),
            all if !titled && capital_surname(all) > 0 => {
                let split = capital_surname(all);
                self.family = all[..split].join(" ");
                self.given = all[split..].join(" ");
            }
            all => {
                let starts_with_particle = titled && opens_a_surname(all[0]);
                let split = if starts_with_particle {
                    0
                } else {
                    family_start(all)
                };
                self.given = all[..split].join(" ");
                self.family = all[split..].join(" ");
            }
        }
    }

    /// Returns the name whose given and family parts stand in columns of their
    /// own, with degrees and suffixes taken out of both. Where one of them is
    /// empty and the other reads "Müller, Jürgen", that is the whole name.
    ///
    /// ```
    /// let name = domain::PersonName::from_parts("Aoife", "Smith, MD");
    /// assert_eq!((name.family.as_str(), name.credentials.as_str()), ("Smith", "MD"));
    /// ```
    pub fn from_parts(given: &str, family: &str) -> Self {
        let (given, family) = (without_marks(given), without_marks(family));
        for (one, other) in [(&given, &family), (&family, &given)] {
            if other.trim().is_empty() && is_surname_first(one) {
                return Self::parse(one);
            }
        }
        let mut name = Self::default();
        let (given, behind_given) = split_sections(&given);
        let (family, behind_family) = split_sections(&family);
        name.given = name.strip_given(given);
        name.take_sections(behind_given);
        name.family = name.strip_family(family);
        name.take_sections(behind_family);
        name
    }

    fn strip_given(&mut self, given: &str) -> String {
        let mut words: Vec<&str> = given.split_whitespace().collect();
        self.take_title(&mut words);
        // In capitals throughout, "MINH DO" may be two given names.
        let is_shown = given.chars().any(char::is_lowercase);
        self.take_tail(&mut words, [if is_shown { 1 } else { 2 }, 1]);
        words.join(" ")
    }

    fn strip_family(&mut self, family: &str) -> String {
        let mut words: Vec<&str> = family.split_whitespace().collect();
        self.take_title(&mut words);
        self.take_tail(&mut words, [1, 1]);
        words.join(" ")
    }

    fn take_sections(&mut self, sections: Vec<&str>) {
        for section in sections {
            if is_suffix(section) {
                self.suffix = section.to_owned();
            } else {
                self.add_credentials(section);
            }
        }
    }

    /// Takes a leading title off `words`, and says whether there was one.
    fn take_title(&mut self, words: &mut Vec<&str>) -> bool {
        let mut found = false;
        while words.len() > 1 {
            match title_of(words[0]) {
                Some(title) if self.title.is_empty() => self.title = title.to_owned(),
                Some(_) => {}
                // "Prof. Dr. med. Hans Meier", "Mr. & Mrs. Smith".
                None if found && goes_with_title(words[0]) => {}
                None => break,
            }
            words.remove(0);
            found = true;
            // "Dr. med." is one title.
            if words.len() > 1 && bare(words[0]) == "med" {
                words.remove(0);
            }
        }
        found
    }

    /// Takes degrees and suffixes off the end of `words`, of which the first
    /// `n_kept` are names whatever they look like: so many before a degree that
    /// is also a name ("Kim DO"), and so many before any other.
    fn take_tail(&mut self, words: &mut Vec<&str>, n_kept: [usize; 2]) {
        let [n_before_name_like, n_before_degree] = n_kept;
        let mut credentials = Vec::new();
        while let Some((last, before)) = words.split_last() {
            let is_taken = if is_suffix(last) {
                // A single letter behind one name is an initial, not "the Fifth".
                let is_letter = bare(last).len() == 1;
                before.len() >= if is_letter { 2 } else { 1 }
            } else if can_be_name(last) {
                // "VAN DO" is a surname: particles have something behind them.
                before.len() >= n_before_name_like && !before.iter().all(|word| is_particle(word))
            } else {
                before.len() >= n_before_degree
            };
            if !is_taken {
                break;
            }
            if is_suffix(last) {
                self.suffix = (*last).to_owned();
            } else if is_written_degree(last) {
                credentials.push(*last);
            } else {
                break;
            }
            words.pop();
        }
        for credential in credentials.into_iter().rev() {
            self.add_credentials(credential);
        }
    }

    fn add_credentials(&mut self, more: &str) {
        if !self.credentials.is_empty() {
            self.credentials.push_str(", ");
        }
        self.credentials.push_str(more);
    }

    /// Returns the name as a page shows it: title, given names, surname, suffix.
    pub fn display(&self) -> String {
        let parts = [&self.title, &self.given, &self.family, &self.suffix];
        let shown: Vec<&str> = parts
            .into_iter()
            .map(String::as_str)
            .filter(|p| !p.is_empty())
            .collect();
        shown.join(" ")
    }

    /// Returns the name without title: given names, surname, suffix.
    pub fn plain(&self) -> String {
        Self {
            title: String::new(),
            ..self.clone()
        }
        .display()
    }

    /// Returns how a message greets the person: what they asked to be called,
    /// else title and surname, else the plain name.
    pub fn greeting(&self) -> String {
        if !self.greet_as.is_empty() {
            return self.greet_as.clone();
        }
        if !self.title.is_empty() && !self.family.is_empty() {
            return format!("{} {}", self.title, self.family);
        }
        self.plain()
    }

    /// Returns the key under which the name is compared: folded given names and
    /// surname, without title, suffix and degrees.
    pub fn key(&self) -> String {
        fold_key(&format!("{} {}", self.given, self.family))
    }

    /// Returns whether there is no name at all.
    pub fn is_empty(&self) -> bool {
        self.given.is_empty() && self.family.is_empty()
    }
}

/// Returns the text without the marks that only steer the direction of writing.
/// The two joiners stay: Persian and Indian names are written with them.
fn without_marks(text: &str) -> Cow<'_, str> {
    let is_mark = |c: char| {
        matches!(c, '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    if text.is_ascii() || !text.contains(is_mark) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace(is_mark, ""))
}

/// Returns whether a cell holds "surname, given names" and not a name with
/// degrees; what is in capitals beside a name that is not can be no given name.
fn is_surname_first(cell: &str) -> bool {
    let Some((surname, rest)) = cell.split_once(',') else {
        return false;
    };
    let section = rest.split(',').next().unwrap_or_default().trim();
    let is_degree = is_suffix(section) || are_credentials(section);
    let has_small = |text: &str| text.chars().any(char::is_lowercase);
    !surname.trim().is_empty() && !is_degree && has_small(section) == has_small(surname)
}

/// Returns whether a word right after a title opens a surname: a particle in
/// lower case, or one that is hardly ever a given name. "Dr. Ben Okafor" has a
/// given name, "Dr. de la Peña" and "Dr. Van Dyke" have none.
fn opens_a_surname(word: &str) -> bool {
    const NEVER_GIVEN: [&str; 10] = [
        "da", "das", "de", "del", "della", "dos", "st", "ste", "van", "von",
    ];
    let bare = bare(word);
    let is_lower = word.chars().next().is_some_and(char::is_lowercase);
    is_particle(word) && (is_lower || NEVER_GIVEN.contains(&bare.as_str()))
}

/// Returns where the surname begins in the words of a full name: at the first
/// particle after the first word, else at the last word; and one word earlier
/// where that is a surname that people carry before a second one.
fn family_start(words: &[&str]) -> usize {
    // What follows in brackets, such as a maiden name, goes with the surname.
    let is_bracketed = words.last().is_some_and(|word| word.ends_with(')'));
    let bracket = words.iter().rposition(|word| word.starts_with('('));
    let end = bracket.filter(|at| is_bracketed && *at > 1);
    let last = end.unwrap_or(words.len()) - 1;
    let last = last.max(1).min(words.len() - 1);
    let start = (1..last)
        .find(|&i| is_particle(words[i]) && bare(words[i]).len() > 1)
        .unwrap_or(last);
    if start > 2 && matches!(words[start - 1], "y" | "e" | "i") {
        // "Ramírez y Ortega" are two surnames.
        start - 2
    } else if start > 1 && is_first_surname(words[start - 1]) {
        start - 1
    } else {
        start
    }
}

/// Returns how many words at the start are a surname in capitals before given
/// names that are not, as in "DUPONT Jean"; 0 where they are no such thing.
fn capital_surname(words: &[&str]) -> usize {
    let is_capital = |word: &&&str| {
        let letters = || word.chars().filter(|c| c.is_alphabetic());
        letters().count() > 2 && letters().all(char::is_uppercase)
    };
    let n = words.iter().take_while(is_capital).count();
    let rest = &words[n..];
    let has_small = |word: &&str| word.chars().any(char::is_lowercase);
    if n > 0 && !rest.is_empty() && rest.iter().all(has_small) {
        n
    } else {
        0
    }
}

/// Returns the forms in which a surname is used: as it is, and where it is two
/// surnames, each of them: "Núñez" and "de la O" of "Núñez de la O".
pub(crate) fn surname_forms(family: &str) -> Vec<&str> {
    let family = family.trim();
    let mut forms = vec![family];
    let mut at = 0;
    for word in family.split_inclusive(' ') {
        at += word.len();
        if !is_particle(word) {
            break;
        }
    }
    let (first, second) = family.split_at(at);
    if !second.trim().is_empty() {
        forms.extend([first.trim(), second.trim()]);
    }
    forms
}

/// Returns the last word of a surname, folded: what two records of one person
/// are most likely to share.
pub fn surname_of(name: &PersonName) -> String {
    let source = if name.family.is_empty() {
        &name.given
    } else {
        &name.family
    };
    fold_key(source)
        .rsplit(' ')
        .next()
        .unwrap_or_default()
        .to_owned()
}
