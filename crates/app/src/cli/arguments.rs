//! Arguments that were not understood, in the words of all other refusals.

use std::num::{IntErrorKind, ParseFloatError, ParseIntError};

use clap::error::{ContextKind, ErrorKind};

/// Returns what was found and what would do, and the usage as a hint; `None`
/// where the parser's own text is what was asked for or says it better.
pub fn misread(error: &clap::Error) -> Option<(String, String)> {
    let said = |kind| error.get(kind).map(ToString::to_string);
    let found = match error.kind() {
        ErrorKind::ValueValidation | ErrorKind::InvalidValue => {
            let argument = said(ContextKind::InvalidArg)?;
            let option = argument.split(' ').next().unwrap_or_default();
            let value = said(ContextKind::InvalidValue)?;
            if value.is_empty() {
                let wanted = argument.trim_start_matches(option).trim();
                return Some((
                    format!("{option}: nothing is entered; enter {wanted}"),
                    usage(&said),
                ));
            }
            format!(
                "{option}: \"{value}\" cannot be used; use {}",
                words(error)?
            )
        }
        ErrorKind::UnknownArgument => {
            let argument = said(ContextKind::InvalidArg)?;
            match said(ContextKind::SuggestedArg) {
                Some(other) => format!("\"{argument}\" cannot be used; use {other}"),
                None => format!("found \"{argument}\", which this command does not know"),
            }
        }
        ErrorKind::InvalidSubcommand => {
            let command = said(ContextKind::InvalidSubcommand)?;
            let other = said(ContextKind::SuggestedSubcommand);
            let would_do =
                other.unwrap_or_else(|| "a command that `vouch --help` lists".to_owned());
            format!("\"{command}\" cannot be used; use {would_do}")
        }
        ErrorKind::MissingRequiredArgument => {
            format!("found no {}", said(ContextKind::InvalidArg)?)
        }
        ErrorKind::ArgumentConflict => {
            let [one, other] = [ContextKind::InvalidArg, ContextKind::PriorArg].map(|kind| {
                let argument = said(kind).unwrap_or_default();
                argument.split([' ', ',']).next().map(str::to_owned)
            });
            let both = one.zip(other).filter(|(one, other)| one != other);
            let (one, other) = both?;
            format!("found {one} together with {other}; would do: one of the two")
        }
        _ => return None,
    };
    Some((found, usage(&said)))
}

fn usage(said: &impl Fn(ContextKind) -> Option<String>) -> String {
    said(ContextKind::Usage)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// Returns what would do in the place of a value.
fn words(error: &clap::Error) -> Option<String> {
    if let Some(words) = error.get(ContextKind::ValidValue) {
        return Some(words.to_string());
    }
    let source = std::error::Error::source(error)?;
    if let Some(error) = source.downcast_ref::<ParseIntError>() {
        let would_do = match error.kind() {
            IntErrorKind::Zero => "a whole number from 1 on",
            _ => "a whole number, not too large",
        };
        return Some(would_do.to_owned());
    }
    if source.is::<ParseFloatError>() {
        return Some("a number".to_owned());
    }
    None
}
