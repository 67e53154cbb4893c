//! What every solver answers: the portfolio, what each part is worth, and what more would be worth.

use crate::program::Action;

/// One member of a portfolio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Member {
    /// The program's index in the problem.
    pub program: usize,
    /// What is sent to it.
    pub action: Action,
    /// How much the expected utility falls when this application alone is left out.
    pub marginal: f64,
}

/// The best application that could be added to a portfolio.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct NextApplication {
    /// The program's index in the problem.
    pub program: usize,
    /// How much a plain application to it would add, were there room and money for it.
    pub gain: f64,
}

/// Two programs that could trade places without changing the value.
///
/// Ties are broken towards the lower index; what is listed here is what the
/// rule decided, so that a student may decide otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Exchange {
    /// The program that holds the stronger action.
    pub member: usize,
    /// The program that could hold it at the same value.
    pub instead: usize,
}

/// What money is worth at the margin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DollarPrice {
    /// The best rate at which more money buys expected utility: the largest
    /// (V(B + d) - V(B)) / d over d from 1 to the dearest single fee, per dollar.
    pub more: f64,
    /// The d at which that rate is reached, in dollars; 0 when more money buys nothing.
    pub step: u64,
    /// What one dollar less would lose: V(B) - V(B - 1); 0 when the budget is 0.
    pub less: f64,
}

/// What one more signal of a pool is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalPrice {
    /// What one more gold signal would add.
    pub gold: f64,
    /// What one more silver signal would add.
    pub silver: f64,
}

/// A set of applications with everything that is known about its worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Portfolio {
    /// The expected utility of the best offer (or of none).
    pub value: f64,
    /// No feasible portfolio is worth more than this. Equal to `value` when the
    /// solver has proved its answer (see [`Portfolio::is_exact`]).
    pub upper_bound: f64,
    /// The members, by index.
    pub members: Vec<Member>,
    /// The best application to add; `None` when every program worth an
    /// application is a member.
    pub next: Option<NextApplication>,
    /// Trades of equal value, by index.
    pub exchanges: Vec<Exchange>,
    /// The shadow price of a dollar, where the problem has a budget.
    pub dollar: Option<DollarPrice>,
    /// What room for one more application would add, where the problem caps
    /// them and has no budget.
    pub application: Option<f64>,
    /// The shadow price of a signal for each pool.
    pub signals: Vec<SignalPrice>,
}

impl Portfolio {
    /// Returns whether the value is proved to be the optimum (within rounding).
    pub fn is_exact(&self) -> bool {
        self.upper_bound <= self.value
    }

    /// Returns the members' indices, in order.
    pub fn programs(&self) -> Vec<usize> {
        self.members.iter().map(|member| member.program).collect()
    }

    /// Returns what is sent to each of `n_programs` programs.
    pub fn plan(&self, n_programs: usize) -> Vec<Option<Action>> {
        let mut plan = vec![None; n_programs];
        for member in &self.members {
            plan[member.program] = Some(member.action);
        }
        plan
    }
}
