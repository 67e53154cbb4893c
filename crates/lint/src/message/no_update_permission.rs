//! no-update-permission: a follow-up that does not ask to write again

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-update-permission",
        level: Level::Note,
        why: "A permission asked today makes the next letter welcome.",
        source: &["S-083", "E-042"],
        scope: "follow-ups",
        flags: &[Example::with(
            "scenario=thank-you; to=mentor",
            "Thank you. I learned to zoom out first.\n\nBest,\nSolange",
        )],
        allows: &[
            Example::with(
                "scenario=thank-you; to=mentor",
                "Thank you. If you do not mind, I will report in spring.",
            ),
            Example::with("scenario=interview-thank-you", "Thank you."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_follow_up() {
        return;
    }
    if !a.has("update-permission") {
        hits.push(Hit::whole(
            "does not ask whether you may write again; half a sentence is enough",
        ));
    }
}
