//! Trades of equal value between two programs of a plan: finding them, and breaking ties.

use crate::answer::Exchange;
use crate::independent::{Around, Offers, TIE};

impl Offers {
    /// Gives actions to lower indices where that changes nothing, if `allowed`
    /// accepts the plan after the trade; returns the trades of equal value that
    /// are left, by index.
    pub(crate) fn break_ties(
        &self,
        plan: &mut [u8],
        allowed: impl Fn(&[u8]) -> bool,
    ) -> Vec<Exchange> {
        let target = self.gain(plan);
        // Every trade moves the stronger action to a lower index, so the loop
        // ends; the bound keeps a pathological case cheap.
        for _ in 0..plan.len() {
            let mut trades = Trades::new(self, plan, target);
            let mut left = Vec::new();
            let mut traded = false;
            for member in 0..plan.len() {
                let equal = trades.equal(plan, member);
                let accepted = equal
                    .into_iter()
                    .filter(|&o| allowed_after(plan, member, o, &allowed));
                let accepted: Vec<usize> = accepted.collect();
                match accepted.first() {
                    Some(&lowest) if lowest < member => {
                        plan.swap(member, lowest);
                        trades = Trades::new(self, plan, target);
                        traded = true;
                    }
                    _ => left.extend(accepted.iter().map(|&instead| Exchange { member, instead })),
                }
            }
            if !traded {
                return left;
            }
        }
        self.exchanges(plan, allowed)
    }

    /// All trades of equal value that `allowed` accepts, by index.
    pub(crate) fn exchanges(&self, plan: &[u8], allowed: impl Fn(&[u8]) -> bool) -> Vec<Exchange> {
        let trades = Trades::new(self, plan, self.gain(plan));
        let mut exchanges = Vec::new();
        for member in 0..plan.len() {
            for instead in trades.equal(plan, member) {
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
    /// Programs by place.
    spots: Vec<Spot>,
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
        let places = offers
            .ranked
            .iter()
            .zip(&around.survive)
            .zip(&around.below[1..]);
        let spots = places.map(|((&program, &survive), &below)| Spot {
            gain: offers.gains[program],
            rest: 1.0 - offers.chances[program][usize::from(plan[program])],
            survive,
            below,
            // A program that has an action does not take another one beside it.
            free: if plan[program] == 0 {
                offers.chances[program]
            } else {
                [0.0; 4]
            },
        });
        let spots = spots.collect();
        let drift = around.below[0] - target;
        Self {
            offers,
            around,
            place_of,
            spots,
            drift,
            slack: TIE * offers.scale(),
        }
    }

    /// The programs with a weaker action that could trade with `member` at the
    /// same value, by index.
    fn equal(&self, plan: &[u8], member: usize) -> Vec<usize> {
        let action = usize::from(plan[member]);
        let place = self.place_of[member];
        if action == 0 || place == self.spots.len() {
            return Vec::new();
        }
        let own = &self.spots[place];
        // What the offer is worth, once it comes, above all worse ones.
        let worth = (1.0 - own.rest) * (own.gain - own.below);
        let marginal = own.survive * worth;
        if marginal <= self.slack {
            // Where nothing is at stake, a list of trades would say nothing.
            return Vec::new();
        }
        let wanted = marginal - self.drift;
        let (lowest, highest) = (wanted - self.slack, wanted + self.slack);
        let mut places = Vec::new();
        let mut check = |place: usize, added: f64| {
            if lowest <= added && added <= highest {
                places.push(place);
            }
        };
        // Without the member, worse programs are reached as if it had not been
        // there, and better ones have less to fall back on.
        let (better, worse) = self.spots.split_at(place);
        let mut survive = own.survive;
        for (i, spot) in worse.iter().enumerate().skip(1) {
            check(
                place + i,
                survive * spot.free[action] * (spot.gain - spot.below),
            );
            survive *= spot.rest;
        }
        let mut lost = worth;
        for (i, spot) in better.iter().enumerate().rev() {
            check(
                i,
                spot.survive * spot.free[action] * (spot.gain - spot.below + lost),
            );
            lost *= spot.rest;
        }
        let mut found: Vec<usize> = places
            .into_iter()
            .map(|place| self.offers.ranked[place])
            .collect();
        if action > 1 {
            let target = self.around.below[0] - self.drift;
            let weaker = (0..plan.len()).filter(|&o| plan[o] > 0 && plan[o] < plan[member]);
            found.extend(weaker.filter(|&other| {
                let mut traded = plan.to_vec();
                traded.swap(member, other);
                (self.offers.gain(&traded) - target).abs() <= self.slack
            }));
        }
        found.sort_unstable();
        // Where the chance is 0 nothing is sent, so nothing is traded either.
        found.retain(|&other| plan[other] > 0 || self.offers.chances[other][action] > 0.0);
        found
    }
}

/// A program at its place in the ranking.
struct Spot {
    gain: f64,
    /// The chance that it makes no offer, as the plan has it.
    rest: f64,
    /// The chance that nothing better comes.
    survive: f64,
    /// The worth of what is worse.
    below: f64,
    /// Its chances by action, while the plan sends it nothing.
    free: [f64; 4],
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
