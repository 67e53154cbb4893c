//! What a whole reading came to: counts by kind, and problems in groups.

use std::collections::HashMap;

use domain::{Hospital, InteractionDraft, PersonDraft, Problem, Sink};

/// The most problems that are handed on; the rest are only counted.
pub const PROBLEMS_MAX: u64 = 20_000;

/// The most groups of problems that a summary keeps.
const GROUPS_MAX: usize = 200;

/// Problems of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemGroup {
    /// The field concerned, or empty for whole records.
    pub field: String,
    /// What would do, in the words of the first of them.
    pub would_do: String,
    /// How many there are.
    pub n_problems: u64,
    /// How many records were lost with them.
    pub n_lost: u64,
    /// The line of the first.
    pub first_line: u64,
    /// What was found there.
    pub first_found: String,
}

/// What reading one file came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Summary {
    /// The name of the format that was read.
    pub format: &'static str,
    /// How many people were handed on.
    pub n_people: u64,
    /// How many interactions were handed on.
    pub n_interactions: u64,
    /// How many hospitals were handed on.
    pub n_hospitals: u64,
    /// How many records were empty on purpose, such as hidden members.
    pub n_empty: u64,
    /// How many problems were found.
    pub n_problems: u64,
    /// How many of them were only counted, being behind the first [`PROBLEMS_MAX`].
    pub n_problems_unlisted: u64,
    /// How many records could not be kept.
    pub n_lost: u64,
    /// The problems by field and remedy, the largest group first.
    pub groups: Vec<ProblemGroup>,
    /// Whether the sink stopped the reading.
    pub stopped: bool,
}

impl Summary {
    /// Returns the counts as a sentence for a person.
    pub fn sentence(&self) -> String {
        let count = |n: u64, one: &str, many: &str| match n {
            0 => None,
            1 => Some(format!("1 {one}")),
            n => Some(format!("{n} {many}")),
        };
        // LinkedIn leaves a date of members who hide; elsewhere it is an
        // advertisement, a draft or spam.
        let (one_empty, many_empty) = match self.format {
            "linkedin-connections" => ("hidden member", "hidden members"),
            _ => ("record set aside", "records set aside"),
        };
        let parts: Vec<String> = [
            count(self.n_people, "person", "people"),
            count(self.n_interactions, "interaction", "interactions"),
            count(self.n_hospitals, "hospital", "hospitals"),
            count(self.n_empty, one_empty, many_empty),
            count(self.n_problems, "problem", "problems"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if parts.is_empty() {
            return "nothing".to_owned();
        }
        parts.join(", ")
    }
}

/// Counts what passes to the sink behind it, and holds back what is too much.
pub(crate) struct Tally<'a> {
    sink: &'a mut dyn Sink,
    summary: Summary,
    groups: HashMap<(String, String), usize>,
}

impl<'a> Tally<'a> {
    pub(crate) fn new(format: &'static str, sink: &'a mut dyn Sink) -> Self {
        Self {
            sink,
            summary: Summary {
                format,
                ..Summary::default()
            },
            groups: HashMap::new(),
        }
    }

    pub(crate) fn finish(mut self) -> Summary {
        self.summary
            .groups
            .sort_by_key(|group| (std::cmp::Reverse(group.n_problems), group.first_line));
        self.summary
    }

    fn heard(&mut self, goes_on: bool) -> bool {
        self.summary.stopped |= !goes_on;
        goes_on
    }

    fn group(&mut self, problem: &Problem) {
        let summary = &mut self.summary;
        let lost = u64::from(!problem.record_kept);
        summary.n_problems += 1;
        summary.n_lost += lost;
        let key = (problem.field.clone(), problem.would_do.clone());
        if let Some(i) = self.groups.get(&key) {
            let group = &mut summary.groups[*i];
            group.n_problems += 1;
            group.n_lost += lost;
        } else if summary.groups.len() < GROUPS_MAX {
            self.groups.insert(key, summary.groups.len());
            summary.groups.push(ProblemGroup {
                field: problem.field.clone(),
                would_do: problem.would_do.clone(),
                n_problems: 1,
                n_lost: lost,
                first_line: problem.line,
                first_found: problem.found.clone(),
            });
        }
    }
}

impl Sink for Tally<'_> {
    fn person(&mut self, draft: PersonDraft) -> bool {
        self.summary.n_people += 1;
        let goes_on = self.sink.person(draft);
        self.heard(goes_on)
    }

    fn interaction(&mut self, draft: InteractionDraft) -> bool {
        self.summary.n_interactions += 1;
        let goes_on = self.sink.interaction(draft);
        self.heard(goes_on)
    }

    fn hospital(&mut self, line: u64, hospital: Hospital) -> bool {
        self.summary.n_hospitals += 1;
        let goes_on = self.sink.hospital(line, hospital);
        self.heard(goes_on)
    }

    fn problem(&mut self, problem: Problem) -> bool {
        self.group(&problem);
        if self.summary.n_problems > PROBLEMS_MAX {
            self.summary.n_problems_unlisted += 1;
            return true;
        }
        let goes_on = self.sink.problem(problem);
        self.heard(goes_on)
    }

    fn empty_record(&mut self, line: u64) -> bool {
        self.summary.n_empty += 1;
        let goes_on = self.sink.empty_record(line);
        self.heard(goes_on)
    }
}

/// A sink that keeps everything: for small inputs, previews and tests.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Collected {
    /// The people, in the order of the file.
    pub people: Vec<PersonDraft>,
    /// The interactions, in the order of the file.
    pub interactions: Vec<InteractionDraft>,
    /// The hospitals with their lines, in the order of the file.
    pub hospitals: Vec<(u64, Hospital)>,
    /// The problems, in the order of the file.
    pub problems: Vec<Problem>,
    /// The lines of records that are empty on purpose.
    pub empty_lines: Vec<u64>,
}

impl Sink for Collected {
    fn person(&mut self, draft: PersonDraft) -> bool {
        self.people.push(draft);
        true
    }

    fn interaction(&mut self, draft: InteractionDraft) -> bool {
        self.interactions.push(draft);
        true
    }

    fn hospital(&mut self, line: u64, hospital: Hospital) -> bool {
        self.hospitals.push((line, hospital));
        true
    }

    fn problem(&mut self, problem: Problem) -> bool {
        self.problems.push(problem);
        true
    }

    fn empty_record(&mut self, line: u64) -> bool {
        self.empty_lines.push(line);
        true
    }
}
