//! How the budgets grow with the vault: one table, from 1,000 people to 100,000
//! with ten interactions each.
//!
//! `cargo bench -p desk --bench growth`, or with sizes of one's own:
//! `cargo bench -p desk --bench growth -- 1000 10000`. The figures are kept in
//! `docs/benchmarks.md`.

mod large;

use std::time::{Duration, Instant};

use desk::verbs::apply_import::ImportChoices;
use desk::views;
use desk::views::people::PeopleQuery;
use desk::views::programs::ProgramsQuery;
use jiff::tz::TimeZone;
use large::{Copy, IMPORTED, Large, connections, now, open, previewed};

const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

/// Of these words the slowest counts.
const SOUGHT: [&str; 5] = ["a", "sol", "solberg", "lymph", "radial acc"];

/// What is measured, with its budget at 10,000 people in milliseconds.
const ROWS: [(&str, Option<u32>); 11] = [
    ("Today", Some(50)),
    ("program page", Some(50)),
    ("person page", Some(50)),
    ("search, the slowest of five", Some(20)),
    ("import of 30,000 rows, preview", None),
    ("import of 30,000 rows, all of it", Some(3_000)),
    ("start to first page", Some(300)),
    ("list of people, first page", None),
    ("list of programs with counts", None),
    ("duplicates", None),
    ("undo of the import", None),
];

fn main() {
    // Cargo adds options of its own.
    let sizes: Vec<usize> = std::env::args()
        .skip(1)
        .filter(|argument| !argument.starts_with("--"))
        .map(|argument| argument.parse().expect("a number of people"))
        .collect();
    let sizes = if sizes.is_empty() {
        SIZES.to_vec()
    } else {
        sizes
    };
    let columns: Vec<[Duration; ROWS.len()]> = sizes.iter().map(|n| column(*n)).collect();
    let heads: String = sizes.iter().map(|n| format!(" {n} people |")).collect();
    println!("| what | budget at 10,000 |{heads}");
    println!("|---|---|{}", "---|".repeat(sizes.len()));
    for (row, (what, budget)) in ROWS.iter().enumerate() {
        let budget = budget.map_or(String::new(), |ms| format!("{ms} ms"));
        let cells: String = columns
            .iter()
            .map(|column| format!(" {:.1} ms |", column[row].as_secs_f64() * 1_000.0))
            .collect();
        println!("| {what} | {budget} |{cells}");
    }
}

/// Measures a vault with so many people, in the order of [`ROWS`].
fn column(n_people: usize) -> [Duration; ROWS.len()] {
    let begun = Instant::now();
    let large = Large::of(n_people);
    eprintln!(
        "{n_people} people took {:.1} s",
        begun.elapsed().as_secs_f64()
    );
    let reader = &large.reader;
    let today = |reader: &desk::Reader| {
        views::today::today(reader, now(), &TimeZone::UTC, 0..12).expect("Today")
    };
    let search = SOUGHT.map(|text| {
        median(21, || {
            views::search::search(reader, text, 20).expect("found");
        })
    });
    let csv = connections();
    let (import, undo) = import(&large, &csv);
    let measured = [
        median(21, || drop(today(reader))),
        median(21, || {
            views::program::program(reader, &large.program).expect("a program");
        }),
        median(21, || {
            views::person::person(reader, large.person).expect("a person");
        }),
        search.into_iter().max().unwrap_or_default(),
        median(3, || drop(previewed(reader, &csv))),
        import,
        median(7, || {
            let (_, reader) = open(&large.vault);
            today(&reader);
        }),
        median(21, || {
            views::people::people(reader, &PeopleQuery::default()).expect("people");
        }),
        median(7, || {
            views::programs::programs(reader, &ProgramsQuery::default()).expect("programs");
        }),
        median(3, || {
            views::duplicates::count_duplicates(reader, None).expect("a count");
        }),
        undo,
    ];
    std::fs::remove_dir_all(large.vault.folder()).expect("the folder can be removed");
    measured
}

/// Imports the file into copies of the vault and takes that back, three times:
/// the medians of both.
fn import(large: &Large, csv: &str) -> (Duration, Duration) {
    let mut imports = Vec::new();
    let mut undos = Vec::new();
    for _ in 0..3 {
        let copy = Copy::of(&large.vault);
        let (desk, reader) = &copy.opened;
        let begun = Instant::now();
        let preview = previewed(reader, csv);
        let done = desk
            .apply_import(&preview, &ImportChoices::default(), &mut |_, _| true)
            .expect("it is taken over");
        imports.push(begun.elapsed());
        assert_eq!(done.result.added, IMPORTED);
        let begun = Instant::now();
        desk.undo_operation(done.operation, false)
            .expect("it is taken back");
        undos.push(begun.elapsed());
    }
    (middle(imports), middle(undos))
}

/// The median of so many runs, after one that does not count.
fn median(n_runs: usize, mut run: impl FnMut()) -> Duration {
    run();
    let times = (0..n_runs).map(|_| {
        let begun = Instant::now();
        run();
        begun.elapsed()
    });
    middle(times.collect())
}

fn middle(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
