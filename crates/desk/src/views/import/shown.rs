//! What a face shows of a preview: its rows, counts and problems.

use std::io::Write;

use domain::{Match, PersonDraft, PersonId, RoleKind, fold_key};
use formats::export::{Cell, Table, write_csv};
use serde::Serialize;

use super::{Newcomer, Preview, SetUpOffer};
use crate::employers::Employer;
use crate::views::export::unwritten;
use crate::{Reading, Result};

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

/// Problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ProblemKind {
    /// The field concerned, or empty for whole records.
    pub field: String,
    /// What would do.
    pub would_do: String,
    /// How many there are.
    pub n: usize,
    /// How many records were left out with them.
    pub n_lost: usize,
    /// The line of the first; 0 where lines mean nothing.
    pub first_line: u64,
    /// What was found there.
    pub first_found: String,
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
    /// Messages with people who are stored or would be.
    pub n_messages: usize,
    /// Those of them that are stored already.
    pub n_stored_messages: usize,
    /// Messages that the file keeps as unwanted; they are left out.
    pub n_unwanted: usize,
    /// People who wrote and whom the student never answered.
    pub n_strangers: usize,
    /// Messages with people of whom it is not clear who they are.
    pub n_unclear_messages: usize,
    /// What the file tells of the student that the set-up lacks.
    pub offer: SetUpOffer,
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
    /// The problems by kind, the most frequent first.
    pub problem_kinds: Vec<ProblemKind>,
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
            n_messages: 0,
            n_stored_messages: self.n_stored_messages,
            n_unwanted: self.correspondence.n_unwanted,
            n_strangers: 0,
            n_unclear_messages: 0,
            offer: self.offer.clone(),
            same_school: self.reading.same_school,
            n_problems: self.reading.n_problems,
            n_at_programs: 0,
            new: Vec::new(),
            updates: Vec::new(),
            asks: Vec::new(),
            employers: self.employer_lines(),
            problem_kinds: problem_kinds(&self.reading),
            problems: Vec::new(),
        };
        self.count_messages(&mut view);
        let n_own = self.reading.people.len();
        for (row, (draft, found)) in self.drafts().iter().zip(&self.matches).enumerate() {
            match found {
                Match::New if self.newcomer(row) == Newcomer::Stranger => view.n_strangers += 1,
                Match::New if self.newcomer(row) != Newcomer::Known => {}
                // Of people in the messages only those count who are new or changed.
                Match::Same { .. } | Match::Repeat { .. } if row >= n_own => {}
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

    fn count_messages(&self, view: &mut PreviewView) {
        for day in &self.correspondence.days {
            let rows: Vec<usize> = day.people.iter().map(|i| self.row_of(*i)).collect();
            let is_unclear = rows.iter().any(|row| match self.matches[*row] {
                Match::Ask { .. } => true,
                Match::New => self.newcomer(*row) == Newcomer::Unclear,
                _ => false,
            });
            let is_taken = rows.iter().any(|row| match self.matches[*row] {
                Match::New => self.newcomer(*row) == Newcomer::Known,
                _ => true,
            });
            if is_unclear {
                view.n_unclear_messages += day.texts.len();
            } else if is_taken {
                view.n_messages += day.texts.len();
            }
        }
    }
}

/// Returns the problems of a reading by field and remedy, the most frequent first.
fn problem_kinds(reading: &Reading) -> Vec<ProblemKind> {
    let count = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    if !reading.groups.is_empty() {
        let groups = reading.groups.iter().map(|group| ProblemKind {
            field: group.field.clone(),
            would_do: group.would_do.clone(),
            n: count(group.n_problems),
            n_lost: count(group.n_lost),
            first_line: group.first_line,
            first_found: group.first_found.clone(),
        });
        return groups.collect();
    }
    // Typed and pasted lists have few problems, and no reader that groups them.
    let mut kinds: Vec<ProblemKind> = Vec::new();
    for problem in &reading.problems {
        let lost = usize::from(!problem.record_kept);
        let same = kinds
            .iter_mut()
            .find(|kind| kind.field == problem.field && kind.would_do == problem.would_do);
        match same {
            Some(kind) => {
                kind.n += 1;
                kind.n_lost += lost;
            }
            None => kinds.push(ProblemKind {
                field: problem.field.clone(),
                would_do: problem.would_do.clone(),
                n: 1,
                n_lost: lost,
                first_line: problem.line,
                first_found: problem.found.clone(),
            }),
        }
    }
    kinds.sort_by_key(|kind| std::cmp::Reverse(kind.n));
    kinds
}

/// Writes every problem of a reading that is kept one by one as CSV; the last
/// row says how many more there are.
///
/// # Errors
/// [`DeskError::NotThere`](crate::DeskError::NotThere) where it cannot be written.
pub fn write_problems(reading: &Reading, out: &mut dyn Write) -> Result<()> {
    write_csv(&problem_table(reading), out).map_err(unwritten)
}

fn problem_table(reading: &Reading) -> Table {
    let text = |text: &str| Cell::Text(text.to_owned());
    let row = |problem: &domain::Problem| {
        let kept = match problem.record_kept {
            true => "the rest of the row",
            false => "nothing",
        };
        vec![
            text(&match problem.line {
                0 => String::new(),
                line => line.to_string(),
            }),
            text(&problem.field),
            text(&problem.found),
            text(&problem.would_do),
            text(kept),
        ]
    };
    let mut rows: Vec<Vec<Cell>> = reading.problems.iter().map(row).collect();
    let n_more = reading.n_problems.saturating_sub(reading.problems.len());
    if n_more > 0 {
        let more = format!("{n_more} more, which were only counted");
        rows.push(vec![text(""), text(""), text(&more), text(""), text("")]);
    }
    let columns = ["Line", "Field", "Found", "Would do", "Kept"];
    Table {
        name: "problems".to_owned(),
        columns: columns.map(str::to_owned).to_vec(),
        rows,
    }
}
