//! Whether two profiles are one person's, and by what.

use super::profile::{Identifier, IdentifierKind, Profile, is_role_mailbox};
use crate::{NameHint, NameLikeness, likeness};

/// What the comparison of two profiles comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) settled: Settled,
    /// The higher, the more speaks for one person.
    pub(super) rank: u32,
    pub(super) reason: String,
}

/// How far the evidence goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Settled {
    /// The student has to say.
    No,
    /// The name, with something beside it.
    ByCircumstance,
    /// Something that names one person.
    ByIdentifier,
}

/// Returns what speaks for one person, or `None` where nothing does.
/// `is_shared` says of an identifier whether several people carry it.
pub(super) fn verdict(
    a: &Profile,
    b: &Profile,
    is_shared: &impl Fn(&Identifier) -> bool,
) -> Option<Verdict> {
    let alike = likeness(&a.parts, &b.parts);
    let has_two_accounts = a.has_other(b, IdentifierKind::LinkedIn);
    let mut shared_by_many = None;
    for identifier in a.identifiers.iter().filter(|i| b.identifiers.contains(i)) {
        if is_shared(identifier) || is_role_mailbox(&identifier.key) {
            shared_by_many.get_or_insert(identifier.kind);
            continue;
        }
        if let Some(found) = by_identifier(a, b, alike, identifier, has_two_accounts) {
            return Some(found);
        }
    }
    if has_two_accounts {
        // Two profiles are two people, however alike their names are.
        return None;
    }
    by_name(a, b, alike, shared_by_many)
}

fn by_identifier(
    a: &Profile,
    b: &Profile,
    alike: NameLikeness,
    identifier: &Identifier,
    has_two_accounts: bool,
) -> Option<Verdict> {
    let kind = identifier.kind;
    let same = kind.words();
    let ask = |reason: String| {
        Some(Verdict {
            settled: Settled::No,
            rank: 50,
            reason,
        })
    };
    let is_nameless = a.parts.is_empty() || b.parts.is_empty();
    let (is_one, how) = match alike {
        NameLikeness::Different if is_nameless => (kind != IdentifierKind::Phone, String::new()),
        // A family or a ward has one telephone.
        NameLikeness::Different if kind == IdentifierKind::Phone => return None,
        NameLikeness::Different
            if kind < IdentifierKind::Email && a.parts.has_surname_of(&b.parts) =>
        {
            (true, ", another given name".to_owned())
        }
        NameLikeness::Different => return ask(format!("{same}, but another name")),
        NameLikeness::Same | NameLikeness::Fuller => (true, String::new()),
        NameLikeness::Hint(hint) => (
            is_proved(a, b, hint, identifier),
            format!(", {}", hint.words()),
        ),
    };
    if !is_one {
        return ask(format!("{same}{how}"));
    }
    if has_two_accounts {
        return ask(format!("{same}, but two LinkedIn profiles"));
    }
    let rank = match kind {
        IdentifierKind::LinkedIn | IdentifierKind::Number => 400,
        IdentifierKind::Email => 300,
        IdentifierKind::Phone | IdentifierKind::Mailbox => 200,
    };
    Some(Verdict {
        settled: Settled::ByIdentifier,
        rank,
        reason: format!("{same}{how}"),
    })
}

/// Returns whether an identifier proves that names which are alike by a hint
/// are one person's.
fn is_proved(a: &Profile, b: &Profile, hint: NameHint, identifier: &Identifier) -> bool {
    use NameHint::{
        FamilyTypo, FurtherName, GivenTypo, Initial, MiddleName, Nickname, OneName, OtherOrder,
        OtherSurname, PartOfSurname, SecondSurname, Spelling, Suffix,
    };
    match identifier.kind {
        IdentifierKind::LinkedIn | IdentifierKind::Number => true,
        IdentifierKind::Email => match hint {
            Initial | Nickname | Spelling | FamilyTypo | MiddleName | OneName | OtherOrder
            | PartOfSurname | SecondSurname | Suffix | FurtherName => true,
            // A couple may share an address: it has to name this one.
            GivenTypo | OtherSurname => names_the_person(a, b, &identifier.key),
        },
        // A family shares a telephone: the given name has to be the same.
        IdentifierKind::Phone => matches!(
            hint,
            Nickname
                | Spelling
                | FamilyTypo
                | FurtherName
                | MiddleName
                | OtherOrder
                | PartOfSurname
                | SecondSurname
        ),
        IdentifierKind::Mailbox => {
            matches!(hint, Nickname | Spelling | FurtherName | PartOfSurname)
        }
    }
}

/// Returns whether the given name of one of them stands in the address.
fn names_the_person(a: &Profile, b: &Profile, address: &str) -> bool {
    let local = address.split('@').next().unwrap_or_default();
    [a, b].into_iter().any(|profile| {
        let (given, _) = profile.parts.anchors();
        given.is_some_and(|given| given.chars().count() > 2 && local.contains(given))
    })
}

fn by_name(
    a: &Profile,
    b: &Profile,
    alike: NameLikeness,
    shared_by_many: Option<IdentifierKind>,
) -> Option<Verdict> {
    if alike == NameLikeness::Different {
        return None;
    }
    let mut circumstances: Vec<&str> = Vec::new();
    if a.employers
        .iter()
        .any(|employer| b.employers.contains(employer))
    {
        circumstances.push("employer");
    }
    if a.known_since.is_some() && a.known_since == b.known_since {
        circumstances.push("first day");
    }
    if let Some(kind) = shared_by_many {
        circumstances.push(match kind {
            IdentifierKind::Phone => "telephone number, which others have too",
            _ => "address, which others have too",
        });
    }
    let in_one_city = a.cities.iter().any(|city| b.cities.contains(city));
    let has_one_post = !a.position.is_empty() && a.position == b.position;
    let n = u32::try_from(circumstances.len()).unwrap_or(0);
    let may_be_one_place = n == 0 && (a.has_employer_within(b) || b.has_employer_within(a));
    let rank = n * 10
        + u32::from(may_be_one_place) * 5
        + u32::from(has_one_post) * 4
        + u32::from(in_one_city) * 2;
    let with = match (circumstances.as_slice(), in_one_city) {
        ([], true) => ", and the same city".to_owned(),
        ([], false) if may_be_one_place => ", and an employer that may be the same".to_owned(),
        ([], false) => ", and nothing else to tell by".to_owned(),
        (all, _) => format!(", and the same {}", all.join(" and ")),
    };
    let ask = |rank: u32, what: &str| {
        Some(Verdict {
            settled: Settled::No,
            rank,
            reason: format!("{what}{with}"),
        })
    };
    match alike {
        NameLikeness::Different => None,
        NameLikeness::Same | NameLikeness::Fuller | NameLikeness::Hint(NameHint::PartOfSurname) => {
            let (what, more) = match alike {
                NameLikeness::Same => ("same name".to_owned(), 3),
                NameLikeness::Hint(part) => (format!("alike names ({})", part.words()), 1),
                _ => ("same name, fuller in one".to_owned(), 2),
            };
            if let Some(against) = a.contradiction(b) {
                return ask(rank + more, &format!("{what}, but {against}"));
            }
            // "Garcia" and "Garcia Lopez" of one clinic may be two people.
            if circumstances.is_empty() || matches!(alike, NameLikeness::Hint(_)) {
                return ask(rank + more, &what);
            }
            Some(Verdict {
                settled: Settled::ByCircumstance,
                rank: rank + more,
                reason: format!("{what}{with}"),
            })
        }
        NameLikeness::Hint(hint) => {
            use NameHint::{
                FamilyTypo, FurtherName, GivenTypo, Initial, MiddleName, Nickname, OneName,
                OtherOrder, OtherSurname, PartOfSurname, SecondSurname, Spelling, Suffix,
            };
            // With two employers that differ, a hint is too little to ask for.
            let is_open = a.employers.is_empty() || b.employers.is_empty();
            let is_short = n == 0 && hint == OneName && (a.is_short_for(b) || b.is_short_for(a));
            let is_worth_asking = match hint {
                FurtherName | PartOfSurname => true,
                Suffix | Spelling | OtherOrder | Nickname | Initial => n > 0 || is_open,
                MiddleName | SecondSurname | FamilyTypo | GivenTypo | OneName => n > 0,
                OtherSurname => circumstances.iter().any(|c| *c != "employer"),
            };
            let is_contradicted = a.contradiction(b).is_some();
            if is_short && !is_contradicted {
                let reason = "same title and surname, and an employer that may be the same";
                return Some(Verdict {
                    settled: Settled::No,
                    rank,
                    reason: reason.to_owned(),
                });
            }
            (is_worth_asking && !is_contradicted)
                .then(|| ask(rank, &format!("alike names ({})", hint.words())))
                .flatten()
        }
    }
}
