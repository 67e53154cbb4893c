//! exaggeration-request: a writer asked to state more or other than was seen

use crate::analysis::{Analysis, Match, measures};
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule, Scenario};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "exaggeration-request",
        level: Level::Error,
        why: "A letter is worth what its writer saw. An inflated one costs the writer's name, and yours.",
        source: &["S-124", "rules.forbidden_asks"],
        scope: "every message; in a drafted letter, quotations too",
        flags: &[
            Example::with(
                "to=mentor; scenario=letter-request",
                "Everything is typed, just your autograph is missing.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "We could call the observership a sub-internship, nobody checks.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you say that my three-week visit lasted a term?",
            ),
            Example::with(
                "to=mentor",
                "Please write that I was the best student you ever had.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could we stretch the dates a little?",
            ),
            Example::with(
                "to=mentor; scenario=advocacy-request",
                "If she asks how many drains I assisted, answer \"some thirty\".",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "My form has the word \"timid\". Could we go with \"bold\"?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you leave out the week I was absent?",
            ),
            Example::with(
                "to=mentor",
                "The letter is ready, you only need to sign it.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Please mention 60 cases instead of the 16 I did.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you upgrade my 'good' to 'outstanding' in the form?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "I wrote the letter myself, so you only sign.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "When they phone, no need to bring up the sutures I contaminated.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Would you write that I led the audit? Jonas did, but he is in another field now.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could the sentence about my temper disappear?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could the four in teamwork become a five?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Instead of \"assisted\" please write \"performed\".",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you rate me above your residents?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "My attendance was not perfect, but the letter doesn't have to know that.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you put the two days I was sick as present?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "I took the liberty to write the whole letter. Kindly put your signature and it's done.",
            ),
            Example::with(
                "to=mentor",
                "In case Dr. Pell asks, we have published together, okay?",
            ),
        ],
        allows: &[
            Example::with("to=mentor", "How can I make my part in the study stronger?"),
            Example::with(
                "to=mentor",
                "My statement does not mention the exam that I failed.",
            ),
            Example::with(
                "to=mentor",
                "Please mention the audit only if you recall it.",
            ),
            Example::with(
                "to=mentor",
                "Please write honestly, my weaknesses included.",
            ),
            Example::with(
                "to=mentor",
                "Please do not exaggerate my part in the audit.",
            ),
            Example::with(
                "to=mentor",
                "Could you mention the audit that I presented in May?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Please correct the number: I entered 12, not 21.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "You need not mention the project, since you did not see me do it.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "I was late twice, and I would rather have it in the letter than hidden.",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Could you say how long you have known me?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "Would you tell her that I did the elective with you, no more than that?",
            ),
            Example::with(
                "to=mentor; scenario=letter-request",
                "I missed four days in May; please write it as it was.",
            ),
            Example::with(
                "to=mentor",
                "The abstract says 40 cases, but I count 38. Could you change it?",
            ),
            Example::with(
                "to=mentor; phase=interview",
                "Tallgrass offered me a date in December. Should I take it or wait for Ember Lake?",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::ExaggerationRequest,
        applies,
        hit,
    }),
};

/// For every message; what the classifier alone sees counts where somebody is to
/// write or speak.
fn applies(a: &Analysis<'_>) -> bool {
    writes(a) || a.has("letter-topic") || a.letter_ask().is_some()
}

fn writes(a: &Analysis<'_>) -> bool {
    matches!(
        a.message.scenario,
        Scenario::LetterRequest | Scenario::AdvocacyRequest
    )
}

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks for more than the writer saw; ask for what they remember, in their own words",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let writes = writes(a);
    // To strangers and in public, "twice as long" or "leave it out" are about
    // papers and wires, unless a letter is spoken of.
    let distant = a.message.channel.is_public() || a.message.is_to_near_stranger();
    if distant && !writes && !a.has("letter-topic") {
        return;
    }
    let drafted = writes || a.has("letter-drafted");
    let mut found = if drafted {
        a.meant_quoted_too("exaggeration-request")
    } else {
        a.meant("exaggeration-request")
    };
    found.extend(longer_than_known(a));
    found.extend(if drafted {
        a.meant_in_pairs_quoted_too("exaggeration-pair")
    } else {
        a.meant_in_pairs("exaggeration-pair")
    });
    found.extend(a.told("exaggeration-omission"));
    if writes || a.has("letter-topic") {
        found.extend(a.meant_quoted_too("exaggeration-writer"));
        found.extend(a.meant_in_pairs_quoted_too("exaggeration-writer-pair"));
    }
    if a.has("letter-drafted") {
        found.extend(a.meant("signature-only"));
    }
    if drafted {
        found.extend(a.told("exaggeration-drafted"));
    }
    // What is to be said about lists is another rule's.
    found.retain(|m| {
        !a.sentence_has(m.sentence, "truth-asked") && !a.sentence_has(m.sentence, "rank-promise")
    });
    found.sort_by_key(|m| (m.sentence, m.span));
    found.dedup_by_key(|m| m.sentence);
    if let Some(found) = found.first() {
        hits.push(hit(a, found.span));
    }
}

/// Returns where a writer is to say that the acquaintance lasted longer than the
/// record knows.
fn longer_than_known(a: &Analysis<'_>) -> Vec<Match> {
    let known = f64::from(a.message.recipient.acquainted_days);
    let mut found = a.meant("acquaintance-told");
    found.retain(|m| {
        measures::days(&a.sentences[m.sentence])
            .into_iter()
            .any(|days| days > known * 1.2 + 14.0)
    });
    found
}
