//! vague-ask: an ask for any opportunity, opening or role without saying which

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
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
            Example::with(
                "to=mentor",
                "Would you look around and see where I could be slotted in?",
            ),
            Example::with(
                "to=mentor",
                "Could you mention a student who is up for stuff?",
            ),
            Example::with(
                "to=met-once",
                "My weeks in July are empty: do with them what you like.",
            ),
            Example::with(
                "to=met-once",
                "Is there any door open for beginners in your group?",
            ),
            Example::with(
                "to=met-once",
                "May I do my research with you? The topic you choose.",
            ),
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
            Example::with(
                "to=mentor",
                "Every opportunity to use it came from your Tuesday rounds, so thank you.",
            ),
            Example::with(
                "to=mentor",
                "Please take whatever time you need for the answer.",
            ),
            Example::with(
                "to=met-once",
                "How did you get involved in research as a student?",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::VagueAsk,
        applies: scope::conversations,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks for anything at all; name one thing that this reader can grant, such as one clinic, one data set or two answers",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::conversations(a) {
        return;
    }
    // Help offered without a task is another rule's.
    let offers: Vec<usize> = a.said("offer").iter().map(|m| m.sentence).collect();
    let own_code: Vec<usize> = [
        a.meant("guarantee-request"),
        a.job_asks(),
        a.letter_ask().into_iter().collect(),
    ]
    .concat()
    .iter()
    .map(|m| m.sentence)
    .collect();
    let mut asked = a.meant("vague-ask");
    for pair in a.meant_in_pairs("vague-ask-pair") {
        let is_near = |n: &usize| (*n..=n + 1).contains(&pair.sentence);
        if !asked.iter().map(|m| m.sentence).any(|n| is_near(&n)) && !own_code.iter().any(is_near) {
            asked.push(pair);
        }
    }
    for found in asked {
        let n_words = a.sentences[found.sentence].tokens.len();
        let follows_offer = n_words < 6 && offers.contains(&found.sentence.wrapping_sub(1));
        if own_code.contains(&found.sentence) || follows_offer || offers.contains(&found.sentence) {
            continue;
        }
        hits.push(hit(a, found.span));
    }
}
