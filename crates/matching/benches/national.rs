//! Benches at national size, with the budgets of `docs/benchmarks.md` beside them.

mod market_maker;

use divan::Bencher;
use market_maker::{COUPLES, SINGLES, Size, describe, generate};
use matching::{
    Change, Market, SimulateOptions, Solution, SolveOptions, WhatIf, blocking_pairs,
    deferred_acceptance, simulate, solve,
};

fn main() {
    divan::main();
}

fn market(size: Size) -> Market {
    generate(1, size).builder().build().expect("a market")
}

/// Budget 10 ms: join and solve 50,000 singles.
#[divan::bench]
fn singles_join_and_solve(bencher: Bencher) {
    let builder = generate(1, SINGLES).builder();
    bencher
        .with_inputs(|| builder.clone())
        .bench_values(|builder| {
            let market = builder.build().expect("a market");
            solve(&market, SolveOptions::default())
        });
}

/// Budget 20 ms: join and solve with 1,200 couples of 63 pairs.
#[divan::bench]
fn couples_join_and_solve(bencher: Bencher) {
    let builder = generate(1, COUPLES).builder();
    bencher
        .with_inputs(|| builder.clone())
        .bench_values(|builder| {
            let market = builder.build().expect("a market");
            let solution = solve(&market, SolveOptions::default());
            assert!(matches!(solution, Solution::Stable(_)));
            solution
        });
}

#[divan::bench]
fn singles_join(bencher: Bencher) {
    let builder = generate(1, SINGLES).builder();
    bencher
        .with_inputs(|| builder.clone())
        .bench_values(|builder| builder.build());
}

#[divan::bench]
fn singles_deferred_acceptance(bencher: Bencher) {
    let market = market(SINGLES);
    bencher.bench(|| deferred_acceptance(&market));
}

#[divan::bench]
fn singles_verify(bencher: Bencher) {
    let market = market(SINGLES);
    let matching = deferred_acceptance(&market);
    bencher.bench(|| blocking_pairs(&market, &matching));
}

#[divan::bench]
fn couples_solve(bencher: Bencher) {
    let market = market(COUPLES);
    bencher.bench(|| solve(&market, SolveOptions::default()));
}

/// Budget 100 draws a second with one thread (200 ms for these 20), and 1.9 times that with two.
#[divan::bench(args = [1, 2], sample_count = 20)]
fn simulate_20_draws(bencher: Bencher, n_threads: usize) {
    let description = describe(1, SINGLES);
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(n_threads)
        .build()
        .expect("threads");
    let options = SimulateOptions {
        seed: 1,
        n_draws: 20,
    };
    bencher.bench_local(|| pool.install(|| simulate(&description, options, &|_| true)));
}

/// Budget 0.5 µs for a change that moves the applicant: here 100 of them, each taken back.
#[divan::bench(sample_count = 1000)]
fn what_if_100_accepted_and_undone(bencher: Bencher) {
    let description = describe(1, SINGLES);
    let mut accepted = Vec::new();
    for applicant in description.applicants().step_by(997) {
        let what_if = WhatIf::new(&description, 1, 0, applicant);
        for interview in description.interviews(applicant) {
            for program in description
                .programs()
                .skip(interview.program.index())
                .take(3)
            {
                let change = Change::Add {
                    program,
                    position: 0,
                    standing: 1.0,
                };
                let mut tried = what_if.clone();
                if tried.apply(change) == Ok(Some(program)) && what_if.program() != Some(program) {
                    accepted.push((what_if.clone(), change));
                    break;
                }
            }
            if accepted.len() == 20 {
                break;
            }
        }
        if accepted.len() == 20 {
            break;
        }
    }
    assert_eq!(accepted.len(), 20);
    bencher.bench_local(move || {
        for (what_if, change) in &mut accepted {
            for _ in 0..5 {
                let held = what_if.apply(*change);
                assert!(held.is_ok_and(|held| held.is_some()));
                what_if.undo();
            }
        }
    });
}
