//! `vouch portfolio`: the best set of applications and signals, given probabilities.
//!
//! Nothing here opens a vault.

use std::fs::File;
use std::io::BufReader;
use std::path::PathBuf;

use clap::Subcommand;
use formats::portfolio::{read_problem, write_answer};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch portfolio`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print the best answer to a problem as JSON.
    Solve(Solve),
}

#[derive(Debug, clap::Args)]
struct Solve {
    /// The problem as JSON; "-" reads the input.
    problem: PathBuf,
    /// The largest portfolio of the kinds that answer every size.
    #[arg(long, value_name = "N")]
    max_h: Option<usize>,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let What::Solve(args) = args.what;
    let file = &args.problem;
    let read = if file.as_os_str() == "-" {
        read_problem(&mut BufReader::new(&mut *context.input))
    } else {
        let opened = File::open(file).map_err(|source| CliError::File {
            file: file.clone(),
            source,
        })?;
        read_problem(&mut BufReader::new(opened))
    };
    let refused =
        |error: &dyn std::fmt::Display| CliError::Usage(format!("{}: {error}", file.display()));
    let problem = read.map_err(|error| refused(&error))?;
    let max_h = args.max_h.unwrap_or(usize::MAX);
    let answer = portfolio::solve(&problem.problem, max_h).map_err(|error| refused(&error))?;
    context.print(write_answer(&problem, &answer).map_err(std::io::Error::other)?)?;
    Ok(Outcome::Done)
}
