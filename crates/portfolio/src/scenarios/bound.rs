//! How much better than a known portfolio any other one can be.

use crate::scenarios::{Cover, Matrix};

/// The gain of a portfolio plus the largest gains that are left: no portfolio
/// of `choose` programs gains more, since marginal gains only fall.
pub(super) fn of_gains(matrix: &Matrix, cover: &Cover, choose: usize) -> f64 {
    let mut gains: Vec<f64> = (0..matrix.rows.len())
        .map(|row| cover.added(matrix, row))
        .collect();
    cover.gain(matrix) + sum_of_largest(&mut gains, choose)
}

/// Levels that every scenario is lifted to for nothing, and what they prove.
pub(super) struct Limits {
    /// By scenario, in units of gain.
    pub(super) levels: Vec<f64>,
    pub(super) bound: f64,
}

/// Improves the bound by subgradient steps.
///
/// For any levels v, a portfolio X gains in a scenario at most v plus the sum
/// over X of what its offers stand above v. So the sum of the levels plus the
/// `choose` largest such sums is a bound; levels equal to what a portfolio
/// reaches give [`of_gains`].
pub(super) fn improve(
    matrix: &Matrix,
    cover: &Cover,
    choose: usize,
    known: f64,
    steps: usize,
) -> Limits {
    let mut levels = cover.best.clone();
    let mut best = Limits {
        levels: levels.clone(),
        bound: f64::INFINITY,
    };
    let mut length = 1.0;
    let mut waited = 0;
    for _ in 0..steps {
        let mut above: Vec<(f64, usize)> = (0..matrix.rows.len())
            .map(|row| (sum_above(matrix, &levels, row), row))
            .collect();
        let level_sum: f64 = levels
            .iter()
            .zip(&matrix.weights)
            .map(|(level, weight)| level * weight)
            .sum();
        let n = choose.min(above.len());
        if n > 0 && n < above.len() {
            above.select_nth_unstable_by(n - 1, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        }
        let bound = level_sum + above[..n].iter().map(|(sum, _)| sum).sum::<f64>();
        if bound < best.bound {
            best = Limits {
                levels: levels.clone(),
                bound,
            };
            waited = 0;
        } else {
            waited += 1;
            if waited == 4 {
                levels.clone_from(&best.levels);
                length /= 2.0;
                waited = 0;
            }
        }
        let gap = bound - known;
        if gap <= matrix.slack || length < 1e-3 {
            break;
        }
        // A level should rise where several chosen rows stand above it.
        let mut standing = vec![0.0_f64; levels.len()];
        for &(_, row) in &above[..n] {
            for &place in matrix.offers(row) {
                if matrix.rows[row].gain > levels[place as usize] {
                    standing[place as usize] += 1.0;
                }
            }
        }
        let weighted = standing.iter().zip(&matrix.weights);
        let norm: f64 = weighted
            .map(|(n, weight)| (1.0 - n) * (1.0 - n) * weight)
            .sum();
        if norm == 0.0 {
            break;
        }
        let step = length * gap / norm;
        for (level, n) in levels.iter_mut().zip(&standing) {
            *level = (*level - step * (1.0 - n)).max(0.0);
        }
    }
    best
}

/// The weighted sum of what a row's offers stand above the levels.
pub(super) fn sum_above(matrix: &Matrix, levels: &[f64], row: usize) -> f64 {
    let gain = matrix.rows[row].gain;
    let offers = matrix.offers(row).iter();
    offers
        .map(|&place| {
            let place = place as usize;
            (gain - levels[place]).max(0.0) * matrix.weights[place]
        })
        .sum()
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
