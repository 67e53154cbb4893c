//! Benches at national size, with the budgets of `docs/benchmarks.md` beside them.

mod market_maker;

use divan::Bencher;
use market_maker::{COUPLES, SINGLES, Size, generate};
use matching::{Market, Solution, SolveOptions, blocking_pairs, deferred_acceptance, solve};

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
    bencher.with_inputs(|| builder.clone()).bench_values(|builder| {
        let market = builder.build().expect("a market");
        solve(&market, SolveOptions::default())
    });
}

/// Budget 20 ms: join and solve with 1,200 couples of 63 pairs.
#[divan::bench]
fn couples_join_and_solve(bencher: Bencher) {
    let builder = generate(1, COUPLES).builder();
    bencher.with_inputs(|| builder.clone()).bench_values(|builder| {
        let market = builder.build().expect("a market");
        let solution = solve(&market, SolveOptions::default());
        assert!(matches!(solution, Solution::Stable(_)));
        solution
    });
}

#[divan::bench]
fn singles_join(bencher: Bencher) {
    let builder = generate(1, SINGLES).builder();
    bencher.with_inputs(|| builder.clone()).bench_values(|builder| builder.build());
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
