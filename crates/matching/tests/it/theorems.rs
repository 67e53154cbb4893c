//! What the literature proves or shows by example.

use matching::{
    Market, Program, Solution, SolveOptions, blocking_pairs, deferred_acceptance, enumerate,
    program_proposing_deferred_acceptance, solve,
};

use crate::oracle::{Dice, Kinds, Plain};

const SINGLES: Kinds = Kinds {
    couples: false,
    supplemental: false,
    reversions: false,
};
const EVERYTHING: Kinds = Kinds {
    couples: true,
    supplemental: true,
    reversions: true,
};

/// Applicants agree on the best stable matching, programs on the other end, and every stable matching lies between.
/// The rural hospitals theorem (Roth 1986): the same applicants are matched in all of them, and every program that is not
/// full holds the same applicants.
#[test]
fn singles_have_two_extremes_and_the_rural_hospitals_theorem_holds() {
    let mut n_with_choice = 0;
    for seed in 0..2500 {
        let plain = Plain::random(seed, SINGLES);
        let market = plain.market().expect("a market");
        let (best, worst) = (
            deferred_acceptance(&market),
            program_proposing_deferred_acceptance(&market),
        );
        assert_eq!(
            blocking_pairs(&market, &best),
            Ok(Vec::new()),
            "seed {seed}"
        );
        assert_eq!(
            blocking_pairs(&market, &worst),
            Ok(Vec::new()),
            "seed {seed}"
        );
        assert_eq!(
            solve(&market, SolveOptions::default()),
            Solution::Stable(best.clone()),
            "seed {seed}"
        );
        n_with_choice += usize::from(best != worst);
        for stable in enumerate(&market, usize::MAX).found {
            for applicant in market.applicants() {
                let rank = |program: Option<Program>| {
                    program.map(|program| {
                        market
                            .rank_list(applicant)
                            .position(|ranked| ranked == program)
                    })
                };
                let [high, middle, low] =
                    [&best, &stable, &worst].map(|matching| rank(matching.program(applicant)));
                assert_eq!(high.is_some(), middle.is_some(), "seed {seed}");
                assert!(high <= middle && middle <= low, "seed {seed}");
            }
            for program in market.programs() {
                let held = |matching: &matching::Matching| {
                    market
                        .applicants()
                        .filter(|&at| matching.program(at) == Some(program))
                        .collect::<Vec<_>>()
                };
                let (one, other) = (held(&best), held(&stable));
                assert_eq!(one.len(), other.len(), "seed {seed}");
                if one.len() < market.quota(program) as usize {
                    assert_eq!(one, other, "seed {seed}");
                }
            }
        }
    }
    assert!(
        n_with_choice > 20,
        "some markets should have several stable matchings, {n_with_choice} had"
    );
}

/// Gives programs and applicants other numbers, and lists the records in another order.
fn relabelled(plain: &Plain, dice: &mut Dice) -> (Plain, Vec<usize>, Vec<usize>) {
    let programs = dice.shuffled(plain.quotas.len());
    let applicants = dice.shuffled(plain.ranks.len());
    let mut other = Plain {
        quotas: vec![0; plain.quotas.len()],
        lists: vec![Vec::new(); plain.lists.len()],
        ranks: vec![Vec::new(); plain.ranks.len()],
        couples: Vec::new(),
        reversions: plain
            .reversions
            .iter()
            .map(|&(d, r, max)| (programs[d], programs[r], max))
            .collect(),
    };
    for (program, list) in plain.lists.iter().enumerate() {
        other.quotas[programs[program]] = plain.quotas[program];
        other.lists[programs[program]] = list
            .iter()
            .map(|&applicant| applicants[applicant])
            .collect();
    }
    for (applicant, list) in plain.ranks.iter().enumerate() {
        let renamed = |list: &[usize]| list.iter().map(|&program| programs[program]).collect();
        let list = list
            .iter()
            .map(|(program, preliminary)| (programs[*program], renamed(preliminary)));
        other.ranks[applicants[applicant]] = list.collect();
    }
    for (members, pairs) in plain.couples.iter().rev() {
        let pairs = pairs
            .iter()
            .map(|pair| pair.map(|program| program.map(|program| programs[program])));
        other
            .couples
            .push((members.map(|member| applicants[member]), pairs.collect()));
    }
    (other, programs, applicants)
}

#[test]
fn names_do_not_matter() {
    for seed in 0..600 {
        let kinds = if seed % 2 == 0 { SINGLES } else { EVERYTHING };
        let plain = Plain::random(seed, kinds);
        let (other, programs, applicants) = relabelled(&plain, &mut Dice::new(seed));
        let (market, renamed) = (
            plain.market().expect("a market"),
            other.market().expect("a market"),
        );
        let rename = |held: &[crate::oracle::Held]| {
            let mut renamed = vec![(None, None); held.len()];
            for (applicant, &(primary, preliminary)) in held.iter().enumerate() {
                let name = |program: Option<usize>| program.map(|program| programs[program]);
                renamed[applicants[applicant]] = (name(primary), name(preliminary));
            }
            renamed
        };
        let all = |plain: &Plain, market: &Market| -> Vec<_> {
            enumerate(market, usize::MAX)
                .found
                .iter()
                .map(|matching| plain.held(market, matching))
                .collect()
        };
        let mut expected: Vec<_> = all(&plain, &market)
            .iter()
            .map(|held| rename(held))
            .collect();
        let mut found = all(&other, &renamed);
        expected.sort();
        found.sort();
        assert_eq!(found, expected, "seed {seed}");
        let statuses =
            [&market, &renamed].map(|market| solve(market, SolveOptions::default()).status());
        assert_eq!(statuses[0], statuses[1], "seed {seed}");
        if kinds.couples {
            continue;
        }
        let [one, two] = [(&plain, &market), (&other, &renamed)]
            .map(|(plain, market)| plain.held(market, &deferred_acceptance(market)));
        assert_eq!(rename(&one), two, "seed {seed}");
    }
}

/// The seed chooses orders, and nothing else: the same seed gives the same answer.
#[test]
fn same_seed_same_answer() {
    for seed in 0..200 {
        let market = Plain::random(seed, EVERYTHING).market().expect("a market");
        let options = SolveOptions { seed, exact: false };
        assert_eq!(
            solve(&market, options),
            solve(&market, options),
            "seed {seed}"
        );
    }
}

/// Where McDermid and Manlove's rule and Bacchus and Drummond's part: a strong partner and a weak one, and somebody between
/// them in the only other place. Under the first rule the couple blocks, and then there is no stable matching; under the
/// second the one between keeps the place.
#[test]
fn a_strong_partner_carries_a_weak_one() {
    let mut market = Market::builder();
    market
        .program("p", 2, ["strong", "between", "weak"])
        .applicant("between", ["p"]);
    market.couple("c", ["strong", "weak"], [[Some("p"), Some("p")]]);
    let market = market.build().expect("a market");
    let mut matching = matching::Matching::empty(&market);
    matching.assign(
        market.find_applicant("between").expect("there"),
        market.find_program("p"),
    );
    let blocking = blocking_pairs(&market, &matching).expect("a matching");
    assert_eq!(
        blocking.len(),
        1,
        "one place is free, and p prefers the strong partner to the one between"
    );
    assert_eq!(solve(&market, SolveOptions::default()), Solution::None);
}

/// Two couples and four hospitals with one place each, after A. E. Roth, "The Evolution of the Labor Market for Medical
/// Interns and Residents: A Case Study in Game Theory", Journal of Political Economy 92 (1984), Theorem 10.
/// The paper was not at hand to compare every list; that there is no stable matching is shown here either way.
#[test]
fn couples_may_leave_no_stable_matching() {
    let mut market = Market::builder();
    market
        .program("H1", 1, ["s4", "s2", "s1", "s3"])
        .program("H2", 1, ["s4", "s3", "s2", "s1"])
        .program("H3", 1, ["s2", "s3", "s1", "s4"])
        .program("H4", 1, ["s2", "s4", "s1", "s3"]);
    let pairs = |list: [(usize, usize); 12]| {
        list.map(|(one, other)| [Some(format!("H{one}")), Some(format!("H{other}"))])
    };
    let first = [
        (1, 2),
        (4, 1),
        (4, 3),
        (4, 2),
        (1, 4),
        (1, 3),
        (3, 4),
        (3, 1),
        (3, 2),
        (2, 3),
        (2, 4),
        (2, 1),
    ];
    let second = [
        (4, 2),
        (4, 3),
        (4, 1),
        (3, 1),
        (3, 2),
        (3, 4),
        (2, 4),
        (2, 1),
        (2, 3),
        (1, 2),
        (1, 4),
        (1, 3),
    ];
    market
        .couple("s1 s2", ["s1", "s2"], pairs(first))
        .couple("s3 s4", ["s3", "s4"], pairs(second));
    let market = market.build().expect("a market");
    assert_eq!(solve(&market, SolveOptions::default()), Solution::None);
    assert_eq!(enumerate(&market, usize::MAX).found, []);
}
