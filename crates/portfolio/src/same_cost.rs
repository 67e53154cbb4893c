//! Every application costs the same: the exact greedy algorithm of Chade and Smith.

use crate::answer::{Member, Portfolio};
use crate::error::InvalidProblem;
use crate::independent::{Offers, TIE};
use crate::program::{Program, Utility};

/// A choice at which several programs were equally good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tie {
    /// The number of applications with the one chosen here.
    pub h: usize,
    /// The program that was chosen: the one with the lowest index.
    pub chosen: usize,
    /// The programs that would have been as good, by index.
    pub others: Vec<usize>,
}

/// The best portfolio of every size.
#[derive(Clone, Debug, PartialEq)]
pub struct SameCost {
    /// The order in which programs enter; the first h are the best h.
    pub order: Vec<usize>,
    /// `values[h]` is the expected utility of the best h; `values[0]` that of no application.
    pub values: Vec<f64>,
    /// What the best program after the last one of `order` would add; `None`
    /// when all programs are in.
    pub next: Option<f64>,
    /// Choices that the lowest index decided.
    pub ties: Vec<Tie>,
}

/// Returns the best portfolio of exactly h programs for every h up to `max_h`
/// (or up to the number of programs), in one pass.
///
/// Optimal portfolios are nested, so adding the program with the largest
/// marginal gain is exact, not a heuristic. Programs that are worth nothing
/// (no better than having no offer, or without a chance) come last, by index.
///
/// # Errors
/// [`InvalidProblem::NoPrograms`].
///
/// # Complexity
/// O(m h) time after an O(m log m) sort, O(m) memory. What each program would
/// add is kept up to date: choosing k multiplies it by 1 - f_k for every worse
/// program j and lowers it by f_j times what k added for every better one, so
/// that a step is one pass without a branch.
///
/// # References
/// H. Chade and L. Smith, "Simultaneous Search", Econometrica 74 (2006),
/// 1293–1307 (the marginal improvement algorithm). The elimination of a chosen
/// program is lemma 2 of M. Kapur and S.-P. Hong, "The College Application
/// Problem", arXiv:2205.01869 (2022).
///
/// The example is that of Kapur's OptimalApplication.jl, README (there with
/// indices from 1):
///
/// ```
/// use portfolio::{Program, Utility, same_cost};
///
/// let programs: Vec<Program> = [(0.2, 1.0), (0.5, 4.0), (0.1, 9.0), (0.6, 1.0), (0.1, 8.0)]
///     .into_iter()
///     .map(|(f, t)| Program::new(f, t).unwrap())
///     .collect();
/// let best = same_cost(Utility::new(0.0).unwrap(), &programs, 5)?;
/// assert_eq!(best.order, [1, 2, 4, 3, 0]);
/// for (found, expected) in best.values.iter().zip([0.0, 2.0, 2.7, 3.24, 3.483, 3.5154]) {
///     assert!((found - expected).abs() < 1e-12);
/// }
/// # Ok::<(), portfolio::InvalidProblem>(())
/// ```
pub fn same_cost(
    outside: Utility,
    programs: &[Program],
    max_h: usize,
) -> Result<SameCost, InvalidProblem> {
    if programs.is_empty() {
        return Err(InvalidProblem::NoPrograms);
    }
    let offers = Offers::plain(outside, programs);
    let h_end = max_h.min(programs.len());
    let mut race = Race::new(&offers);
    let mut order = Vec::with_capacity(h_end);
    let mut values = Vec::with_capacity(h_end + 1);
    let mut ties = Vec::new();
    let mut gain = 0.0;
    values.push(offers.to_value(gain));
    while order.len() < h_end {
        let Some((place, others)) = race.best() else {
            break;
        };
        let chosen = race.programs[place] as usize;
        if !others.is_empty() {
            ties.push(Tie {
                h: order.len() + 1,
                chosen,
                others,
            });
        }
        gain += race.choose(place);
        order.push(chosen);
        values.push(offers.to_value(gain));
    }
    let next = race.best().map_or(0.0, |(place, _)| race.marginals[place]);
    let next = (h_end < programs.len()).then_some(next);
    fill(&mut order, &mut values, h_end, programs.len());
    Ok(SameCost {
        order,
        values,
        next,
        ties,
    })
}

impl SameCost {
    /// Returns the first h programs with their marginal values, by index.
    ///
    /// `None` when h is larger than what was solved for.
    ///
    /// # Complexity
    /// O(m log m).
    pub fn members(&self, outside: Utility, programs: &[Program], h: usize) -> Option<Vec<Member>> {
        let plan = self.plan(programs.len(), h)?;
        Some(Offers::plain(outside, programs).members(&plan))
    }

    fn plan(&self, n_programs: usize, h: usize) -> Option<Vec<u8>> {
        let mut plan = vec![0; n_programs];
        for &member in self.order.get(..h)? {
            *plan.get_mut(member)? = 1;
        }
        Some(plan)
    }

    /// Returns the portfolio of the first h programs with its marginal values,
    /// the next application and trades of equal value.
    ///
    /// `None` when h is larger than what was solved for.
    ///
    /// # Complexity
    /// O(h m).
    pub fn portfolio(&self, outside: Utility, programs: &[Program], h: usize) -> Option<Portfolio> {
        let plan = self.plan(programs.len(), h)?;
        let offers = Offers::plain(outside, programs);
        let details = offers.details(&plan, offers.exchanges(&plan, |_| true));
        let application = details.next.map_or(0.0, |next| next.gain);
        Some(Portfolio {
            value: details.value,
            upper_bound: details.value,
            members: details.members,
            next: details.next,
            exchanges: details.exchanges,
            dollar: None,
            application: Some(application),
            signals: Vec::new(),
        })
    }
}

/// Completes the order with programs that add nothing, by index.
fn fill(order: &mut Vec<usize>, values: &mut Vec<f64>, h_end: usize, n_programs: usize) {
    let mut chosen = vec![false; n_programs];
    for &program in order.iter() {
        chosen[program] = true;
    }
    let value = values.last().copied().unwrap_or_default();
    for (program, _) in chosen.iter().enumerate().filter(|&(_, &chosen)| !chosen) {
        if order.len() == h_end {
            return;
        }
        order.push(program);
        values.push(value);
    }
}

/// How many programs share one stored maximum.
const BLOCK: usize = 64;

/// The programs that are still outside, best utility first.
struct Race {
    programs: Vec<u32>,
    chances: Vec<f64>,
    /// What each would add to what is already chosen: its chance times what its
    /// offer is worth above what the others bring.
    marginals: Vec<f64>,
    /// The largest of each block of marginals, so that the winner and its
    /// equals are looked for in few places.
    largest: Vec<f64>,
    /// The smallest difference of marginals that counts.
    slack: f64,
}

impl Race {
    fn new(offers: &Offers) -> Self {
        let useful = offers
            .ranked
            .iter()
            .copied()
            .filter(|&i| offers.chances[i][1] > 0.0);
        let programs: Vec<u32> = useful.map(|i| i as u32).collect();
        let chance = |&i: &u32| offers.chances[i as usize][1];
        let marginals: Vec<f64> = programs
            .iter()
            .map(|i| chance(i) * offers.gains[*i as usize])
            .collect();
        let largest = marginals
            .chunks(BLOCK)
            .map(|block| block.iter().copied().fold(f64::NEG_INFINITY, f64::max))
            .collect();
        Self {
            chances: programs.iter().map(chance).collect(),
            marginals,
            largest,
            slack: TIE * offers.scale(),
            programs,
        }
    }

    /// The place of the largest marginal, the lowest index among those that are
    /// equal, and the indices of the others; `None` when nothing adds anything.
    fn best(&self) -> Option<(usize, Vec<usize>)> {
        let top = self.largest.iter().copied().fold(0.0, f64::max);
        if top <= 0.0 {
            return None;
        }
        // Once hardly anything is left to gain, only what is really equal is.
        let limit = top - self.slack.min(top * 1e-9);
        let mut best: Option<usize> = None;
        let mut others = Vec::new();
        let blocks = self.largest.iter().enumerate();
        for (block, _) in blocks.filter(|&(_, &largest)| largest >= limit) {
            let start = block * BLOCK;
            let end = (start + BLOCK).min(self.marginals.len());
            for place in start..end {
                if self.marginals[place] < limit {
                    continue;
                }
                match best {
                    Some(other) if self.programs[other] < self.programs[place] => {
                        others.push(self.programs[place] as usize);
                    }
                    _ => {
                        others.extend(best.map(|other| self.programs[other] as usize));
                        best = Some(place);
                    }
                }
            }
        }
        others.sort_unstable();
        best.map(|place| (place, others))
    }

    /// Moves a program into the portfolio; returns what it adds.
    fn choose(&mut self, place: usize) -> f64 {
        self.programs.remove(place);
        let chance = self.chances.remove(place);
        let added = self.marginals.remove(place);
        self.largest.truncate(self.marginals.len().div_ceil(BLOCK));
        let blocks = self
            .marginals
            .chunks_mut(BLOCK)
            .zip(self.chances.chunks(BLOCK));
        for (block, ((marginals, chances), largest)) in blocks.zip(&mut self.largest).enumerate() {
            // The programs before the place are better, those from it on worse.
            let n_better = place.saturating_sub(block * BLOCK).min(marginals.len());
            let (better, worse) = marginals.split_at_mut(n_better);
            let of_better = lower(better, &chances[..n_better], added);
            *largest = of_better.max(shrink(worse, 1.0 - chance));
        }
        added
    }
}

/// Takes `amount` times the chance from each marginal; returns the largest one.
fn lower(marginals: &mut [f64], chances: &[f64], amount: f64) -> f64 {
    let mut largest = [f64::NEG_INFINITY; 8];
    let (chunks, rest) = marginals.as_chunks_mut::<8>();
    let (chance_chunks, chance_rest) = chances.as_chunks::<8>();
    for (chunk, chances) in chunks.iter_mut().zip(chance_chunks) {
        for lane in 0..8 {
            chunk[lane] -= amount * chances[lane];
            largest[lane] = if chunk[lane] > largest[lane] {
                chunk[lane]
            } else {
                largest[lane]
            };
        }
    }
    for (marginal, chance) in rest.iter_mut().zip(chance_rest) {
        *marginal -= amount * chance;
        largest[0] = largest[0].max(*marginal);
    }
    largest.into_iter().fold(f64::NEG_INFINITY, f64::max)
}

/// Multiplies each marginal by a factor; returns the largest one.
fn shrink(marginals: &mut [f64], factor: f64) -> f64 {
    let mut largest = [f64::NEG_INFINITY; 8];
    let (chunks, rest) = marginals.as_chunks_mut::<8>();
    for chunk in chunks {
        for lane in 0..8 {
            chunk[lane] *= factor;
            largest[lane] = if chunk[lane] > largest[lane] {
                chunk[lane]
            } else {
                largest[lane]
            };
        }
    }
    for marginal in rest {
        *marginal *= factor;
        largest[0] = largest[0].max(*marginal);
    }
    largest.into_iter().fold(f64::NEG_INFINITY, f64::max)
}
