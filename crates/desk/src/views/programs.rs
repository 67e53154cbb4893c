//! Programs as a list, with filters over facts that answer yes, no or not known.

use std::collections::{BTreeMap, HashMap};

use domain::{Program, ProgramId, RelationshipEvidence, RelationshipState, Track, relationship};
use serde::Serialize;
use store::{Reader, Snapshot};

use crate::Result;
use crate::places::Places;

/// An answer to a question about a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Nobody found it.
    NotKnown,
}

impl Answer {
    /// Every answer, in the order of pages.
    pub const ALL: [Self; 3] = [Self::Yes, Self::No, Self::NotKnown];

    /// Returns the word that stands in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "yes",
            Self::No => "no",
            Self::NotKnown => "not-known",
        }
    }

    /// Returns the words that a page shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::NotKnown => "not known",
            other => other.word(),
        }
    }

    /// Returns the answer for a word, if it is one.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|answer| answer.word() == word)
    }

    fn of(value: Option<&bool>) -> Self {
        match value {
            Some(true) => Self::Yes,
            Some(false) => Self::No,
            None => Self::NotKnown,
        }
    }
}

/// A question that the list can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Question {
    /// Is it on the student's list?
    Listed,
    /// Does the student know somebody there?
    Known,
    /// Is early specialisation in IR offered?
    Esir,
    /// Does it sponsor a J-1 visa?
    VisaJ1,
    /// Does it sponsor an H-1B visa?
    VisaH1b,
}

impl Question {
    /// Every question, in the order of pages.
    pub const ALL: [Self; 5] = [
        Self::Listed,
        Self::Known,
        Self::Esir,
        Self::VisaJ1,
        Self::VisaH1b,
    ];

    /// Returns the word that stands in addresses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Listed => "listed",
            Self::Known => "known",
            Self::Esir => "esir",
            Self::VisaJ1 => "j1",
            Self::VisaH1b => "h1b",
        }
    }

    /// Returns the words that a page shows.
    pub fn label(self) -> &'static str {
        match self {
            Self::Listed => "On my list",
            Self::Known => "Somebody I know",
            Self::Esir => "ESIR",
            Self::VisaJ1 => "J-1 visa",
            Self::VisaH1b => "H-1B visa",
        }
    }
}

/// What the list of programs can be asked for, as it stands in the address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ProgramsQuery {
    /// Words of institution, city or hospital.
    pub text: String,
    /// A track.
    pub track: Option<Track>,
    /// A two-letter state code, or empty.
    pub state: String,
    /// For each question the answers that stay in; a question without an entry
    /// keeps all three.
    pub answers: BTreeMap<Question, Vec<Answer>>,
    /// Only where the student is known this well.
    pub relationship: Option<RelationshipState>,
}

/// How many programs give each answer, under the other filters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// The question's word.
    pub question: &'static str,
    /// The question's label.
    pub label: &'static str,
    /// For each answer: the answer, its count, and whether it stays in.
    pub answers: Vec<(Answer, usize, bool)>,
}

/// One program in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProgramLine {
    /// Its id.
    pub id: String,
    /// The institution.
    pub institution: String,
    /// The track's word.
    pub track: &'static str,
    /// The track's label.
    pub track_label: &'static str,
    /// The city.
    pub city: String,
    /// The state code.
    pub state: String,
    /// The student's priority, where it is on the list.
    pub priority: Option<u32>,
    /// People known there.
    pub people: usize,
    /// How well the student is known there.
    pub relationship: &'static str,
    /// Whether early specialisation is offered.
    pub esir: Answer,
    /// Whether it sponsors a J-1 visa.
    pub visa_j1: Answer,
    /// Whether it sponsors an H-1B visa.
    pub visa_h1b: Answer,
}

/// The programs of one state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StateLine {
    /// The two-letter state code; empty for the programs in none.
    pub state: String,
    /// Programs there.
    pub programs: usize,
    /// Those of them on the student's list.
    pub listed: usize,
    /// Those of the listed ones where the student knows somebody.
    pub known: usize,
    /// How well the student is known at the listed program that knows them
    /// best; `null` where none is listed.
    pub relationship: Option<&'static str>,
}

/// Programs as a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Programs {
    /// The rows, those on the student's list first.
    pub rows: Vec<ProgramLine>,
    /// Programs that Vouch knows of.
    pub stored: usize,
    /// How many give each answer.
    pub tallies: Vec<Tally>,
    /// Programs a track, under the other filters.
    pub tracks: Vec<(&'static str, &'static str, usize)>,
    /// The states with a program, by code, under the other filters.
    pub states: Vec<StateLine>,
    /// Programs on the student's list by how well the student is known there,
    /// from unknown to advocate; empty while the list is.
    pub coverage: Vec<(&'static str, usize)>,
}

/// Returns how many people are known at a program's institution, and how well,
/// from the evidence by the key of the institution.
pub(crate) fn known_at(
    standing: &HashMap<String, (usize, RelationshipEvidence)>,
    program: &Program,
) -> (usize, RelationshipState) {
    match standing.get(&program.institution_key) {
        Some((people, evidence)) if *people > 0 => (*people, relationship(*evidence).0),
        _ => (0, RelationshipState::Unknown),
    }
}

/// Returns the programs that fit a query, with the counts that each filter would leave.
pub fn programs(reader: &Reader, query: &ProgramsQuery) -> Result<Programs> {
    reader.read(|snapshot| {
        let places = Places::load(snapshot)?;
        let standing = snapshot.standing_by_institution()?;
        let listed: HashMap<ProgramId, u32> = snapshot
            .listed()?
            .into_iter()
            .map(|l| (l.program, l.priority))
            .collect();
        let corrected_flags = corrected_flags(snapshot)?;
        let corrected = |program: &Program, field: &str, shipped: Option<&bool>| {
            let key = (program.id.as_str().to_owned(), field.to_owned());
            Answer::of(corrected_flags.get(&key).or(shipped))
        };

        let everything: Vec<ProgramLine> = places
            .programs()
            .map(|program| {
                let (people, state) = known_at(&standing, program);
                ProgramLine {
                    id: program.id.to_string(),
                    institution: program.institution.clone(),
                    track: program.track.word(),
                    track_label: program.track.label(),
                    city: program.city.clone(),
                    state: program.state.clone(),
                    priority: listed.get(&program.id).copied(),
                    people,
                    relationship: state.word(),
                    esir: corrected(program, "esir", program.esir.value()),
                    visa_j1: corrected(program, "visa_j1", program.visa_j1.value()),
                    visa_h1b: corrected(program, "visa_h1b", program.visa_h1b.value()),
                }
            })
            .collect();
        let fits_text: Vec<bool> = if query.text.trim().is_empty() {
            vec![true; everything.len()]
        } else {
            let found: std::collections::HashSet<&str> = places
                .find(&query.text)
                .into_iter()
                .map(|p| p.id.as_str())
                .collect();
            everything
                .iter()
                .map(|row| found.contains(row.id.as_str()))
                .collect()
        };

        // A filter's own counts are taken under all the *other* filters, so
        // that they say what choosing it would give.
        let passes = |row: &ProgramLine, fits: bool, leave_out: Leave| {
            fits && query
                .relationship
                .is_none_or(|state| state.word() == row.relationship)
                && (leave_out == Leave::Track || query.track.is_none_or(|t| t.word() == row.track))
                && (leave_out == Leave::State || query.state.is_empty() || query.state == row.state)
                && Question::ALL.into_iter().all(|question| {
                    leave_out == Leave::Question(question)
                        || query
                            .answers
                            .get(&question)
                            .is_none_or(|kept| kept.contains(&answer(row, question)))
                })
        };
        let rows_with = |leave_out: Leave| {
            everything
                .iter()
                .zip(&fits_text)
                .filter(move |(row, fits)| passes(row, **fits, leave_out))
                .map(|(row, _)| row)
        };
        let tallies = Question::ALL
            .into_iter()
            .map(|question| {
                let mut counts = [0usize; 3];
                for row in rows_with(Leave::Question(question)) {
                    counts[answer(row, question) as usize] += 1;
                }
                let kept = query.answers.get(&question);
                let answers = Answer::ALL.into_iter().zip(counts);
                Tally {
                    question: question.word(),
                    label: question.label(),
                    answers: answers
                        .map(|(a, n)| (a, n, kept.is_none_or(|kept| kept.contains(&a))))
                        .collect(),
                }
            })
            .collect();
        let tracks = Track::ALL
            .into_iter()
            .map(|track| {
                let n = rows_with(Leave::Track)
                    .filter(|row| row.track == track.word())
                    .count();
                (track.word(), track.label(), n)
            })
            .collect();
        let on_list: Vec<&ProgramLine> = everything
            .iter()
            .filter(|row| row.priority.is_some())
            .collect();
        let coverage = if on_list.is_empty() {
            Vec::new()
        } else {
            let n_of = |state: RelationshipState| {
                let there = on_list.iter().filter(|r| r.relationship == state.word());
                (state.word(), there.count())
            };
            RelationshipState::ALL.into_iter().map(n_of).collect()
        };
        let states = by_state(rows_with(Leave::State));
        let mut rows: Vec<ProgramLine> = rows_with(Leave::Nothing).cloned().collect();
        rows.sort_by(|a, b| {
            let rank = |row: &ProgramLine| row.priority.unwrap_or(u32::MAX);
            rank(a)
                .cmp(&rank(b))
                .then(b.people.cmp(&a.people))
                .then_with(|| a.institution.cmp(&b.institution))
                .then(a.track.cmp(b.track))
        });
        Ok(Programs {
            stored: everything.len(),
            rows,
            tallies,
            tracks,
            states,
            coverage,
        })
    })
}

/// Returns a city with its state as they are read: either may be empty.
pub fn town(city: &str, state: &str) -> String {
    let parts = [city, state].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(", ")
}

/// Returns one line for each state that has a program.
fn by_state<'a>(rows: impl Iterator<Item = &'a ProgramLine>) -> Vec<StateLine> {
    let mut states: BTreeMap<&str, Vec<&ProgramLine>> = BTreeMap::new();
    for row in rows {
        states.entry(&row.state).or_default().push(row);
    }
    let lines = states.into_iter().map(|(state, rows)| {
        let listed = || rows.iter().filter(|row| row.priority.is_some());
        let best = listed().filter_map(|row| RelationshipState::from_word(row.relationship));
        StateLine {
            state: state.to_owned(),
            programs: rows.len(),
            listed: listed().count(),
            known: listed().filter(|row| row.people > 0).count(),
            relationship: best.max().map(RelationshipState::word),
        }
    });
    lines.collect()
}

/// Returns the newest yes or no that the student entered, by program and field.
pub(crate) fn corrected_flags(snapshot: &Snapshot<'_>) -> Result<HashMap<(String, String), bool>> {
    let mut flags = HashMap::new();
    for correction in snapshot.all_corrections()? {
        let flag = match correction.value.as_str() {
            "yes" => true,
            "no" => false,
            _ => continue,
        };
        // The newest comes first and stays.
        flags
            .entry((correction.subject, correction.field))
            .or_insert(flag);
    }
    Ok(flags)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Leave {
    Nothing,
    Track,
    State,
    Question(Question),
}

fn answer(row: &ProgramLine, question: Question) -> Answer {
    let known = |is: bool| if is { Answer::Yes } else { Answer::No };
    match question {
        Question::Listed => known(row.priority.is_some()),
        Question::Known => known(row.people > 0),
        Question::Esir => row.esir,
        Question::VisaJ1 => row.visa_j1,
        Question::VisaH1b => row.visa_h1b,
    }
}
