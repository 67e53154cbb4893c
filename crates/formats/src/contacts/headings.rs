//! What a column holds, by its heading.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use domain::fold_key;

use crate::columns::ColumnRole;

/// Words of the longest phrase that is listed.
const PHRASE_WORDS: usize = 4;

/// Words of the longest heading that is read by its parts.
const HEADING_WORDS: usize = 10;

/// What a phrase of a heading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    /// What the column holds.
    Role(ColumnRole),
    /// Whose it is, and words between others.
    Whose,
    /// Which of several addresses it is.
    Which,
}

/// The listed phrases, folded.
static PHRASES: LazyLock<HashMap<&str, Part>> = LazyLock::new(|| {
    let mut phrases = HashMap::new();
    let mut part = Part::Whose;
    for line in include_str!("../../data/headings.txt").lines() {
        let name = line.strip_prefix('[').and_then(|it| it.strip_suffix(']'));
        match name {
            Some("whose") => part = Part::Whose,
            Some("which") => part = Part::Which,
            Some(role) => part = ColumnRole::from_word(role).map_or(Part::Whose, Part::Role),
            None if line.is_empty() || line.starts_with('#') => {}
            None => {
                phrases.entry(line).or_insert(part);
            }
        }
    }
    phrases
});

/// Returns what a column of this name holds, where the name tells it: a listed
/// phrase, or several that go together ("Phone (work)", "Faculty Name"). A
/// heading with a word that is not listed tells nothing: "Spouse phone".
pub(crate) fn known_role(name: &str) -> Option<ColumnRole> {
    let key = fold_key(name);
    match PHRASES.get(key.as_str()) {
        Some(Part::Role(role)) => Some(*role),
        Some(_) => None,
        None => by_parts(&key),
    }
}

fn by_parts(key: &str) -> Option<ColumnRole> {
    let words: Vec<&str> = key.split(' ').collect();
    if words.len() > HEADING_WORDS {
        return None;
    }
    let mut roles: Vec<ColumnRole> = Vec::new();
    let mut says_which = false;
    let mut ends_with_name = false;
    let mut has_bare_order = false;
    let mut at = 0;
    while at < words.len() {
        let rest = &words[at..];
        let is_number = rest[0].len() < 3 && rest[0].bytes().all(|b| b.is_ascii_digit());
        let (n, part) = match is_number {
            true => (1, Part::Which),
            false => longest(rest)?,
        };
        match part {
            Part::Role(role) => {
                ends_with_name = matches!(rest[..n], ["name" | "names"]);
                has_bare_order |= matches!(rest[..n], ["first" | "last" | "middle"]);
                roles.push(role);
            }
            Part::Which => says_which = true,
            Part::Whose => {}
        }
        at += n;
    }
    let role = together(&roles, ends_with_name)?;
    // "Last contact" is a day; "Name (last)" and "Last/First" are names.
    let says_name = role == ColumnRole::Name || words.iter().any(|it| it.starts_with("name"));
    if has_bare_order && !says_name {
        return None;
    }
    let is_address = matches!(
        role,
        ColumnRole::Email | ColumnRole::Phone | ColumnRole::LinkedIn | ColumnRole::Url
    );
    (is_address || !says_which).then_some(role)
}

fn longest(words: &[&str]) -> Option<(usize, Part)> {
    let lengths = (1..=PHRASE_WORDS.min(words.len())).rev();
    lengths
        .filter_map(|n| {
            let phrase = words[..n].join(" ");
            let found = |phrase: &str| PHRASES.get(phrase).copied();
            // "Residents" are whose it is, as "Resident" is.
            let part = found(&phrase).or_else(|| found(phrase.strip_suffix('s')?))?;
            Some((n, part))
        })
        .next()
}

/// Returns what a heading holds that names all these.
fn together(roles: &[ColumnRole], ends_with_name: bool) -> Option<ColumnRole> {
    use ColumnRole::{Email, Employer, Family, Given, Middle, Name, Phone};
    let all: HashSet<ColumnRole> = roles.iter().copied().collect();
    // "Last name, first name" is the whole.
    if all.contains(&Given) && all.contains(&Family) {
        let is_name = all
            .iter()
            .all(|it| matches!(it, Name | Given | Middle | Family));
        return is_name.then_some(Name);
    }
    // Who it is goes beside what it is: "Resident email".
    let mut what = all.iter().copied().filter(|role| *role != Name);
    match (what.next(), what.next(), what.next()) {
        (None, _, _) => all.contains(&Name).then_some(Name),
        // "Hospital name" is the hospital's, "hospital contact" a person's.
        (Some(Employer), None, _) => {
            (!all.contains(&Name) || ends_with_name || roles.last() == Some(&Employer))
                .then_some(Employer)
        }
        (Some(role), None, _) => Some(role),
        (Some(Employer), Some(role @ (Email | Phone)), None)
        | (Some(role @ (Email | Phone)), Some(Employer), None) => Some(role),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_read_by_their_parts() {
        use ColumnRole::{Email, Employer, Family, Given, LinkedIn, Middle, Name, Phone, Position};
        for (heading, role) in [
            ("Faculty Name", Name),
            ("Resident's Full Name", Name),
            ("Name of Physician", Name),
            ("Student/Graduate", Name),
            ("Last Name, First Name", Name),
            ("First & Last Name", Name),
            ("Name (Last, First)", Name),
            ("Name (first)", Given),
            ("Provider First Name", Given),
            ("Vorname (Rufname)", Given),
            ("Name - Last", Family),
            ("Applicant last name", Family),
            ("Middle Name/Initial", Middle),
            ("Handy", Phone),
            ("Handy (privat)", Phone),
            ("Phone (work)", Phone),
            ("Work Phone #2", Phone),
            ("Phone - Mobile", Phone),
            ("Mobile/Cell", Phone),
            ("Tel. (dienstlich)", Phone),
            ("Telefon geschäftlich", Phone),
            ("Primary contact number", Phone),
            ("Resident Cell Phone", Phone),
            ("Hospital phone", Phone),
            ("E-mail 1", Email),
            ("E-Mail (privat)", Email),
            ("Email Address (Work)", Email),
            ("Preferred e-mail", Email),
            ("Faculty Email", Email),
            ("Company Email", Email),
            ("Correo electrónico (trabajo)", Email),
            ("LinkedIn (URL)", LinkedIn),
            ("Hospital Name", Employer),
            ("Name of Hospital", Employer),
            ("Company/Organization", Employer),
            ("Current Employer", Employer),
            ("Fellow's Program", Employer),
            ("Position/Title", Position),
            ("Current Position (if any)", Position),
            ("Physician Specialty", Position),
        ] {
            assert_eq!(known_role(heading), Some(role), "{heading}");
        }
    }

    #[test]
    fn a_heading_with_more_than_is_known_tells_nothing() {
        for heading in [
            "Spouse phone",
            "Emergency Contact Name",
            "Assistant's Phone",
            "Fax",
            "Phone/Fax",
            "Email or phone",
            "Student ID",
            "Student Number",
            "Home Address",
            "Hospital Contact",
            "Program Director",
            "Program Coordinator Email",
            "Mailing name",
            "Work",
            "Preferred Name",
            "Home",
            "Year of Graduation",
            "Email sent",
            "Last contact",
            "Phone call on",
            "Name of spouse",
            "First seen",
            "Hospital City",
            "",
        ] {
            assert_eq!(known_role(heading), None, "{heading}");
        }
    }

    #[test]
    fn every_listed_phrase_is_folded_and_stands_once() {
        let text = include_str!("../../data/headings.txt");
        let lines = text
            .lines()
            .filter(|line| !line.is_empty() && !line.starts_with(['#', '[']));
        let mut n = 0;
        for line in lines {
            assert_eq!(fold_key(line), line);
            n += 1;
        }
        assert_eq!(PHRASES.len(), n);
    }
}
