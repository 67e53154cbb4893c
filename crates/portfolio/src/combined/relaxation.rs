//! Prices for every limit, and what a partial plan can become at those prices.

use crate::combined::instance::{Candidate, Instance, Usage};
use crate::lines::{Line, best_at, upper_envelope};

/// What one unit of each limited thing costs in expected utility.
#[derive(Clone, Debug)]
pub(super) struct Multipliers {
    /// Per dollar.
    pub(super) dollar: f64,
    /// Per application in a specialty; the fee table answers with how many it
    /// would sell at that price.
    pub(super) application_in: Vec<f64>,
    /// Per application anywhere.
    pub(super) application: f64,
    pub(super) gold: Vec<f64>,
    pub(super) silver: Vec<f64>,
}

impl Multipliers {
    pub(super) fn zero(instance: &Instance) -> Self {
        Self {
            dollar: 0.0,
            application_in: vec![0.0; instance.totals.len()],
            application: 0.0,
            gold: vec![0.0; instance.gold.len()],
            silver: vec![0.0; instance.silver.len()],
        }
    }

    /// The price of an action.
    pub(super) fn price(&self, candidate: &Candidate, action: u8) -> f64 {
        let signal = match (action, candidate.pool) {
            (2, Some(pool)) => self.silver[pool],
            (3, Some(pool)) => self.gold[pool],
            _ => 0.0,
        };
        self.application_in[candidate.specialty] + self.application + signal
    }
}

/// What the rest of a plan can be worth from each candidate on, at given prices.
pub(super) struct Completion {
    lines: Vec<Line>,
    /// `starts[k]..starts[k + 1]` are the lines for the candidates from
    /// `m - k` on: level 0 is the empty rest.
    starts: Vec<usize>,
}

impl Completion {
    pub(super) fn new(instance: &Instance, multipliers: &Multipliers) -> Self {
        let mut lines = vec![Line {
            slope: 0.0,
            height: 0.0,
        }];
        let mut starts = vec![0, 1];
        let mut merged = Vec::new();
        let mut scratch = Vec::new();
        for candidate in instance.candidates.iter().rev() {
            let rest = &lines[starts[starts.len() - 2]..];
            merged.clear();
            merged.extend_from_slice(rest);
            for choice in &candidate.choices {
                let price = multipliers.price(candidate, choice.action);
                // A sure offer leaves nothing to the rest: only its cheapest line counts.
                let rest = if choice.chance == 1.0 {
                    &rest[..1]
                } else {
                    rest
                };
                let with = rest.iter().map(|line| Line {
                    slope: (1.0 - choice.chance) * line.slope + choice.chance * candidate.gain,
                    height: line.height - price,
                });
                merge(&mut merged, with, &mut scratch);
            }
            upper_envelope(&merged, 1.0, &mut lines);
            starts.push(lines.len());
        }
        Self { lines, starts }
    }

    /// The best worth of the rest from candidate `k` on, its prices taken off,
    /// when nothing better comes with chance `survive`.
    pub(super) fn best(&self, k: usize, survive: f64) -> f64 {
        let level = self.starts.len() - 2 - k;
        best_at(
            &self.lines[self.starts[level]..self.starts[level + 1]],
            survive,
        )
    }
}

/// Merges lines into others, both by rising slope.
fn merge(lines: &mut Vec<Line>, with: impl Iterator<Item = Line>, scratch: &mut Vec<Line>) {
    scratch.clear();
    let mut old = lines.iter().copied().peekable();
    let mut with = with.peekable();
    while let (Some(a), Some(b)) = (old.peek(), with.peek()) {
        let next = if a.slope <= b.slope {
            old.next()
        } else {
            with.next()
        };
        scratch.extend(next);
    }
    scratch.extend(old);
    scratch.extend(with);
    std::mem::swap(lines, scratch);
}

/// What the limits that a partial plan leaves are worth at given prices.
pub(super) struct Allowance {
    /// By specialty, candidates left and count: the most that further
    /// applications earn at their price above their fees.
    earned: Vec<Vec<Vec<f64>>>,
}

impl Allowance {
    pub(super) fn new(instance: &Instance, multipliers: &Multipliers) -> Self {
        let specialties = instance.totals.iter().zip(&instance.alike);
        let earned = specialties
            .zip(&multipliers.application_in)
            .map(|((totals, alike), &price)| {
                let n_candidates = alike.n_candidates();
                let mut by_left = vec![vec![0.0; n_candidates + 1]];
                for left in 1..=n_candidates {
                    let fewer: &Vec<f64> = &by_left[left - 1];
                    let with_left = (0..=n_candidates - left)
                        .map(|count| {
                            let Some(total) = totals.get(count + left) else {
                                return fewer[count];
                            };
                            let fee = multipliers.dollar * (total - totals[count]) as f64;
                            fewer[count].max(price * left as f64 - fee)
                        })
                        .collect();
                    by_left.push(with_left);
                }
                by_left
            })
            .collect();
        Self { earned }
    }

    /// The worth of all limits before anything is used.
    pub(super) fn all(&self, instance: &Instance, multipliers: &Multipliers) -> f64 {
        let earned = self
            .earned
            .iter()
            .filter_map(|by_left| by_left.last()?.first());
        let worth = |limits: &[usize], prices: &[f64]| -> f64 {
            limits
                .iter()
                .zip(prices)
                .map(|(&limit, price)| limit as f64 * price)
                .sum()
        };
        // Without a budget the price of a dollar stays 0, and so does this.
        multipliers.dollar * instance.budget as f64
            + earned.sum::<f64>()
            + worth(&instance.gold, &multipliers.gold)
            + worth(&instance.silver, &multipliers.silver)
            + instance.applications as f64 * multipliers.application
    }

    /// The most that further applications in a specialty earn above their fees.
    pub(super) fn earned(&self, specialty: usize, left: usize, count: usize) -> f64 {
        self.earned[specialty][left][count]
    }
}

/// Lowers the bound by better prices, in at most `steps` evaluations.
///
/// The bound is convex in the prices and has kinks. Shor's r-algorithm goes
/// down along a subgradient in a space that is stretched, step by step, along
/// the difference of successive subgradients; that follows the valleys which
/// plain subgradient steps cross to and fro.
pub(super) fn improve(
    instance: &Instance,
    multipliers: &mut Multipliers,
    known_gain: f64,
    steps: usize,
) {
    /// How far the space is squeezed along the difference of two subgradients.
    const SQUEEZE: f64 = 1.0 / 3.0;
    /// How the step grows while the bound still falls along a direction.
    const GROW: f64 = 1.15;
    /// How the step shrinks when it was too long from the start.
    const SHRINK: f64 = 0.92;
    let scale = Scale::new(instance);
    let mut point = scale.point(multipliers);
    let mut here = scale.evaluate(instance, &point);
    let mut best = here.clone();
    let n = point.len();
    let mut stretch = Matrix::identity(n);
    let mut step = f64::NAN;
    let mut left = steps;
    while left > 0 && best.bound - known_gain > instance.slack {
        let squeezed = stretch.transposed_times(&here.slope);
        let length = norm(&squeezed);
        if length < 1e-14 {
            break;
        }
        let unit: Vec<f64> = squeezed.iter().map(|x| x / length).collect();
        let direction = stretch.times(&unit);
        if step.is_nan() {
            // Polyak's length, as if the best plan known were the optimum.
            step = (here.bound - known_gain) / length;
        }
        let before = here.slope.clone();
        let mut moves = 0;
        loop {
            for (x, d) in point.iter_mut().zip(&direction) {
                *x -= step * d;
            }
            here = scale.evaluate(instance, &point);
            if here.bound < best.bound {
                best = here.clone();
            }
            moves += 1;
            left = left.saturating_sub(1);
            let rising = dot(&here.slope, &direction) <= 0.0;
            if rising || left == 0 {
                break;
            }
            if moves >= 2 {
                step *= GROW;
            }
        }
        if moves == 1 {
            step *= SHRINK;
        }
        let change: Vec<f64> = here.slope.iter().zip(&before).map(|(a, b)| a - b).collect();
        let across = stretch.transposed_times(&change);
        let length = norm(&across);
        if length > 0.0 {
            let unit: Vec<f64> = across.iter().map(|x| x / length).collect();
            stretch.squeeze(&unit, SQUEEZE);
        }
    }
    *multipliers = best.multipliers;
}

/// The bound at some prices.
#[derive(Clone)]
struct Evaluation {
    multipliers: Multipliers,
    bound: f64,
    slope: Vec<f64>,
}

/// A small square matrix, row by row.
struct Matrix {
    n: usize,
    cells: Vec<f64>,
}

impl Matrix {
    fn identity(n: usize) -> Self {
        let mut cells = vec![0.0; n * n];
        cells.iter_mut().step_by(n + 1).for_each(|cell| *cell = 1.0);
        Self { n, cells }
    }

    fn times(&self, vector: &[f64]) -> Vec<f64> {
        self.cells
            .chunks(self.n)
            .map(|row| dot(row, vector))
            .collect()
    }

    fn transposed_times(&self, vector: &[f64]) -> Vec<f64> {
        let mut product = vec![0.0; self.n];
        for (row, factor) in self.cells.chunks(self.n).zip(vector) {
            for (sum, cell) in product.iter_mut().zip(row) {
                *sum += cell * factor;
            }
        }
        product
    }

    /// Multiplies by a matrix that shortens one direction.
    fn squeeze(&mut self, unit: &[f64], factor: f64) {
        let along = self.times(unit);
        for (row, along) in self.cells.chunks_mut(self.n).zip(along) {
            for (cell, unit) in row.iter_mut().zip(unit) {
                *cell += (factor - 1.0) * along * unit;
            }
        }
    }
}

fn dot(left: &[f64], right: &[f64]) -> f64 {
    left.iter().zip(right).map(|(a, b)| a * b).sum()
}

fn norm(vector: &[f64]) -> f64 {
    dot(vector, vector).sqrt()
}

/// The choices that are best at given prices, whatever the limits say.
fn relaxed_choices(
    instance: &Instance,
    multipliers: &Multipliers,
    completion: &Completion,
) -> Vec<u8> {
    let mut survive = 1.0;
    let mut choices = Vec::with_capacity(instance.candidates.len());
    for (k, candidate) in instance.candidates.iter().enumerate() {
        let mut best = (completion.best(k + 1, survive), 0, 0.0);
        for choice in &candidate.choices {
            let worth = survive * choice.chance * candidate.gain
                - multipliers.price(candidate, choice.action)
                + completion.best(k + 1, survive * (1.0 - choice.chance));
            if worth > best.0 {
                best = (worth, choice.action, choice.chance);
            }
        }
        choices.push(best.1);
        survive *= 1.0 - best.2;
    }
    choices
}

/// The size of each limit, so that a step moves all prices alike.
struct Scale {
    sizes: Vec<f64>,
    has_budget: bool,
}

impl Scale {
    fn new(instance: &Instance) -> Self {
        let has_budget = instance.budget < u64::MAX && instance.budget > 0;
        let at_least_one = |size: usize| (size.max(1)) as f64;
        let mut sizes = vec![if has_budget {
            instance.budget as f64
        } else {
            1.0
        }];
        sizes.extend(
            instance
                .totals
                .iter()
                .map(|totals| at_least_one(totals.len() - 1)),
        );
        sizes.push(at_least_one(instance.applications));
        sizes.extend(
            instance
                .gold
                .iter()
                .chain(&instance.silver)
                .map(|&n| at_least_one(n)),
        );
        Self { sizes, has_budget }
    }

    /// Prices as a point: each is multiplied by the size of its limit.
    fn point(&self, multipliers: &Multipliers) -> Vec<f64> {
        prices(multipliers)
            .iter()
            .zip(&self.sizes)
            .map(|(price, size)| price * size)
            .collect()
    }

    /// The bound and its slope at a point. Outside of where prices are
    /// possible (below 0), a wall leads back.
    fn evaluate(&self, instance: &Instance, point: &[f64]) -> Evaluation {
        let mut multipliers = Multipliers::zero(instance);
        let scaled = point
            .iter()
            .zip(&self.sizes)
            .map(|(x, size)| x.max(0.0) / size);
        for (price, value) in prices_mut(&mut multipliers).into_iter().zip(scaled) {
            *price = value;
        }
        if !self.has_budget {
            multipliers.dollar = 0.0;
        }
        let completion = Completion::new(instance, &multipliers);
        let allowance = Allowance::new(instance, &multipliers);
        let bound = completion.best(0, 1.0) + allowance.all(instance, &multipliers);
        let used = Usage::of(
            instance,
            &relaxed_choices(instance, &multipliers, &completion),
        );
        let mut slope = self.slope(instance, &multipliers, &used);
        let wall = 1.0 + instance.candidates.len() as f64;
        for (slope, (x, size)) in slope.iter_mut().zip(point.iter().zip(&self.sizes)) {
            *slope = if *x < 0.0 {
                -wall / size.min(wall)
            } else {
                *slope / size
            };
        }
        // The wall is not part of the bound, which holds at the prices above it.
        Evaluation {
            multipliers,
            bound,
            slope,
        }
    }

    /// How the bound changes with each price: what is left of each limit.
    fn slope(&self, instance: &Instance, multipliers: &Multipliers, used: &Usage) -> Vec<f64> {
        let mut sold = Vec::with_capacity(instance.totals.len());
        let mut fee = 0.0;
        for (specialty, totals) in instance.totals.iter().enumerate() {
            let price = multipliers.application_in[specialty];
            let n = best_sale(totals, price, multipliers.dollar, used.counts[specialty]);
            fee += totals[n] as f64;
            sold.push(n as f64 - used.counts[specialty] as f64);
        }
        let mut slope = vec![if self.has_budget {
            instance.budget as f64 - fee
        } else {
            0.0
        }];
        slope.extend(sold);
        slope.push(instance.applications as f64 - used.n_applications() as f64);
        for (limits, used) in [
            (&instance.gold, &used.gold),
            (&instance.silver, &used.silver),
        ] {
            let left = limits
                .iter()
                .zip(used)
                .map(|(&limit, &used)| limit as f64 - used as f64);
            slope.extend(left);
        }
        slope
    }
}

/// How many applications a fee table sells best at a price; of equal ones, the
/// nearest to what is wanted.
fn best_sale(totals: &[u64], price: f64, dollar: f64, wanted: usize) -> usize {
    let worth = |n: usize| price * n as f64 - dollar * totals[n] as f64;
    let distance = |n: usize| n.abs_diff(wanted);
    let mut best = 0;
    for n in 1..totals.len() {
        let (new, old) = (worth(n), worth(best));
        if new > old || (new == old && distance(n) < distance(best)) {
            best = n;
        }
    }
    best
}

fn prices(multipliers: &Multipliers) -> Vec<f64> {
    let mut all = vec![multipliers.dollar];
    all.extend(&multipliers.application_in);
    all.push(multipliers.application);
    all.extend(multipliers.gold.iter().chain(&multipliers.silver));
    all
}

fn prices_mut(multipliers: &mut Multipliers) -> Vec<&mut f64> {
    let mut all = vec![&mut multipliers.dollar];
    all.extend(&mut multipliers.application_in);
    all.push(&mut multipliers.application);
    all.extend(multipliers.gold.iter_mut().chain(&mut multipliers.silver));
    all
}
