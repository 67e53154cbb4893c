//! Applications with a limited number of gold and silver signals.

use crate::answer::{Portfolio, SignalPrice};
use crate::combined::{self, Combined, Pool, Specialty};
use crate::error::InvalidProblem;
use crate::fees::FeeTable;
use crate::independent::Offers;
use crate::program::{SignalProgram, Utility};

/// Programs that may be sent signals, and how many of what there is.
#[derive(Clone, Debug, PartialEq)]
pub struct Signals {
    /// The utility of having no offer.
    pub outside: Utility,
    /// The candidates.
    pub programs: Vec<SignalProgram>,
    /// The most applications in all, with or without a signal.
    pub applications: usize,
    /// The most gold signals.
    pub gold: usize,
    /// The most silver signals.
    pub silver: usize,
}

/// The largest table that is filled, in cells (and bytes).
const MAX_CELLS: usize = 1 << 27;

/// Returns the best plan of applications and signals, exactly.
///
/// All limits are upper limits. A signal goes with an application, and at most
/// one goes to a program. A signal that would change nothing is not sent.
///
/// [`Portfolio::signals`] holds one entry, the exact worth of one more signal
/// of each kind; [`Portfolio::application`] that of one more application.
///
/// Past 2^27 cells, [`combined()`](crate::combined()) answers instead; see
/// there for its limit.
///
/// # Errors
/// [`InvalidProblem::NoPrograms`].
///
/// # Complexity
/// O(m a g s) time and bytes for m programs, a applications (left out when
/// there are no more candidates than that), g gold and s silver signals.
///
/// # References
/// The recursion is that of M. Kapur and S.-P. Hong, "The College Application
/// Problem", arXiv:2205.01869 (2022); counts of signals in the place of money
/// are ours. Gold and silver signals are those of ERAS (AAMC, "Program
/// Signaling for the 2025 MyERAS Application Season").
///
/// ```
/// use portfolio::{Probability, Program, SignalProgram, Signals, Utility, signals};
///
/// let program = |f, silver, gold, t| SignalProgram {
///     program: Program::new(f, t).unwrap(),
///     silver: Probability::new(silver),
///     gold: Probability::new(gold),
/// };
/// let best = signals(&Signals {
///     outside: Utility::new(0.0).unwrap(),
///     programs: vec![program(0.1, 0.2, 0.5, 8.0), program(0.1, 0.4, 0.5, 6.0)],
///     applications: 2,
///     gold: 1,
///     silver: 1,
/// })?;
/// // Gold on the first, silver on the second: 0.5 * 8 + 0.5 * 0.4 * 6.
/// assert!((best.value - 5.2).abs() < 1e-12);
/// # Ok::<(), portfolio::InvalidProblem>(())
/// ```
pub fn signals(problem: &Signals) -> Result<Portfolio, InvalidProblem> {
    if problem.programs.is_empty() {
        return Err(InvalidProblem::NoPrograms);
    }
    let offers = Offers::with_signals(problem.outside, &problem.programs);
    let shape = Shape::new(problem, offers.ranked.len());
    match shape
        .n_states()
        .and_then(|n| n.checked_mul(offers.ranked.len().max(1)))
    {
        Some(cells) if cells <= MAX_CELLS => Ok(from_table(problem, &offers, &shape)),
        _ => combined::combined(&problem.as_combined()),
    }
}

impl Signals {
    /// The same problem without fees in the form of [`Combined`].
    fn as_combined(&self) -> Combined {
        Combined {
            outside: self.outside,
            programs: self.programs.clone(),
            specialty_of: vec![0; self.programs.len()],
            specialties: vec![Specialty {
                fees: FeeTable::flat(0),
                pool: Some(0),
            }],
            pools: vec![Pool {
                gold: self.gold,
                silver: self.silver,
            }],
            budget: None,
            applications: Some(self.applications),
        }
    }
}

/// The limits that the table runs to: one past those of the problem, where
/// there are candidates for it, so that prices can be read off.
struct Shape {
    /// Rows of applications; 1 when applications are not limited.
    rows: usize,
    golds: usize,
    silvers: usize,
    limited: bool,
    n_candidates: usize,
}

impl Shape {
    fn new(problem: &Signals, n_candidates: usize) -> Self {
        let limited = problem.applications < n_candidates;
        Self {
            rows: if limited { problem.applications + 2 } else { 1 },
            golds: problem.gold.min(n_candidates) + 2,
            silvers: problem.silver.min(n_candidates) + 2,
            limited,
            n_candidates,
        }
    }

    fn n_states(&self) -> Option<usize> {
        self.rows.checked_mul(self.golds)?.checked_mul(self.silvers)
    }

    fn state(&self, applications: usize, gold: usize, silver: usize) -> usize {
        let row = if self.limited { applications } else { 0 };
        (row * self.golds + gold.min(self.golds - 1)) * self.silvers + silver.min(self.silvers - 1)
    }

    /// By how much the number of a state falls when an action is paid for.
    fn price(&self, action: usize) -> usize {
        let application = if self.limited {
            self.golds * self.silvers
        } else {
            0
        };
        application + [0, 0, 1, self.silvers][action]
    }

    fn at_problem(&self, problem: &Signals) -> [usize; 3] {
        let cap = |n: usize| n.min(self.n_candidates);
        [problem.applications, cap(problem.gold), cap(problem.silver)]
    }
}

fn from_table(problem: &Signals, offers: &Offers, shape: &Shape) -> Portfolio {
    let n_states = shape.n_states().unwrap_or(1);
    let worst_first: Vec<usize> = offers.ranked.iter().rev().copied().collect();
    let mut values = vec![0.0; n_states];
    let mut takes = vec![0_u8; n_states * worst_first.len()];
    for (&program, takes) in worst_first.iter().zip(takes.chunks_mut(n_states)) {
        step(
            shape,
            &offers.chances[program],
            offers.gains[program],
            &mut values,
            takes,
        );
    }

    let [applications, gold, silver] = shape.at_problem(problem);
    let here = shape.state(applications, gold, silver);
    let mut state = here;
    let mut plan = vec![0; problem.programs.len()];
    for (&program, takes) in worst_first.iter().zip(takes.chunks(n_states)).rev() {
        let action = takes[state];
        plan[program] = action;
        if action > 0 {
            state -= shape.price(usize::from(action));
        }
    }
    offers.trim(&mut plan);
    let exchanges = offers.break_ties(&mut plan, |_| true);
    let details = offers.details(&plan, exchanges);
    let more = |state: usize| values[state] - values[here];
    let application = if shape.limited {
        shape.state(applications + 1, gold, silver)
    } else {
        here
    };
    Portfolio {
        value: details.value,
        upper_bound: details.value,
        members: details.members,
        next: details.next,
        exchanges: details.exchanges,
        dollar: None,
        application: Some(more(application)),
        signals: vec![SignalPrice {
            gold: more(shape.state(applications, gold + 1, silver)),
            silver: more(shape.state(applications, gold, silver + 1)),
        }],
    }
}

/// Adds a program, better than all before it, with the action that gains most.
fn step(shape: &Shape, chances: &[f64; 4], gain: f64, values: &mut [f64], takes: &mut [u8]) {
    let prices: [usize; 4] = std::array::from_fn(|action| shape.price(action));
    // From many to few, so that what is read has not been touched yet.
    for row in (0..shape.rows).rev() {
        if shape.limited && row == 0 {
            continue;
        }
        for gold in (0..shape.golds).rev() {
            for silver in (0..shape.silvers).rev() {
                let state = shape.state(row, gold, silver);
                let mut best = values[state];
                let mut take = 0;
                for action in 1..=3 {
                    let short = (action == 2 && silver == 0) || (action == 3 && gold == 0);
                    if short || chances[action] == 0.0 {
                        continue;
                    }
                    let before = values[state - prices[action]];
                    let taken = (1.0 - chances[action]) * before + chances[action] * gain;
                    if taken > best {
                        (best, take) = (taken, action as u8);
                    }
                }
                values[state] = best;
                takes[state] = take;
            }
        }
    }
}
