//! Which part of the application year a day belongs to.

use jiff::civil::Date;
use lint::SeasonPhase;

/// Returns the part of the application year, as the calendars of the seasons
/// 2023 to 2026 lie (`match.toml`, `calendar`): applications may be submitted
/// from early September and are read from late September, interviews run to the
/// end of January, rank lists to mid-March, and Match Day is the Friday of the
/// third full week of March. The next season opens in early June.
///
/// The days are those usual in these seasons, not those of one year; the rules
/// that use them only become stricter between September and March.
pub(crate) fn season_phase(day: Date) -> SeasonPhase {
    match (day.month(), day.day()) {
        (9, _) => SeasonPhase::Application,
        (10..=12, _) | (1, _) => SeasonPhase::Interview,
        (2, _) | (3, ..=14) => SeasonPhase::Ranking,
        (3..=5, _) => SeasonPhase::PostMatch,
        _ => SeasonPhase::OffSeason,
    }
}

/// Returns the day on or after `day` from which applications may be submitted:
/// early September, as in the seasons 2023 to 2026. The first of the month is
/// the safe reading, because what is needed for it must be there before.
pub(crate) fn next_opening(day: Date) -> Date {
    let opening = jiff::civil::date(day.year(), 9, 1);
    if day <= opening {
        opening
    } else {
        opening.saturating_add(jiff::Span::new().years(1))
    }
}
