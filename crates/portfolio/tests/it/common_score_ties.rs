//! A common score with many equal values: the set that the index decides for,
//! and the ties that are reported, against enumeration.
//!
//! Chances are whole parts of a whole and utilities whole numbers, so that the
//! enumeration counts in whole numbers and knows what is equal.

use std::collections::BTreeSet;

use portfolio::{Exchange, Program, Utility, common_score};

use crate::random::{Random, assert_close};

/// Programs (parts of `whole`, utility) and the utility of no offer.
struct Problem {
    whole: i64,
    outside: i64,
    programs: Vec<(i64, i64)>,
}

impl Problem {
    /// The value of a set times `whole`, from the definition: the admissions do
    /// not change while the score's distance from the top lies between two
    /// neighbouring chances.
    fn value(&self, mask: usize) -> i64 {
        let mut cuts: Vec<i64> = self.programs.iter().map(|&(parts, _)| parts).collect();
        cuts.extend([0, self.whole]);
        cuts.sort_unstable();
        let best_beyond = |cut: i64| {
            let members = (0..self.programs.len()).filter(|i| mask >> i & 1 == 1);
            let admitted = members.filter(|&i| cut < self.programs[i].0);
            admitted
                .map(|i| self.programs[i].1)
                .fold(self.outside, i64::max)
        };
        cuts.windows(2)
            .filter(|pair| pair[0] < pair[1])
            .map(|pair| (pair[1] - pair[0]) * best_beyond(pair[0]))
            .sum()
    }

    /// The best sets of a size, as masks.
    fn best(&self, values: &[i64], h: usize) -> Vec<usize> {
        let sized = (0..values.len()).filter(|mask| mask.count_ones() as usize == h);
        let best = sized.clone().map(|mask| values[mask]).max();
        sized.filter(|&mask| Some(values[mask]) == best).collect()
    }
}

fn members(mask: usize) -> Vec<usize> {
    (0..usize::BITS as usize)
        .filter(|i| mask >> i & 1 == 1)
        .collect()
}

/// Programs that add something to a set.
fn needed(values: &[i64], mask: usize) -> impl Iterator<Item = usize> {
    members(mask)
        .into_iter()
        .filter(move |i| values[mask & !(1 << i)] < values[mask])
}

/// Compares every size of a problem with enumeration; returns how many sizes
/// had more than one best set whose members are all needed.
fn check(problem: &Problem, what: &str) -> usize {
    let n = problem.programs.len();
    let values: Vec<i64> = (0..1 << n).map(|mask| problem.value(mask)).collect();
    let programs: Vec<Program> = problem
        .programs
        .iter()
        .map(|&(parts, utility)| {
            Program::new(parts as f64 / problem.whole as f64, utility as f64).expect("in range")
        })
        .collect();
    let outside = Utility::new(problem.outside as f64).expect("finite");
    let answer = common_score(outside, &programs, n).expect("there are programs");
    let mut n_ties = 0;
    for h in 0..=n {
        let what = format!("{what}, h {h}, {:?}", problem.programs);
        let best = problem.best(&values, h);
        let first = best.iter().map(|&mask| members(mask)).min();
        let found = answer.portfolio(h).expect("solved for");
        assert_eq!(Some(&found.programs), first.as_ref(), "{what}");
        let mask = found.programs.iter().fold(0, |mask, i| mask | 1 << i);
        let value = values[mask];
        assert_close(found.value, value as f64 / problem.whole as f64, &what);

        let mut exchanges = Vec::new();
        for member in needed(&values, mask) {
            for instead in (0..n).filter(|i| mask >> i & 1 == 0) {
                if values[mask & !(1 << member) | 1 << instead] == value {
                    exchanges.push(Exchange { member, instead });
                }
            }
        }
        assert_eq!(found.exchanges, exchanges, "{what}");

        let in_other_best: BTreeSet<usize> = best
            .iter()
            .flat_map(|&other| needed(&values, other))
            .filter(|i| mask >> i & 1 == 0)
            .collect();
        assert_eq!(found.in_other_best, Vec::from_iter(in_other_best), "{what}");
        n_ties += usize::from(!found.in_other_best.is_empty());
    }
    n_ties
}

/// A random problem whose chances are parts of `whole`.
fn random(seed: u64, whole: i64) -> Problem {
    let mut random = Random::new(seed);
    let n = 1 + random.below(9);
    let highest = 1 + random.below(7);
    let mut whole_number = |below: u64| random.below(below) as i64;
    let programs = (0..n)
        .map(|_| (whole_number(whole as u64 + 1), whole_number(highest + 1)))
        .collect();
    Problem {
        whole,
        outside: whole_number(3) - 1,
        programs,
    }
}

#[test]
fn quarters_and_eighths_agree_with_enumeration() {
    let problems = (0..1500).map(|seed| (seed, [2, 4, 8][seed as usize % 3]));
    let n_ties: usize = problems
        .map(|(seed, whole)| check(&random(seed, whole), &format!("seed {seed} of {whole}")))
        .sum();
    assert!(n_ties > 600, "{n_ties} sizes with ties");
}

/// Tenths and thirds have no exact binary fraction, but their ties are ties.
#[test]
fn tenths_and_thirds_agree_with_enumeration() {
    let problems = (0..1600).map(|seed| (seed, [3, 7, 10, 100][seed as usize % 4]));
    let n_ties: usize = problems
        .map(|(seed, whole)| check(&random(seed, whole), &format!("seed {seed} of {whole}")))
        .sum();
    assert!(n_ties > 400, "{n_ties} sizes with ties");
}

/// Whoever is twice as selective is worth twice as much: every program is as
/// good alone, in whatever order the indices stand.
#[test]
fn products_that_are_all_equal_agree_with_enumeration() {
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let n = 2 + random.below(8) as usize;
        let whole = 720;
        let shapes = [1, 2, 3, 4, 5, 6, 8, 9, 10, 12];
        let programs = random
            .permutation(n)
            .into_iter()
            .map(|place| (whole / shapes[place], shapes[place]))
            .collect();
        let problem = Problem {
            whole,
            outside: 0,
            programs,
        };
        check(&problem, &format!("seed {seed}"));
    }
}

/// Chances that rise and utilities that fall in equal steps: the best sets are
/// spread evenly, and there are many of them, two and more trades apart.
#[test]
fn even_steps_agree_with_enumeration() {
    let mut n_far = 0;
    for seed in 0..500 {
        let mut random = Random::new(seed);
        let n = 3 + random.below(8) as usize;
        let order = random.permutation(n);
        let n_twice = random.below(3) as usize;
        let steps: Vec<i64> = (0..n as i64).collect();
        let mut programs: Vec<(i64, i64)> = order
            .iter()
            .map(|&place| (steps[place] + 1, n as i64 - steps[place]))
            .collect();
        for _ in 0..n_twice.min(10 - n.min(10)) {
            let again = programs[random.below(n as u64) as usize];
            programs.push(again);
        }
        let problem = Problem {
            whole: n as i64 + random.below(3) as i64,
            outside: 0,
            programs,
        };
        n_far += check(&problem, &format!("seed {seed}"));
    }
    assert!(n_far > 500, "{n_far} sizes with ties");
}

/// The largest of what is exact in floating point, and hundreds of ties a size.
#[test]
fn many_ties_are_solved_at_once() {
    let n = 256;
    let programs: Vec<Program> = (1..=n)
        .map(|i| Program::new(f64::from(i) / f64::from(n), f64::from(n + 1 - i)).expect("in range"))
        .collect();
    let answer = common_score(Utility::ZERO, &programs, 256).expect("there are programs");
    let alone = answer.portfolio(1).expect("solved for");
    // 128 / 256 of 129, and 129 / 256 of 128.
    assert_eq!(alone.programs, [127]);
    assert_eq!(alone.exchanges.len(), 1);
    for h in 1..=256 {
        let found = answer.portfolio(h).expect("solved for");
        assert_eq!(found.programs.len(), h);
        assert!(found.programs.is_sorted());
    }
}
