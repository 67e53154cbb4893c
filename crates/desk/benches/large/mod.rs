//! The vaults that the benches look at, and the file that they import.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::Arc;

use desk::views;
use desk::views::import::Preview;
use desk::views::people::PeopleQuery;
use desk::views::programs::ProgramsQuery;
use desk::{Clock, Desk, FixedClock, Ids, Reader, Vault, read_people};
use domain::{PersonId, ProgramId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

/// Rows of the file of connections.
pub(crate) const IMPORTED: usize = 30_000;

/// A vault with ten interactions a person.
pub(crate) struct Large {
    pub(crate) vault: Vault,
    pub(crate) reader: Reader,
    /// Somebody with whom something happened lately.
    pub(crate) person: PersonId,
    /// The program where most people are known.
    pub(crate) program: ProgramId,
}

impl Large {
    /// Makes a vault with so many people, in a folder that stays.
    pub(crate) fn of(n_people: usize) -> Self {
        let vault = Vault::at(tempfile::tempdir().expect("a folder").keep());
        desk::demo::large(&vault, n_people, 10 * n_people, now()).expect("a large vault");
        let (_, reader) = open(&vault);
        let query = PeopleQuery {
            order: views::people::Order::Recent,
            limit: 1,
            ..PeopleQuery::default()
        };
        let first = &views::people::people(&reader, &query).expect("people").rows[0];
        let programs = views::programs::programs(&reader, &ProgramsQuery::default());
        let programs = programs.expect("programs").rows;
        let most = programs.iter().max_by_key(|row| row.people).expect("one");
        Self {
            person: first.id.parse().expect("an id"),
            program: ProgramId::new(&most.id).expect("an id"),
            vault,
            reader,
        }
    }
}

pub(crate) fn now() -> Timestamp {
    "2026-09-14T14:00:00Z".parse().expect("a time")
}

pub(crate) fn open(vault: &Vault) -> (Desk, Reader) {
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::new(now(), TimeZone::UTC));
    vault.open(clock, Ids::random()).expect("the vault opens")
}

/// A copy of a vault. Its files are closed before its folder goes.
pub(crate) struct Copy {
    pub(crate) opened: (Desk, Reader),
    _folder: tempfile::TempDir,
}

impl Copy {
    /// Copies the files of a vault to which nobody writes.
    pub(crate) fn of(vault: &Vault) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        for entry in std::fs::read_dir(vault.folder()).expect("the vault's folder") {
            let file = entry.expect("a file").path();
            let name = file.file_name().expect("a name");
            if file.is_file() {
                std::fs::copy(&file, folder.path().join(name)).expect("copied");
            }
        }
        Self {
            opened: open(&Vault::at(folder.path())),
            _folder: folder,
        }
    }
}

pub(crate) fn previewed(reader: &Reader, csv: &str) -> Preview {
    let reading = read_people("Connections.csv", &mut Cursor::new(csv)).expect("it is read");
    assert_eq!(reading.people.len(), IMPORTED);
    views::import::preview(reader, Uuid::from_u128(1), Arc::new(reading)).expect("a preview")
}

/// Returns a file of connections: a third names institutions of programs.
pub(crate) fn connections() -> String {
    let programs = facts::shipped().programs();
    let mut csv = String::from(
        "Notes:\n\"made up\"\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
    );
    for i in 0..IMPORTED {
        let employer = if i % 3 == 0 {
            programs[i % programs.len()].institution.clone()
        } else {
            format!("Fabrikam {}", i % 5_000)
        };
        writeln!(
            csv,
            "Given{},Family{},https://www.linkedin.com/in/made-up-{i},,\"{employer}\",Resident,08 Feb 2026",
            i % 300,
            i / 7
        )
        .expect("a line");
    }
    csv
}
