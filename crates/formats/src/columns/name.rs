//! The name of a record: from its parts, or from what stands in its place.

use domain::{ContactKind, ContactPoint, PersonDraft, PersonName, Problem, Sink, fold_key};

use super::join;
use crate::text::quoted;

/// The parts of a name as columns give them.
#[derive(Debug, Default)]
pub(crate) struct NameParts {
    pub(crate) whole: String,
    pub(crate) title: String,
    pub(crate) given: String,
    pub(crate) middle: String,
    pub(crate) family: String,
    pub(crate) suffix: String,
}

impl NameParts {
    /// Returns the name; the parts go before the whole.
    pub(crate) fn name(&self) -> PersonName {
        let given = format!("{} {}", self.given, self.middle);
        let mut name = PersonName::from_parts(given.trim(), &self.family);
        if name.is_empty() {
            name = PersonName::parse(&self.whole);
        }
        if name.is_empty() {
            return name;
        }
        let title = self.title.trim();
        if !title.is_empty() && name.title.is_empty() {
            let known = PersonName::parse(&format!("{title} A B"));
            name.title = match known.title.as_str() {
                "" => title.to_owned(),
                known => known.to_owned(),
            };
        }
        for suffix in self.suffix.split(',').map(str::trim) {
            let is_known = name.credentials.split(", ").any(|c| c == suffix);
            if suffix.is_empty() || is_known {
                continue;
            }
            if PersonName::parse(&format!("A B, {suffix}")).suffix == suffix {
                suffix.clone_into(&mut name.suffix);
            } else {
                join(&mut name.credentials, suffix, ", ");
            }
        }
        name
    }
}

/// Hands on a person after what was wrong with the record; without a name and
/// without anything in its place only that. `false` means stop.
pub(crate) fn hand_on_person(
    mut draft: PersonDraft,
    problems: Vec<Problem>,
    sink: &mut dyn Sink,
) -> bool {
    let of_name = stand_in_name(&mut draft);
    let goes_on = problems
        .into_iter()
        .chain(of_name)
        .all(|problem| sink.problem(problem));
    goes_on && (draft.name.is_empty() || sink.person(draft))
}

/// Gives a person without a name the e-mail address in its place, and returns
/// what to say of it. Without either the record cannot be kept as a person.
fn stand_in_name(draft: &mut PersonDraft) -> Option<Problem> {
    if !draft.name.is_empty() {
        return None;
    }
    let would_do = "a given or a family name".to_owned();
    if let Some((what, name)) = in_place_of_name(draft) {
        let shown = quoted(&name.plain());
        let found = format!("no name; the {what} {shown} stands in its place");
        draft.name = name;
        return Some(Problem {
            line: draft.line,
            field: "name".to_owned(),
            found,
            would_do,
            record_kept: true,
        });
    }
    let found = match draft.employer.as_str() {
        "" => "neither a name nor an e-mail address".to_owned(),
        employer => format!("only an organization, {}", quoted(employer)),
    };
    Some(Problem {
        line: draft.line,
        field: "name".to_owned(),
        found,
        would_do,
        record_kept: false,
    })
}

/// Returns what can stand for a name, the nearest to one first, and what it is.
fn in_place_of_name(draft: &PersonDraft) -> Option<(&'static str, PersonName)> {
    for (wanted, what) in [
        ("e mail display name", "display name"),
        ("nickname", "nickname"),
    ] {
        let found = draft.extra.iter().find_map(|(column, value)| {
            let column = column.split(';').next().unwrap_or_default();
            // "Jürgen Müller (j@x.org)" is how Outlook writes it.
            let value = value.split(" (").next().unwrap_or_default().trim();
            let is_name = fold_key(column) == wanted && !value.contains('@');
            Some(PersonName::parse(value)).filter(|name| is_name && !name.is_empty())
        });
        if let Some(name) = found {
            return Some((what, name));
        }
    }
    let of_kind = |kind| draft.contacts.iter().find(|contact| contact.kind == kind);
    let as_given = |contact: &ContactPoint| PersonName {
        given: contact.value.clone(),
        ..PersonName::default()
    };
    if let Some(email) = of_kind(ContactKind::Email) {
        return Some(("address", as_given(email)));
    }
    // A number beside an organization is the organization's.
    let phone = of_kind(ContactKind::Phone).filter(|_| draft.employer.is_empty())?;
    Some(("telephone number", as_given(phone)))
}

/// Returns whether a name has all the words of a text, in whatever order.
pub(crate) fn has_all_words(name: &PersonName, text: &str) -> bool {
    let known = fold_key(&format!("{} {}", name.display(), name.credentials));
    let known: Vec<&str> = known.split(' ').collect();
    let words = fold_key(text);
    words.is_empty() || words.split(' ').all(|word| known.contains(&word))
}
