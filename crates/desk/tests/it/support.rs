//! A desk in a folder of its own, with a clock that a test moves.

use std::io::Cursor;
use std::sync::Arc;

use desk::verbs::apply_import::{ImportChoices, ImportReport};
use desk::views::export::export;
use desk::views::history::{OperationLine, history};
use desk::views::import::{Preview, PreviewView, preview};
use desk::views::log::LogChoices;
use desk::views::people::find_person;
use desk::views::today::{Today, TodayItem, today};
use desk::{Clock, Desk, DeskError, FixedClock, Ids, Reader, Reading, Student, Vault, read_people};
use domain::PersonId;
use formats::export::{Cell, Table};
use jiff::ToSpan as _;
use jiff::tz::TimeZone;
use tempfile::TempDir;
use uuid::Uuid;

/// The day on which every test begins: a Wednesday.
pub(crate) const FIRST_DAY: &str = "2026-07-01T15:00:00Z";

pub(crate) struct Bench {
    pub(crate) desk: Desk,
    pub(crate) reader: Reader,
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) folder: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let now = FIRST_DAY.parse().expect("a time");
        let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
        let shared: Arc<dyn Clock> = Arc::clone(&clock) as Arc<dyn Clock>;
        let vault = Vault::at(folder.path());
        let (desk, reader) = vault.open(shared, Ids::seeded(7)).expect("it opens");
        Self {
            desk,
            reader,
            clock,
            folder,
        }
    }

    /// Moves the clock on by days.
    pub(crate) fn days_later(&self, days: i64) {
        self.clock.set(self.clock.now() + (24 * days).hours());
    }

    pub(crate) fn clock_now(&self) -> jiff::Timestamp {
        self.clock.now()
    }

    /// Puts people into a ring.
    pub(crate) fn set_ring(&self, names: &[&str], ring: domain::Ring) {
        let people: Vec<PersonId> = names.iter().map(|name| self.person(name)).collect();
        let edit = desk::verbs::edit_people::BulkEdit::Ring(ring);
        self.desk.edit_people(&people, &edit).expect("changed");
    }

    /// Returns every table with something in it.
    pub(crate) fn dump(&self) -> Vec<Table> {
        export(&self.reader).expect("an export")
    }

    pub(crate) fn table(&self, name: &str) -> Vec<Vec<Cell>> {
        let found = self.dump().into_iter().find(|table| table.name == name);
        found.expect("a table of that name").rows
    }

    /// Returns operations, newest first.
    pub(crate) fn operations(&self) -> Vec<OperationLine> {
        history(&self.reader, 100, None)
            .expect("history")
            .operations
    }

    pub(crate) fn set_up(&self) {
        let student = Student {
            name: "Solange Baptiste".to_owned(),
            stage: "MS3".to_owned(),
            school: "Windward Isles College of Medicine".to_owned(),
            email: "solange@example.org".to_owned(),
            ..Student::default()
        };
        self.desk.set_up(&student).expect("it is stored");
    }

    /// Adds people, one a line.
    pub(crate) fn people(&self, lines: &str) {
        let reading = Arc::new(Reading::typed(lines).expect("names"));
        let preview = preview(&self.reader, Uuid::nil(), reading).expect("a preview");
        self.apply(&preview, &ImportChoices::default())
            .expect("they are added");
    }

    pub(crate) fn log(&self, line: &str) {
        self.desk
            .log_interaction(line, &LogChoices::new())
            .expect(line);
    }

    pub(crate) fn person(&self, name: &str) -> PersonId {
        find_person(&self.reader, name).expect(name)
    }

    /// Compares rows of a LinkedIn file, after its usual header, with the vault.
    pub(crate) fn preview(&self, rows: &str) -> Preview {
        let csv =
            format!("First Name,Last Name,URL,Email Address,Company,Position,Connected On\n{rows}");
        let reading = read_people("Connections.csv", &mut Cursor::new(csv)).expect("it is read");
        preview(&self.reader, Uuid::nil(), Arc::new(reading)).expect("a preview")
    }

    pub(crate) fn apply(
        &self,
        preview: &Preview,
        choices: &ImportChoices,
    ) -> Result<ImportReport, DeskError> {
        self.desk
            .apply_import(preview, choices, &mut |_, _| true)
            .map(|done| done.result)
    }

    pub(crate) fn import(&self, rows: &str) -> ImportReport {
        self.apply(&self.preview(rows), &ImportChoices::default())
            .expect("it is imported")
    }

    pub(crate) fn today(&self) -> Today {
        today(&self.reader, self.clock.now(), &TimeZone::UTC, 0..100).expect("today")
    }

    /// Returns the items of Today of one kind.
    pub(crate) fn due(&self, kind: &str) -> Vec<TodayItem> {
        let items = self.today().items;
        items.into_iter().filter(|item| item.kind == kind).collect()
    }
}

/// Returns new, same, update, ask, repeat, empty and problems.
pub(crate) fn counts(view: &PreviewView) -> [usize; 7] {
    [
        view.n_new,
        view.n_same,
        view.n_update,
        view.n_ask,
        view.n_repeat,
        view.n_empty,
        view.n_problems,
    ]
}

/// Returns an archive with these files.
pub(crate) fn zip(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, zip::write::SimpleFileOptions::default())
            .expect("a file");
        std::io::Write::write_all(&mut writer, content.as_bytes()).expect("written");
    }
    writer.finish().expect("an archive").into_inner()
}
