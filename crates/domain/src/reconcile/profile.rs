//! What two descriptions of people are compared by.

use jiff::civil::Date;

use super::employer::employer_key;
use super::{Known, Schools};
use crate::{
    ContactKind, ContactPoint, NameParts, PersonDraft, PersonName, RoleKind, fold_key, phone_key,
};

/// What kind of identifier it is, the most telling first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum IdentifierKind {
    LinkedIn,
    /// A National Provider Identifier, or the UID of a card.
    Number,
    Email,
    Phone,
    /// An e-mail address without what many mail services ignore: dots of
    /// Gmail, and "+" with what follows it.
    Mailbox,
}

impl IdentifierKind {
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::LinkedIn => "same LinkedIn profile",
            Self::Number => "same identifier",
            Self::Email => "same e-mail address",
            Self::Phone => "same telephone number",
            Self::Mailbox => "nearly the same e-mail address",
        }
    }
}

/// Something that is meant to name one person.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Identifier {
    pub(super) kind: IdentifierKind,
    pub(super) key: String,
}

/// Which side of a hospital a post or degree is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Physician,
    Other,
}

/// A person or draft, made ready for comparing.
#[derive(Clone, Debug)]
pub(super) struct Profile {
    pub(super) parts: NameParts,
    /// The title, folded.
    title: String,
    pub(super) identifiers: Vec<Identifier>,
    /// Employers that may tell people apart, each by its key.
    pub(super) employers: Vec<String>,
    /// The post, folded.
    pub(super) position: String,
    pub(super) known_since: Option<Date>,
    /// Cities, folded.
    pub(super) cities: Vec<String>,
    is_woman: Option<bool>,
    degree: Option<Side>,
    post: Option<Side>,
}

/// Returns whether every word of `short` stands in `whole`, both folded.
pub(super) fn holds_words_of(whole: &str, short: &str) -> bool {
    let whole: Vec<&str> = whole.split(' ').collect();
    short.split(' ').all(|word| whole.contains(&word))
}

impl Profile {
    pub(super) fn of_draft(draft: &PersonDraft, schools: &Schools) -> Self {
        Self::new(
            &draft.name,
            &draft.contacts,
            &uids_of(&draft.extra),
            std::slice::from_ref(&draft.employer),
            &draft.position,
            draft.known_since,
            &cities_of(&draft.extra),
        )
        .without(schools)
    }

    pub(super) fn of_known(known: &Known, schools: &Schools) -> Self {
        Self::new(
            &known.name,
            &known.contacts,
            &known.uids,
            &known.employers,
            &known.position,
            known.known_since,
            &known.cities,
        )
        .without(schools)
    }

    /// Returns the profile without employers that are schools.
    fn without(mut self, schools: &Schools) -> Self {
        self.employers.retain(|key| !schools.0.contains(key));
        self
    }

    fn new(
        name: &PersonName,
        contacts: &[ContactPoint],
        uids: &[String],
        employers: &[String],
        position: &str,
        known_since: Option<Date>,
        cities: &[String],
    ) -> Self {
        let mut identifiers: Vec<Identifier> = contacts.iter().flat_map(identifiers_of).collect();
        identifiers.extend(uids.iter().map(|key| Identifier {
            kind: IdentifierKind::Number,
            key: key.clone(),
        }));
        identifiers.sort();
        identifiers.dedup();
        // An address book gives an address in the place of a name.
        let parts = match name.given.contains('@') {
            true => NameParts::default(),
            false => NameParts::of(name),
        };
        Self {
            parts,
            title: fold_key(&name.title),
            identifiers,
            employers: employers
                .iter()
                .map(|employer| employer_key(employer))
                .filter(|key| !key.is_empty())
                .collect(),
            position: fold_key(position),
            known_since,
            cities: cities.iter().map(|city| fold_key(city)).collect(),
            is_woman: match name.title.as_str() {
                "Ms." | "Mrs." => Some(true),
                "Mr." => Some(false),
                _ => None,
            },
            degree: side_of_degrees(&name.credentials),
            post: side_of_post(position),
        }
    }

    /// Returns whether both have an identifier of this kind, and none in common.
    pub(super) fn has_other(&self, other: &Self, kind: IdentifierKind) -> bool {
        fn of(profile: &Profile, kind: IdentifierKind) -> impl Iterator<Item = &Identifier> {
            profile.identifiers.iter().filter(move |i| i.kind == kind)
        }
        of(self, kind).next().is_some()
            && of(other, kind).next().is_some()
            && !of(self, kind).any(|own| other.identifiers.contains(own))
    }

    /// Returns whether a title and a surname are all that is known of the name.
    pub(super) fn is_surname_alone(&self) -> bool {
        let (given, family) = self.parts.anchors();
        !self.title.is_empty() && given.is_none() && family.is_some()
    }

    /// Returns whether this may be somebody named in short, "Dr. Rao, Maimonides"
    /// for "Dr. Asha Rao, Maimonides Medical Center": the same title and surname,
    /// and every word of an employer in an employer of the other.
    pub(super) fn is_short_for(&self, other: &Self) -> bool {
        self.is_surname_alone()
            && self.title == other.title
            && self.parts.has_surname_of(&other.parts)
            && self.has_employer_within(other)
    }

    /// Returns whether every word of an employer stands in one of the other's:
    /// "Duke" in "Duke University Hospital". It may be the same one.
    pub(super) fn has_employer_within(&self, other: &Self) -> bool {
        self.employers.iter().any(|short| {
            let wholes = &mut other.employers.iter();
            wholes.any(|whole| holds_words_of(whole, short))
        })
    }

    /// Returns what speaks against one person, where something does.
    pub(super) fn contradiction(&self, other: &Self) -> Option<&'static str> {
        let differ = |a: Option<Side>, b: Option<Side>| a.is_some() && b.is_some() && a != b;
        if self.has_other(other, IdentifierKind::LinkedIn) {
            return Some("two LinkedIn profiles");
        }
        if self.is_woman.is_some() && other.is_woman.is_some() && self.is_woman != other.is_woman {
            return Some("one is a Mr. and one a Ms.");
        }
        if differ(self.degree, other.degree) {
            return Some("the degrees do not go together");
        }
        if differ(self.post, other.post) {
            return Some("the posts do not go together");
        }
        if self.has_other_mailbox_at_one_place(other) {
            return Some("two addresses at one place");
        }
        None
    }

    /// Returns whether both have an address of their own at one employer, and
    /// they are not the same: such an employer gives everybody one.
    fn has_other_mailbox_at_one_place(&self, other: &Self) -> bool {
        fn places(profile: &Profile) -> Vec<(&str, &str)> {
            let mails = profile
                .identifiers
                .iter()
                .filter(|i| i.kind == IdentifierKind::Email);
            mails
                .filter(|i| !is_role_mailbox(&i.key))
                .filter_map(|i| i.key.split_once('@'))
                .filter(|(_, place)| !FREE_MAIL.contains(place))
                .collect()
        }
        let (a, b) = (places(self), places(other));
        !a.iter().any(|mail| b.contains(mail))
            && a.iter()
                .any(|(_, place)| b.iter().any(|(_, other)| other == place))
    }
}

/// Services where anybody may have any number of addresses.
const FREE_MAIL: [&str; 12] = [
    "gmail.com",
    "googlemail.com",
    "yahoo.com",
    "hotmail.com",
    "outlook.com",
    "live.com",
    "icloud.com",
    "me.com",
    "aol.com",
    "msn.com",
    "proton.me",
    "protonmail.com",
];

fn identifiers_of(contact: &ContactPoint) -> Vec<Identifier> {
    let key = contact.key();
    if key.is_empty() {
        return Vec::new();
    }
    let one = |kind, key| Identifier { kind, key };
    match contact.kind {
        ContactKind::LinkedIn => vec![one(IdentifierKind::LinkedIn, key)],
        ContactKind::Email => {
            let mailbox = one(IdentifierKind::Mailbox, mailbox_of(&key));
            vec![one(IdentifierKind::Email, key), mailbox]
        }
        ContactKind::Phone => {
            let key = phone_key(&contact.value);
            // An internal extension is somebody else's elsewhere.
            let n_digits = key.split('x').next().unwrap_or_default().len();
            (n_digits > 6)
                .then(|| one(IdentifierKind::Phone, key))
                .into_iter()
                .collect()
        }
        ContactKind::Url => Vec::new(),
    }
}

fn mailbox_of(address: &str) -> String {
    let Some((local, place)) = address.split_once('@') else {
        return address.to_owned();
    };
    let local = local.split('+').next().unwrap_or_default();
    match place {
        "gmail.com" | "googlemail.com" => format!("{}@gmail.com", local.replace('.', "")),
        _ => format!("{local}@{place}"),
    }
}

/// Returns whether an address is that of an office and not of a person.
pub(super) fn is_role_mailbox(address: &str) -> bool {
    const WORDS: [&str; 50] = [
        "office",
        "info",
        "admin",
        "administration",
        "contact",
        "contacts",
        "radiology",
        "radiologia",
        "imaging",
        "ir",
        "dr",
        "vir",
        "residency",
        "residents",
        "resident",
        "fellowship",
        "fellows",
        "fellow",
        "program",
        "programs",
        "gme",
        "department",
        "dept",
        "secretary",
        "secretaria",
        "reception",
        "frontdesk",
        "desk",
        "noreply",
        "no",
        "reply",
        "coordinator",
        "scheduling",
        "schedule",
        "clinic",
        "team",
        "hello",
        "mail",
        "email",
        "support",
        "help",
        "education",
        "recruiting",
        "recruitment",
        "hr",
        "hospital",
        "students",
        "student",
        "medical",
        "staff",
    ];
    const PARTS: [&str; 5] = [
        "residency",
        "fellowship",
        "radiology",
        "coordinator",
        "frontdesk",
    ];
    let local = address.split('@').next().unwrap_or_default();
    let mut words = local
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .peekable();
    let all_are_words = words.peek().is_some() && words.all(|word| WORDS.contains(&word));
    all_are_words || PARTS.iter().any(|part| local.contains(part))
}

fn side_of_degrees(credentials: &str) -> Option<Side> {
    const PHYSICIAN: [&str; 6] = ["md", "do", "mbbs", "mbchb", "mbbch", "bmbs"];
    const OTHER: [&str; 14] = [
        "rn", "np", "fnp", "fnpc", "bsn", "msn", "dnp", "pa", "pac", "aprn", "crna", "rt", "rtr",
        "pharmd",
    ];
    let folded = fold_key(&credentials.replace(['.', '-'], ""));
    let has = |list: &[&str]| folded.split(' ').any(|word| list.contains(&word));
    match (has(&PHYSICIAN), has(&OTHER)) {
        (true, _) => Some(Side::Physician),
        (false, true) => Some(Side::Other),
        (false, false) => None,
    }
}

fn side_of_post(position: &str) -> Option<Side> {
    match RoleKind::from_position(position) {
        RoleKind::Resident | RoleKind::Fellow | RoleKind::Attending | RoleKind::Director => {
            Some(Side::Physician)
        }
        RoleKind::Coordinator | RoleKind::Staff => Some(Side::Other),
        RoleKind::Student | RoleKind::Other => None,
    }
}

/// Returns the identifiers that a file gives in fields of its own: the UID of a
/// card, a National Provider Identifier.
pub fn uids_of(extra: &[(String, String)]) -> Vec<String> {
    let found = extra.iter().filter_map(|(name, value)| {
        let value = value.trim();
        let is_npi = value.len() == 10 && value.bytes().all(|b| b.is_ascii_digit());
        match fold_key(name).as_str() {
            "uid" if value.len() > 7 => Some(format!("uid:{}", value.to_lowercase())),
            "npi" if is_npi => Some(format!("npi:{value}")),
            _ => None,
        }
    });
    found.collect()
}

/// Returns the cities that a file gives in fields of its own.
pub fn cities_of(extra: &[(String, String)]) -> Vec<String> {
    let found = extra.iter().filter_map(|(name, value)| {
        let key = fold_key(name);
        let city = match key.split(' ').next() {
            // The parts of an address in a card stand between semicolons.
            Some("adr") => value.split(';').nth(3).unwrap_or_default(),
            _ if key == "city" || key.ends_with(" city") => value,
            _ => "",
        };
        (!city.trim().is_empty()).then(|| city.trim().to_owned())
    });
    found.collect()
}
