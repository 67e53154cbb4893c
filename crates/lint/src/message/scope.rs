//! Which messages a rule is for, where several rules share it.

use crate::SeasonPhase;
use crate::analysis::Analysis;

/// Every message.
pub(super) fn everything(_: &Analysis<'_>) -> bool {
    true
}

/// Messages to somebody, not to the public.
pub(super) fn conversations(a: &Analysis<'_>) -> bool {
    !a.message.channel.is_public()
}

/// Messages of the months in which programs rank.
pub(super) fn match_season(a: &Analysis<'_>) -> bool {
    matches!(
        a.message.context.season_phase,
        SeasonPhase::Application | SeasonPhase::Interview | SeasonPhase::Ranking
    )
}

/// Messages to strangers and to people who were met once.
pub(super) fn near_strangers(a: &Analysis<'_>) -> bool {
    a.message.is_to_near_stranger()
}

/// Messages that do not say that their patient is invented.
pub(super) fn real_patients(a: &Analysis<'_>) -> bool {
    a.told("patient-invented").is_empty()
}
