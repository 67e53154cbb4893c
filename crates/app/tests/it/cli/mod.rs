//! Commands, run as a student runs them, with streams that a test reads.

mod agenda;
mod check;
mod commands;
mod duplicates;
mod import;
mod match_market;
mod trash;
mod vault;

use std::path::PathBuf;
use std::sync::Arc;

use app::cli::{self, Cli, Outcome, Streams};
use clap::Parser as _;
use desk::FixedClock;
use jiff::tz::TimeZone;
use serde_json::Value;
use tempfile::TempDir;

pub(crate) struct Terminal {
    folder: TempDir,
}

/// What a command came to: its outcome, or sentence, hint and exit code.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) result: Result<Outcome, (String, String, u8)>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn done(self) -> String {
        assert_eq!(self.result, Ok(Outcome::Done), "{}{}", self.out, self.err);
        self.out
    }

    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.done()).expect("JSON")
    }

    pub(crate) fn refused(self) -> (String, String, u8) {
        self.result.expect_err("a refusal")
    }
}

impl Terminal {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Writes a file and returns its path as an argument.
    pub(crate) fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> String {
        let path = self.path(name);
        std::fs::write(&path, bytes).expect("written");
        path.to_str().expect("a path in UTF-8").to_owned()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.typed(args, "", false)
    }

    /// Runs a command at a terminal where the secrets are typed, in their order.
    pub(crate) fn asked(&self, args: &[&str], secrets: &[&str], input: &str) -> Ran {
        let mut secrets = secrets.iter();
        self.run_with(args, input, true, &mut |_| {
            let next = secrets.next().expect("nothing more is asked");
            Ok((*next).to_owned())
        })
    }

    pub(crate) fn typed(&self, args: &[&str], input: &str, interactive: bool) -> Ran {
        self.run_with(args, input, interactive, &mut |prompt| {
            panic!("nothing is asked, and yet: {prompt}")
        })
    }

    fn run_with(
        &self,
        args: &[&str],
        input: &str,
        interactive: bool,
        ask: &mut dyn FnMut(&str) -> std::io::Result<String>,
    ) -> Ran {
        let cli = Cli::try_parse_from([&["vouch"], args].concat()).expect("arguments");
        let now = "2026-07-01T15:00:00Z".parse().expect("a time");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let result = cli::run(
            cli,
            self.path("vault"),
            Arc::new(FixedClock::new(now, TimeZone::UTC)),
            Streams {
                input: &mut input.as_bytes(),
                interactive,
                ask,
                out: &mut out,
                err: &mut err,
            },
        );
        Ran {
            result: result.map_err(|error| (error.to_string(), error.hint(), error.code())),
            out: String::from_utf8(out).expect("UTF-8"),
            err: String::from_utf8(err).expect("UTF-8"),
        }
    }
}
