//! What reading costs: a full Connections.csv, names, log lines, cards.

use std::fmt::Write as _;

use domain::{PersonId, PersonName};
use formats::log_line::parse;
use formats::vcard::{VcardVersion, write_vcards};
use formats::{Collected, NameIndex, NameLookup, format_named, read};
use jiff::civil::date;
use uuid::Uuid;

fn main() {
    divan::main();
}

/// Syllables of which names are made, so that many are distinct and none is real.
const SYLLABLES: [&str; 12] = [
    "ra", "ko", "ven", "ti", "lo", "mar", "es", "du", "shi", "pe", "gran", "ol",
];

fn word(mut n: usize, n_syllables: usize) -> String {
    let mut word = String::new();
    for _ in 0..n_syllables {
        word.push_str(SYLLABLES[n % SYLLABLES.len()]);
        n /= SYLLABLES.len();
    }
    word[..1].make_ascii_uppercase();
    word
}

fn names(n_people: usize) -> NameIndex {
    let people: Vec<(PersonId, PersonName)> = (0..n_people)
        .map(|i| {
            let name = PersonName::from_parts(&word(i * 7, 2), &word(i, 4));
            (PersonId(Uuid::from_u128(i as u128 + 1)), name)
        })
        .collect();
    NameIndex::new(&people)
}

fn connections(n_rows: usize) -> String {
    let mut text =
        "Notes:\n\nFirst Name,Last Name,URL,Email Address,Company,Position,Connected On\n"
            .to_owned();
    for i in 0..n_rows {
        let (first, last) = (word(i * 7, 2), word(i, 4));
        writeln!(
            text,
            "{first},\"{last}, MD\",https://www.linkedin.com/in/{first}-{last}-{i},,\"{} Hospital, P.C.\",Resident Physician,08 Feb 2026",
            word(i / 20, 3)
        )
        .unwrap();
    }
    text
}

#[divan::bench(args = [1_000, 30_000], sample_count = 10)]
fn read_connections(bencher: divan::Bencher, n_rows: usize) {
    let text = connections(n_rows);
    let format = format_named("linkedin-connections").unwrap();
    bencher.bench(|| {
        let mut found = Collected::default();
        read(format, &mut text.as_bytes(), &mut found).unwrap()
    });
}

#[divan::bench(args = [1_000, 10_000], sample_count = 10)]
fn read_vcards(bencher: divan::Bencher, n_cards: usize) {
    let mut found = Collected::default();
    let format = format_named("linkedin-connections").unwrap();
    read(format, &mut connections(n_cards).as_bytes(), &mut found).unwrap();
    let text = write_vcards(&found.people, VcardVersion::V4);
    let format = format_named("vcard").unwrap();
    bencher.bench(|| {
        let mut found = Collected::default();
        read(format, &mut text.as_bytes(), &mut found).unwrap()
    });
}

#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 10)]
fn index_names(bencher: divan::Bencher, n_people: usize) {
    bencher.bench(|| names(n_people));
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn look_up_exact(bencher: divan::Bencher, n_people: usize) {
    let index = names(n_people);
    let name = format!("{} {}", word(7 * 77, 2), word(77, 4));
    bencher.bench(|| index.candidates(&name));
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn look_up_nobody(bencher: divan::Bencher, n_people: usize) {
    let index = names(n_people);
    bencher.bench(|| index.candidates("Dr. Zzyzxqwert"));
}

#[divan::bench(args = [1_000, 10_000, 100_000])]
fn log_line(bencher: divan::Bencher, n_people: usize) {
    let index = names(n_people);
    let line = format!(
        "yesterday call with Dr. {} and Jane Newperson @SIR26 20 min #ask letter #promise read paper by Fri, she offered to introduce me",
        word(77, 4)
    );
    let today = date(2026, 11, 24);
    bencher.bench(|| parse(&line, today, &index));
}
