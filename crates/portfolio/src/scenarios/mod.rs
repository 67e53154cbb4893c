//! Any correlation at all, given as weighted scenarios of who would admit the student.

mod bound;
mod exact;
mod greedy;
mod swaps;
mod ties;

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
/// So are only problems of at most this many programs.
const FEW: usize = 1000;

/// Returns a portfolio of exactly `choose` programs, proved to be the best
/// where the problem is small.
///
/// Equal to [`scenarios_within`] with the default [`ScenarioEffort`] for up to
/// 1,000 programs and 2^16 program-scenario pairs, and without a search (`nodes` and
/// `bound_steps` 0) for larger ones.
///
/// # Errors
/// See [`scenarios_within`].
pub fn scenarios(problem: &Scenarios) -> Result<Portfolio, InvalidProblem> {
    let n_programs = problem.utilities.len();
    let small = n_programs <= FEW && n_programs.saturating_mul(problem.weights.len()) <= SMALL;
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
    let mut outlook = swaps::improve(&matrix, &mut chosen);
    let mut gain = outlook.gain;
    let mut gain_bound = gain + bound::sum_of_largest(&mut outlook.added.clone(), choose);
    if gain_bound > gain + matrix.slack && effort.bound_steps > 0 {
        let cover = Cover::of(&matrix, &chosen);
        let reached = cover
            .0
            .iter()
            .map(|spot| (spot.best, spot.weight))
            .collect();
        let limits = bound::improve(&matrix, reached, choose, gain, effort.bound_steps);
        gain_bound = gain_bound.min(limits.bound);
        if effort.nodes > 0 && gain_bound > gain + matrix.slack {
            let found = exact::search(&matrix, &limits, choose, &chosen, gain, effort.nodes);
            gain_bound = gain_bound.min(found.bound);
            if found.gain > gain {
                chosen = found.chosen;
                outlook = swaps::improve(&matrix, &mut chosen);
                gain = outlook.gain;
            }
        }
    }
    if gain_bound <= gain + matrix.slack {
        gain_bound = f64::NEG_INFINITY;
    }
    let choose = problem.choose.min(problem.utilities.len());
    let settled = ties::Settled::new(&matrix, problem.utilities.len(), choose, chosen, outlook);
    Ok(answer(problem, &matrix, &settled, gain_bound))
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

/// One scenario as a portfolio covers it.
#[derive(Clone, Copy)]
struct Spot {
    weight: f64,
    /// The gain of the best member with an offer; 0 for none.
    best: f64,
    /// The gain of the second best one; 0 for none.
    second: f64,
    /// The place of the best member in the portfolio; the portfolio's size for none.
    owner: usize,
}

/// The best and the second best member of a portfolio in every scenario.
struct Cover(Vec<Spot>);

impl Cover {
    fn of(matrix: &Matrix, chosen: &[usize]) -> Self {
        let nobody = |&weight: &f64| Spot {
            weight,
            best: 0.0,
            second: 0.0,
            owner: chosen.len(),
        };
        let mut spots: Vec<Spot> = matrix.weights.iter().map(nobody).collect();
        for (owner, &row) in chosen.iter().enumerate() {
            let gain = matrix.rows[row].gain;
            for &place in matrix.offers(row) {
                let spot = &mut spots[place as usize];
                if gain > spot.best {
                    *spot = Spot {
                        best: gain,
                        second: spot.best,
                        owner,
                        ..*spot
                    };
                } else if gain > spot.second {
                    spot.second = gain;
                }
            }
        }
        Self(spots)
    }

    fn gain(&self) -> f64 {
        self.0.iter().map(|spot| spot.best * spot.weight).sum()
    }

    /// What each member is worth above the others, by its place.
    fn losses(&self, n_members: usize) -> Vec<f64> {
        // The last entry stands for scenarios without a member.
        let mut losses = vec![0.0; n_members + 1];
        for spot in &self.0 {
            losses[spot.owner] += (spot.best - spot.second) * spot.weight;
        }
        losses.truncate(n_members);
        losses
    }
}

/// The sum over some scenarios of a weight times what `gain` stands above a
/// level; the spots hold level and weight.
fn sum_above(offers: &[u32], spots: &[(f64, f64)], gain: f64) -> f64 {
    // Four sums side by side, so that none waits for the one before.
    let mut sums = [0.0; 4];
    let (chunks, rest) = offers.as_chunks::<4>();
    let above = |place: u32| {
        let (level, weight) = spots[place as usize];
        let above = gain - level;
        weight * if above > 0.0 { above } else { 0.0 }
    };
    for chunk in chunks {
        for (sum, &place) in sums.iter_mut().zip(chunk) {
            *sum += above(place);
        }
    }
    for &place in rest {
        sums[0] += above(place);
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}

fn answer(
    problem: &Scenarios,
    matrix: &Matrix,
    settled: &ties::Settled,
    gain_bound: f64,
) -> Portfolio {
    let ties::Settled {
        is_member,
        rows,
        outlook,
        ..
    } = settled;
    let program = |row: usize| matrix.rows[row].program;
    let mut marginals = vec![0.0; is_member.len()];
    for (&row, &loss) in rows.iter().zip(&outlook.losses) {
        marginals[program(row)] = loss;
    }
    let members = (0..is_member.len())
        .filter(|&program| is_member[program])
        .map(|program| Member {
            program,
            action: Action::Apply,
            marginal: marginals[program],
        });
    let mut next: Option<NextApplication> = None;
    for (described, &gain) in matrix.rows.iter().zip(&outlook.added) {
        let program = described.program;
        let better = |best: NextApplication| {
            gain > best.gain || (gain == best.gain && program < best.program)
        };
        if !is_member[program] && gain > 0.0 && next.is_none_or(better) {
            next = Some(NextApplication { program, gain });
        }
    }
    let mut exchanges: Vec<Exchange> = outlook
        .equal
        .iter()
        .filter(|trade| trade.is_at_stake)
        .map(|trade| Exchange {
            member: program(trade.member),
            instead: program(trade.instead),
        })
        .collect();
    exchanges.sort_unstable();
    let outside = problem.outside.get();
    let value = outside + outlook.gain;
    Portfolio {
        value,
        upper_bound: value.max(outside + gain_bound),
        members: members.collect(),
        next,
        exchanges,
        dollar: None,
        application: Some(next.map_or(0.0, |next| next.gain)),
        signals: Vec::new(),
    }
}
