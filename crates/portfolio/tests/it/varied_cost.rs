//! Own costs: the three solvers against enumeration, and the price of a dollar.

use portfolio::varied_cost::{approximation, branch_and_bound, dynamic_programme};
use portfolio::{InvalidProblem, Program, Utility, VariedCost, varied_cost};
use proptest::prelude::*;

use crate::enumeration::{best_subset, values_of_subsets};
use crate::random::{Random, assert_close};

fn problem(random: &mut Random, n: usize) -> VariedCost {
    VariedCost {
        outside: random.outside(),
        programs: random.programs(n),
        costs: (0..n).map(|_| random.below(9)).collect(),
        budget: random.below(4 * n as u64 + 2),
    }
}

fn spent(problem: &VariedCost, mask: usize) -> u64 {
    (0..problem.costs.len())
        .filter(|i| mask >> i & 1 == 1)
        .map(|i| problem.costs[i])
        .sum()
}

fn mask(programs: &[usize]) -> usize {
    programs.iter().fold(0, |mask, i| mask | 1 << i)
}

#[test]
fn all_solvers_agree_with_enumeration() {
    for seed in 0..3000 {
        let mut random = Random::new(seed);
        let n = 1 + random.below(8) as usize;
        let problem = problem(&mut random, n);
        let values = values_of_subsets(problem.outside, &problem.programs);
        let best_for = |budget| best_subset(&values, |mask| spent(&problem, mask) <= budget);
        let expected = best_for(problem.budget);
        let table = dynamic_programme(&problem).expect("valid");
        let search = branch_and_bound(&problem, u64::MAX).expect("valid");
        let exact = approximation(&problem, 0.0).expect("valid");
        let default = varied_cost(&problem).expect("valid");
        for (answer, name) in [
            (&table, "table"),
            (&search, "search"),
            (&exact, "list"),
            (&default, "default"),
        ] {
            assert_close(answer.value, expected, &format!("{name}, seed {seed}"));
            assert!(answer.is_exact(), "{name}, seed {seed}");
            let mask = mask(&answer.programs());
            assert!(
                spent(&problem, mask) <= problem.budget,
                "{name}, seed {seed}"
            );
            assert_close(
                values[mask],
                expected,
                &format!("{name} members, seed {seed}"),
            );
            for member in &answer.members {
                let without = values[mask & !(1 << member.program)];
                assert_close(member.marginal, values[mask] - without, "marginal");
                assert!(member.marginal > 0.0, "no member without use, seed {seed}");
            }
            for exchange in &answer.exchanges {
                let traded = mask & !(1 << exchange.member) | 1 << exchange.instead;
                assert_close(values[traded], expected, "exchange");
                assert!(spent(&problem, traded) <= problem.budget, "exchange");
            }
        }
        let dollar = table.dollar.expect("the table knows");
        let dearest = problem.costs.iter().copied().max().unwrap_or_default();
        let rates =
            (1..=dearest).map(|step| (best_for(problem.budget + step) - expected) / step as f64);
        assert_close(
            dollar.more,
            rates.fold(0.0, f64::max),
            &format!("more, seed {seed}"),
        );
        if dollar.step > 0 {
            let there = best_for(problem.budget + dollar.step);
            assert_close(dollar.more * dollar.step as f64, there - expected, "step");
        }
        let total: u64 = problem.costs.iter().sum();
        if problem.budget > 0 && problem.budget <= total {
            assert_close(dollar.less, expected - best_for(problem.budget - 1), "less");
        }
    }
}

#[test]
fn the_approximation_keeps_its_promise() {
    for seed in 0..1500 {
        let mut random = Random::new(seed);
        let n = 2 + random.below(8) as usize;
        let problem = problem(&mut random, n);
        let best = dynamic_programme(&problem).expect("valid").value;
        let outside = problem.outside.get();
        for epsilon in [0.01, 0.2, 0.5] {
            let answer = approximation(&problem, epsilon).expect("valid");
            assert!(
                answer.value - outside >= (1.0 - epsilon) * (best - outside) - 1e-12,
                "seed {seed}"
            );
            assert!(answer.upper_bound >= best - 1e-12, "seed {seed}");
        }
    }
}

#[test]
fn a_search_that_is_cut_short_says_how_far_it_may_be() {
    let mut cut = 0;
    for seed in 0..400 {
        let mut random = Random::new(seed);
        let problem = problem(&mut random, 9);
        let best = dynamic_programme(&problem).expect("valid").value;
        let answer = branch_and_bound(&problem, 4).expect("valid");
        assert!(answer.upper_bound >= best - 1e-12, "seed {seed}");
        assert!(answer.value <= best + 1e-12, "seed {seed}");
        cut += usize::from(!answer.is_exact());
    }
    assert!(cut > 0, "some searches need more than four nodes");
}

#[test]
fn large_costs_are_solved_without_a_table() {
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let small = problem(&mut random, 9);
        let factor = 1_000_000_007;
        let large = VariedCost {
            costs: small.costs.iter().map(|cost| cost * factor).collect(),
            budget: small.budget * factor + 5,
            ..small.clone()
        };
        let expected = dynamic_programme(&small).expect("valid").value;
        let answer = varied_cost(&large).expect("valid");
        assert_close(answer.value, expected, &format!("seed {seed}"));
        assert!(answer.is_exact(), "seed {seed}");
    }
}

#[test]
fn the_table_agrees_with_the_list_on_larger_problems() {
    for seed in 0..12 {
        let mut random = Random::new(seed);
        let n = 60;
        let problem = VariedCost {
            outside: random.outside(),
            programs: random.programs(n),
            costs: (0..n).map(|_| 5 + random.below(6)).collect(),
            budget: 40 + random.below(300),
        };
        let table = varied_cost(&problem).expect("valid");
        let list = approximation(&problem, 0.0).expect("valid");
        assert_close(table.value, list.value, &format!("seed {seed}"));
    }
}

/// With chances of δ = 1 / (m U) and utilities u / δ the problem becomes the
/// knapsack problem: the knapsack's optimum is the smallest whole number not
/// below the portfolio's value (the reduction of Kapur and Hong, section 3).
#[test]
fn a_knapsack_is_solved_through_the_published_reduction() {
    let worths = [60.0, 100.0, 120.0, 30.0];
    let weights = [10, 20, 30, 15];
    let delta = 1.0 / (4.0 * worths.iter().sum::<f64>());
    let problem = VariedCost {
        outside: Utility::new(0.0).expect("finite"),
        programs: worths
            .map(|u| Program::new(delta, u / delta).expect("in range"))
            .to_vec(),
        costs: weights.to_vec(),
        budget: 50,
    };
    let best = varied_cost(&problem).expect("valid");
    assert_eq!(best.programs(), [1, 2]);
    assert_eq!(best.value.ceil(), 220.0);
}

#[test]
fn the_largest_numbers_do_no_harm() {
    let mut random = Random::new(11);
    let n = 12;
    let problem = VariedCost {
        outside: Utility::new(-Utility::LARGEST).expect("the largest"),
        programs: (0..n)
            .map(|i| Program::new(0.5, [Utility::LARGEST, 1.0][i % 2]).expect("in range"))
            .collect(),
        costs: (0..n).map(|_| u64::MAX - random.below(3)).collect(),
        budget: u64::MAX,
    };
    let answer = varied_cost(&problem).expect("valid");
    assert_eq!(answer.members.len(), 1);
    assert!(answer.is_exact());
}

#[test]
fn lists_of_different_lengths_are_refused() {
    let mut random = Random::new(1);
    let mut short = problem(&mut random, 3);
    short.costs.pop();
    let refused = InvalidProblem::LengthMismatch {
        list: "costs",
        found: 2,
        needed: 3,
    };
    assert_eq!(varied_cost(&short), Err(refused));
    let none = VariedCost {
        programs: Vec::new(),
        costs: Vec::new(),
        ..short
    };
    assert_eq!(varied_cost(&none), Err(InvalidProblem::NoPrograms));
}

proptest! {
    #[test]
    fn relabelling_changes_no_value(seed in any::<u64>(), n in 1_usize..30) {
        let mut random = Random::new(seed);
        let one = problem(&mut random, n);
        let order = random.permutation(n);
        let other = VariedCost {
            programs: order.iter().map(|&i| one.programs[i]).collect(),
            costs: order.iter().map(|&i| one.costs[i]).collect(),
            ..one.clone()
        };
        let first = varied_cost(&one).expect("valid").value;
        assert_close(first, varied_cost(&other).expect("valid").value, "value");
    }
}

/// A dollar less than more than enough is still enough.
#[test]
fn a_budget_above_all_costs_can_spare_a_dollar() {
    let price = |budget: u64| {
        let answer = varied_cost(&VariedCost {
            outside: Utility::new(1.0).expect("finite"),
            programs: vec![Program::new(0.5, 3.0).expect("in range")],
            costs: vec![5],
            budget,
        });
        answer.expect("valid").dollar.expect("exact").less
    };
    assert_close(price(4), 0.0, "too little");
    assert_close(price(5), 1.0, "just enough");
    assert_close(price(6), 0.0, "one too many");
    assert_close(price(1000), 0.0, "ample");
}
