//! People who may be at a place: their employer's text may name it, and the
//! student has not said yet which place it is.

use domain::Program;
use serde::Serialize;
use store::Snapshot;

use crate::Result;
use crate::employers::{Employer, PlaceRef, read_employer_of};
use crate::places::Places;
use crate::views::who::WhoLine;

/// Somebody who may be at a place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct MayBeLine {
    /// The person's id; their page asks which place it is.
    pub id: String,
    /// The name.
    pub name: String,
    /// The employer as it is written.
    pub employer: String,
}

/// The employers' texts that wait for the student's answer and may name a place.
pub(crate) struct MayBe(Vec<(String, Vec<PlaceRef>)>);

impl MayBe {
    pub(crate) fn load(snapshot: &Snapshot<'_>, places: &Places) -> Result<Self> {
        let answers = snapshot.employer_answers()?;
        let mut named = Vec::new();
        for (key, employer) in snapshot.open_employers()? {
            if let Employer::Open(found) = read_employer_of(places, &answers, &key, &employer, "") {
                named.push((employer, found));
            }
        }
        Ok(Self(named))
    }

    /// Returns who may be at a program, each once.
    pub(crate) fn at(&self, snapshot: &Snapshot<'_>, program: &Program) -> Result<Vec<MayBeLine>> {
        let mut lines: Vec<MayBeLine> = Vec::new();
        for (employer, named) in &self.0 {
            if !named.iter().any(|place| names(place, program)) {
                continue;
            }
            for (id, name) in snapshot.people_of_open_employer(employer)? {
                let id = id.to_string();
                if !lines.iter().any(|line| line.id == id) {
                    lines.push(MayBeLine {
                        id,
                        name: name.display(),
                        employer: employer.clone(),
                    });
                }
            }
        }
        Ok(lines)
    }

    /// Returns who may be at a program besides those who are known there.
    pub(crate) fn beside(
        &self,
        snapshot: &Snapshot<'_>,
        program: &Program,
        who: &[WhoLine],
    ) -> Result<Vec<MayBeLine>> {
        let mut lines = self.at(snapshot, program)?;
        lines.retain(|line| !who.iter().any(|known| known.person.id == line.id));
        Ok(lines)
    }
}

/// Returns whether a place is a program's institution, one of its hospitals, or
/// the program itself.
fn names(place: &PlaceRef, program: &Program) -> bool {
    place.institution_key.as_deref() == Some(program.institution_key.as_str())
        || place.program.as_ref() == Some(&program.id)
        || place
            .site
            .as_ref()
            .is_some_and(|site| program.sites.contains(site))
}

/// Returns how many people may be there, as a sentence tells it.
pub(crate) fn may_be_there(n: usize) -> String {
    match n {
        1 => "1 person may be there".to_owned(),
        n => format!("{n} people may be there"),
    }
}
