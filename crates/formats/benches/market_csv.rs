//! A national market from CSV text to CSV text, with the budget of `docs/benchmarks.md` beside it.

#[path = "../../matching/benches/market_maker/mod.rs"]
#[expect(dead_code, reason = "the benches of matching use the rest")]
mod market_maker;

use std::fmt::Write;

use divan::Bencher;
use formats::market::{read_csv, write_matching_csv};
use market_maker::{COUPLES, Generated, SINGLES, Size, generate};
use matching::{SolveOptions, solve};

fn main() {
    divan::main();
}

/// Returns the tables of applicants, programs and couples.
fn tables(market: &Generated) -> [String; 3] {
    let list = |items: &[usize]| {
        items
            .iter()
            .map(usize::to_string)
            .collect::<Vec<_>>()
            .join(";")
    };
    let mut applicants = String::from("applicant,rol\n");
    for (applicant, ranks) in market.ranks.iter().enumerate() {
        let _ = writeln!(applicants, "{applicant},{}", list(ranks));
    }
    let mut programs = String::from("program,quota,rol\n");
    for (program, (quota, ranks)) in market.quotas.iter().zip(&market.lists).enumerate() {
        let _ = writeln!(programs, "{program},{quota},{}", list(ranks));
    }
    let mut couples = String::from("couple,a,b,pairs\n");
    for (couple, ([one, other], pairs)) in market.couples.iter().enumerate() {
        let name =
            |program: Option<usize>| program.map_or("-1".to_owned(), |program| program.to_string());
        let pairs: Vec<String> = pairs
            .iter()
            .map(|&[p, q]| format!("{} {}", name(p), name(q)))
            .collect();
        let _ = writeln!(couples, "c{couple},{one},{other},{}", pairs.join(";"));
    }
    [applicants, programs, couples]
}

fn read_solve_write(bencher: Bencher, size: Size) {
    let [applicants, programs, couples] = tables(&generate(1, size));
    bencher.bench_local(|| {
        let mut couples = couples.as_bytes();
        let market = read_csv(
            &mut applicants.as_bytes(),
            &mut programs.as_bytes(),
            Some(&mut couples),
        )
        .expect("a market");
        let solution = solve(&market, SolveOptions::default());
        let mut text = Vec::new();
        write_matching_csv(&market, solution.matching().expect("stable"), &mut text)
            .expect("memory");
        text
    });
}

/// Budget 40 ms, of a whole process; starting one and reading two files comes on top here.
#[divan::bench]
fn singles_csv_to_csv(bencher: Bencher) {
    read_solve_write(bencher, SINGLES);
}

#[divan::bench]
fn couples_csv_to_csv(bencher: Bencher) {
    read_solve_write(bencher, COUPLES);
}

#[divan::bench]
fn singles_read_csv(bencher: Bencher) {
    let [applicants, programs, _] = tables(&generate(1, SINGLES));
    bencher.bench_local(|| read_csv(&mut applicants.as_bytes(), &mut programs.as_bytes(), None));
}
