//! Markets of up to 300 applicants with up to 50 couples: the exact search answers every one.

use matching::{Market, Solution, SolveOptions, blocking_pairs, solve};

use crate::oracle::Dice;

/// How a medium market is made.
#[derive(Clone, Copy, Debug)]
struct Shape {
    n_applicants: usize,
    n_couples: usize,
    n_programs: usize,
    /// Quotas are 1 to this.
    max_quota: usize,
    list_length: usize,
    n_pairs: usize,
    /// Everybody agrees on the order up to this much; the larger, the more random.
    noise: usize,
    /// One in so many singles has supplemental lists.
    supplemental: usize,
}

fn medium_market(seed: u64, shape: Shape) -> Market {
    let mut dice = Dice::new(seed);
    let Shape {
        n_applicants,
        n_couples,
        n_programs,
        noise,
        ..
    } = shape;
    let mut ranked_by: Vec<Vec<(usize, usize)>> = vec![Vec::new(); n_programs];
    let a = |at: usize| format!("a{at}");
    let p = |at: &usize| format!("p{at}");
    let mut market = Market::builder();
    let mut named = vec![Vec::new(); n_applicants];
    for (applicant, named) in named.iter_mut().enumerate() {
        let mut list: Vec<usize> = dice.shuffled(n_programs);
        list.truncate(shape.list_length);
        list.sort_by_cached_key(|&program| program + dice.below(noise));
        named.clone_from(&list);
        if applicant < 2 * n_couples {
            continue;
        }
        market.applicant(&a(applicant), list.iter().map(p));
        if shape.supplemental > 0 && dice.one_in(shape.supplemental) {
            for advanced in list.iter().take(3) {
                let preliminary: Vec<usize> = dice
                    .shuffled(n_programs)
                    .into_iter()
                    .filter(|program| program != advanced)
                    .take(4)
                    .collect();
                market.supplemental(&a(applicant), &p(advanced), preliminary.iter().map(p));
                named.extend(preliminary);
            }
        }
    }
    for couple in 0..n_couples {
        let members = [2 * couple, 2 * couple + 1];
        let mut pairs: Vec<(usize, [usize; 2])> = Vec::new();
        for one in 0..shape.list_length {
            for other in 0..shape.list_length {
                let pair = [named[members[0]][one], named[members[1]][other]];
                let bonus = if pair[0] % 10 == pair[1] % 10 { 0 } else { 3 };
                pairs.push((one + other + bonus + dice.below(3), pair));
            }
        }
        pairs.sort();
        let pairs = pairs
            .iter()
            .take(shape.n_pairs)
            .map(|(_, pair)| pair.map(|program| Some(p(&program))));
        market.couple(
            &format!("c{couple}"),
            [&a(members[0]), &a(members[1])],
            pairs,
        );
    }
    for (applicant, list) in named.iter_mut().enumerate() {
        list.sort_unstable();
        list.dedup();
        for &program in list.iter() {
            ranked_by[program].push((applicant + dice.below(noise), applicant));
        }
    }
    for (program, list) in ranked_by.iter_mut().enumerate() {
        list.sort_unstable();
        market.program(
            &p(&program),
            1 + dice.below(shape.max_quota) as i64,
            list.iter().map(|&(_, applicant)| a(applicant)),
        );
    }
    // Members who are on nobody's list have no record either.
    for applicant in 0..2 * n_couples {
        market.applicant(&a(applicant), [""; 0]);
    }
    market.build().expect("a market")
}

/// Shapes from easy to hard: many couples with long lists, one place a program, no agreement.
fn shape(seed: u64) -> Shape {
    let mut dice = Dice::new(seed ^ 0xABCD);
    let n_applicants = [60, 120, 200, 300][dice.below(4)];
    let n_couples = [5, 10, 25, 50][dice.below(4)].min(n_applicants / 3);
    let max_quota = [1, 1, 2, 5][dice.below(4)];
    let n_programs =
        (n_applicants * [7, 9, 10, 13][dice.below(4)] / 10 * 2 / (max_quota + 1)).max(12);
    let list_length = [4, 6, 8, 12][dice.below(4)].min(n_programs);
    Shape {
        n_applicants,
        n_couples,
        n_programs,
        max_quota,
        list_length,
        n_pairs: [6, 20, 63][dice.below(3)],
        noise: [20, 100, 1000, 1000][dice.below(4)],
        supplemental: [0, 0, 4][dice.below(3)],
    }
}

fn answer_all(seeds: std::ops::Range<u64>) -> [usize; 2] {
    let mut n = [0; 2];
    for seed in seeds {
        let shape = shape(seed);
        let market = medium_market(seed, shape);
        match solve(&market, SolveOptions { seed, exact: true }) {
            Solution::Stable(matching) => {
                n[0] += 1;
                assert_eq!(
                    blocking_pairs(&market, &matching),
                    Ok(Vec::new()),
                    "seed {seed}: {shape:?}"
                );
            }
            Solution::None => n[1] += 1,
            Solution::NotFound { .. } => panic!("not answered, seed {seed}: {shape:?}"),
        }
    }
    n
}

#[test]
fn every_medium_market_is_answered() {
    let [n_stable, n_none] = answer_all(0..12);
    assert_eq!(n_stable + n_none, 12);
}

/// The 1,000 markets of the promise. Run it in release, and with `--nocapture` to see how often each answer came.
#[test]
#[ignore = "takes minutes; run with --release"]
fn a_thousand_medium_markets_are_answered() {
    let [n_stable, n_none] = answer_all(0..1000);
    println!("{n_stable} stable, {n_none} without a stable matching");
    assert!(n_stable > 0 && n_none > 0, "both answers should occur");
}
