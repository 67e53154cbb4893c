//! One common score decides everywhere: perfectly correlated admissions.

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
    /// What the best portfolio with one more program is worth above this one.
    /// (It need not contain this one.)
    pub next: f64,
}

/// The best portfolios of every size under a common score.
#[derive(Clone, Debug, PartialEq)]
pub struct CommonScore {
    /// Candidates that no other beats in both chance and utility, from the
    /// most selective to the safest.
    chain: Vec<Link>,
    /// What each program's offer is worth above no offer.
    gains: Vec<f64>,
    chances: Vec<f64>,
    outside: f64,
    /// `last[h]` is the chain place of the safest member of the best h + 1.
    last: Vec<u32>,
    /// `before[h][place]` is the next more selective member.
    before: Vec<Vec<u32>>,
    /// `values[h]` is the expected utility of the best h.
    values: Vec<f64>,
}

/// A candidate: admitted when the score's distance from the top is below `chance`.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Link {
    program: usize,
    chance: f64,
    gain: f64,
}

const NONE: u32 = u32::MAX;

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
/// Of equal chances and utilities the lowest index stands in the chain.
///
/// # Errors
/// [`InvalidProblem::NoPrograms`].
///
/// # Complexity
/// O(m log m + n h) time and O(n h) memory, n the length of the chain: the
/// lines of the inner maximum have rising slopes and are asked from left to
/// right, so each row is one pass over an upper envelope.
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
    let chain = undominated(&gains, &chances);
    let h_end = max_h.min(programs.len());
    let mut answer = CommonScore {
        chain,
        gains,
        chances,
        outside,
        last: Vec::new(),
        before: Vec::new(),
        values: vec![outside],
    };
    answer.solve(h_end);
    Ok(answer)
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
    /// O(m).
    pub fn portfolio(&self, h: usize) -> Option<CommonScorePortfolio> {
        let value = *self.values.get(h)?;
        let mut member = vec![false; self.gains.len()];
        let links = self.links(h);
        for link in &links {
            member[link.program] = true;
        }
        let mut missing = h - links.len();
        for chosen in &mut member {
            if missing > 0 && !*chosen {
                *chosen = true;
                missing -= 1;
            }
        }
        let programs: Vec<usize> = (0..member.len()).filter(|&i| member[i]).collect();
        let marginals = self.marginals(&programs);
        let next = self.values.get(h + 1).map_or(0.0, |more| more - value);
        Some(CommonScorePortfolio {
            value,
            programs,
            marginals,
            next,
        })
    }

    /// Returns trades of one member of the best h for another program that
    /// leave its value as it is, by index. Empty when h was not solved for.
    ///
    /// # Complexity
    /// O(h^2 m log h).
    pub fn exchanges(&self, h: usize) -> Vec<Exchange> {
        let Some(portfolio) = self.portfolio(h) else {
            return Vec::new();
        };
        let members = portfolio.programs;
        let whole = self.gain_of(&members);
        let slack = self.slack();
        let mut exchanges = Vec::new();
        for (place, &member) in members.iter().enumerate() {
            let mut traded = members.clone();
            for instead in (0..self.gains.len()).filter(|i| members.binary_search(i).is_err()) {
                traded[place] = instead;
                if (self.gain_of(&traded) - whole).abs() <= slack {
                    exchanges.push(Exchange { member, instead });
                }
            }
        }
        exchanges
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

    /// The expected gain of any set of programs.
    fn gain_of(&self, programs: &[usize]) -> f64 {
        let mut served_end = 0.0;
        let mut gain = 0.0;
        for place in self.ranked(programs) {
            let chance = self.chances[programs[place]];
            if chance > served_end {
                gain += (chance - served_end) * self.gains[programs[place]];
                served_end = chance;
            }
        }
        gain
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
        self.chain.first().map_or(0.0, |link| TIE * link.gain)
    }

    /// The members of the best h that stand in the chain, most selective first.
    fn links(&self, h: usize) -> Vec<Link> {
        let mut links = Vec::new();
        let mut row = h.min(self.last.len());
        if row == 0 {
            return links;
        }
        let mut place = self.last[row - 1];
        while place != NONE {
            links.push(self.chain[place as usize]);
            row -= 1;
            if row == 0 {
                break;
            }
            place = self.before[row][place as usize];
        }
        links.reverse();
        links
    }

    fn solve(&mut self, h_end: usize) {
        // `best[place]`: the best value of a portfolio that ends at this place.
        let mut best: Vec<f64> = self
            .chain
            .iter()
            .map(|link| link.chance * link.gain)
            .collect();
        let mut before = vec![NONE; self.chain.len()];
        let slack = self.slack();
        let mut top = 0.0;
        for _ in 0..h_end {
            let Some(place) = first_largest(&best, slack) else {
                break;
            };
            if best[place] <= top {
                break;
            }
            top = best[place];
            self.last.push(place as u32);
            self.values.push(self.outside + top);
            self.before.push(before);
            (best, before) = self.longer(&best);
        }
        self.values.resize(h_end + 1, self.outside + top);
    }

    /// The best value of a portfolio with one more member, by its safest member.
    fn longer(&self, best: &[f64]) -> (Vec<f64>, Vec<u32>) {
        let mut longer = Vec::with_capacity(best.len());
        let mut before = Vec::with_capacity(best.len());
        // Lines value(x) = best - chance x, asked at x = gain, which falls along
        // the chain while later lines are steeper: the envelope is a stack whose
        // front is given up as soon as the next line is as good.
        let mut envelope: Vec<usize> = Vec::new();
        let mut front = 0;
        let at = |line: usize, x: f64| best[line] - self.chain[line].chance * x;
        for (place, link) in self.chain.iter().enumerate() {
            while front + 1 < envelope.len()
                && at(envelope[front + 1], link.gain) > at(envelope[front], link.gain)
            {
                front += 1;
            }
            // Alone, the program is worth its whole chance.
            let alone = link.chance * link.gain;
            let (value, from) = match envelope.get(front) {
                Some(&line) => (at(line, link.gain) + alone, line as u32),
                None => (f64::NEG_INFINITY, NONE),
            };
            longer.push(value);
            before.push(from);
            if best[place] == f64::NEG_INFINITY {
                continue;
            }
            while envelope.len() >= front + 2 {
                let last = envelope[envelope.len() - 1];
                let second = envelope[envelope.len() - 2];
                if !self.hidden(best, second, last, place) {
                    break;
                }
                envelope.pop();
            }
            envelope.push(place);
        }
        (longer, before)
    }

    /// Whether the middle line is nowhere above both others.
    fn hidden(&self, best: &[f64], first: usize, middle: usize, last: usize) -> bool {
        let slope = |line: usize| self.chain[line].chance;
        // Going down in x, the middle overtakes the first at one point and is
        // overtaken by the last at another; it never leads when that comes first.
        let rise_middle = best[middle] - best[first];
        let rise_last = best[last] - best[middle];
        rise_middle * (slope(last) - slope(middle)) <= rise_last * (slope(middle) - slope(first))
    }
}

/// The lowest place whose value is within `slack` of the largest.
fn first_largest(values: &[f64], slack: f64) -> Option<usize> {
    let largest = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    values.iter().position(|&value| value >= largest - slack)
}

/// The programs that are worth something and that no other one beats in both
/// chance and utility: chances rise and utilities fall along the list.
fn undominated(gains: &[f64], chances: &[f64]) -> Vec<Link> {
    let mut order: Vec<usize> = (0..gains.len())
        .filter(|&i| gains[i] > 0.0 && chances[i] > 0.0)
        .collect();
    order.sort_by(|&a, &b| {
        gains[b]
            .total_cmp(&gains[a])
            .then(chances[b].total_cmp(&chances[a]))
            .then(a.cmp(&b))
    });
    let mut chain: Vec<Link> = Vec::new();
    for program in order {
        if chain
            .last()
            .is_none_or(|last| chances[program] > last.chance)
        {
            chain.push(Link {
                program,
                chance: chances[program],
                gain: gains[program],
            });
        }
    }
    chain
}
