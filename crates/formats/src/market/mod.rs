//! Market files: programs, applicants, couples and reversions, and the results of solving them.
//!
//! | what | read | write |
//! |---|---|---|
//! | market | [`read_json`], [`read_csv`] | |
//! | result of solving | [`read_result`] (JSON or CSV) | [`write_solution_json`], [`write_matching_csv`] |
//! | blocking pairs | | [`write_blocking_json`], [`describe_blocking`] |
//! | description for a simulation | [`read_description_json`] | [`write_distributions_json`] |
//!
//! Every reader also takes gzip, which it recognises by its first bytes.
//!
//! A market is refused as a whole when one record is wrong: leaving a rank list out would silently change everybody
//! else's result. This is the one place in this crate where a bad row loses the others.

mod csv;
mod json;
mod simulation;

use std::io::{BufRead, BufReader, Read};

pub use csv::{read_csv, write_matching_csv};
pub use json::{
    describe_blocking, read_json, read_result, write_blocking_json, write_solution_json,
};
pub use simulation::{read_description_json, write_distributions_json};

/// Why a market file, or a result, is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum MarketFileError {
    /// The bytes could not be read, or a compressed file is damaged.
    #[error("{0}")]
    Read(#[from] std::io::Error),
    /// The text is not JSON of the right shape.
    #[error("line {line}, column {column}: {message}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
        /// What was found, and what was expected.
        message: String,
    },
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

impl From<serde_json::Error> for MarketFileError {
    fn from(error: serde_json::Error) -> Self {
        let message = error.to_string();
        // The place has fields of its own here.
        let message = message
            .split(" at line ")
            .next()
            .unwrap_or_default()
            .to_owned();
        Self::Json {
            line: error.line(),
            column: error.column(),
            message,
        }
    }
}

/// Returns the text behind a reader, unpacked when it is gzip.
fn unpacked<'a>(reader: &'a mut dyn BufRead) -> std::io::Result<Box<dyn BufRead + 'a>> {
    let is_gzip = reader.fill_buf()?.starts_with(&[0x1F, 0x8B]);
    if is_gzip {
        return Ok(Box::new(BufReader::with_capacity(
            1 << 16,
            flate2::bufread::MultiGzDecoder::new(reader),
        )));
    }
    Ok(Box::new(reader))
}

/// Reads everything, unpacked, without a byte order mark.
fn read_all(reader: &mut dyn BufRead) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    unpacked(reader)?.read_to_end(&mut bytes)?;
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    Ok(bytes)
}

const BYTE_ORDER_MARK: &[u8] = &[0xEF, 0xBB, 0xBF];
