//! Programs at the hospital and near it.

use std::collections::HashMap;

use domain::{Program, ProgramId, RelationshipEvidence};
use serde::Serialize;
use store::Snapshot;

use crate::Result;
use crate::places::Places;
use crate::views::programs::known_at;

/// A program near the hospital.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NearProgram {
    /// Its id.
    pub id: String,
    /// Its name: institution and track.
    pub name: String,
    /// Its city.
    pub city: String,
    /// The student's priority, where it is on the list.
    pub priority: Option<u32>,
    /// People known there.
    pub people: usize,
    /// How well the student is known there.
    pub relationship: &'static str,
}

/// The programs with what the student has there.
pub(super) struct Near<'a> {
    places: &'a Places,
    /// How many people are known, and how well, by the key of the institution.
    standing: HashMap<String, (usize, RelationshipEvidence)>,
    listed: HashMap<ProgramId, u32>,
}

impl<'a> Near<'a> {
    pub(super) fn load(snapshot: &Snapshot<'_>, places: &'a Places) -> Result<Self> {
        let listed = snapshot.listed()?.into_iter();
        Ok(Self {
            places,
            standing: snapshot.standing_by_institution()?,
            listed: listed.map(|it| (it.program, it.priority)).collect(),
        })
    }

    /// Returns the programs that are wanted: those on the list first, then
    /// those where somebody is known, then by name.
    pub(super) fn lines(&self, is_wanted: impl Fn(&Program) -> bool) -> Vec<NearProgram> {
        let wanted = self.places.programs().filter(|program| is_wanted(program));
        let mut lines: Vec<NearProgram> = wanted
            .map(|program| {
                let (people, state) = known_at(&self.standing, program);
                NearProgram {
                    id: program.id.to_string(),
                    name: program.name(),
                    city: program.city.clone(),
                    priority: self.listed.get(&program.id).copied(),
                    people,
                    relationship: state.word(),
                }
            })
            .collect();
        lines.sort_by(|a, b| {
            let key = |line: &NearProgram| (line.priority.unwrap_or(u32::MAX), line.people == 0);
            key(a).cmp(&key(b)).then_with(|| a.name.cmp(&b.name))
        });
        lines
    }
}
