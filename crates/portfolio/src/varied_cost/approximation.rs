//! A portfolio whose distance from the optimum is stated beforehand, however large the budget.

use crate::answer::Portfolio;
use crate::error::InvalidProblem;
use crate::varied_cost::{Candidate, VariedCost};

/// Returns a portfolio whose expected gain over no offer is at least 1 - ε
/// times that of the best one within the budget.
///
/// Programs are added from the least to the most attractive, and of all sets
/// so far only those are kept that no other beats in both cost and gain. Of
/// those whose gains fall into one interval of width δ = ε L / m the cheapest
/// is kept; L is the gain of the best single program, m the number of
/// candidates. A later program shrinks a difference in gain by 1 - f, so each
/// of the m steps loses at most δ, and all of them at most ε L, which is at
/// most ε times the optimum.
///
/// [`Portfolio::upper_bound`] is the value found plus ε L. With ε = 0 nothing
/// is merged and the answer is exact, at the price of many sets. A negative ε
/// or NaN counts as 0.
///
/// # Errors
/// No programs, or another number of costs than of programs.
///
/// # Complexity
/// At most O(m^3 / ε) time, whatever the budget (the gain of m programs is at
/// most m L, so there are at most m^2 / ε intervals).
///
/// # References
/// The guarantee is that of the approximation scheme of M. Kapur and S.-P.
/// Hong, "The College Application Problem", arXiv:2205.01869 (2022); the
/// list of undominated sets is that of G. L. Nemhauser and Z. Ullmann,
/// "Discrete Dynamic Programming and Capital Allocation", Management Science
/// 15 (1969), 494–505.
pub fn approximation(problem: &VariedCost, epsilon: f64) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    let epsilon = epsilon.max(0.0);
    let offers = problem.offers();
    let candidates = problem.candidates(&offers, problem.budget);
    let single = candidates
        .iter()
        .map(|c| c.chance * c.gain)
        .fold(0.0, f64::max);
    let loss = epsilon * single;
    let width = if candidates.is_empty() {
        0.0
    } else {
        loss / candidates.len() as f64
    };
    let mut sets = Sets::new(width);
    for candidate in &candidates {
        sets.add(candidate, problem.budget);
    }
    let (chosen, gain) = sets.best();
    let bound = if epsilon > 0.0 {
        gain + loss
    } else {
        f64::NEG_INFINITY
    };
    Ok(problem.finish(&offers, &chosen, None, bound))
}

/// A set of programs: what it costs and gains, and how it was made.
#[derive(Clone, Copy)]
struct Set {
    cost: u64,
    gain: f64,
    /// The link of its best program in [`Sets::links`]; 0 for the empty set.
    link: usize,
}

/// The sets that are worth keeping, by cost and by gain at once.
struct Sets {
    width: f64,
    kept: Vec<Set>,
    /// The best program of a set and the link of the set without it.
    links: Vec<(usize, usize)>,
}

impl Sets {
    fn new(width: f64) -> Self {
        let empty = Set {
            cost: 0,
            gain: 0.0,
            link: 0,
        };
        Self {
            width,
            kept: vec![empty],
            links: vec![(usize::MAX, 0)],
        }
    }

    /// Adds the sets with one more program, better than all before it.
    fn add(&mut self, candidate: &Candidate, budget: u64) {
        let with = |set: &Set| {
            let cost = set
                .cost
                .checked_add(candidate.cost)
                .filter(|&cost| cost <= budget)?;
            let gain = (1.0 - candidate.chance) * set.gain + candidate.chance * candidate.gain;
            Some(Set {
                cost,
                gain,
                link: set.link,
            })
        };
        let old = std::mem::take(&mut self.kept);
        // Kept sets stand by rising cost, so the first too dear one ends it.
        let mut new = old.iter().map_while(with).peekable();
        let mut old = old.iter().copied().peekable();
        loop {
            let take_new = match (old.peek(), new.peek()) {
                (None, None) => return,
                (Some(_), None) => false,
                (None, Some(_)) => true,
                (Some(a), Some(b)) => (b.cost, -b.gain) < (a.cost, -a.gain),
            };
            let set = if take_new { new.next() } else { old.next() };
            let Some(mut set) = set else { return };
            if !self.worth_keeping(set.gain) {
                continue;
            }
            if take_new {
                self.links.push((candidate.program, set.link));
                set.link = self.links.len() - 1;
            }
            self.kept.push(set);
        }
    }

    /// Whether a set that costs no less than all kept ones gains enough more.
    fn worth_keeping(&self, gain: f64) -> bool {
        let Some(last) = self.kept.last() else {
            return true;
        };
        if self.width > 0.0 {
            (gain / self.width).floor() > (last.gain / self.width).floor()
        } else {
            gain > last.gain
        }
    }

    fn best(&self) -> (Vec<usize>, f64) {
        let Some(best) = self.kept.last() else {
            return (Vec::new(), 0.0);
        };
        let mut chosen = Vec::new();
        let mut link = best.link;
        while link != 0 {
            let (program, before) = self.links[link];
            chosen.push(program);
            link = before;
        }
        (chosen, best.gain)
    }
}
