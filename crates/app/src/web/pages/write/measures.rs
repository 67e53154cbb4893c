//! What is counted in a message, side by side with what is usual.

use desk::views::compose::{Check, grade_in_words};
use lint::SPOKEN_WORDS_A_MINUTE;

/// One count.
pub(super) struct Row {
    pub(super) label: &'static str,
    pub(super) value: String,
    /// What would do, with where it comes from; empty where nothing is known.
    pub(super) usual: String,
    /// What is wrong with the count, where it is outside of that.
    pub(super) outside: Option<&'static str>,
}

/// Percent from which two messages are too much alike.
const TOO_ALIKE: u32 = 40;

/// Returns what is wrong where a message is too much like an earlier one.
pub(super) fn too_alike(check: &Check) -> Option<&'static str> {
    let twin = check.twin.as_ref()?;
    (twin.percent >= TOO_ALIKE).then_some("too much alike")
}

/// Returns what is wrong with a count that should be from `min` to `max`.
fn outside(n: u32, min: u32, max: u32) -> Option<&'static str> {
    if n < min {
        Some("fewer than usual")
    } else if n > max {
        Some("more than usual")
    } else {
        None
    }
}

/// Returns what is wrong with a count that is over what is allowed.
fn over(n: usize, most: Option<usize>) -> Option<&'static str> {
    most.filter(|most| n > *most).map(|_| "too many")
}

/// Returns the counts of a message that travels by a channel.
pub(super) fn rows(check: &Check, channel: &str) -> Vec<Row> {
    let limits = facts::shipped().limits();
    let from = |id: &str| {
        let evidence = facts::shipped().evidence(id);
        let grade = evidence.map_or("", |evidence| evidence.grade.as_str());
        format!("{id}, {}", grade_in_words(grade))
    };
    let is_email = channel == "email";
    let n = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let good = limits.words_good;
    let mut rows = vec![Row {
        label: "Words",
        value: check.n_words.to_string(),
        usual: if is_email {
            format!("{} to {} ({})", good.min, good.max, from("E-001"))
        } else {
            String::new()
        },
        outside: outside(n(check.n_words), good.min, good.max).filter(|_| is_email),
    }];
    if is_email {
        let good = limits.email_lines;
        rows.push(Row {
            label: "Lines",
            value: check.n_lines.to_string(),
            usual: format!(
                "{} to {} in a first e-mail ({})",
                good.min,
                good.max,
                grade_in_words("S")
            ),
            outside: outside(n(check.n_lines), good.min, good.max),
        });
    } else {
        rows.push(Row {
            label: "Characters",
            value: check.n_chars.to_string(),
            usual: match check.limits.characters {
                Some(most) if channel == "linkedin-note" => {
                    let paid = limits.linkedin_note_chars.premium;
                    format!("at most {most}; a paid account has {paid}, if you set it")
                }
                Some(most) => format!("at most {most}"),
                None => String::new(),
            },
            outside: over(check.n_chars, check.limits.characters),
        });
    }
    if channel == "spoken" {
        let pace = format!("{SPOKEN_WORDS_A_MINUTE} words a minute (our choice)");
        rows.push(Row {
            label: "Said in",
            value: format!("{} seconds", check.spoken_seconds),
            usual: match check.limits.seconds {
                Some(most) => format!("at most {most}, at {pace}"),
                None => pace,
            },
            outside: over(
                check.spoken_seconds,
                check.limits.seconds.map(|n| n as usize),
            ),
        });
    }
    rows.push(Row {
        label: "Questions",
        value: check.n_questions.to_string(),
        usual: format!(
            "{} to {} ({})",
            limits.questions.min,
            limits.questions.max,
            from("E-004")
        ),
        outside: outside(
            n(check.n_questions),
            limits.questions.min,
            limits.questions.max,
        ),
    });
    rows.push(Row {
        label: "Reading grade",
        value: match check.reading_grade {
            Some(grade) => format!("{grade:.1}"),
            None => "too short to tell".to_owned(),
        },
        usual: format!("lower is easier to read ({})", from("E-003")),
        outside: None,
    });
    rows.push(Row {
        label: "Time asked for",
        value: match check.asked_minutes {
            Some(minutes) => format!("{minutes:.0} minutes"),
            None => "none".to_owned(),
        },
        usual: String::new(),
        outside: None,
    });
    rows
}
