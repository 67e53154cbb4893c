//! People, where they work, and how they can be reached.

use jiff::civil::Date;

use crate::{PersonId, PersonName, ProgramId, SiteId};

/// How close a person is to the student; decides the usual rhythm of contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Ring {
    /// Mentors and advocates.
    Inner,
    /// People the student works or has worked with.
    Working,
    /// Everybody else the student wants to keep in touch with.
    Wide,
    /// Stored, but no rhythm is wanted.
    #[default]
    Stored,
}

impl Ring {
    /// Every ring, from the closest outwards.
    pub const ALL: [Self; 4] = [Self::Inner, Self::Working, Self::Wide, Self::Stored];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Inner => "inner",
            Self::Working => "working",
            Self::Wide => "wide",
            Self::Stored => "stored",
        }
    }

    /// Returns the ring for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ring| ring.word() == word)
    }

    /// Returns the usual days between two interactions, if the ring has a rhythm.
    ///
    /// Sixty days for the inner ring is the article's "every couple of months"
    /// (S-114); the other two are choices of ours and can be set per person.
    pub fn cadence_days(self) -> Option<u16> {
        match self {
            Self::Inner => Some(60),
            Self::Working => Some(120),
            Self::Wide => Some(240),
            Self::Stored => None,
        }
    }
}

/// What a person does somewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RoleKind {
    /// A medical student.
    Student,
    /// A resident.
    Resident,
    /// A fellow.
    Fellow,
    /// An attending or faculty member.
    Attending,
    /// A program director or associate program director.
    Director,
    /// A program coordinator.
    Coordinator,
    /// Nurse, technologist, physician assistant, researcher or other staff.
    Staff,
    /// Something else, or not known.
    Other,
}

impl RoleKind {
    /// Every kind, in the order of pages and filters.
    pub const ALL: [Self; 8] = [
        Self::Student,
        Self::Resident,
        Self::Fellow,
        Self::Attending,
        Self::Director,
        Self::Coordinator,
        Self::Staff,
        Self::Other,
    ];

    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Student => "student",
            Self::Resident => "resident",
            Self::Fellow => "fellow",
            Self::Attending => "attending",
            Self::Director => "director",
            Self::Coordinator => "coordinator",
            Self::Staff => "staff",
            Self::Other => "other",
        }
    }

    /// Returns the kind for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// Returns the kind that a post's wording tells.
    ///
    /// ```
    /// use domain::RoleKind;
    ///
    /// assert_eq!(RoleKind::from_position("PGY-3 Resident Physician"), RoleKind::Resident);
    /// assert_eq!(RoleKind::from_position("Program Director, Diagnostic Radiology"), RoleKind::Director);
    /// assert_eq!(RoleKind::from_position("Engineer, Platform"), RoleKind::Other);
    /// ```
    pub fn from_position(position: &str) -> Self {
        let folded = crate::fold(position);
        let words: Vec<&str> = folded
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .collect();
        let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
        let has_pair = |a: &str, b: &str| words.windows(2).any(|pair| pair == [a, b]);
        let trainee_program = has(&["program", "programme", "residency", "fellowship"]);
        if trainee_program && has(&["director", "apd"]) || has(&["apd"]) {
            return Self::Director;
        }
        if has(&["coordinator"]) || trainee_program && has(&["administrator", "manager"]) {
            return Self::Coordinator;
        }
        if has_pair("medical", "student") || has(&["ms1", "ms2", "ms3", "ms4"]) {
            return Self::Student;
        }
        if has(&["resident", "residents", "intern"]) || words.iter().any(|w| w.starts_with("pgy")) {
            // "Fellow (PGY-6)" is a fellow, "Chief Resident" a resident.
            return if has(&["fellow"]) {
                Self::Fellow
            } else {
                Self::Resident
            };
        }
        if has(&["fellow"]) {
            return Self::Fellow;
        }
        if has(&[
            "attending",
            "professor",
            "faculty",
            "radiologist",
            "physician",
            "surgeon",
            "chief",
            "chair",
            "chairman",
            "chairwoman",
            "consultant",
            "neuroradiologist",
            "interventionalist",
        ]) {
            return Self::Attending;
        }
        if has(&[
            "nurse",
            "rn",
            "technologist",
            "pa",
            "np",
            "assistant",
            "researcher",
            "msl",
        ]) {
            return Self::Staff;
        }
        Self::Other
    }
}

/// How sure a link between a text and a program or site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Certainty {
    /// The student said so.
    Confirmed,
    /// The text names it beyond doubt.
    Clear,
    /// The text may name it; the student is asked.
    Unsure,
}

impl Certainty {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Clear => "clear",
            Self::Unsure => "unsure",
        }
    }

    /// Returns the value for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Confirmed, Self::Clear, Self::Unsure]
            .into_iter()
            .find(|certainty| certainty.word() == word)
    }
}

/// Where a person works or worked, as somebody wrote it and as Vouch reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Affiliation {
    /// The employer's text, untouched.
    pub employer: String,
    /// The post's text, untouched.
    pub position: String,
    /// What the post is.
    pub role: RoleKind,
    /// The programs' institution that the employer names (see [`crate::Program::institution_key`]).
    pub institution_key: Option<String>,
    /// One program, where it is known which.
    pub program: Option<ProgramId>,
    /// The site that the employer names.
    pub site: Option<SiteId>,
    /// Why the text is read this way, in words.
    pub evidence: String,
    /// How sure the reading is.
    pub certainty: Certainty,
    /// When it was seen to be so.
    pub as_of: Option<Date>,
    /// Whether it is where the person is now.
    pub current: bool,
}

/// A way to reach or find a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactKind {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A LinkedIn profile.
    LinkedIn,
    /// Another web address.
    Url,
}

impl ContactKind {
    /// Returns the word that stands in pages and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::LinkedIn => "linkedin",
            Self::Url => "url",
        }
    }

    /// Returns the kind for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Email, Self::Phone, Self::LinkedIn, Self::Url]
            .into_iter()
            .find(|kind| kind.word() == word)
    }
}

/// One address of a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPoint {
    /// What kind of address it is.
    pub kind: ContactKind,
    /// The address as written.
    pub value: String,
    /// A label such as "work".
    pub label: String,
}

impl ContactPoint {
    /// Returns whether both lead to the same place. A telephone number may stand
    /// with its country or without, so this finds more than equal keys do.
    pub fn is_same(&self, other: &Self) -> bool {
        if self.kind != other.kind {
            return false;
        }
        match self.kind {
            ContactKind::Phone => phone_key(&self.value) == phone_key(&other.value),
            _ => self.key() == other.key(),
        }
    }

    /// Returns the form in which two equal addresses are equal texts.
    pub fn key(&self) -> String {
        match self.kind {
            ContactKind::Email => self.value.trim().to_lowercase(),
            ContactKind::Phone => self.value.chars().filter(char::is_ascii_digit).collect(),
            ContactKind::LinkedIn => {
                linkedin_key(&self.value).unwrap_or_else(|| self.value.trim().to_lowercase())
            }
            ContactKind::Url => self.value.trim().trim_end_matches('/').to_lowercase(),
        }
    }
}

/// Returns the part of a LinkedIn address that names the person: what follows
/// `/in/`, in lower case, without query or trailing slash.
///
/// ```
/// let url = "https://www.linkedin.com/in/Asha-Rao-12/?trk=x";
/// assert_eq!(domain::linkedin_key(url).as_deref(), Some("asha-rao-12"));
/// assert_eq!(domain::linkedin_key("linkedin.com/in/j%C3%BCrgen").as_deref(), Some("jürgen"));
/// assert_eq!(domain::linkedin_key("https://example.org/asha"), None);
/// ```
pub fn linkedin_key(url: &str) -> Option<String> {
    let lower = url.trim().to_lowercase();
    let rest = &lower[lower.find("/in/")? + 4..];
    let slug = rest.split(['/', '?', '#']).next().unwrap_or_default();
    (!slug.is_empty()).then(|| without_percents(slug))
}

/// Returns the text with what stands as "%C3%BC" decoded: browsers copy letters
/// beyond ASCII in this form, and exports have them plain.
fn without_percents(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let decoded = after
            .get(..2)
            .filter(|_| byte == b'%')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 16).ok());
        match decoded {
            Some(decoded) => {
                bytes.push(decoded);
                rest = &after[2..];
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    match String::from_utf8(bytes) {
        Ok(decoded) => decoded.to_lowercase(),
        Err(_) => text.to_owned(),
    }
}

/// Returns the digits of a telephone number with its country, and with its
/// extension after an "x". Ten digits alone are a number of North America and
/// most of the Caribbean, whose country is 1.
///
/// ```
/// assert_eq!(domain::phone_key("(717) 555-0100"), domain::phone_key("+1 717 555 0100"));
/// assert_eq!(domain::phone_key("0044 20 7946 0958"), "442079460958");
/// assert_eq!(domain::phone_key("717-555-0100 ext. 12"), "17175550100x12");
/// ```
pub fn phone_key(text: &str) -> String {
    let lower = text.trim().to_lowercase();
    let extension_at = lower
        .find(['x', ';', '#'])
        .or_else(|| lower.find("ext"))
        .unwrap_or(lower.len());
    let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
    let (number, extension) = lower.split_at(extension_at);
    let (mut number, extension) = (digits(number), digits(extension));
    if number.is_empty() {
        return extension;
    }
    if lower.starts_with('+') {
        // The country is there.
    } else if let Some(rest) = number.strip_prefix("00") {
        number = rest.to_owned();
    } else if let Some(rest) = number.strip_prefix("011").filter(|rest| rest.len() > 9) {
        number = rest.to_owned();
    } else if number.len() == 10 && !number.starts_with('0') {
        number.insert(0, '1');
    }
    if extension.is_empty() {
        number
    } else {
        format!("{number}x{extension}")
    }
}

/// Somebody the student knows or wants to know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// The person's identity.
    pub id: PersonId,
    /// The name and how to address them.
    pub name: PersonName,
    /// How close the person is.
    pub ring: Ring,
    /// Days between two interactions, where the student set them.
    pub cadence_days: Option<u16>,
    /// Where the person works, current places first.
    pub affiliations: Vec<Affiliation>,
    /// How the person can be reached.
    pub contacts: Vec<ContactPoint>,
    /// Free tags.
    pub tags: Vec<String>,
    /// How the student came upon the person ("LinkedIn connection since 8 Feb 2026").
    pub how_found: String,
    /// The student's own note.
    pub note: String,
    /// Whether the person went to the student's school; `None` is not known.
    pub same_school: Option<bool>,
    /// The day the tie began, where known (connected on, first met).
    pub known_since: Option<Date>,
    /// Where the record comes from ("LinkedIn Connections.csv", "typed").
    pub source: String,
    /// Put aside: kept, but asks for nothing.
    pub archived: bool,
}

impl Person {
    /// Returns the days between two interactions, if a rhythm is wanted.
    pub fn rhythm_days(&self) -> Option<u16> {
        self.cadence_days.or(self.ring.cadence_days())
    }

    /// Returns the first address of a kind.
    pub fn contact(&self, kind: ContactKind) -> Option<&str> {
        self.contacts
            .iter()
            .find(|contact| contact.kind == kind)
            .map(|contact| contact.value.as_str())
    }
}
