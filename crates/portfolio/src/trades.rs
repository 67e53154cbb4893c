//! Trades of equal value between two programs of a plan: finding them, and breaking ties.

use crate::answer::Exchange;
use crate::independent::{Around, Offers, TIE};

impl Offers {
    /// Gives actions to lower indices where that changes nothing, if `allowed`
    /// accepts the plan after the trade.
    pub(crate) fn break_ties(&self, plan: &mut [u8], allowed: impl Fn(&[u8]) -> bool) {
        let target = self.gain(plan);
        let mut trades = Trades::new(self, plan, target);
        // Every trade moves the stronger action to a lower index, so the loop
        // ends; the bound keeps a pathological case cheap.
        for _ in 0..plan.len() {
            let mut traded = false;
            for member in 0..plan.len() {
                let equal = trades.equal(plan, member, |other| other < member);
                let accepted = |&instead: &usize| allowed_after(plan, member, instead, &allowed);
                let Some(instead) = equal.into_iter().find(accepted) else {
                    continue;
                };
                plan.swap(member, instead);
                trades = Trades::new(self, plan, target);
                traded = true;
            }
            if !traded {
                break;
            }
        }
    }

    /// All trades of equal value that `allowed` accepts, by index.
    pub(crate) fn exchanges(&self, plan: &[u8], allowed: impl Fn(&[u8]) -> bool) -> Vec<Exchange> {
        let trades = Trades::new(self, plan, self.gain(plan));
        let mut exchanges = Vec::new();
        for member in 0..plan.len() {
            for instead in trades.equal(plan, member, |_| true) {
                if allowed_after(plan, member, instead, &allowed) {
                    exchanges.push(Exchange { member, instead });
                }
            }
        }
        exchanges
    }
}

/// A plan in which trades are looked for.
struct Trades<'a> {
    offers: &'a Offers,
    around: Around,
    /// The place of each program in the ranking; the ranking's length for none.
    place_of: Vec<usize>,
    /// The chance of an offer by place, as the plan has it.
    chances: Vec<f64>,
    /// How far the plan's gain lies above that which a trade has to reach.
    drift: f64,
    slack: f64,
}

impl<'a> Trades<'a> {
    fn new(offers: &'a Offers, plan: &[u8], target: f64) -> Self {
        let around = offers.around(plan);
        let mut place_of = vec![offers.ranked.len(); plan.len()];
        for (place, &program) in offers.ranked.iter().enumerate() {
            place_of[program] = place;
        }
        let chance = |&program: &usize| offers.chances[program][usize::from(plan[program])];
        let chances = offers.ranked.iter().map(chance).collect();
        let drift = around.below[0] - target;
        Self {
            offers,
            around,
            place_of,
            chances,
            drift,
            slack: TIE * offers.scale(),
        }
    }

    /// The programs with a weaker action that could trade with `member` at the
    /// same value, by index.
    fn equal(&self, plan: &[u8], member: usize, considered: impl Fn(usize) -> bool) -> Vec<usize> {
        let action = plan[member];
        let place = self.place_of[member];
        let offers = self.offers;
        if action == 0 || place == offers.ranked.len() {
            return Vec::new();
        }
        let chance = self.chances[place];
        // What the offer is worth, once it comes, above all worse ones.
        let worth = chance * (offers.gains[member] - self.around.below[place + 1]);
        let marginal = self.around.survive[place] * worth;
        if marginal <= self.slack {
            // Where nothing is at stake, a list of trades would say nothing.
            return Vec::new();
        }
        let mut found = Vec::new();
        let mut check = |other_place: usize, survive: f64, below: f64| {
            let other = offers.ranked[other_place];
            let added = survive
                * offers.chances[other][usize::from(action)]
                * (offers.gains[other] - below);
            let near = (added - marginal + self.drift).abs() <= self.slack;
            if near && plan[other] == 0 && considered(other) {
                found.push(other);
            }
        };
        // Without the member, worse programs are reached as if it had not been
        // there, and better ones have less to fall back on.
        let mut survive = self.around.survive[place];
        for other in place + 1..offers.ranked.len() {
            check(other, survive, self.around.below[other + 1]);
            survive *= 1.0 - self.chances[other];
        }
        let mut lost = worth;
        for other in (0..place).rev() {
            check(
                other,
                self.around.survive[other],
                self.around.below[other + 1] - lost,
            );
            lost *= 1.0 - self.chances[other];
        }
        if action > 1 {
            let target = self.around.below[0] - self.drift;
            for other in (0..plan.len()).filter(|&o| plan[o] > 0 && plan[o] < action) {
                let mut traded = plan.to_vec();
                traded.swap(member, other);
                let near = (offers.gain(&traded) - target).abs() <= self.slack;
                if near && considered(other) {
                    found.push(other);
                }
            }
        }
        found.sort_unstable();
        found
    }
}

fn allowed_after(
    plan: &[u8],
    member: usize,
    instead: usize,
    allowed: impl Fn(&[u8]) -> bool,
) -> bool {
    let mut traded = plan.to_vec();
    traded.swap(member, instead);
    allowed(&traded)
}
