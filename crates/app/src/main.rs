//! The binary `vouch`: hands arguments, streams and clock to the library.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::sync::Arc;

use app::cli::{self, Cli, Streams};
use clap::Parser as _;

fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => match cli::misread(&error) {
            Some((sentence, hint)) => return refused(&sentence, &hint, 2),
            None => error.exit(),
        },
    };
    let default_vault = desk::default_folder(|name| std::env::var(name).ok());
    let stdin = io::stdin();
    let interactive = stdin.is_terminal();
    let mut input = stdin.lock();
    let mut out = io::BufWriter::new(io::stdout());
    let mut err = io::stderr();
    let streams = Streams {
        input: &mut input,
        interactive,
        ask: &mut |prompt| rpassword::prompt_password(prompt),
        out: &mut out,
        err: &mut err,
    };
    let result = cli::run(cli, default_vault, Arc::new(desk::SystemClock), streams);
    // A closed pipe is the reader's way of saying "enough".
    let flushed = out.flush().is_ok();
    match result {
        Ok(outcome) if flushed => ExitCode::from(outcome.code()),
        Ok(_) => ExitCode::from(1),
        Err(error) => refused(&error.to_string(), &error.hint(), error.code()),
    }
}

/// Says why a command was refused, which may quote a name or a file.
fn refused(sentence: &str, hint: &str, code: u8) -> ExitCode {
    eprintln!("vouch: {}", cli::printable(sentence));
    if !hint.is_empty() {
        eprintln!("{}", cli::printable(hint));
    }
    ExitCode::from(code)
}
