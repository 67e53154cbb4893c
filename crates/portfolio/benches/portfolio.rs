//! The benches of `docs/benchmarks.md`: `cargo bench -p portfolio`.
//!
//! With the name of a problem as its only argument the program solves it once
//! and prints the value, so that instructions can be counted.

mod instances;

use divan::Bencher;
use portfolio::{Effort, ScenarioEffort, combined_within, same_cost, scenarios, varied_cost};

#[expect(
    clippy::disallowed_methods,
    reason = "a bench is told by its arguments what to run"
)]
fn main() {
    let mut arguments = std::env::args().skip(1);
    match (arguments.next().as_deref(), arguments.next()) {
        (Some("--once"), Some(problem)) => println!("{problem}: {}", once(&problem)),
        _ => divan::main(),
    }
}

fn once(problem: &str) -> f64 {
    match problem {
        "same_cost" => {
            let programs = instances::programs(&mut instances::Random::new(1), 1024);
            let best = same_cost(instances::outside(), &programs, 512).expect("valid");
            best.values[512]
        }
        "varied_cost" => {
            varied_cost(&instances::varied_cost(1024, 3823))
                .expect("valid")
                .value
        }
        "scenarios" => {
            scenarios(&instances::scenarios(700, 1000, 60))
                .expect("valid")
                .value
        }
        // Only the making of the problems, to be taken off.
        "same_cost_made" => instances::programs(&mut instances::Random::new(1), 1024).len() as f64,
        "varied_cost_made" => instances::varied_cost(1024, 3823).budget as f64,
        "scenarios_made" => instances::scenarios(700, 1000, 60).choose as f64,
        _ => f64::NAN,
    }
}

#[divan::bench]
fn same_cost_1024_choose_512(bencher: Bencher) {
    let programs = instances::programs(&mut instances::Random::new(1), 1024);
    bencher.bench(|| same_cost(instances::outside(), divan::black_box(&programs), 512));
}

#[divan::bench]
fn varied_cost_1024_budget_3823(bencher: Bencher) {
    let problem = instances::varied_cost(1024, 3823);
    bencher.bench(|| varied_cost(divan::black_box(&problem)));
}

#[divan::bench]
fn scenarios_700_by_1000_choose_60(bencher: Bencher) {
    let problem = instances::scenarios(700, 1000, 60);
    bencher.bench(|| scenarios(divan::black_box(&problem)));
}

#[divan::bench]
fn scenarios_700_by_1000_choose_60_with_tighter_bound(bencher: Bencher) {
    let problem = instances::scenarios(700, 1000, 60);
    let effort = ScenarioEffort {
        nodes: 0,
        bound_steps: 60,
    };
    bencher.bench(|| portfolio::scenarios_within(divan::black_box(&problem), effort));
}

#[divan::bench(args = [600, 1200], sample_count = 5)]
fn combined_200_programs(bencher: Bencher, budget: u64) {
    let problem = instances::season(1, budget);
    let effort = Effort {
        prices: false,
        ..Effort::default()
    };
    let answer = combined_within(&problem, effort).expect("valid");
    assert!(
        answer.is_exact(),
        "the season is proved within the default effort"
    );
    bencher.bench(|| combined_within(divan::black_box(&problem), effort));
}
