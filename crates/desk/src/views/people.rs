//! People as a list, with filters.

mod address;
mod columns;

use std::collections::{BTreeMap, BTreeSet};

use domain::{PersonId, ProgramId, RelationshipState, Ring, RoleKind, relationship};
use jiff::civil::Date;
use serde::Serialize;
use store::{AnyOf, LastContact, PeopleFilter, PersonRow, Reader, ReplyOwed, Snapshot};

pub use self::columns::{Column, Columns};
use crate::Result;
use crate::places::Places;
use crate::verbs::save_filter::saved_filters;

/// One person in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PersonLine {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The employer's text.
    pub employer: String,
    /// The post's text.
    pub position: String,
    /// What the post is.
    pub role: &'static str,
    /// The ring.
    pub ring: &'static str,
    /// The institution that the employer names, where it names one.
    pub place: Option<String>,
    /// The day of the last interaction.
    pub last: Option<String>,
    /// Interactions logged.
    pub n_interactions: usize,
    /// Tags.
    pub tags: Vec<String>,
    /// Whether the person went to the student's school; `null` is not known.
    pub same_school: Option<bool>,
    /// How well they know the student.
    pub state: &'static str,
    /// How the student came upon the person, or empty.
    pub how_found: String,
    /// The day since when the student knows the person.
    pub known_since: Option<String>,
}

/// People as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct People {
    /// The rows of this page.
    pub rows: Vec<PersonLine>,
    /// People who fit the filter.
    pub total: usize,
    /// People stored and not archived.
    pub stored: usize,
    /// People in the trash.
    pub trashed: usize,
    /// The first row's position, from 0.
    pub offset: usize,
    /// Rows a page.
    pub limit: usize,
    /// Tags in use, with counts.
    pub tags: Vec<(String, usize)>,
    /// The programs to filter by: the student's list, and the one asked for.
    pub programs: Vec<(String, String)>,
    /// The states of the country to filter by: where programs are, by their two
    /// letters, and the one asked for.
    pub us_states: Vec<String>,
    /// The filters that the student saved: the name, and the filter as it
    /// stands in the address.
    pub saved: BTreeMap<String, String>,
    /// Who of these rows owes the student an answer or is owed one, by the
    /// person's id; `None` where the list has no such column.
    pub replies: Option<BTreeMap<String, Vec<Reply>>>,
}

/// What the list of people can be asked for, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Words of name, employer, post, address, tag or note.
    pub text: String,
    /// A role.
    pub role: Option<RoleKind>,
    /// A ring.
    pub ring: Option<Ring>,
    /// Tags; people who carry all of them.
    pub tags: Vec<String>,
    /// An institution's key.
    pub institution: String,
    /// A program; people who work or worked there, at its sites included.
    pub program: Option<ProgramId>,
    /// A state of the country, by its two letters; people who work or worked there.
    pub us_state: String,
    /// How well they know the student.
    pub state: Option<RelationshipState>,
    /// When something last happened.
    pub contact: Option<Contact>,
    /// Who owes the other an answer.
    pub reply: Option<Reply>,
    /// The day from which `contact`, `reply` and the column of replies count;
    /// `None` with any of them leaves it out.
    pub today: Option<Date>,
    /// Only people of the student's school, or only those who are not.
    pub same_school: Option<bool>,
    /// The archived ones instead of the others.
    pub archived: bool,
    /// The order of the rows.
    pub order: Order,
    /// What stands in the list; it lets nobody through or out.
    pub columns: Columns,
    /// The first row, from 0.
    pub offset: usize,
    /// Rows a page; 0 is the usual number.
    pub limit: usize,
}

/// How long ago something last happened with somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Contact {
    /// In the last days, so many.
    Within(u16),
    /// Not in the last days, so many, but before.
    SilentFor(u16),
    /// Not once.
    Never,
}

impl Contact {
    /// The choices that a page offers, with their words and labels.
    pub const OFFERED: [(&str, &str); 8] = [
        ("within-7", "in the last week"),
        ("within-30", "in the last month"),
        ("within-90", "in the last 3 months"),
        ("within-365", "in the last year"),
        ("silent-30", "silent for a month"),
        ("silent-90", "silent for 3 months"),
        ("silent-365", "silent for a year"),
        ("never", "none logged"),
    ];

    /// Returns what a word means: "within-30", "silent-90" or "never".
    pub fn from_word(word: &str) -> Option<Self> {
        if word == "never" {
            return Some(Self::Never);
        }
        let (kind, days) = word.split_once('-')?;
        let days = days.parse().ok().filter(|days| *days > 0)?;
        match kind {
            "within" => Some(Self::Within(days)),
            "silent" => Some(Self::SilentFor(days)),
            _ => None,
        }
    }

    /// Returns the word that stands in addresses.
    pub fn word(self) -> String {
        match self {
            Self::Within(days) => format!("within-{days}"),
            Self::SilentFor(days) => format!("silent-{days}"),
            Self::Never => "never".to_owned(),
        }
    }

    /// Returns the words that a page shows.
    pub fn label(self) -> String {
        let word = self.word();
        let offered = Self::OFFERED.iter().find(|(offered, _)| *offered == word);
        match (offered, self) {
            (Some((_, label)), _) => (*label).to_owned(),
            (None, Self::Within(days)) => format!("in the last {days} days"),
            (None, Self::SilentFor(days)) => format!("silent for {days} days"),
            (None, Self::Never) => word,
        }
    }

    fn on(self, today: Date) -> LastContact {
        let back = |days: u16| today.saturating_sub(jiff::Span::new().days(i64::from(days)));
        match self {
            Self::Within(days) => LastContact::Since(back(days)),
            Self::SilentFor(days) => LastContact::Before(back(days)),
            Self::Never => LastContact::Never,
        }
    }
}

/// Who owes the other an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reply {
    /// The student.
    Mine,
    /// The person.
    Theirs,
}

impl Reply {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Mine, Self::Theirs];

    /// Returns the word that stands in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Theirs => "theirs",
        }
    }

    /// Returns the words that a page shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::Mine => "I owe one",
            Self::Theirs => "they owe one",
        }
    }

    /// Returns the answer for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reply| reply.word() == word)
    }
}

/// The order of people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// By name.
    #[default]
    Name,
    /// The latest interaction first.
    Recent,
    /// The longest silence first.
    Silent,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 3] = [Self::Name, Self::Recent, Self::Silent];

    /// Returns the word that stands in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Recent => "recent",
            Self::Silent => "silent",
        }
    }

    /// Returns the order for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.word() == word)
    }
}

/// Rows a page when nothing else is asked.
pub const PAGE: usize = 50;

/// Returns the people who fit a query.
pub fn people(reader: &Reader, query: &PeopleQuery) -> Result<People> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let limit = if query.limit == 0 { PAGE } else { query.limit };
        let filter = PeopleFilter {
            order: match query.order {
                Order::Name => store::PeopleOrder::Name,
                Order::Recent => store::PeopleOrder::Recent,
                Order::Silent => store::PeopleOrder::LongSilent,
            },
            offset: query.offset,
            limit: Some(limit),
            ..filter(query, &places)
        };
        let page = snapshot.people(&filter)?;
        let counts = snapshot.counts()?;
        let today = query.today;
        let replies = today
            .filter(|_| query.columns.has(&Column::Reply))
            .map(|today| columns::replies(snapshot, &page.rows, today))
            .transpose()?;
        Ok(People {
            rows: page
                .rows
                .into_iter()
                .map(|row| line(row, &places))
                .collect(),
            total: page.total,
            stored: counts.people,
            trashed: counts.trashed,
            offset: query.offset,
            limit,
            tags: snapshot.tags()?,
            programs: offered_programs(snapshot, &places, query)?,
            us_states: offered_states(&places, query),
            saved: saved_filters(&snapshot.settings()?),
            replies,
        })
    })
}

/// Returns everybody who fits a query, wherever the page of a list ends.
pub fn people_ids(reader: &Reader, query: &PeopleQuery) -> Result<Vec<PersonId>> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        Ok(snapshot.people_ids(&filter(query, &places))?)
    })
}

/// Returns the filters that the student saved: the name, and the filter as it
/// stands in the address.
pub fn saved(reader: &Reader) -> Result<BTreeMap<String, String>> {
    reader.read(|snapshot| Ok(saved_filters(&snapshot.settings()?)))
}

/// Returns the student's list, in its order, and the program asked for.
fn offered_programs(
    snapshot: &Snapshot<'_>,
    places: &Places,
    query: &PeopleQuery,
) -> Result<Vec<(String, String)>> {
    let mut ids: Vec<ProgramId> = snapshot.listed()?.into_iter().map(|l| l.program).collect();
    if let Some(asked) = query.program.as_ref().filter(|id| !ids.contains(id)) {
        ids.insert(0, asked.clone());
    }
    let named = ids
        .iter()
        .filter_map(|id| places.program(id))
        .map(|program| (program.id.to_string(), program.name()));
    Ok(named.collect())
}

/// Returns the states where programs are, and the one asked for, in their order.
fn offered_states(places: &Places, query: &PeopleQuery) -> Vec<String> {
    let codes = places.programs().map(|program| program.state.as_str());
    let codes: BTreeSet<&str> = codes.chain([query.us_state.as_str()]).collect();
    let named = codes.into_iter().filter(|code| !code.is_empty());
    named.map(str::to_owned).collect()
}

/// Returns whom a query lets through.
fn filter(query: &PeopleQuery, places: &Places) -> PeopleFilter {
    let program = query.program.as_ref().map(|id| AnyOf {
        institution_keys: places
            .program(id)
            .map(|program| program.institution_key.clone())
            .into_iter()
            .collect(),
        sites: places
            .program(id)
            .map(|program| program.sites.clone())
            .unwrap_or_default(),
        programs: vec![id.clone()],
    });
    let state = some(&query.us_state).map(|code| places.in_state(&code));
    PeopleFilter {
        text: some(&query.text),
        role: query.role,
        ring: query.ring,
        tags: query.tags.clone(),
        institution_key: some(&query.institution),
        places: program.into_iter().chain(state).collect(),
        relationship: query.state,
        contact: query
            .contact
            .zip(query.today)
            .map(|(contact, today)| contact.on(today)),
        reply: query
            .reply
            .zip(query.today)
            .map(|(reply, today)| match reply {
                Reply::Mine => ReplyOwed::ByStudent,
                Reply::Theirs => ReplyOwed::ByPerson { today },
            }),
        same_school: query.same_school,
        archived: query.archived,
        ..PeopleFilter::default()
    }
}

fn some(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

pub(crate) fn line(row: PersonRow, places: &Places) -> PersonLine {
    let place = row
        .site
        .as_ref()
        .and_then(|id| places.site(id))
        .map(|site| site.name.clone())
        .or_else(|| {
            row.institution_key
                .as_deref()
                .and_then(|key| places.institution(key))
                .map(str::to_owned)
        });
    PersonLine {
        id: row.id.to_string(),
        name: row.name.display(),
        employer: row.employer,
        position: row.position,
        role: row.role.word(),
        ring: row.ring.word(),
        place,
        last: row.last.map(|day: Date| day.to_string()),
        n_interactions: row.n_interactions,
        tags: row.tags,
        same_school: row.same_school,
        state: relationship(row.evidence).0.word(),
        how_found: row.how_found,
        known_since: row.known_since.map(|day| day.to_string()),
    }
}

/// Returns the one person whom a text names: an id, a whole name, or words of
/// one.
///
/// # Errors
/// [`crate::DeskError::NotThere`] and [`crate::DeskError::Several`], the latter
/// with the candidates.
pub fn find_person(reader: &Reader, text: &str) -> Result<PersonId> {
    reader.read(|snapshot| {
        if let Ok(id) = text.parse::<PersonId>() {
            // An identity from before a merge means the person who was kept.
            return Ok(snapshot.person_of_identity(id)?.unwrap_or(id));
        }
        let wanted = domain::fold_key(&domain::PersonName::parse(text).plain());
        let names = snapshot.person_names()?;
        let exact: Vec<_> = names
            .iter()
            .filter(|(_, name)| name.key() == wanted)
            .collect();
        if let [(id, _)] = exact[..] {
            return Ok(*id);
        }
        let words: Vec<&str> = wanted.split(' ').filter(|w| !w.is_empty()).collect();
        let fits = |name: &domain::PersonName| {
            let key = name.key();
            !words.is_empty()
                && words
                    .iter()
                    .all(|w| key.split(' ').any(|k| k.starts_with(w)))
        };
        let found: Vec<_> = names.iter().filter(|(_, name)| fits(name)).collect();
        match found[..] {
            [] => Err(crate::DeskError::not_there("person", text)),
            [(id, _)] => Ok(*id),
            _ => Err(crate::DeskError::Several {
                name: text.to_owned(),
                candidates: found
                    .iter()
                    .take(8)
                    .map(|(id, name)| format!("{} ({id})", name.display()))
                    .collect(),
            }),
        }
    })
}
