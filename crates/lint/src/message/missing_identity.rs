//! missing-identity: a first contact that does not say who writes

use domain::fold_key;

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "missing-identity",
        level: Level::Error,
        why: "Nobody answers a stranger who does not say who they are: stage and school are enough.",
        source: &["S-219", "S-049"],
        scope: "first contact",
        flags: &[Example::plain("I am Solange and I adore radiology.")],
        allows: &[
            Example::plain("May I ask you?\n\nS. Piché, M2, Windward Cays"),
            Example::plain("I am a third year of Windward Cays University."),
            Example::with("to=mentor", "It is me."),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !a.message.is_first_contact() {
        return;
    }
    let school = a.names_school(&a.text);
    let stage = a.has("identity-stage") || names_stage(a);
    let missing = match (stage, school) {
        (true, true) => return,
        (false, true) => "your stage",
        (true, false) => "your school",
        (false, false) => "your stage and your school",
    };
    hits.push(Hit::whole(format!(
        "does not give {missing}; one short sentence or the signature will do"
    )));
}

/// Returns whether the text holds the stage as the record says it.
fn names_stage(a: &Analysis<'_>) -> bool {
    let stage = fold_key(&a.message.sender.stage);
    !stage.is_empty() && format!(" {} ", fold_key(&a.text)).contains(&format!(" {stage} "))
}
