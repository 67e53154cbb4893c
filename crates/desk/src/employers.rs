//! What the employers' texts of a reading name.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::{LazyLock, Mutex, PoisonError};

use domain::{Match, PersonDraft, ProgramId, Schools, SiteId, fold_key};
use facts::{EmployerReading, SchoolAnswer};
use store::{EmployerAnswer, Snapshot};

use crate::places::Places;
use crate::{DeskError, Result};

/// What is known of one distinct employer text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Employer {
    /// The student answered before, or the text is clear.
    Settled(Option<PlaceRef>),
    /// The text may name one of these; the student is asked once.
    Open(Vec<PlaceRef>),
}

/// A place that an employer text names, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceRef {
    pub(crate) institution_key: Option<String>,
    pub(crate) site: Option<SiteId>,
    pub(crate) program: Option<ProgramId>,
    pub(crate) label: String,
    pub(crate) evidence: String,
    pub(crate) confirmed: bool,
}

/// Drafts between two reports of progress: reading an employer's text takes a
/// millisecond at times.
const TOLD_EVERY: usize = 64;

/// Returns which of some employers are schools, the student's own among them:
/// those whose first part names one ("SGU, Grenada"), or that hold the name of the
/// student's own anywhere.
pub(crate) fn schools_among<'t>(own: &str, employers: impl Iterator<Item = &'t String>) -> Schools {
    let own_key = format!(" {} ", fold_key(own));
    let facts = facts::shipped();
    let distinct: HashSet<&str> = employers.map(String::as_str).collect();
    Schools::of(distinct.into_iter().filter(|text| {
        let first = text.split([',', ';', '(', '|', '/', '–', '—']).next();
        let first = first.unwrap_or_default().split(" - ").next();
        let names_one = |text: &str| facts.school(text) != SchoolAnswer::None;
        let is_own = || format!(" {} ", fold_key(text)).contains(&own_key);
        names_one(text)
            || first.is_some_and(|first| first.len() < text.len() && names_one(first))
            || (!own_key.trim().is_empty() && is_own())
    }))
}

/// Returns every distinct employer text of drafts that add or change somebody:
/// the text, how often it stands there, and what it names. `progress` is told how
/// many drafts are looked at, and ends it with [`DeskError::Stopped`] by `false`.
pub(crate) fn employers(
    snapshot: &Snapshot<'_>,
    drafts: &[PersonDraft],
    matches: &[Match],
    progress: &mut dyn FnMut(usize) -> bool,
) -> Result<BTreeMap<String, (String, usize, Employer)>> {
    let places = Places::load(snapshot)?;
    let answers = snapshot.employer_answers()?;
    let mut employers: BTreeMap<String, (String, usize, Employer)> = BTreeMap::new();
    for (row, (draft, found)) in drafts.iter().zip(matches).enumerate() {
        if row % TOLD_EVERY == 0 && !progress(row) {
            return Err(DeskError::Stopped);
        }
        if draft.employer.is_empty() || matches!(found, Match::Same { .. } | Match::Repeat { .. }) {
            continue;
        }
        let key = fold_key(&draft.employer);
        if let Some((_, n, _)) = employers.get_mut(&key) {
            *n += 1;
            continue;
        }
        let employer = read_employer(&places, &answers, &draft.employer, &draft.position);
        employers.insert(key, (draft.employer.clone(), 1, employer));
    }
    Ok(employers)
}

/// Returns what an employer text names: the student's earlier answer first, then
/// the student's own programs and sites, then the shipped facts.
pub(crate) fn read_employer(
    places: &Places,
    answers: &HashMap<String, EmployerAnswer>,
    employer: &str,
    position: &str,
) -> Employer {
    read_employer_of(places, answers, &fold_key(employer), employer, position)
}

/// Returns what [`read_employer`] does, where the text's folded key is known.
pub(crate) fn read_employer_of(
    places: &Places,
    answers: &HashMap<String, EmployerAnswer>,
    key: &str,
    employer: &str,
    position: &str,
) -> Employer {
    match answers.get(key) {
        Some(EmployerAnswer::Nothing) => return Employer::Settled(None),
        Some(EmployerAnswer::Place {
            institution_key,
            program,
            site,
        }) => {
            let mut place = place_ref(
                places,
                institution_key.clone(),
                site.clone(),
                program.clone(),
                "you said so".to_owned(),
            );
            place.confirmed = true;
            return Employer::Settled(Some(place));
        }
        None => {}
    }
    if let Some(own) = places.own_place(key) {
        return Employer::Settled(Some(own));
    }
    match shipped_reading(employer, position) {
        EmployerReading::Clear {
            institution_key,
            site,
            program,
            evidence,
        } => Employer::Settled(Some(place_ref(
            places,
            Some(institution_key),
            site,
            program,
            evidence,
        ))),
        EmployerReading::Unsure { candidates } => Employer::Open(
            candidates
                .into_iter()
                .map(|candidate| PlaceRef {
                    institution_key: Some(candidate.institution_key),
                    site: candidate.site,
                    program: candidate.program,
                    label: candidate.label,
                    evidence: candidate.evidence,
                    confirmed: false,
                })
                .collect(),
        ),
        EmployerReading::Nothing => Employer::Settled(None),
    }
}

/// Texts whose readings are kept, so that a page need not read thousands of them
/// anew (about 3 MB for 10,000); beyond that it begins again. With a position there
/// are many more, so those are not kept.
const READINGS_MAX: usize = 50_000;

/// What the shipped facts, which do not change, say of texts without a position.
static READINGS: LazyLock<Mutex<HashMap<String, EmployerReading>>> = LazyLock::new(Mutex::default);

fn shipped_reading(employer: &str, position: &str) -> EmployerReading {
    if !position.is_empty() {
        return facts::shipped().read_employer(employer, position);
    }
    let kept = || READINGS.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(reading) = kept().get(employer) {
        return reading.clone();
    }
    let reading = facts::shipped().read_employer(employer, position);
    let mut readings = kept();
    if readings.len() >= READINGS_MAX {
        readings.clear();
    }
    readings.insert(employer.to_owned(), reading.clone());
    reading
}

fn place_ref(
    places: &Places,
    institution_key: Option<String>,
    site: Option<SiteId>,
    program: Option<ProgramId>,
    evidence: String,
) -> PlaceRef {
    let label = program
        .as_ref()
        .and_then(|id| places.program(id))
        .map(domain::Program::name)
        .or_else(|| {
            institution_key
                .as_deref()
                .and_then(|key| places.institution(key))
                .map(str::to_owned)
        })
        .or_else(|| {
            site.as_ref()
                .and_then(|id| places.site(id))
                .map(|site| site.name.clone())
        })
        .unwrap_or_default();
    PlaceRef {
        institution_key,
        site,
        program,
        label,
        evidence,
        confirmed: false,
    }
}
