//! letter-from-stranger: a letter asked of somebody who cannot write one.

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "letter-from-stranger",
        level: Level::Error,
        why: "Nobody can recommend a student whom they do not know, and the request ends the \
              contact before it began. Work together first.",
        source: &["S-100", "rules.forbidden_asks"],
        scope: "recipients who are strangers or were met once",
        flags: &[
            Example::with(
                "to=met-once",
                "My application lacks the voice of an IR doctor; would you lend yours?",
            ),
            Example::with("to=met-once", "May the committee hear from you about me?"),
            Example::with(
                "to=met-once",
                "One chat at the buffet, I know, but a signed recommendation would help.",
            ),
            Example::with(
                "to=met-once",
                "Two sentences and your signature at the bottom would be enough.",
            ),
            Example::with("to=met-once", "May I have ERAS send you the link?"),
            Example::with(
                "to=met-once",
                "My school insists on a reference from each site. Would you?",
            ),
            Example::plain("Could you write me a strong LOR for the coming season?"),
            Example::plain("I would like to list you as a referee in ERAS."),
            Example::plain("It would be great to have a letter from you."),
            Example::plain("Pls can u sign a recomendation for me"),
            Example::with("to=met-once", "May I count on your letter?"),
            Example::with(
                "to=met-once",
                "I need three letters and I have two. Would you give me the third one?",
            ),
            Example::with(
                "to=met-once",
                "Would you lend your signature to a page for my application?",
            ),
            Example::with(
                "to=met-once",
                "I am still one letter short. Would you step in?",
            ),
            Example::with(
                "to=met-once",
                "My recommendations are two, the law asks three. Would you kindly compose the last?",
            ),
            Example::with(
                "to=met-once",
                "Is it OK that I listed you in ERAS? You will get a link.",
            ),
            Example::with(
                "to=met-once",
                "It would be an honour if you recommended me.",
            ),
            Example::with(
                "to=met-once",
                "Could your name stand at the bottom of a text that praises me?",
            ),
            Example::with(
                "to=met-once",
                "My dean said that a radiologist should sign for me. Would you?",
            ),
        ],
        allows: &[
            Example::with(
                "to=met-once",
                "I would like to hear how you asked for your letters.",
            ),
            Example::plain("Which rotations lead to good letters?"),
            Example::plain("I am not asking for a letter, only for your view."),
            Example::plain("Thank you for the letter you sent to our class."),
            Example::plain("I followed your protocol to the letter."),
            Example::plain("May I show our buyer your letter on the aprons?"),
            Example::with("to=mentor", "Could you write me a letter?"),
            Example::with(
                "to=met-once",
                "Who writes the best letters, medicine or surgery attendings?",
            ),
            Example::with(
                "to=met-once",
                "Would you recommend that I take the elective in spring?",
            ),
            Example::with(
                "to=met-once",
                "Dr. Osei writes my letter; he told me to ask you how the electives work.",
            ),
            Example::with(
                "to=met-once",
                "Should a letter of intent mention the signal?",
            ),
            Example::with(
                "to=met-once",
                "Does your program want letters from radiologists only?",
            ),
            Example::with(
                "to=met-once",
                "Please put my name to the list for the phantom workshop.",
            ),
            Example::with(
                "to=met-once",
                "It is too early for a letter, so may I ask for advice on the elective instead?",
            ),
            Example::with(
                "to=met-once",
                "I read your recommendations on access; could you explain the third?",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::LetterAsk,
        applies: scope::near_strangers,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks for a letter from somebody who hardly knows you; ask for a conversation or a \
         small task instead, and for the letter after you have worked together",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::near_strangers(a) {
        return;
    }
    if let Some(ask) = a.letter_ask() {
        hits.push(hit(a, ask.span));
    }
}
