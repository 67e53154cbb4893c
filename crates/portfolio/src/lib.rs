//! Which programs to apply to, and where to send signals, given the chance and
//! the worth of each offer.
pub mod answer;
pub mod combined;
pub mod common_score;
pub mod error;
pub mod fees;
mod independent;
mod lines;
pub mod program;
pub mod same_cost;
pub mod signals;
pub mod tiered_fee;
pub mod valuation;
pub mod varied_cost;

pub use answer::{DollarPrice, Exchange, Member, NextApplication, Portfolio, SignalPrice};
pub use combined::{Combined, Effort, Pool, Specialty, combined, combined_within};
pub use common_score::{CommonScore, CommonScorePortfolio, common_score};
pub use error::InvalidProblem;
pub use fees::{FeeTable, FeeTier};
pub use program::{Action, Probability, Program, SignalProgram, Utility};
pub use same_cost::{SameCost, Tie, same_cost};
pub use signals::{Signals, signals};
pub use tiered_fee::{TieredFee, tiered_fee};
pub use valuation::valuation;
pub use varied_cost::{VariedCost, varied_cost};
