//! over-channel-limit: more characters than the channel takes

use unicode_normalization::UnicodeNormalization;

use crate::analysis::Analysis;
use crate::rule::Hit;
use crate::{Channel, Example, Level, Meta, Rule};

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "over-channel-limit",
        level: Level::Error,
        why: "The channel cuts off or refuses what is over its limit.",
        source: &["S-092", "lint.channel.linkedin_note"],
        scope: "LinkedIn notes and X posts",
        flags: &[
            Example::with(
                "channel=linkedin-note",
                "ééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
            ),
            Example::with(
                "channel=x-post; role=audience",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            ),
        ],
        allows: &[
            Example::with(
                "channel=linkedin-note",
                "éééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééééé",
            ),
            Example::with(
                "channel=x-post; role=audience",
                "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
            ),
        ],
        can_be_switched_off: true,
    },
    run,
    learned: None,
};

fn run(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    let limit = match a.message.channel {
        Channel::LinkedinNote => a.settings.linkedin_limit,
        Channel::XPost => POST_LIMIT,
        _ => return,
    };
    // An accented letter is one character, however it is written.
    let n = a.message.text.nfc().count();
    if n > limit {
        hits.push(Hit::whole(format!(
            "{n} characters, {} over the {limit} of this channel",
            n - limit
        )));
    }
}

/// Characters in an X post.
const POST_LIMIT: usize = 280;
