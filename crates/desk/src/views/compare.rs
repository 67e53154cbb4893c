//! A few programs side by side.

use domain::ProgramId;
use serde::Serialize;
use store::Reader;

use crate::places::Places;
use crate::views::program::{FactLine, ProgramView, program_in};
use crate::views::programs::town;
use crate::{DeskError, Result};

/// The most programs that stand side by side.
pub const SIDE_BY_SIDE: usize = 4;

/// What one program has in one row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ComparedValue {
    /// The value in words; `null` is "not known".
    pub value: Option<String>,
    /// Where it comes from, or empty.
    pub source: String,
    /// When it was true or read.
    pub as_of: Option<String>,
    /// Whether the student entered it.
    pub own: bool,
}

/// One row: a question, with the answer of each program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedRow {
    /// What is compared.
    pub label: &'static str,
    /// One value for each program, in their order.
    pub values: Vec<ComparedValue>,
    /// Whether the known values differ.
    pub differs: bool,
}

/// A program of the comparison: its id, institution and track.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ComparedProgram {
    /// Its id.
    pub id: String,
    /// The institution.
    pub institution: String,
    /// The track's label.
    pub track: &'static str,
}

/// Programs side by side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Compared {
    /// The programs, at most [`SIDE_BY_SIDE`].
    pub programs: Vec<ComparedProgram>,
    /// What is compared, row by row.
    pub rows: Vec<ComparedRow>,
    /// Programs asked for beyond those that stand side by side.
    pub left_out: usize,
    /// The rest of the student's list: id and name.
    pub further: Vec<(String, String)>,
}

/// Returns programs side by side, each once and in the order asked. What was
/// told in confidence is left out: such a table is easily shown to others.
///
/// # Errors
/// [`DeskError::NotThere`] where no program has an id.
pub fn compare(reader: &Reader, ids: &[ProgramId]) -> Result<Compared> {
    let mut wanted: Vec<&ProgramId> = Vec::new();
    for id in ids {
        if !wanted.contains(&id) {
            wanted.push(id);
        }
    }
    let left_out = wanted.len().saturating_sub(SIDE_BY_SIDE);
    wanted.truncate(SIDE_BY_SIDE);
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let views = wanted
            .iter()
            .map(|id| program_in(snapshot, &places, id))
            .collect::<Result<Vec<ProgramView>, DeskError>>()?;
        let listed = snapshot.listed()?.into_iter();
        let further = listed
            .filter(|listing| !wanted.contains(&&listing.program))
            .filter_map(|listing| places.program(&listing.program))
            .map(|program| (program.id.to_string(), program.name()))
            .collect();
        Ok(Compared {
            programs: views
                .iter()
                .map(|view| ComparedProgram {
                    id: view.id.clone(),
                    institution: view.institution.clone(),
                    track: view.track,
                })
                .collect(),
            rows: rows(&views),
            left_out,
            further,
        })
    })
}

fn rows(views: &[ProgramView]) -> Vec<ComparedRow> {
    let plain = |label, of: &dyn Fn(&ProgramView) -> Option<String>| {
        let values = views.iter().map(|view| ComparedValue {
            value: of(view),
            ..ComparedValue::default()
        });
        row(label, values.collect())
    };
    let mut rows = vec![
        plain("Where", &|view| Some(town(&view.city, &view.state_code))),
        plain("You are", &|view| Some(view.relationship.to_owned())),
        plain("People you know", &|view| Some(view.who.len().to_string())),
        plain("On my list", &|view| {
            Some(match view.priority {
                Some(priority) => format!("priority {priority}"),
                None => "no".to_owned(),
            })
        }),
    ];
    // Every program has the same facts in the same order.
    let n_facts = views.first().map_or(0, |view| view.facts.len());
    rows.extend((0..n_facts).map(|fact_idx| {
        let facts = views.iter().filter_map(|view| view.facts.get(fact_idx));
        let label = views[0].facts[fact_idx].label;
        row(label, facts.map(value).collect())
    }));
    rows
}

fn row(label: &'static str, values: Vec<ComparedValue>) -> ComparedRow {
    let mut known = values.iter().filter_map(|v| v.value.as_deref());
    let first = known.next();
    let differs = known.any(|value| Some(value) != first);
    ComparedRow {
        label,
        values,
        differs,
    }
}

/// Returns the newest value that may be shown: the student's own, else the shipped.
fn value(fact: &FactLine) -> ComparedValue {
    let own = fact.corrections.iter().find(|own| !own.private);
    let Some(shown) = own.or(fact.shipped.as_ref()) else {
        return ComparedValue {
            source: fact.disagreement.clone().unwrap_or_default(),
            ..ComparedValue::default()
        };
    };
    ComparedValue {
        value: Some(shown.value.clone()),
        source: shown.source.clone(),
        as_of: shown.as_of.clone(),
        own: own.is_some(),
    }
}
