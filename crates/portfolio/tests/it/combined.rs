//! Specialties, fees, pools and limits together: the search against enumeration.

use portfolio::{
    Action, Combined, Effort, InvalidProblem, Pool, Specialty, combined, combined_within,
};
use proptest::prelude::*;

use crate::enumeration::{each_plan, plan_value};
use crate::random::{Random, assert_close};
use crate::tiered_fee::fee_table;

fn problem(random: &mut Random, n: usize) -> Combined {
    let n_specialties = 1 + random.below(3);
    let n_pools = 1 + random.below(2);
    Combined {
        outside: random.outside(),
        programs: (0..n).map(|_| random.signal_program()).collect(),
        specialty_of: (0..n)
            .map(|_| random.below(n_specialties) as usize)
            .collect(),
        specialties: (0..n_specialties)
            .map(|_| Specialty {
                fees: fee_table(random),
                pool: (random.below(4) > 0).then(|| random.below(n_pools) as usize),
            })
            .collect(),
        pools: (0..n_pools)
            .map(|_| Pool {
                gold: random.below(3) as usize,
                silver: random.below(3) as usize,
            })
            .collect(),
        budget: (random.below(4) > 0).then(|| random.below(25)),
        applications: (random.below(3) == 0).then(|| random.below(6) as usize),
    }
}

/// Whether a plan keeps the limits, in words of the problem alone.
fn allowed(problem: &Combined, plan: &[Option<Action>]) -> bool {
    let sent = |specialty: usize| {
        let programs = plan.iter().zip(&problem.specialty_of);
        programs
            .filter(|(action, s)| action.is_some() && **s == specialty)
            .count() as u32
    };
    let mut fee = 0;
    for (specialty, described) in problem.specialties.iter().enumerate() {
        match described.fees.total(sent(specialty)) {
            Some(total) => fee += total,
            None => return false,
        }
    }
    let used = |pool: usize, action: Action| {
        let programs = plan.iter().zip(&problem.specialty_of);
        programs
            .filter(|(sent, s)| {
                **sent == Some(action) && problem.specialties[**s].pool == Some(pool)
            })
            .count()
    };
    let without_pool = plan.iter().zip(&problem.specialty_of).all(|(action, &s)| {
        problem.specialties[s].pool.is_some() || action.is_none_or(|a| a == Action::Apply)
    });
    let pools = problem.pools.iter().enumerate().all(|(i, pool)| {
        used(i, Action::Gold) <= pool.gold && used(i, Action::Silver) <= pool.silver
    });
    without_pool
        && pools
        && problem.budget.is_none_or(|budget| fee <= budget)
        && problem
            .applications
            .is_none_or(|most| plan.iter().flatten().count() <= most)
}

fn best(problem: &Combined) -> f64 {
    let mut best = f64::NEG_INFINITY;
    each_plan(&problem.programs, |plan| {
        if allowed(problem, plan) {
            best = best.max(plan_value(problem.outside, &problem.programs, plan));
        }
    });
    best
}

#[test]
fn the_search_agrees_with_enumeration() {
    for seed in 0..1500 {
        let mut random = Random::new(seed);
        let n = 1 + random.below(5) as usize;
        let problem = problem(&mut random, n);
        let expected = best(&problem);
        let answer = combined(&problem).expect("valid");
        assert_close(answer.value, expected, &format!("seed {seed}"));
        assert!(answer.is_exact(), "seed {seed}");
        let plan = answer.plan(n);
        assert!(allowed(&problem, &plan), "seed {seed}");
        let value = plan_value(problem.outside, &problem.programs, &plan);
        assert_close(value, expected, &format!("plan, seed {seed}"));
        for exchange in &answer.exchanges {
            let mut traded = plan.clone();
            traded.swap(exchange.member, exchange.instead);
            assert!(allowed(&problem, &traded), "exchange, seed {seed}");
        }
        for (pool, price) in answer.signals.iter().enumerate() {
            let mut more = problem.clone();
            more.pools[pool].gold += 1;
            assert_close(
                price.gold,
                best(&more) - expected,
                &format!("gold, seed {seed}"),
            );
        }
    }
}

#[test]
fn little_effort_still_bounds_the_optimum() {
    let mut open = 0;
    for seed in 0..40 {
        let mut random = Random::new(seed);
        let mut problem = problem(&mut random, 30);
        problem.budget = Some(40 + random.below(60));
        let exact = combined(&problem).expect("valid");
        assert!(exact.is_exact(), "seed {seed}");
        let effort = Effort {
            partial_plans: 1,
            prices: false,
            ..Effort::default()
        };
        let quick = combined_within(&problem, effort).expect("valid");
        assert!(quick.value <= exact.value + 1e-9, "seed {seed}");
        assert!(quick.upper_bound >= exact.value - 1e-9, "seed {seed}");
        open += usize::from(!quick.is_exact());
    }
    println!("{open} of 40 stayed open");
}

/// Prices for single partial plans are for many of them; here every one gets
/// prices of its own, however few there are.
#[test]
fn own_prices_agree_with_enumeration() {
    for seed in 0..1500 {
        let mut random = Random::new(seed + 50_000);
        let n = 1 + random.below(5) as usize;
        let problem = problem(&mut random, n);
        let expected = best(&problem);
        for partial_plans in [1, 2, 1 << 20] {
            let effort = Effort {
                partial_plans,
                own_prices_from: 1,
                prices: false,
                ..Effort::default()
            };
            let answer = combined_within(&problem, effort).expect("valid");
            let what = format!("seed {seed}, {partial_plans} partial plans");
            assert!(answer.upper_bound >= expected - 1e-11, "{what}");
            assert!(answer.value <= expected + 1e-11, "{what}");
            if partial_plans > 2 {
                assert!(answer.is_exact(), "{what}");
            }
            if answer.is_exact() {
                assert_close(answer.value, expected, &what);
            }
        }
    }
}

#[test]
fn own_prices_change_no_optimum() {
    for seed in 0..60 {
        let mut random = Random::new(seed + 70_000);
        let n = 12 + random.below(30) as usize;
        let mut problem = problem(&mut random, n);
        problem.budget = (seed % 4 > 0).then(|| 20 + random.below(90));
        problem.applications = (seed % 3 == 0).then(|| 4 + random.below(12) as usize);
        let with = |own_prices_from| {
            let effort = Effort {
                own_prices_from,
                prices: false,
                ..Effort::default()
            };
            combined_within(&problem, effort).expect("valid")
        };
        let (always, never) = (with(1), with(usize::MAX));
        assert!(always.is_exact() && never.is_exact(), "seed {seed}");
        assert_close(always.value, never.value, &format!("seed {seed}"));
    }
}

#[test]
fn the_largest_limits_do_no_harm() {
    let mut random = Random::new(12);
    let mut problem = problem(&mut random, 8);
    let pool = Pool {
        gold: usize::MAX,
        silver: usize::MAX,
    };
    problem.pools.fill(pool);
    problem.budget = Some(u64::MAX);
    problem.applications = Some(usize::MAX);
    let answer = combined(&problem).expect("valid");
    assert!(answer.is_exact());
    assert!(
        answer
            .signals
            .iter()
            .all(|price| price.gold == 0.0 && price.silver == 0.0)
    );
}

#[test]
fn unknown_pools_and_specialties_are_refused() {
    let mut random = Random::new(5);
    let valid = problem(&mut random, 4);
    let mut pool = valid.clone();
    pool.specialties[0].pool = Some(9);
    let refused = InvalidProblem::UnknownPool {
        specialty: 0,
        pool: 9,
    };
    assert_eq!(combined(&pool), Err(refused));
    let mut specialty = valid.clone();
    specialty.specialty_of[3] = 8;
    let refused = InvalidProblem::UnknownSpecialty {
        program: 3,
        specialty: 8,
    };
    assert_eq!(combined(&specialty), Err(refused));
    let none = Combined {
        programs: Vec::new(),
        specialty_of: Vec::new(),
        ..valid
    };
    assert_eq!(combined(&none), Err(InvalidProblem::NoPrograms));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn relabelling_changes_no_value(seed in any::<u64>(), n in 1_usize..20) {
        let mut random = Random::new(seed);
        let one = problem(&mut random, n);
        let order = random.permutation(n);
        let other = Combined {
            programs: order.iter().map(|&i| one.programs[i]).collect(),
            specialty_of: order.iter().map(|&i| one.specialty_of[i]).collect(),
            ..one.clone()
        };
        let effort = Effort { prices: false, ..Effort::default() };
        let first = combined_within(&one, effort).expect("valid").value;
        assert_close(first, combined_within(&other, effort).expect("valid").value, "value");
    }
}
