//! Shadow prices: solving again with one more of each thing that is limited.

use crate::answer::{DollarPrice, SignalPrice};
use crate::combined::instance::{Instance, Usage};
use crate::combined::search::Width;
use crate::combined::{Combined, Solved, solve};
use crate::independent::Offers;

/// The shadow prices of a combined problem.
#[derive(Default)]
pub(super) struct Prices {
    pub(super) dollar: Option<DollarPrice>,
    pub(super) application: Option<f64>,
    pub(super) signals: Vec<SignalPrice>,
}

pub(super) fn prices(
    problem: &Combined,
    offers: &Offers,
    instance: &Instance,
    solved: &Solved,
    effort: Width,
) -> Prices {
    let gain = |changed: &Combined| {
        let instance = Instance::new(changed, offers);
        solve(&instance, Some(solved), effort).gain
    };
    let more = |changed: &Combined| (gain(changed) - solved.gain).max(0.0);
    let used = Usage::of_plan(instance, &solved.plan);
    let signals = (0..problem.pools.len())
        .map(|pool| {
            // A signal that is left over is worth nothing more.
            let gold_left = used.gold[pool] < problem.pools[pool].gold;
            let silver_left = used.silver[pool] < problem.pools[pool].silver;
            let mut with = problem.clone();
            with.pools[pool].gold = with.pools[pool].gold.saturating_add(1);
            let gold = if gold_left { 0.0 } else { more(&with) };
            with.pools[pool] = problem.pools[pool];
            with.pools[pool].silver = with.pools[pool].silver.saturating_add(1);
            let silver = if silver_left { 0.0 } else { more(&with) };
            SignalPrice { gold, silver }
        })
        .collect();
    let application = problem.applications.map(|most| {
        if used.n_applications() < most {
            return 0.0;
        }
        more(&Combined {
            applications: Some(most + 1),
            ..problem.clone()
        })
    });
    let dollar = problem.budget.map(|budget| {
        let at = |budget: u64| Combined {
            budget: Some(budget),
            ..problem.clone()
        };
        let fee = used.fee(instance).unwrap_or(budget);
        let left = budget - fee.min(budget);
        let less = if left > 0 || budget == 0 {
            0.0
        } else {
            (solved.gain - gain(&at(budget - 1))).max(0.0)
        };
        let mut price = DollarPrice {
            more: 0.0,
            step: 0,
            less,
        };
        for step in steps(problem, &used, left) {
            let rate = more(&at(budget.saturating_add(step))) / step as f64;
            if rate > price.more {
                price = DollarPrice {
                    more: rate,
                    step,
                    less,
                };
            }
        }
        price
    });
    Prices {
        dollar,
        application,
        signals,
    }
}

/// The amounts that pay for one more application in some specialty.
fn steps(problem: &Combined, used: &Usage, left: u64) -> Vec<u64> {
    let mut steps: Vec<u64> = problem
        .specialties
        .iter()
        .zip(&used.counts)
        .filter_map(|(specialty, &n)| {
            let n = n as u32;
            let next = specialty.fees.total(n + 1)? - specialty.fees.total(n)?;
            Some(next.saturating_sub(left)).filter(|&step| step > 0)
        })
        .collect();
    steps.sort_unstable();
    steps.dedup();
    steps
}
