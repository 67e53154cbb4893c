//! People who may be at a place: their employer's text may name it, and the
//! student has not said yet which place it is.

use std::collections::HashMap;

use domain::{PersonId, PersonName, Program};
use serde::Serialize;
use store::Snapshot;

use crate::Result;
use crate::employers::{Employer, PlaceRef, read_employer};
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

/// Everybody whose place waits for the student's answer.
pub(crate) struct MayBe {
    people: Vec<(String, PersonId, PersonName)>,
    /// What each employer's text may name.
    named: HashMap<String, Vec<PlaceRef>>,
}

impl MayBe {
    pub(crate) fn load(snapshot: &Snapshot<'_>, places: &Places) -> Result<Self> {
        let answers = snapshot.employer_answers()?;
        let people = snapshot.open_employers()?;
        let mut named = HashMap::new();
        for (employer, _, _) in &people {
            if !named.contains_key(employer) {
                let found = match read_employer(places, &answers, employer, "") {
                    Employer::Open(found) => found,
                    Employer::Settled(_) => Vec::new(),
                };
                named.insert(employer.clone(), found);
            }
        }
        Ok(Self { people, named })
    }

    /// Returns who may be at a program, each once.
    pub(crate) fn at(&self, program: &Program) -> Vec<MayBeLine> {
        let mut lines: Vec<MayBeLine> = Vec::new();
        for (employer, id, name) in &self.people {
            let named = self.named.get(employer).map_or(&[][..], Vec::as_slice);
            let id = id.to_string();
            let is_new = !lines.iter().any(|line| line.id == id);
            if is_new && named.iter().any(|place| names(place, program)) {
                lines.push(MayBeLine {
                    id,
                    name: name.display(),
                    employer: employer.clone(),
                });
            }
        }
        lines
    }

    /// Returns who may be at a program besides those who are known there.
    pub(crate) fn beside(&self, program: &Program, who: &[WhoLine]) -> Vec<MayBeLine> {
        let mut lines = self.at(program);
        lines.retain(|line| !who.iter().any(|known| known.person.id == line.id));
        lines
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
