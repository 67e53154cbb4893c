//! Many pasted lines, with the headings and titles among them.

use domain::{Problem, fold};
use jiff::civil::Date;

use super::{LogReading, PartKind, day, marked, no_day, read, token};
use crate::names::NameLookup;
use crate::people_lines::without_bullet;

/// One of several pasted lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastedLine {
    /// The number of the line in the pasted text, from 1.
    pub line: u64,
    /// The line without bullet or number.
    pub text: String,
    /// What it says; its spans are those of `text`.
    pub reading: LogReading,
}

/// What is found where neither a line nor a line above it tells a day.
const NO_DAY: &str = "no day; taken as today";

/// Returns whether a problem only says that a line is taken as today's.
pub fn is_no_day(problem: &Problem) -> bool {
    problem.found == NO_DAY
}

/// What stands above the lines that are read next.
#[derive(Default)]
struct Above<'a> {
    day: Option<Result<Date, Problem>>,
    /// Titles since the last line, which are left out.
    titles: Vec<&'a str>,
    /// The title of a list of plans, and how many lines of it were left out.
    plans: Option<(&'a str, usize)>,
}

/// Returns what many pasted lines say, each with its own day.
///
/// A line that is only a day is a heading for the lines below it. A line with
/// no day of its own and no heading above gets `today` and a problem. Titles
/// are left out, which is said beside the next line, and so are the lines of a
/// list of plans and a line that stands twice.
pub fn parse_many(text: &str, today: Date, names: &dyn NameLookup) -> Vec<PastedLine> {
    let lines: Vec<(&str, u64)> = text
        .lines()
        .zip(1..)
        .map(|(line, number)| (without_bullet(line), number))
        .filter(|(line, _)| !line.is_empty())
        .collect();
    let mut above = Above::default();
    let mut pasted: Vec<PastedLine> = Vec::new();
    for (line, number) in &lines {
        if let Some(day) = heading_of(line, today) {
            above.day = Some(day);
            finish_plans(&mut above, &mut pasted);
            continue;
        }
        if lines.len() > 1 && is_plans(line) {
            finish_plans(&mut above, &mut pasted);
            above.plans = Some((line, 0));
            continue;
        }
        let default_day = match &above.day {
            Some(Ok(day)) => *day,
            _ => today,
        };
        let mut reading = read::read(line, today, default_day, names);
        if lines.len() > 1 && is_title(line, &reading) {
            finish_plans(&mut above, &mut pasted);
            above.titles.push(line);
            continue;
        }
        if let Some((_, n_left_out)) = &mut above.plans
            && !reading.day_stated
        {
            *n_left_out += 1;
            continue;
        }
        finish_plans(&mut above, &mut pasted);
        for title in above.titles.drain(..) {
            reading.problems.push(left_out_title(title, "above it"));
        }
        finish_line(&mut reading, &above, *number);
        let text = (*line).to_owned();
        if let Some(same) = pasted
            .iter_mut()
            .find(|other| says_the_same(&other.reading, &reading))
        {
            stands_twice(&mut same.reading, same.line);
            continue;
        }
        pasted.push(PastedLine {
            line: *number,
            text,
            reading,
        });
    }
    finish_plans(&mut above, &mut pasted);
    leave_no_title_unsaid(&above, &lines, &mut pasted, today, names);
    pasted
}

/// Says of a line what the lines above it tell of its day.
fn finish_line(reading: &mut LogReading, above: &Above<'_>, number: u64) {
    if let Some(Err(problem)) = &above.day
        && !reading.day_stated
    {
        reading.problems.push(problem.clone());
    }
    for problem in &mut reading.problems {
        problem.line = number;
    }
    if !reading.day_stated && above.day.is_none() && reading.stop().is_none() {
        reading.problems.push(Problem {
            line: number,
            ..read::problem(
                "day",
                NO_DAY.to_owned(),
                "\"yesterday\", \"last Tue\" or \"3 Mar\" in the line or above it",
            )
        });
    }
}

/// Says beside the last line how many lines of a list of plans were left out.
fn finish_plans(above: &mut Above<'_>, pasted: &mut [PastedLine]) {
    let Some((title, n_left_out)) = above.plans else {
        return;
    };
    let Some(last) = pasted.last_mut() else {
        // Nothing is above it: it is said beside the next line.
        if n_left_out == 0 {
            above.titles.push(title);
            above.plans = None;
        }
        return;
    };
    above.plans = None;
    let lines = match n_left_out {
        0 => "a title, which is left out".to_owned(),
        1 => "with 1 line below it, which is left out as planned".to_owned(),
        n => format!("with {n} lines below it, which are left out as planned"),
    };
    let mut problem = read::problem(
        "line",
        format!("\"{title}\" below it, {lines}"),
        "the day in a line that has been, as in \"today call with Dr. Rao\"",
    );
    problem.line = last.line;
    last.reading.problems.push(problem);
}

fn left_out_title(title: &str, place: &str) -> Problem {
    read::problem(
        "line",
        format!("\"{title}\" {place}, which is left out as a title"),
        "a name in it, as in \"call with Dr. Rao\"",
    )
}

/// Keeps titles below the last line and plans without any line as lines, so
/// that nothing that was typed goes unsaid.
fn leave_no_title_unsaid(
    above: &Above<'_>,
    lines: &[(&str, u64)],
    pasted: &mut Vec<PastedLine>,
    today: Date,
    names: &dyn NameLookup,
) {
    if let Some(last) = pasted.last_mut() {
        for title in &above.titles {
            let mut problem = left_out_title(title, "below it");
            problem.line = last.line;
            last.reading.problems.push(problem);
        }
        return;
    }
    let is_unsaid = !above.titles.is_empty() || above.plans.is_some();
    for (line, number) in lines.iter().filter(|_| is_unsaid) {
        if heading_of(line, today).is_none() {
            let mut reading = read::read(line, today, today, names);
            for problem in &mut reading.problems {
                problem.line = *number;
            }
            pasted.push(PastedLine {
                line: *number,
                text: (*line).to_owned(),
                reading,
            });
        }
    }
}

/// Returns whether two lines of a paste tell the same, word for word.
fn says_the_same(one: &LogReading, other: &LogReading) -> bool {
    // A line without a day may be one of an earlier paste.
    let has_day = |reading: &LogReading| !reading.problems.iter().any(is_no_day);
    one.day == other.day
        && has_day(one) == has_day(other)
        && one.note == other.note
        && one.people.len() == other.people.len()
        && one
            .people
            .iter()
            .zip(&other.people)
            .all(|(a, b)| a.who.is_same(&b.who))
        && one.channel == other.channel
        && one.direction == other.direction
        && one.duration_min == other.duration_min
        && one.event == other.event
        && one.place == other.place
        && one.exchanges == other.exchanges
        && one.promises == other.promises
        && one.follow_up == other.follow_up
        && !one.people.is_empty()
}

/// Says once that a line stands twice.
fn stands_twice(reading: &mut LogReading, line: u64) {
    const TWICE: &str = "the same line twice, which is kept once";
    if reading
        .problems
        .iter()
        .any(|problem| problem.found == TWICE)
    {
        return;
    }
    reading.problems.push(Problem {
        line,
        ..read::problem(
            "line",
            TWICE.to_owned(),
            "what was different, as in \"second call\", if it happened twice",
        )
    });
}

/// Titles of lists of what is still to be done.
const PLANS: &[&str] = &[
    "to do",
    "todo",
    "to-do",
    "to dos",
    "todos",
    "to-dos",
    "to do list",
    "todo list",
    "tasks",
    "next steps",
    "plans",
    "planned",
    "reminders",
    "to email",
    "to call",
    "to contact",
    "later",
];

/// Returns whether a line is the title of a list of plans.
fn is_plans(line: &str) -> bool {
    let bare = line
        .trim_start_matches('#')
        .trim()
        .trim_end_matches([':', '.']);
    PLANS.contains(&fold(bare).as_str())
}

/// The most words of a title among the lines of a paste.
const TITLE_WORDS_MAX: usize = 4;

/// Returns whether a line only says what the lines below it are: a few words,
/// none of which were understood.
fn is_title(line: &str, reading: &LogReading) -> bool {
    line.split_whitespace().count() <= TITLE_WORDS_MAX
        && !line.contains(['"', '“', '#', '@'])
        && reading.stop().is_none()
        && reading
            .problems
            .iter()
            .all(|problem| problem.field == "person" && problem.found == "nobody named")
        && reading.parts.iter().all(|part| part.kind == PartKind::Note)
}

/// Returns the day of a line that tells nothing else but a time of the clock,
/// or why it is none.
fn heading_of(line: &str, today: Date) -> Option<Result<Date, Problem>> {
    let bare = line
        .trim_start_matches('#')
        .trim()
        .trim_end_matches([':', '.']);
    let tokens = token::tokens(bare);
    let words: Vec<&str> = tokens.iter().map(token::Token::phrase_word).collect();
    if let Some(phrase) = day::past_day(&words, today, true) {
        return marked::is_clock_behind(&words[phrase.n_words..]).then_some(Ok(phrase.day));
    }
    let found = no_day::no_day(&words, today, true)?;
    let behind = &words[found.n_words..];
    let is_year = |word: &&str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
    let behind = &behind[usize::from(behind.first().is_some_and(is_year))..];
    marked::is_clock_behind(behind).then(|| Err(found.problem(&words)))
}
