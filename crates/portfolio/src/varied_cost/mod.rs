//! Every application has its own cost, and a budget bounds their sum.

mod approximation;
mod branch_and_bound;
mod dynamic_programme;

pub use approximation::approximation;
pub use branch_and_bound::branch_and_bound;
pub use dynamic_programme::dynamic_programme;

use crate::answer::{DollarPrice, Portfolio};
use crate::error::InvalidProblem;
use crate::independent::Offers;
use crate::program::{Program, Utility};

/// Programs with whole-dollar costs and a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct VariedCost {
    /// The utility of having no offer.
    pub outside: Utility,
    /// The candidates.
    pub programs: Vec<Program>,
    /// The cost of applying to each program, in dollars (or any whole unit).
    pub costs: Vec<u64>,
    /// The most that may be spent, in the same unit.
    pub budget: u64,
}

/// The largest table that the dynamic programme fills, in cells (and bytes).
const MAX_CELLS: u64 = 1 << 28;
/// The most work of the branch and bound for large budgets, in nodes times programs.
const MAX_NODE_PROGRAMS: u64 = 1 << 25;
/// The most sets that the approximation may note for large budgets.
const MAX_SETS: f64 = (1_u64 << 25) as f64;
/// The smallest relative error that it is asked for.
const SMALLEST_ERROR: f64 = 1e-3;

/// Returns the best portfolio within the budget.
///
/// The dynamic programme answers exactly while its table has at most 2^28
/// cells (programs times dollars). Past that, the approximation and a branch
/// and bound of limited effort answer together; then [`Portfolio::upper_bound`]
/// says how far from the optimum the answer can be, and the price of a dollar
/// is not computed.
///
/// # Errors
/// No programs, or another number of costs than of programs.
///
/// # Complexity
/// That of [`dynamic_programme`], or of [`approximation`] and [`branch_and_bound`].
pub fn varied_cost(problem: &VariedCost) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    if dynamic_programme::n_cells(problem) <= MAX_CELLS {
        return dynamic_programme(problem);
    }
    let n_programs = problem.programs.len() as u64;
    let first = approximation(problem, affordable_error(problem))?;
    let nodes = MAX_NODE_PROGRAMS / n_programs;
    let second = branch_and_bound::from_incumbent(problem, nodes, &first.programs());
    let upper_bound = first.upper_bound.min(second.upper_bound);
    let better = if second.value > first.value {
        second
    } else {
        first
    };
    Ok(Portfolio {
        upper_bound: upper_bound.max(better.value),
        ..better
    })
}

/// The relative error for which the approximation notes about [`MAX_SETS`] sets.
fn affordable_error(problem: &VariedCost) -> f64 {
    let candidates = problem.candidates(&problem.offers(), problem.budget);
    let n = candidates.len() as f64;
    let single = candidates
        .iter()
        .map(|c| c.chance * c.gain)
        .fold(0.0, f64::max);
    let Some(bound) = branch_and_bound::root_bound(&candidates, problem.budget) else {
        return SMALLEST_ERROR;
    };
    // Each of n steps keeps at most as many sets as intervals fit below the bound.
    (n * n * bound / single / MAX_SETS).max(SMALLEST_ERROR)
}

impl VariedCost {
    fn check(&self) -> Result<(), InvalidProblem> {
        if self.programs.is_empty() {
            return Err(InvalidProblem::NoPrograms);
        }
        if self.costs.len() != self.programs.len() {
            return Err(InvalidProblem::LengthMismatch {
                list: "costs",
                found: self.costs.len(),
                needed: self.programs.len(),
            });
        }
        Ok(())
    }

    fn offers(&self) -> Offers {
        Offers::plain(self.outside, &self.programs)
    }

    /// Programs that are worth an application and cost at most `limit`, worst first.
    fn candidates(&self, offers: &Offers, limit: u64) -> Vec<Candidate> {
        offers
            .ranked
            .iter()
            .rev()
            .map(|&program| Candidate {
                program,
                chance: offers.chances[program][1],
                gain: offers.gains[program],
                cost: self.costs[program],
            })
            .filter(|candidate| candidate.chance > 0.0 && candidate.cost <= limit)
            .collect()
    }

    fn within_budget(&self, plan: &[u8]) -> bool {
        let spent = plan
            .iter()
            .zip(&self.costs)
            .filter(|&(&action, _)| action > 0)
            .try_fold(0_u64, |sum, (_, &cost)| sum.checked_add(cost));
        spent.is_some_and(|spent| spent <= self.budget)
    }

    /// Turns chosen programs into an answer.
    fn finish(
        &self,
        offers: &Offers,
        chosen: &[usize],
        dollar: Option<DollarPrice>,
        gain_bound: f64,
    ) -> Portfolio {
        let mut plan = vec![0; self.programs.len()];
        for &program in chosen {
            plan[program] = 1;
        }
        offers.trim(&mut plan);
        let exchanges = offers.break_ties(&mut plan, |plan| self.within_budget(plan));
        let details = offers.details(&plan, exchanges);
        Portfolio {
            value: details.value,
            upper_bound: details.value.max(offers.to_value(gain_bound)),
            members: details.members,
            next: details.next,
            exchanges: details.exchanges,
            dollar,
            application: None,
            signals: Vec::new(),
        }
    }
}

/// A program that may enter the portfolio.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    program: usize,
    chance: f64,
    /// What its offer is worth above no offer, or above what is already chosen.
    gain: f64,
    cost: u64,
}
