//! too-long: a cold e-mail of more than twelve lines.

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

/// Most lines of a cold e-mail (networking.toml, `rules.cold_email_lines`).
const MOST_LINES: usize = 12;

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "too-long",
        level: Level::Warn,
        why: "Busy people read short mail first. The article asks for 8 to 12 lines, and vendor \
              data from other settings agree that short mail is answered more often.",
        source: &["S-096", "lint.lines", "E-001"],
        scope: "first contact by e-mail",
        flags: &[Example::plain(
            "Dear Dr. Ferrand-Ochoa,\n\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nSolange",
        )],
        allows: &[
            Example::plain(
                "Dear Dr. Ferrand-Ochoa,\n\na\n\nb\n\nc\n\nd\n\ne\nf\ng\nh\ni\n\nBest,\nSolange",
            ),
            Example::with(
                "to=mentor",
                "Dear Dr. Ferrand-Ochoa,\na\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl",
            ),
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
    if lines > MOST_LINES {
        hits.push(Hit::whole(format!(
            "{lines} lines of 72 columns; a first e-mail has at most {MOST_LINES}, so drop what the \
             reader does not need to say yes"
        )));
    }
}
