//! `vouch serve` and `vouch demo`: the pages.

use std::path::PathBuf;
use std::sync::Arc;

use desk::{Pages, PagesHeld, Secret, Vault};

use super::secret::Wanted;
use super::{CliError, Context, Outcome};
use crate::web::{face::Face, serve};

/// Arguments of `vouch serve`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The port; 0 takes a free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Do not open the browser.
    #[arg(long)]
    no_browser: bool,
}

impl Args {
    pub(crate) fn usual() -> Self {
        Self {
            port: 0,
            no_browser: false,
        }
    }
}

/// Arguments of `vouch demo`.
#[derive(Debug, clap::Args)]
pub(crate) struct DemoArgs {
    #[command(flatten)]
    serve: Args,
    /// Begin with an empty vault instead of the made-up year.
    #[arg(long)]
    empty: bool,
    /// Make a large vault of so many made-up people in --vault DIR, and stop there.
    #[arg(long, value_name = "N")]
    people: Option<usize>,
    /// So many interactions with them.
    #[arg(long, value_name = "N", requires = "people", default_value_t = 0)]
    interactions: usize,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let vault = context.vault.clone();
    let clock = Arc::clone(&context.clock);
    let held = match vault.pages()? {
        Pages::Mine(held) => held,
        Pages::OpenAt(address) => return visit(&args, &address, context),
    };
    let locked = vault.protection()?.locked;
    // A locked vault is unlocked on the page, unless a file is named.
    let face = if locked && context.passphrase_file.is_none() {
        Face::new(vault, clock, false)
    } else {
        context.with_secret(Wanted::Passphrase, |vault, secret| {
            Face::open(vault.clone(), secret, Arc::clone(&clock), false)
        })?
    };
    listen(&args, &face, Some(&held), context)
}

/// Leads to the pages that another process shows.
fn visit(args: &Args, address: &str, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    context.print(format!("Vouch is open already, at {address}"))?;
    if !args.no_browser {
        serve::open_browser(address);
    }
    Ok(Outcome::Done)
}

pub(crate) fn demo(
    args: DemoArgs,
    named_vault: Option<PathBuf>,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    if let Some(people) = args.people {
        return large(people, args.interactions, named_vault, context);
    }
    let folder = tempfile::Builder::new().prefix("vouch-demo-").tempdir()?;
    let vault = Vault::at(folder.path());
    if !args.empty {
        desk::demo::fill(&vault, context.clock.now(), context.clock.zone())?;
    }
    let face = Face::open(vault, Secret::None, Arc::clone(&context.clock), true)?;
    let untouched = match named_vault {
        Some(named) => format!("{} and your own data are not touched", named.display()),
        None => "your own data is not touched".to_owned(),
    };
    context.print(format!(
        "A made-up student's year in a temporary vault; {untouched}."
    ))?;
    let outcome = listen(&args.serve, &face, None, context);
    drop(face);
    drop(folder);
    outcome
}

/// Makes a large vault where none is, so that nobody's own is filled with strangers.
fn large(
    people: usize,
    interactions: usize,
    named_vault: Option<PathBuf>,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let Some(folder) = named_vault else {
        return Err(CliError::Usage(
            "demo --people: found no folder; would do: --vault DIR".to_owned(),
        ));
    };
    let vault = Vault::at(folder);
    if vault.data_file().exists() {
        return Err(CliError::Usage(format!(
            "demo --people: found a vault in {}; would do: a new folder",
            vault.folder().display()
        )));
    }
    desk::demo::large(&vault, people, interactions, context.clock.now())?;
    context.print(vault.folder().display().to_string())?;
    Ok(Outcome::Done)
}

/// Shows the pages until the student quits, and tells later starts where they are.
fn listen(
    args: &Args,
    face: &Face,
    held: Option<&PagesHeld>,
    context: &mut Context<'_>,
) -> Result<Outcome, CliError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(8)
        .enable_all()
        .build()?;
    let bound = runtime.block_on(serve::bind(args.port))?;
    let address = bound.guard().address();
    if let Some(held) = held {
        held.open_at(&address)?;
    }
    context.print(format!("Vouch is open at {address}"))?;
    context.print("Stop it with Quit in its menu, or with ctrl-c.")?;
    context.out.flush()?;
    if !args.no_browser {
        serve::open_browser(&address);
    }
    runtime.block_on(bound.run(face.routes(), face.quitting()))?;
    Ok(Outcome::Done)
}
