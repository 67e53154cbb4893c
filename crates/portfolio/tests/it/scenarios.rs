//! Weighted scenarios: greedy, exchanges, bound and proof against enumeration.

use portfolio::{
    Admits, Exchange, InvalidProblem, Program, ScenarioEffort, Scenarios, Utility, common_score,
    same_cost, scenarios, scenarios_within,
};
use proptest::prelude::*;

use crate::enumeration::best_subset;
use crate::random::{Random, assert_close};

fn problem(random: &mut Random, n: usize, n_scenarios: usize) -> Scenarios {
    let utility = |random: &mut Random| Utility::new(random.utility()).expect("finite");
    Scenarios {
        outside: random.outside(),
        utilities: (0..n).map(|_| utility(random)).collect(),
        admits: (0..n)
            .map(|_| {
                let often = random.unit();
                Admits::new(
                    (0..n_scenarios)
                        .map(|_| random.unit() < often)
                        .collect::<Vec<_>>(),
                )
            })
            .collect(),
        weights: (0..n_scenarios)
            .map(|_| random.below(5) as f64 + 0.25)
            .collect(),
        choose: random.below(n as u64 + 2) as usize,
    }
}

fn value(problem: &Scenarios, mask: usize) -> f64 {
    let mut sum = 0.0;
    for (scenario, weight) in problem.weights.iter().enumerate() {
        let offers = (0..problem.utilities.len())
            .filter(|&i| mask >> i & 1 == 1 && problem.admits[i].contains(scenario));
        let utilities = offers.map(|i| problem.utilities[i].get());
        sum += weight * utilities.fold(problem.outside.get(), f64::max);
    }
    sum / problem.weights.iter().sum::<f64>()
}

#[test]
fn small_problems_are_solved_exactly() {
    for seed in 0..2000 {
        let mut random = Random::new(seed);
        let n = 1 + random.below(8) as usize;
        let n_scenarios = 1 + random.below(100) as usize;
        let problem = problem(&mut random, n, n_scenarios);
        let choose = problem.choose.min(n);
        let values: Vec<f64> = (0..1 << n).map(|mask| value(&problem, mask)).collect();
        let expected = best_subset(&values, |mask| mask.count_ones() as usize == choose);
        let answer = scenarios(&problem).expect("valid");
        assert_close(answer.value, expected, &format!("seed {seed}"));
        assert!(answer.is_exact(), "seed {seed}");
        let members = answer.programs();
        assert_eq!(members.len(), choose, "seed {seed}");
        let mask = members.iter().fold(0_usize, |mask, i| mask | 1 << i);
        assert_close(values[mask], expected, &format!("members, seed {seed}"));
        for member in &answer.members {
            let without = values[mask & !(1 << member.program)];
            assert_close(
                member.marginal,
                expected - without,
                &format!("marginal, seed {seed}"),
            );
        }
        let gains = (0..n).filter(|i| mask >> i & 1 == 0);
        let next = gains
            .map(|i| values[mask | 1 << i] - expected)
            .fold(0.0, f64::max);
        assert_close(answer.next.map_or(0.0, |next| next.gain), next, "next");
        for exchange in &answer.exchanges {
            let traded = mask & !(1 << exchange.member) | 1 << exchange.instead;
            assert_close(values[traded], expected, "exchange");
        }
    }
}

/// No member can be traded for a lower index at the same value, and every trade of a member that adds something is listed.
#[test]
fn ties_go_to_the_lower_index_and_are_listed() {
    let mut n_listed = 0;
    for seed in 0..1500 {
        let mut random = Random::new(seed);
        let n = 1 + random.below(7) as usize;
        let n_scenarios = 1 + random.below(6) as usize;
        let mut problem = problem(&mut random, n, n_scenarios);
        problem.outside = Utility::ZERO;
        problem.weights.fill(1.0);
        let round = |random: &mut Random| Utility::new(random.below(4) as f64).expect("finite");
        problem.utilities = (0..n).map(|_| round(&mut random)).collect();
        let answer = scenarios(&problem).expect("valid");
        let values: Vec<f64> = (0..1 << n).map(|mask| value(&problem, mask)).collect();
        let members = answer.programs();
        let mask = members.iter().fold(0_usize, |mask, i| mask | 1 << i);
        for &member in &members {
            let without = mask & !(1 << member);
            let at_stake = values[mask] - values[without] > 1e-9;
            for instead in (0..n).filter(|i| mask >> i & 1 == 0) {
                let equal = (values[without | 1 << instead] - values[mask]).abs() < 1e-9;
                assert!(!equal || instead > member, "seed {seed}: {problem:?}");
                let listed = answer.exchanges.contains(&Exchange { member, instead });
                assert_eq!(listed, equal && at_stake, "seed {seed}: {member} {instead}");
                n_listed += usize::from(listed);
            }
        }
    }
    assert!(n_listed > 50, "{n_listed}");
}

#[test]
fn without_a_search_the_bound_still_holds() {
    let quick = ScenarioEffort {
        nodes: 0,
        bound_steps: 0,
    };
    let tighter = ScenarioEffort {
        nodes: 0,
        bound_steps: 100,
    };
    let mut narrowed = 0;
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let problem = problem(&mut random, 14, 60);
        let best = scenarios(&problem).expect("valid");
        assert!(best.is_exact(), "seed {seed}");
        let greedy = scenarios_within(&problem, quick).expect("valid");
        assert!(greedy.value <= best.value + 1e-12, "seed {seed}");
        assert!(greedy.upper_bound >= best.value - 1e-12, "seed {seed}");
        let outside = problem.outside.get();
        let share = 1.0 - 1.0 / std::f64::consts::E;
        assert!(
            greedy.value - outside >= share * (best.value - outside) - 1e-12,
            "seed {seed}"
        );
        let bounded = scenarios_within(&problem, tighter).expect("valid");
        assert!(bounded.upper_bound >= best.value - 1e-12, "seed {seed}");
        narrowed += usize::from(bounded.upper_bound < greedy.upper_bound - 1e-12);
    }
    assert!(narrowed > 0, "the steps tighten some bound");
}

/// Perfect correlation is a special case: one scenario for each score.
#[test]
fn a_common_score_is_a_set_of_scenarios() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let n_scores = 20;
        let programs: Vec<Program> = (0..9)
            .map(|_| {
                let chance = random.below(n_scores + 1) as f64 / n_scores as f64;
                Program::new(chance, random.utility()).expect("in range")
            })
            .collect();
        let outside = random.outside();
        let by_score = common_score(outside, &programs, 9).expect("solved");
        for choose in 0..=9 {
            let admits = |program: &Program| {
                let passed = (program.probability.get() * n_scores as f64).round() as u64;
                Admits::new((0..n_scores).map(|score| score < passed))
            };
            let answer = scenarios(&Scenarios {
                outside,
                utilities: programs.iter().map(|program| program.utility).collect(),
                admits: programs.iter().map(admits).collect(),
                weights: vec![1.0; n_scores as usize],
                choose,
            })
            .expect("valid");
            assert_close(
                answer.value,
                by_score.values()[choose],
                &format!("seed {seed}"),
            );
        }
    }
}

/// Independence is another one: one scenario for each combination of offers.
#[test]
fn independent_offers_are_a_set_of_scenarios() {
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let programs = random.programs(7);
        let outside = random.outside();
        let weight = |outcome: usize| -> f64 {
            let chance = |(i, p): (usize, &Program)| match outcome >> i & 1 {
                1 => p.probability.get(),
                _ => 1.0 - p.probability.get(),
            };
            programs.iter().enumerate().map(chance).product()
        };
        let best = same_cost(outside, &programs, 7).expect("solved");
        for choose in 1..=7 {
            let answer = scenarios(&Scenarios {
                outside,
                utilities: programs.iter().map(|program| program.utility).collect(),
                admits: (0..7)
                    .map(|i| Admits::new((0..128).map(|outcome| outcome >> i & 1 == 1)))
                    .collect(),
                weights: (0..128).map(weight).collect(),
                choose,
            })
            .expect("valid");
            assert_close(answer.value, best.values[choose], &format!("seed {seed}"));
        }
    }
}

#[test]
fn bad_problems_are_refused() {
    let mut random = Random::new(4);
    let valid = problem(&mut random, 3, 5);
    let refused = |problem: Scenarios| scenarios(&problem).expect_err("refused");
    let no_programs = Scenarios {
        utilities: Vec::new(),
        admits: Vec::new(),
        ..valid.clone()
    };
    assert_eq!(refused(no_programs), InvalidProblem::NoPrograms);
    let no_scenarios = Scenarios {
        weights: Vec::new(),
        ..valid.clone()
    };
    assert_eq!(refused(no_scenarios), InvalidProblem::NoScenarios);
    let mut negative = valid.clone();
    negative.weights[2] = -1.0;
    assert_eq!(refused(negative), InvalidProblem::BadWeight { scenario: 2 });
    let nothing = Scenarios {
        weights: vec![0.0; 5],
        ..valid.clone()
    };
    assert_eq!(refused(nothing), InvalidProblem::NoWeight);
    let mut short = valid;
    short.admits[1] = Admits::new([true]);
    let list = "scenarios of a program";
    assert_eq!(
        refused(short),
        InvalidProblem::LengthMismatch {
            list,
            found: 1,
            needed: 5
        }
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn relabelling_changes_no_value(seed in any::<u64>(), n in 1_usize..12) {
        let mut random = Random::new(seed);
        let one = problem(&mut random, n, 30);
        let order = random.permutation(n);
        let other = Scenarios {
            utilities: order.iter().map(|&i| one.utilities[i]).collect(),
            admits: order.iter().map(|&i| one.admits[i].clone()).collect(),
            ..one.clone()
        };
        let first = scenarios(&one).expect("valid").value;
        assert_close(first, scenarios(&other).expect("valid").value, "value");
    }
}
