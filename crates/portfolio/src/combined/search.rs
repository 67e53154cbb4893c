//! The search over partial plans, from the best candidate to the worst.

use crate::combined::instance::{Alike, Candidate, Choice, Instance, Usage};
use crate::combined::relaxation::{Allowance, Completion, Multipliers};
use crate::combined::residual::{Place, Residual};
use crate::combined::{Solved, local};
use crate::lines::{Envelope, Line};

/// The best choices known so far.
pub(super) struct Incumbent {
    pub(super) choices: Vec<u8>,
    pub(super) gain: f64,
}

impl Incumbent {
    /// Starts from the solution of a related instance where it keeps every
    /// limit, otherwise from adding the best single choice again and again.
    pub(super) fn new(instance: &Instance, start: Option<&Solved>) -> Self {
        let none = vec![0; instance.candidates.len()];
        let related = start.map(|solved| -> Vec<u8> {
            let candidates = instance.candidates.iter();
            candidates
                .map(|candidate| solved.plan[candidate.program])
                .collect()
        });
        let choices = related
            .filter(|choices| Usage::of(instance, choices).is_within(instance))
            .unwrap_or(none);
        let mut incumbent = Self { choices, gain: 0.0 };
        incumbent.improve(instance);
        incumbent
    }

    /// Improves the choices locally.
    fn improve(&mut self, instance: &Instance) {
        local::improve(instance, &mut self.choices);
        self.gain = instance.gain(&self.choices);
    }
}

/// How many partial plans stand beside each other.
#[derive(Clone, Copy)]
pub(super) struct Width {
    pub(super) most: usize,
    /// From how many on single ones get prices of their own.
    pub(super) own_prices_from: usize,
}

/// Extends partial plans candidate by candidate, keeps at most so many of them
/// beside each other, and improves the incumbent.
///
/// Returns the largest bound of a partial plan that was given up only for want
/// of room; minus infinity when the search was complete.
pub(super) fn search(
    instance: &Instance,
    multipliers: &Multipliers,
    width: Width,
    incumbent: &mut Incumbent,
) -> f64 {
    let completion = Completion::new(instance, multipliers);
    let allowance = Allowance::new(instance, multipliers);
    let layout = Layout::new(instance);
    let problem = Priced {
        instance,
        multipliers,
        completion,
        allowance,
        layout,
        width,
    };
    match problem.layout.n_words {
        0..=1 => problem.run::<1>(incumbent),
        2 => problem.run::<2>(incumbent),
        3..=4 => problem.run::<4>(incumbent),
        5..=12 => problem.run::<12>(incumbent),
        // More counters than are worth following: only the relaxation bounds.
        _ => problem.root_bound(),
    }
}

/// A counter inside a key of several words.
#[derive(Clone, Copy)]
pub(super) struct Field {
    word: usize,
    shift: u32,
    mask: u64,
}

impl Field {
    pub(super) fn get<const N: usize>(self, key: &[u64; N]) -> usize {
        (key[self.word] >> self.shift & self.mask) as usize
    }

    fn set<const N: usize>(self, key: &mut [u64; N], value: usize) {
        key[self.word] &= !(self.mask << self.shift);
        key[self.word] |= (value as u64) << self.shift;
    }
}

/// Where the counters of a partial plan stand in its key.
pub(super) struct Layout {
    /// All applications, where they are limited.
    pub(super) sent: Option<Field>,
    pub(super) counts: Vec<Field>,
    pub(super) gold: Vec<Field>,
    pub(super) silver: Vec<Field>,
    n_words: usize,
}

impl Layout {
    fn new(instance: &Instance) -> Self {
        let mut word = 0;
        let mut shift = 0;
        let mut field = |limit: usize| {
            let bits = (usize::BITS - limit.leading_zeros()).max(1);
            if shift + bits > u64::BITS {
                word += 1;
                shift = 0;
            }
            let place = Field {
                word,
                shift,
                mask: (1_u64 << bits) - 1,
            };
            shift += bits;
            place
        };
        let limited = instance.applications < instance.candidates.len();
        let sent = limited.then(|| field(instance.applications));
        let counts = instance
            .totals
            .iter()
            .map(|totals| field(totals.len()))
            .collect();
        let gold = instance.gold.iter().map(|&limit| field(limit)).collect();
        let silver = instance.silver.iter().map(|&limit| field(limit)).collect();
        Self {
            sent,
            counts,
            gold,
            silver,
            n_words: word + 1,
        }
    }
}

/// A plan for the candidates so far.
#[derive(Clone)]
pub(super) struct Partial<const N: usize> {
    /// The counters of everything that is limited, but for money. Counts in a
    /// specialty that mean the same stand as the lowest of them.
    pub(super) key: [u64; N],
    /// The expected gain of the choices so far.
    pub(super) gain: f64,
    /// The chance that none of them brings an offer.
    pub(super) survive: f64,
    /// What the limits that are left are worth at the prices.
    left: f64,
    /// No completion gains more.
    pub(super) bound: f64,
    pub(super) fee: u64,
    /// The last choice that was not "nothing", in the trail.
    before: u32,
    /// The choice after that, before it is written down; 0 for none.
    action: u8,
}

/// A choice and the one before it.
struct Step {
    before: u32,
    candidate: u32,
    action: u8,
}

const NO_STEP: u32 = u32::MAX;

/// The choices that led to the partial plans, and to the best plan so far.
struct Trail {
    steps: Vec<Step>,
    best_gain: f64,
    best: Option<u32>,
}

impl Trail {
    /// Writes down a partial plan's choice for candidate `k`; returns its place.
    fn push<const N: usize>(&mut self, k: usize, partial: &Partial<N>) -> u32 {
        let (before, action) = (partial.before, partial.action);
        self.steps.push(Step {
            before,
            candidate: k as u32,
            action,
        });
        (self.steps.len() - 1) as u32
    }

    fn choices(&self, last: u32, n_candidates: usize) -> Vec<u8> {
        let mut choices = vec![0; n_candidates];
        let mut at = last;
        while at != NO_STEP {
            let step = &self.steps[at as usize];
            choices[step.candidate as usize] = step.action;
            at = step.before;
        }
        choices
    }
}

struct Priced<'a> {
    instance: &'a Instance,
    multipliers: &'a Multipliers,
    completion: Completion,
    allowance: Allowance,
    layout: Layout,
    width: Width,
}

impl Priced<'_> {
    fn root_bound(&self) -> f64 {
        self.completion.best(0, 1.0) + self.allowance.all(self.instance, self.multipliers)
    }

    fn run<const N: usize>(&self, incumbent: &mut Incumbent) -> f64 {
        let mut partials = vec![Partial {
            key: [0; N],
            gain: 0.0,
            survive: 1.0,
            left: self.allowance.all(self.instance, self.multipliers),
            bound: f64::INFINITY,
            fee: 0,
            before: NO_STEP,
            action: 0,
        }];
        let mut trail = Trail {
            steps: Vec::new(),
            best_gain: incumbent.gain,
            best: None,
        };
        let mut open_bound = f64::NEG_INFINITY;
        let mut residual = Residual::new(self.multipliers, self.width.own_prices_from);
        let mut left_in: Vec<usize> = self
            .instance
            .alike
            .iter()
            .map(Alike::n_candidates)
            .collect();
        for (k, candidate) in self.instance.candidates.iter().enumerate() {
            left_in[candidate.specialty] -= 1;
            let next = self.extend(&partials, k, left_in[candidate.specialty], &mut trail);
            let rest = self
                .instance
                .candidates
                .get(k + 1)
                .map_or(0.0, |worse| worse.gain);
            partials = leading(next, rest, self.instance.slack);
            let place = Place {
                n_decided: k + 1,
                left_in: &left_in,
            };
            residual.sharpen(
                self.instance,
                &self.layout,
                place,
                trail.best_gain,
                &mut partials,
            );
            open_bound = open_bound.max(self.shorten(&mut partials));
            // Only now is it known which choices have to be remembered.
            for partial in partials.iter_mut().filter(|partial| partial.action > 0) {
                partial.before = trail.push(k, partial);
                partial.action = 0;
            }
        }
        if let Some(step) = trail.best {
            incumbent.choices = trail.choices(step, self.instance.candidates.len());
            incumbent.improve(self.instance);
        }
        open_bound
    }

    /// The partial plans with one candidate more that may still win.
    fn extend<const N: usize>(
        &self,
        partials: &[Partial<N>],
        k: usize,
        left: usize,
        trail: &mut Trail,
    ) -> Vec<Partial<N>> {
        let candidate = &self.instance.candidates[k];
        let mut next = Vec::with_capacity(partials.len() * 2);
        for partial in partials {
            let count = self.layout.counts[candidate.specialty].get(&partial.key);
            let mut nothing = partial.clone();
            self.settle(&mut nothing, candidate, left, count, count);
            if self.is_open(&mut nothing, k, trail.best_gain) {
                next.push(nothing);
            }
            for &choice in &candidate.choices {
                let Some(mut chosen) = self.choose(partial, candidate, choice, count) else {
                    continue;
                };
                self.settle(&mut chosen, candidate, left, count, count + 1);
                if chosen.gain > trail.best_gain {
                    trail.best_gain = chosen.gain;
                    trail.best = Some(trail.push(k, &chosen));
                }
                if self.is_open(&mut chosen, k, trail.best_gain) {
                    next.push(chosen);
                }
            }
        }
        next
    }

    /// A partial plan with one more choice; `None` when a limit forbids it.
    fn choose<const N: usize>(
        &self,
        partial: &Partial<N>,
        candidate: &Candidate,
        choice: Choice,
        count: usize,
    ) -> Option<Partial<N>> {
        let mut chosen = partial.clone();
        let totals = &self.instance.totals[candidate.specialty];
        let fee = totals.get(count + 1)? - totals[count];
        chosen.fee = partial
            .fee
            .checked_add(fee)
            .filter(|&fee| fee <= self.instance.budget)?;
        let pool = candidate.pool.unwrap_or(0);
        let signal = match choice.action {
            2 => Some((self.layout.silver[pool], self.instance.silver[pool])),
            3 => Some((self.layout.gold[pool], self.instance.gold[pool])),
            _ => None,
        };
        let sent = self
            .layout
            .sent
            .map(|field| (field, self.instance.applications));
        for (field, limit) in signal.into_iter().chain(sent) {
            let used = field.get(&partial.key);
            if used >= limit {
                return None;
            }
            field.set(&mut chosen.key, used + 1);
        }
        chosen.action = choice.action;
        chosen.gain += partial.survive * choice.chance * candidate.gain;
        chosen.survive *= 1.0 - choice.chance;
        // What the specialty's own price stands for is settled separately.
        chosen.left -= self.multipliers.dollar * fee as f64
            + self.multipliers.price(candidate, choice.action)
            - self.multipliers.application_in[candidate.specialty];
        Some(chosen)
    }

    /// Brings the count of a specialty up to date, when one of its candidates
    /// fewer is left than before.
    fn settle<const N: usize>(
        &self,
        partial: &mut Partial<N>,
        candidate: &Candidate,
        left: usize,
        before: usize,
        count: usize,
    ) {
        let specialty = candidate.specialty;
        let lowest = self.instance.alike[specialty].lowest(left, count);
        self.layout.counts[specialty].set(&mut partial.key, lowest);
        partial.left += self.allowance.earned(specialty, left, lowest)
            - self.allowance.earned(specialty, left + 1, before);
    }

    /// Bounds a plan for the candidates up to `k`; whether it may still win.
    fn is_open<const N: usize>(&self, partial: &mut Partial<N>, k: usize, best: f64) -> bool {
        let rest = self.completion.best(k + 1, partial.survive);
        partial.bound = partial.gain + rest + partial.left;
        partial.survive > 0.0 && partial.bound > best + self.instance.slack
    }

    /// Keeps the partial plans with the largest bounds; returns the largest
    /// bound of the others.
    fn shorten<const N: usize>(&self, partials: &mut Vec<Partial<N>>) -> f64 {
        if partials.len() <= self.width.most {
            return f64::NEG_INFINITY;
        }
        let mut bounds: Vec<f64> = partials.iter().map(|partial| partial.bound).collect();
        let (_, &mut threshold, _) =
            bounds.select_nth_unstable_by(self.width.most, |a, b| b.total_cmp(a));
        partials.retain(|partial| partial.bound > threshold);
        threshold
    }
}

/// Of the partial plans with the same counters, those that lead a cheaper or
/// equally dear one for some worth of the rest, which is at most that of the
/// next candidate.
fn leading<const N: usize>(
    mut partials: Vec<Partial<N>>,
    rest: f64,
    slack: f64,
) -> Vec<Partial<N>> {
    partials.sort_unstable_by(|a, b| {
        let by_key = a.key.cmp(&b.key).then(a.fee.cmp(&b.fee));
        by_key
            .then(b.gain.total_cmp(&a.gain))
            .then(a.before.cmp(&b.before))
    });
    let mut cheaper = Envelope::new(rest, slack * 1e-3);
    let mut key = [u64::MAX; N];
    partials.retain(|partial| {
        if partial.key != key {
            key = partial.key;
            cheaper.clear();
        }
        cheaper.insert(Line {
            slope: partial.survive,
            height: partial.gain,
        })
    });
    partials
}
