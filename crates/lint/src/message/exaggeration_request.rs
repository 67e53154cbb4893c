//! exaggeration-request: a writer asked to state more or other than was seen

use crate::analysis::Analysis;
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
                "Could you say that my three-week visit lasted a term?",
            ),
            Example::with(
                "to=mentor",
                "Please write that I was the best student you ever had.",
            ),
            Example::with("to=mentor", "Could you leave out the week I was absent?"),
            Example::with(
                "to=mentor",
                "The letter is ready, you only need to sign it.",
            ),
        ],
        allows: &[
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
        ],
        can_be_switched_off: true,
    },
    run,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let quotes_too = matches!(
        a.message.scenario,
        Scenario::LetterRequest | Scenario::AdvocacyRequest
    );
    let mut found = a.meant("exaggeration-request");
    if quotes_too {
        found.extend(a.told("exaggeration-drafted"));
    }
    found.extend(a.told("exaggeration-omission"));
    found.sort_by_key(|m| m.sentence);
    found.dedup_by_key(|m| m.sentence);
    for found in found {
        hits.push(Hit::at(
            found.span,
            "asks for more than the writer saw; ask for what they remember, in their own words",
        ));
    }
}
