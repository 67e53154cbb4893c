//! How long loading takes, and reading many employer texts.

use divan::Bencher;
use facts::{Facts, Texts};

fn main() {
    divan::main();
}

/// Everything that the first question costs; the budget is 20 ms.
#[divan::bench]
fn load() -> Facts {
    Facts::load(&Texts::shipped()).expect("the shipped texts load")
}

/// 30,000 distinct texts, as in a large export of connections.
#[divan::bench(sample_count = 20)]
fn read_30_000_employers(bencher: Bencher<'_, '_>) {
    let facts = facts::shipped();
    let names: Vec<&str> = facts
        .programs()
        .iter()
        .map(|program| program.institution.as_str())
        .chain(facts.sites().iter().map(|site| site.name.as_str()))
        .chain([
            "Northwind Analytics, Inc.",
            "Example University",
            "Self-employed",
            "Mayo Clinic",
        ])
        .collect();
    let texts: Vec<String> = (0..30_000)
        .map(|n| format!("{} {n}", names[n % names.len()]))
        .map(|text| {
            if text.len() % 2 == 0 {
                text.replace(char::is_numeric, "")
            } else {
                text
            }
        })
        .collect();
    bencher.bench(|| {
        texts
            .iter()
            .map(|text| facts.read_employer(text, "Resident"))
            .filter(|reading| *reading != facts::EmployerReading::Nothing)
            .count()
    });
}

/// One keystroke in a picker.
#[divan::bench]
fn search_places() -> usize {
    facts::shipped().search_places("univ").len()
}

/// What the first page with results or dates pays.
#[divan::bench]
fn load_seasons() -> facts::Seasons {
    facts::Seasons::load(include_str!("../data/match.toml")).expect("the shipped text loads")
}
