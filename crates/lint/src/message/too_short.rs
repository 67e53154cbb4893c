//! too-short: a cold e-mail of fewer than eight lines

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "too-short",
        level: Level::Note,
        why: "Busy readers like short; the article asks for 8 to 12 lines, so this is advice.",
        source: &["S-096", "lint.lines"],
        scope: "first contact by e-mail",
        flags: &[Example::plain(
            "Dear Dr. Ferrand-Ochoa,\n\nI study medicine. May I ask a question?\n\nSolange",
        )],
        allows: &[
            Example::plain("Dear Dr. Ferrand-Ochoa,\n\na\n\nb\n\nc\n\nd\n\ne\nf\nBest,\nSolange"),
            Example::with("to=mentor", "Thank you for the call."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_cold_email() {
        return;
    }
    let lines = a.n_lines();
    if lines < FEWEST_LINES {
        hits.push(Hit::whole(format!(
            "{lines} lines of 72 columns; the article suggests {FEWEST_LINES} to 12"
        )));
    }
}

/// Fewest lines of a cold e-mail (networking.toml, `rules.cold_email_lines`).
const FEWEST_LINES: usize = 8;
