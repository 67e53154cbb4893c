//! Any correlation at all, given as weighted scenarios of who would admit the student.

mod bound;
mod exact;
mod greedy;
mod swaps;

use crate::answer::{Exchange, Member, NextApplication, Portfolio};
use crate::error::InvalidProblem;
use crate::independent::TIE;
use crate::program::{Action, Utility};

/// Which programs would make an offer in which scenario, and how likely each
/// scenario is.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenarios {
    /// The utility of having no offer.
    pub outside: Utility,
    /// The utility of each program's offer.
    pub utilities: Vec<Utility>,
    /// The scenarios in which each program makes an offer.
    pub admits: Vec<Admits>,
    /// The weight of each scenario; they are divided by their sum.
    pub weights: Vec<f64>,
    /// How many programs to choose; more than there are counts as all.
    pub choose: usize,
}

/// The scenarios in which one program makes an offer, one bit a scenario.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admits {
    words: Vec<u64>,
    n_scenarios: usize,
}

impl Admits {
    /// Returns the set of scenarios for which `offers` yields true, in order.
    pub fn new(offers: impl IntoIterator<Item = bool>) -> Self {
        let mut words = Vec::new();
        let mut n_scenarios = 0;
        for offer in offers {
            if n_scenarios % 64 == 0 {
                words.push(0);
            }
            if let Some(word) = words.last_mut() {
                *word |= u64::from(offer) << (n_scenarios % 64);
            }
            n_scenarios += 1;
        }
        Self { words, n_scenarios }
    }

    /// Returns the number of scenarios.
    pub fn n_scenarios(&self) -> usize {
        self.n_scenarios
    }

    /// Returns whether there is an offer in a scenario; false past the last one.
    pub fn contains(&self, scenario: usize) -> bool {
        self.words
            .get(scenario / 64)
            .is_some_and(|word| word >> (scenario % 64) & 1 == 1)
    }
}

/// How much work [`scenarios_within`] may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScenarioEffort {
    /// The most nodes of the branch and bound that proves the answer; 0 for none.
    pub nodes: u64,
    /// Steps that tighten the upper bound; 0 for the bound of marginal gains.
    pub bound_steps: usize,
}

impl Default for ScenarioEffort {
    fn default() -> Self {
        Self {
            nodes: 20_000,
            bound_steps: 60,
        }
    }
}

/// Problems of at most this many programs times scenarios are searched by
/// [`scenarios`] until the answer is proved or the effort is spent.
const SMALL: usize = 64 * 1024;

/// Returns a portfolio of exactly `choose` programs, proved to be the best
/// where the problem is small.
///
/// Equal to [`scenarios_within`] with the default [`ScenarioEffort`] for up to
/// 2^16 program-scenario pairs, and without a search (`nodes` and
/// `bound_steps` 0) for larger ones.
///
/// # Errors
/// See [`scenarios_within`].
pub fn scenarios(problem: &Scenarios) -> Result<Portfolio, InvalidProblem> {
    let small = problem
        .utilities
        .len()
        .saturating_mul(problem.weights.len())
        <= SMALL;
    let large = ScenarioEffort {
        nodes: 0,
        bound_steps: 0,
    };
    scenarios_within(
        problem,
        if small {
            ScenarioEffort::default()
        } else {
            large
        },
    )
}

/// Returns a good portfolio of exactly `choose` programs and a bound on the best one.
///
/// The value is the weighted mean over the scenarios of the best offer there
/// (or of none). Its marginal gains fall as a portfolio grows, so that adding
/// the best next program (lazily: a gain that was computed earlier is an upper
/// limit of the present one) reaches at least 1 - 1/e of the best possible
/// gain. Then single programs are exchanged while that gains. The bound is the
/// value plus the `choose` largest gains that are left, or better (see
/// [`ScenarioEffort::bound_steps`]); with `nodes`, a branch and bound searches
/// for a proof, after which [`Portfolio::is_exact`] holds.
///
/// Programs that add nothing fill the portfolio up, by index.
/// [`Portfolio::application`] is the gain of the best next program.
///
/// # Errors
/// No programs, no scenarios, lists of different lengths, a weight that is
/// negative or not a number, no weight at all.
///
/// # Complexity
/// O(m s) for m programs and s scenarios to start with, then O(s) for each gain
/// that is looked at again, and O(m s) for each round of exchanges.
///
/// # References
/// G. L. Nemhauser, L. A. Wolsey and M. L. Fisher, "An Analysis of
/// Approximations for Maximizing Submodular Set Functions", Mathematical
/// Programming 14 (1978), 265–294 (greedy and the bound of gains); M. Minoux,
/// "Accelerated Greedy Algorithms for Maximizing Submodular Set Functions",
/// in Optimization Techniques (1978), 234–243 (lazy evaluation). The tighter
/// bound is the Lagrangian one of G. Cornuejols, M. L. Fisher and G. L.
/// Nemhauser, "Location of Bank Accounts to Optimize Float", Management
/// Science 23 (1977), 789–810, whose problem has the same form.
pub fn scenarios_within(
    problem: &Scenarios,
    effort: ScenarioEffort,
) -> Result<Portfolio, InvalidProblem> {
    problem.check()?;
    let matrix = Matrix::new(problem);
    let choose = problem
        .choose
        .min(problem.utilities.len())
        .min(matrix.rows.len());
    let mut chosen = greedy::greedy(&matrix, choose);
    let trades = swaps::improve(&matrix, &mut chosen);
    let cover = Cover::of(&matrix, &chosen);
    let mut gain = cover.gain(&matrix);
    let mut gain_bound = bound::of_gains(&matrix, &cover, choose);
    if gain_bound > gain + matrix.slack && effort.bound_steps > 0 {
        let limits = bound::improve(&matrix, &cover, choose, gain, effort.bound_steps);
        gain_bound = gain_bound.min(limits.bound);
        if effort.nodes > 0 && gain_bound > gain + matrix.slack {
            let found = exact::search(&matrix, &limits, choose, &chosen, gain, effort.nodes);
            gain_bound = gain_bound.min(found.bound);
            if found.gain > gain {
                (chosen, gain) = (found.chosen, found.gain);
            }
        }
    }
    if gain_bound <= gain + matrix.slack {
        gain_bound = f64::NEG_INFINITY;
    }
    Ok(answer(problem, &matrix, chosen, trades, gain_bound))
}

impl Scenarios {
    fn check(&self) -> Result<(), InvalidProblem> {
        if self.utilities.is_empty() {
            return Err(InvalidProblem::NoPrograms);
        }
        if self.weights.is_empty() {
            return Err(InvalidProblem::NoScenarios);
        }
        let n_programs = self.utilities.len();
        if self.admits.len() != n_programs {
            let found = self.admits.len();
            let needed = n_programs;
            return Err(InvalidProblem::LengthMismatch {
                list: "admits",
                found,
                needed,
            });
        }
        for admits in &self.admits {
            let (found, needed) = (admits.n_scenarios, self.weights.len());
            if found != needed {
                let list = "scenarios of a program";
                return Err(InvalidProblem::LengthMismatch {
                    list,
                    found,
                    needed,
                });
            }
        }
        let bad = |weight: &f64| !(0.0..=Utility::LARGEST).contains(weight);
        if let Some(scenario) = self.weights.iter().position(bad) {
            return Err(InvalidProblem::BadWeight { scenario });
        }
        if self.weights.iter().sum::<f64>() <= 0.0 {
            return Err(InvalidProblem::NoWeight);
        }
        Ok(())
    }
}

/// A program that makes a useful offer somewhere.
struct Row {
    program: usize,
    /// What its offer is worth above no offer.
    gain: f64,
    /// Where the scenarios with an offer start and end in [`Matrix::places`].
    start: usize,
    end: usize,
}

/// The useful offers, program by program.
struct Matrix {
    /// By falling gain, ties by index.
    rows: Vec<Row>,
    places: Vec<u32>,
    /// Weights that add up to 1.
    weights: Vec<f64>,
    /// Differences of gains that count as none.
    slack: f64,
}

impl Matrix {
    fn new(problem: &Scenarios) -> Self {
        let total: f64 = problem.weights.iter().sum();
        let weights: Vec<f64> = problem
            .weights
            .iter()
            .map(|weight| weight / total)
            .collect();
        let outside = problem.outside.get();
        let gain = |program: usize| problem.utilities[program].get() - outside;
        let mut order: Vec<usize> = (0..problem.utilities.len())
            .filter(|&program| gain(program) > 0.0)
            .collect();
        order.sort_by(|&a, &b| gain(b).total_cmp(&gain(a)).then(a.cmp(&b)));
        let mut places = Vec::new();
        let mut rows = Vec::with_capacity(order.len());
        for program in order {
            let start = places.len();
            for (index, &word) in problem.admits[program].words.iter().enumerate() {
                let mut left = word;
                while left != 0 {
                    places.push(index as u32 * 64 + left.trailing_zeros());
                    left &= left - 1;
                }
            }
            let end = places.len();
            if end > start {
                rows.push(Row {
                    program,
                    gain: gain(program),
                    start,
                    end,
                });
            }
        }
        let slack = rows.first().map_or(0.0, |row| TIE * row.gain);
        Self {
            rows,
            places,
            weights,
            slack,
        }
    }

    fn offers(&self, row: usize) -> &[u32] {
        &self.places[self.rows[row].start..self.rows[row].end]
    }
}

/// The best and the second best member of a portfolio in every scenario.
struct Cover {
    best: Vec<f64>,
    /// The row of the best member; `u32::MAX` for none.
    best_row: Vec<u32>,
    second: Vec<f64>,
}

const NOBODY: u32 = u32::MAX;

impl Cover {
    fn of(matrix: &Matrix, chosen: &[usize]) -> Self {
        let n = matrix.weights.len();
        let mut cover = Self {
            best: vec![0.0; n],
            best_row: vec![NOBODY; n],
            second: vec![0.0; n],
        };
        for &row in chosen {
            let gain = matrix.rows[row].gain;
            for &place in matrix.offers(row) {
                let place = place as usize;
                if gain > cover.best[place] {
                    cover.second[place] = cover.best[place];
                    cover.best[place] = gain;
                    cover.best_row[place] = row as u32;
                } else if gain > cover.second[place] {
                    cover.second[place] = gain;
                }
            }
        }
        cover
    }

    fn gain(&self, matrix: &Matrix) -> f64 {
        self.best
            .iter()
            .zip(&matrix.weights)
            .map(|(best, weight)| best * weight)
            .sum()
    }

    /// What a row outside would add.
    fn added(&self, matrix: &Matrix, row: usize) -> f64 {
        let gain = matrix.rows[row].gain;
        let more = |&place: &u32| {
            let place = place as usize;
            (gain - self.best[place]).max(0.0) * matrix.weights[place]
        };
        matrix.offers(row).iter().map(more).sum()
    }
}

fn answer(
    problem: &Scenarios,
    matrix: &Matrix,
    mut chosen: Vec<usize>,
    trades: Vec<(usize, usize)>,
    gain_bound: f64,
) -> Portfolio {
    let mut row_of = vec![None; problem.utilities.len()];
    for (row, described) in matrix.rows.iter().enumerate() {
        row_of[described.program] = Some(row);
    }
    let mut marginals = vec![None; problem.utilities.len()];
    for &row in &chosen {
        marginals[matrix.rows[row].program] = Some(0.0);
    }
    // Programs that add nothing still stand in for a member that is left out.
    let wanted = problem.choose.min(problem.utilities.len());
    let missing = wanted - chosen.len();
    let others = marginals
        .iter_mut()
        .zip(&row_of)
        .filter(|(marginal, _)| marginal.is_none());
    for (marginal, row) in others.take(missing) {
        *marginal = Some(0.0);
        chosen.extend(row);
    }
    chosen.sort_unstable();
    let cover = Cover::of(matrix, &chosen);
    for (place, &row) in cover
        .best_row
        .iter()
        .enumerate()
        .filter(|&(_, &row)| row != NOBODY)
    {
        let lost = (cover.best[place] - cover.second[place]) * matrix.weights[place];
        if let Some(marginal) = &mut marginals[matrix.rows[row as usize].program] {
            *marginal += lost;
        }
    }
    let mut next: Option<NextApplication> = None;
    for (row, described) in matrix.rows.iter().enumerate() {
        if marginals[described.program].is_some() {
            continue;
        }
        let gain = cover.added(matrix, row);
        let program = described.program;
        let better = |best: NextApplication| {
            gain > best.gain || (gain == best.gain && program < best.program)
        };
        if gain > 0.0 && next.is_none_or(better) {
            next = Some(NextApplication { program, gain });
        }
    }
    let members = marginals
        .iter()
        .enumerate()
        .filter_map(|(program, marginal)| {
            Some(Member {
                program,
                action: Action::Apply,
                marginal: (*marginal)?,
            })
        });
    let members: Vec<Member> = members.collect();
    let is_member = |row: usize| chosen.binary_search(&row).is_ok();
    let mut exchanges: Vec<Exchange> = trades
        .into_iter()
        .filter(|&(member, instead)| is_member(member) && !is_member(instead))
        .map(|(member, instead)| Exchange {
            member: matrix.rows[member].program,
            instead: matrix.rows[instead].program,
        })
        .collect();
    exchanges.sort_unstable();
    let outside = problem.outside.get();
    let value = outside + cover.gain(matrix);
    Portfolio {
        value,
        upper_bound: value.max(outside + gain_bound),
        members,
        next,
        exchanges,
        dollar: None,
        application: Some(next.map_or(0.0, |next| next.gain)),
        signals: Vec::new(),
    }
}
