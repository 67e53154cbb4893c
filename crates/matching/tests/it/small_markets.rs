//! Agreement with the definition on thousands of small markets, every matching of which is tried.

use matching::{Solution, SolveOptions, blocking_pairs, enumerate, solve};

use crate::oracle::{Held, Kinds, Plain};

const KINDS: [Kinds; 6] = [
    Kinds {
        couples: false,
        supplemental: false,
        reversions: false,
    },
    Kinds {
        couples: true,
        supplemental: false,
        reversions: false,
    },
    Kinds {
        couples: false,
        supplemental: true,
        reversions: false,
    },
    Kinds {
        couples: false,
        supplemental: false,
        reversions: true,
    },
    Kinds {
        couples: true,
        supplemental: true,
        reversions: false,
    },
    Kinds {
        couples: true,
        supplemental: true,
        reversions: true,
    },
];

/// Calls `check` with small markets of every kind and all their stable matchings.
fn for_small_markets(n_seeds: u64, check: impl Fn(&Plain, &[Vec<Held>], &str)) {
    for (at, kinds) in KINDS.into_iter().enumerate() {
        let mut n_without = 0;
        for seed in 0..n_seeds {
            let plain = Plain::random(seed * 10 + at as u64, kinds);
            let stable = plain.stable_matchings();
            n_without += usize::from(stable.is_empty());
            check(
                &plain,
                &stable,
                &format!("seed {seed} of {kinds:?}: {plain:?}"),
            );
        }
        if !kinds.couples && !kinds.supplemental {
            assert_eq!(
                n_without, 0,
                "without couples and supplemental lists there is always a stable matching"
            );
        } else if kinds.couples {
            assert!(
                n_without > 0,
                "{n_seeds} markets of {kinds:?} should include one without a stable matching"
            );
        }
    }
}

#[test]
fn enumeration_finds_exactly_the_stable_matchings() {
    for_small_markets(400, |plain, stable, context| {
        let market = plain.market().expect(context);
        let result = enumerate(&market, usize::MAX);
        assert!(result.complete);
        let mut found: Vec<_> = result
            .found
            .iter()
            .map(|matching| plain.held(&market, matching))
            .collect();
        found.sort();
        assert_eq!(found, stable, "{context}");
    });
}

/// Shows the verifier every matching, stable or not, and some that break a quota.
#[test]
fn verifier_agrees_with_the_definition() {
    for_small_markets(60, |plain, stable, context| {
        let market = plain.market().expect(context);
        let mut n_stable = 0;
        for held in plain.matchings() {
            let verdict = blocking_pairs(&market, &plain.matching(&market, &held));
            let found_stable = verdict.is_ok_and(|blocking| blocking.is_empty());
            assert_eq!(
                found_stable,
                plain.is_stable(&held),
                "{held:?} in {context}"
            );
            n_stable += usize::from(found_stable);
        }
        assert_eq!(n_stable, stable.len(), "{context}");
    });
}

/// The heuristic alone decides most of these; where it does not, the exact search must.
#[test]
fn solve_finds_a_stable_matching_exactly_when_there_is_one() {
    for_small_markets(1500, |plain, stable, context| {
        let market = plain.market().expect(context);
        for options in [
            SolveOptions::default(),
            SolveOptions {
                seed: 7,
                exact: true,
            },
        ] {
            match solve(&market, options) {
                Solution::Stable(matching) => {
                    assert!(
                        stable.contains(&plain.held(&market, &matching)),
                        "{context}"
                    );
                }
                Solution::None => assert!(stable.is_empty(), "{context}"),
                Solution::NotFound { .. } => panic!("small markets are always decided: {context}"),
            }
        }
    });
}
