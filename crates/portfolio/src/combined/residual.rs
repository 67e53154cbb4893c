//! Prices for what single partial plans leave, which bound others like them more tightly.
//!
//! The prices of the whole problem are best for the plan that uses every limit
//! evenly. A partial plan that has used more of one and less of another is
//! bounded better by prices of its own, and so are those like it.

use crate::combined::instance::{Alike, Instance};
use crate::combined::relaxation::{self, Allowance, Completion, Multipliers};
use crate::combined::search::{Field, Layout, Partial};

/// How many partial plans get prices of their own beside each other.
const MOST_AT_ONCE: usize = 8;
/// How many prices are asked for each partial plan.
const MOST_PRICINGS: usize = 16;
/// How often the prices are improved for one partial plan.
const STEPS: usize = 80;
/// For how many candidates the search goes on when better prices did not help.
const PAUSE: usize = 2;

/// Where the search stands: how many candidates are decided, and how many of
/// each specialty are left.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) n_decided: usize,
    pub(super) left_in: &'a [usize],
}

/// The prices that were found for single partial plans.
pub(super) struct Residual {
    pricings: Vec<Pricing>,
    /// The last prices, from which the next are found.
    last: Multipliers,
    /// From how many partial plans on it pays to look for better prices.
    from: usize,
    pause: usize,
}

/// Prices, and what they say of the rest of any partial plan.
struct Pricing {
    multipliers: Multipliers,
    completion: Completion,
    allowance: Allowance,
}

impl Residual {
    pub(super) fn new(multipliers: &Multipliers, from: usize) -> Self {
        Self {
            pricings: Vec::new(),
            last: multipliers.clone(),
            from,
            pause: 0,
        }
    }

    /// Lowers the bounds of many partial plans, and drops those that cannot win.
    pub(super) fn sharpen<const N: usize>(
        &mut self,
        instance: &Instance,
        layout: &Layout,
        place: Place,
        best_gain: f64,
        partials: &mut Vec<Partial<N>>,
    ) {
        if partials.len() < self.from || place.n_decided == instance.candidates.len() {
            return;
        }
        let limit = best_gain + instance.slack;
        for pricing in &self.pricings {
            pricing.lower(instance, layout, place, limit, partials);
        }
        if self.pause > 0 {
            self.pause -= 1;
            return;
        }
        let before = partials.len();
        for _ in 0..MOST_AT_ONCE {
            if partials.len() < self.from {
                break;
            }
            let hardest = partials.iter().max_by(|a, b| a.bound.total_cmp(&b.bound));
            let Some(hardest) = hardest else { break };
            let rest = rest_of(instance, layout, place, hardest);
            let mut multipliers = self.last.clone();
            relaxation::improve(&rest, &mut multipliers, best_gain - hardest.gain, STEPS);
            if layout.sent.is_none() {
                multipliers.application = 0.0;
            }
            let pricing = Pricing::new(instance, multipliers);
            self.last = pricing.multipliers.clone();
            let was = hardest.bound;
            let now = pricing.bound(instance, layout, place, hardest);
            if now > was - instance.slack {
                break;
            }
            pricing.lower(instance, layout, place, limit, partials);
            if self.pricings.len() == MOST_PRICINGS {
                self.pricings.remove(0);
            }
            self.pricings.push(pricing);
        }
        if partials.len() > before - before / 8 {
            self.pause = PAUSE;
        }
    }
}

impl Pricing {
    fn new(instance: &Instance, multipliers: Multipliers) -> Self {
        Self {
            completion: Completion::new(instance, &multipliers),
            allowance: Allowance::new(instance, &multipliers),
            multipliers,
        }
    }

    /// Lowers bounds to those at these prices; drops what is not above a limit.
    fn lower<const N: usize>(
        &self,
        instance: &Instance,
        layout: &Layout,
        place: Place,
        limit: f64,
        partials: &mut Vec<Partial<N>>,
    ) {
        partials.retain_mut(|partial| {
            let bound = self.bound(instance, layout, place, partial);
            partial.bound = partial.bound.min(bound);
            partial.bound > limit
        });
    }

    /// No completion of a partial plan gains more.
    fn bound<const N: usize>(
        &self,
        instance: &Instance,
        layout: &Layout,
        place: Place,
        partial: &Partial<N>,
    ) -> f64 {
        let prices = &self.multipliers;
        let key = &partial.key;
        // Without a budget the price of a dollar is 0.
        let mut left = prices.dollar * (instance.budget - partial.fee) as f64;
        for (specialty, field) in layout.counts.iter().enumerate() {
            let n_left = place.left_in[specialty];
            left += self.allowance.earned(specialty, n_left, field.get(key));
        }
        let signals = [
            (&layout.gold, &instance.gold, &prices.gold),
            (&layout.silver, &instance.silver, &prices.silver),
        ];
        for (fields, limits, prices) in signals {
            for ((field, limit), price) in fields.iter().zip(limits).zip(prices) {
                left += price * (limit - field.get(key)) as f64;
            }
        }
        if let Some(sent) = layout.sent {
            left += prices.application * (instance.applications - sent.get(key)) as f64;
        }
        partial.gain + self.completion.best(place.n_decided, partial.survive) + left
    }
}

/// What is left of a problem beside a partial plan: the candidates that are not
/// decided, each worth as much less as an offer may have come before, and the
/// limits that are not used up.
fn rest_of<const N: usize>(
    instance: &Instance,
    layout: &Layout,
    place: Place,
    partial: &Partial<N>,
) -> Instance {
    let key = &partial.key;
    let mut candidates = instance.candidates[place.n_decided..].to_vec();
    for candidate in &mut candidates {
        candidate.gain *= partial.survive;
    }
    let totals: Vec<Vec<u64>> = instance
        .totals
        .iter()
        .zip(&layout.counts)
        .zip(place.left_in)
        .map(|((totals, field), &n_left)| {
            let count = field.get(key);
            let end = totals.len().min(count + n_left + 1);
            totals[count..end]
                .iter()
                .map(|total| total - totals[count])
                .collect()
        })
        .collect();
    let alike = totals
        .iter()
        .zip(place.left_in)
        .map(|(totals, &n_left)| Alike::new(totals, n_left))
        .collect();
    let left = |limits: &[usize], fields: &[Field]| {
        let left = limits.iter().zip(fields);
        left.map(|(limit, field)| limit - field.get(key)).collect()
    };
    Instance {
        n_programs: instance.n_programs,
        totals,
        alike,
        budget: instance.budget - partial.fee,
        applications: match layout.sent {
            Some(sent) => instance.applications - sent.get(key),
            None => candidates.len(),
        },
        gold: left(&instance.gold, &layout.gold),
        silver: left(&instance.silver, &layout.silver),
        slack: instance.slack,
        candidates,
    }
}
