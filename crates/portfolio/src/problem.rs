//! Any of the crate's problems, and the answer that belongs to it.

use crate::answer::Portfolio;
use crate::combined::{Combined, combined};
use crate::common_score::{CommonScore, common_score};
use crate::error::InvalidProblem;
use crate::program::{Program, Utility};
use crate::same_cost::{SameCost, same_cost};
use crate::scenarios::{Scenarios, scenarios};
use crate::signals::{Signals, signals};
use crate::tiered_fee::{TieredFee, tiered_fee};
use crate::varied_cost::{VariedCost, varied_cost};

/// A problem of any kind.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// The best h for every h, offers independent: see [`same_cost()`].
    SameCost {
        /// The utility of having no offer.
        outside: Utility,
        /// The candidates.
        programs: Vec<Program>,
    },
    /// Own costs under a budget: see [`varied_cost()`].
    VariedCost(VariedCost),
    /// Fees by tier in each specialty: see [`tiered_fee()`].
    TieredFee(TieredFee),
    /// Gold and silver signals: see [`signals()`].
    Signals(Signals),
    /// The best h for every h, one score deciding: see [`common_score()`].
    CommonScore {
        /// The utility of having no offer.
        outside: Utility,
        /// The candidates.
        programs: Vec<Program>,
    },
    /// Weighted scenarios: see [`scenarios()`].
    Scenarios(Scenarios),
    /// Specialties, fees, pools and limits together: see [`combined()`].
    Combined(Combined),
}

/// The answer to a [`Problem`], in the form that its kind has.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// The best h for every h, offers independent.
    SameCost(SameCost),
    /// The best h for every h, one score deciding.
    CommonScore(CommonScore),
    /// A set of programs.
    Programs(Portfolio),
    /// What is sent to each program.
    Plan(Portfolio),
}

/// Solves a problem of any kind. `max_h` bounds the sizes of the two kinds
/// that answer for every size; the others pass it over.
///
/// # Errors
/// Those of the kind's own solver.
pub fn solve(problem: &Problem, max_h: usize) -> Result<Answer, InvalidProblem> {
    Ok(match problem {
        Problem::SameCost { outside, programs } => {
            Answer::SameCost(same_cost(*outside, programs, max_h)?)
        }
        Problem::CommonScore { outside, programs } => {
            Answer::CommonScore(common_score(*outside, programs, max_h)?)
        }
        Problem::VariedCost(problem) => Answer::Programs(varied_cost(problem)?),
        Problem::TieredFee(problem) => Answer::Programs(tiered_fee(problem)?),
        Problem::Scenarios(problem) => Answer::Programs(scenarios(problem)?),
        Problem::Signals(problem) => Answer::Plan(signals(problem)?),
        Problem::Combined(problem) => Answer::Plan(combined(problem)?),
    })
}

impl Problem {
    /// Returns the number of candidates.
    pub fn n_programs(&self) -> usize {
        match self {
            Self::SameCost { programs, .. } | Self::CommonScore { programs, .. } => programs.len(),
            Self::VariedCost(problem) => problem.programs.len(),
            Self::TieredFee(problem) => problem.programs.len(),
            Self::Signals(problem) => problem.programs.len(),
            Self::Scenarios(problem) => problem.utilities.len(),
            Self::Combined(problem) => problem.programs.len(),
        }
    }
}
