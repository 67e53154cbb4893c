//! How a day is told.

use jiff::civil::Date;

/// Returns a day as sentences and pages tell it ("Wed 3 Mar 2027"): with its
/// weekday, and with a month that no reader takes for a day.
pub fn day_in_words(day: Date) -> String {
    day.strftime("%a %-d %b %Y").to_string()
}
