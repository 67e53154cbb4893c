//! People as a list, with filters.

use domain::{PersonId, Ring, RoleKind};
use jiff::civil::Date;
use serde::Serialize;
use store::{PeopleFilter, PersonRow, Reader};

use crate::Result;
use crate::places::Places;

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
    /// A tag.
    pub tag: String,
    /// An institution's key.
    pub institution: String,
    /// Only people of the student's school, or only those who are not.
    pub same_school: Option<bool>,
    /// The archived ones instead of the others.
    pub archived: bool,
    /// The order of the rows.
    pub order: Order,
    /// The first row, from 0.
    pub offset: usize,
    /// Rows a page; 0 is the usual number.
    pub limit: usize,
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
            ..filter(query)
        };
        let page = snapshot.people(&filter)?;
        let counts = snapshot.counts()?;
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
        })
    })
}

/// Returns everybody who fits a query, wherever the page of a list ends.
pub fn people_ids(reader: &Reader, query: &PeopleQuery) -> Result<Vec<PersonId>> {
    reader.read(|snapshot| Ok(snapshot.people_ids(&filter(query))?))
}

/// Returns whom a query lets through.
fn filter(query: &PeopleQuery) -> PeopleFilter {
    PeopleFilter {
        text: some(&query.text),
        role: query.role,
        ring: query.ring,
        tag: some(&query.tag),
        institution_key: some(&query.institution),
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
