//! job-request: employment asked of somebody who hardly knows the sender

use super::scope;
use crate::analysis::Analysis;
use crate::classifier::Act;
use crate::rule::{Hit, Learned};
use crate::{Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "job-request",
        level: Level::Error,
        why: "A job is not in the gift of somebody who met you once, and the question closes the conversation.",
        source: &["S-078", "rules.forbidden_asks"],
        scope: "recipients who are strangers or were met once",
        flags: &[
            Example::with(
                "to=met-once",
                "If there is money in your grant for one pair of hands, I would sign today.",
            ),
            Example::with("to=met-once", "I look for an employer and thought of you."),
            Example::plain("Could your lab put me on its payroll?"),
            Example::plain("Would you hire me as a research assistant?"),
            Example::plain("I am looking for a paid position in your department."),
            Example::plain("Could you ask your chief whether she is hiring?"),
            Example::with(
                "to=met-once",
                "I am looking for work that pays; does your lab have some?",
            ),
            Example::with("to=met-once", "Twenty dollars an hour is fine with me."),
            Example::with("to=met-once", "Would you contract me in your laboratory?"),
            Example::with(
                "to=met-once",
                "Is the coordinator post still vacant? I would like to apply.",
            ),
            Example::with(
                "to=met-once",
                "I am unemployed since May. Is there work for me in your clinic?",
            ),
            Example::with(
                "to=met-once",
                "Might you be recruiting a trial assistant, on contract?",
            ),
            Example::with(
                "to=met-once",
                "My visa needs an employer; would Tallgrass be one?",
            ),
            Example::with(
                "to=met-once",
                "I would be glad to come aboard as a research fellow with a stipend.",
            ),
        ],
        allows: &[
            Example::with("to=met-once", "I would like to know how you were hired."),
            Example::plain("My night job ends in May; may I observe one clinic then?"),
            Example::plain("How do you like your job at Tallgrass?"),
            Example::plain("Could I help without pay with the registry?"),
            Example::with("to=mentor", "Would you hire me?"),
            Example::with("to=met-once", "I worked as a nurse for six years."),
            Example::with("to=met-once", "Ms. Job told me to write to you."),
            Example::with(
                "to=met-once",
                "Does your hospital pay for the visa of residents?",
            ),
            Example::with(
                "to=met-once",
                "What is the job market for IR like in the islands?",
            ),
            Example::with(
                "to=met-once",
                "My contract at the bakery ends in May, so I can come in June to observe.",
            ),
            Example::with(
                "to=met-once",
                "How many hours a week did you work in your research year, and was it paid?",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: Some(Learned {
        act: Act::JobRequest,
        applies: scope::near_strangers,
        hit,
    }),
};

fn hit(_: &Analysis<'_>, span: (usize, usize)) -> Hit {
    Hit::at(
        span,
        "asks for employment; ask for a conversation or a small unpaid task instead",
    )
}

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if !scope::near_strangers(a) {
        return;
    }
    for found in a.job_asks() {
        hits.push(hit(a, found.span));
    }
}
