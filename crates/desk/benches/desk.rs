//! How long pages, search, import and the start take on a large vault: 10,000
//! people and 100,000 interactions.

use std::fmt::Write as _;
use std::io::Cursor;
use std::sync::{Arc, LazyLock};

use desk::verbs::apply_import::ImportChoices;
use desk::views;
use desk::views::import::Preview;
use desk::views::people::PeopleQuery;
use desk::views::programs::ProgramsQuery;
use desk::{Clock, Desk, FixedClock, Ids, Reader, Vault, read_people};
use divan::Bencher;
use domain::{Known, PersonDraft, PersonId, PersonName, ProgramId};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

const PEOPLE: usize = 10_000;
const INTERACTIONS: usize = 100_000;
const IMPORTED: usize = 30_000;

fn main() {
    let large = Lazy::get();
    divan::main();
    // Statics are not dropped, and the folder should not stay.
    std::fs::remove_dir_all(large.vault.folder()).expect("the folder can be removed");
}

struct Lazy {
    vault: Vault,
    reader: Reader,
    person: PersonId,
    program: ProgramId,
}

impl Lazy {
    /// Returns the one vault of this run.
    fn get() -> &'static Self {
        static LARGE: LazyLock<Lazy> = LazyLock::new(|| {
            let folder = tempfile::tempdir().expect("a folder").keep();
            let vault = Vault::at(folder);
            let begun = std::time::Instant::now();
            desk::demo::large(&vault, PEOPLE, INTERACTIONS, now()).expect("a large vault");
            eprintln!(
                "the large vault took {:.1} s",
                begun.elapsed().as_secs_f64()
            );
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
            Lazy {
                person: first.id.parse().expect("an id"),
                program: ProgramId::new(&most.id).expect("an id"),
                vault,
                reader,
            }
        });
        &LARGE
    }
}

fn now() -> Timestamp {
    "2026-09-14T14:00:00Z".parse().expect("a time")
}

fn open(vault: &Vault) -> (Desk, Reader) {
    let clock: Arc<dyn Clock> = Arc::new(FixedClock::new(now(), TimeZone::UTC));
    vault.open(clock, Ids::random()).expect("the vault opens")
}

/// Budget 50 ms.
#[divan::bench(sample_count = 50)]
fn today(bencher: Bencher<'_, '_>) {
    let reader = &Lazy::get().reader;
    bencher.bench(|| views::today::today(reader, now(), &TimeZone::UTC, 12).unwrap());
}

/// Budget 50 ms.
#[divan::bench(sample_count = 50)]
fn person(bencher: Bencher<'_, '_>) {
    let large = Lazy::get();
    bencher.bench(|| views::person::person(&large.reader, large.person).unwrap());
}

/// The program where most people are known; budget 50 ms.
#[divan::bench(sample_count = 50)]
fn program(bencher: Bencher<'_, '_>) {
    let large = Lazy::get();
    bencher.bench(|| views::program::program(&large.reader, &large.program).unwrap());
}

#[divan::bench(sample_count = 50)]
fn programs(bencher: Bencher<'_, '_>) {
    let reader = &Lazy::get().reader;
    bencher.bench(|| views::programs::programs(reader, &ProgramsQuery::default()).unwrap());
}

#[divan::bench(sample_count = 50)]
fn people(bencher: Bencher<'_, '_>) {
    let reader = &Lazy::get().reader;
    bencher.bench(|| views::people::people(reader, &PeopleQuery::default()).unwrap());
}

/// As a name and as a word of many notes are typed; budget 20 ms.
#[divan::bench(sample_count = 50, args = ["a", "sol", "solberg", "lymph", "radial acc"])]
fn search(bencher: Bencher<'_, '_>, text: &str) {
    let reader = &Lazy::get().reader;
    bencher.bench(|| views::search::search(reader, text, 20).unwrap());
}

/// Opens the vault and shows the first page; budget 300 ms.
#[divan::bench(sample_count = 20)]
fn start_to_first_page(bencher: Bencher<'_, '_>) {
    let vault = &Lazy::get().vault;
    bencher.bench(|| {
        let (_, reader) = open(vault);
        views::today::today(&reader, now(), &TimeZone::UTC, 12).unwrap()
    });
}

/// Reads 30,000 rows, compares them with 10,000 people and takes them over;
/// budget 3 s. Each sample is stopped at its end, so that all find the same vault:
/// only the last word to the disk is left out.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>) {
    let (desk, reader) = open(&Lazy::get().vault);
    let csv = connections();
    bencher.bench_local(|| {
        let preview = previewed(&reader, &csv);
        desk.apply_import(&preview, &ImportChoices::default(), &mut |done, total| {
            done < total
        })
        .expect_err("it is stopped at the end")
    });
}

/// The part of an import before the student decides.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn import_preview(bencher: Bencher<'_, '_>) {
    let reader = &Lazy::get().reader;
    let csv = connections();
    bencher.bench_local(|| previewed(reader, &csv));
}

/// Pairs of people who may be one, over everybody.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn duplicates(bencher: Bencher<'_, '_>) {
    let reader = &Lazy::get().reader;
    bencher.bench_local(|| views::duplicates::duplicates(reader, 0, 20).unwrap());
}

/// 30,000 rows against 10,000 people who all have one name, each at a place of
/// their own or all at one; budget 3 s, as for any other file.
#[divan::bench(args = [PEOPLE, 1], sample_count = 3, sample_size = 1)]
fn one_name(bencher: Bencher<'_, '_>, employers: usize) {
    let known = one_name_people(employers);
    let drafts: Vec<PersonDraft> = (0..IMPORTED)
        .map(|i| PersonDraft {
            name: PersonName::parse("María García"),
            employer: format!("Clinic {}", i % (2 * employers)),
            known_since: jiff::civil::Date::new(2020, 1 + (i % 12) as i8, 1).ok(),
            note: i.to_string(),
            ..PersonDraft::default()
        })
        .collect();
    bencher.bench_local(|| domain::reconcile(&drafts, &known));
}

/// The review of 10,000 people who all have one name.
#[divan::bench(args = [PEOPLE, 1], sample_count = 5, sample_size = 1)]
fn duplicates_of_one_name(bencher: Bencher<'_, '_>, employers: usize) {
    let known = one_name_people(employers);
    bencher.bench_local(|| domain::duplicates(&known, 1_000));
}

fn one_name_people(employers: usize) -> Vec<Known> {
    (0..PEOPLE)
        .map(|i| Known {
            id: PersonId(Uuid::from_u128(i as u128)),
            name: PersonName::parse("Maria Garcia"),
            contacts: Vec::new(),
            uids: Vec::new(),
            cities: Vec::new(),
            employers: vec![format!("Clinic {}", i % employers)],
            position: String::new(),
            known_since: None,
            edited: Vec::new(),
            apart: Vec::new(),
        })
        .collect()
}

fn previewed(reader: &Reader, csv: &str) -> Preview {
    let reading = read_people("Connections.csv", &mut Cursor::new(csv)).expect("it is read");
    assert_eq!(reading.people.len(), IMPORTED);
    views::import::preview(reader, Uuid::from_u128(1), Arc::new(reading)).expect("a preview")
}

/// Returns a file of connections: a third names institutions of programs.
fn connections() -> String {
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
