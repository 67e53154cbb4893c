//! How much better than a known portfolio any other one can be.

use crate::scenarios::{Matrix, sum_above};

/// Levels that every scenario is lifted to for nothing, and what they prove.
pub(super) struct Limits {
    /// By scenario, in units of gain, with the scenario's weight.
    pub(super) levels: Vec<(f64, f64)>,
    pub(super) bound: f64,
}

/// Improves a bound by subgradient steps, starting from what a portfolio
/// reaches in each scenario.
///
/// For any levels v, a portfolio X gains in a scenario at most v plus the sum
/// over X of what its offers stand above v. So the sum of the levels plus the
/// `choose` largest such sums is a bound; levels equal to what a portfolio
/// reaches give its value plus the largest marginal gains that are left.
pub(super) fn improve(
    matrix: &Matrix,
    reached: Vec<(f64, f64)>,
    choose: usize,
    known: f64,
    steps: usize,
) -> Limits {
    let mut levels = reached;
    let mut best = Limits {
        levels: levels.clone(),
        bound: f64::INFINITY,
    };
    let mut length = 1.0;
    let mut waited = 0;
    for _ in 0..steps {
        let mut above: Vec<(f64, usize)> = (0..matrix.rows.len())
            .map(|row| {
                (
                    sum_above(matrix.offers(row), &levels, matrix.rows[row].gain),
                    row,
                )
            })
            .collect();
        let level_sum: f64 = levels.iter().map(|(level, weight)| level * weight).sum();
        let n = choose.min(above.len());
        if n > 0 && n < above.len() {
            above.select_nth_unstable_by(n - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        let bound = level_sum + above[..n].iter().map(|(sum, _)| sum).sum::<f64>();
        waited += 1;
        if bound < best.bound {
            best = Limits {
                levels: levels.clone(),
                bound,
            };
            waited = 0;
        } else if waited == 4 {
            // The steps overshoot: go on from the best levels, more carefully.
            levels.clone_from(&best.levels);
            length /= 2.0;
            waited = 0;
        }
        let gap = bound - known;
        if gap <= matrix.slack || length < 1e-3 {
            break;
        }
        // A level should rise where several chosen rows stand above it.
        let mut standing = vec![0.0_f64; levels.len()];
        for &(_, row) in &above[..n] {
            for &place in matrix.offers(row) {
                if matrix.rows[row].gain > levels[place as usize].0 {
                    standing[place as usize] += 1.0;
                }
            }
        }
        let weighted = standing.iter().zip(&levels);
        let norm: f64 = weighted
            .map(|(n, (_, weight))| (1.0 - n) * (1.0 - n) * weight)
            .sum();
        if norm == 0.0 {
            break;
        }
        let step = length * gap / norm;
        for ((level, _), n) in levels.iter_mut().zip(&standing) {
            *level = (*level - step * (1.0 - n)).max(0.0);
        }
    }
    best
}

/// The sum of the `n` largest numbers.
pub(super) fn sum_of_largest(numbers: &mut [f64], n: usize) -> f64 {
    if n == 0 {
        return 0.0;
    }
    if n < numbers.len() {
        numbers.select_nth_unstable_by(n - 1, |a, b| b.total_cmp(a));
    }
    numbers.iter().take(n).sum()
}
