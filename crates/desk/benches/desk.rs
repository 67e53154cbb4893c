//! How long pages, search, import and the start take on a large vault: 10,000
//! people and 100,000 interactions.

mod large;

use std::sync::LazyLock;

use desk::verbs::apply_import::ImportChoices;
use desk::views;
use desk::views::people::PeopleQuery;
use desk::views::programs::ProgramsQuery;
use divan::Bencher;
use domain::{Known, PersonDraft, PersonId, PersonName};
use jiff::tz::TimeZone;
use large::{Copy, IMPORTED, Large, connections, now, open, previewed};
use uuid::Uuid;

const PEOPLE: usize = 10_000;

/// The one vault of this run.
static LARGE: LazyLock<Large> = LazyLock::new(|| {
    let begun = std::time::Instant::now();
    let large = Large::of(PEOPLE);
    eprintln!(
        "the large vault took {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    large
});

fn main() {
    let large = &*LARGE;
    divan::main();
    // Statics are not dropped, and the folder should not stay.
    std::fs::remove_dir_all(large.vault.folder()).expect("the folder can be removed");
}

/// Budget 50 ms.
#[divan::bench(sample_count = 50)]
fn today(bencher: Bencher<'_, '_>) {
    let reader = &LARGE.reader;
    bencher.bench(|| views::today::today(reader, now(), &TimeZone::UTC, 0..12).unwrap());
}

/// Budget 50 ms.
#[divan::bench(sample_count = 50)]
fn person(bencher: Bencher<'_, '_>) {
    bencher.bench(|| views::person::person(&LARGE.reader, LARGE.person).unwrap());
}

/// The program where most people are known; budget 50 ms.
#[divan::bench(sample_count = 50)]
fn program(bencher: Bencher<'_, '_>) {
    bencher.bench(|| views::program::program(&LARGE.reader, &LARGE.program).unwrap());
}

#[divan::bench(sample_count = 50)]
fn programs(bencher: Bencher<'_, '_>) {
    let reader = &LARGE.reader;
    bencher.bench(|| views::programs::programs(reader, &ProgramsQuery::default()).unwrap());
}

#[divan::bench(sample_count = 50)]
fn people(bencher: Bencher<'_, '_>) {
    let reader = &LARGE.reader;
    bencher.bench(|| views::people::people(reader, &PeopleQuery::default()).unwrap());
}

/// As a name and as a word of many notes are typed; budget 20 ms.
#[divan::bench(sample_count = 50, args = ["a", "sol", "solberg", "lymph", "radial acc"])]
fn search(bencher: Bencher<'_, '_>, text: &str) {
    let reader = &LARGE.reader;
    bencher.bench(|| views::search::search(reader, text, 20).unwrap());
}

/// Opens the vault and shows the first page; budget 300 ms.
#[divan::bench(sample_count = 20)]
fn start_to_first_page(bencher: Bencher<'_, '_>) {
    let vault = &LARGE.vault;
    bencher.bench(|| {
        let (_, reader) = open(vault);
        views::today::today(&reader, now(), &TimeZone::UTC, 0..12).unwrap()
    });
}

/// Reads 30,000 rows, compares them with 10,000 people and takes them over;
/// budget 3 s. Each sample has a copy of the vault to itself, so that all of an
/// import is in it: the indexing at its end, and the last word to the disk.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn import(bencher: Bencher<'_, '_>) {
    let csv = connections();
    bencher
        .with_inputs(|| Copy::of(&LARGE.vault))
        .bench_local_values(|copy| {
            let (desk, reader) = &copy.opened;
            let preview = previewed(reader, &csv);
            let done = desk.apply_import(&preview, &ImportChoices::default(), &mut |_, _| true);
            assert_eq!(done.expect("it is taken over").result.added, IMPORTED);
            copy
        });
}

/// The part of an import before the student decides.
#[divan::bench(sample_count = 5, sample_size = 1)]
fn import_preview(bencher: Bencher<'_, '_>) {
    let reader = &LARGE.reader;
    let csv = connections();
    bencher.bench_local(|| previewed(reader, &csv));
}

/// Pairs of people who may be one, over everybody.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn duplicates(bencher: Bencher<'_, '_>) {
    let reader = &LARGE.reader;
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
    bencher.bench_local(|| domain::reconcile(&drafts, &known, &domain::Schools::default()));
}

/// The review of 10,000 people who all have one name.
#[divan::bench(args = [PEOPLE, 1], sample_count = 5, sample_size = 1)]
fn duplicates_of_one_name(bencher: Bencher<'_, '_>, employers: usize) {
    let known = one_name_people(employers);
    bencher.bench_local(|| domain::duplicates(&known, &domain::Schools::default(), 1_000));
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
