//! Why a problem cannot be solved as it was given.

use std::fmt;

/// Why a set of numbers is not a problem.
///
/// Numbers outside their range never get this far: [`crate::Probability`] and
/// [`crate::Utility`] refuse them at their constructors.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InvalidProblem {
    /// There is no program to choose from.
    NoPrograms,
    /// A list that goes beside the programs has another length.
    LengthMismatch {
        /// What the list holds, in words.
        list: &'static str,
        /// How many entries were found.
        found: usize,
        /// How many are needed.
        needed: usize,
    },
    /// A fee table has no tier.
    NoFeeTiers,
    /// A fee tier does not reach beyond the one before it.
    FeeTierOrder {
        /// The position of the tier, from 0.
        tier: usize,
    },
    /// A tier stands after one without an upper end.
    FeeTierAfterLast {
        /// The position of the tier, from 0.
        tier: usize,
    },
    /// Fees or costs are too large to be added up.
    FeeOverflow,
    /// A program names a specialty that is not described.
    UnknownSpecialty {
        /// The program's index.
        program: usize,
        /// The specialty's index that it names.
        specialty: usize,
    },
    /// A specialty names a signal pool that is not described.
    UnknownPool {
        /// The specialty's index.
        specialty: usize,
        /// The pool's index that it names.
        pool: usize,
    },
    /// There is no scenario.
    NoScenarios,
    /// A scenario's weight is negative or not a number.
    BadWeight {
        /// The scenario's index.
        scenario: usize,
    },
    /// All weights are zero.
    NoWeight,
}

impl fmt::Display for InvalidProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoPrograms => write!(f, "programs: the list is empty"),
            Self::LengthMismatch {
                list,
                found,
                needed,
            } => {
                write!(f, "{list}: {found} entries, {needed} are needed")
            }
            Self::NoFeeTiers => write!(f, "fee tiers: the list is empty"),
            Self::FeeTierOrder { tier } => {
                write!(
                    f,
                    "fee tier {tier}: does not reach beyond the tier before it"
                )
            }
            Self::FeeTierAfterLast { tier } => {
                write!(
                    f,
                    "fee tier {tier}: stands after a tier without an upper end"
                )
            }
            Self::FeeOverflow => write!(f, "fees: too large to be added up"),
            Self::UnknownSpecialty { program, specialty } => {
                write!(
                    f,
                    "program {program}: specialty {specialty} is not described"
                )
            }
            Self::UnknownPool { specialty, pool } => {
                write!(
                    f,
                    "specialty {specialty}: signal pool {pool} is not described"
                )
            }
            Self::NoScenarios => write!(f, "scenarios: the list is empty"),
            Self::BadWeight { scenario } => {
                write!(f, "weight {scenario}: is negative or not a number")
            }
            Self::NoWeight => write!(f, "weights: all are zero"),
        }
    }
}

impl std::error::Error for InvalidProblem {}
