//! Which part of the application year a day belongs to.

use domain::ApplicationsOpen;
use facts::{When, seasons};
use jiff::civil::{Date, Weekday};
use lint::SeasonPhase;

/// The event of the calendar from which on applications may be submitted.
const MAY_SUBMIT: &str = "applicants may submit";

/// Returns when applications for the Match of a year may be submitted: the day
/// that the calendar gives, else the first Wednesday of September of the year
/// before, as in every season that the calendar knows.
pub(crate) fn applications_open(match_year: i16) -> Option<ApplicationsOpen> {
    let cycle = format!("{match_year} Match");
    let known = seasons()
        .calendar
        .iter()
        .filter(|entry| entry.cycle == cycle && entry.event == MAY_SUBMIT)
        .find_map(|entry| match entry.when {
            When::Day(day) => Some(day),
            _ => None,
        });
    if let Some(day) = known {
        return Some(ApplicationsOpen {
            day,
            estimated: false,
        });
    }
    let september = Date::new(match_year.checked_sub(1)?, 9, 1).ok()?;
    let day = september.nth_weekday_of_month(1, Weekday::Wednesday).ok()?;
    Some(ApplicationsOpen {
        day,
        estimated: true,
    })
}

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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn every_known_season_opens_on_the_day_that_would_be_estimated() {
        let mut n_known = 0;
        for year in 2020..2030 {
            let Some(open) = applications_open(year) else {
                panic!("{year} has no day");
            };
            n_known += usize::from(!open.estimated);
            assert_eq!(open.day.month(), 9, "{year}");
            assert_eq!(open.day.weekday(), Weekday::Wednesday, "{year}");
            assert!(open.day.day() <= 7, "{year}");
        }
        assert!(n_known >= 3, "the calendar knows seasons");
        let open = applications_open(2024).expect("a day");
        assert_eq!((open.day, open.estimated), (date(2023, 9, 6), false));
        assert_eq!(applications_open(i16::MIN), None);
    }
}
