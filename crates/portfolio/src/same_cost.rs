//! Every application costs the same: the exact greedy algorithm of Chade and Smith.

use crate::answer::Portfolio;
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
/// O(m h) time after an O(m log m) sort, O(m) memory. An offer's gain is kept
/// relative to what is already in the portfolio: choosing k multiplies the
/// gain of every worse program by 1 - f and takes f times k's gain from that of
/// every better one, so each step is two passes without a branch.
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
        let Some((place, added)) = race.best() else {
            break;
        };
        let chosen = race.programs[place];
        let others = race.equals(place, added);
        if !others.is_empty() {
            ties.push(Tie {
                h: order.len() + 1,
                chosen,
                others,
            });
        }
        race.choose(place);
        gain += added;
        order.push(chosen);
        values.push(offers.to_value(gain));
    }
    fill(&mut order, &mut values, h_end, programs.len());
    Ok(SameCost {
        order,
        values,
        ties,
    })
}

impl SameCost {
    /// Returns the portfolio of the first h programs with its marginal values,
    /// the next application and trades of equal value.
    ///
    /// `None` when h is larger than what was solved for.
    ///
    /// # Complexity
    /// O(h m).
    pub fn portfolio(&self, outside: Utility, programs: &[Program], h: usize) -> Option<Portfolio> {
        let members = self.order.get(..h)?;
        let mut plan = vec![0; programs.len()];
        for &member in members {
            *plan.get_mut(member)? = 1;
        }
        let details = Offers::plain(outside, programs).details(&plan, |_| true);
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

/// The programs that are still outside, best utility first.
struct Race {
    programs: Vec<usize>,
    chances: Vec<f64>,
    /// What the offer adds to what is already chosen, given that it comes.
    gains: Vec<f64>,
    /// The smallest difference of marginal gains that counts.
    slack: f64,
}

impl Race {
    fn new(offers: &Offers) -> Self {
        let useful = offers
            .ranked
            .iter()
            .copied()
            .filter(|&i| offers.chances[i][1] > 0.0);
        let programs: Vec<usize> = useful.collect();
        Self {
            chances: programs.iter().map(|&i| offers.chances[i][1]).collect(),
            gains: programs.iter().map(|&i| offers.gains[i]).collect(),
            slack: TIE * offers.scale(),
            programs,
        }
    }

    /// The place of the largest marginal gain and that gain, the lowest index
    /// among those that are equal; `None` when nothing adds anything.
    fn best(&self) -> Option<(usize, f64)> {
        let top = largest_product(&self.chances, &self.gains);
        if top <= 0.0 {
            return None;
        }
        let mut best: Option<usize> = None;
        for (place, (chance, gain)) in self.chances.iter().zip(&self.gains).enumerate() {
            if chance * gain >= top - self.slack
                && best.is_none_or(|other| self.programs[place] < self.programs[other])
            {
                best = Some(place);
            }
        }
        best.map(|place| (place, self.chances[place] * self.gains[place]))
    }

    fn equals(&self, chosen: usize, added: f64) -> Vec<usize> {
        let mut equals = Vec::new();
        for (place, (chance, gain)) in self.chances.iter().zip(&self.gains).enumerate() {
            if (chance * gain - added).abs() <= self.slack && place != chosen {
                equals.push(self.programs[place]);
            }
        }
        equals.sort_unstable();
        equals
    }

    fn choose(&mut self, place: usize) {
        let chance = self.chances.remove(place);
        let taken = chance * self.gains.remove(place);
        self.programs.remove(place);
        let (better, worse) = self.gains.split_at_mut(place);
        for gain in better {
            *gain -= taken;
        }
        for gain in worse {
            *gain *= 1.0 - chance;
        }
    }
}

/// The largest product of two lists, taken pair by pair; 0 when all are smaller.
fn largest_product(left: &[f64], right: &[f64]) -> f64 {
    // Eight running maxima let the loop use vector registers.
    let mut largest = [0.0_f64; 8];
    let (left_chunks, left_rest) = left.as_chunks::<8>();
    let (right_chunks, right_rest) = right.as_chunks::<8>();
    for (a, b) in left_chunks.iter().zip(right_chunks) {
        for lane in 0..8 {
            let product = a[lane] * b[lane];
            largest[lane] = if product > largest[lane] {
                product
            } else {
                largest[lane]
            };
        }
    }
    let rest = left_rest.iter().zip(right_rest).map(|(a, b)| a * b);
    largest.into_iter().chain(rest).fold(0.0, f64::max)
}
