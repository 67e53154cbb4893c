//! vague-ask: an ask for any opportunity, opening or role without saying which

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "vague-ask",
        level: Level::Error,
        why: "Nobody can say yes to \"anything\": it hands the reader the work of finding something. A named, small ask is answered.",
        source: &["S-099", "rules.forbidden_asks"],
        scope: "every message but public posts",
        flags: &[
            Example::plain("Could you see where I might fit?"),
            Example::plain("If your division has a spot of some kind, I would take it."),
            Example::plain("Are there any research opportunities in your lab?"),
            Example::plain("Please keep me in mind if something opens up."),
            Example::plain("I would be glad of research, shadowing, or whatever there is."),
            Example::plain("Could you help me to get my foot in the door?"),
            Example::plain("Do you need a student?"),
            Example::plain("I leave it to you what I could do."),
            Example::plain("Let me join your research."),
            Example::plain("What could you offer a student like me?"),
        ],
        allows: &[
            Example::plain("Does your registry project take students for data entry?"),
            Example::plain("Do you have any advice on the two electives?"),
            Example::plain("I am not looking for any opportunity, only for your view."),
            Example::plain("If you need somebody to screen abstracts, I can do it."),
            Example::with("channel=post", "Any opportunity is a gift."),
            Example::plain("Thank you for the opportunity to speak with you."),
            Example::plain("If something comes up, we can move the call to another day."),
            Example::plain("Could I join the Tuesday journal club as a listener?"),
            Example::plain("Do you have a moment on Friday for two questions on the elective?"),
        ],
        can_be_switched_off: true,
    },
    run,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.channel.is_public() {
        return;
    }
    // Help offered without a task is another rule's.
    let offers: Vec<usize> = a.said("offer").iter().map(|m| m.sentence).collect();
    for found in a.meant("vague-ask") {
        let n_words = a.sentences[found.sentence].tokens.len();
        let follows_offer = n_words < 6 && offers.contains(&found.sentence.wrapping_sub(1));
        let has_own_code = ["guarantee-request", "job-request", "letter-ask"]
            .iter()
            .any(|code| a.meant(code).iter().any(|m| m.sentence == found.sentence));
        if has_own_code || follows_offer || offers.contains(&found.sentence) {
            continue;
        }
        hits.push(Hit::at(found.span, "asks for anything at all; name one thing that this reader can grant, such as one clinic, one data set or two answers"));
    }
}
