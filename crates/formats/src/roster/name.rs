//! Names in a pasted list, in both orders: "Asha Rao, MD" and "Rao, Asha, MD".

use domain::PersonName;

use super::line::Line;
use super::words::{is_place, is_specialty, is_state};
use crate::people_lines::{contact_of, is_role, without_bullet};

/// A column and a piece in it.
pub(super) type At = (usize, usize);

/// A name and the pieces that it takes.
pub(super) struct Found {
    pub(super) name: PersonName,
    pub(super) at: At,
    pub(super) n_pieces: usize,
    /// Whether it is "Lee, Kim", with nothing that shows it to be a name.
    pub(super) is_bare_pair: bool,
}

/// What is known of how a list writes names.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Whether any two pieces that can be names are surname and given name.
    pub(super) surname_first: bool,
}

/// Returns the name that begins at a piece of the line.
pub(super) fn at(line: &Line, at: At, style: Style) -> Option<Found> {
    let pieces = line.from(at);
    let first = pieces.first()?;
    let n_names = match pieces.get(1) {
        Some(second) if is_surname_first(first, second, style) => 2,
        _ if looks_like_name(first) => 1,
        _ => return None,
    };
    let degrees = pieces[n_names..]
        .iter()
        .take_while(|piece| is_degree(piece));
    let n_pieces = n_names + degrees.count();
    Some(Found {
        name: PersonName::parse(&pieces[..n_pieces].join(", ")),
        at,
        n_pieces,
        is_bare_pair: n_names == 2 && n_pieces == 2,
    })
}

/// Returns the first cell of a line as a name because of where it stands: one
/// word alone is a name where a specialty and a hospital stand beside it.
pub(super) fn by_position(line: &Line, at: At) -> Option<Found> {
    let first = *line.from(at).first()?;
    let can_be = first
        .chars()
        .next()
        .is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && !first.chars().any(|c| c.is_ascii_digit())
        && first.split_whitespace().count() <= 10
        && !is_known(first);
    (can_be && line.tells_more_than(at)).then(|| Found {
        name: PersonName::parse(first),
        at,
        n_pieces: 1,
        is_bare_pair: false,
    })
}

/// Returns whether most lines of a list that begin with a name begin with the
/// surname.
pub(super) fn are_surname_first(text: &str) -> bool {
    let (mut n_turned, mut n_plain) = (0, 0);
    for line in text.lines() {
        let pieces = without_bullet(line).split([',', ';', '\t', '|']);
        let pieces: Vec<&str> = pieces.map(str::trim).collect();
        let style = Style {
            surname_first: false,
        };
        match pieces.as_slice() {
            [first, second, ..] if is_surname_first(first, second, style) => n_turned += 1,
            [first, ..] if looks_like_name(first) => n_plain += 1,
            _ => {}
        }
    }
    n_turned > n_plain
}

/// Returns whether two pieces are a surname and given names. The first is one
/// word, or reads as a surname of several; in a list of that style, any name.
fn is_surname_first(first: &str, second: &str, style: Style) -> bool {
    let is_surname = || {
        let read = PersonName::parse(&format!("A {first}"));
        read.family == first
    };
    let can_be_surname = begins_name(first)
        && !first.chars().any(|c| c.is_ascii_digit())
        && first.split_whitespace().count() <= 6
        && !is_known(first)
        && !is_degree(first)
        && PersonName::parse(first).title.is_empty()
        && (style.surname_first || is_surname());
    let given = PersonName::parse(&format!("A, {second}")).given;
    let words = given.split_whitespace();
    can_be_surname
        && (1..=4).contains(&words.clone().count())
        && words.clone().all(begins_name)
        && !second.chars().any(|c| c.is_ascii_digit())
        && !is_known(second)
        && !is_degree(second)
}

/// Returns whether a piece is a degree or suffix behind a name.
fn is_degree(piece: &str) -> bool {
    let read = PersonName::parse(&format!("A B, {piece}"));
    read.family == "B" && (read.credentials == piece || read.suffix == piece)
}

/// Returns whether a piece is known to be something else than a name.
fn is_known(piece: &str) -> bool {
    is_specialty(piece)
        || is_place(piece)
        || is_state(piece)
        || is_role(piece)
        || contact_of(piece).is_some()
}

fn begins_name(word: &str) -> bool {
    let first = word.chars().next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
}

/// Returns whether a cell can be somebody's name: two to six words that begin
/// with capitals, particles between them, or a title and a word.
pub(crate) fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let n_names = words.iter().filter(|word| begins_name(word)).count();
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    (2..=6).contains(&n_names)
        && words.len() <= 10
        && !has_digit
        && !words
            .iter()
            .any(|word| matches!(*word, "of" | "for" | "in" | "and"))
        && words.first().copied().is_some_and(begins_name)
        && words.last().copied().is_some_and(begins_name)
        && !is_specialty(text)
        && !is_place(text)
        && (!is_role(text) || !PersonName::parse(text).title.is_empty())
}
