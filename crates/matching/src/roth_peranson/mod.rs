//! The heuristic in the manner of Roth and Peranson: singles first, then couples one by one, freed places offered on.

mod places;

use std::collections::VecDeque;

use crate::deferred_acceptance::{Standing, propose};
use crate::index::NONE;
use crate::market::{Market, Pair, Rank};
use crate::matching::{Matching, places_with_reversions};
use crate::rng::Rng;
use crate::seats::Seats;

/// A couple that has been displaced so often is in a loop.
const MAX_DISPLACED: u32 = 12;
/// An applicant with supplemental lists may come further down before that is suspicious.
const MAX_DISPLACED_SINGLE: u32 = 60;
/// Tasks for each applicant after which the run is given up; the limits above end loops long before.
const MAX_STEPS: usize = 1000;
/// How often those who were in a loop are tried again after all others are placed.
const MAX_ROUNDS: u32 = 3;
/// Reversions that have not settled after so many rounds are in a loop.
const MAX_REVERSION_ROUNDS: usize = 64;

/// Something that may have changed for the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Task {
    /// The applicant tries the list again from the top.
    Single(u32),
    /// The couple tries its list again from the top.
    Couple(u32),
}

/// What the heuristic reached: stable unless somebody is left in conflict.
#[derive(Clone, Debug)]
pub(crate) struct Attempt {
    pub(crate) matching: Matching,
    /// Applicants, partners included, who loop and were left without a place.
    pub(crate) conflict: Vec<u32>,
    /// Applicants who were displaced more than once on the way, the most restless first.
    pub(crate) restless: Vec<u32>,
}

/// The state from which every order of introduction starts: all singles placed by deferred acceptance.
pub(crate) struct RothPeranson<'a> {
    market: &'a Market,
    standing: Standing,
    seats: Seats,
    at: Vec<u32>,
}

impl<'a> RothPeranson<'a> {
    pub(crate) fn new(market: &'a Market) -> Self {
        let mut seats = Seats::new(market);
        let at = propose(market, &mut seats, 0..market.n_applicants() as u32);
        let standing = if market.is_plain() {
            Standing::default()
        } else {
            Standing::new(market)
        };
        Self {
            market,
            standing,
            seats,
            at,
        }
    }

    /// Introduces the couples in a seeded order, those in `first` before all others.
    pub(crate) fn attempt(&self, seed: u64, first: &[u32]) -> Attempt {
        let market = self.market;
        let n_applicants = market.n_applicants();
        let with_supplemental = !market.supplemental.is_empty();
        let mut run = Run {
            market,
            standing: &self.standing,
            seats: self.seats.clone(),
            at: self.at.clone(),
            preliminary_at: vec![NONE; if with_supplemental { n_applicants } else { 0 }],
            pair_at: vec![NONE; market.n_couples()],
            tasks: Vec::new(),
            vacant: VecDeque::new(),
            is_vacant: vec![
                false;
                if market.is_plain() {
                    0
                } else {
                    market.n_programs()
                }
            ],
            displaced: vec![0; if market.is_plain() { 0 } else { n_applicants }],
            n_displaced: vec![0; if market.is_plain() { 0 } else { n_applicants }],
            is_parked: vec![false; if market.is_plain() { 0 } else { n_applicants }],
            parked: Vec::new(),
            n_steps_left: MAX_STEPS * (n_applicants + 1),
        };
        if !market.is_plain() {
            run.introduce_all(seed, first);
        }
        let restless = run.restless();
        Attempt {
            matching: run.matching(),
            conflict: run.parked,
            restless,
        }
    }
}

struct Run<'a> {
    market: &'a Market,
    standing: &'a Standing,
    seats: Seats,
    /// By applicant, the position on the rank list.
    at: Vec<u32>,
    /// By applicant, the position on the supplemental list of the program at `at`.
    preliminary_at: Vec<u32>,
    /// By couple, the position on the list of pairs.
    pair_at: Vec<u32>,
    tasks: Vec<Task>,
    vacant: VecDeque<u32>,
    is_vacant: Vec<bool>,
    /// By applicant (for a couple its first member), since the last introduction of somebody parked.
    displaced: Vec<u32>,
    /// By applicant, over the whole run.
    n_displaced: Vec<u32>,
    is_parked: Vec<bool>,
    parked: Vec<u32>,
    n_steps_left: usize,
}

impl Run<'_> {
    fn introduce_all(&mut self, seed: u64, first: &[u32]) {
        let market = self.market;
        let mut rng = Rng::new(seed);
        if !market.supplemental.is_empty() {
            let mut singles: Vec<u32> = (0..market.n_applicants() as u32)
                .filter(|&applicant| !self.supplemental_list(applicant).is_empty())
                .collect();
            if seed > 0 {
                rng.shuffle(&mut singles);
            }
            self.tasks
                .extend(singles.into_iter().rev().map(Task::Single));
        }
        self.settle();
        let mut order: Vec<u32> = (0..market.n_couples() as u32).collect();
        rng.shuffle(&mut order);
        order.sort_by_key(|couple| !first.contains(couple));
        for couple in order {
            self.tasks.push(Task::Couple(couple));
            self.settle();
        }
        let mut is_settled = self.settle_reversions();
        for _ in 0..MAX_ROUNDS {
            if self.parked.is_empty() || !is_settled {
                break;
            }
            self.displaced.fill(0);
            for applicant in std::mem::take(&mut self.parked) {
                self.is_parked[applicant as usize] = false;
                self.tasks.push(self.task_of(applicant));
            }
            is_settled = self.settle_reversions();
        }
    }

    /// Passes on what is unfilled until that changes nothing; returns false when it goes on and on.
    fn settle_reversions(&mut self) -> bool {
        self.settle();
        if self.market.reversions.is_empty() {
            return true;
        }
        for _ in 0..MAX_REVERSION_ROUNDS {
            let seats = &self.seats;
            let places =
                places_with_reversions(self.market, |program| seats.desk(program as u32).n_held);
            let mut changed = false;
            for (program, &places) in places.iter().enumerate() {
                let program = program as u32;
                let before = self.seats.desk(program).places;
                if before == places {
                    continue;
                }
                changed = true;
                self.seats.set_places(program, places);
                while self.seats.desk(program).n_held > places {
                    let worst = self.seats.worst(program);
                    self.displace(program, worst);
                }
                if before < places {
                    self.offer(program);
                }
            }
            if !changed {
                return true;
            }
            self.settle();
        }
        false
    }

    /// Works until nobody is waiting and no freed place is left to offer.
    fn settle(&mut self) {
        loop {
            if self.n_steps_left == 0 {
                self.tasks.clear();
                self.vacant.clear();
                return;
            }
            self.n_steps_left -= 1;
            if let Some(task) = self.tasks.pop() {
                match task {
                    Task::Single(applicant) => self.try_single(applicant),
                    Task::Couple(couple) => self.try_couple(couple),
                }
            } else if let Some(program) = self.vacant.pop_front() {
                self.is_vacant[program as usize] = false;
                self.offer_down(program);
            } else {
                return;
            }
        }
    }

    fn task_of(&self, applicant: u32) -> Task {
        match self.market.couple_at(applicant) {
            NONE => Task::Single(applicant),
            couple => Task::Couple(couple),
        }
    }

    fn has_supplemental(&self, applicant: u32) -> bool {
        let row = self.market.rows[applicant as usize];
        self.market
            .supplemental
            .get(row.range())
            .is_some_and(|lists| lists.iter().any(|list| list.len() > 0))
    }

    fn supplemental_list(&self, applicant: u32) -> &[Rank] {
        match self.at[applicant as usize] {
            NONE => &[],
            at => self
                .market
                .supplemental_row((self.market.rows[applicant as usize].start + at) as usize),
        }
    }

    fn preliminary(&self, applicant: u32) -> Option<Rank> {
        match self.preliminary_at.get(applicant as usize) {
            None | Some(&NONE) => None,
            Some(&at) => Some(self.supplemental_list(applicant)[at as usize]),
        }
    }

    fn offer(&mut self, program: u32) {
        if !std::mem::replace(&mut self.is_vacant[program as usize], true) {
            self.vacant.push_back(program);
        }
    }

    /// Offers a program's places down its own list, to everybody who prefers it.
    fn offer_down(&mut self, program: u32) {
        let market = self.market;
        let list = market.list(program);
        for (place, &applicant) in list.iter().enumerate() {
            let place = place as u32;
            let desk = self.seats.desk(program);
            if desk.n_held >= desk.places && place > self.seats.worst(program) {
                return;
            }
            if self.seats.is_held(program, place) || self.is_parked[applicant as usize] {
                continue;
            }
            let couple = market.couple_at(applicant);
            if couple != NONE {
                self.try_couple(couple);
            } else if self.is_wanted(program, place, applicant) {
                self.try_single(applicant);
            }
        }
    }

    fn is_wanted(&self, program: u32, place: u32, applicant: u32) -> bool {
        if self.standing.of(self.market, program, place) < self.at[applicant as usize] {
            return true;
        }
        let best = self
            .preliminary_at
            .get(applicant as usize)
            .copied()
            .unwrap_or(0) as usize;
        self.supplemental_list(applicant)
            .iter()
            .take(best)
            .any(|rank| rank.program == program)
    }

    fn try_single(&mut self, applicant: u32) {
        if self.is_parked[applicant as usize] {
            return;
        }
        let market = self.market;
        let row = market.row(applicant);
        let at = (self.at[applicant as usize] as usize).min(row.len());
        let sits = self.preliminary(applicant);
        let better = row[..at].iter().position(|rank| {
            Some(*rank) == sits || self.seats.would_take(rank.program, rank.place)
        });
        if let Some(better) = better {
            self.leave(applicant);
            self.at[applicant as usize] = better as u32;
            self.take(row[better], NONE);
        }
        let start = market.rows[applicant as usize].start;
        let at = self.at[applicant as usize];
        if self.preliminary_at.is_empty() || at == NONE {
            return;
        }
        let list = market.supplemental_row((start + at) as usize);
        let best = (self.preliminary_at[applicant as usize] as usize).min(list.len());
        if let Some(better) = list[..best]
            .iter()
            .position(|rank| self.seats.would_take(rank.program, rank.place))
        {
            self.leave_preliminary(applicant);
            self.preliminary_at[applicant as usize] = better as u32;
            self.take(list[better], NONE);
        }
    }

    fn try_couple(&mut self, couple: u32) {
        let market = self.market;
        let members = market.members[couple as usize];
        if self.is_parked[members[0] as usize] {
            return;
        }
        let row = market.pair_row(couple);
        let at = (self.pair_at[couple as usize] as usize).min(row.len());
        let present = row.get(at).map_or([NONE; 2], |pair| pair.program);
        let Some(better) = row[..at]
            .iter()
            .position(|pair| self.would_take_both(pair, present))
        else {
            return;
        };
        self.leave_pair(couple);
        self.pair_at[couple as usize] = better as u32;
        let Pair { program, place } = row[better];
        if program[0] == program[1] && program[0] != NONE {
            self.seats.hold(program[0], place[1]);
            self.take(
                Rank {
                    program: program[0],
                    place: place[0],
                },
                place[1],
            );
            return;
        }
        for side in 0..2 {
            // Making room for the first partner can displace nobody of this couple, which holds nothing else.
            if program[side] != NONE {
                self.take(
                    Rank {
                        program: program[side],
                        place: place[side],
                    },
                    NONE,
                );
            }
        }
    }

    /// The two questions of McDermid and Manlove's rule, as in the encoding.
    fn would_take_both(&self, pair: &Pair, present: [u32; 2]) -> bool {
        let Pair { program, place } = pair;
        if program[0] == program[1] && program[0] != NONE {
            let places = self.seats.desk(program[0]).places;
            let [better, other] = [place[0].min(place[1]), place[0].max(place[1])];
            return self.seats.n_better(program[0], better) + 2 <= places
                && self.seats.n_better(program[0], other) < places;
        }
        (0..2).all(|side| {
            program[side] == NONE
                || program[side] == present[side]
                || self.seats.would_take(program[side], place[side])
        })
    }

    fn matching(&self) -> Matching {
        let market = self.market;
        let mut matching = Matching::empty(market);
        for (applicant, &at) in self.at.iter().enumerate() {
            if at != NONE {
                matching.primary[applicant] = market.row(applicant as u32)[at as usize].program;
            }
        }
        for applicant in 0..self.preliminary_at.len() {
            if let Some(rank) = self.preliminary(applicant as u32) {
                matching.preliminary[applicant] = rank.program;
            }
        }
        for (couple, &at) in self.pair_at.iter().enumerate() {
            if at != NONE {
                let pair = market.pair_row(couple as u32)[at as usize];
                for (member, program) in market.members[couple].into_iter().zip(pair.program) {
                    matching.primary[member as usize] = program;
                }
            }
        }
        matching
    }

    fn restless(&self) -> Vec<u32> {
        let mut restless: Vec<u32> = (0..self.n_displaced.len() as u32)
            .filter(|&applicant| self.n_displaced[applicant as usize] > 1)
            .collect();
        restless.sort_by_key(|&applicant| std::cmp::Reverse(self.n_displaced[applicant as usize]));
        restless
    }
}
