//! The exact dynamic programme over the money spent.

use crate::answer::{DollarPrice, Portfolio};
use crate::error::InvalidProblem;
use crate::varied_cost::{Candidate, VariedCost};

/// The budget is followed at least this far, so that the price of a dollar
/// sees the next program even when the budget pays for none.
const LOOK_AHEAD: u64 = 1000;

/// Returns the best portfolio within the budget, exactly.
///
/// V(j, b) is the best expected gain from the j least attractive programs for
/// b dollars; a better program k turns it into (1 - f) V(j, b - cost) + f t.
/// Only cells that the end can be reached from are filled.
///
/// The table runs a little past the budget, to the dearest single fee, for
/// [`DollarPrice::more`].
///
/// # Errors
/// No programs, or another number of costs than of programs.
///
/// # Complexity
/// O(m B) time and m B bytes at most, for m programs and budget B. A budget
/// above the sum of all costs costs no more than that sum.
///
/// # References
/// M. Kapur and S.-P. Hong, "The College Application Problem",
/// arXiv:2205.01869 (2022), the dynamic programme on application
/// expenditures; the example is that of the documentation of
/// `optimalportfolio_dynamicprogram_slow` in Kapur's OptimalApplication.jl
/// (there with indices from 1).
///
/// ```
/// use portfolio::varied_cost::{VariedCost, dynamic_programme};
/// use portfolio::{Program, Utility};
///
/// let offers = [(0.2, 1.0), (0.5, 4.0), (0.1, 9.0), (0.6, 1.0), (0.1, 8.0)];
/// let best = dynamic_programme(&VariedCost {
///     outside: Utility::new(0.0).unwrap(),
///     programs: offers.into_iter().map(|(f, t)| Program::new(f, t).unwrap()).collect(),
///     costs: vec![2, 4, 2, 5, 1],
///     budget: 8,
/// })?;
/// assert_eq!(best.programs(), [1, 2, 4]);
/// assert!((best.value - 3.24).abs() < 1e-12);
/// # Ok::<(), portfolio::InvalidProblem>(())
/// ```
pub fn dynamic_programme(problem: &VariedCost) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    let offers = problem.offers();
    let reach = Reach::new(problem);
    let candidates = problem.candidates(&offers, reach.end);
    let table = Table::fill(&candidates, &reach);
    let chosen = table.chosen(&candidates, reach.budget);
    let dollar = reach.dollar(&table.last);
    Ok(problem.finish(&offers, &chosen, Some(dollar), f64::NEG_INFINITY))
}

/// The size of the table that [`dynamic_programme`] would fill.
pub(super) fn n_cells(problem: &VariedCost) -> u64 {
    let reach = Reach::new(problem);
    (reach.end + 1).saturating_mul(problem.programs.len() as u64)
}

/// How far the table goes, in dollars.
struct Reach {
    budget: u64,
    end: u64,
    /// Whether there is more money than all programs cost together.
    is_ample: bool,
}

impl Reach {
    fn new(problem: &VariedCost) -> Self {
        let total = problem
            .costs
            .iter()
            .fold(0_u64, |sum, &cost| sum.saturating_add(cost));
        let dearest = problem.costs.iter().copied().max().unwrap_or_default();
        let budget = problem.budget.min(total);
        let more = dearest.min(budget.max(LOOK_AHEAD)).min(total - budget);
        Self {
            budget,
            end: budget.saturating_add(more).min(u64::MAX - 1),
            is_ample: problem.budget > total,
        }
    }

    fn dollar(&self, values: &[f64]) -> DollarPrice {
        let at = |dollars: u64| values[dollars as usize];
        let now = at(self.budget);
        let less = if self.budget == 0 || self.is_ample {
            0.0
        } else {
            now - at(self.budget - 1)
        };
        let mut price = DollarPrice {
            more: 0.0,
            step: 0,
            less,
        };
        for step in 1..=self.end - self.budget {
            let rate = (at(self.budget + step) - now) / step as f64;
            if rate > price.more {
                price = DollarPrice {
                    more: rate,
                    step,
                    less,
                };
            }
        }
        price
    }
}

/// The decisions of the dynamic programme and its last row of values.
struct Table {
    last: Vec<f64>,
    rows: Vec<Row>,
    takes: Vec<u8>,
}

/// Where a program's decisions lie: for dollars `start..start + length`.
struct Row {
    start: usize,
    length: usize,
    offset: usize,
}

impl Table {
    fn fill(candidates: &[Candidate], reach: &Reach) -> Self {
        let end = reach.end as usize;
        let mut later: u64 = candidates.iter().map(|candidate| candidate.cost).sum();
        let mut so_far = 0;
        let mut old = vec![0.0; end + 1];
        let mut new = vec![0.0; end + 1];
        let mut rows = Vec::with_capacity(candidates.len());
        let mut takes = Vec::new();
        for candidate in candidates {
            later -= candidate.cost;
            let cost = candidate.cost as usize;
            // Above the sum of the costs so far, more money changes nothing.
            let top = end.min(so_far + cost);
            let flat = old[so_far.min(end)];
            old[so_far.min(end)..=top].fill(flat);
            so_far = top;
            // Below this, all later programs together cannot use up the budget.
            let start = reach.budget.saturating_sub(later + 1) as usize;
            let start = start.min(top);
            let free = start.max(cost.min(top + 1));
            new[start..free].copy_from_slice(&old[start..free]);
            let offset = takes.len();
            takes.resize(offset + (top + 1 - free), 0);
            if free <= top {
                let without = &old[free..=top];
                let with = &old[free - cost..=top - cost];
                step(
                    candidate,
                    without,
                    with,
                    &mut new[free..=top],
                    &mut takes[offset..],
                );
            }
            rows.push(Row {
                start: free,
                length: top + 1 - free,
                offset,
            });
            std::mem::swap(&mut old, &mut new);
        }
        let flat = old[so_far];
        old[so_far..].fill(flat);
        Self {
            last: old,
            rows,
            takes,
        }
    }

    fn chosen(&self, candidates: &[Candidate], budget: u64) -> Vec<usize> {
        let mut chosen = Vec::new();
        let mut left = budget as usize;
        for (candidate, row) in candidates.iter().zip(&self.rows).rev() {
            if row.length == 0 {
                continue;
            }
            // Money beyond the row's end was of no use to the programs so far.
            left = left.min(row.start + row.length - 1);
            if left >= row.start && self.takes[row.offset + left - row.start] == 1 {
                chosen.push(candidate.program);
                left -= candidate.cost as usize;
            }
        }
        chosen
    }
}

/// One program's row: the better of leaving and taking it, and which it was.
fn step(candidate: &Candidate, without: &[f64], with: &[f64], best: &mut [f64], takes: &mut [u8]) {
    let rest = 1.0 - candidate.chance;
    let sure = candidate.chance * candidate.gain;
    let cells = without.iter().zip(with).zip(best.iter_mut().zip(takes));
    for ((&without, &with), (best, take)) in cells {
        let taken = rest * with + sure;
        let better = taken > without;
        *best = if better { taken } else { without };
        *take = u8::from(better);
    }
}
