//! Lazy greedy: the best next program, looking again only where that can matter.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::scenarios::Matrix;

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
    let mut best = vec![0.0_f64; matrix.weights.len()];
    let mut heap: BinaryHeap<Gain> = (0..matrix.rows.len())
        .map(|row| {
            let weight: f64 = matrix
                .offers(row)
                .iter()
                .map(|&place| matrix.weights[place as usize])
                .sum();
            let described = &matrix.rows[row];
            Gain {
                gain: weight * described.gain,
                program: described.program,
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
            let gain = matrix.rows[top.row].gain;
            top.gain = added(matrix, top.row, gain, &best);
            top.size = chosen.len();
            continue;
        }
        if top.gain <= 0.0 {
            break;
        }
        let row = std::collections::binary_heap::PeekMut::pop(top).row;
        let gain = matrix.rows[row].gain;
        for &place in matrix.offers(row) {
            let best = &mut best[place as usize];
            *best = best.max(gain);
        }
        chosen.push(row);
    }
    chosen
}

fn added(matrix: &Matrix, row: usize, gain: f64, best: &[f64]) -> f64 {
    let offers = matrix.offers(row).iter();
    offers
        .map(|&place| {
            let place = place as usize;
            (gain - best[place]).max(0.0) * matrix.weights[place]
        })
        .sum()
}
