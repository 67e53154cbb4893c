//! All stable matchings of a small market.

use crate::encoding::{Encoding, Region};
use crate::market::Market;
use crate::matching::Matching;
use crate::sat::Answer;

/// Stable matchings, and whether there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StableMatchings {
    /// The matchings, in the order of the programs' positions: applicant by applicant.
    pub found: Vec<Matching>,
    /// Whether `found` is all of them; otherwise the limit came first.
    pub complete: bool,
}

/// Returns all stable matchings of a market, or the first `limit` that were found.
///
/// # Guarantees
/// When [`StableMatchings::complete`] is true, a matching is in the list exactly when
/// [`blocking_pairs`](crate::blocking_pairs) finds nothing in it; an empty complete list proves that none exists.
///
/// # Complexity
/// A market can have exponentially many stable matchings, and finding one is NP-complete when there are couples (Ronn
/// 1990). Meant for tens of applicants.
///
/// # References
/// The textbook market with three stable matchings is Example 2 of D. Gale and L. S. Shapley, "College Admissions and
/// the Stability of Marriage", American Mathematical Monthly 69 (1962), 9–15.
///
/// # Example
/// ```
/// use matching::{Market, enumerate};
///
/// let mut market = Market::builder();
/// market.applicant("α", ["A", "B", "C"]).applicant("β", ["B", "C", "A"]).applicant("γ", ["C", "A", "B"]);
/// market.program("A", 1, ["β", "γ", "α"]).program("B", 1, ["γ", "α", "β"]).program("C", 1, ["α", "β", "γ"]);
/// let market = market.build()?;
/// let stable = enumerate(&market, 10);
/// assert!(stable.complete);
/// assert_eq!(stable.found.len(), 3);
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
pub fn enumerate(market: &Market, limit: usize) -> StableMatchings {
    let free = vec![true; market.n_applicants()];
    let base = Matching::empty(market);
    let mut found = Vec::new();
    let region = Region {
        free: &free,
        base: &base,
        places: None,
    };
    let Some(mut encoding) = Encoding::new(market, region, usize::MAX) else {
        return StableMatchings {
            found,
            complete: false,
        };
    };
    loop {
        if encoding.solve(u64::MAX) != Answer::Satisfied {
            found.sort();
            return StableMatchings {
                found,
                complete: true,
            };
        }
        if found.len() == limit {
            found.sort();
            return StableMatchings {
                found,
                complete: false,
            };
        }
        found.push(encoding.matching());
        encoding.exclude();
    }
}
