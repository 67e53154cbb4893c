//! How long a residency takes, as far as it tells whether somebody is still in it.

use jiff::civil::Date;

use crate::fold_key;

/// The month in which residencies begin.
const FIRST_MONTH: i8 = 7;

/// Returns the usual years between the match and the end of training.
///
/// Integrated interventional radiology takes six years and diagnostic radiology
/// five, the clinical year included (sirweb.org, "Pathways to IR"). A
/// preliminary or transitional year is one. For everything else three years are
/// assumed, the shortest residency there is, so that nobody is said to be in
/// training who may have left.
pub fn years_of_training(specialty: &str) -> i16 {
    let key = fold_key(specialty);
    let has = |word: &str| key.split(' ').any(|w| w == word);
    if has("prelim") || has("preliminary") || has("transitional") {
        1
    } else if has("interventional") || has("ir") {
        6
    } else if has("radiology") && !has("oncology") {
        5
    } else {
        3
    }
}

/// Returns whether somebody who matched in a year is in training on a day.
///
/// ```
/// use jiff::civil::date;
///
/// let day = date(2026, 11, 24);
/// assert!(domain::is_in_training("Diagnostic Radiology", 2022, day));
/// assert!(!domain::is_in_training("Diagnostic Radiology", 2020, day));
/// assert!(!domain::is_in_training("Internal Medicine", 2022, day));
/// // The match is in March, training begins in July.
/// assert!(!domain::is_in_training("Diagnostic Radiology", 2026, date(2026, 4, 1)));
/// ```
pub fn is_in_training(specialty: &str, match_year: i16, day: Date) -> bool {
    let years = if day.month() >= FIRST_MONTH {
        day.year() - match_year
    } else {
        day.year() - match_year - 1
    };
    (0..years_of_training(specialty)).contains(&years)
}
