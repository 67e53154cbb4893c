//! `vouch check`: texts against the rules on messages.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufReader, Read as _};
use std::path::{Path, PathBuf};

use desk::views::check_batch::{check_batch, message_of};
use desk::views::compose::{self, Check, LooseText, check_text};
use desk::views::set_up::student;
use formats::mail::own_words;
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
    /// Read records as JSON lines, whatever the file is called.
    #[arg(long)]
    records: bool,
    /// Print JSON, one object a line, in the order of the file.
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
    if args.records || has_ending(&args.file, "jsonl") {
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
    let read = if has_ending(&args.file, "eml") {
        mail(&args, &bytes)?
    } else {
        plain(&args, bytes)?
    };
    let (desk, reader) = context.open()?;
    let loose = LooseText {
        subject: read.subject.as_deref(),
        text: &read.text,
        to: &read.to,
        is_reply: read.is_reply,
    };
    let check = check_text(&reader, desk.today()?, &loose)?;
    let mut notes = Vec::new();
    if args.grammar {
        let student = student(&reader)?;
        let names = [student.name.as_str(), &student.school, &read.to];
        notes = prose_notes(&mut Checker::new(), &read.text, &names);
    }
    if args.json || args.sarif {
        let file = args.file.to_string_lossy();
        let found = check.findings.iter().map(FindingLine::of_check);
        let mut found: Vec<FindingLine> = found.chain(notes.iter().map(FindingLine::new)).collect();
        // As in records: the whole message first, then by position, ties by code.
        found.sort_by(|a, b| (a.start, a.code).cmp(&(b.start, b.code)));
        if args.json {
            print_line(&file, &found, context)?;
        } else {
            let results = found.iter().map(|f| sarif::Result {
                code: f.code,
                level: f.level,
                message: f.message,
                place: match &read.in_file {
                    Some(raw) => sarif::Place::File {
                        text: raw,
                        span: f
                            .span()
                            .map(|(start, end)| (in_file(raw, start), in_file(raw, end))),
                    },
                    None => sarif::Place::Member {
                        name: "text",
                        text: &read.text,
                        span: f.span(),
                    },
                },
            });
            context.print_json(&sarif::log(&file, results))?;
        }
    } else {
        for note in &notes {
            let place = place(note.start, &read.text);
            context.print(format!("{place}: note [{}] {}", note.code, note.message))?;
        }
        print_check(&check, &read.text, context)?;
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
    findings: &'a [FindingLine<'a>],
}

/// Prints what was found in one text as one line.
fn print_line(
    id: &str,
    findings: &[FindingLine<'_>],
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    let line = serde_json::to_string(&Line { id, findings }).map_err(std::io::Error::other)?;
    writeln!(context.out, "{}", inert_json(&line))?;
    Ok(())
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

    fn of_check(f: &'a compose::FindingLine) -> Self {
        Self {
            code: f.code,
            level: f.level,
            start: f.start,
            end: f.end,
            message: &f.message,
            why: f.why,
        }
    }

    fn span(&self) -> Option<(usize, usize)> {
        self.start.zip(self.end)
    }
}

/// Returns what the prose check notes in a text.
fn prose_notes(checker: &mut Checker, text: &str, names: &[&str]) -> Vec<Finding> {
    let notes = checker.notes(text, names);
    notes.into_iter().map(|note| note.finding).collect()
}

/// Checks records. A line that is no record is told on the error stream, and
/// costs none of the others.
fn check_lines(args: &Args, context: &mut Context<'_>) -> Result<Outcome, CliError> {
    let failed = |source| CliError::File {
        file: args.file.clone(),
        source,
    };
    let records = if args.file.as_os_str() == "-" {
        read_message_records(&mut BufReader::new(&mut context.input))?
    } else {
        read_message_records(&mut open(&args.file)?).map_err(failed)?
    };
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
                place: sarif::Place::Member {
                    name: &message.id,
                    text: &message.text,
                    span: f.start.zip(f.end),
                },
            })
        });
        context.print_json(&sarif::log(&args.file.to_string_lossy(), results))?;
    } else {
        for (message, findings) in messages.iter().zip(&all) {
            if args.json {
                let lines: Vec<FindingLine> = findings.iter().map(FindingLine::new).collect();
                print_line(&message.id, &lines, context)?;
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
    let (shown, rest) = first_of_each(findings, |f| f.code);
    for f in shown {
        let place = place(f.start, &message.text);
        context.print(format!(
            "  {place}: {} [{}] {}",
            f.level.word(),
            f.code,
            f.message
        ))?;
    }
    for (code, n) in rest {
        context.print(format!("  and {n} more [{code}]"))?;
    }
    Ok(())
}

/// Most findings of one code that are printed: more of them have one cause.
const PRINTED: usize = 20;

/// Returns the findings to print, and how many more there are of which code.
fn first_of_each<T>(
    findings: &[T],
    code: impl Fn(&T) -> &'static str,
) -> (Vec<&T>, BTreeMap<&'static str, usize>) {
    let mut printed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rest = BTreeMap::new();
    let shown = findings.iter().filter(|finding| {
        let n = printed.entry(code(finding)).or_default();
        *n += 1;
        if *n > PRINTED {
            rest.insert(code(finding), *n - PRINTED);
        }
        *n <= PRINTED
    });
    (shown.collect(), rest)
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

/// A text to check, as it was read.
struct Read {
    subject: Option<String>,
    text: String,
    /// Whose name stands in the To line, or empty.
    to: String,
    is_reply: bool,
    /// The file, where the text is the file; a mail's text stands in it encoded.
    in_file: Option<String>,
}

const EMPTY: &str = "found an empty text; would do: the message as you would send it";

fn plain(args: &Args, bytes: Vec<u8>) -> Result<Read, CliError> {
    let file = args.file.display();
    let raw = String::from_utf8(bytes).map_err(|error| {
        CliError::Usage(format!(
            "{file}: found a byte that is no text at {}; would do: a text file in UTF-8",
            error.utf8_error().valid_up_to()
        ))
    })?;
    let text = raw.trim_start_matches(MARK).replace("\r\n", "\n");
    if text.trim().is_empty() {
        return Err(CliError::Usage(format!("{file}: {EMPTY}")));
    }
    Ok(Read {
        subject: None,
        text,
        to: String::new(),
        is_reply: false,
        in_file: Some(raw),
    })
}

/// The mark at the beginning of a file that says how it is encoded.
const MARK: char = '\u{FEFF}';

/// Returns where a byte of the text that is checked stands in the file, which
/// may have a mark at its beginning and two signs at the end of a line.
fn in_file(raw: &str, at: usize) -> usize {
    let text = raw.trim_start_matches(MARK);
    let before = raw.len() - text.len();
    let (mut n_read, mut place) = (0, 0);
    for line in text.split_inclusive('\n') {
        let n_taken_out = usize::from(line.ends_with("\r\n"));
        if at < n_read + line.len() - n_taken_out {
            break;
        }
        n_read += line.len() - n_taken_out;
        place += line.len();
    }
    before + place + (at - n_read)
}

/// Reads a mail. In an answer the message that it quotes is somebody else's.
fn mail(args: &Args, bytes: &[u8]) -> Result<Read, CliError> {
    let file = args.file.display();
    let mail = formats::mail::read_eml(bytes)
        .map_err(|error| CliError::Usage(format!("{file}: {error}")))?;
    if mail.text.trim().is_empty() {
        let found = match mail.attachments.first() {
            Some(name) => format!(
                "found no text in this e-mail, only an attached file (\"{name}\"); would do: an e-mail \
                 with its text, or the text alone in a file"
            ),
            None => "found no text in this e-mail; would do: an e-mail with its text, or the text \
                     alone in a file"
                .to_owned(),
        };
        return Err(CliError::Usage(format!("{file}: {found}")));
    }
    let is_reply = !mail.in_reply_to.is_empty() || !mail.references.is_empty();
    let text = if is_reply {
        own_words(&mail.text).to_owned()
    } else {
        mail.text
    };
    let to = match mail.to.as_slice() {
        [one] => one.name.clone(),
        _ => String::new(),
    };
    Ok(Read {
        subject: Some(mail.subject),
        text,
        to,
        is_reply,
        in_file: None,
    })
}

/// Prints what the rules say, with the line of the text each finding begins in.
pub(crate) fn print_check(
    check: &Check,
    text: &str,
    context: &mut Context<'_>,
) -> Result<(), CliError> {
    let (shown, rest) = first_of_each(&check.findings, |f| f.code);
    for finding in shown {
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
    for (code, n) in rest {
        context.print(format!("and {n} more [{code}]"))?;
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
