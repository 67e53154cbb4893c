//! Everything at once: specialties with fee tables, named signal pools, a budget and a limit.
//!
//! The exact search has these parts, each in its own file: `instance`
//! (candidates and limits), `relaxation` (prices for every limit, and so a bound
//! on what a partial plan can still become) and `search` (partial plans, of which
//! only those are kept whose bound is above the best plan known). `residual`
//! prices what single partial plans leave, where there are many, `local` finds
//! good plans early, and `prices` solves again for the shadow prices.

mod instance;
mod local;
mod prices;
mod relaxation;
mod residual;
mod search;

use crate::answer::Portfolio;
use crate::error::InvalidProblem;
use crate::fees::FeeTable;
use crate::independent::Offers;
use crate::program::{SignalProgram, Utility};
use instance::Instance;
use relaxation::Multipliers;
use search::Width;

/// A specialty: what applications in it cost, and whose signals they use.
#[derive(Clone, Debug, PartialEq)]
pub struct Specialty {
    /// The fee table, which starts anew in each specialty.
    pub fees: FeeTable,
    /// The signal pool, an index into [`Combined::pools`]; `None` when no
    /// signals can be sent in this specialty.
    pub pool: Option<usize>,
}

/// Signals that several specialties may share, as IR and DR do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pool {
    /// The most gold signals.
    pub gold: usize,
    /// The most silver signals.
    pub silver: usize,
}

/// Programs in specialties with fees, signals, a budget and a limit.
#[derive(Clone, Debug, PartialEq)]
pub struct Combined {
    /// The utility of having no offer.
    pub outside: Utility,
    /// The candidates.
    pub programs: Vec<SignalProgram>,
    /// The specialty of each program, an index into `specialties`.
    pub specialty_of: Vec<usize>,
    /// The specialties.
    pub specialties: Vec<Specialty>,
    /// The signal pools.
    pub pools: Vec<Pool>,
    /// The most that may be spent, in dollars; `None` when fees do not matter.
    pub budget: Option<u64>,
    /// The most applications in all; `None` for no such limit.
    pub applications: Option<usize>,
}

/// How much work [`combined_within`] may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The most partial plans that are kept beside each other; each takes about
    /// 100 bytes, and 12 more for every candidate.
    pub partial_plans: usize,
    /// From how many of them on single ones get prices of their own, which
    /// bound those like them more tightly.
    pub own_prices_from: usize,
    /// The same as `partial_plans` for each of the problems that are solved for the shadow prices.
    pub price_plans: usize,
    /// Whether the shadow prices are computed, by solving again with one more
    /// of each thing that is limited.
    pub prices: bool,
}

impl Default for Effort {
    fn default() -> Self {
        Self {
            partial_plans: 1 << 20,
            own_prices_from: 512,
            price_plans: 1 << 17,
            prices: true,
        }
    }
}

/// Returns the best plan of applications and signals.
///
/// Equal to [`combined_within`] with the default [`Effort`].
///
/// # Errors
/// See [`combined_within`].
pub fn combined(problem: &Combined) -> Result<Portfolio, InvalidProblem> {
    combined_within(problem, Effort::default())
}

/// Returns the best plan of applications and signals, or the best one that was
/// found within an effort, with a bound on every other one.
///
/// The limits (money, applications, gold and silver of each pool) are priced
/// by Lagrange multipliers. At given prices the best completion of a partial
/// plan is a maximum of straight lines in the chance that nothing better comes,
/// which a recursion from the worst to the best program gives exactly; that
/// bounds every partial plan. Partial plans are extended from the best program
/// to the worst; of those with the same counts only the ones are kept that
/// lead for some value of the rest, and only while their bound is above the
/// best plan known. Where many stand beside each other, prices are also found for
/// what the most promising ones leave; at any prices all others are bounded, too,
/// and the lowest bound counts.
///
/// The answer is exact ([`Portfolio::is_exact`]) unless more partial plans
/// stood beside each other than `effort` allows; then
/// [`Portfolio::upper_bound`] says what may have been missed. Problems of 200
/// candidates in up to six specialties, with pools of 15 signals, were all within
/// the default effort, and mostly within thousands of partial plans (see
/// `docs/benchmarks.md`); with eight pools, each of a specialty, one can take minutes.
///
/// Prices: [`Portfolio::signals`] and [`Portfolio::application`] are differences
/// to the best plan with one more, exact where that is proved within the effort.
/// [`Portfolio::dollar`] looks at the amounts that pay for one more application
/// in some specialty, rather than at every dollar.
///
/// # Errors
/// No programs, another number of specialties than of programs, unknown
/// specialties or pools.
///
/// # Complexity
/// O(m (n log n + l)) for n partial plans beside each other and l lines of the
/// relaxation; n is exponential in the worst case and a few thousand in the
/// problems that this is for.
///
/// # References
/// The relaxation is Lagrange's: M. L. Fisher, "The Lagrangian Relaxation
/// Method for Solving Integer Programming Problems", Management Science 27
/// (1981), 1–18. Its prices are found by the r-algorithm of N. Z. Shor,
/// "Minimization Methods for Non-Differentiable Functions" (1985). The recursion
/// over lines and the search are ours; the value they maximise is that of H.
/// Chade and L. Smith, "Simultaneous Search", Econometrica 74 (2006), 1293–1307.
pub fn combined_within(problem: &Combined, effort: Effort) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    let offers = Offers::with_signals(problem.outside, &problem.programs);
    let instance = Instance::new(problem, &offers);
    let most = |partial_plans| Width {
        most: partial_plans,
        own_prices_from: effort.own_prices_from,
    };
    let solved = solve(&instance, None, most(effort.partial_plans));
    let mut plan = solved.plan.clone();
    offers.trim(&mut plan);
    let exchanges = offers.break_ties(&mut plan, |plan| problem.allows(plan));
    let details = offers.details(&plan, exchanges);
    let prices = if effort.prices {
        prices::prices(
            problem,
            &offers,
            &instance,
            &solved,
            most(effort.price_plans),
        )
    } else {
        prices::Prices::default()
    };
    Ok(Portfolio {
        value: details.value,
        upper_bound: details.value.max(offers.to_value(solved.open_bound)),
        members: details.members,
        next: details.next,
        exchanges: details.exchanges,
        dollar: prices.dollar,
        application: prices.application,
        signals: prices.signals,
    })
}

/// How many partial plans the first search keeps beside each other.
const FIRST_WIDTH: usize = 256;
/// The same where the prices are already good.
const RELATED_WIDTH: usize = 2048;
/// How often the prices are improved before each search.
const FIRST_STEPS: usize = 100;

/// The best choices that were found.
struct Solved {
    /// The number of an action for each program; 0 for none.
    plan: Vec<u8>,
    gain: f64,
    /// The largest bound of a partial plan that was given up.
    open_bound: f64,
    multipliers: Multipliers,
}

/// Solves an instance, starting from choices and prices of a related one.
fn solve(instance: &Instance, start: Option<&Solved>, limit: Width) -> Solved {
    let mut incumbent = search::Incumbent::new(instance, start);
    let mut multipliers = match start {
        Some(solved) => solved.multipliers.clone(),
        None => Multipliers::zero(instance),
    };
    // The prices of a related problem often do as they are. Better prices cost
    // more than a narrow search, and less than a wide one.
    let (mut steps, mut width) = if start.is_some() {
        (0, RELATED_WIDTH)
    } else {
        (FIRST_STEPS, FIRST_WIDTH)
    };
    width = width.min(limit.most);
    loop {
        relaxation::improve(instance, &mut multipliers, incumbent.gain, steps);
        let open_bound = search::search(
            instance,
            &multipliers,
            Width {
                most: width,
                ..limit
            },
            &mut incumbent,
        );
        let proved = open_bound <= incumbent.gain + instance.slack;
        if proved || width >= limit.most {
            let open_bound = if proved {
                f64::NEG_INFINITY
            } else {
                open_bound
            };
            let search::Incumbent { choices, gain } = incumbent;
            return Solved {
                plan: instance.plan(&choices),
                gain,
                open_bound,
                multipliers,
            };
        }
        steps = FIRST_STEPS;
        width = width.saturating_mul(8).min(limit.most);
    }
}

impl Combined {
    fn check(&self) -> Result<(), InvalidProblem> {
        if self.programs.is_empty() {
            return Err(InvalidProblem::NoPrograms);
        }
        if self.specialty_of.len() != self.programs.len() {
            return Err(InvalidProblem::LengthMismatch {
                list: "specialties",
                found: self.specialty_of.len(),
                needed: self.programs.len(),
            });
        }
        for (program, &specialty) in self.specialty_of.iter().enumerate() {
            if specialty >= self.specialties.len() {
                return Err(InvalidProblem::UnknownSpecialty { program, specialty });
            }
        }
        for (specialty, described) in self.specialties.iter().enumerate() {
            if let Some(pool) = described.pool.filter(|&pool| pool >= self.pools.len()) {
                return Err(InvalidProblem::UnknownPool { specialty, pool });
            }
        }
        Ok(())
    }

    /// Whether a plan keeps every limit.
    fn allows(&self, plan: &[u8]) -> bool {
        let mut counts = vec![0_u32; self.specialties.len()];
        let mut used = vec![[0_usize; 4]; self.pools.len()];
        for (program, &action) in plan.iter().enumerate().filter(|&(_, &action)| action > 0) {
            let specialty = self.specialty_of[program];
            counts[specialty] += 1;
            match self.specialties[specialty].pool {
                Some(pool) => used[pool][usize::from(action)] += 1,
                None if action > 1 => return false,
                None => {}
            }
        }
        let signals = self.pools.iter().zip(&used);
        let signals_left = signals
            .clone()
            .all(|(pool, used)| used[2] <= pool.silver && used[3] <= pool.gold);
        let sent: u32 = counts.iter().sum();
        signals_left
            && self.applications.is_none_or(|most| sent as usize <= most)
            && self
                .total_fee(&counts)
                .is_some_and(|fee| self.budget.is_none_or(|b| fee <= b))
    }

    /// The fees of so many applications per specialty; `None` past a table's end.
    fn total_fee(&self, counts: &[u32]) -> Option<u64> {
        let mut sum = 0_u64;
        for (specialty, &n) in self.specialties.iter().zip(counts) {
            // Without a budget only the end of a table matters.
            let fee = specialty.fees.total(n)?;
            sum = sum.saturating_add(fee);
        }
        Some(sum)
    }
}
