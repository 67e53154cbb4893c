//! Names of people: how they are read, shown and compared.

mod likeness;
mod nicknames;
mod words;

use std::borrow::Cow;

use crate::fold_key;
use words::{
    bare, goes_with_title, is_credential, is_first_surname, is_particle, is_suffix, title_of,
};

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
    /// degree or suffix. One word alone is a surname after a title, and a given
    /// name otherwise.
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
        let (text, pronouns) = split_pronouns(&text);
        let mut parts = text.split(',').map(str::trim).filter(|p| !p.is_empty());
        let mut words: Vec<&str> = parts
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        let mut surname_first = None;
        if let Some(pronouns) = pronouns {
            name.add_credentials(pronouns);
        }
        for part in parts {
            if part.split_whitespace().all(is_credential) {
                name.add_credentials(part);
            } else if is_suffix(part) {
                name.suffix = part.to_owned();
            } else if surname_first.is_none() {
                surname_first = Some(part);
            } else {
                name.add_credentials(part);
            }
        }
        if let Some(given) = surname_first {
            name.take_tail(&mut words, 1);
            name.family = words.join(" ");
            words = given.split_whitespace().collect();
            name.take_title(&mut words);
            name.take_tail(&mut words, 1);
            name.given = words.join(" ");
            return name;
        }
        let titled = name.take_title(&mut words);
        name.take_tail(&mut words, if titled { 1 } else { 2 });
        match words.as_slice() {
            [] => {}
            [only] if titled => name.family = (*only).to_owned(),
            [only] => name.given = (*only).to_owned(),
            all if !titled && capital_surname(all) > 0 => {
                let split = capital_surname(all);
                name.family = all[..split].join(" ");
                name.given = all[split..].join(" ");
            }
            all => {
                let starts_with_particle = titled && opens_a_surname(all[0]);
                let split = if starts_with_particle {
                    0
                } else {
                    family_start(all)
                };
                name.given = all[..split].join(" ");
                name.family = all[split..].join(" ");
            }
        }
        name
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
        // A single letter behind given names is an initial, not "the Fifth".
        name.given = name.strip_part(&given, 2);
        name.family = name.strip_part(&family, 1);
        name
    }

    fn strip_part(&mut self, part: &str, n_kept: usize) -> String {
        let mut sections = part.split(',').map(str::trim);
        let mut words: Vec<&str> = sections
            .next()
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        for section in sections.filter(|s| !s.is_empty()) {
            if is_suffix(section) {
                self.suffix = section.to_owned();
            } else {
                self.add_credentials(section);
            }
        }
        self.take_title(&mut words);
        self.take_tail(&mut words, n_kept);
        words.join(" ")
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

    /// Takes degrees and suffixes off the end of `words`, of which `n_kept` are
    /// names whatever they look like.
    fn take_tail(&mut self, words: &mut Vec<&str>, n_kept: usize) {
        let mut credentials = Vec::new();
        while words.len() > n_kept {
            let (last, before) = (words[words.len() - 1], &words[..words.len() - 1]);
            // "VAN DO" is a surname: particles have something behind them.
            if before.iter().all(|word| is_particle(word)) {
                break;
            }
            // "Asha Do" has a surname; "Asha Rao DO" has a degree. So a degree
            // is taken in upper case only, or where its full stops show it.
            let looks_written = last.chars().any(char::is_alphabetic)
                && (last
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .all(char::is_uppercase)
                    || last.contains('.')
                    || bare(last) == "phd");
            if is_suffix(last) {
                self.suffix = last.to_owned();
            } else if is_credential(last) && looks_written {
                credentials.push(last);
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
    let is_degree = is_suffix(section) || section.split_whitespace().all(is_credential);
    let has_small = |text: &str| text.chars().any(char::is_lowercase);
    !surname.trim().is_empty() && !is_degree && has_small(section) == has_small(surname)
}

/// Returns the text without pronouns in brackets at its end, and those; they are
/// kept with the degrees, where no greeting takes them for a surname.
fn split_pronouns(text: &str) -> (&str, Option<&str>) {
    let text = text.trim();
    let Some(start) = text.rfind('(').filter(|_| text.ends_with(')')) else {
        return (text, None);
    };
    let inner = &text[start + 1..text.len() - 1];
    if inner.contains('/') && start > 0 {
        (text[..start].trim_end(), Some(inner))
    } else {
        (text, None)
    }
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
    let is_name = |word: &&str| word.starts_with(char::is_alphabetic);
    let last = words.iter().rposition(is_name).unwrap_or(0).max(1);
    let last = last.min(words.len() - 1);
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
