//! What a file or a pasted list gave, held in memory until the student decides.

use std::io::{BufRead, BufReader};

use domain::{InteractionDraft, PersonDraft, Problem, Sink};

use crate::{DeskError, Result};

/// Problems that are kept one by one; the rest are only counted.
const PROBLEMS_KEPT: usize = 10_000;

/// What a file or a pasted list gave.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The file's name, or "typed".
    pub source: String,
    /// What kind of file it is, as a label ("LinkedIn connections").
    pub kind: String,
    /// Whether the student typed it by hand.
    pub typed: bool,
    /// The people in it, in the order of the file.
    pub people: Vec<PersonDraft>,
    /// Messages and other interactions in it, in the order of the file.
    pub interactions: Vec<InteractionDraft>,
    /// What could not be read, in the order of the file.
    pub problems: Vec<Problem>,
    /// Problems counted, also those beyond the ones kept.
    pub n_problems: usize,
    /// Records that are empty on purpose, such as hidden members.
    pub n_empty: usize,
}

impl Sink for Reading {
    fn person(&mut self, draft: PersonDraft) -> bool {
        self.people.push(draft);
        true
    }

    fn interaction(&mut self, draft: InteractionDraft) -> bool {
        self.interactions.push(draft);
        true
    }

    fn problem(&mut self, problem: Problem) -> bool {
        self.n_problems += 1;
        if self.problems.len() < PROBLEMS_KEPT {
            self.problems.push(problem);
        }
        true
    }

    fn empty_record(&mut self, _line: u64) -> bool {
        self.n_empty += 1;
        true
    }
}

/// Reads a file of people; what kind it is follows from its content.
///
/// # Errors
/// [`crate::DeskError::Unreadable`] where the file is no format that is known,
/// or nothing in it could be read.
pub fn read_people(name: &str, input: &mut dyn BufRead) -> Result<Reading> {
    let mut input = BufReader::with_capacity(formats::HEAD_LEN, input);
    let detection = formats::detect(&head(&mut input), name);
    let Some(format) = detection.format else {
        return Err(DeskError::Unreadable(formats::ReadError::NotThisFormat {
            found: detection.what,
            would_do: detection.would_do,
        }));
    };
    let mut reading = Reading {
        source: name.to_owned(),
        kind: format.label.to_owned(),
        ..Reading::default()
    };
    let summary = formats::read(format, &mut input, &mut reading)?;
    reading.n_problems = usize::try_from(summary.n_problems).unwrap_or(usize::MAX);
    Ok(reading)
}

/// Returns whether a file that begins with these bytes is an export of Vouch, which an empty vault takes over whole
/// ([`crate::Desk::load_export`]).
pub fn is_export(head: &[u8]) -> bool {
    formats::detect(head, "").format == Some(&formats::vouch::VOUCH)
}

/// Returns the first bytes of the input without taking them.
fn head(input: &mut BufReader<&mut dyn BufRead>) -> Vec<u8> {
    // A failure to read shows itself again when the file is read.
    input.fill_buf().map(<[u8]>::to_vec).unwrap_or_default()
}

impl Reading {
    /// Reads people typed or pasted one a line.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no line names anybody.
    pub fn typed(text: &str) -> Result<Self> {
        let (lines, problems) = formats::people_lines::parse(text);
        if lines.is_empty() {
            let found = problems.first().map_or("nothing", |problem| &problem.found);
            let would_do = "a name a line, as in \"Dr. Rao, IR, Maimonides, met on rounds\"";
            return Err(DeskError::bad("names", found, would_do));
        }
        Ok(Self {
            source: "typed names".to_owned(),
            kind: "Names, one a line".to_owned(),
            typed: true,
            people: lines.into_iter().map(|line| line.draft).collect(),
            n_problems: problems.len(),
            problems,
            n_empty: 0,
            interactions: Vec::new(),
        })
    }
}
