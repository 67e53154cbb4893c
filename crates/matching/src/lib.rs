//! Stable matching as the residency Match does it: couples, supplemental lists, reversions, verification, simulation.

mod blocking;
mod builder;
mod deferred_acceptance;
mod description;
mod draw;
mod encoding;
mod enumerate;
mod index;
mod invalid;
mod join;
mod market;
mod matching;
mod names;
mod noise;
mod parallel;
mod rng;
mod roth_peranson;
mod sat;
mod seats;
mod simulate;
mod solve;
mod what_if;

pub use blocking::{BlockingPair, NotAMatching, blocking_pairs};
pub use builder::MarketBuilder;
pub use deferred_acceptance::{deferred_acceptance, program_proposing_deferred_acceptance};
pub use description::{Description, Interview, InvalidDescription};
pub use enumerate::{StableMatchings, enumerate};
pub use index::{Applicant, Couple, Program};
pub use invalid::InvalidMarket;
pub use market::{Market, Side, Unreciprocated};
pub use matching::Matching;
pub use simulate::{Distributions, Share, SimulateOptions, simulate};
pub use solve::{Solution, SolveOptions, Stage, Status, solve, solve_with_progress};
pub use what_if::{Change, InvalidChange, WhatIf};
