//! exaggeration-request: a writer asked to state more or other than was seen

use crate::analysis::{Analysis, Match, measures};
use crate::rule::Hit;
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
        ],
        allows: &[
            Example::with("to=mentor", "How can I make my part in the study stronger?"),
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
        ],
        can_be_switched_off: true,
    },
    run,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let writes = matches!(
        a.message.scenario,
        Scenario::LetterRequest | Scenario::AdvocacyRequest
    );
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
    found.extend(a.meant_in_pairs("exaggeration-pair"));
    found.extend(a.told("exaggeration-omission"));
    if drafted {
        found.extend(a.told("exaggeration-drafted"));
    }
    found.retain(|m| !a.sentence_has(m.sentence, "truth-asked"));
    found.sort_by_key(|m| (m.sentence, m.span));
    found.dedup_by_key(|m| m.sentence);
    if let Some(found) = found.first() {
        hits.push(Hit::at(
            found.span,
            "asks for more than the writer saw; ask for what they remember, in their own words",
        ));
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
