//! Thousands of draws, and what they say together.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use crate::description::Description;
use crate::draw::{Draw, Plan};
use crate::index::{Applicant, NONE, Program};
use crate::parallel;

/// How much to simulate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SimulateOptions {
    /// The same seed gives the same distributions, on every machine and with any number of threads.
    pub seed: u64,
    /// The number of markets to draw and solve.
    pub n_draws: u64,
}

impl Default for SimulateOptions {
    /// Seed 1, a thousand draws.
    fn default() -> Self {
        Self {
            seed: 1,
            n_draws: 1000,
        }
    }
}

/// A share of draws, with the interval that holds the true probability of the model in 95 of 100 simulations.
///
/// The interval covers chance between draws only.
/// It says nothing about whether the scores and the noise of the description are right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// The share of draws in which it happened.
    pub value: f64,
    /// The lower end of the 95 % interval.
    pub low: f64,
    /// The upper end of the 95 % interval.
    pub high: f64,
}

impl Share {
    /// Returns `n` of `n_draws` with the score interval of Wilson (1927).
    fn new(n: u64, n_draws: u64) -> Self {
        if n_draws == 0 {
            return Self {
                value: f64::NAN,
                low: 0.0,
                high: 1.0,
            };
        }
        const Z: f64 = 1.959_964;
        let total = n_draws as f64;
        let value = n as f64 / total;
        let scale = 1.0 + Z * Z / total;
        let middle = (value + Z * Z / (2.0 * total)) / scale;
        let half =
            Z * (value * (1.0 - value) / total + Z * Z / (4.0 * total * total)).sqrt() / scale;
        Self {
            value,
            low: (middle - half).max(0.0),
            high: (middle + half).min(1.0),
        }
    }
}

/// How often everybody was matched where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Distributions {
    n_draws: u64,
    /// By interview of the description.
    matched: Vec<u32>,
    rows: Vec<std::ops::Range<usize>>,
    programs: Vec<Program>,
    n_programs: usize,
}

impl Distributions {
    /// Returns the number of draws.
    pub fn n_draws(&self) -> u64 {
        self.n_draws
    }

    /// Returns for every interview of an applicant, in the order of the description, how often it became the place.
    pub fn places(&self, applicant: Applicant) -> impl ExactSizeIterator<Item = (Program, Share)> {
        let row = self.rows[applicant.index()].clone();
        let counts = self.programs[row.clone()].iter().zip(&self.matched[row]);
        counts.map(|(&program, &n)| (program, Share::new(u64::from(n), self.n_draws)))
    }

    /// Returns how often an applicant was matched at all.
    pub fn matched(&self, applicant: Applicant) -> Share {
        let row = self.rows[applicant.index()].clone();
        Share::new(
            self.matched[row].iter().map(|&n| u64::from(n)).sum(),
            self.n_draws,
        )
    }

    /// Returns how many places of each program were filled on average.
    pub fn filled(&self) -> Vec<f64> {
        let mut filled = vec![0_u64; self.n_programs];
        for (program, &n) in self.programs.iter().zip(&self.matched) {
            filled[program.index()] += u64::from(n);
        }
        filled
            .into_iter()
            .map(|n| n as f64 / self.n_draws.max(1) as f64)
            .collect()
    }
}

/// Draws markets from a description, solves each, and counts who is matched where.
///
/// `progress` is told the number of draws solved so far, from any thread; when it returns false the simulation stops and
/// the answer is `None`.
///
/// # Guarantees
/// The answer depends on the description and the options only: random numbers are keyed by seed, draw and pair, and counts
/// are added, so neither the number of threads nor their order matters.
///
/// # Complexity
/// O(n_draws × L) time, shared by the threads of the current pool; O(L) memory for each thread: L is the number of
/// interviews.
///
/// # Example
/// ```
/// use matching::{Description, SimulateOptions, simulate};
///
/// let mut description = Description::new(1.0, 1.0)?;
/// description.program("city", 1)?;
/// let ana = description.applicant("ana", [("city", 0.0, 0.0)])?;
/// let ben = description.applicant("ben", [("city", 0.0, 0.0)])?;
/// let distributions = simulate(&description, SimulateOptions { seed: 1, n_draws: 2000 }, &|_| true).unwrap();
/// // Nothing tells the two apart, so each gets the place about half the time.
/// let share = distributions.matched(ana);
/// assert!(share.low < 0.5 && 0.5 < share.high);
/// assert_eq!(distributions.filled(), [1.0]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn simulate(
    description: &Description,
    options: SimulateOptions,
    progress: &(dyn Fn(u64) -> bool + Sync),
) -> Option<Distributions> {
    let plan = Arc::new(Plan::new(description));
    let n_solved = AtomicU64::new(0);
    let is_stopped = AtomicBool::new(false);
    let count = |draws: std::ops::Range<u64>| {
        let mut matched = vec![0_u32; description.interviews.len()];
        let mut draw = Draw::new(Arc::clone(&plan));
        for number in draws {
            if is_stopped.load(Ordering::Relaxed) {
                break;
            }
            draw.solve(options.seed, number, None);
            for &at in draw.held() {
                if at != NONE {
                    matched[at as usize] += 1;
                }
            }
            if !progress(n_solved.fetch_add(1, Ordering::Relaxed) + 1) {
                is_stopped.store(true, Ordering::Relaxed);
            }
        }
        matched
    };
    let add = |mut one: Vec<u32>, other: Vec<u32>| {
        for (sum, n) in one.iter_mut().zip(other) {
            *sum += n;
        }
        one
    };
    let matched = parallel::map_reduce(options.n_draws, count, add);
    if is_stopped.into_inner() {
        return None;
    }
    Some(Distributions {
        n_draws: options.n_draws,
        matched: matched.map_or_else(
            || vec![0; description.interviews.len()],
            |matched| plan.in_description_order(&matched),
        ),
        rows: description.rows.iter().map(|row| row.range()).collect(),
        programs: description
            .interviews
            .iter()
            .map(|interview| interview.program)
            .collect(),
        n_programs: description.n_programs(),
    })
}
