//! Local improvement of a plan: a better plan known early saves most of the search.

use crate::combined::instance::{Instance, Usage};

/// Adds or strengthens the choice that gains most until nothing more fits.
pub(super) fn fill(instance: &Instance, choices: &mut [u8]) {
    loop {
        let around = instance.around(choices);
        let mut best = None;
        let mut most = instance.slack;
        for (k, candidate) in instance.candidates.iter().enumerate() {
            let before = choices[k];
            for choice in candidate
                .choices
                .iter()
                .filter(|choice| choice.action > before)
            {
                let raised = choice.chance - candidate.chance(before);
                let gain = around.survive[k] * raised * (candidate.gain - around.below[k + 1]);
                if gain > most && fits(instance, choices, k, choice.action) {
                    (best, most) = (Some((k, choice.action)), gain);
                }
            }
        }
        let Some((k, action)) = best else { return };
        choices[k] = action;
    }
}

fn fits(instance: &Instance, choices: &mut [u8], k: usize, action: u8) -> bool {
    let before = std::mem::replace(&mut choices[k], action);
    let fits = Usage::of(instance, choices).is_within(instance);
    choices[k] = before;
    fits
}

/// Trades the choices of two candidates, or drops one and fills up again,
/// while that gains.
pub(super) fn improve(instance: &Instance, choices: &mut Vec<u8>) {
    fill(instance, choices);
    let mut gain = instance.gain(choices);
    let mut improved = true;
    while improved {
        improved = false;
        for k in 0..choices.len() {
            if choices[k] == 0 {
                continue;
            }
            let better = best_trade(instance, choices, k, gain).or_else(|| {
                let mut without = choices.clone();
                without[k] = 0;
                fill(instance, &mut without);
                Some(without).filter(|other| instance.gain(other) > gain + instance.slack)
            });
            if let Some(better) = better {
                *choices = better;
                fill(instance, choices);
                gain = instance.gain(choices);
                improved = true;
            }
        }
    }
}

/// The best plan in which `k` trades its choice for the weaker one of another
/// candidate, if it gains.
fn best_trade(instance: &Instance, choices: &[u8], k: usize, gain: f64) -> Option<Vec<u8>> {
    let action = choices[k];
    let mut without = choices.to_vec();
    without[k] = 0;
    let around = instance.around(&without);
    let mut most = gain + instance.slack;
    let mut best = None;
    for (other, candidate) in instance.candidates.iter().enumerate() {
        let weaker = choices[other];
        let chance = candidate.chance(action);
        if weaker >= action || chance == 0.0 {
            continue;
        }
        let mut traded = without.clone();
        traded[other] = action;
        let new = if weaker == 0 {
            let added = around.survive[other] * chance * (candidate.gain - around.below[other + 1]);
            around.below[0] + added
        } else {
            if instance.candidates[k].chance(weaker) > 0.0 {
                traded[k] = weaker;
            }
            instance.gain(&traded)
        };
        if new > most && Usage::of(instance, &traded).is_within(instance) {
            (best, most) = (Some(traded), new);
        }
    }
    best
}
