//! Gold and silver signals: the table and the combined search against enumeration.

use portfolio::{
    Action, Combined, FeeTable, InvalidProblem, Pool, Portfolio, SignalProgram, Signals, Specialty,
    combined, signals,
};
use proptest::prelude::*;

use crate::enumeration::{each_plan, plan_value};
use crate::random::{Random, assert_close};

fn problem(random: &mut Random, n: usize) -> Signals {
    Signals {
        outside: random.outside(),
        programs: (0..n).map(|_| random.signal_program()).collect(),
        applications: random.below(n as u64 + 2) as usize,
        gold: random.below(3) as usize,
        silver: random.below(4) as usize,
    }
}

fn count(plan: &[Option<Action>], action: Action) -> usize {
    plan.iter().filter(|&&sent| sent == Some(action)).count()
}

/// The best value for every number of applications, gold and silver up to one
/// more than the problem's.
fn best_by_limits(problem: &Signals) -> Vec<Vec<Vec<f64>>> {
    let shape = [
        problem.applications + 2,
        problem.gold + 2,
        problem.silver + 2,
    ];
    let mut best = vec![vec![vec![f64::NEG_INFINITY; shape[2]]; shape[1]]; shape[0]];
    each_plan(&problem.programs, |plan| {
        let sent = plan.iter().flatten().count();
        let used = [sent, count(plan, Action::Gold), count(plan, Action::Silver)];
        if used.iter().zip(&shape).all(|(used, limit)| used < limit) {
            let value = plan_value(problem.outside, &problem.programs, plan);
            for by_gold in &mut best[used[0]..] {
                for by_silver in &mut by_gold[used[1]..] {
                    for cell in &mut by_silver[used[2]..] {
                        *cell = cell.max(value);
                    }
                }
            }
        }
    });
    best
}

fn as_combined(problem: &Signals) -> Combined {
    Combined {
        outside: problem.outside,
        programs: problem.programs.clone(),
        specialty_of: vec![0; problem.programs.len()],
        specialties: vec![Specialty {
            fees: FeeTable::flat(3),
            pool: Some(0),
        }],
        pools: vec![Pool {
            gold: problem.gold,
            silver: problem.silver,
        }],
        budget: None,
        applications: Some(problem.applications),
    }
}

fn check_plan(problem: &Signals, answer: &Portfolio, expected: f64, what: &str) {
    assert_close(answer.value, expected, what);
    assert!(answer.is_exact(), "{what}");
    let plan = answer.plan(problem.programs.len());
    assert!(
        plan.iter().flatten().count() <= problem.applications,
        "{what}"
    );
    assert!(count(&plan, Action::Gold) <= problem.gold, "{what}");
    assert!(count(&plan, Action::Silver) <= problem.silver, "{what}");
    assert_close(
        plan_value(problem.outside, &problem.programs, &plan),
        expected,
        what,
    );
    for member in &answer.members {
        let mut without = plan.clone();
        without[member.program] = None;
        let rest = plan_value(problem.outside, &problem.programs, &without);
        assert_close(member.marginal, expected - rest, what);
    }
    for exchange in &answer.exchanges {
        let mut traded = plan.clone();
        traded.swap(exchange.member, exchange.instead);
        assert_close(
            plan_value(problem.outside, &problem.programs, &traded),
            expected,
            what,
        );
    }
}

#[test]
fn both_solvers_agree_with_enumeration() {
    for seed in 0..1500 {
        let mut random = Random::new(seed);
        let n = 1 + random.below(5) as usize;
        let problem = problem(&mut random, n);
        let best = best_by_limits(&problem);
        let (a, g, s) = (problem.applications, problem.gold, problem.silver);
        let expected = best[a][g][s];
        let table = signals(&problem).expect("valid");
        let search = combined(&as_combined(&problem)).expect("valid");
        for (answer, name) in [(&table, "table"), (&search, "search")] {
            let what = format!("{name}, seed {seed}");
            check_plan(&problem, answer, expected, &what);
            let price = answer.signals[0];
            assert_close(price.gold, best[a][g + 1][s] - expected, &what);
            assert_close(price.silver, best[a][g][s + 1] - expected, &what);
            let application = answer.application.expect("there is a limit");
            assert_close(application, best[a + 1][g][s] - expected, &what);
        }
    }
}

#[test]
fn the_search_agrees_with_the_table_on_larger_problems() {
    for seed in 0..6 {
        let mut random = Random::new(seed);
        let mut problem = problem(&mut random, 40);
        problem.applications = 10 + random.below(20) as usize;
        problem.gold = 4;
        problem.silver = 6;
        let table = signals(&problem).expect("valid");
        let search = combined(&as_combined(&problem)).expect("valid");
        assert!(search.is_exact());
        assert_close(search.value, table.value, &format!("seed {seed}"));
    }
}

#[test]
fn ties_go_to_the_lower_index_and_are_reported() {
    let mut random = Random::new(1);
    let program = SignalProgram {
        program: portfolio::Program::new(0.2, 5.0).expect("in range"),
        ..random.signal_program()
    };
    let gold = SignalProgram {
        gold: portfolio::Probability::new(0.5),
        silver: None,
        ..program
    };
    let answer = signals(&Signals {
        outside: portfolio::Utility::new(0.0).expect("finite"),
        programs: vec![gold; 3],
        applications: 2,
        gold: 1,
        silver: 0,
    })
    .expect("valid");
    assert_eq!(
        answer.plan(3),
        [Some(Action::Gold), Some(Action::Apply), None]
    );
    assert_eq!(
        answer.exchanges.len(),
        3,
        "gold with either, apply with the last"
    );
}

#[test]
fn no_programs_is_refused() {
    let mut random = Random::new(2);
    let none = Signals {
        programs: Vec::new(),
        ..problem(&mut random, 1)
    };
    assert_eq!(signals(&none), Err(InvalidProblem::NoPrograms));
}

proptest! {
    #[test]
    fn relabelling_changes_no_value(seed in any::<u64>(), n in 1_usize..20) {
        let mut random = Random::new(seed);
        let one = problem(&mut random, n);
        let order = random.permutation(n);
        let programs = order.iter().map(|&i| one.programs[i]).collect();
        let other = Signals { programs, ..one.clone() };
        let first = signals(&one).expect("valid").value;
        assert_close(first, signals(&other).expect("valid").value, "value");
    }
}
