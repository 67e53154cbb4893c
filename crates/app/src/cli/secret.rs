//! Where a command gets a passphrase: from a file, from the terminal, or from
//! the next line that is piped in. Never from an argument, which every process
//! of the machine can read.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use desk::{Key, Secret, Vault, VaultError};
use zeroize::Zeroizing;

use super::{CliError, Context};
use crate::attempts::Attempts;
use crate::words::sentence;

/// How often somebody at the terminal may try.
const MAX_TRIES: u32 = 3;

/// The most characters that a line may have, so that a file given by mistake
/// is not read to its end.
const MAX_BYTES: usize = 4096;

/// How a secret is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The vault's passphrase.
    Passphrase,
    /// The code of the recovery sheet.
    Recovery,
}

impl Wanted {
    fn prompt(self) -> &'static str {
        match self {
            Self::Passphrase => "Passphrase of the vault: ",
            Self::Recovery => "Recovery code: ",
        }
    }

    fn secret(self, text: &str) -> Secret<'_> {
        match self {
            Self::Passphrase => Secret::Passphrase(text),
            Self::Recovery => Secret::Recovery(text),
        }
    }
}

impl Context<'_> {
    /// Takes the passphrase from the beginning of what is piped in, so that the
    /// rest is there for the command, which may read it before the vault opens.
    pub(crate) fn take_piped_passphrase(&mut self) -> Result<(), CliError> {
        let is_piped = !self.interactive && self.passphrase_file.is_none();
        if is_piped && self.vault.protection().is_ok_and(|it| it.locked) {
            self.piped_passphrase = Some(line(self.input)?);
        }
        Ok(())
    }

    /// Does what the vault's lock stands before; without a lock, at once.
    ///
    /// Somebody at the terminal has three tries, each slower than the one before.
    pub(crate) fn with_secret<T>(
        &mut self,
        wanted: Wanted,
        act: impl Fn(&Vault, Secret<'_>) -> Result<T, VaultError>,
    ) -> Result<T, CliError> {
        let vault = self.vault.clone();
        if !vault.protection()?.locked {
            return Ok(act(&vault, Secret::None)?);
        }
        let file = self.passphrase_file.clone();
        let mut attempts = Attempts::default();
        let mut n_tries = 0;
        loop {
            let piped = self.piped_passphrase.take();
            let is_piped = piped.is_some();
            let text = match piped {
                Some(text) if text.is_empty() => return Err(VaultError::Locked.into()),
                Some(text) => text,
                None => match self.line_of(file.as_deref(), wanted.prompt()) {
                    Err(CliError::NoSecret { .. }) => return Err(VaultError::Locked.into()),
                    line => line?,
                },
            };
            n_tries += 1;
            let error = match act(&vault, wanted.secret(&text)) {
                Ok(done) => return Ok(done),
                Err(error) => error,
            };
            if is_piped && matches!(error, VaultError::WrongPassphrase { .. }) {
                return Err(CliError::PipedPassphrase);
            }
            let is_wrong = matches!(
                error,
                VaultError::WrongPassphrase { .. }
                    | VaultError::WrongRecoveryCode
                    | VaultError::NotARecoveryCode(_)
            );
            if !is_wrong || !self.interactive || file.is_some() || n_tries == MAX_TRIES {
                return Err(error.into());
            }
            writeln!(self.err, "{}", sentence(&error.to_string()))?;
            std::thread::sleep(attempts.wrong());
        }
    }

    /// Returns the key of the vault, asking for its passphrase where it has one.
    pub(crate) fn key(&mut self) -> Result<Key, CliError> {
        self.with_secret(Wanted::Passphrase, Vault::key_or_new)
    }

    /// Returns a new passphrase, which somebody at the terminal types twice.
    pub(crate) fn new_passphrase(
        &mut self,
        file: Option<&Path>,
        prompt: &str,
    ) -> Result<Zeroizing<String>, CliError> {
        let first = self.line_of(file, prompt)?;
        if file.is_none() && self.interactive {
            let second = self.line_of(None, "Once more: ")?;
            if first != second {
                return Err(CliError::Usage(
                    "the two passphrases differ; nothing was changed".to_owned(),
                ));
            }
        }
        Ok(first)
    }

    /// Returns the first line of a file, what is typed after a prompt, or the
    /// next line of the input.
    pub(crate) fn line_of(
        &mut self,
        file: Option<&Path>,
        prompt: &str,
    ) -> Result<Zeroizing<String>, CliError> {
        if let Some(file) = file {
            let failed = |source| CliError::File {
                file: PathBuf::from(file),
                source,
            };
            let mut opened = std::fs::File::open(file).map_err(failed)?;
            return line(&mut opened).map_err(failed);
        }
        if self.interactive {
            return Ok(Zeroizing::new((self.ask)(prompt)?));
        }
        let line = line(self.input)?;
        if line.is_empty() {
            let wanted = prompt.trim_end().trim_end_matches(':').to_lowercase();
            return Err(CliError::NoSecret { wanted });
        }
        Ok(line)
    }

    /// Asks somebody at the terminal; nobody there means no.
    pub(crate) fn confirmed(&mut self, question: &str) -> Result<bool, CliError> {
        if !self.interactive {
            return Ok(false);
        }
        write!(self.err, "{question} [y/N] ")?;
        self.err.flush()?;
        let answer = line(self.input)?;
        Ok(answer.starts_with(['y', 'Y']))
    }
}

/// Returns the next line without its end; nothing after it is read.
fn line(from: &mut (impl Read + ?Sized)) -> io::Result<Zeroizing<String>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES));
    // One byte at a time: what comes after the line belongs to somebody else.
    let mut byte = [0];
    while from.read(&mut byte)? == 1 && byte[0] != b'\n' {
        if bytes.len() == MAX_BYTES {
            return Err(io::Error::other("the first line is too long"));
        }
        bytes.push(byte[0]);
    }
    if bytes.last() == Some(&b'\r') {
        bytes.pop();
    }
    match std::str::from_utf8(&bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(io::Error::other("the first line is not UTF-8 text")),
    }
}
