//! A combined problem as the search sees it: candidates from the best to the worst, and limits.

use std::collections::BTreeMap;

use crate::combined::Combined;
use crate::independent::{Offers, TIE};

/// One way of applying to a candidate.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    /// The action's number: 1 plain, 2 silver, 3 gold.
    pub(super) action: u8,
    pub(super) chance: f64,
}

/// A program that is worth an application.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) program: usize,
    pub(super) gain: f64,
    pub(super) specialty: usize,
    pub(super) pool: Option<usize>,
    pub(super) choices: Vec<Choice>,
}

/// Candidates and limits.
#[derive(Clone, Debug)]
pub(super) struct Instance {
    pub(super) n_programs: usize,
    /// From the best to the worst.
    pub(super) candidates: Vec<Candidate>,
    /// Total fees for 0, 1, 2, … applications in each specialty, as far as
    /// there are candidates and the table goes.
    pub(super) totals: Vec<Vec<u64>>,
    /// Which counts mean the same for the rest of a specialty.
    pub(super) alike: Vec<Alike>,
    pub(super) budget: u64,
    pub(super) applications: usize,
    /// The limits of gold and silver by pool, no more than there are candidates.
    pub(super) gold: Vec<usize>,
    pub(super) silver: Vec<usize>,
    /// Differences of gains that count as none.
    pub(super) slack: f64,
}

impl Instance {
    pub(super) fn new(problem: &Combined, offers: &Offers) -> Self {
        let candidates: Vec<Candidate> = offers
            .ranked
            .iter()
            .map(|&program| candidate(problem, offers, program))
            .filter(|candidate| !candidate.choices.is_empty())
            .collect();
        let in_specialty = |specialty: usize| {
            candidates
                .iter()
                .filter(|c| c.specialty == specialty)
                .count()
        };
        let budget = problem.budget.unwrap_or(u64::MAX);
        let sizes: Vec<usize> = (0..problem.specialties.len()).map(in_specialty).collect();
        let totals: Vec<Vec<u64>> = problem
            .specialties
            .iter()
            .zip(&sizes)
            .map(|(described, &size)| {
                let mut totals = described.fees.totals(size, u64::MAX);
                if problem.budget.is_none() {
                    totals.fill(0);
                }
                totals
            })
            .collect();
        let alike = totals
            .iter()
            .zip(&sizes)
            .map(|(totals, &n)| Alike::new(totals, n))
            .collect();
        let in_pool = |pool: usize| candidates.iter().filter(|c| c.pool == Some(pool)).count();
        let pools = problem.pools.iter().enumerate();
        let gold = pools
            .clone()
            .map(|(pool, limit)| limit.gold.min(in_pool(pool)))
            .collect();
        let silver = pools
            .map(|(pool, limit)| limit.silver.min(in_pool(pool)))
            .collect();
        Self {
            n_programs: problem.programs.len(),
            totals,
            alike,
            budget,
            applications: problem
                .applications
                .unwrap_or(usize::MAX)
                .min(candidates.len()),
            gold,
            silver,
            slack: TIE * offers.scale(),
            candidates,
        }
    }

    /// The plan that choices for the candidates mean.
    pub(super) fn plan(&self, choices: &[u8]) -> Vec<u8> {
        let mut plan = vec![0; self.n_programs];
        for (candidate, &action) in self.candidates.iter().zip(choices) {
            plan[candidate.program] = action;
        }
        plan
    }

    /// The chance that nothing better comes, and the worth of what is worse,
    /// before and from each candidate on.
    pub(super) fn around(&self, choices: &[u8]) -> Around {
        let n = self.candidates.len();
        let mut around = Around {
            survive: vec![1.0; n + 1],
            below: vec![0.0; n + 1],
        };
        let chances: Vec<f64> = self
            .candidates
            .iter()
            .zip(choices)
            .map(|(c, &action)| c.chance(action))
            .collect();
        for (k, chance) in chances.iter().enumerate() {
            around.survive[k + 1] = around.survive[k] * (1.0 - chance);
        }
        for (k, chance) in chances.iter().enumerate().rev() {
            let gain = self.candidates[k].gain;
            around.below[k] = (1.0 - chance) * around.below[k + 1] + chance * gain;
        }
        around
    }

    /// The expected gain of choices for the candidates.
    pub(super) fn gain(&self, choices: &[u8]) -> f64 {
        let mut gain = 0.0;
        for (candidate, &action) in self.candidates.iter().zip(choices).rev() {
            let chance = candidate.chance(action);
            gain = (1.0 - chance) * gain + chance * candidate.gain;
        }
        gain
    }
}

/// What surrounds each candidate in a plan.
pub(super) struct Around {
    pub(super) survive: Vec<f64>,
    pub(super) below: Vec<f64>,
}

impl Candidate {
    pub(super) fn chance(&self, action: u8) -> f64 {
        let choice = self.choices.iter().find(|choice| choice.action == action);
        choice.map_or(0.0, |choice| choice.chance)
    }
}

fn candidate(problem: &Combined, offers: &Offers, program: usize) -> Candidate {
    let specialty = problem.specialty_of[program];
    let pool = problem.specialties[specialty].pool;
    let chances = offers.chances[program];
    let mut choices = Vec::new();
    for action in 1..=3_u8 {
        let chance = chances[usize::from(action)];
        let plain = action == 1;
        let limit = pool.map_or(0, |pool| match action {
            2 => problem.pools[pool].silver,
            _ => problem.pools[pool].gold,
        });
        // A signal that raises nothing is never worth its place.
        if chance > 0.0 && (plain || (limit > 0 && chance > chances[1])) {
            choices.push(Choice { action, chance });
        }
    }
    Candidate {
        program,
        gain: offers.gains[program],
        specialty,
        pool,
        choices,
    }
}

/// Counts of applications in a specialty after which further ones cost the same.
///
/// Below the 31st application of an ERAS specialty, for example, only the money
/// spent matters when fewer candidates are left than cheap places.
#[derive(Clone, Debug)]
pub(super) struct Alike {
    /// By the number of candidates left and the count: the lowest count that
    /// means the same.
    lowest: Vec<Vec<usize>>,
}

impl Alike {
    pub(super) fn new(totals: &[u64], n_candidates: usize) -> Self {
        let mut lowest = vec![vec![0; n_candidates + 1]];
        for left in 1..=n_candidates {
            let fewer = &lowest[left - 1];
            let mut first: BTreeMap<(Option<u64>, usize), usize> = BTreeMap::new();
            let with_left = (0..=n_candidates - left)
                .map(|n| {
                    // The next application's fee, and what follows after it.
                    let fee = totals.get(n + 1).map(|total| total - totals[n]);
                    *first.entry((fee, fewer[n + 1])).or_insert(n)
                })
                .collect();
            lowest.push(with_left);
        }
        Self { lowest }
    }

    /// The lowest count that means the same as `count` with so many candidates left.
    pub(super) fn lowest(&self, left: usize, count: usize) -> usize {
        self.lowest[left][count]
    }

    /// The number of candidates in the specialty.
    pub(super) fn n_candidates(&self) -> usize {
        self.lowest.len() - 1
    }
}

/// What has been used of every limit.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Usage {
    pub(super) counts: Vec<usize>,
    pub(super) gold: Vec<usize>,
    pub(super) silver: Vec<usize>,
}

impl Usage {
    pub(super) fn none(instance: &Instance) -> Self {
        Self {
            counts: vec![0; instance.totals.len()],
            gold: vec![0; instance.gold.len()],
            silver: vec![0; instance.silver.len()],
        }
    }

    pub(super) fn of(instance: &Instance, choices: &[u8]) -> Self {
        let mut usage = Self::none(instance);
        for (candidate, &action) in instance.candidates.iter().zip(choices) {
            usage.add(candidate, action);
        }
        usage
    }

    /// What a plan for all programs uses.
    pub(super) fn of_plan(instance: &Instance, plan: &[u8]) -> Self {
        let mut usage = Self::none(instance);
        for candidate in &instance.candidates {
            usage.add(candidate, plan[candidate.program]);
        }
        usage
    }

    fn add(&mut self, candidate: &Candidate, action: u8) {
        if action > 0 {
            self.counts[candidate.specialty] += 1;
        }
        match (action, candidate.pool) {
            (2, Some(pool)) => self.silver[pool] += 1,
            (3, Some(pool)) => self.gold[pool] += 1,
            _ => {}
        }
    }

    pub(super) fn n_applications(&self) -> usize {
        self.counts.iter().sum()
    }

    /// Whether every limit is kept.
    pub(super) fn is_within(&self, instance: &Instance) -> bool {
        let Some(fee) = self.fee(instance) else {
            return false;
        };
        fee <= instance.budget
            && self.n_applications() <= instance.applications
            && self
                .gold
                .iter()
                .zip(&instance.gold)
                .all(|(used, limit)| used <= limit)
            && self
                .silver
                .iter()
                .zip(&instance.silver)
                .all(|(used, limit)| used <= limit)
    }

    /// The sum of the fees; `None` when a specialty's table ends before.
    pub(super) fn fee(&self, instance: &Instance) -> Option<u64> {
        let fees = instance.totals.iter().zip(&self.counts);
        let mut sum = 0_u64;
        for (totals, &n) in fees {
            sum = sum.saturating_add(*totals.get(n)?);
        }
        Some(sum)
    }
}
