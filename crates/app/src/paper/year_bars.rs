//! Positions and applicants by year as bars; the twin is the table of the same
//! results.

use askama::Template;
use desk::views::landscape::Results;

/// Room for the years, in units of the picture.
const YEAR_WIDTH: usize = 36;

/// Length of the longest bar.
const BAR_MAX: usize = 220;

/// Height of a year: two bars, and air.
const YEAR_HEIGHT: usize = 34;

/// A number as a bar, or that it was not found.
struct Bar {
    y: usize,
    /// Its length, at least 1 where the number is not zero.
    length: usize,
    /// The length of the part that was filled, where that was found.
    filled: Option<usize>,
    is_applicants: bool,
    /// The number, or "not found".
    text: String,
}

struct Year {
    year: i16,
    y: usize,
    bars: [Bar; 2],
}

/// The results of one specialty and track.
#[derive(Template)]
#[template(path = "year_bars.html")]
pub(crate) struct YearBars {
    years: Vec<Year>,
    year_width: usize,
    height: usize,
}

impl YearBars {
    /// Returns the bars of these results, all to one scale.
    pub(crate) fn new(results: &Results) -> Self {
        let years = results.years.iter();
        let numbers = years.flat_map(|year| [year.positions, year.applicants]);
        let longest = numbers.flatten().max().unwrap_or(0).max(1);
        let years = results.years.iter().enumerate().map(|(i, year)| {
            let y = i * YEAR_HEIGHT;
            let bar = |y, number: Option<u32>, is_applicants| Bar {
                y,
                length: length(number.unwrap_or(0), longest),
                filled: None,
                is_applicants,
                text: number.map_or_else(|| "not found".to_owned(), |n| n.to_string()),
            };
            let mut positions = bar(y + 2, year.positions, false);
            positions.filled = year.filled.map(|n| length(n, longest));
            Year {
                year: year.year,
                y: y + 19,
                bars: [positions, bar(y + 16, year.applicants, true)],
            }
        });
        Self {
            years: years.collect(),
            year_width: YEAR_WIDTH,
            height: results.years.len() * YEAR_HEIGHT,
        }
    }

    /// Returns whether the filled part of any year was found.
    fn shows_filled(&self) -> bool {
        self.years.iter().any(|year| year.bars[0].filled.is_some())
    }
}

/// Returns the length of a number's bar where `longest` has the longest.
fn length(number: u32, longest: u32) -> usize {
    let share = f64::from(number) / f64::from(longest);
    let length = (share * BAR_MAX as f64).round() as usize;
    length.max(usize::from(number > 0))
}

#[cfg(test)]
mod tests {
    use super::{BAR_MAX, length};

    #[test]
    fn a_bar_is_as_long_as_its_number() {
        assert_eq!(length(50, 100), BAR_MAX / 2);
        assert_eq!(length(100, 100), BAR_MAX);
        assert_eq!(length(1, 10_000), 1, "what is there is seen");
        assert_eq!(length(0, 100), 0);
    }
}
