//! Stored people who may be one person, and two of them side by side.

use domain::{ContactKind, Known, Person, PersonId, Schools, Strength, differences};
use serde::Serialize;
use store::{KNOWN_TABLES, OperationRow, Reader, Snapshot};

use crate::employers::schools_among;
use crate::student::SCHOOL;
use crate::verbs::merge_people::both;
use crate::{DeskError, Result};

/// How many pairs are kept in view; more are found once these are decided.
const KEPT: usize = 1_000;

/// One person of a pair, as far as telling them apart takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairPerson {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The employer and post, or empty.
    pub work: String,
    /// The first address, or empty.
    pub address: String,
}

/// Two people who may be one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PairLine {
    /// The one stored first.
    pub first: PairPerson,
    /// The one stored later.
    pub second: PairPerson,
    /// "sure", "likely" or "possible".
    pub strength: &'static str,
    /// What speaks for one person.
    pub reason: String,
}

/// The pairs that wait for the student.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Duplicates {
    /// The pairs of this page, those with the most to speak for them first.
    pub pairs: Vec<PairLine>,
    /// All pairs.
    pub total: usize,
    /// The first pair's position, from 0.
    pub offset: usize,
    /// Pairs a page.
    pub limit: usize,
}

/// Pairs a page.
pub const PAGE: usize = 20;

/// Returns the pairs of people who may be one, from `offset` on.
pub fn duplicates(reader: &Reader, offset: usize, limit: usize) -> Result<Duplicates> {
    reader.read(|snapshot| {
        let (known, schools) = everybody(snapshot)?;
        let found = domain::duplicates(&known, &schools, KEPT);
        let page = found.pairs.iter().skip(offset).take(limit);
        let pairs = page
            .map(|pair| {
                Ok(PairLine {
                    first: pair_person(snapshot, pair.first)?,
                    second: pair_person(snapshot, pair.second)?,
                    strength: pair.strength.word(),
                    reason: pair.reason.clone(),
                })
            })
            .collect::<Result<_>>()?;
        Ok(Duplicates {
            pairs,
            total: found.total,
            offset,
            limit,
        })
    })
}

/// How many pairs have more to speak for them than a name, and when that was counted.
#[derive(Clone, Debug)]
pub struct CountedPairs {
    /// The pairs.
    pub pairs: usize,
    /// The latest operation at that time, where there was one.
    after: Option<OperationRow>,
}

/// Returns how many pairs have more to speak for them than a name. Counting looks
/// at everybody, so what was counted before stands where nothing that tells
/// people apart was touched since.
pub fn count_duplicates(reader: &Reader, before: Option<&CountedPairs>) -> Result<CountedPairs> {
    reader.read(|snapshot| {
        let after = snapshot.last_operation()?;
        if let Some(CountedPairs {
            pairs,
            after: Some(then),
        }) = before
            && !snapshot.touched_since(then, &KNOWN_TABLES)?
        {
            let pairs = *pairs;
            return Ok(CountedPairs { pairs, after });
        }
        let (known, schools) = everybody(snapshot)?;
        let found = domain::duplicates(&known, &schools, KEPT);
        let told = found
            .pairs
            .iter()
            .filter(|pair| pair.strength < Strength::Possible);
        let pairs = told.count();
        Ok(CountedPairs { pairs, after })
    })
}

/// Returns everybody who is stored, and which of their employers are schools.
fn everybody(snapshot: &Snapshot<'_>) -> Result<(Vec<Known>, Schools)> {
    let known = snapshot.known()?;
    let own = snapshot.settings()?.remove(SCHOOL).unwrap_or_default();
    let schools = schools_among(&own, known.iter().flat_map(|person| &person.employers));
    Ok((known, schools))
}

fn pair_person(snapshot: &Snapshot<'_>, id: PersonId) -> Result<PairPerson> {
    let person = snapshot
        .person(id)?
        .ok_or_else(|| DeskError::not_there("person", id))?;
    let work = person.affiliations.iter().find(|a| a.current);
    let texts = work.map(|a| [a.employer.as_str(), a.position.as_str()]);
    let texts = texts.into_iter().flatten().filter(|text| !text.is_empty());
    Ok(PairPerson {
        id: id.to_string(),
        name: person.name.display(),
        work: texts.collect::<Vec<_>>().join(", "),
        address: first_address(&person),
    })
}

fn first_address(person: &Person) -> String {
    let order = [
        ContactKind::Email,
        ContactKind::LinkedIn,
        ContactKind::Phone,
        ContactKind::Url,
    ];
    let found = order.into_iter().find_map(|kind| person.contact(kind));
    found.unwrap_or_default().to_owned()
}

/// One of two people side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Side {
    /// The person's id.
    pub id: String,
    /// The name.
    pub name: String,
    /// Places of work.
    pub works: Vec<String>,
    /// Addresses: kind and address.
    pub contacts: Vec<(&'static str, String)>,
    /// Tags.
    pub tags: Vec<String>,
    /// Where the record comes from.
    pub source: String,
    /// Put aside.
    pub archived: bool,
    /// Interactions.
    pub n_interactions: usize,
    /// Messages.
    pub n_messages: usize,
    /// Commitments.
    pub n_commitments: usize,
}

/// A field in which the two differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DifferenceLine {
    /// The field's word, for the form.
    pub field: &'static str,
    /// The value of the one who is kept.
    pub kept: String,
    /// The value of the other one.
    pub other: String,
    /// "kept", "other" or "both": what happens unless the student chooses.
    pub suggested: &'static str,
    /// Whether both values can stay.
    pub can_be_both: bool,
}

/// Two people side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Comparison {
    /// The one whose identity stays.
    pub kept: Side,
    /// The other one.
    pub other: Side,
    /// What speaks for one person, or empty.
    pub reason: String,
    /// "sure", "likely", "possible", or empty where nothing speaks for it.
    pub strength: &'static str,
    /// Whether the student said that they are two.
    pub apart: bool,
    /// The fields to choose.
    pub differences: Vec<DifferenceLine>,
}

impl Comparison {
    /// Returns both people, the one to keep first.
    pub fn sides(&self) -> [&Side; 2] {
        [&self.kept, &self.other]
    }
}

/// Returns two people side by side: the first is the one to keep.
///
/// # Errors
/// [`DeskError::NotThere`] and [`DeskError::Bad`], as merging them.
pub fn comparison(reader: &Reader, kept: PersonId, other: PersonId) -> Result<Comparison> {
    reader.read(|snapshot| {
        let [kept, other] = both(snapshot, kept, other)?;
        let (known, schools) = everybody(snapshot)?;
        let found = domain::duplicate(&known, &schools, kept.id, other.id);
        Ok(Comparison {
            strength: found.as_ref().map_or("", |pair| pair.strength.word()),
            reason: found.map(|pair| pair.reason).unwrap_or_default(),
            apart: snapshot.is_apart(kept.id, other.id)?,
            differences: differences(&kept, &other)
                .into_iter()
                .map(|d| DifferenceLine {
                    field: d.field.word(),
                    kept: d.kept,
                    other: d.other,
                    suggested: d.suggested.word(),
                    can_be_both: d.field.can_be_both(),
                })
                .collect(),
            kept: side(snapshot, kept)?,
            other: side(snapshot, other)?,
        })
    })
}

fn side(snapshot: &Snapshot<'_>, person: Person) -> Result<Side> {
    let [n_interactions, n_messages, n_commitments] = snapshot.counts_of(person.id)?;
    let works = person.affiliations.iter().map(|a| {
        let texts = [a.employer.as_str(), a.position.as_str()];
        let texts: Vec<&str> = texts.into_iter().filter(|text| !text.is_empty()).collect();
        texts.join(", ")
    });
    Ok(Side {
        id: person.id.to_string(),
        name: person.name.display(),
        works: works.collect(),
        contacts: person
            .contacts
            .iter()
            .map(|c| (c.kind.word(), c.value.clone()))
            .collect(),
        n_interactions,
        n_messages,
        n_commitments,
        tags: person.tags,
        source: person.source,
        archived: person.archived,
    })
}
