//! Which rules of the library are asked.

use harper_core::linting::{
    FlatConfig, HumanReadableSetting, HumanReadableStructuredConfig, StructuredConfig,
};

/// Groups of rules on what is wrong in any English. Left aside are those on
/// style, capitals of products and regions; of the hundreds on idioms and single
/// words, which each cost time, only those that a second language needs are named
/// in [`ALSO`].
const GROUPS: &[&str] = &[
    "Grammar and Agreement",
    "Miscellaneous",
    "Pronouns and Possession",
    "Spelling and Orthography",
];

/// Rules of other groups that find slips, too.
const ALSO: &[&str] = &[
    "AllowTo",
    "AnAnother",
    "AnotherAn",
    "Anybody",
    "Anywhere",
    "ArriveTo",
    "AsComparedTo",
    "AsOpposedTo",
    "AtTheEndOfTheDay",
    "AwaitFor",
    "AwareOf",
    "BeAllowed",
    "BeConcerned",
    "BeWorried",
    "Bought",
    "ByAccident",
    "ComfortableWith",
    "CommitmentTo",
    "ComprisesOf",
    "ConfirmThat",
    "Discuss",
    "DoMistake",
    "DoToDueTo",
    "DoesOrDose",
    "EverEvery",
    "Everybody",
    "Everyone",
    "Everywhere",
    "ExceptOf",
    "FascinatedBy",
    "FeelFell",
    "GetUsedTo",
    "GoodAt",
    "HavePassed",
    "HopHope",
    "HowItLooksLike",
    "However",
    "Impressed",
    "InDetail",
    "InNeedOf",
    "InTheFirstPlace",
    "InspiredBy",
    "Instead",
    "InterestedIn",
    "Itself",
    "LikelyHood",
    "LongTimeAgo",
    "LookForwardTo",
    "LookingForwardTo",
    "Lots",
    "MakeSense",
    "MeansALotTo",
    "Meanwhile",
    "MoreBetter",
    "Myself",
    "NoLonger",
    "Nobody",
    "NotOnly",
    "Nothing",
    "Nowadays",
    "Nowhere",
    "OfCourse",
    "OnceInAWhile",
    "Overall",
    "Payed",
    "RepeatedWords",
    "ResponsibilityFor",
    "RiseTheQuestion",
    "Somebody",
    "Somehow",
    "Someone",
    "Somewhere",
    "Therefore",
    "TooTo",
    "UseToUsedTo",
    "VeryLess",
    "Without",
    "WorseOrWorst",
    "WrongApostrophe",
    "WroteToRote",
];

/// Rules of the groups that are wrong too often, on the clean messages of the
/// corpus or by what they are for: the spelling check that asks about every name,
/// texting style, what only programmers write, and phrasing that is understood.
const LEFT_OUT: &[&str] = &[
    "Dereference",
    "DisjointPrefixes",
    "DoubleNegative",
    "MissingDeterminer",
    "MissingPreposition",
    "MissingTo",
    "NotIn",
    "NotTo",
    "OkToOkay",
    "OrthographicConsistency",
    "PossessiveYour",
    "SpellCheck",
    "WhomSubjectOfVerb",
    "WrongNegative",
];

/// Returns the configuration with the chosen rules only. A rule that is off costs
/// neither time nor a place in the library's memory of phrases.
pub(crate) fn chosen() -> FlatConfig {
    let all = HumanReadableStructuredConfig::from_structured_config(&StructuredConfig::curated());
    let mut config = FlatConfig::default();
    enable(&all.settings, false, &mut config);
    config
}

fn enable(settings: &[HumanReadableSetting], is_chosen: bool, config: &mut FlatConfig) {
    for setting in settings {
        match setting {
            HumanReadableSetting::Group { label, child, .. } => {
                let label = label.as_deref().unwrap_or_default();
                enable(&child.settings, GROUPS.contains(&label), config);
            }
            HumanReadableSetting::Bool { name, state, .. } => {
                let name = name.as_str();
                let wanted = (is_chosen && *state) || ALSO.contains(&name);
                if wanted && !LEFT_OUT.contains(&name) {
                    config.set_rule_enabled(name, true);
                }
            }
            HumanReadableSetting::OneOfMany { .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The library renames rules between versions; a name that no longer is one
    /// would silently let a noisy rule back in.
    #[test]
    fn every_name_is_a_rule_or_group_of_the_library() {
        let all =
            HumanReadableStructuredConfig::from_structured_config(&StructuredConfig::curated());
        let mut groups = Vec::new();
        let mut rules = Vec::new();
        collect(&all.settings, &mut groups, &mut rules);
        for group in GROUPS {
            assert!(groups.iter().any(|g| g == group), "{group}");
        }
        for rule in ALSO.iter().chain(LEFT_OUT) {
            assert!(rules.iter().any(|r| r == rule), "{rule}");
        }
        assert!(chosen().is_rule_enabled("AnA"));
        assert!(!chosen().is_rule_enabled("SpellCheck"));
    }

    fn collect(
        settings: &[HumanReadableSetting],
        groups: &mut Vec<String>,
        rules: &mut Vec<String>,
    ) {
        for setting in settings {
            match setting {
                HumanReadableSetting::Group { label, child, .. } => {
                    groups.extend(label.clone());
                    collect(&child.settings, groups, rules);
                }
                HumanReadableSetting::Bool { name, .. } => rules.push(name.clone()),
                HumanReadableSetting::OneOfMany { names, .. } => rules.extend(names.clone()),
            }
        }
    }
}
