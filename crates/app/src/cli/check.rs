//! `vouch check`: a text against the rules on messages.

use std::path::PathBuf;

use desk::views::compose::{Check, check_text};

use super::{CliError, Context, Outcome};
use crate::words::count;

/// Arguments of `vouch check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A text file or an .eml; "-" reads the input.
    file: PathBuf,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let mut bytes = Vec::new();
    if args.file.as_os_str() == "-" {
        context.input.read_to_end(&mut bytes)?;
    } else {
        bytes = std::fs::read(&args.file).map_err(|source| CliError::File {
            file: args.file.clone(),
            source,
        })?;
    }
    let is_mail = args
        .file
        .extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case("eml"));
    let (subject, text) = if is_mail {
        mail(&args, &bytes)?
    } else {
        (None, plain(&args, bytes)?)
    };
    if text.trim().is_empty() {
        return Err(CliError::Usage(format!(
            "{}: found an empty text; would do: the message as you would send it",
            args.file.display()
        )));
    }
    let (desk, reader) = context.open()?;
    let check = check_text(&reader, desk.today()?, subject.as_deref(), &text)?;
    if args.json {
        context.print_json(&check)?;
    } else {
        print_check(&check, &text, context)?;
    }
    Ok(if check.n_errors > 0 {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn plain(args: &Args, bytes: Vec<u8>) -> Result<String, CliError> {
    let text = String::from_utf8(bytes).map_err(|error| {
        CliError::Usage(format!(
            "{}: found a byte that is no text at {}; would do: a text file in UTF-8",
            args.file.display(),
            error.utf8_error().valid_up_to()
        ))
    })?;
    Ok(text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n"))
}

fn mail(args: &Args, bytes: &[u8]) -> Result<(Option<String>, String), CliError> {
    let mail = formats::mail::read_eml(bytes)
        .map_err(|error| CliError::Usage(format!("{}: {error}", args.file.display())))?;
    Ok((Some(mail.subject), mail.text))
}

/// Prints what the rules say, with the line of the text each finding begins in.
pub(crate) fn print_check(
    check: &Check,
    text: &str,
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    for finding in &check.findings {
        let place = match finding.start {
            Some(start) => {
                let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
                format!("line {line}")
            }
            None => "message".to_owned(),
        };
        context.print(format!(
            "{place}: {} [{}] {}",
            finding.level, finding.code, finding.message
        ))?;
        context.print(format!("    {}", finding.why))?;
        if let Some(reason) = &finding.confirmed {
            context.print(format!("    confirmed: {reason}"))?;
        }
    }
    let verdict = if check.ready {
        "Ready: nothing is left to fix."
    } else if check.n_errors > 0 {
        "Not ready: an error must be mended first."
    } else {
        "Not ready: a warning must be mended or confirmed with a reason."
    };
    context.print(format!(
        "{verdict} {}, {}, {}.",
        count(&check.n_words, "word", "words"),
        count(&check.n_chars, "character", "characters"),
        count(&check.n_questions, "question", "questions")
    ))
}
