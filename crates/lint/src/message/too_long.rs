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
            "Dear Dr. Ferrand-Ochoa,\n\n\
             I am Solange Baptiste, MS3 at St. George's University.\n\
             I found your name on the page of our graduates.\n\
             I came to medicine through my grandmother's dialysis.\n\
             In my second year I joined the interest group for radiology.\n\
             There I gave a talk on fistulas and how they are kept open.\n\
             This spring I began my rotations in Brooklyn.\n\
             Surgery came first, and medicine is next.\n\
             On both wards I asked to go along to the angiography suite.\n\
             Your paper on access for dialysis was my reading there.\n\
             I have three questions about it and one about training.\n\
             Could we speak by phone for 15 minutes about them?\n\n\
             Solange Baptiste",
        )],
        allows: &[
            Example::plain(
                "Dear Dr. Ferrand-Ochoa,\n\n\
                 I am Solange Baptiste, MS3 at St. George's University.\n\
                 I found your name on the page of our graduates.\n\n\
                 Your paper on access for dialysis stayed with me.\n\n\
                 Could we speak by phone for 15 minutes about it?\n\n\
                 Best,\nSolange Baptiste",
            ),
            Example::with(
                "to=mentor",
                "Dear Dr. Ferrand-Ochoa,\n\n\
                 Here is what became of your advice since May.\n\
                 I asked for the rotation at Maimonides, and I have it.\n\
                 It begins on the first Monday of March.\n\
                 I read the three papers that you named.\n\
                 The second one changed how I look at a fistula.\n\
                 Our poster was taken for the meeting in June.\n\
                 Dr. Okafor and I present it together.\n\
                 The case report is with the second reviewer.\n\
                 Step 2 is booked for the last week of May.\n\
                 My score report comes three weeks later.\n\
                 Until then I keep to one question bank.\n\
                 I write again when the poster is done.\n\n\
                 Solange Baptiste",
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
