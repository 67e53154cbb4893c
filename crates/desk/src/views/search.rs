//! Search over people and notes.

use serde::Serialize;
use store::{NoteHit, NoteSource, PeopleFilter, Reader};

use crate::Result;
use crate::places::Places;
use crate::views::people::{PersonLine, line};

/// A note that holds the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NoteLine {
    /// "interaction" or "message".
    pub kind: &'static str,
    /// Its id.
    pub id: String,
    /// The first person it concerns: id and name.
    pub person: Option<(String, String)>,
    /// The day; `null` for a message that was not sent.
    pub day: Option<String>,
    /// The words around what was found.
    pub snippet: String,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Search {
    /// People, best first.
    pub people: Vec<PersonLine>,
    /// People in the list that the same words filter; those who were put aside
    /// are not in it.
    pub n_people: usize,
    /// Notes, newest first.
    pub notes: Vec<NoteLine>,
    /// Programs: id and name.
    pub programs: Vec<(String, String)>,
    /// Programs that hold the words altogether.
    pub n_programs: usize,
}

/// Returns the people, notes and programs that hold the words of a text.
pub fn search(reader: &Reader, text: &str, limit: usize) -> Result<Search> {
    if text.trim().is_empty() {
        return Ok(Search::default());
    }
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let hits = snapshot.search(text, limit)?;
        let notes = hits
            .notes
            .into_iter()
            .map(|hit| {
                let (kind, id) = match hit.source {
                    NoteSource::Interaction(id) => ("interaction", id.to_string()),
                    NoteSource::Message(id) => ("message", id.to_string()),
                };
                NoteLine {
                    kind,
                    id,
                    person: hit
                        .people
                        .first()
                        .map(|(id, name)| (id.to_string(), name.display())),
                    day: hit.day.map(|day| day.to_string()),
                    snippet: hit
                        .snippet
                        .replace([NoteHit::MARK_START, NoteHit::MARK_END], ""),
                }
            })
            .collect();
        let n_people = if hits.people.len() < limit {
            hits.people.len()
        } else {
            let filter = PeopleFilter {
                text: Some(text.to_owned()),
                limit: Some(1),
                ..PeopleFilter::default()
            };
            snapshot.people(&filter)?.total
        };
        let programs = places.find(text);
        let n_programs = programs.len();
        let programs = programs.into_iter().take(limit);
        Ok(Search {
            programs: programs.map(|p| (p.id.to_string(), p.name())).collect(),
            n_people,
            n_programs,
            people: hits
                .people
                .into_iter()
                .map(|row| line(row, &places))
                .collect(),
            notes,
        })
    })
}
