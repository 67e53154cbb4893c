//! The preview of an import: what would happen, and what has to be decided first.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::{
    Field, Known, Match, PersonDraft, PersonId, ProgramId, RoleKind, SiteId, fold_key, reconcile,
};
use facts::EmployerReading;
use serde::Serialize;
use store::{EmployerAnswer, Reader, Snapshot};
use uuid::Uuid;

use crate::places::Places;
use crate::{DeskError, Reading, Result};

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

/// A reading with what would become of it. It lives in memory only.
#[derive(Debug)]
pub struct Preview {
    /// Its name while it lives.
    pub id: Uuid,
    /// What was read.
    pub reading: Arc<Reading>,
    pub(crate) seen: Option<i64>,
    pub(crate) matches: Vec<Match>,
    pub(crate) employers: BTreeMap<String, (String, usize, Employer)>,
    names: HashMap<PersonId, (String, String)>,
}

/// Compares a reading with what is stored.
///
/// The preview carries the last operation that it saw: a verb that applies it
/// refuses when something was changed since, and it is made again.
///
/// # Errors
/// [`DeskError::Bad`] where the reading holds nobody.
pub fn preview(reader: &Reader, id: Uuid, reading: Arc<Reading>) -> Result<Preview> {
    if reading.people.is_empty() {
        let found = format!("{} and no people", reading.kind);
        return Err(DeskError::bad(
            "file",
            found,
            "a file of people, such as Connections.csv",
        ));
    }
    reader.read(|snapshot| {
        let known = snapshot.known()?;
        let mut matches = reconcile(&reading.people, &known);
        keep_present_posts(&reading.people, &known, &mut matches);
        let names = known
            .iter()
            .map(|person| {
                let employer = person.employers.first().cloned().unwrap_or_default();
                (person.id, (person.name.display(), employer))
            })
            .collect();
        Ok(Preview {
            id,
            seen: snapshot.last_operation()?.map(|operation| operation.seq),
            employers: employers(snapshot, &reading.people, &matches)?,
            reading,
            matches,
            names,
        })
    })
}

/// Takes back the changes by which a post that somebody has left would count as
/// the present one: it is added where it is not known, and changes nothing else.
fn keep_present_posts(drafts: &[PersonDraft], known: &[Known], matches: &mut [Match]) {
    for (draft, found) in drafts.iter().zip(matches) {
        let Match::Update {
            person,
            reason,
            updates,
        } = found
        else {
            continue;
        };
        if !draft.former {
            continue;
        }
        let employer = fold_key(&draft.employer);
        let worked_there = known
            .iter()
            .find(|known| known.id == *person)
            .is_some_and(|known| known.employers.iter().any(|e| fold_key(e) == employer));
        updates.retain(|update| match update.field {
            Field::Employer => !worked_there,
            Field::Position => false,
            _ => true,
        });
        if updates.is_empty() {
            *found = Match::Same {
                person: *person,
                reason: std::mem::take(reason),
            };
        }
    }
}

fn employers(
    snapshot: &Snapshot<'_>,
    drafts: &[PersonDraft],
    matches: &[Match],
) -> Result<BTreeMap<String, (String, usize, Employer)>> {
    let places = Places::load(snapshot)?;
    let answers = snapshot.employer_answers()?;
    let mut employers: BTreeMap<String, (String, usize, Employer)> = BTreeMap::new();
    for (draft, found) in drafts.iter().zip(matches) {
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
    let key = fold_key(employer);
    match answers.get(&key) {
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
    if let Some(own) = places.own_place(&key) {
        return Employer::Settled(Some(own));
    }
    match facts::shipped().read_employer(employer, position) {
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

/// One row of a preview that adds somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct NewLine {
    /// The line of the file.
    pub line: u64,
    /// The name.
    pub name: String,
    /// The employer's text.
    pub employer: String,
    /// The post's text.
    pub position: String,
    /// What the post is.
    pub role: &'static str,
    /// What the employer names, with the evidence, where it names something.
    pub place: Option<(String, String)>,
    /// How the student came upon the person.
    pub how_found: String,
}

/// One row of a preview that changes somebody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UpdateLine {
    /// The row's position, for decisions.
    pub row: usize,
    /// The line of the file.
    pub line: u64,
    /// The stored person: id and name.
    pub person: (String, String),
    /// Why it is this person.
    pub reason: String,
    /// Field, stored value, found value, whether it is applied unless declined.
    pub changes: Vec<(&'static str, String, String, bool)>,
}

/// One row of a preview that the student has to decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AskLine {
    /// The row's position, for decisions.
    pub row: usize,
    /// The line of the file.
    pub line: u64,
    /// The name in the file.
    pub name: String,
    /// The employer's text in the file.
    pub employer: String,
    /// Who it may be: id, name, employer, reason.
    pub candidates: Vec<(String, String, String, String)>,
}

/// One employer text that the student is asked about once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct EmployerLine {
    /// The text's key, for decisions.
    pub key: String,
    /// The text.
    pub text: String,
    /// Rows that have it.
    pub n: usize,
    /// What it may name: label and evidence, in the order of the decision's numbers.
    pub candidates: Vec<(String, String)>,
}

/// A problem of the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemLine {
    /// The line of the file; 0 where lines mean nothing.
    pub line: u64,
    /// The field.
    pub field: String,
    /// What was found.
    pub found: String,
    /// What would do.
    pub would_do: String,
    /// Whether the rest of the record was kept.
    pub record_kept: bool,
}

/// What a face shows of a preview.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PreviewView {
    /// The preview's name while it lives.
    pub id: String,
    /// The file's name.
    pub source: String,
    /// What kind of file it is.
    pub kind: String,
    /// People read.
    pub n_read: usize,
    /// People who would be added.
    pub n_new: usize,
    /// People who are stored and would not change.
    pub n_same: usize,
    /// People who would change.
    pub n_update: usize,
    /// Rows that have to be decided.
    pub n_ask: usize,
    /// Rows that stand twice in the file.
    pub n_repeat: usize,
    /// Records that are empty on purpose.
    pub n_empty: usize,
    /// Messages in the file; an import takes people over, and leaves these.
    pub n_interactions: usize,
    /// Whether everybody in it went to the student's school, as far as the
    /// source tells.
    pub same_school: Option<bool>,
    /// Problems.
    pub n_problems: usize,
    /// New people whose employer names a program's institution.
    pub n_at_programs: usize,
    /// The first new rows, those at programs first.
    pub new: Vec<NewLine>,
    /// Changes.
    pub updates: Vec<UpdateLine>,
    /// Rows to decide.
    pub asks: Vec<AskLine>,
    /// Employer texts to decide, the most frequent first.
    pub employers: Vec<EmployerLine>,
    /// The first problems.
    pub problems: Vec<ProblemLine>,
}

impl Preview {
    /// Returns what a face shows, with at most `shown` rows of each kind.
    pub fn view(&self, shown: usize) -> PreviewView {
        let mut view = PreviewView {
            id: self.id.to_string(),
            source: self.reading.source.clone(),
            kind: self.reading.kind.clone(),
            n_read: self.reading.people.len(),
            n_new: 0,
            n_same: 0,
            n_update: 0,
            n_ask: 0,
            n_repeat: 0,
            n_empty: self.reading.n_empty,
            n_interactions: self.reading.interactions.len(),
            same_school: self.reading.same_school,
            n_problems: self.reading.n_problems,
            n_at_programs: 0,
            new: Vec::new(),
            updates: Vec::new(),
            asks: Vec::new(),
            employers: self.employer_lines(),
            problems: Vec::new(),
        };
        for (row, (draft, found)) in self.reading.people.iter().zip(&self.matches).enumerate() {
            match found {
                Match::New => {
                    view.n_new += 1;
                    let line = self.new_line(draft);
                    view.n_at_programs += usize::from(line.place.is_some());
                    view.new.push(line);
                }
                Match::Same { .. } => view.n_same += 1,
                Match::Repeat { .. } => view.n_repeat += 1,
                Match::Update {
                    person,
                    reason,
                    updates,
                } => {
                    view.n_update += 1;
                    view.updates.push(UpdateLine {
                        row,
                        line: draft.line,
                        person: (person.to_string(), self.name_of(*person).0),
                        reason: reason.clone(),
                        changes: updates
                            .iter()
                            .map(|u| {
                                (
                                    u.field.word(),
                                    u.stored.clone(),
                                    u.found.clone(),
                                    u.proposed,
                                )
                            })
                            .collect(),
                    });
                }
                Match::Ask { candidates } => {
                    view.n_ask += 1;
                    view.asks.push(AskLine {
                        row,
                        line: draft.line,
                        name: draft.name.display(),
                        employer: draft.employer.clone(),
                        candidates: candidates
                            .iter()
                            .map(|(id, reason)| {
                                let (name, employer) = self.name_of(*id);
                                (id.to_string(), name, employer, reason.clone())
                            })
                            .collect(),
                    });
                }
            }
        }
        // Rows at programs are what the student came for, so they stand first.
        view.new.sort_by_key(|line| line.place.is_none());
        view.new.truncate(shown);
        view.updates.truncate(shown);
        view.asks.truncate(shown);
        view.problems = self
            .reading
            .problems
            .iter()
            .take(shown)
            .map(|problem| ProblemLine {
                line: problem.line,
                field: problem.field.clone(),
                found: problem.found.clone(),
                would_do: problem.would_do.clone(),
                record_kept: problem.record_kept,
            })
            .collect();
        view
    }

    fn name_of(&self, id: PersonId) -> (String, String) {
        self.names.get(&id).cloned().unwrap_or_default()
    }

    fn new_line(&self, draft: &PersonDraft) -> NewLine {
        let place = match self.employers.get(&fold_key(&draft.employer)) {
            Some((_, _, Employer::Settled(Some(place)))) => {
                Some((place.label.clone(), place.evidence.clone()))
            }
            _ => None,
        };
        NewLine {
            line: draft.line,
            name: draft.name.display(),
            employer: draft.employer.clone(),
            position: draft.position.clone(),
            role: RoleKind::from_position(&draft.position).word(),
            place,
            how_found: draft.how_found.clone(),
        }
    }

    fn employer_lines(&self) -> Vec<EmployerLine> {
        let mut lines: Vec<EmployerLine> = self
            .employers
            .iter()
            .filter_map(|(key, (text, n, employer))| {
                let Employer::Open(candidates) = employer else {
                    return None;
                };
                Some(EmployerLine {
                    key: key.clone(),
                    text: text.clone(),
                    n: *n,
                    candidates: candidates
                        .iter()
                        .map(|place| (place.label.clone(), place.evidence.clone()))
                        .collect(),
                })
            })
            .collect();
        lines.sort_by(|a, b| b.n.cmp(&a.n).then_with(|| a.key.cmp(&b.key)));
        lines
    }
}
