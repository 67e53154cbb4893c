//! Whom the student knows at a place, and how well.

use domain::{
    Affiliation, Certainty, Program, ProgramId, RelationshipEvidence, Site, SiteId, fold_key,
    relationship,
};
use serde::Serialize;
use store::{PeopleFilter, PersonAt, Place, Reader, Snapshot};

use crate::places::Places;
use crate::views::import::PlaceRef;
use crate::views::may_be::{MayBe, MayBeLine, may_be_there};
use crate::views::people::{PersonLine, line};
use crate::{DeskError, Result};

/// Somebody at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WhoLine {
    /// The person.
    pub person: PersonLine,
    /// How well they know the student.
    pub state: &'static str,
    /// Why.
    pub reason: String,
    /// Why the person is counted here: how the employer's text was read.
    pub evidence: String,
    /// How sure that reading is.
    pub certainty: &'static str,
    /// Whether the person is there now.
    pub current: bool,
}

/// Whom the student knows at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Who {
    /// The place, in words.
    pub place: String,
    /// The program's id, where one program was asked for.
    pub program: Option<String>,
    /// People there, those who know the student best first.
    pub people: Vec<WhoLine>,
    /// People who may be there, whose place the student has not settled.
    pub may_be: Vec<MayBeLine>,
    /// How well the place knows the student.
    pub state: &'static str,
    /// Why.
    pub reason: String,
}

/// Returns whom the student knows at the program or site that a text names.
///
/// # Errors
/// [`DeskError::NotThere`] where it names none, [`DeskError::Several`] where it
/// names programs of several institutions.
pub fn who(reader: &Reader, text: &str) -> Result<Who> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let found = places.find(text);
        let Some(first) = found.first() else {
            return at_site(snapshot, &places, text);
        };
        if found
            .iter()
            .any(|program| program.institution_key != first.institution_key)
        {
            let mut candidates: Vec<String> = Vec::new();
            for program in &found {
                let line = format!(
                    "{} ({}, {})",
                    program.institution, program.city, program.state
                );
                if !candidates.contains(&line) {
                    candidates.push(line);
                }
            }
            candidates.truncate(12);
            return Err(DeskError::Several {
                name: text.to_owned(),
                candidates,
            });
        }
        let one = (found.len() == 1).then(|| first.id.to_string());
        let (people, state, mut reason) = at_program(snapshot, &places, first)?;
        let may_be = MayBe::load(snapshot, &places)?.beside(snapshot, first, &people)?;
        if people.is_empty() && !may_be.is_empty() {
            reason = may_be_there(may_be.len());
        }
        Ok(Who {
            place: first.institution.clone(),
            program: one,
            people,
            may_be,
            state,
            reason,
        })
    })
}

fn at_site(snapshot: &Snapshot<'_>, places: &Places, text: &str) -> Result<Who> {
    let wanted = domain::fold_key(text);
    let mut found = places.sites().filter(|site| {
        site.id.as_str() == text.trim()
            || !wanted.is_empty() && domain::fold_key(&site.name).contains(&wanted)
    });
    let Some(site) = found.next() else {
        return Err(DeskError::not_there("program or site", text));
    };
    let more: Vec<String> = found.map(|s| format!("{} ({})", s.name, s.state)).collect();
    if !more.is_empty() {
        let mut candidates = vec![format!("{} ({})", site.name, site.state)];
        candidates.extend(more);
        return Err(DeskError::Several {
            name: text.to_owned(),
            candidates,
        });
    }
    let place = Place {
        sites: std::slice::from_ref(&site.id),
        ..Place::default()
    };
    let (people, state, reason) = lines(snapshot, places, &place)?;
    Ok(Who {
        place: site.name.clone(),
        program: None,
        people,
        may_be: Vec::new(),
        state,
        reason,
    })
}

/// Returns the people of a program: those of its institution and of its sites.
pub(crate) fn at_program(
    snapshot: &Snapshot<'_>,
    places: &Places,
    program: &Program,
) -> Result<(Vec<WhoLine>, &'static str, String)> {
    let keys = [program.institution_key.as_str()];
    let programs = std::slice::from_ref(&program.id);
    lines(
        snapshot,
        places,
        &Place {
            institution_keys: &keys,
            sites: &program.sites,
            programs,
            ..Place::default()
        },
    )
}

/// Returns the people of a hospital: those whose employer was read as its site
/// or institution, and those whose employer is written as its name, since a
/// hospital that was added later was nowhere when they came.
pub(crate) fn at_hospital(
    snapshot: &Snapshot<'_>,
    places: &Places,
    hospital: &str,
    read_as: Option<&PlaceRef>,
    site: Option<&Site>,
) -> Result<(Vec<WhoLine>, &'static str, String)> {
    let key = read_as.and_then(|place| place.institution_key.as_deref());
    let keys: Vec<&str> = key.into_iter().collect();
    let sites: Vec<SiteId> = site.map(|site| site.id.clone()).into_iter().collect();
    let program = read_as.and_then(|place| place.program.clone());
    let programs: Vec<ProgramId> = program.into_iter().collect();
    let mut found = snapshot.people_at(&Place {
        institution_keys: &keys,
        sites: &sites,
        programs: &programs,
        ..Place::default()
    })?;
    for person in written_alike(snapshot, hospital)? {
        if !found.iter().any(|known| known.row.id == person.row.id) {
            found.push(person);
        }
    }
    Ok(lines_of(places, found))
}

fn written_alike(snapshot: &Snapshot<'_>, hospital: &str) -> Result<Vec<PersonAt>> {
    let filter = PeopleFilter {
        text: Some(hospital.to_owned()),
        ..PeopleFilter::default()
    };
    let key = fold_key(hospital);
    let rows = snapshot.people(&filter)?.rows.into_iter();
    let rows = rows.filter(|row| fold_key(&row.employer) == key);
    Ok(rows
        .map(|row| PersonAt {
            affiliation: Affiliation {
                employer: row.employer.clone(),
                position: row.position.clone(),
                role: row.role,
                institution_key: None,
                program: None,
                site: None,
                evidence: "the employer is written in the same way".to_owned(),
                certainty: Certainty::Unsure,
                as_of: None,
                current: true,
            },
            evidence: row.evidence,
            row,
        })
        .collect())
}

fn lines(
    snapshot: &Snapshot<'_>,
    places: &Places,
    place: &Place<'_>,
) -> Result<(Vec<WhoLine>, &'static str, String)> {
    Ok(lines_of(places, snapshot.people_at(place)?))
}

fn lines_of(places: &Places, found: Vec<PersonAt>) -> (Vec<WhoLine>, &'static str, String) {
    let mut total = RelationshipEvidence::default();
    let mut known = Vec::new();
    for found in found {
        let (state, reason) = relationship(found.evidence);
        if found.affiliation.current {
            total = total.and(found.evidence);
        }
        known.push((state, reason, found));
    }
    known.sort_by(|a, b| {
        b.2.affiliation
            .current
            .cmp(&a.2.affiliation.current)
            .then(b.0.cmp(&a.0))
            .then_with(|| a.2.row.name.key().cmp(&b.2.row.name.key()))
    });
    let none = known.is_empty();
    let people = known
        .into_iter()
        .map(|(state, reason, found)| WhoLine {
            person: line(found.row, places),
            state: state.word(),
            reason,
            evidence: found.affiliation.evidence,
            certainty: found.affiliation.certainty.word(),
            current: found.affiliation.current,
        })
        .collect();
    let (state, reason) = relationship(total);
    let reason = if none {
        "you know nobody there yet".to_owned()
    } else {
        reason
    };
    (people, state.word(), reason)
}
