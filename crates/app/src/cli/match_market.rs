//! `vouch match`: what the Match would do with a market.
//!
//! Nothing here opens a vault.

use std::fs::File;
use std::io::{BufReader, BufWriter, Write as _};
use std::num::NonZeroU64;
use std::path::{Path, PathBuf};

use clap::Subcommand;
use formats::market::{
    MarketFileError, describe_blocking, read_csv, read_description_json, read_json, read_result,
    write_blocking_json, write_distributions_json, write_matching_csv, write_solution_json,
    write_summary_json,
};
use indicatif::{ProgressBar, ProgressDrawTarget};
use matching::{
    Market, Matching, NotAMatching, SimulateOptions, Solution, SolveOptions, Stage, blocking_pairs,
    simulate, solve_with_progress,
};

use super::{CliError, Context, Outcome};

/// Arguments of `vouch match`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Solve a market: exit code 0 stable, 3 none exists (proved), 4 not found within limits.
    Solve(Solve),
    /// List everything that blocks a result: exit code 0 when nothing does.
    Verify(Verify),
    /// Draw many markets from a description, solve each, print the shares.
    Simulate(Simulate),
}

/// A market from one JSON file, or from CSV tables (each may be gzip).
#[derive(Debug, clap::Args)]
struct Tables {
    /// The applicants' table: applicant,rol
    #[arg(long, value_name = "CSV", requires = "programs")]
    applicants: Option<PathBuf>,
    /// The programs' table: program,quota,rol
    #[arg(long, value_name = "CSV", requires = "applicants")]
    programs: Option<PathBuf>,
    /// The couples' table: couple,a,b,pairs
    #[arg(long, value_name = "CSV", requires = "applicants")]
    couples: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
struct Solve {
    /// The market as JSON.
    market: Option<PathBuf>,
    #[command(flatten)]
    tables: Tables,
    /// Write the matching as a table applicant,program.
    #[arg(long, value_name = "CSV")]
    out: Option<PathBuf>,
    /// Search exactly for longer.
    #[arg(long)]
    exact: bool,
    /// Chooses the orders in which couples are introduced.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

#[derive(Debug, clap::Args)]
struct Verify {
    /// The market as JSON and the result, or the result alone beside CSV tables.
    #[arg(required = true, num_args = 1..=2)]
    files: Vec<PathBuf>,
    #[command(flatten)]
    tables: Tables,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, clap::Args)]
struct Simulate {
    /// The description as JSON: noise, programs, applicants with interviews.
    description: PathBuf,
    /// Markets to draw.
    #[arg(long, default_value = "1000")]
    draws: NonZeroU64,
    /// The same seed gives the same answer.
    #[arg(long, default_value_t = 1)]
    seed: u64,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    match args.what {
        What::Solve(args) => solve_market(args, context),
        What::Verify(args) => verify(args, context),
        What::Simulate(args) => run_simulation(args, context),
    }
}

fn open(file: &Path) -> Result<BufReader<File>, CliError> {
    File::open(file)
        .map(|opened| BufReader::with_capacity(1 << 16, opened))
        .map_err(|source| CliError::File {
            file: file.to_owned(),
            source,
        })
}

fn refused(file: &Path) -> impl Fn(MarketFileError) -> CliError {
    let file = file.display().to_string();
    move |error| CliError::Usage(format!("{file}: {error}"))
}

fn market(json: Option<&Path>, tables: &Tables) -> Result<Market, CliError> {
    match (json, &tables.applicants, &tables.programs) {
        (Some(file), None, None) => read_json(&mut open(file)?).map_err(refused(file)),
        (None, Some(applicants), Some(programs)) => {
            let mut couples = tables.couples.as_deref().map(open).transpose()?;
            let couples = couples
                .as_mut()
                .map(|reader| reader as &mut dyn std::io::BufRead);
            read_csv(&mut open(applicants)?, &mut open(programs)?, couples)
                .map_err(|error| CliError::Usage(error.to_string()))
        }
        _ => Err(CliError::Usage(
            "found no market; would do: MARKET.json, or --applicants A.csv --programs P.csv"
                .to_owned(),
        )),
    }
}

/// Refuses a table that could not be what its name says.
fn check_out(file: &Path) -> Result<(), CliError> {
    if file
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("gz"))
    {
        return Err(CliError::Usage(format!(
            "--out: \"{}\" cannot be used; use a name that ends in .csv, since a table is written plain",
            file.display()
        )));
    }
    Ok(())
}

/// Refuses to leave preliminary places out of a table.
fn check_columns(market: &Market, matching: &Matching) -> Result<(), CliError> {
    let held = market
        .applicants()
        .find(|it| matching.preliminary(*it).is_some());
    held.map_or(Ok(()), |applicant| {
        Err(CliError::Usage(format!(
            "--out: {} holds a preliminary place, for which a table has no column; leave --out away, and keep the JSON",
            market.applicant_id(applicant)
        )))
    })
}

fn solve_market(args: Solve, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    args.out.as_deref().map_or(Ok(()), check_out)?;
    let market = market(args.market.as_deref(), &args.tables)?;
    let options = SolveOptions {
        seed: args.seed,
        exact: args.exact,
    };
    let interactive = context.interactive;
    let err = &mut *context.err;
    let solution = solve_with_progress(&market, options, &mut |stage| {
        if !interactive {
            return;
        }
        // Progress is a courtesy; a terminal that is gone must not stop the work.
        let _ = match stage {
            Stage::Order(1) => Ok(()),
            Stage::Order(n) => writeln!(err, "trying order {n} of introduction"),
            Stage::Exact(n) => writeln!(err, "searching exactly among {n} applicants"),
        };
    });
    if let (Some(file), Some(matching)) = (&args.out, solution.matching()) {
        check_columns(&market, matching)?;
        let failed = |source| CliError::WriteFile {
            file: file.clone(),
            source,
        };
        let mut out = BufWriter::new(File::create(file).map_err(failed)?);
        write_matching_csv(&market, matching, &mut out).map_err(failed)?;
        out.flush().map_err(failed)?;
        context.print(write_summary_json(&market, &solution).trim_end())?;
    } else {
        if let Some(file) = args.out.filter(|file| file.exists()) {
            let file = file.display();
            let _ = writeln!(
                context.err,
                "{file} was not written; what it holds is older"
            );
        }
        context.print(write_solution_json(&market, &solution).trim_end())?;
    }
    Ok(match solution {
        Solution::Stable(_) => Outcome::Done,
        Solution::None => Outcome::NoneExists,
        Solution::NotFound { .. } => Outcome::NotFound,
    })
}

fn verify(args: Verify, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let (json, result) = match &args.files[..] {
        [market, result] => (Some(market.as_path()), result),
        [result, ..] => (None, result),
        [] => return Err(CliError::Usage("found no result file".to_owned())),
    };
    let market = market(json, &args.tables)?;
    let matching = read_result(&market, &mut open(result)?).map_err(refused(result))?;
    let blocking = blocking_pairs(&market, &matching).map_err(|error| {
        let what = describe_not_a_matching(&market, error);
        CliError::Usage(format!("{}: {what}", result.display()))
    })?;
    if args.json {
        context.print(write_blocking_json(&market, &blocking).trim_end())?;
    } else if blocking.is_empty() {
        context.print("Stable: nothing blocks it.")?;
    } else {
        for pair in &blocking {
            context.print(describe_blocking(&market, pair))?;
        }
    }
    Ok(if blocking.is_empty() {
        Outcome::Done
    } else {
        Outcome::No
    })
}

/// Returns why a claim is not a matching of the market at all, in a sentence.
fn describe_not_a_matching(market: &Market, error: NotAMatching) -> String {
    match error {
        NotAMatching::OtherMarket => "it is the result of another market".to_owned(),
        NotAMatching::NotRanked { applicant, program } => format!(
            "{} is held by {}, and one of them does not rank the other",
            market.applicant_id(applicant),
            market.program_id(program)
        ),
        NotAMatching::NotSupplemental { applicant, program } => format!(
            "{} holds the preliminary place {}, which is not on the supplemental list of the \
             program that holds the applicant",
            market.applicant_id(applicant),
            market.program_id(program)
        ),
        NotAMatching::NotOnPairList { couple } => {
            format!(
                "the couple {} holds two places that are no pair of its list",
                market.couple_id(couple)
            )
        }
        NotAMatching::OverQuota {
            program,
            held,
            places,
        } => {
            format!(
                "{} holds {held} applicants and has {places} places",
                market.program_id(program)
            )
        }
    }
}

fn run_simulation(args: Simulate, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let file = &args.description;
    let description = read_description_json(&mut open(file)?).map_err(refused(file))?;
    let bar = ProgressBar::with_draw_target(
        Some(args.draws.get()),
        if context.interactive {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        },
    );
    let options = SimulateOptions {
        seed: args.seed,
        n_draws: args.draws.get(),
    };
    let found = simulate(&description, options, &|n| {
        bar.set_position(n);
        true
    });
    bar.finish_and_clear();
    let Some(distributions) = found else {
        return Ok(Outcome::No);
    };
    context.print(write_distributions_json(&description, &distributions).trim_end())?;
    Ok(Outcome::Done)
}
