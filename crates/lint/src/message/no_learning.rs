//! no-learning: a follow-up that names nothing learned

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "no-learning",
        level: Level::Warn,
        why: "What changed because of them is the best thanks, and the reason to answer.",
        source: &["S-082", "S-165"],
        scope: "follow-ups",
        flags: &[
            Example::with(
                "scenario=thank-you; to=mentor",
                "Thank you. I will never forget your session.",
            ),
            Example::with(
                "scenario=thank-you; to=mentor",
                "Thank you for the splendid morning. The team was lovely and I keep a great memory of it.",
            ),
        ],
        allows: &[
            Example::with(
                "scenario=thank-you; to=mentor",
                "Thank you. I now label the syringe first, as you showed.",
            ),
            Example::with(
                "scenario=thank-you; to=mentor",
                "Thanks for the week. I tape the sheath without wrinkles now.",
            ),
            Example::with(
                "scenario=thank-you; to=mentor",
                "Thank you. That a clot may be left alone overnight was a surprise to me.",
            ),
            Example::with("to=mentor", "Thank you."),
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
    if !a.has_unexcused("learning") {
        hits.push(Hit::whole(
            "names nothing that you learned, noticed or did; one concrete thing is enough",
        ));
    }
}
