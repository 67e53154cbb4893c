//! Normal noise that is the same on every machine: a keyed counter, and a table of normal quantiles.

use crate::rng::mix;

/// The table has a power of two of cells, so that the first bits of a random number choose one.
const CELL_BITS: u32 = 11;
const N_CELLS: usize = 1 << CELL_BITS;
const FRACTION_BITS: u32 = 32 - CELL_BITS;
/// Where the outermost cells end, chosen so that their mean is the mean of the normal tail beyond the last inner edge.
const TAIL: f32 = 3.84;

/// Quantiles of the standard normal distribution, linear between the edges of 2,048 cells of equal probability.
///
/// Built from additions, multiplications, divisions and square roots only, which IEEE 754 defines to the last bit, and
/// not from `exp` or `ln`, which differ between machines.
#[derive(Clone, Debug)]
pub(crate) struct Normal {
    /// For each cell the value at its lower edge, and the rise from there for each 2⁻³² of probability.
    cells: Box<[(f32, f32); N_CELLS]>,
}

impl Normal {
    pub(crate) fn new() -> Self {
        let edges = edges();
        Self {
            cells: Box::new(std::array::from_fn(|at| {
                (
                    edges[at],
                    (edges[at + 1] - edges[at]) / (1_u32 << FRACTION_BITS) as f32,
                )
            })),
        }
    }

    /// Returns the quantile at a probability, given as a number of 2⁻³² parts.
    pub(crate) fn quantile(&self, parts: u32) -> f32 {
        let (base, rise) = self.cells[(parts >> FRACTION_BITS) as usize];
        let fraction = parts & ((1 << FRACTION_BITS) - 1);
        base + fraction as f32 * rise
    }
}

/// Integrates the density from the middle outwards, and notes where the probability passes an edge.
fn edges() -> Vec<f32> {
    const STEPS: u32 = 4096;
    let step = 1.0 / f64::from(STEPS);
    let scale = 1.0 / (2.0 * std::f64::consts::PI).sqrt();
    let mut edges = vec![0.0; N_CELLS + 1];
    let half = N_CELLS / 2;
    let mut next = 1;
    let (mut value, mut below) = (0.0, 0.0);
    while next < half {
        let rise = step
            * scale
            * (density(value) + 4.0 * density(value + step / 2.0) + density(value + step))
            / 6.0;
        while next < half && below + rise >= next as f64 / N_CELLS as f64 {
            let fraction = (next as f64 / N_CELLS as f64 - below) / rise;
            edges[half + next] = (value + fraction * step) as f32;
            next += 1;
        }
        below += rise;
        value += step;
    }
    edges[N_CELLS] = TAIL;
    for at in 0..half {
        edges[at] = -edges[N_CELLS - at];
    }
    edges
}

/// Returns exp(−x² ⁄ 2) from its series, after enough halvings for twelve terms to do.
fn density(x: f64) -> f64 {
    let small = -x * x / 2.0 / 64.0;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..=12 {
        term *= small / f64::from(n);
        sum += term;
    }
    for _ in 0..6 {
        sum *= sum;
    }
    sum
}

/// The noise of one draw: for a pair of applicant and program always the same, whoever asks, in whatever order.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key(u64);

impl Key {
    pub(crate) fn new(seed: u64, draw: u64) -> Self {
        Self(mix(
            mix(seed ^ 0x5EED) ^ draw.wrapping_mul(0xD1B5_4A32_D192_ED03)
        ))
    }

    /// Returns 64 random bits for a pair: the upper half is for the applicant's noise, the lower for the program's.
    pub(crate) fn bits(self, applicant: u32, program: u32) -> u64 {
        mix(self.0 ^ (u64::from(applicant) << 32 | u64::from(program)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Φ(1) = 0.841345, Φ(2) = 0.977250, Φ(3) = 0.998650, from any table of the normal distribution.
    #[test]
    fn quantiles_are_normal() {
        let normal = Normal::new();
        for (probability, value) in [
            (0.5, 0.0),
            (0.841_345, 1.0),
            (0.977_250, 2.0),
            (0.998_650, 3.0),
            (0.158_655, -1.0),
        ] {
            let found = normal.quantile((probability * 4_294_967_296.0) as u32);
            assert!(
                (f64::from(found) - value).abs() < 0.005,
                "{probability}: {found}, not {value}"
            );
        }
    }

    #[test]
    fn noise_has_mean_0_and_variance_1_and_both_halves_are_independent() {
        let normal = Normal::new();
        let n = 400_000;
        let [mut sum, mut squares, mut product] = [0.0; 3];
        for at in 0..n {
            let bits = Key::new(3, u64::from(at % 7)).bits(at, at / 3);
            let (one, other) = (
                f64::from(normal.quantile((bits >> 32) as u32)),
                f64::from(normal.quantile(bits as u32)),
            );
            sum += one;
            squares += one * one;
            product += one * other;
        }
        let n = f64::from(n);
        assert!((sum / n).abs() < 0.01, "mean {}", sum / n);
        assert!((squares / n - 1.0).abs() < 0.01, "variance {}", squares / n);
        assert!((product / n).abs() < 0.01, "covariance {}", product / n);
    }
}
