//! The prose check in the background: one checker for all pages, loaded when the
//! composer first opens, so that neither the start nor a rule waits for it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use desk::views::compose::Compose;
use desk::views::set_up;
use desk::{DeskError, Reader};
use grammar::{Checker, Note};

/// A text to read.
struct Job {
    text: String,
    names: Vec<String>,
    answer: SyncSender<Vec<Note>>,
}

/// The way to the one thread that owns the checker; empty where no thread could
/// be started.
static JOBS: OnceLock<Option<Sender<Job>>> = OnceLock::new();
static IS_LOADED: AtomicBool = AtomicBool::new(false);

/// Begins to load the checker, once.
pub(crate) fn open() {
    JOBS.get_or_init(|| {
        let (jobs, work) = channel();
        let thread = thread::Builder::new().name("prose".to_owned());
        thread.spawn(move || serve(&work)).ok().map(|_| jobs)
    });
}

fn serve(work: &Receiver<Job>) {
    let mut checker = Checker::new();
    IS_LOADED.store(true, Ordering::Release);
    while let Ok(job) = work.recv() {
        let names: Vec<&str> = job.names.iter().map(String::as_str).collect();
        // The library is large; should a strange text bring it down, the student
        // gets no note on it, and the next text a fresh checker.
        let read = catch_unwind(AssertUnwindSafe(|| checker.notes(&job.text, &names)));
        let notes = read.unwrap_or_else(|_| {
            checker = Checker::new();
            Vec::new()
        });
        // Nobody waits any more when the student has closed the page.
        let _ = job.answer.send(notes);
    }
}

/// Returns the notes on a text, or `None` while the checker is being loaded: it
/// is advice, and nothing waits for it.
pub(crate) fn notes(text: &str, names: Vec<String>) -> Option<Vec<Note>> {
    open();
    if !IS_LOADED.load(Ordering::Acquire) {
        return None;
    }
    let (answer, answered) = sync_channel(1);
    let text = text.to_owned();
    let jobs = JOBS.get()?.as_ref()?;
    jobs.send(Job {
        text,
        names,
        answer,
    })
    .ok()?;
    answered.recv().ok()
}

/// A note as a page shows it.
#[derive(Clone, Debug)]
pub(crate) struct NoteLine {
    /// First byte in the text.
    pub(crate) start: usize,
    /// "spelling" or "grammar".
    pub(crate) code: &'static str,
    /// The words of the text that it is about.
    pub(crate) quote: String,
    /// What was found, and what would do.
    pub(crate) message: String,
    /// What stands there after one click, where there is one clear way.
    pub(crate) suggestion: Option<String>,
}

/// Returns the notes on a message; `None` while the checker is being loaded.
///
/// # Errors
/// Where the vault cannot be read.
pub(crate) fn notes_on(
    reader: &Reader,
    message: &Compose,
) -> Result<Option<Vec<NoteLine>>, DeskError> {
    let names = names(reader, message)?;
    let notes = notes(&message.text, names);
    Ok(notes.map(|notes| notes.iter().map(|n| note_line(&message.text, n)).collect()))
}

/// Returns the text of a message with the suggestion of the note at a byte in it.
///
/// # Errors
/// [`DeskError::Bad`] where no note with a suggestion stands there.
pub(crate) fn mended(reader: &Reader, message: &Compose, at: &str) -> Result<String, DeskError> {
    let start: Option<usize> = at.parse().ok();
    let notes = notes(&message.text, names(reader, message)?).unwrap_or_default();
    let text = &message.text;
    let mended = notes.into_iter().find_map(|note| {
        let (from, to) = (note.finding.start?, note.finding.end?);
        let better = note.suggestion.filter(|_| Some(from) == start)?;
        Some(format!("{}{better}{}", text.get(..from)?, text.get(to..)?))
    });
    mended.ok_or_else(|| DeskError::Bad {
        field: "note",
        found: at.to_owned(),
        would_do: "a note on spelling or grammar that stands beside the text".to_owned(),
    })
}

fn note_line(text: &str, note: &Note) -> NoteLine {
    let (start, end) = (note.finding.start, note.finding.end);
    let quote = start.zip(end).and_then(|(start, end)| text.get(start..end));
    NoteLine {
        start: start.unwrap_or_default(),
        code: note.finding.code,
        quote: quote.unwrap_or_default().to_owned(),
        message: note.finding.message.clone(),
        suggestion: note.suggestion.clone(),
    }
}

/// Returns the names that are no slips: the student's, the reader's and the places'.
fn names(reader: &Reader, message: &Compose) -> Result<Vec<String>, DeskError> {
    let student = set_up::student(reader)?;
    let person = message.person.iter().map(|(_, name)| name.clone());
    let known = [student.name, student.school, message.beside.place.clone()];
    Ok(person.chain(known).collect())
}
