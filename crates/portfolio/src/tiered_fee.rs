//! Fees that rise with the number of applications in a specialty, as those of ERAS do.

use crate::answer::{DollarPrice, Portfolio};
use crate::combined::{self, Combined, Specialty};
use crate::error::InvalidProblem;
use crate::fees::FeeTable;
use crate::independent::Offers;
use crate::program::{Program, SignalProgram, Utility};

/// Programs in specialties, a fee table for each specialty, and a budget.
#[derive(Clone, Debug, PartialEq)]
pub struct TieredFee {
    /// The utility of having no offer.
    pub outside: Utility,
    /// The candidates.
    pub programs: Vec<Program>,
    /// The specialty of each program, an index into `fees`.
    pub specialties: Vec<usize>,
    /// The fee table of each specialty.
    pub fees: Vec<FeeTable>,
    /// The most that may be spent, in dollars.
    pub budget: u64,
    /// The most applications in all; `None` for no such limit.
    pub applications: Option<usize>,
}

/// The largest table of counts that is filled, in cells (and bytes).
const MAX_CELLS: usize = 1 << 26;

/// Returns the best portfolio within the budget.
///
/// What an application costs depends on how many others go to its specialty,
/// so the dynamic programme counts applications per specialty, and fees are
/// added up at the end. That is exact for every fee table, rising or not.
/// When the counts of many specialties make too large a table (2^26 cells),
/// [`combined()`](crate::combined()) answers instead; see there for its limit.
///
/// # Errors
/// No programs, another number of specialties than of programs, a specialty
/// without a fee table.
///
/// # Complexity
/// O(m (n_1 + 1) … (n_s + 1)) time and bytes, n_i the number of applications
/// in specialty i that there are candidates and money for.
///
/// # References
/// The recursion is that of M. Kapur and S.-P. Hong, "The College Application
/// Problem", arXiv:2205.01869 (2022); counts in the place of money are ours.
pub fn tiered_fee(problem: &TieredFee) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    let offers = Offers::plain(problem.outside, &problem.programs);
    let grid = Grid::new(problem, &offers);
    match grid
        .n_states()
        .and_then(|n| n.checked_mul(offers.ranked.len().max(1)))
    {
        Some(cells) if cells <= MAX_CELLS => Ok(from_table(problem, &offers, &grid)),
        _ => combined::combined(&problem.as_combined()),
    }
}

impl TieredFee {
    fn check(&self) -> Result<(), InvalidProblem> {
        if self.programs.is_empty() {
            return Err(InvalidProblem::NoPrograms);
        }
        if self.specialties.len() != self.programs.len() {
            return Err(InvalidProblem::LengthMismatch {
                list: "specialties",
                found: self.specialties.len(),
                needed: self.programs.len(),
            });
        }
        for (program, &specialty) in self.specialties.iter().enumerate() {
            if specialty >= self.fees.len() {
                return Err(InvalidProblem::UnknownSpecialty { program, specialty });
            }
        }
        Ok(())
    }

    /// The same problem without signals in the form of [`Combined`].
    fn as_combined(&self) -> Combined {
        let specialty = |fees: &FeeTable| Specialty {
            fees: fees.clone(),
            pool: None,
        };
        Combined {
            outside: self.outside,
            programs: self
                .programs
                .iter()
                .map(|&p| SignalProgram::from(p))
                .collect(),
            specialty_of: self.specialties.clone(),
            specialties: self.fees.iter().map(specialty).collect(),
            pools: Vec::new(),
            budget: Some(self.budget),
            applications: self.applications,
        }
    }

    fn affordable(&self, plan: &[u8]) -> bool {
        let mut counts = vec![0_u32; self.fees.len()];
        for (&action, &specialty) in plan.iter().zip(&self.specialties) {
            counts[specialty] += u32::from(action > 0);
        }
        let sent: u32 = counts.iter().sum();
        let fee = self
            .fees
            .iter()
            .zip(counts)
            .try_fold(0_u64, |sum, (fees, n)| sum.checked_add(fees.total(n)?));
        fee.is_some_and(|fee| fee <= self.budget)
            && self.applications.is_none_or(|most| sent as usize <= most)
    }
}

/// The counts of applications per specialty that the table follows.
struct Grid {
    /// Total fees for 0, 1, 2, … applications in each specialty.
    totals: Vec<Vec<u64>>,
}

impl Grid {
    fn new(problem: &TieredFee, offers: &Offers) -> Self {
        let mut candidates = vec![0; problem.fees.len()];
        for &program in &offers.ranked {
            candidates[problem.specialties[program]] += 1;
        }
        let dearest = problem
            .fees
            .iter()
            .map(FeeTable::dearest)
            .max()
            .unwrap_or_default();
        let limit = problem.budget.saturating_add(dearest);
        let totals = problem
            .fees
            .iter()
            .zip(candidates)
            .map(|(fees, n)| fees.totals(n, limit))
            .collect();
        Self { totals }
    }

    fn n_states(&self) -> Option<usize> {
        self.totals
            .iter()
            .try_fold(1_usize, |product, totals| product.checked_mul(totals.len()))
    }

    /// Calls `visit` with the state, its fee and its number of applications.
    fn each_state(&self, mut visit: impl FnMut(usize, u64, usize)) {
        let mut counts = vec![0_usize; self.totals.len()];
        for state in 0..self.n_states().unwrap_or_default() {
            let totals = self.totals.iter().zip(&counts);
            let fee = totals.fold(0_u64, |sum, (totals, &n)| sum.saturating_add(totals[n]));
            visit(state, fee, counts.iter().sum());
            for (count, totals) in counts.iter_mut().zip(&self.totals) {
                *count += 1;
                if *count < totals.len() {
                    break;
                }
                *count = 0;
            }
        }
    }
}

fn from_table(problem: &TieredFee, offers: &Offers, grid: &Grid) -> Portfolio {
    let n_states = grid.n_states().unwrap_or(1);
    let mut strides = Vec::with_capacity(grid.totals.len());
    let mut stride = 1;
    for totals in &grid.totals {
        strides.push(stride);
        stride *= totals.len();
    }
    let worst_first: Vec<usize> = offers.ranked.iter().rev().copied().collect();
    let mut values = vec![0.0; n_states];
    let mut takes = vec![0_u8; n_states * worst_first.len()];
    for (&program, takes) in worst_first.iter().zip(takes.chunks_mut(n_states)) {
        let specialty = problem.specialties[program];
        let axis = Axis {
            stride: strides[specialty],
            length: grid.totals[specialty].len(),
        };
        axis.step(
            offers.chances[program][1],
            offers.gains[program],
            &mut values,
            takes,
        );
    }

    let (mut state, dollar) = best_state(problem, grid, &values);
    let mut plan = vec![0; problem.programs.len()];
    for (&program, takes) in worst_first.iter().zip(takes.chunks(n_states)).rev() {
        if takes[state] == 1 {
            plan[program] = 1;
            state -= strides[problem.specialties[program]];
        }
    }
    offers.trim(&mut plan);
    let exchanges = offers.break_ties(&mut plan, |plan| problem.affordable(plan));
    let details = offers.details(&plan, exchanges);
    Portfolio {
        value: details.value,
        upper_bound: details.value,
        members: details.members,
        next: details.next,
        exchanges: details.exchanges,
        dollar: Some(dollar),
        application: None,
        signals: Vec::new(),
    }
}

/// Where one specialty's count stands in the number of a state.
struct Axis {
    stride: usize,
    length: usize,
}

impl Axis {
    /// Adds a program, better than all before it, wherever that gains.
    fn step(&self, chance: f64, gain: f64, values: &mut [f64], takes: &mut [u8]) {
        let (rest, sure) = (1.0 - chance, chance * gain);
        let block = self.stride * self.length;
        for (values, takes) in values.chunks_mut(block).zip(takes.chunks_mut(block)) {
            // From many applications to few, so that each is counted once.
            for n in (1..self.length).rev() {
                let (fewer, more) = values.split_at_mut(n * self.stride);
                let fewer = &fewer[(n - 1) * self.stride..];
                let takes = &mut takes[n * self.stride..];
                for ((value, take), &before) in more.iter_mut().zip(takes).zip(fewer) {
                    let taken = rest * before + sure;
                    *take = u8::from(taken > *value);
                    *value = value.max(taken);
                }
            }
        }
    }
}

/// The best state that the budget pays for, and the price of a dollar there.
fn best_state(problem: &TieredFee, grid: &Grid, values: &[f64]) -> (usize, DollarPrice) {
    let most = problem.applications.unwrap_or(usize::MAX);
    let (mut best, mut best_fee, mut one_less) = (0, 0, 0.0_f64);
    grid.each_state(|state, fee, sent| {
        if fee > problem.budget || sent > most {
            return;
        }
        if fee < problem.budget {
            one_less = one_less.max(values[state]);
        }
        if values[state] > values[best] || (values[state] == values[best] && fee < best_fee) {
            (best, best_fee) = (state, fee);
        }
    });
    let now = values[best];
    let less = if problem.budget == 0 {
        0.0
    } else {
        now - one_less
    };
    let mut dollar = DollarPrice {
        more: 0.0,
        step: 0,
        less,
    };
    grid.each_state(|state, fee, sent| {
        if fee <= problem.budget || sent > most {
            return;
        }
        let step = fee - problem.budget;
        let rate = (values[state] - now) / step as f64;
        if rate > dollar.more {
            dollar = DollarPrice {
                more: rate,
                step,
                less,
            };
        }
    });
    (best, dollar)
}
