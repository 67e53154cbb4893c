//! Names in a pasted list, in both orders: "Asha Rao, MD" and "Rao, Asha, MD".

use domain::{ContactKind, ContactPoint, PersonName, fold, fold_key};

use super::heading::{Class, Heading};
use super::line::Line;
use super::words::{
    is_code, is_given_too, is_hospital, is_in, is_name_too, is_of_page, is_place, is_region,
    is_specialty,
};
use crate::people_lines::{contact_of, is_role};

/// A column and a piece in it.
pub(super) type At = (usize, usize);

/// A name and the pieces that it takes.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) name: PersonName,
    pub(super) at: At,
    pub(super) n_pieces: usize,
}

/// How a name is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    /// "Asha Rao".
    GivenFirst,
    /// "Rao, Asha".
    SurnameFirst,
}

/// How sure it is that pieces are a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Surety {
    /// "Brown, Virginia" may be a town even where names are written so.
    Doubtful,
    /// It has the shape and nothing that shows it to be a name.
    Likely,
    /// A degree, title, suffix or initial shows it.
    Sure,
}

/// A way in which pieces can be read as a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    pub(super) order: Order,
    pub(super) surety: Surety,
    pub(super) n_pieces: usize,
}

/// Returns how the first of some pieces can be read as a name: as surname and
/// given names, and as a whole name.
pub(super) fn shapes(pieces: &[&str]) -> [Option<Shape>; 2] {
    [surname_first(pieces), given_first(pieces)]
}

impl Shape {
    /// Returns the name that the pieces of a line at `at` are.
    pub(super) fn found(self, line: &Line, at: At) -> Found {
        let pieces = line.from(at);
        Found {
            name: PersonName::parse(&pieces[..self.n_pieces].join(", ")),
            at,
            n_pieces: self.n_pieces,
        }
    }
}

fn given_first(pieces: &[&str]) -> Option<Shape> {
    let first = *pieces.first()?;
    let n_degrees = pieces[1..].iter().take_while(|p| is_degree(p)).count();
    // "Nguyen, MBBS" is somebody; "Bethesda, MD" is a town.
    let shows_surname =
        || pieces[1..=n_degrees].iter().any(|p| !is_code(p)) && is_surname_alone(first);
    if !looks_like_name(first) && !shows_surname() {
        return None;
    }
    let name = PersonName::parse(first);
    let is_shown = n_degrees > 0 || !name.title.is_empty() || !name.credentials.is_empty();
    Some(Shape {
        order: Order::GivenFirst,
        surety: if is_shown {
            Surety::Sure
        } else {
            Surety::Likely
        },
        n_pieces: 1 + n_degrees,
    })
}

fn is_surname_alone(word: &str) -> bool {
    !word.contains(' ') && !is_region(word) && !is_degree(word) && can_be_surname(word)
}

/// Reads "Rao, Asha", "Rao, MD, Asha", "Rao, Jr., Asha, MD".
fn surname_first(pieces: &[&str]) -> Option<Shape> {
    let first = *pieces.first()?;
    let is_capital = is_in_capitals(first);
    let is_name_too = is_capital && is_in("names", &fold_key(first));
    if !can_be_surname(first) && !is_name_too {
        return None;
    }
    let n_between = pieces[1..].iter().take_while(|p| is_degree_here(first, p));
    let n_between = n_between.count();
    let given = *pieces.get(1 + n_between)?;
    let is_code_too = is_capital && is_code(given);
    if !can_be_given(given) && !is_code_too {
        return None;
    }
    // Behind a town, "LA" is no surname, nor "DO" behind a name, though both are
    // surnames in a list that is in capitals throughout.
    let is_short = is_code(first) || is_capital && is_in("names", &fold_key(first));
    if is_short && (!is_in_capitals(given) || is_degree(given)) {
        return None;
    }
    let behind = &pieces[2 + n_between..];
    let n_behind = behind.iter().take_while(|p| is_degree(p)).count();
    let (surname, given_read) = (
        PersonName::parse(&format!("{first}, A")),
        PersonName::parse(&format!("A, {given}")),
    );
    let has_initial = given_read.given.split(' ').skip(1).any(is_initial);
    let begins_small = first.starts_with(char::is_lowercase);
    let is_shown = n_between + n_behind > 0
        || [&surname, &given_read]
            .iter()
            .any(|name| !name.suffix.is_empty() || !name.credentials.is_empty())
        || !given_read.title.is_empty()
        || has_initial
        || begins_small;
    let is_doubtful = is_region(given);
    Some(Shape {
        order: Order::SurnameFirst,
        surety: match (is_shown, is_doubtful) {
            (true, _) => Surety::Sure,
            (false, true) => Surety::Doubtful,
            (false, false) => Surety::Likely,
        },
        n_pieces: 2 + n_between + n_behind,
    })
}

fn is_in_capitals(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    letters().count() > 1 && letters().all(char::is_uppercase)
}

fn is_initial(word: &str) -> bool {
    let letters = word.trim_end_matches('.');
    letters.chars().count() == 1 && letters.chars().all(char::is_uppercase)
}

/// Returns whether a piece behind a surname is a degree and not a given name:
/// "Do" of "Nguyen, Do" is one of those that are both.
fn is_degree_here(surname: &str, piece: &str) -> bool {
    let is_given = PersonName::parse(&format!("{surname}, {piece}")).given == piece;
    is_degree(piece) && !is_given
}

/// Returns whether a piece can be a surname: one word, or several of which the
/// others are particles or surnames too.
fn can_be_surname(piece: &str) -> bool {
    let name = PersonName::parse(&format!("{piece}, A"));
    let surname = name.family;
    let words: Vec<&str> = surname.split_whitespace().collect();
    let is_only_degree = is_degree(piece) && !is_name_too(piece);
    (1..=6).contains(&words.len())
        && words
            .iter()
            .all(|word| is_name_word(word) || is_particle(word))
        && words.last().is_some_and(|word| is_name_word(word))
        && PersonName::parse(&format!("{piece} A")).title.is_empty()
        && !is_only_degree
        && (!is_known(&surname) || words.len() == 1 && is_name_too(&surname))
        && !is_of_page(&surname)
}

/// Returns whether a surname of several words is one without being voted so.
pub(super) fn is_whole_surname(piece: &str) -> bool {
    let surname = PersonName::parse(&format!("{piece}, A")).family;
    let read = PersonName::parse(&format!("A {surname}"));
    // "Ben" and "Al" open surnames, and are given names more often.
    let begins_as_given = surname.starts_with("Ben ") || surname.starts_with("Al ");
    read.family == surname && !begins_as_given
}

fn can_be_given(piece: &str) -> bool {
    let given = PersonName::parse(&format!("A, {piece}")).given;
    let words: Vec<&str> = given.split_whitespace().collect();
    let is_name_and_region = !is_region(piece) || is_given_too(piece);
    (1..=5).contains(&words.len())
        && words
            .iter()
            .all(|word| is_name_word(word) || is_particle(word))
        && words.first().is_some_and(|word| is_name_word(word))
        && is_name_and_region
        && (!is_known(&given) || words.iter().any(|word| is_name_too(word)) && words.len() == 1)
        && !is_of_page(&given)
}

/// Returns whether a piece is a degree or suffix behind a name.
pub(super) fn is_degree(piece: &str) -> bool {
    let read = PersonName::parse(&format!("A B, {piece}"));
    read.given == "A"
        && read.family == "B"
        && (!read.credentials.is_empty() || !read.suffix.is_empty())
}

/// Returns whether a piece is known to be something else than a name.
fn is_known(piece: &str) -> bool {
    is_specialty(piece) || is_place(piece) || is_role(piece) || contact_of(piece).is_some()
}

/// Returns whether a word is written as a name is: with a capital first, or
/// behind a particle that is joined to it ("al-Sayed", "d'Angelo").
pub(super) fn is_name_word(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    let Some(first) = letters.next() else {
        return false;
    };
    if word.chars().any(|c| c.is_ascii_digit()) || word.contains(['@', '/', ':', '!', '?', '&']) {
        return false;
    }
    if !first.is_lowercase() {
        return true;
    }
    let joint = word.find(['-', '\'', '’', '‘', 'ʻ', '`']);
    joint.is_some_and(|at| {
        let rest = word[at..].trim_start_matches(|c: char| !c.is_alphabetic());
        at <= 4 && rest.starts_with(char::is_uppercase)
    }) || letters.next().is_some_and(char::is_uppercase)
}

fn is_particle(word: &str) -> bool {
    matches!(word, "y" | "e" | "i")
        || PersonName::parse(&format!("A B {word} C")).family == format!("{word} C")
}

/// Returns whether a cell can be somebody's name: two to six words that begin
/// with capitals, particles between them, or a title and a word.
pub(crate) fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let n_names = words.iter().filter(|word| is_name_word(word)).count();
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    let is_ended = words
        .last()
        .is_some_and(|word| is_name_word(word) || is_degree(word));
    if !((2..=7).contains(&n_names)
        && words.len() <= 10
        && !has_digit
        && !text.contains(':')
        && !words
            .iter()
            .any(|word| matches!(*word, "of" | "for" | "in" | "and" | "the" | "at"))
        && words.first().copied().is_some_and(is_name_word)
        && is_ended)
    {
        return false;
    }
    let name = PersonName::parse(text);
    let is_alone = name.given.is_empty() || name.family.is_empty();
    if is_alone && name.title.is_empty() && name.credentials.is_empty() {
        return false;
    }
    // "James Dean" and "Tom Pa" are names; "Assistant Dean" is none.
    let plain = name.plain();
    let telling: Vec<&str> = plain.split(' ').filter(|w| !is_name_too(w)).collect();
    let telling = telling.join(" ");
    !is_known(&telling) && !is_of_page(&plain) && !is_specialty(text) && !is_heading(text)
}

/// Returns whether a text names a group, a rank or a year of training.
fn is_heading(text: &str) -> bool {
    let heading = Heading::of(text);
    heading.is_some_and(|heading| !matches!(heading, Heading::Post(Class::Post | Class::Field)))
}

/// Returns whether an address is of somebody of that name, as far as it tells.
pub(super) fn is_address_of(contact: &ContactPoint, name: &PersonName) -> bool {
    if contact.kind != ContactKind::Email {
        return false;
    }
    let local = fold(contact.value.split('@').next().unwrap_or_default());
    let tokens: Vec<&str> = local.split(|c: char| !c.is_alphanumeric()).collect();
    let letters: String = tokens.concat();
    let (given, family) = (fold_key(&name.given), fold_key(&name.family));
    let words = given.split(' ').chain(family.split(' '));
    let initial = given.chars().next();
    words.filter(|word| word.len() > 1).any(|word| {
        word.len() > 3 && letters.contains(word)
            || tokens.iter().any(|token| {
                let before = token.strip_suffix(word);
                *token == word
                    || before.is_some_and(|b| b.len() == 1 && b.chars().next() == initial)
            })
    })
}

/// Returns how well some cells fit as a name in a match list, in tenths.
pub(super) fn name_score(cells: &[&str]) -> Option<i32> {
    if let [only] = cells
        && is_hospital(only)
    {
        return Some(-20);
    }
    let [turned, plain] = shapes(cells);
    let fits = |shape: &Shape| shape.n_pieces == cells.len();
    let best = [turned.filter(fits), plain.filter(fits)];
    let best = best
        .into_iter()
        .flatten()
        .map(|shape| match (shape.order, shape.surety) {
            (_, Surety::Sure) => 30,
            (Order::SurnameFirst, Surety::Likely) => 17,
            (Order::GivenFirst, Surety::Likely) => 14,
            (_, Surety::Doubtful) => 5,
        });
    best.max().or_else(|| match cells {
        [only] if can_be_one_word(only) => Some(-8),
        _ => None,
    })
}

/// Returns whether a cell can be a name for where it stands only.
fn can_be_one_word(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && !text.chars().any(|c| c.is_ascii_digit())
        && text.split_whitespace().count() <= 10
        && !is_known(text)
        && !is_region(text)
        && !is_degree(text)
}
