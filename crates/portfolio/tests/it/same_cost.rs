//! Equal costs: the greedy algorithm against enumeration.

use portfolio::{Program, Utility, same_cost, valuation};
use proptest::prelude::*;

use crate::enumeration::{best_subset, values_of_subsets};
use crate::random::{Random, assert_close};

#[test]
fn every_h_agrees_with_enumeration() {
    for seed in 0..3000 {
        let mut random = Random::new(seed);
        let outside = random.outside();
        let n = 1 + random.below(8) as usize;
        let programs = random.programs(n);
        let values = values_of_subsets(outside, &programs);
        let best = same_cost(outside, &programs, usize::MAX).expect("there are programs");
        assert_eq!(best.order.len(), n, "seed {seed}");
        for h in 0..=n {
            let expected = best_subset(&values, |mask| mask.count_ones() as usize == h);
            assert_close(best.values[h], expected, &format!("seed {seed} h {h}"));
            let portfolio = best
                .portfolio(outside, &programs, h)
                .expect("h was solved for");
            assert_eq!(portfolio.members.len(), h, "exactly h");
            assert_close(
                portfolio.value,
                expected,
                &format!("members, seed {seed} h {h}"),
            );
            check_details(outside, &programs, &portfolio, &values);
        }
    }
}

fn check_details(
    outside: Utility,
    programs: &[Program],
    portfolio: &portfolio::Portfolio,
    values: &[f64],
) {
    let members = portfolio.programs();
    let mask = members.iter().fold(0_usize, |mask, i| mask | 1 << i);
    assert_close(
        valuation(outside, programs, &members),
        values[mask],
        "valuation",
    );
    for member in &portfolio.members {
        let without = values[mask & !(1 << member.program)];
        assert_close(member.marginal, values[mask] - without, "marginal value");
    }
    let gains = (0..programs.len()).filter(|i| mask >> i & 1 == 0);
    let best = gains
        .map(|i| values[mask | 1 << i] - values[mask])
        .fold(0.0, f64::max);
    assert_close(
        portfolio.next.map_or(0.0, |next| next.gain),
        best,
        "next application",
    );
    for exchange in &portfolio.exchanges {
        let traded = mask & !(1 << exchange.member) | 1 << exchange.instead;
        assert_close(values[traded], values[mask], "exchange");
    }
}

#[test]
fn more_programs_than_asked_for_gives_a_prefix() {
    let mut random = Random::new(7);
    let programs = random.programs(40);
    let outside = random.outside();
    let all = same_cost(outside, &programs, 40).expect("solved");
    let some = same_cost(outside, &programs, 11).expect("solved");
    assert_eq!(some.order, all.order[..11]);
    assert!(some.portfolio(outside, &programs, 12).is_none());
}

#[test]
fn worthless_programs_come_last_by_index() {
    let outside = Utility::new(1.0).expect("finite");
    let offers = [(0.5, 1.0), (0.0, 9.0), (0.5, 2.0), (0.9, -4.0)];
    let programs = offers.map(|(f, t)| Program::new(f, t).expect("in range"));
    let best = same_cost(outside, &programs, 4).expect("solved");
    assert_eq!(best.order, [2, 0, 1, 3]);
    assert_eq!(best.values, [1.0, 1.5, 1.5, 1.5, 1.5]);
}

#[test]
fn ties_go_to_the_lower_index_and_are_reported() {
    let outside = Utility::new(0.0).expect("finite");
    let offers = [(0.25, 4.0), (0.5, 2.0), (0.25, 4.0)];
    let programs = offers.map(|(f, t)| Program::new(f, t).expect("in range"));
    let best = same_cost(outside, &programs, 3).expect("solved");
    assert_eq!(best.order[0], 0);
    assert_eq!(best.ties[0].h, 1);
    assert_eq!(best.ties[0].others, [1, 2]);
}

#[test]
fn no_programs_is_refused() {
    let outside = Utility::new(0.0).expect("finite");
    assert_eq!(
        same_cost(outside, &[], 3),
        Err(portfolio::InvalidProblem::NoPrograms)
    );
}

/// The example with which the paper on equal costs in Kapur's repository
/// CollegeApplication (`paper_alma`, with S. Yim and S.-P. Hong) shows how slowly
/// marginal gains may fall: chances ε^j and utilities ε^-j. The h most selective
/// programs are best, and worth the sum over them of the chance that no more
/// selective one makes an offer.
#[test]
fn powers_of_epsilon_keep_their_marginal_gains() {
    let epsilon: f64 = 0.125;
    let m = 6;
    let programs: Vec<Program> = (1..=m)
        .map(|j| Program::new(epsilon.powi(j), epsilon.powi(-j)).expect("in range"))
        .collect();
    let best = same_cost(Utility::ZERO, &programs, 6).expect("solved");
    let mut expected = 0.0;
    let mut no_offer = 1.0;
    for (h, j) in (1..=m).rev().enumerate() {
        expected += no_offer;
        no_offer *= 1.0 - epsilon.powi(j);
        assert_close(best.values[h + 1], expected, &format!("h {}", h + 1));
    }
    assert!(
        best.values[6] - best.values[5] > 0.98,
        "the sixth is worth nearly as much"
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
        let one = same_cost(outside, &programs, n).expect("solved");
        let other = same_cost(outside, &relabelled, n).expect("solved");
        for (a, b) in one.values.iter().zip(&other.values) {
            assert_close(*a, *b, "value");
        }
    }

    #[test]
    fn marginal_gains_fall(seed in any::<u64>(), n in 2_usize..80) {
        let mut random = Random::new(seed);
        let outside = random.outside();
        let programs = random.programs(n);
        let best = same_cost(outside, &programs, n).expect("solved");
        for w in best.values.windows(3) {
            prop_assert!(w[1] - w[0] >= w[2] - w[1] - 1e-11);
        }
    }
}

/// The last size that was asked for knows what one more program would add.
#[test]
fn the_largest_size_has_a_next_application() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let programs = random.programs(6);
        let outside = random.outside();
        let all = same_cost(outside, &programs, 6).expect("solved");
        assert_eq!(all.next, None);
        for max_h in 0..6 {
            let some = same_cost(outside, &programs, max_h).expect("solved");
            let more = all.values[max_h + 1] - all.values[max_h];
            assert_close(
                some.next.expect("not all are in"),
                more,
                &format!("seed {seed}"),
            );
        }
    }
}
