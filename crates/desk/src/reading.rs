//! What a file or a pasted list gave, held in memory until the student decides.

use std::io::{BufRead, BufReader, Cursor, Read, Seek};

use domain::{Hospital, InteractionDraft, PersonDraft, Problem, Sink};
use formats::contacts::{CSV, CsvLook, look_at_csv};
use formats::linkedin::{self, ARCHIVE, ARCHIVE_MAX, MESSAGES, OwnEntry, OwnKind, read_messages};
use formats::{ColumnRole, Format, ProblemGroup, Summary};
use jiff::civil::Date;

use crate::{DeskError, Result};

/// Problems that are kept one by one; the rest are only counted.
const PROBLEMS_KEPT: usize = 10_000;

/// The most bytes of people and messages that a reading keeps: about 200,000
/// people. What a file has beyond is left out, and told as a problem.
pub const READING_BYTES_MAX: usize = 128 << 20;

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
    /// Hospitals in it, in the order of the file.
    pub hospitals: Vec<Hospital>,
    /// What could not be read, in the order of the file.
    pub problems: Vec<Problem>,
    /// Problems counted, also those beyond the ones kept.
    pub n_problems: usize,
    /// The problems by field and remedy, the largest group first.
    pub groups: Vec<ProblemGroup>,
    /// The columns and what they hold, where the file is a table of no known kind.
    pub columns: Vec<(String, ColumnRole)>,
    /// Records that are empty on purpose, such as hidden members.
    pub n_empty: usize,
    /// Where the people were read, where that is not the file.
    pub origin: Option<Origin>,
    /// Whether everybody in it went to the student's school; `None` is not known.
    pub same_school: Option<bool>,
    /// The student's name, where the file tells it.
    pub student: String,
    /// Schools of the student, where the file tells them, the latest first.
    pub schools: Vec<String>,
    /// Posts of the student as (place, title), where the file tells them.
    pub posts: Vec<(String, String)>,
    /// About how many bytes people and messages take.
    pub(crate) n_bytes: usize,
}

/// A page that people were read from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its address, or what else the student calls it.
    pub text: String,
    /// The day on which it was seen.
    pub day: Date,
}

impl Sink for Reading {
    fn person(&mut self, draft: PersonDraft) -> bool {
        if !self.has_room(bytes_of_person(&draft), draft.line) {
            return false;
        }
        self.people.push(draft);
        true
    }

    fn interaction(&mut self, draft: InteractionDraft) -> bool {
        let people: usize = draft.people.iter().map(String::len).sum();
        let n_bytes = size_of::<InteractionDraft>() + people + draft.note.len();
        if !self.has_room(n_bytes, draft.line) {
            return false;
        }
        self.interactions.push(draft);
        true
    }

    fn hospital(&mut self, line: u64, hospital: Hospital) -> bool {
        let texts = [&hospital.name, &hospital.city, &hospital.kind];
        let texts: usize = texts.iter().map(|text| text.len()).sum();
        if !self.has_room(size_of::<Hospital>() + texts, line) {
            return false;
        }
        self.hospitals.push(hospital);
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

/// What a file is, once its first bytes were looked at.
#[derive(Clone, Copy, Debug)]
pub enum Opened {
    /// A kind of file that is read without a question.
    Known(&'static Format),
    /// A table whose columns somebody has to explain first.
    Table,
}

/// Returns what a file is, from its first bytes.
///
/// # Errors
/// [`DeskError::Unreadable`] where it is nothing that can be read.
pub fn open_people(name: &str, head: &[u8]) -> Result<Opened> {
    let detection = formats::detect(head, name);
    if detection.is_table {
        return Ok(Opened::Table);
    }
    detection.format.map(Opened::Known).ok_or_else(|| {
        DeskError::Unreadable(formats::ReadError::NotThisFormat {
            found: detection.what,
            would_do: detection.would_do,
        })
    })
}

/// Returns the columns and first rows of a table.
///
/// # Errors
/// [`DeskError::Unreadable`] where the bytes are no table.
pub fn look_at_table(input: &mut dyn BufRead) -> Result<CsvLook> {
    look_at_csv(input).ok_or_else(|| {
        DeskError::Unreadable(formats::ReadError::NotThisFormat {
            found: "text that is no table of two columns or more".to_owned(),
            would_do: "a CSV file whose first row names the columns".to_owned(),
        })
    })
}

/// Reads a file of people; what kind it is follows from its content. The
/// columns of a table that no reader knows are guessed.
///
/// # Errors
/// [`crate::DeskError::Unreadable`] where the file is no format that is known,
/// or nothing in it could be read.
pub fn read_people(name: &str, input: &mut dyn BufRead) -> Result<Reading> {
    read_people_of("", name, input)
}

/// Reads a file of people as [`read_people`] does. `student` is the student's
/// name, by which the messages of a file tell who wrote them; it may be empty.
///
/// # Errors
/// As [`read_people`].
pub fn read_people_of(student: &str, name: &str, input: &mut dyn BufRead) -> Result<Reading> {
    let mut input = BufReader::with_capacity(formats::HEAD_LEN, input);
    let format = match open_people(name, &head(&mut input))? {
        Opened::Known(format) => *format,
        Opened::Table => CSV,
    };
    if format == ARCHIVE {
        // An archive is read from its end, so it must be whole.
        let mut bytes = Vec::new();
        let failure = input.take(ARCHIVE_MAX + 1).read_to_end(&mut bytes).err();
        if bytes.len() as u64 > ARCHIVE_MAX {
            return Err(DeskError::Unreadable(formats::ReadError::NotThisFormat {
                found: format!("an archive of more than {} MB", ARCHIVE_MAX >> 20),
                would_do: "Connections.csv taken out of it".to_owned(),
            }));
        }
        let mut reading = read_archive(student, name, Cursor::new(bytes))?;
        if let Some(failure) = failure {
            reading.problem(unread_rest(&failure));
        }
        return Ok(reading);
    }
    let mut reading = Reading::of(name, &format);
    let summary = if format == MESSAGES {
        read_messages(student, &mut input, &mut reading)?
    } else {
        formats::read(&format, &mut input, &mut reading)?
    };
    reading.take_summary(summary);
    Ok(reading)
}

/// Returns whether a file that begins with these bytes is an export of Vouch, which an empty vault takes over whole
/// ([`crate::Desk::load_export`]).
pub fn is_export(head: &[u8]) -> bool {
    formats::detect(head, "").format == Some(&formats::vouch::VOUCH)
}

/// Reads LinkedIn's archive from a file that can be read anywhere in it, which
/// need not fit into memory.
///
/// # Errors
/// As [`read_people`].
pub fn read_archive(student: &str, name: &str, file: impl Read + Seek) -> Result<Reading> {
    let mut reading = Reading::of(name, &ARCHIVE);
    let found = linkedin::read_archive(file, student, &mut reading)?;
    reading.take_summary(found.summary);
    reading.student = found.student;
    let mut schools: Vec<&OwnEntry> = found
        .own
        .iter()
        .filter(|entry| entry.kind == OwnKind::Education)
        .collect();
    // LinkedIn gives the latest first; a medical degree says more than the order.
    schools.sort_by_key(|entry| !is_medical(entry));
    reading.schools = schools
        .into_iter()
        .map(|entry| entry.place.clone())
        .collect();
    reading.posts = found
        .own
        .iter()
        .filter(|entry| entry.kind == OwnKind::Position)
        .map(|entry| (entry.place.clone(), entry.title.clone()))
        .collect();
    if reading.people.is_empty() && reading.interactions.is_empty() {
        return Err(DeskError::Unreadable(formats::ReadError::NothingReadable {
            found: nothing_in_archive(&reading),
            would_do: match reading.groups.is_empty() {
                true => "the archive with \"Connections\" chosen".to_owned(),
                false => "the archive downloaded again".to_owned(),
            },
        }));
    }
    Ok(reading)
}

/// Returns what an archive is that gives nobody and nothing, with the first of
/// what could not be read where that is why.
fn nothing_in_archive(reading: &Reading) -> String {
    match reading.groups.first() {
        Some(group) => format!(
            "a {} in which no person or message could be read ({}: {})",
            ARCHIVE.label, group.field, group.first_found
        ),
        None => format!("a {} without any person or message", ARCHIVE.label),
    }
}

fn is_medical(entry: &OwnEntry) -> bool {
    let words = domain::fold_key(&format!("{} {}", entry.title, entry.place));
    words.split(' ').any(|word| {
        matches!(
            word,
            "md" | "medicine" | "medical" | "mbbs" | "do" | "mbchb"
        )
    })
}

fn unread_rest(failure: &std::io::Error) -> Problem {
    Problem {
        line: 0,
        field: String::new(),
        found: format!("a file that could not be read to its end ({failure})"),
        would_do: "the file copied to this machine again".to_owned(),
        record_kept: false,
    }
}

/// Returns the first bytes of the input without taking them.
fn head(input: &mut BufReader<&mut dyn BufRead>) -> Vec<u8> {
    // A failure to read shows itself again when the file is read.
    input.fill_buf().map(<[u8]>::to_vec).unwrap_or_default()
}

/// Returns about how many bytes a person takes.
fn bytes_of_person(draft: &PersonDraft) -> usize {
    let name = &draft.name;
    let texts = [
        &name.title,
        &name.given,
        &name.family,
        &name.suffix,
        &name.credentials,
        &draft.employer,
        &draft.position,
        &draft.how_found,
        &draft.note,
    ];
    let texts: usize = texts.iter().map(|text| text.len()).sum();
    let contacts = draft.contacts.iter().map(|c| c.value.len() + c.label.len());
    let tags = draft.tags.iter().map(String::len);
    let extra = draft.extra.iter().map(|(n, v)| n.len() + v.len());
    // Every text has a place of its own beside its letters.
    let places = size_of::<String>() * 2;
    let n_small = draft.contacts.len() + draft.tags.len() + draft.extra.len();
    let small: usize = contacts.chain(tags).chain(extra).sum();
    size_of::<PersonDraft>() + texts + small + n_small * places
}

impl Reading {
    /// Counts what is about to be kept; `false` once there is no more room.
    fn has_room(&mut self, n_bytes: usize, line: u64) -> bool {
        self.n_bytes += n_bytes;
        if self.n_bytes <= READING_BYTES_MAX {
            return true;
        }
        self.problem(Problem {
            line,
            field: String::new(),
            found: format!(
                "more than {} MB of people and messages",
                READING_BYTES_MAX >> 20
            ),
            would_do: "the rest, from this line on, as a file of its own".to_owned(),
            record_kept: false,
        });
        false
    }

    fn of(name: &str, format: &Format) -> Self {
        Self {
            source: name.to_owned(),
            kind: format.label.to_owned(),
            ..Self::default()
        }
    }

    /// Returns what a person of this reading is said to come from.
    pub(crate) fn source_of_people(&self) -> String {
        match &self.origin {
            Some(origin) => format!("{}, seen {}", origin.text, origin.day),
            None => self.source.clone(),
        }
    }

    /// Takes over what the whole file came to.
    pub(crate) fn take_summary(&mut self, summary: Summary) {
        let n_problems = usize::try_from(summary.n_problems).unwrap_or(usize::MAX);
        // What found no room is a problem of the reading, not of the file.
        self.n_problems = self.n_problems.max(n_problems);
        self.groups = summary.groups;
    }

    /// Reads people typed or pasted one a line.
    ///
    /// # Errors
    /// [`DeskError::Bad`] where no line names anybody.
    pub fn typed(text: &str) -> Result<Self> {
        let (lines, problems) = formats::people_lines::parse(text);
        if lines.is_empty() {
            let found = problems.first().map_or("", |problem| &problem.found);
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
            ..Self::default()
        })
    }
}
