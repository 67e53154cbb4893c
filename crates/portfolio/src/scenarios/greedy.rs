//! Lazy greedy: the best next program, looking again only where that can matter.

use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

use crate::scenarios::{Matrix, sum_above};

/// A gain that was computed when the portfolio had `size` members.
struct Gain {
    gain: f64,
    program: usize,
    row: usize,
    size: usize,
}

impl Ord for Gain {
    /// The largest gain first, then the lowest index.
    fn cmp(&self, other: &Self) -> Ordering {
        self.gain
            .total_cmp(&other.gain)
            .then(other.program.cmp(&self.program))
    }
}

impl PartialOrd for Gain {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Gain {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Gain {}

/// The rows in the order in which they enter; fewer than `choose` when no
/// other one adds anything.
pub(super) fn greedy(matrix: &Matrix, choose: usize) -> Vec<usize> {
    // What is reached in each scenario, and its weight.
    let mut reached: Vec<(f64, f64)> = matrix.weights.iter().map(|&weight| (0.0, weight)).collect();
    let added = |row: usize, reached: &[(f64, f64)]| {
        sum_above(matrix.offers(row), reached, matrix.rows[row].gain)
    };
    let mut heap: BinaryHeap<Gain> = (0..matrix.rows.len())
        .map(|row| {
            let program = matrix.rows[row].program;
            Gain {
                gain: added(row, &reached),
                program,
                row,
                size: 0,
            }
        })
        .collect();
    let mut chosen = Vec::with_capacity(choose);
    while chosen.len() < choose {
        let Some(mut top) = heap.peek_mut() else {
            break;
        };
        if top.size < chosen.len() {
            top.gain = added(top.row, &reached);
            top.size = chosen.len();
            continue;
        }
        if top.gain <= 0.0 {
            break;
        }
        let row = PeekMut::pop(top).row;
        let gain = matrix.rows[row].gain;
        for &place in matrix.offers(row) {
            let (best, _) = &mut reached[place as usize];
            *best = best.max(gain);
        }
        chosen.push(row);
    }
    chosen
}
