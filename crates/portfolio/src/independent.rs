//! Offers that come independently of each other: value, marginal values and ties of a plan.
//!
//! A plan holds a number per program: 0 for nothing, otherwise that of an [`Action`].

use crate::answer::{Exchange, Member, NextApplication};
use crate::program::{Action, Program, SignalProgram, Utility};

/// Values closer than this part of the largest gain count as equal.
pub(crate) const TIE: f64 = 1e-12;

/// The programs of a problem, ready for valuation.
pub(crate) struct Offers {
    outside: f64,
    /// What the program's offer is worth above no offer; may be negative.
    pub(crate) gains: Vec<f64>,
    /// The chance of an offer by action number; 0 for what cannot be sent.
    pub(crate) chances: Vec<[f64; 4]>,
    /// Programs better than no offer, best first, ties by index.
    pub(crate) ranked: Vec<usize>,
}

/// What is known about a plan beside its value.
pub(crate) struct Details {
    pub(crate) value: f64,
    pub(crate) members: Vec<Member>,
    pub(crate) next: Option<NextApplication>,
    pub(crate) exchanges: Vec<Exchange>,
}

/// The chance that nothing better comes, and the value of what is worse, at
/// every place of the ranking.
pub(crate) struct Around {
    pub(crate) survive: Vec<f64>,
    pub(crate) below: Vec<f64>,
}

impl Offers {
    pub(crate) fn plain(outside: Utility, programs: &[Program]) -> Self {
        let chances = programs
            .iter()
            .map(|p| [0.0, p.probability.get(), 0.0, 0.0])
            .collect();
        Self::new(outside, programs.iter().map(|p| p.utility.get()), chances)
    }

    pub(crate) fn with_signals(outside: Utility, programs: &[SignalProgram]) -> Self {
        let chance = |program: &SignalProgram, action| program.probability(action).unwrap_or(0.0);
        let chances = programs
            .iter()
            .map(|p| {
                [
                    0.0,
                    chance(p, Action::Apply),
                    chance(p, Action::Silver),
                    chance(p, Action::Gold),
                ]
            })
            .collect();
        Self::new(
            outside,
            programs.iter().map(|p| p.program.utility.get()),
            chances,
        )
    }

    fn new(outside: Utility, utilities: impl Iterator<Item = f64>, chances: Vec<[f64; 4]>) -> Self {
        let outside = outside.get();
        let gains: Vec<f64> = utilities.map(|utility| utility - outside).collect();
        let mut ranked: Vec<usize> = (0..gains.len()).filter(|&i| gains[i] > 0.0).collect();
        ranked.sort_by(|&a, &b| gains[b].total_cmp(&gains[a]).then(a.cmp(&b)));
        Self {
            outside,
            gains,
            chances,
            ranked,
        }
    }

    /// The largest gain there is, the measure of what counts as equal.
    pub(crate) fn scale(&self) -> f64 {
        self.ranked.first().map_or(0.0, |&best| self.gains[best])
    }

    /// The expected gain over no offer.
    pub(crate) fn gain(&self, plan: &[u8]) -> f64 {
        let mut gain = 0.0;
        for &program in self.ranked.iter().rev() {
            let chance = self.chances[program][usize::from(plan[program])];
            gain = (1.0 - chance) * gain + chance * self.gains[program];
        }
        gain
    }

    /// The expected utility: what the gain means on the student's own scale.
    pub(crate) fn value(&self, plan: &[u8]) -> f64 {
        self.to_value(self.gain(plan))
    }

    pub(crate) fn to_value(&self, gain: f64) -> f64 {
        self.outside + gain
    }

    pub(crate) fn around(&self, plan: &[u8]) -> Around {
        let n = self.ranked.len();
        let mut survive = vec![1.0; n + 1];
        let mut below = vec![0.0; n + 1];
        for (place, &program) in self.ranked.iter().enumerate() {
            let chance = self.chances[program][usize::from(plan[program])];
            survive[place + 1] = survive[place] * (1.0 - chance);
        }
        for (place, &program) in self.ranked.iter().enumerate().rev() {
            let chance = self.chances[program][usize::from(plan[program])];
            below[place] = (1.0 - chance) * below[place + 1] + chance * self.gains[program];
        }
        Around { survive, below }
    }

    /// What an action at a place adds to a plan that sends nothing there.
    fn added(&self, around: &Around, place: usize, action: u8) -> f64 {
        let program = self.ranked[place];
        let chance = self.chances[program][usize::from(action)];
        around.survive[place] * chance * (self.gains[program] - around.below[place + 1])
    }

    /// Drops members that add nothing, so that no fee and no signal is wasted.
    pub(crate) fn trim(&self, plan: &mut [u8]) {
        for (program, action) in plan.iter_mut().enumerate() {
            if self.gains[program] <= 0.0 || self.chances[program][usize::from(*action)] == 0.0 {
                *action = 0;
            }
        }
        // Below a certain offer nothing can add anything, nor beside one of equal worth.
        let around = self.around(plan);
        let mut survive = 1.0;
        for (place, &program) in self.ranked.iter().enumerate() {
            if survive == 0.0 || self.gains[program] <= around.below[place + 1] {
                plan[program] = 0;
            }
            survive *= 1.0 - self.chances[program][usize::from(plan[program])];
        }
        // A stronger action that is no better than a plain application is a waste too.
        for (program, action) in plan.iter_mut().enumerate() {
            let chances = self.chances[program];
            if *action > 1 && chances[1] >= chances[usize::from(*action)] {
                *action = 1;
            }
        }
    }

    /// Everything about a plan that a solver answers beside the shadow prices.
    pub(crate) fn details(&self, plan: &[u8], exchanges: Vec<Exchange>) -> Details {
        let around = self.around(plan);
        let mut next: Option<NextApplication> = None;
        for (place, &program) in self.ranked.iter().enumerate() {
            if plan[program] > 0 {
                continue;
            }
            let gain = self.added(&around, place, 1);
            let better = |best: NextApplication| {
                gain > best.gain || (gain == best.gain && program < best.program)
            };
            if gain > 0.0 && next.is_none_or(better) {
                next = Some(NextApplication { program, gain });
            }
        }
        Details {
            value: self.to_value(around.below[0]),
            members: self.members_around(plan, &around),
            next,
            exchanges,
        }
    }

    /// The members of a plan with their marginal values, by index.
    pub(crate) fn members(&self, plan: &[u8]) -> Vec<Member> {
        self.members_around(plan, &self.around(plan))
    }

    fn members_around(&self, plan: &[u8], around: &Around) -> Vec<Member> {
        let mut marginals = vec![0.0; plan.len()];
        for (place, &program) in self.ranked.iter().enumerate() {
            marginals[program] = self.added(around, place, plan[program]);
        }
        let members = plan.iter().enumerate().filter_map(|(program, &number)| {
            let action = match number {
                1 => Action::Apply,
                2 => Action::Silver,
                3 => Action::Gold,
                _ => return None,
            };
            Some(Member {
                program,
                action,
                marginal: marginals[program],
            })
        });
        members.collect()
    }
}
