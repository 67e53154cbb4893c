//! The zip that LinkedIn sends.

use std::io::{BufRead, BufReader, Cursor, Read, Seek};

use domain::{InteractionDraft, PersonDraft, Problem, Sink};
use zip::ZipArchive;

use super::messages::read_of;
use super::own::{OwnEntry, is_own, read_own, read_profile};
use super::{CONNECTIONS, INVITATIONS};
use crate::detect::has_zip_mark;
use crate::summary::Tally;
use crate::text::{decode_head, shown};
use crate::{Format, Head, ReadError, Summary};

/// LinkedIn's data export as a zip.
pub const ARCHIVE: Format = Format {
    name: "linkedin-zip",
    label: "LinkedIn data export (.zip)",
    about: "The whole archive from LinkedIn's \"Get a copy of your data\".",
    detect,
    read,
};

/// The most bytes of an archive that [`crate::read`] takes into memory; larger
/// ones are read from their file with [`read_archive`].
pub const ARCHIVE_MAX: u64 = 256 << 20;

/// The most bytes that are unpacked of one file, whatever the archive claims.
const UNPACKED_MAX: u64 = 512 << 20;

/// The files that are read, as bare names.
const FILES: &[&str] = &[
    "profile.csv",
    "connections.csv",
    "messages.csv",
    "invitations.csv",
    "positions.csv",
    "education.csv",
];

/// What stood in an archive beside people and interactions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArchiveReading {
    /// The names of the files that were read.
    pub read: Vec<String>,
    /// How many other files there are.
    pub n_others: usize,
    /// The student's own posts and schools.
    pub own: Vec<OwnEntry>,
    /// The student's name from the profile, or empty.
    pub student: String,
    /// What the people, messages and problems came to.
    pub summary: Summary,
}

fn detect(head: &Head) -> bool {
    has_zip_mark(head.bytes)
}

fn read(input: &mut dyn BufRead, sink: &mut dyn Sink) -> Result<(), ReadError> {
    let mut bytes = Vec::new();
    let result = input.take(ARCHIVE_MAX + 1).read_to_end(&mut bytes);
    if let Err(failure) = result {
        sink.problem(crate::unread_rest(&failure));
    }
    if bytes.len() as u64 > ARCHIVE_MAX {
        return Err(ReadError::NotThisFormat {
            found: format!("an archive of more than {} MB", ARCHIVE_MAX >> 20),
            would_do: "Connections.csv taken out of it".to_owned(),
        });
    }
    read_archive(Cursor::new(bytes), "", sink).map(|_| ())
}

/// Reads the connections, messages and invitations of an archive into the sink,
/// and returns the student's own posts and schools.
///
/// `student` is the student's name, where the caller knows it; else the profile
/// in the archive tells, so that messages have a direction.
///
/// Files are unpacked while they are read, at most 512 MB each, so that a zip
/// bomb costs bounded memory and time. A problem's field names the file.
///
/// # Errors
/// Where the bytes are no zip, or none of LinkedIn's files is in it.
pub fn read_archive<R: Read + Seek>(
    source: R,
    student: &str,
    sink: &mut dyn Sink,
) -> Result<ArchiveReading, ReadError> {
    let mut tally = Tally::new(ARCHIVE.name, sink);
    let mut reading = read_files(source, student, &mut tally)?;
    reading.summary = tally.finish();
    Ok(reading)
}

fn read_files<R: Read + Seek>(
    source: R,
    student: &str,
    sink: &mut dyn Sink,
) -> Result<ArchiveReading, ReadError> {
    let mut archive = ZipArchive::new(source).map_err(|e| ReadError::NotThisFormat {
        found: format!("a damaged zip archive ({e})"),
        would_do: "the archive downloaded again".to_owned(),
    })?;
    let mut reading = ArchiveReading::default();
    let mut others: Vec<String> = Vec::new();
    let mut wanted: Vec<(usize, usize, String)> = Vec::new();
    for i in 0..archive.len() {
        let Some(Ok(path)) = archive.name_for_index(i) else {
            reading.n_others += 1;
            continue;
        };
        let path = path.into_owned();
        let name = path.rsplit(['/', '\\']).next().unwrap_or_default();
        let bare: String = name
            .to_lowercase()
            .chars()
            .filter(|c| *c != ' ' && *c != '_')
            .collect();
        match FILES.iter().position(|file| *file == bare) {
            Some(order) if !wanted.iter().any(|(other, _, _)| *other == order) => {
                wanted.push((order, i, name.to_owned()));
            }
            _ => {
                reading.n_others += 1;
                if others.len() < 5 {
                    others.push(shown(name));
                }
            }
        }
    }
    // The profile says whose archive it is, and connections come before messages,
    // so that these find the people they are about.
    wanted.sort();
    if wanted.iter().all(|(order, _, _)| *order == 0) {
        let found = match others.as_slice() {
            [] => "an empty zip archive".to_owned(),
            others => format!("a zip archive with {}", others.join(", ")),
        };
        return Err(ReadError::NotThisFormat {
            found,
            would_do: "the archive from LinkedIn's \"Get a copy of your data\", or the file inside this one".to_owned(),
        });
    }
    for (order, i, name) in wanted {
        let mut named = Named {
            name: &name,
            sink,
            stopped: false,
        };
        match archive.by_index(i) {
            Ok(file) => {
                let mut input = BufReader::with_capacity(64 * 1024, file.take(UNPACKED_MAX));
                read_file(order, student, &mut input, &mut named, &mut reading);
                if input.get_ref().limit() == 0 {
                    let found = format!("more than {} MB unpacked", UNPACKED_MAX >> 20);
                    named.problem(problem(&found, "a smaller file; the rest was left out"));
                }
            }
            Err(e) => {
                let found = format!("a file that cannot be unpacked ({e})");
                named.problem(problem(&found, "the archive downloaded again"));
            }
        }
        let stopped = named.stopped;
        reading.read.push(name);
        if stopped {
            break;
        }
    }
    Ok(reading)
}

fn read_file(
    order: usize,
    student: &str,
    input: &mut dyn BufRead,
    sink: &mut Named,
    reading: &mut ArchiveReading,
) {
    let result = match order {
        0 => {
            reading.student = read_profile(input);
            return;
        }
        1 => (CONNECTIONS.read)(input, sink),
        2 => {
            let student = match student {
                "" => &reading.student,
                student => student,
            };
            read_of(student, input, sink)
        }
        3 => (INVITATIONS.read)(input, sink),
        _ => {
            let is_known = input
                .fill_buf()
                .is_ok_and(|head| is_own(&decode_head(head)));
            if !is_known {
                return;
            }
            read_own(input).map(|own| reading.own.extend(own))
        }
    };
    if let Err(
        ReadError::NotThisFormat { found, would_do }
        | ReadError::NothingReadable { found, would_do },
    ) = result
    {
        sink.problem(problem(&found, &would_do));
    }
}

fn problem(found: &str, would_do: &str) -> Problem {
    Problem {
        line: 0,
        field: String::new(),
        found: found.to_owned(),
        would_do: would_do.to_owned(),
        record_kept: false,
    }
}

/// Puts the file's name before the field of every problem.
struct Named<'a> {
    name: &'a str,
    sink: &'a mut dyn Sink,
    stopped: bool,
}

impl Named<'_> {
    fn heard(&mut self, goes_on: bool) -> bool {
        self.stopped |= !goes_on;
        goes_on
    }
}

impl Sink for Named<'_> {
    fn person(&mut self, draft: PersonDraft) -> bool {
        let goes_on = self.sink.person(draft);
        self.heard(goes_on)
    }

    fn interaction(&mut self, draft: InteractionDraft) -> bool {
        let goes_on = self.sink.interaction(draft);
        self.heard(goes_on)
    }

    fn problem(&mut self, mut problem: Problem) -> bool {
        problem.field = match problem.field.as_str() {
            "" => self.name.to_owned(),
            field => format!("{}: {field}", self.name),
        };
        let goes_on = self.sink.problem(problem);
        self.heard(goes_on)
    }

    fn empty_record(&mut self, line: u64) -> bool {
        let goes_on = self.sink.empty_record(line);
        self.heard(goes_on)
    }
}
