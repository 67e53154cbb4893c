//! Branch and bound over the programs, for a proof on small problems.

use crate::scenarios::bound::{Limits, sum_of_largest};
use crate::scenarios::{Matrix, sum_above};

/// What the search found and what it could not exclude.
pub(super) struct Found {
    pub(super) chosen: Vec<usize>,
    pub(super) gain: f64,
    /// No portfolio gains more.
    pub(super) bound: f64,
}

/// Searches for a better portfolio than the known one, or for the proof that
/// there is none.
///
/// Each node decides one more row, the one with the largest sum above the
/// levels first. Two bounds are taken: the levels' (the sum of the members
/// and of the largest of the others) and that of the marginal gains.
pub(super) fn search(
    matrix: &Matrix,
    limits: &Limits,
    choose: usize,
    known: &[usize],
    known_gain: f64,
    nodes: u64,
) -> Found {
    let sum = |row: usize| sum_above(matrix.offers(row), &limits.levels, matrix.rows[row].gain);
    let sums: Vec<f64> = (0..matrix.rows.len()).map(sum).collect();
    let mut order: Vec<usize> = (0..matrix.rows.len()).collect();
    order.sort_by(|&a, &b| sums[b].total_cmp(&sums[a]).then(a.cmp(&b)));
    let base = limits
        .levels
        .iter()
        .map(|(level, weight)| level * weight)
        .sum();
    let mut search = Search {
        matrix,
        sums,
        order,
        choose,
        chosen: Vec::new(),
        nodes,
        found: Found {
            chosen: known.to_vec(),
            gain: known_gain,
            bound: f64::NEG_INFINITY,
        },
    };
    let best: Vec<(f64, f64)> = matrix.weights.iter().map(|&weight| (0.0, weight)).collect();
    search.visit(0, base, 0.0, &best);
    search.found.bound = search.found.bound.max(search.found.gain);
    search.found
}

struct Search<'a> {
    matrix: &'a Matrix,
    /// By row: what its offers stand above the levels.
    sums: Vec<f64>,
    /// Rows by falling sum.
    order: Vec<usize>,
    choose: usize,
    chosen: Vec<usize>,
    nodes: u64,
    found: Found,
}

impl Search<'_> {
    /// Decides the rows from `place` on; `lifted` is the levels' bound of what
    /// is chosen, `best` the best chosen offer and the weight by scenario.
    fn visit(&mut self, place: usize, lifted: f64, gain: f64, best: &[(f64, f64)]) {
        if gain > self.found.gain {
            self.found.gain = gain;
            self.found.chosen.clone_from(&self.chosen);
        }
        let left = self.choose - self.chosen.len();
        if left == 0 || place == self.order.len() {
            return;
        }
        let rest = &self.order[place..];
        let of_levels: f64 = rest.iter().take(left).map(|&row| self.sums[row]).sum();
        let mut bound = lifted + of_levels;
        let limit = self.found.gain + self.matrix.slack;
        if bound <= limit {
            return;
        }
        let mut gains: Vec<f64> = rest.iter().map(|&row| self.added(row, best)).collect();
        bound = bound.min(gain + sum_of_largest(&mut gains, left));
        if bound <= limit {
            return;
        }
        if self.nodes == 0 {
            self.found.bound = self.found.bound.max(bound);
            return;
        }
        self.nodes -= 1;
        let row = self.order[place];
        let mut with = best.to_vec();
        for &scenario in self.matrix.offers(row) {
            let (best, _) = &mut with[scenario as usize];
            *best = best.max(self.matrix.rows[row].gain);
        }
        let added = self.added(row, best);
        self.chosen.push(row);
        self.visit(place + 1, lifted + self.sums[row], gain + added, &with);
        self.chosen.pop();
        self.visit(place + 1, lifted, gain, best);
    }

    fn added(&self, row: usize, best: &[(f64, f64)]) -> f64 {
        sum_above(self.matrix.offers(row), best, self.matrix.rows[row].gain)
    }
}
