//! Branch and bound: exact without a table, however large the costs are.

use crate::answer::Portfolio;
use crate::error::InvalidProblem;
use crate::independent::Offers;
use crate::varied_cost::{Candidate, VariedCost};

/// Returns the best portfolio within the budget, or, after `max_nodes` nodes,
/// the best one found and a bound on what a better one could be worth.
///
/// At a node some programs are in, some are out. Choosing k leaves a problem
/// of the same form over the rest, in which a worse program's gain shrinks by
/// the factor 1 - f and a better one's by f t. Expected gains of single
/// programs add up to at least the gain of the set, so a fractional knapsack
/// over them bounds the node from above. The program with the best gain per
/// dollar is tried first, in and then out.
///
/// # Errors
/// No programs, or another number of costs than of programs.
///
/// # Complexity
/// O(m log m) a node; exponentially many nodes in the worst case.
///
/// # References
/// M. Kapur and S.-P. Hong, "The College Application Problem",
/// arXiv:2205.01869 (2022), branch and bound with the linear relaxation.
pub fn branch_and_bound(problem: &VariedCost, max_nodes: u64) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    Ok(from_incumbent(problem, max_nodes, &[]))
}

/// The same, starting from a portfolio that is already known.
pub(super) fn from_incumbent(
    problem: &VariedCost,
    max_nodes: u64,
    incumbent: &[usize],
) -> Portfolio {
    let offers = problem.offers();
    let candidates = problem.candidates(&offers, problem.budget);
    let mut search = Search::new(&offers, incumbent, max_nodes, problem.programs.len());
    search.visit(&candidates, problem.budget, 0.0);
    let bound = search.open_bound;
    let best = search.best;
    problem.finish(&offers, &best, None, bound)
}

/// A bound on the gain of every portfolio; `None` when nothing can be paid.
pub(super) fn root_bound(candidates: &[Candidate], budget: u64) -> Option<f64> {
    relaxation(candidates, budget).map(|(bound, _)| bound)
}

struct Search {
    chosen: Vec<usize>,
    best: Vec<usize>,
    best_gain: f64,
    nodes_left: u64,
    /// The largest bound of a node that was left unvisited.
    open_bound: f64,
    slack: f64,
}

impl Search {
    fn new(offers: &Offers, incumbent: &[usize], max_nodes: u64, n_programs: usize) -> Self {
        let mut plan = vec![0; n_programs];
        for &program in incumbent {
            plan[program] = 1;
        }
        Self {
            chosen: Vec::new(),
            best: incumbent.to_vec(),
            best_gain: offers.gain(&plan),
            nodes_left: max_nodes,
            open_bound: f64::NEG_INFINITY,
            slack: 1e-15 * offers.scale(),
        }
    }

    /// Searches the choices among `rest`, which are sorted by gain, worst first.
    fn visit(&mut self, rest: &[Candidate], budget: u64, gain: f64) {
        if gain > self.best_gain {
            self.best_gain = gain;
            self.best.clone_from(&self.chosen);
        }
        let Some((bound, branch)) = relaxation(rest, budget) else {
            return;
        };
        if gain + bound <= self.best_gain + self.slack {
            return;
        }
        if self.nodes_left == 0 {
            self.open_bound = self.open_bound.max(gain + bound);
            return;
        }
        self.nodes_left -= 1;
        let taken = rest[branch];
        let budget_after = budget - taken.cost;
        let mut after: Vec<Candidate> = rest.to_vec();
        after.remove(branch);
        let without = after.clone();
        for (place, candidate) in after.iter_mut().enumerate() {
            if place < branch {
                candidate.gain *= 1.0 - taken.chance;
            } else {
                candidate.gain -= taken.chance * taken.gain;
            }
        }
        after.retain(|candidate| candidate.cost <= budget_after && candidate.gain > 0.0);
        self.chosen.push(taken.program);
        self.visit(&after, budget_after, gain + taken.chance * taken.gain);
        self.chosen.pop();
        self.visit(&without, budget, gain);
    }
}

/// The value of the fractional knapsack over single gains, and the place of
/// the program with the best gain per dollar; `None` when nothing is left.
fn relaxation(rest: &[Candidate], budget: u64) -> Option<(f64, usize)> {
    let single = |candidate: &Candidate| candidate.chance * candidate.gain;
    let mut places: Vec<usize> = (0..rest.len())
        .filter(|&i| rest[i].cost <= budget)
        .collect();
    // Cross-multiplied, so that free programs come first.
    places.sort_by(|&a, &b| {
        let left = single(&rest[a]) * rest[b].cost as f64;
        let right = single(&rest[b]) * rest[a].cost as f64;
        right
            .total_cmp(&left)
            .then(rest[a].program.cmp(&rest[b].program))
    });
    let first = *places.first()?;
    let mut left = budget;
    let mut bound = 0.0;
    for place in places {
        let candidate = &rest[place];
        if candidate.cost <= left {
            left -= candidate.cost;
            bound += single(candidate);
        } else {
            bound += single(candidate) * left as f64 / candidate.cost as f64;
            break;
        }
    }
    Some((bound, first))
}
