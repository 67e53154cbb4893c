//! Programs by state as a map of equal tiles, each a link; its twin is the
//! table of the same numbers.
//!
//! A map to scale would show Rhode Island as a dot and Alaska as a third of the
//! picture. Here every state is a square of one size, about where it lies, so
//! that a finger finds each on a phone. The grid is our own.

use askama::Template;
use desk::views::programs::StateLine;
use domain::RelationshipState;

use crate::words;

/// Edge of a square of the grid, gap included, in units of the picture.
const CELL: usize = 40;

/// Edge of a tile in the same units.
const TILE: usize = 36;

const N_COLUMNS: usize = 11;
const N_ROWS: usize = 8;

/// Where the states stand, row by row from north to south; two dots are sea.
const GRID: [&str; N_ROWS] = [
    "AK .. .. .. .. .. .. .. .. .. ME",
    ".. .. .. .. .. .. .. .. .. VT NH",
    "WA ID MT ND MN WI MI .. NY MA RI",
    "OR NV WY SD IA IL IN OH PA NJ CT",
    "CA UT CO NE MO KY WV VA MD DE ..",
    ".. AZ NM KS AR TN NC SC DC .. ..",
    ".. .. .. OK LA MS AL GA .. .. ..",
    "HI .. .. TX .. .. .. .. FL .. PR",
];

/// The states, the District of Columbia and Puerto Rico: code and name.
pub(crate) const NAMES: [(&str, &str); 52] = [
    ("AK", "Alaska"),
    ("AL", "Alabama"),
    ("AR", "Arkansas"),
    ("AZ", "Arizona"),
    ("CA", "California"),
    ("CO", "Colorado"),
    ("CT", "Connecticut"),
    ("DC", "District of Columbia"),
    ("DE", "Delaware"),
    ("FL", "Florida"),
    ("GA", "Georgia"),
    ("HI", "Hawaii"),
    ("IA", "Iowa"),
    ("ID", "Idaho"),
    ("IL", "Illinois"),
    ("IN", "Indiana"),
    ("KS", "Kansas"),
    ("KY", "Kentucky"),
    ("LA", "Louisiana"),
    ("MA", "Massachusetts"),
    ("MD", "Maryland"),
    ("ME", "Maine"),
    ("MI", "Michigan"),
    ("MN", "Minnesota"),
    ("MO", "Missouri"),
    ("MS", "Mississippi"),
    ("MT", "Montana"),
    ("NC", "North Carolina"),
    ("ND", "North Dakota"),
    ("NE", "Nebraska"),
    ("NH", "New Hampshire"),
    ("NJ", "New Jersey"),
    ("NM", "New Mexico"),
    ("NV", "Nevada"),
    ("NY", "New York"),
    ("OH", "Ohio"),
    ("OK", "Oklahoma"),
    ("OR", "Oregon"),
    ("PA", "Pennsylvania"),
    ("PR", "Puerto Rico"),
    ("RI", "Rhode Island"),
    ("SC", "South Carolina"),
    ("SD", "South Dakota"),
    ("TN", "Tennessee"),
    ("TX", "Texas"),
    ("UT", "Utah"),
    ("VA", "Virginia"),
    ("VT", "Vermont"),
    ("WA", "Washington"),
    ("WI", "Wisconsin"),
    ("WV", "West Virginia"),
    ("WY", "Wyoming"),
];

/// Returns the name of a state; the map has no place for any other.
pub(crate) fn state_name(code: &str) -> Option<&'static str> {
    let found = NAMES.iter().find(|(known, _)| *known == code);
    found.map(|(_, name)| *name)
}

/// A tile as it is drawn.
struct Tile {
    code: &'static str,
    x: usize,
    y: usize,
    n_programs: usize,
    /// What is read aloud.
    label: String,
    /// The list of the state's programs.
    href: String,
    /// How well the student is known there, as a word of attributes; "none"
    /// where no program of the student's list is there.
    known: String,
    /// Of the four steps of being known, how many are taken; `None` where no
    /// program of the list is there.
    steps: Option<usize>,
}

/// The map.
#[derive(Template)]
#[template(path = "state_map.html")]
pub(crate) struct StateMap {
    tiles: Vec<Tile>,
    width: usize,
    height: usize,
    size: usize,
}

impl StateMap {
    /// Returns the map of these states; `href` tells where a state's tile leads.
    /// A state that the grid has no place for stands in the table alone.
    pub(crate) fn new(states: &[StateLine], href: impl Fn(&str) -> String) -> Self {
        let rows = GRID.iter().enumerate();
        let cells = rows.flat_map(|(row, codes)| {
            let codes = codes.split(' ').enumerate();
            codes.map(move |(column, code)| (row, column, code))
        });
        let tiles = cells
            .filter(|(_, _, code)| *code != "..")
            .map(|(row, column, code)| {
                let line = states.iter().find(|line| line.state == code);
                let known = line.and_then(|line| line.relationship);
                Tile {
                    code,
                    x: column * CELL,
                    y: row * CELL,
                    n_programs: line.map_or(0, |line| line.programs),
                    label: line.map(label).unwrap_or_default(),
                    href: href(code),
                    known: known.map_or_else(|| "none".to_owned(), words::slug),
                    steps: known.map(n_steps),
                }
            })
            .collect();
        Self {
            tiles,
            width: N_COLUMNS * CELL - (CELL - TILE),
            height: N_ROWS * CELL - (CELL - TILE),
            size: TILE,
        }
    }
}

/// Returns how far a state of relationship is from "unknown", in steps.
fn n_steps(word: &str) -> usize {
    let states = RelationshipState::ALL.iter();
    let before = states.take_while(|state| state.word() != word);
    before.count()
}

/// Returns what is read aloud. It begins with what is seen on the tile, so that
/// somebody who speaks to the machine can say what they see.
fn label(line: &StateLine) -> String {
    let seen = format!(
        "{} {}",
        line.state,
        words::count(&line.programs, "program", "programs")
    );
    let name = state_name(&line.state).unwrap_or(&line.state);
    match line.relationship {
        None => format!("{seen} in {name}, none on your list"),
        Some(known) => format!(
            "{seen} in {name}, {} on your list, you are {known}",
            line.listed
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{GRID, N_COLUMNS, NAMES, StateMap, n_steps};

    #[test]
    fn every_state_has_one_place_and_a_name() {
        assert!(GRID.iter().all(|row| row.split(' ').count() == N_COLUMNS));
        let placed: Vec<&str> = GRID
            .iter()
            .flat_map(|row| row.split(' '))
            .filter(|code| *code != "..")
            .collect();
        let named: BTreeSet<&str> = NAMES.iter().map(|(code, _)| *code).collect();
        assert_eq!(placed.len(), NAMES.len(), "none stands twice");
        assert_eq!(placed.into_iter().collect::<BTreeSet<_>>(), named);
        let shipped = facts::shipped().programs().iter();
        for program in shipped {
            assert!(named.contains(program.state.as_str()), "{}", program.state);
        }
    }

    #[test]
    fn a_tile_shows_the_steps_of_being_known() {
        assert_eq!((n_steps("unknown"), n_steps("advocate")), (0, 4));
        let map = StateMap::new(&[], |code| format!("/programs?state={code}")).to_string();
        assert!(!map.contains("<a "), "no program, no link: {map}");
    }
}
