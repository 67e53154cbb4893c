//! The command line: the same verbs and views as the pages.
//!
//! Every command is one file with its arguments and a `run`. A command writes
//! to the streams of its [`Context`], so that a test sees what a student sees.

mod apart;
mod arguments;
mod backup;
mod best_set;
mod brief;
mod check;
mod delete;
mod duplicates;
mod export;
mod forget;
mod here;
mod history;
mod import;
mod landscape;
mod lock;
mod log;
mod match_market;
mod merge;
mod people;
mod person;
mod private_file;
mod programs;
mod read;
mod recovery_sheet;
mod reply;
mod restore;
mod sarif;
mod search;
mod secret;
mod serve;
mod set_up;
mod today;
mod trash;
mod undo;
mod unlock;
mod vault;
mod week;
mod who;
mod write;

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::sync::Arc;

pub use arguments::misread;
use clap::{CommandFactory as _, Parser, Subcommand};
use desk::{Clock, Desk, DeskError, Ids, OpenError, Reader, Vault, VaultError};
use secret::Wanted;
use serde::Serialize;
use zeroize::Zeroizing;

/// The student's own instrument for a small field that runs on people who know each other; it sends
/// nothing.
#[derive(Debug, Parser)]
#[command(name = "vouch", version, max_term_width = 100)]
pub struct Cli {
    /// The folder of the vault (else $VOUCH_VAULT, else the usual place for a program's data).
    #[arg(long, global = true, value_name = "DIR", help_heading = "The vault")]
    vault: Option<PathBuf>,
    /// A file whose first line is the vault's passphrase (else it is asked for, or the first line piped in).
    #[arg(long, global = true, value_name = "FILE", help_heading = "The vault")]
    passphrase_file: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Command>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Open the pages in the browser (what plain `vouch` does).
    Serve(serve::Args),
    /// Show a made-up student's year in a temporary vault.
    Demo(serve::DemoArgs),
    /// Say who you are, and what changes the suggestions.
    SetUp(set_up::Args),
    /// Read a file of people or hospitals, show what would happen, and take it over.
    Import(import::Args),
    /// Show what is in files of people, without touching the vault.
    Read(read::Args),
    /// Show who is due today, and why, or decide about it.
    Today(today::Args),
    /// Plan the week: few things that fit your minutes, each with its aim.
    Week(week::Args),
    /// Show the hospital where you rotate: who is there, what to do first and last.
    Here(here::Args),
    /// Show the ways into interventional radiology and their results, each figure with its source.
    Landscape(landscape::Args),
    /// Make one page for a meeting with an adviser; names of others are left out.
    Brief(brief::Args),
    /// List people.
    People(people::Args),
    /// Show one person.
    Person(person::Args),
    /// Delete people: they wait in the trash.
    Delete(delete::Args),
    /// Show who is in the trash, or restore them.
    Trash(trash::Args),
    /// Forget a person for good, or empty the trash.
    Forget(forget::Args),
    /// Show people who may be stored twice, and why.
    Duplicates(duplicates::Args),
    /// Make two stored people one.
    Merge(merge::Args),
    /// Say that two people who look like one are two.
    Apart(apart::Args),
    /// Log what happened, in one line.
    Log(log::Args),
    /// List programs, show one, or put one on your list.
    Programs(programs::Args),
    /// Show whom you know at a program or hospital.
    Who(who::Args),
    /// Begin a message from a template, check it, and hand it over.
    Write(write::Args),
    /// Note an answer: a pasted text, or an .eml file that finds its message itself.
    Reply(reply::Args),
    /// Check a text against the rules on messages.
    Check(check::Args),
    /// Solve, verify and simulate residency markets (no vault is opened).
    Match(match_market::Args),
    /// Find the best applications and signals under a budget (no vault is opened).
    Portfolio(best_set::Args),
    /// Search people, programs and notes.
    Search(search::Args),
    /// Undo the last change, or the one with the id given.
    Undo(undo::Args),
    /// Show what was changed.
    History(history::Args),
    /// Export everything that is stored.
    Export(export::Args),
    /// Show how the vault is protected, and which backups there are.
    Vault(vault::Args),
    /// Lock the vault with a passphrase, or change it.
    Lock(lock::Args),
    /// Take the passphrase off again.
    Unlock(unlock::Args),
    /// Make the sheet of paper that opens the vault when the passphrase is forgotten.
    RecoverySheet(recovery_sheet::Args),
    /// Back the vault up into one file with a passphrase of its own.
    Backup(backup::Args),
    /// Check a backup and put it in the place of the vault, which is kept.
    Restore(restore::Args),
}

/// What a command of the command line is called, what it does, and its options.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommandInfo {
    /// Its name ("recovery-sheet").
    pub name: String,
    /// What it does, as a sentence.
    pub about: String,
    /// The long options that are its own ("not-a-patient").
    pub options: Vec<String>,
}

/// Returns every command, in the order of the help.
pub fn commands() -> Vec<CommandInfo> {
    let commands = Cli::command();
    let subcommands = commands.get_subcommands();
    subcommands
        .map(|command| CommandInfo {
            name: command.get_name().to_owned(),
            about: command
                .get_about()
                .map(ToString::to_string)
                .unwrap_or_default(),
            options: command
                .get_arguments()
                .filter_map(|argument| argument.get_long())
                .map(str::to_owned)
                .collect(),
        })
        .collect()
}

impl Command {
    /// Returns whether the command opens the student's vault in any case.
    fn opens_the_vault(&self) -> bool {
        !matches!(
            self,
            Self::Serve(_)
                | Self::Demo(_)
                | Self::Read(_)
                | Self::Check(_)
                | Self::Match(_)
                | Self::Portfolio(_)
                | Self::Vault(_)
        )
    }
}

/// What a command works with.
pub struct Context<'a> {
    /// The student's folder.
    pub vault: Vault,
    /// The clock.
    pub clock: Arc<dyn Clock>,
    /// What the student types or pipes in.
    pub input: &'a mut dyn Read,
    /// Whether somebody sits at the terminal and can be asked.
    pub interactive: bool,
    /// Asks for a secret at the terminal, without showing what is typed.
    pub ask: &'a mut dyn FnMut(&str) -> io::Result<String>,
    /// The file with the vault's passphrase, where one is named.
    pub passphrase_file: Option<PathBuf>,
    /// The passphrase that was piped in before anything else.
    piped_passphrase: Option<Zeroizing<String>>,
    /// Where answers go.
    pub out: &'a mut dyn Write,
    /// Where progress and hints go.
    pub err: &'a mut dyn Write,
}

impl Context<'_> {
    fn open(&mut self) -> Result<(Desk, Reader), CliError> {
        let clock = Arc::clone(&self.clock);
        let opened = self.with_secret(Wanted::Passphrase, |vault, secret| {
            vault.open_with(secret, Arc::clone(&clock), Ids::random())
        })?;
        if let Err(error) = opened.0.backup_when_due() {
            // The student's work goes on without it, and they should know.
            writeln!(
                self.err,
                "The weekly copy could not be made: {}",
                printable(&error.to_string())
            )?;
        }
        Ok(opened)
    }

    fn print(&mut self, text: impl AsRef<str>) -> Result<(), CliError> {
        writeln!(self.out, "{}", printable(text.as_ref()))?;
        Ok(())
    }

    fn print_json(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        let json = serde_json::to_string_pretty(value).map_err(io::Error::other)?;
        writeln!(self.out, "{}", inert_json(&json))?;
        Ok(())
    }
}

/// Returns whether a terminal obeys a character instead of showing it: a control
/// character, or one that turns the direction of what stands around it. The marks
/// U+200E and U+200F turn nothing and belong to names, so they stay.
fn steers(c: char) -> bool {
    crate::words::turns(c) || c.is_control()
}

/// Returns the text without characters that a terminal obeys, so that nothing
/// in a name or note can steer it or turn what stands around it.
pub fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if steers(c) && c != '\n' && c != '\t' {
                '\u{FFFD}'
            } else {
                c
            }
        })
        .collect()
}

/// Returns JSON text that says the same without characters that a terminal
/// obeys: the lower ones are escaped by the writer, the upper ones (such as
/// U+009B) are escaped here.
fn inert_json(json: &str) -> String {
    let mut inert = String::with_capacity(json.len());
    for c in json.chars() {
        if steers(c) && c != '\n' {
            inert.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            inert.push(c);
        }
    }
    inert
}

/// Why a command did not do what was asked, as a sentence with a hint.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// What the desk says.
    #[error("{0}")]
    Desk(#[from] DeskError),
    /// The vault did not open.
    #[error("{0}")]
    Vault(#[from] VaultError),
    /// The line that was piped in first is not the passphrase: perhaps it was
    /// meant for the command.
    #[error("the first line piped in is not the passphrase of the vault")]
    PipedPassphrase,
    /// Nobody sits at the terminal, and the input holds no more lines.
    #[error("found no line with {wanted}")]
    NoSecret {
        /// What was asked for.
        wanted: String,
    },
    /// The demonstration could not be made.
    #[error("{0}")]
    Demo(#[from] desk::demo::DemoError),
    /// A file could not be read.
    #[error("cannot read {}: {}", .file.display(), crate::words::of_system(.source))]
    File {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file could not be written.
    #[error("cannot write {}: {}", .file.display(), crate::words::of_system(.source))]
    WriteFile {
        /// The file.
        file: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The output could not be written.
    #[error("cannot write: {0}")]
    Output(#[from] io::Error),
    /// The server did not run.
    #[error("{0}")]
    Serve(#[from] crate::web::serve::ServeError),
    /// Something else that the student can change.
    #[error("{0}")]
    Usage(String),
}

impl CliError {
    /// Returns what would help, or an empty text.
    pub fn hint(&self) -> String {
        let hint = match self {
            Self::Desk(DeskError::Several { .. }) => {
                "Say which: more of the name, or the id in brackets."
            }
            Self::Desk(DeskError::UndoNeedsLater { later }) => {
                let lines: Vec<String> =
                    later.iter().map(|(_, what)| format!("  {what}")).collect();
                return format!(
                    "These came later and touched the same things:\n{}\nAdd --with-later to undo them too.",
                    lines.join("\n")
                );
            }
            Self::Desk(DeskError::Patient { .. }) => {
                "Say it in other words, or add --not-a-patient where it is none."
            }
            Self::Desk(DeskError::NotReady(_)) => {
                "Mend it in the browser, or with `vouch write --edit`, and check again."
            }
            Self::Desk(DeskError::NotThere { what: "person", .. }) => {
                "`vouch people` lists everybody."
            }
            Self::Desk(DeskError::NotThere {
                what: "person in the trash",
                ..
            }) => "`vouch trash` lists who is in it.",
            Self::Desk(DeskError::NotThere {
                what: "program" | "program or site",
                ..
            }) => "`vouch programs WORDS` finds it by institution, city or hospital.",
            Self::Desk(DeskError::NotThere {
                what: "hospital", ..
            }) => {
                "Write its full name as its own page does, or add it: `vouch programs --add-site \"NAME, CITY, STATE\"`."
            }
            Self::Vault(VaultError::Open(OpenError::Store(_))) => {
                "`vouch restore FILE` puts a backup in its place, and keeps what is there; the folder \"backups\" has copies."
            }
            Self::Vault(VaultError::Open(OpenError::NewerVault { .. })) => {
                "Update Vouch; this vault was not touched."
            }
            Self::Vault(VaultError::Open(OpenError::ReadOnly)) => {
                "Choose a folder that you may write to, with --vault DIR."
            }
            Self::Vault(VaultError::Open(OpenError::NoSpace)) => "Free some space, and try again.",
            Self::Vault(VaultError::Open(OpenError::Busy)) => {
                "Another program holds the vault; close it, or wait a moment."
            }
            Self::Vault(VaultError::Open(OpenError::WrongKeyOrNotAVault)) => {
                "Put the right key file beside it, choose another folder with --vault DIR, or put a backup in its place: `vouch restore FILE`."
            }
            Self::Vault(VaultError::Locked) => {
                "Type the passphrase at the terminal, pipe it in as the first line, or name a file with --passphrase-file FILE."
            }
            Self::PipedPassphrase => {
                "What is piped in begins with the passphrase; with --passphrase-file FILE all of it is left to the command. Forgotten? `vouch unlock --recovery` takes the code of your recovery sheet."
            }
            Self::NoSecret { .. } => {
                "Type it at the terminal, pipe it in as the next line, or name a file: `vouch COMMAND --help` says with which option."
            }
            Self::Vault(VaultError::WrongPassphrase { what: "the vault" }) => {
                "Forgotten? `vouch unlock --recovery` takes the code of your recovery sheet."
            }
            Self::Vault(VaultError::InUse { .. }) => {
                "Stop the Vouch that is open (Quit in its menu, or ctrl-c in its terminal), and try again."
            }
            Self::Vault(VaultError::Taken) => "Wait a moment, and try again.",
            Self::Vault(VaultError::NotLocked) => "`vouch lock` sets a passphrase.",
            Self::Vault(VaultError::KeyGone { .. }) => {
                "Without the key nobody can open it. A backup opens in a new folder: `vouch restore FILE --vault DIR`."
            }
            _ => "",
        };
        hint.to_owned()
    }

    /// Returns the exit code: 2 for what the student can change, 1 for the rest.
    pub fn code(&self) -> u8 {
        match self {
            Self::Output(_) | Self::Desk(DeskError::Store(_)) => 1,
            _ => 2,
        }
    }
}

/// What a command came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It did what was asked.
    Done,
    /// It did, and the answer is "no": findings that block, nothing found.
    No,
    /// It is proved that what was looked for does not exist.
    NoneExists,
    /// It was not found within the limits, and may exist.
    NotFound,
}

impl Outcome {
    /// Returns the exit code.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::No => 1,
            Self::NoneExists => 3,
            Self::NotFound => 4,
        }
    }
}

/// Runs the command that the arguments name, on the folder they name.
///
/// `default_vault` is used where they name none.
///
/// # Errors
/// [`CliError`] is what the student is told.
pub fn run(
    cli: Cli,
    default_vault: PathBuf,
    clock: Arc<dyn Clock>,
    streams: Streams<'_>,
) -> Result<Outcome, CliError> {
    let named_vault = cli.vault.clone();
    let mut context = Context {
        vault: Vault::at(cli.vault.unwrap_or(default_vault)),
        clock,
        input: streams.input,
        interactive: streams.interactive,
        ask: streams.ask,
        passphrase_file: cli.passphrase_file,
        piped_passphrase: None,
        out: streams.out,
        err: streams.err,
    };
    let context = &mut context;
    let command = cli.command.unwrap_or(Command::Serve(serve::Args::usual()));
    if command.opens_the_vault() {
        context.take_piped_passphrase()?;
    }
    match command {
        Command::Serve(args) => serve::run(args, context),
        Command::Demo(args) => serve::demo(args, named_vault, context),
        Command::SetUp(args) => set_up::run(args, context),
        Command::Import(args) => import::run(args, context),
        Command::Today(args) => today::run(args, context),
        Command::Week(args) => week::run(args, context),
        Command::Here(args) => here::run(args, context),
        Command::Landscape(args) => landscape::run(args, context),
        Command::Brief(args) => brief::run(args, context),
        Command::People(args) => people::run(args, context),
        Command::Person(args) => person::run(args, context),
        Command::Delete(args) => delete::run(args, context),
        Command::Trash(args) => trash::run(args, context),
        Command::Forget(args) => forget::run(args, context),
        Command::Duplicates(args) => duplicates::run(args, context),
        Command::Merge(args) => merge::run(args, context),
        Command::Apart(args) => apart::run(args, context),
        Command::Log(args) => log::run(args, context),
        Command::Programs(args) => programs::run(args, context),
        Command::Who(args) => who::run(args, context),
        Command::Write(args) => write::run(args, context),
        Command::Reply(args) => reply::run(args, context),
        Command::Check(args) => check::run(args, context),
        Command::Match(args) => match_market::run(args, context),
        Command::Portfolio(args) => best_set::run(args, context),
        Command::Read(args) => read::run(args, context),
        Command::Search(args) => search::run(args, context),
        Command::Undo(args) => undo::run(args, context),
        Command::History(args) => history::run(args, context),
        Command::Export(args) => export::run(args, context),
        Command::Vault(args) => vault::run(args, context),
        Command::Lock(args) => lock::run(args, context),
        Command::Unlock(args) => unlock::run(args, context),
        Command::RecoverySheet(args) => recovery_sheet::run(args, context),
        Command::Backup(args) => backup::run(args, context),
        Command::Restore(args) => restore::run(args, context),
    }
}

/// The streams of a command.
pub struct Streams<'a> {
    /// What is typed or piped in.
    pub input: &'a mut dyn Read,
    /// Whether somebody sits at the terminal.
    pub interactive: bool,
    /// Asks for a secret at the terminal, without showing what is typed.
    pub ask: &'a mut dyn FnMut(&str) -> io::Result<String>,
    /// Where answers go.
    pub out: &'a mut dyn Write,
    /// Where progress and hints go.
    pub err: &'a mut dyn Write,
}
