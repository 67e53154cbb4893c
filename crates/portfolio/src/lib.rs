//! Which programs to apply to, and where to send signals, given the chance and
//! the worth of each offer.
//!
//! The student takes the best offer that comes, or none. A portfolio is worth
//! the expected utility of that: E[max(t0, best t_i among the offers)], t0
//! being the utility of having no offer. Nothing here knows where the chances
//! come from, and no answer promises an offer.
//!
//! | problem | offers | limits | solver | exact |
//! |---|---|---|---|---|
//! | equal cost | independent | h programs, every h | [`same_cost()`] | always |
//! | own costs | independent | money | [`varied_cost()`] | up to 2^28 programs times dollars, then with a bound |
//! | fees by tier | independent | money, counts by specialty | [`tiered_fee()`] | always for a few specialties, else as combined |
//! | signals | independent | applications, gold, silver | [`signals()`] | always up to hundreds of programs |
//! | all of that | independent | money, applications, named pools | [`combined()`] | until the effort is spent, then with a bound |
//! | one common score | nested | h programs, every h | [`common_score()`] | always |
//! | scenarios | any | h programs | [`scenarios()`] | small problems, else with a bound |
//!
//! # Rules that hold everywhere
//! - Limits are upper limits. Where exactly h programs are asked for, programs
//!   that add nothing fill the portfolio up, by index; elsewhere no program
//!   and no signal that adds nothing is used.
//! - An offer that is no better than none (t <= t0) is worth nothing.
//! - Values are the same within 1e-12 of the largest gain whatever the order of
//!   the programs. Trades within that distance count as ties: the lower index
//!   gets the stronger action, and the answer lists the trades.
//! - The same problem has the same answer on every machine: there is no
//!   randomness, no thread and no clock.

pub mod answer;
pub mod combined;
pub mod common_score;
pub mod error;
pub mod fees;
mod independent;
mod lines;
pub mod problem;
pub mod program;
pub mod same_cost;
pub mod scenarios;
pub mod signals;
pub mod tiered_fee;
mod trades;
pub mod valuation;
pub mod varied_cost;

pub use answer::{DollarPrice, Exchange, Member, NextApplication, Portfolio, SignalPrice};
pub use combined::{Combined, Effort, Pool, Specialty, combined, combined_within};
pub use common_score::{CommonScore, CommonScorePortfolio, common_score};
pub use error::InvalidProblem;
pub use fees::{FeeTable, FeeTier};
pub use problem::{Answer, Problem, solve};
pub use program::{Action, Probability, Program, SignalProgram, Utility};
pub use same_cost::{SameCost, Tie, same_cost};
pub use scenarios::{Admits, ScenarioEffort, Scenarios, scenarios, scenarios_within};
pub use signals::{Signals, signals};
pub use tiered_fee::{TieredFee, tiered_fee};
pub use valuation::valuation;
pub use varied_cost::{VariedCost, varied_cost};
