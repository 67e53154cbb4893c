//! `vouch check`: texts against the rules on messages.

use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use desk::views::check_batch::{check_batch, message_of};
use desk::views::compose::{Check, check_text};
use desk::views::set_up::student;
use formats::message_record::read_message_records;
use grammar::Checker;
use lint::{Finding, Message};
use serde::Serialize;

use super::{CliError, Context, Outcome, inert_json, sarif};
use crate::words::count;

/// Arguments of `vouch check`.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A text file, an .eml, or records as JSON lines (.jsonl); "-" reads the input.
    file: PathBuf,
    /// Print JSON; for records one object a line, in the order of the file.
    #[arg(long)]
    json: bool,
    /// Print SARIF 2.1.0.
    #[arg(long, conflicts_with = "json")]
    sarif: bool,
    /// Look for slips of spelling and grammar as well; they are notes.
    #[arg(long)]
    grammar: bool,
}

pub(crate) fn run(args: Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    if has_ending(&args.file, "jsonl") {
        return check_lines(&args, context);
    }
    let mut bytes = Vec::new();
    if args.file.as_os_str() == "-" {
        context.input.read_to_end(&mut bytes)?;
    } else {
        open(&args.file)?
            .read_to_end(&mut bytes)
            .map_err(|source| CliError::File {
                file: args.file.clone(),
                source,
            })?;
    }
    let is_mail = has_ending(&args.file, "eml");
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
    let mut notes = Vec::new();
    if args.grammar {
        let student = student(&reader)?;
        notes = prose_notes(
            &mut Checker::new(),
            &text,
            &[&student.name, &student.school],
        );
    }
    if args.json {
        let mut found = serde_json::to_value(&check).map_err(std::io::Error::other)?;
        if let Some(findings) = found["findings"].as_array_mut() {
            for note in &notes {
                let mut line =
                    serde_json::to_value(FindingLine::new(note)).map_err(std::io::Error::other)?;
                line["quote"] = quote(note, &text).into();
                findings.push(line);
            }
        }
        context.print_json(&found)?;
    } else if args.sarif {
        let results = check.findings.iter().map(|f| sarif::Result {
            code: f.code,
            level: f.level,
            message: &f.message,
            span: f.start.zip(f.end),
            record: None,
        });
        let results = results.chain(notes.iter().map(|note| sarif::Result {
            code: note.code,
            level: note.level.word(),
            message: &note.message,
            span: note.start.zip(note.end),
            record: None,
        }));
        context.print_json(&sarif::log(&args.file.to_string_lossy(), &text, results))?;
    } else {
        for note in &notes {
            let place = place(note.start, &text);
            context.print(format!("{place}: note [{}] {}", note.code, note.message))?;
        }
        print_check(&check, &text, context)?;
    }
    Ok(if check.n_errors > 0 {
        Outcome::No
    } else {
        Outcome::Done
    })
}

fn has_ending(file: &Path, ending: &str) -> bool {
    file.extension()
        .is_some_and(|ext| ext.eq_ignore_ascii_case(ending))
}

fn open(file: &Path) -> Result<BufReader<File>, CliError> {
    File::open(file)
        .map(BufReader::new)
        .map_err(|source| CliError::File {
            file: file.to_owned(),
            source,
        })
}

#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    findings: Vec<FindingLine<'a>>,
}

#[derive(Serialize)]
struct FindingLine<'a> {
    code: &'a str,
    level: &'a str,
    start: Option<usize>,
    end: Option<usize>,
    message: &'a str,
    why: &'a str,
}

impl<'a> FindingLine<'a> {
    fn new(f: &'a Finding) -> Self {
        Self {
            code: f.code,
            level: f.level.word(),
            start: f.start,
            end: f.end,
            message: &f.message,
            why: f.why,
        }
    }
}

impl<'a> Line<'a> {
    fn new(message: &'a Message, findings: &'a [Finding]) -> Self {
        Self {
            id: &message.id,
            findings: findings.iter().map(FindingLine::new).collect(),
        }
    }
}

/// Returns what the prose check notes in a text.
fn prose_notes(checker: &mut Checker, text: &str, names: &[&str]) -> Vec<Finding> {
    let notes = checker.notes(text, names);
    notes.into_iter().map(|note| note.finding).collect()
}

fn quote<'a>(finding: &Finding, text: &'a str) -> &'a str {
    let span = finding.start.zip(finding.end);
    span.and_then(|(start, end)| text.get(start..end))
        .unwrap_or_default()
}

/// Checks records. A line that is no record is told on the error stream, and
/// costs none of the others.
fn check_lines(args: &Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let failed = |source| CliError::File {
        file: args.file.clone(),
        source,
    };
    let records = read_message_records(&mut open(&args.file)?).map_err(failed)?;
    let mut messages = Vec::new();
    let mut n_bad = 0;
    for record in records {
        let read = record
            .map_err(|problem| problem.to_string())
            .and_then(|r| message_of(&r).map_err(|error| format!("line {}, {error}", r.line)));
        match read {
            Ok(message) => messages.push(message),
            Err(problem) => {
                n_bad += 1;
                writeln!(context.err, "{}: {problem}", args.file.display())?;
            }
        }
    }
    if messages.is_empty() {
        return Err(CliError::Usage(format!(
            "{}: found no record; would do: one JSON object a line",
            args.file.display()
        )));
    }
    let mut all = check_batch(&messages);
    if args.grammar {
        add_notes(&messages, &mut all);
    }
    if args.sarif {
        let results = messages.iter().zip(&all).flat_map(|(message, findings)| {
            findings.iter().map(|f| sarif::Result {
                code: f.code,
                level: f.level.word(),
                message: &f.message,
                span: f.start.zip(f.end),
                record: Some((&message.id, &message.text)),
            })
        });
        context.print_json(&sarif::log(&args.file.to_string_lossy(), "", results))?;
    } else {
        for (message, findings) in messages.iter().zip(&all) {
            if args.json {
                let line = serde_json::to_string(&Line::new(message, findings))
                    .map_err(std::io::Error::other)?;
                writeln!(context.out, "{}", inert_json(&line))?;
            } else {
                print_record(message, findings, context)?;
            }
        }
    }
    if n_bad > 0 {
        return Err(CliError::Usage(format!(
            "{}: {} not read, the others were checked",
            args.file.display(),
            count(&n_bad, "line was", "lines were")
        )));
    }
    // Records are checked to be counted, not to be sent: findings are the answer.
    Ok(Outcome::Done)
}

/// Adds what the prose check notes to the findings of each record.
fn add_notes(messages: &[Message], all: &mut [Vec<Finding>]) {
    let mut checker = Checker::new();
    for (message, findings) in messages.iter().zip(all) {
        let (sender, recipient) = (&message.sender, &message.recipient);
        let names = [
            sender.name.as_str(),
            &sender.school,
            &recipient.name,
            &recipient.greet_as,
            &recipient.institution,
        ];
        findings.extend(prose_notes(&mut checker, &message.text, &names));
        // As without them: the whole message first, then by position, ties by code.
        findings.sort_by(|a, b| (a.start, a.code).cmp(&(b.start, b.code)));
    }
}

fn print_record(
    message: &Message,
    findings: &[Finding],
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    context.print(format!(
        "{}: {}",
        message.id,
        count(&findings.len(), "finding", "findings")
    ))?;
    for f in findings {
        let place = place(f.start, &message.text);
        context.print(format!(
            "  {place}: {} [{}] {}",
            f.level.word(),
            f.code,
            f.message
        ))?;
    }
    Ok(())
}

/// Returns where a finding begins, in words.
fn place(start: Option<usize>, text: &str) -> String {
    match start {
        Some(start) => {
            let line = text.get(..start).unwrap_or_default().matches('\n').count() + 1;
            format!("line {line}")
        }
        None => "message".to_owned(),
    }
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
        let place = place(finding.start, text);
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
