//! The crate's tests: cited examples, agreement with enumeration, and invariance.

mod combined;
mod common_score;
mod common_score_ties;
mod enumeration;
mod random;
mod same_cost;
mod scenarios;
mod signals;
mod tiered_fee;
mod varied_cost;
