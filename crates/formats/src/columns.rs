//! Rows of people whose columns are known: what every contacts CSV shares.

mod name;

use domain::{ContactKind, ContactPoint, PersonDraft, Problem, Sink, linkedin_key};

pub(crate) use name::{NameParts, hand_on_person, has_all_words};

use crate::days::file_day;
use crate::rows::{Header, Row, Rows};
use crate::text::quoted;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ColumnRole {
    /// The whole name.
    Name,
    /// "Dr." and the like.
    Title,
    /// Given names.
    Given,
    /// Middle names.
    Middle,
    /// Surnames.
    Family,
    /// "Jr." or degrees.
    Suffix,
    /// The employer.
    Employer,
    /// The post.
    Position,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A LinkedIn profile.
    LinkedIn,
    /// Another web address.
    Url,
    /// Tags or groups.
    Tags,
    /// A note.
    Note,
    /// The day the tie began.
    KnownSince,
    /// How the student came upon the person.
    HowFound,
    /// Kept with its column's name, without a place of its own.
    Extra,
    /// Left out.
    Ignore,
}

impl ColumnRole {
    /// Every role, in the order of the page where columns are chosen.
    pub const ALL: [Self; 18] = [
        Self::Name,
        Self::Title,
        Self::Given,
        Self::Middle,
        Self::Family,
        Self::Suffix,
        Self::Employer,
        Self::Position,
        Self::Email,
        Self::Phone,
        Self::LinkedIn,
        Self::Url,
        Self::Tags,
        Self::Note,
        Self::KnownSince,
        Self::HowFound,
        Self::Extra,
        Self::Ignore,
    ];

    /// Returns the word under which a choice is remembered.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Title => "title",
            Self::Given => "given",
            Self::Middle => "middle",
            Self::Family => "family",
            Self::Suffix => "suffix",
            Self::Employer => "employer",
            Self::Position => "position",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::LinkedIn => "linkedin",
            Self::Url => "url",
            Self::Tags => "tags",
            Self::Note => "note",
            Self::KnownSince => "known since",
            Self::HowFound => "how found",
            Self::Extra => "extra",
            Self::Ignore => "ignore",
        }
    }

    /// Returns the role for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.word() == word)
    }
}

/// Where the label of an address comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Label {
    /// There is none.
    None,
    /// The column says it: "Business Phone" is "business".
    Fixed(String),
    /// Another column says it.
    Column(usize),
}

/// One column and what becomes of it.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) role: ColumnRole,
    pub(crate) label: Label,
}

impl Planned {
    pub(crate) fn new(role: ColumnRole) -> Self {
        Self {
            role,
            label: Label::None,
        }
    }
}

/// What becomes of every column of a file.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    pub(crate) columns: Vec<Planned>,
    /// What joins several values in one cell.
    pub(crate) joined_by: Option<&'static str>,
    /// Which tags are groups of the system and say nothing.
    pub(crate) is_dull_tag: fn(&str) -> bool,
    /// Which values of a column say nothing: "0/0/00", "Unspecified".
    pub(crate) is_dull_value: fn(&str, &str) -> bool,
    /// Takes off what was put in front of a value so that no spreadsheet
    /// computes it.
    pub(crate) restored: fn(&str) -> &str,
}

/// Reads every row that is left into people.
pub(crate) fn read_people(rows: &mut Rows, header: &Header, plan: &Plan, sink: &mut dyn Sink) {
    rows.each(sink, |row, sink| read_person(header, &row, plan, sink));
}

/// Hands on one row; `false` means stop.
fn read_person(header: &Header, row: &Row, plan: &Plan, sink: &mut dyn Sink) -> bool {
    if row.is_blank() {
        return true;
    }
    let (n_cells, n_names) = (row.cells.len(), header.names.len());
    let has_surplus = row.cells.iter().skip(n_names).any(|c| !c.trim().is_empty());
    if n_cells < n_names || has_surplus {
        let problem = Problem {
            line: row.line,
            field: String::new(),
            found: format!("{n_cells} cells where the header has {n_names}"),
            would_do: "a cell for every column, and quotes around a value with a comma".to_owned(),
            record_kept: true,
        };
        if !sink.problem(problem) {
            return false;
        }
    }
    let mut builder = Builder {
        header,
        row,
        plan,
        draft: PersonDraft {
            line: row.line,
            ..PersonDraft::default()
        },
        parts: NameParts::default(),
        main_post: main_post(row, plan),
        primary: Vec::new(),
        problems: Vec::new(),
    };
    for i in 0..n_cells {
        builder.take_cell(i);
    }
    builder.hand_on(sink)
}

struct Builder<'a> {
    header: &'a Header,
    row: &'a Row,
    plan: &'a Plan,
    draft: PersonDraft,
    parts: NameParts,
    /// Which of several employers in one cell is the one of today.
    main_post: Option<usize>,
    /// The kinds of address whose primary one was found.
    primary: Vec<ContactKind>,
    problems: Vec<Problem>,
}

impl Builder<'_> {
    fn take_cell(&mut self, i: usize) {
        let value = (self.plan.restored)(self.row.cells[i].trim());
        if !value.is_empty() {
            self.take_value(i, value);
        }
    }

    fn take_value(&mut self, i: usize, value: &str) {
        let name = match self.header.names.get(i) {
            Some(name) if !name.is_empty() => name.clone(),
            _ => format!("column {}", i + 1),
        };
        if (self.plan.is_dull_value)(&name, value) {
            return;
        }
        let planned = self.plan.columns.get(i);
        let role = planned.map_or(ColumnRole::Extra, |planned| planned.role);
        let parts = &mut self.parts;
        let draft = &mut self.draft;
        match role {
            ColumnRole::Name => join(&mut parts.whole, value, " "),
            ColumnRole::Title => join(&mut parts.title, value, " "),
            ColumnRole::Given => join(&mut parts.given, value, " "),
            ColumnRole::Middle => join(&mut parts.middle, value, " "),
            ColumnRole::Family => join(&mut parts.family, value, " "),
            ColumnRole::Suffix => join(&mut parts.suffix, value, " "),
            ColumnRole::Employer | ColumnRole::Position => {
                // The main one is the one of today as far as a file can say.
                let parts = parts_of(value, self.plan.joined_by);
                let main = match parts.len() {
                    1 => 0,
                    _ => self.main_post.unwrap_or_else(|| first_filled(&parts)),
                };
                for (n, part) in parts.into_iter().enumerate() {
                    if part.is_empty() {
                        continue;
                    }
                    match role {
                        _ if n != main => draft.extra.push((name.clone(), part.to_owned())),
                        ColumnRole::Employer => join(&mut draft.employer, part, "; "),
                        _ => join(&mut draft.position, part, "; "),
                    }
                }
            }
            ColumnRole::Note => join(&mut draft.note, value, "\n"),
            ColumnRole::HowFound => join(&mut draft.how_found, value, ", "),
            ColumnRole::Tags => self.take_tags(value),
            ColumnRole::KnownSince => self.take_day(&name, value),
            ColumnRole::Email | ColumnRole::Phone | ColumnRole::LinkedIn | ColumnRole::Url => {
                self.take_addresses(i, role, &name, value);
            }
            ColumnRole::Extra => {
                let parts = parts_of(value, self.plan.joined_by).into_iter();
                let filled = parts.filter(|part| !part.is_empty());
                draft
                    .extra
                    .extend(filled.map(|part| (name.clone(), part.to_owned())));
            }
            ColumnRole::Ignore => {}
        }
    }

    fn take_tags(&mut self, value: &str) {
        let separators: &[&str] = match &self.plan.joined_by {
            Some(separator) => &[separator],
            None => &[";", ",", "|"],
        };
        let separator = separators.iter().find(|s| value.contains(**s));
        let tags: Vec<&str> = match separator {
            Some(separator) => value.split(separator).collect(),
            None => vec![value],
        };
        for tag in tags.into_iter().map(str::trim) {
            let is_new = !self.draft.tags.iter().any(|other| other == tag);
            if !tag.is_empty() && is_new && !(self.plan.is_dull_tag)(tag) {
                let tag = tag.trim_start_matches('*').trim();
                self.draft.tags.push(tag.to_owned());
            }
        }
    }

    fn take_day(&mut self, name: &str, value: &str) {
        if let Some(day) = file_day(value) {
            self.draft.known_since = self.draft.known_since.or(Some(day));
            return;
        }
        self.problem(name, value, "a day such as 08 Feb 2026");
        self.draft.extra.push((name.to_owned(), value.to_owned()));
    }

    fn problem(&mut self, field: &str, found: &str, would_do: &str) {
        self.problems.push(Problem {
            line: self.row.line,
            field: field.to_owned(),
            found: quoted(found),
            would_do: would_do.to_owned(),
            record_kept: true,
        });
    }

    fn take_addresses(&mut self, i: usize, role: ColumnRole, name: &str, value: &str) {
        let split = |text: &str| -> Vec<String> {
            let parts = parts_of(text, self.plan.joined_by).into_iter();
            parts.map(str::to_owned).collect()
        };
        let labels: Vec<String> = match self.plan.columns.get(i).map(|planned| &planned.label) {
            Some(Label::Fixed(label)) => vec![label.clone()],
            Some(Label::Column(column)) => {
                let cell = self.row.cells.get(*column).map_or("", String::as_str);
                split(cell)
            }
            Some(Label::None) | None => Vec::new(),
        };
        for (n, value) in split(value).into_iter().enumerate() {
            let label = labels.get(n).or(labels.last()).map_or("", String::as_str);
            // Google stars the label of the primary address.
            let is_primary = label.trim_start().starts_with('*');
            let label = label.trim_start_matches('*').trim().to_lowercase();
            let bare = bare_address(role, &value);
            if bare != value {
                self.draft.extra.push((name.to_owned(), value.clone()));
            }
            match address(role, bare) {
                Some(kind) => {
                    let contacts = &mut self.draft.contacts;
                    push_contact(contacts, kind, bare, &label);
                    if is_primary && !self.primary.contains(&kind) {
                        self.primary.push(kind);
                        make_first(contacts, kind, bare);
                    }
                }
                None if value.is_empty() => {}
                None => {
                    // An Exchange directory path is no address and no mistake.
                    if !value.to_lowercase().starts_with("/o=") {
                        self.problem(name, &value, "an address with \"@\"");
                    }
                    self.draft.extra.push((name.to_owned(), value));
                }
            }
        }
    }

    fn hand_on(mut self, sink: &mut dyn Sink) -> bool {
        self.draft.name = self.parts.name();
        let whole = std::mem::take(&mut self.parts.whole);
        if !has_all_words(&self.draft.name, &whole) {
            let written = ("Name as written".to_owned(), whole);
            self.draft.extra.push(written);
        }
        hand_on_person(self.draft, self.problems, sink)
    }
}

/// Returns the values that stand in one cell, each trimmed; those between two
/// separators may be empty, and keep their place.
fn parts_of<'v>(value: &'v str, joined_by: Option<&str>) -> Vec<&'v str> {
    match joined_by {
        Some(separator) => value.split(separator).map(str::trim).collect(),
        None => vec![value.trim()],
    }
}

fn first_filled(parts: &[&str]) -> usize {
    let first = parts.iter().position(|part| !part.is_empty());
    first.unwrap_or_default()
}

/// Returns which of several employers in the cell of a row is the first that is
/// filled: titles stand in the same order.
fn main_post(row: &Row, plan: &Plan) -> Option<usize> {
    let of_employer = |planned: &Planned| planned.role == ColumnRole::Employer;
    let cell = row.cells.get(plan.columns.iter().position(of_employer)?)?;
    let parts = parts_of(cell, plan.joined_by);
    let is_filled = parts.iter().any(|part| !part.is_empty());
    is_filled.then(|| first_filled(&parts))
}

/// Returns the address in `"Asha Rao" <asha@example.org>`, else the value.
pub(crate) fn bare_address(role: ColumnRole, value: &str) -> &str {
    let inner = value
        .strip_suffix('>')
        .and_then(|rest| rest.rsplit_once('<'));
    match inner {
        Some((_, inner)) if role == ColumnRole::Email => inner.trim(),
        _ => value,
    }
}

/// Brings an address before the others of its kind.
fn make_first(contacts: &mut [ContactPoint], kind: ContactKind, value: &str) {
    let first = contacts.iter().position(|c| c.kind == kind);
    let own = contacts
        .iter()
        .rposition(|c| c.kind == kind && c.value == value);
    if let (Some(first), Some(own)) = (first, own) {
        contacts[first..=own].rotate_right(1);
    }
}

/// Returns what kind of address a value of such a column is; `None` where it is
/// no address.
pub(crate) fn address(role: ColumnRole, value: &str) -> Option<ContactKind> {
    if value.is_empty() {
        return None;
    }
    match role {
        ColumnRole::Email => {
            let is_one = value.contains('@') && !value.contains(char::is_whitespace);
            is_one.then_some(ContactKind::Email)
        }
        ColumnRole::Phone => Some(ContactKind::Phone),
        ColumnRole::LinkedIn => Some(ContactKind::LinkedIn),
        _ if value.to_lowercase().contains("linkedin.com/") && linkedin_key(value).is_some() => {
            Some(ContactKind::LinkedIn)
        }
        _ => Some(ContactKind::Url),
    }
}

/// Adds an address unless it is there already under the same label.
pub(crate) fn push_contact(
    contacts: &mut Vec<ContactPoint>,
    kind: ContactKind,
    value: &str,
    label: &str,
) {
    let contact = ContactPoint {
        kind,
        value: value.to_owned(),
        label: label.to_owned(),
    };
    let key = contact.key();
    let is_there = contacts
        .iter()
        .any(|other| other.kind == kind && other.key() == key && other.label == label);
    if !is_there {
        contacts.push(contact);
    }
}

fn join(into: &mut String, text: &str, between: &str) {
    if !into.is_empty() {
        into.push_str(between);
    }
    into.push_str(text);
}
