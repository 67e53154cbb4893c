//! A common score: dynamic programming against enumeration.

use portfolio::{InvalidProblem, Program, Utility, common_score};
use proptest::prelude::*;

use crate::enumeration::best_subset;
use crate::random::{Random, assert_close};

/// The value straight from the definition: the score's distance from the top is
/// uniform, and between two neighbouring chances the admissions do not change.
fn value(outside: Utility, programs: &[Program], mask: usize) -> f64 {
    let mut cuts: Vec<f64> = programs.iter().map(|p| p.probability.get()).collect();
    cuts.extend([0.0, 1.0]);
    cuts.sort_by(f64::total_cmp);
    let mut value = 0.0;
    for pair in cuts.windows(2) {
        let middle = f64::midpoint(pair[0], pair[1]);
        let admitted = (0..programs.len())
            .filter(|i| mask >> i & 1 == 1 && middle < programs[*i].probability.get());
        let best = admitted
            .map(|i| programs[i].utility.get())
            .fold(outside.get(), f64::max);
        value += (pair[1] - pair[0]) * best;
    }
    value
}

#[test]
fn every_h_agrees_with_enumeration() {
    for seed in 0..3000 {
        let mut random = Random::new(seed);
        let outside = random.outside();
        let n = 1 + random.below(8) as usize;
        let programs = random.programs(n);
        let values: Vec<f64> = (0..1 << n)
            .map(|mask| value(outside, &programs, mask))
            .collect();
        let best = common_score(outside, &programs, usize::MAX).expect("there are programs");
        assert_eq!(best.max_h(), n);
        for h in 0..=n {
            let expected = best_subset(&values, |mask| mask.count_ones() as usize == h);
            assert_close(best.values()[h], expected, &format!("seed {seed} h {h}"));
            let portfolio = best.portfolio(h).expect("solved for");
            assert_eq!(portfolio.programs.len(), h, "exactly h, seed {seed}");
            let mask = portfolio
                .programs
                .iter()
                .fold(0_usize, |mask, i| mask | 1 << i);
            assert_close(
                values[mask],
                expected,
                &format!("members, seed {seed} h {h}"),
            );
            for (&program, &marginal) in portfolio.programs.iter().zip(&portfolio.marginals) {
                let without = values[mask & !(1 << program)];
                assert_close(
                    marginal,
                    values[mask] - without,
                    &format!("marginal, seed {seed}"),
                );
            }
            for exchange in portfolio.exchanges {
                let traded = mask & !(1 << exchange.member) | 1 << exchange.instead;
                assert_close(values[traded], expected, "exchange");
            }
            let more =
                (h < n).then(|| best_subset(&values, |mask| mask.count_ones() as usize == h + 1));
            assert_eq!(
                portfolio.next.is_some(),
                more.is_some(),
                "seed {seed} h {h}"
            );
            if let (Some(next), Some(more)) = (portfolio.next, more) {
                assert_close(next, more - expected, &format!("next, seed {seed} h {h}"));
            }
            let short = common_score(outside, &programs, h).expect("there are programs");
            assert_eq!(
                short.portfolio(h),
                best.portfolio(h),
                "whatever the largest size, seed {seed}"
            );
        }
    }
}

#[test]
fn longer_chains_agree_with_the_plain_recursion() {
    for seed in 0..60 {
        let mut random = Random::new(seed);
        let n = 40;
        // Chances rise and utilities fall, so that every program is in the chain.
        let mut chances: Vec<f64> = (0..n).map(|_| random.unit()).collect();
        let mut utilities: Vec<f64> = (0..n).map(|_| random.unit()).collect();
        chances.sort_by(f64::total_cmp);
        utilities.sort_by(|a, b| b.total_cmp(a));
        let chain: Vec<(f64, f64)> = chances.into_iter().zip(utilities).collect();
        let programs: Vec<Program> = chain
            .iter()
            .map(|&(f, t)| Program::new(f, t).expect("in range"))
            .collect();
        let best = common_score(Utility::new(0.0).expect("finite"), &programs, n).expect("solved");
        let mut row: Vec<f64> = chain.iter().map(|(f, t)| f * t).collect();
        for h in 1..=n {
            let expected = row.iter().copied().fold(best.values()[h - 1], f64::max);
            assert_close(best.values()[h], expected, &format!("seed {seed} h {h}"));
            row = (0..n)
                .map(|i| {
                    let (f, t) = chain[i];
                    let before = (0..i).map(|j| row[j] + (f - chain[j].0) * t);
                    before.fold(f64::NEG_INFINITY, f64::max)
                })
                .collect();
        }
    }
}

/// Adding the best next program loses more than a tenth in this instance of
/// the model of Ali and Shorrer (the numbers are ours).
#[test]
fn adding_the_best_next_program_can_lose_a_tenth() {
    let outside = Utility::new(0.0).expect("finite");
    let programs = [(0.35, 50.0), (0.6, 30.1), (0.8, 22.0), (1.0, 18.0)]
        .map(|(f, t)| Program::new(f, t).expect("in range"));
    let values: Vec<f64> = (0..16)
        .map(|mask| value(outside, &programs, mask))
        .collect();
    let mut greedy = 0;
    for _ in 0..2 {
        let more = (0..4)
            .map(|i| greedy | 1 << i)
            .filter(|&mask| mask != greedy);
        greedy = more
            .max_by(|&a, &b| values[a].total_cmp(&values[b]))
            .expect("four programs");
    }
    let best = common_score(outside, &programs, 2)
        .expect("solved")
        .values()[2];
    assert_close(best, 29.2, "optimum");
    assert_close(values[greedy], 25.26, "greedy");
    assert!(values[greedy] < 0.9 * best, "{} {best}", values[greedy]);
}

#[test]
fn no_programs_is_refused() {
    let outside = Utility::new(0.0).expect("finite");
    assert_eq!(
        common_score(outside, &[], 1),
        Err(InvalidProblem::NoPrograms)
    );
}

proptest! {
    #[test]
    fn relabelling_changes_no_value(seed in any::<u64>(), n in 1_usize..60) {
        let mut random = Random::new(seed);
        let outside = random.outside();
        let programs = random.programs(n);
        let order = random.permutation(n);
        let relabelled: Vec<Program> = order.iter().map(|&i| programs[i]).collect();
        let one = common_score(outside, &programs, n).expect("solved");
        let other = common_score(outside, &relabelled, n).expect("solved");
        for (a, b) in one.values().iter().zip(other.values()) {
            assert_close(*a, *b, "value");
        }
    }
}
