//! Market files: programs, applicants, couples and reversions, and the results of solving them.
//!
//! | what | read | write |
//! |---|---|---|
//! | market | [`read_json`], [`read_csv`] | |
//! | result of solving | [`read_result`] (JSON or CSV) | [`write_solution_json`], [`write_matching_csv`] with [`write_summary_json`] |
//! | blocking pairs | | [`write_blocking_json`], [`describe_blocking`] |
//! | description for a simulation | [`read_description_json`] | [`write_distributions_json`] |
//!
//! Every reader also takes gzip, which it recognises by its first bytes.
//!
//! A market is refused as a whole when one record is wrong: leaving a rank list out would silently change everybody
//! else's result. This is the one place in this crate where a bad row loses the others.

mod csv;
mod read_json;
mod simulation;
mod write_json;

pub use csv::{read_csv, write_matching_csv};
pub use read_json::{read_json, read_result};
pub use simulation::{read_description_json, write_distributions_json};
pub use write_json::{
    describe_blocking, write_blocking_json, write_solution_json, write_summary_json,
};

use crate::document::DocumentError;

/// Why a market file, or a result, is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MarketFileError {
    /// The bytes could not be read, or a compressed file is damaged.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// The text is not JSON of the right shape.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// A line of a CSV file is not of the right shape.
    #[error("{file} line {line}, {field}: found {found}, {would_do} would do")]
    Line {
        /// Which of the files: `applicants`, `programs`, `couples` or `result`.
        file: &'static str,
        /// Counted from 1, the header included.
        line: usize,
        /// The column's name.
        field: &'static str,
        /// What was found.
        found: String,
        /// What would do.
        would_do: &'static str,
    },
    /// The records can be read, but are no market.
    #[error(transparent)]
    Market(#[from] matching::InvalidMarket),
    /// The records can be read, but are no description for a simulation.
    #[error(transparent)]
    Description(#[from] matching::InvalidDescription),
    /// A result names somebody who is not in the market.
    #[error("result: unknown {what} {id}")]
    Unknown {
        /// `applicant` or `program`.
        what: &'static str,
        /// The id.
        id: String,
    },
}
