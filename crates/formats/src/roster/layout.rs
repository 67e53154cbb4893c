//! What a whole list tells of its lines: in which order names are written, and
//! in which order a match list sets name, specialty and hospital.

use super::line::Line;
use super::name::{At, Found, Surety, is_whole_surname, name_score, shapes};
use super::words::{is_hospital, is_place, is_region, is_specialty};
use crate::people_lines::{contact_of, is_role};

/// The lines of which a list's layout is read.
const LINES_MAX: usize = 1_000;

/// The most cells of a line whose layout is compared.
const CELLS_MAX: usize = 10;

/// How most names of a list are written, and how clearly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Names {
    /// Whether more names begin with the surname.
    pub(super) surname_first: bool,
    /// Whether hardly any is written otherwise.
    pub(super) is_settled: bool,
    /// Whether nearly every line is a person, as in a list without details.
    pub(super) is_dense: bool,
    /// Whether something that could be given names stands behind most names, as
    /// in a list of "Asha Rao, Boston".
    pub(super) has_beside: bool,
    /// Whether a degree or title shows nearly every name that begins with the
    /// given names, so that a line without is unlike them.
    pub(super) has_degrees: bool,
}

impl Names {
    /// Reads the order of names off the lines that begin with one.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let (mut n_turned, mut n_plain, mut n_pairs, mut n_both, mut n_lines) = (0, 0, 0, 0, 0);
        let (mut n_shown, mut n_bare) = (0, 0);
        for line in lines.take(LINES_MAX) {
            n_lines += 1;
            let pieces = line.from((0, 0));
            let [turned, plain] = shapes(&pieces);
            let can_be_plain = plain.is_some();
            match (turned, plain) {
                (Some(turned), _) if !can_be_plain || is_whole_surname(pieces[0]) => {
                    n_pairs += 1;
                    n_turned += if turned.surety == Surety::Sure { 2 } else { 1 };
                }
                (None, Some(plain)) => {
                    let is_shown = plain.surety == Surety::Sure;
                    n_plain += if is_shown { 2 } else { 1 };
                    n_shown += usize::from(is_shown);
                    n_bare += usize::from(!is_shown);
                }
                (Some(_), Some(_)) => n_both += 1,
                (None, None) | (Some(_), None) => {}
            }
        }
        Self {
            has_degrees: n_shown >= 4 && n_shown >= 3 * n_bare,
            has_beside: n_both >= 2 && n_both * 2 >= n_lines,
            surname_first: n_turned > n_plain,
            is_settled: n_turned >= 4 && n_turned >= 5 * n_plain,
            is_dense: n_pairs >= 3 && n_pairs * 5 >= n_lines * 4,
        }
    }
}

/// What the cells of a match list hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Name,
    Specialty,
    Place,
}

/// The orders in which lists set them, the most usual first.
const ORDERS: [[Part; 3]; 6] = [
    [Part::Name, Part::Specialty, Part::Place],
    [Part::Name, Part::Place, Part::Specialty],
    [Part::Place, Part::Specialty, Part::Name],
    [Part::Specialty, Part::Name, Part::Place],
    [Part::Place, Part::Name, Part::Specialty],
    [Part::Specialty, Part::Place, Part::Name],
];

/// What a line comes to in an order.
#[derive(Clone, Copy, Debug)]
struct Fit {
    score: i32,
    /// The cells of the name.
    name: Option<(usize, usize)>,
    has_place: bool,
}

/// The order of a match list.
#[derive(Clone, Copy, Debug)]
pub(super) struct MatchOrder([Part; 3]);

/// Where a line of a match list has its name.
pub(super) enum NameOf {
    Found(Found),
    /// It names nobody.
    Nobody,
    /// It may name somebody, or a hospital.
    Unsure,
}

impl MatchOrder {
    /// Returns the order that fits the lines of a list best together.
    pub(super) fn of<'a>(lines: impl Iterator<Item = &'a Line>) -> Self {
        let mut scores = [0_i32; ORDERS.len()];
        for line in lines.take(LINES_MAX) {
            let cells = cells_of(line);
            if !(2..=CELLS_MAX).contains(&cells.len()) {
                continue;
            }
            let of_line = Scores::of(line, &cells);
            for (score, order) in scores.iter_mut().zip(&ORDERS) {
                *score += of_line.best(order).map_or(-60, |fit| fit.score);
            }
        }
        let best = scores.iter().copied().max().unwrap_or_default();
        let first = scores.iter().position(|score| *score == best);
        Self(ORDERS[first.unwrap_or_default()])
    }

    /// Returns where the name of a line is; a line that fits another order much
    /// better is read in that.
    pub(super) fn name_of(self, line: &Line) -> NameOf {
        let mut cells = cells_of(line);
        cells.truncate(CELLS_MAX);
        if cells.len() < 2 {
            return NameOf::Nobody;
        }
        let of_line = Scores::of(line, &cells);
        let own = of_line.best(&self.0);
        let others = ORDERS.iter().filter_map(|order| of_line.best(order));
        let other = others.max_by_key(|fit| fit.score);
        let fit = match (own, other) {
            (Some(own), Some(other)) if other.score >= own.score + 20 => other,
            (Some(own), _) => own,
            (None, Some(other)) => other,
            (None, None) => return NameOf::Nobody,
        };
        let Some((from, to)) = fit.name else {
            return NameOf::Nobody;
        };
        let texts: Vec<&str> = cells[from..to].iter().map(|cell| cell.text).collect();
        let is_sure = name_score(&texts).is_some_and(|score| score >= 17);
        if from > 0 && !fit.has_place && !is_sure {
            // "Diagnostic Radiology, Lake Placid" has the shape of both.
            return NameOf::Unsure;
        }
        let at = cells[from].at;
        let n_pieces = match line.by_column {
            true => shapes(&line.from(at))
                .into_iter()
                .flatten()
                .map(|s| s.n_pieces)
                .max(),
            false => Some(to - from),
        };
        let pieces = line.from(at);
        let n_pieces = n_pieces.unwrap_or(1).min(pieces.len());
        NameOf::Found(Found {
            name: domain::PersonName::parse(&pieces[..n_pieces].join(", ")),
            at,
            n_pieces,
        })
    }
}

struct Cell<'a> {
    at: At,
    text: &'a str,
}

/// Returns the columns of a line, or its pieces where only commas part them,
/// without years and addresses.
fn cells_of(line: &Line) -> Vec<Cell<'_>> {
    let all = line
        .starts()
        .into_iter()
        .filter(|at| !line.by_column || at.1 == 0);
    let cells = all.map(|at| Cell {
        at,
        text: if line.by_column {
            line.whole(at.0)
        } else {
            line.piece(at)
        },
    });
    cells
        .filter(|cell| contact_of(cell.text).is_none())
        .collect()
}

/// How well every run of a line's cells fits as each part.
struct Scores {
    n: usize,
    name: Vec<Option<i32>>,
    specialty: Vec<bool>,
    place: Vec<i32>,
}

impl Scores {
    fn of(line: &Line, cells: &[Cell<'_>]) -> Self {
        let n = cells.len();
        let texts: Vec<&str> = cells.iter().map(|cell| cell.text).collect();
        let is_field: Vec<bool> = texts.iter().map(|text| is_field(text)).collect();
        let mut scores = Self {
            n,
            name: vec![None; n * (n + 1)],
            specialty: is_field,
            place: vec![0; n * (n + 1)],
        };
        let known = Known::of(&texts);
        for from in 0..n {
            for to in from + 1..=n {
                let run = &texts[from..to];
                let i = scores.at(from, to);
                scores.place[i] = known.place_score(from, to, run);
                scores.name[i] = match run {
                    [only] if line.by_column => {
                        let pieces: Vec<&str> = only.split([',', ';']).map(str::trim).collect();
                        name_score(&pieces)
                    }
                    _ if line.by_column || run.len() > 5 => None,
                    run => name_score(run),
                };
            }
        }
        scores
    }

    fn at(&self, from: usize, to: usize) -> usize {
        from * (self.n + 1) + to
    }

    /// Returns the best way of cutting the cells into the parts of an order, of
    /// which each may be missing.
    fn best(&self, order: &[Part; 3]) -> Option<Fit> {
        let n = self.n;
        let mut best: Option<Fit> = None;
        for first in 0..=n {
            for second in first..=n {
                let cuts = [(0, first), (first, second), (second, n)];
                if let Some(fit) = self.fit(order, cuts)
                    && best.is_none_or(|best| fit.score > best.score)
                {
                    best = Some(fit);
                }
            }
        }
        best
    }

    fn fit(&self, order: &[Part; 3], cuts: [(usize, usize); 3]) -> Option<Fit> {
        let mut fit = Fit {
            score: 0,
            name: None,
            has_place: false,
        };
        for (part, (from, to)) in order.iter().zip(cuts) {
            let is_empty = from == to;
            fit.score += match part {
                Part::Name if is_empty => -25,
                _ if is_empty => -10,
                Part::Name => {
                    fit.name = Some((from, to));
                    self.name[self.at(from, to)]?
                }
                Part::Specialty if self.specialty[from..to].iter().all(|is| *is) => 30,
                Part::Specialty => return None,
                Part::Place => {
                    fit.has_place = true;
                    self.place[self.at(from, to)]
                }
            };
        }
        Some(fit)
    }
}

/// What each cell of a line is known to be.
struct Known(Vec<(bool, bool, bool)>);

impl Known {
    fn of(texts: &[&str]) -> Self {
        let known = |text: &&str| {
            let is_known = is_place(text) || is_hospital(text);
            (is_specialty(text), is_known, is_region(text))
        };
        Self(texts.iter().map(known).collect())
    }

    /// Returns how well a run of cells fits as a hospital with its town and state.
    fn place_score(&self, from: usize, to: usize, run: &[&str]) -> i32 {
        let known = &self.0[from..to];
        let of_first = match known[0] {
            (true, ..) => -40,
            (_, true, _) => 25,
            (_, _, true) => 3,
            _ if !run[0].contains([' ', ',']) => 6,
            _ if known.iter().any(|known| known.1) => 15,
            _ => 2,
        };
        let behind = known[1..].iter().map(|known| match known {
            (true, ..) => -40,
            (_, _, true) => 4,
            (_, true, _) => 1,
            _ => -3,
        });
        of_first + behind.sum::<i32>()
    }
}

fn is_field(text: &str) -> bool {
    is_specialty(text) || is_role(text) && !is_place(text) && !is_hospital(text)
}
