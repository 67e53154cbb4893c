//! One common score decides everywhere: perfectly correlated admissions.

mod chain;
mod first;

use chain::Chain;
use first::{BestSets, best_sets};

use crate::answer::Exchange;
use crate::error::InvalidProblem;
use crate::independent::TIE;
use crate::program::{Program, Utility};

/// The best portfolio of one size under a common score.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonScorePortfolio {
    /// The expected utility of the best offer (or of none).
    pub value: f64,
    /// The programs, by index; exactly as many as were asked for.
    pub programs: Vec<usize>,
    /// How much the value falls when one program is left out, in the same order.
    pub marginals: Vec<f64>,
    /// What the best portfolio with one more program is worth above this one,
    /// which it need not contain; `None` when all programs are in.
    pub next: Option<f64>,
    /// Trades of one member that adds something for a program outside that
    /// leave the value as it is, by index.
    pub exchanges: Vec<Exchange>,
    /// Programs outside that add something to another portfolio of this size
    /// and value, however many trades away, by index.
    pub in_other_best: Vec<usize>,
}

/// The best portfolios of every size under a common score.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonScore {
    chain: Chain,
    /// What each program's offer is worth above no offer.
    gains: Vec<f64>,
    chances: Vec<f64>,
    /// `values[h]` is the expected utility of the best h.
    values: Vec<f64>,
    /// The same for one more program than was asked for, when there is one.
    value_of_one_more: Option<f64>,
}

/// Returns the best portfolio of exactly h programs for every h up to `max_h`
/// (or up to the number of programs) when one uniform score decides: a program
/// with chance f admits exactly the scores above 1 - f.
///
/// Whoever is admitted at a selective program is admitted at every safer one,
/// so a portfolio from selective to safe, f_1 < f_2 < …, with falling
/// utilities, is worth the sum of (f_i - f_(i-1)) t_i, and `outside` for the
/// rest. Adding the best next program is not exact here, since a second choice
/// can make the first one useless; this is solved by dynamic programming over
/// the chain of undominated programs. Sizes beyond that chain are filled with
/// programs that add nothing, by index.
///
/// Of several best portfolios of one size the answer is the first in order of
/// indices: of two, the one with the smallest index that only one of them has.
/// It lists what the index decided. Ties are complete because of three facts,
/// n being the length of the chain:
/// - Up to n members, each of a best portfolio adds something. A member that
///   adds nothing could be traded for any program; if none of these added
///   anything, every score would have its best program, which takes the whole chain.
/// - So each of them is in the chain, or equals one there in chance and
///   utility: in the place of a program that is beaten by another one, that
///   other one would add more.
/// - Beyond n members every program of the chain, or an equal of it, is in, and
///   any others fill up.
///
/// # Errors
/// [`InvalidProblem::NoPrograms`].
///
/// # Complexity
/// O(m log m + n h) time and O(n h) memory: the lines of the inner maximum have
/// rising slopes and are asked from left to right, so each row is one pass over
/// an upper envelope.
///
/// # References
/// S. N. Ali and R. I. Shorrer, "The College Portfolio Problem" (2021),
/// published as "Hedging When Applying: Simultaneous Search with Correlation",
/// American Economic Review (2025). The example is ours, from their model: at
/// h = 2 the program that is best alone is not a member.
///
/// ```
/// use portfolio::{Program, Utility, common_score};
///
/// let programs: Vec<Program> = [(0.2, 10.0), (0.5, 5.0), (1.0, 2.4)]
///     .into_iter()
///     .map(|(f, t)| Program::new(f, t).unwrap())
///     .collect();
/// let best = common_score(Utility::new(0.0).unwrap(), &programs, 3)?;
/// assert_eq!(best.portfolio(1).unwrap().programs, [1]);
/// assert_eq!(best.portfolio(2).unwrap().programs, [0, 2]);
/// assert!((best.portfolio(2).unwrap().value - 3.92).abs() < 1e-12);
/// # Ok::<(), portfolio::InvalidProblem>(())
/// ```
pub fn common_score(
    outside: Utility,
    programs: &[Program],
    max_h: usize,
) -> Result<CommonScore, InvalidProblem> {
    if programs.is_empty() {
        return Err(InvalidProblem::NoPrograms);
    }
    let outside = outside.get();
    let gains: Vec<f64> = programs.iter().map(|p| p.utility.get() - outside).collect();
    let chances: Vec<f64> = programs.iter().map(|p| p.probability.get()).collect();
    let h_end = max_h.min(programs.len());
    let chain = Chain::new(&gains, &chances, (h_end + 1).min(programs.len()));
    let value = |h: usize| outside + chain.values[h.min(chain.longest())];
    Ok(CommonScore {
        values: (0..=h_end).map(value).collect(),
        value_of_one_more: (h_end < programs.len()).then(|| value(h_end + 1)),
        chain,
        gains,
        chances,
    })
}

impl CommonScore {
    /// Returns the largest size that was solved for.
    pub fn max_h(&self) -> usize {
        self.values.len() - 1
    }

    /// Returns the expected utility of the best h for every h from 0.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// Returns the best portfolio of exactly h programs; `None` when h is
    /// larger than what was solved for.
    ///
    /// # Complexity
    /// O(m + n h), more when many portfolios are as good, n^2 h at most.
    pub fn portfolio(&self, h: usize) -> Option<CommonScorePortfolio> {
        let value = *self.values.get(h)?;
        let n_needed = h.min(self.chain.longest());
        let best = best_sets(&self.chain, n_needed, self.slack());
        let mut member = vec![false; self.gains.len()];
        for &place in &best.first {
            member[self.chain.programs[place][0]] = true;
        }
        let mut missing = h - n_needed;
        for chosen in &mut member {
            if missing > 0 && !*chosen {
                *chosen = true;
                missing -= 1;
            }
        }
        let programs: Vec<usize> = (0..member.len()).filter(|&i| member[i]).collect();
        let marginals = self.marginals(&programs);
        let more = self.values.get(h + 1).copied().or(self.value_of_one_more);
        Some(CommonScorePortfolio {
            value,
            exchanges: self.exchanges(&best, &member, h - n_needed),
            in_other_best: self.in_other_best(&best, &member, h - n_needed),
            programs,
            marginals,
            next: more
                .filter(|_| h < self.gains.len())
                .map(|more| more - value),
        })
    }

    /// Trades of equal value of a portfolio with so many members that only fill up.
    fn exchanges(&self, best: &BestSets, member: &[bool], n_filling: usize) -> Vec<Exchange> {
        let chain = &self.chain;
        let mut exchanges = Vec::new();
        let outside: Vec<usize> = (0..chain.len())
            .filter(|&place| best.in_some[place] && !best.first.contains(&place))
            .collect();
        let whole = chain.gain(&best.first);
        for (k, &place) in best.first.iter().enumerate() {
            let alike = &chain.programs[place];
            let member_program = alike[0];
            // With a second one like it among the members it adds nothing.
            if n_filling > 0 && alike[1..].iter().any(|&program| member[program]) {
                continue;
            }
            let mut trade = |instead: &usize| {
                exchanges.push(Exchange {
                    member: member_program,
                    instead: *instead,
                });
            };
            alike[1..].iter().for_each(&mut trade);
            let mut traded = best.first.clone();
            traded.remove(k);
            for &other in &outside {
                let at = traded.partition_point(|&place| place < other);
                traded.insert(at, other);
                if (chain.gain(&traded) - whole).abs() <= self.slack() {
                    chain.programs[other].iter().for_each(&mut trade);
                }
                traded.remove(at);
            }
        }
        exchanges.sort_unstable();
        exchanges
    }

    /// What adds something in other portfolios of the size and value.
    fn in_other_best(&self, best: &BestSets, member: &[bool], n_filling: usize) -> Vec<usize> {
        let places = best.in_some.iter().zip(&self.chain.programs);
        let programs = places.filter(|&(&in_some, alike)| {
            // It adds something while what fills up is found among the unlike.
            in_some && self.gains.len() - self.chain.len() + 1 >= alike.len() + n_filling
        });
        let programs = programs.flat_map(|(_, alike)| alike);
        let mut others: Vec<usize> = programs.copied().filter(|&i| !member[i]).collect();
        others.sort_unstable();
        others
    }

    /// The marginal value of each of some programs: over the scores that it
    /// serves best, what it is worth above the second best.
    fn marginals(&self, programs: &[usize]) -> Vec<f64> {
        let ranked = self.ranked(programs);
        let mut marginals = vec![0.0; programs.len()];
        // Which program serves the scores up to which distance from the top.
        let mut served: Vec<(usize, f64)> = Vec::new();
        let mut served_end = 0.0;
        let mut seconded_end = 0.0;
        let mut owner = 0;
        for place in ranked {
            let (chance, gain) = (self.chances[programs[place]], self.gains[programs[place]]);
            let second_to = chance.min(served_end);
            while seconded_end < second_to {
                let (best, end) = served[owner];
                let to = second_to.min(end);
                marginals[best] -= (to - seconded_end) * gain;
                seconded_end = to;
                if to == end {
                    owner += 1;
                }
            }
            if chance > served_end {
                marginals[place] += (chance - served_end) * gain;
                served_end = chance;
                served.push((place, chance));
            }
        }
        marginals
    }

    /// The places of the programs that are worth something, best first.
    fn ranked(&self, programs: &[usize]) -> Vec<usize> {
        let mut ranked: Vec<usize> = (0..programs.len())
            .filter(|&place| self.gains[programs[place]] > 0.0)
            .collect();
        ranked.sort_by(|&a, &b| self.gains[programs[b]].total_cmp(&self.gains[programs[a]]));
        ranked
    }

    /// Differences of gains that count as none.
    fn slack(&self) -> f64 {
        self.chain.gains.first().map_or(0.0, |gain| TIE * gain)
    }
}
