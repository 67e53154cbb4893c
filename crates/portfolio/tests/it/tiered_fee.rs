//! Fees by tier: counts per specialty against enumeration, and the combined search.

use portfolio::{
    Combined, FeeTable, FeeTier, InvalidProblem, Specialty, TieredFee, combined, tiered_fee,
};
use proptest::prelude::*;

use crate::enumeration::{best_subset, values_of_subsets};
use crate::random::{Random, assert_close};

pub(crate) fn fee_table(random: &mut Random) -> FeeTable {
    let tier = |up_to, price| FeeTier { up_to, price };
    let first = 1 + random.below(3) as u32;
    let prices = [random.below(7), random.below(9), random.below(5)];
    let tiers = match random.below(5) {
        0 => vec![tier(None, prices[0])],
        1 => vec![
            tier(Some(first), prices[0]),
            tier(Some(first + 2), prices[1]),
        ],
        2 => vec![
            tier(Some(first), prices[0]),
            tier(Some(first + 1), prices[1]),
            tier(None, prices[2]),
        ],
        _ => vec![
            tier(Some(first), prices[0]),
            tier(None, prices[0] + prices[1]),
        ],
    };
    FeeTable::new(tiers).expect("tiers in order")
}

fn problem(random: &mut Random, n: usize) -> TieredFee {
    let n_specialties = 1 + random.below(3);
    TieredFee {
        outside: random.outside(),
        programs: random.programs(n),
        specialties: (0..n)
            .map(|_| random.below(n_specialties) as usize)
            .collect(),
        fees: (0..n_specialties).map(|_| fee_table(random)).collect(),
        budget: random.below(30),
        applications: (random.below(3) == 0).then(|| random.below(6) as usize),
    }
}

/// The fee of a set of programs, added up application by application.
fn fee(problem: &TieredFee, mask: usize) -> Option<u64> {
    let mut counts = vec![0; problem.fees.len()];
    let mut sum = 0;
    for (i, &specialty) in problem.specialties.iter().enumerate() {
        if mask >> i & 1 == 1 {
            counts[specialty] += 1;
            let tiers = problem.fees[specialty].tiers();
            let reached = |tier: &&FeeTier| tier.up_to.is_none_or(|end| counts[specialty] <= end);
            sum += tiers.iter().find(reached)?.price;
        }
    }
    Some(sum)
}

fn allowed(problem: &TieredFee, mask: usize, budget: u64) -> bool {
    fee(problem, mask).is_some_and(|fee| fee <= budget)
        && problem
            .applications
            .is_none_or(|most| mask.count_ones() as usize <= most)
}

fn as_combined(problem: &TieredFee) -> Combined {
    Combined {
        outside: problem.outside,
        programs: problem
            .programs
            .iter()
            .map(|&program| program.into())
            .collect(),
        specialty_of: problem.specialties.clone(),
        specialties: problem
            .fees
            .iter()
            .map(|fees| Specialty {
                fees: fees.clone(),
                pool: None,
            })
            .collect(),
        pools: Vec::new(),
        budget: Some(problem.budget),
        applications: problem.applications,
    }
}

#[test]
fn both_solvers_agree_with_enumeration() {
    for seed in 0..2000 {
        let mut random = Random::new(seed);
        let n = 1 + random.below(8) as usize;
        let problem = problem(&mut random, n);
        let values = values_of_subsets(problem.outside, &problem.programs);
        let best_for = |budget| best_subset(&values, |mask| allowed(&problem, mask, budget));
        let expected = best_for(problem.budget);
        let table = tiered_fee(&problem).expect("valid");
        let search = combined(&as_combined(&problem)).expect("valid");
        for (answer, name) in [(&table, "table"), (&search, "search")] {
            assert_close(answer.value, expected, &format!("{name}, seed {seed}"));
            assert!(answer.is_exact(), "{name}, seed {seed}");
            let mask = answer
                .programs()
                .iter()
                .fold(0_usize, |mask, i| mask | 1 << i);
            assert!(
                allowed(&problem, mask, problem.budget),
                "{name}, seed {seed}"
            );
            assert_close(
                values[mask],
                expected,
                &format!("{name} members, seed {seed}"),
            );
            for exchange in &answer.exchanges {
                let traded = mask & !(1 << exchange.member) | 1 << exchange.instead;
                assert_close(values[traded], expected, "exchange");
                assert!(allowed(&problem, traded, problem.budget), "exchange");
            }
            let dollar = answer.dollar.expect("there is a budget");
            if problem.budget > 0 {
                let less = expected - best_for(problem.budget - 1);
                assert_close(dollar.less, less, &format!("{name} less, seed {seed}"));
            }
            if dollar.step > 0 {
                let more = best_for(problem.budget + dollar.step) - expected;
                assert_close(dollar.more * dollar.step as f64, more, "more");
            }
        }
        let dearest = problem
            .fees
            .iter()
            .flat_map(|fees| fees.tiers())
            .map(|t| t.price)
            .max();
        let steps = 1..=dearest.unwrap_or_default();
        let rate = |step| (best_for(problem.budget + step) - expected) / step as f64;
        let expected_rate = steps.map(rate).fold(0.0, f64::max);
        let dollar = table.dollar.expect("there is a budget");
        assert_close(dollar.more, expected_rate, &format!("more, seed {seed}"));
    }
}

#[test]
fn the_search_agrees_with_the_table_on_larger_problems() {
    for seed in 0..8 {
        let mut random = Random::new(seed);
        let n = 40;
        let tier = |up_to, price| FeeTier { up_to, price };
        let fees = FeeTable::new(vec![tier(Some(8), 11), tier(None, 30)]).expect("in order");
        let problem = TieredFee {
            outside: random.outside(),
            programs: random.programs(n),
            specialties: (0..n).map(|i| i % 2).collect(),
            fees: vec![fees.clone(), fees],
            budget: 100 + random.below(300),
            applications: None,
        };
        let table = tiered_fee(&problem).expect("valid");
        let search = combined(&as_combined(&problem)).expect("valid");
        assert!(search.is_exact());
        assert_close(search.value, table.value, &format!("seed {seed}"));
    }
}

#[test]
fn the_2026_fees_restart_in_each_specialty() {
    let tier = |up_to, price| FeeTier { up_to, price };
    let fees = FeeTable::new(vec![tier(Some(30), 11), tier(None, 30)]).expect("in order");
    let program = portfolio::Program::new(0.05, 1.0).expect("in range");
    let problem = |specialties: Vec<usize>, budget| TieredFee {
        outside: portfolio::Utility::new(0.0).expect("finite"),
        programs: vec![program; 40],
        specialties,
        fees: vec![fees.clone(), fees.clone()],
        budget,
        applications: None,
    };
    let one = tiered_fee(&problem(vec![0; 40], 400)).expect("valid");
    // 30 at 11 dollars are 330; the remaining 70 pay for two at 30.
    assert_eq!(one.members.len(), 32);
    let two = tiered_fee(&problem((0..40).map(|i| i / 20).collect(), 400)).expect("valid");
    assert_eq!(two.members.len(), 36);
}

#[test]
fn tables_out_of_order_are_refused() {
    let tier = |up_to, price| FeeTier { up_to, price };
    assert_eq!(FeeTable::new(vec![]), Err(InvalidProblem::NoFeeTiers));
    let back = FeeTable::new(vec![tier(Some(30), 1), tier(Some(30), 2)]);
    assert_eq!(back, Err(InvalidProblem::FeeTierOrder { tier: 1 }));
    let late = FeeTable::new(vec![tier(None, 1), tier(Some(30), 2)]);
    assert_eq!(late, Err(InvalidProblem::FeeTierAfterLast { tier: 1 }));
}

#[test]
fn unknown_specialties_are_refused() {
    let mut random = Random::new(3);
    let mut problem = problem(&mut random, 4);
    problem.specialties[2] = 17;
    let refused = InvalidProblem::UnknownSpecialty {
        program: 2,
        specialty: 17,
    };
    assert_eq!(tiered_fee(&problem), Err(refused));
}

proptest! {
    #[test]
    fn relabelling_changes_no_value(seed in any::<u64>(), n in 1_usize..25) {
        let mut random = Random::new(seed);
        let one = problem(&mut random, n);
        let order = random.permutation(n);
        let other = TieredFee {
            programs: order.iter().map(|&i| one.programs[i]).collect(),
            specialties: order.iter().map(|&i| one.specialties[i]).collect(),
            ..one.clone()
        };
        let first = tiered_fee(&one).expect("valid").value;
        assert_close(first, tiered_fee(&other).expect("valid").value, "value");
    }
}
