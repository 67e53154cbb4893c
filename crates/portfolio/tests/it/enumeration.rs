//! Plain enumeration: the value of every plan straight from the definition.

use portfolio::{Action, Program, SignalProgram, Utility};

/// The expected utility of the best of independent offers, summed over every
/// combination of answers: slow, and nothing like the solvers' recursion.
pub(crate) fn expected_best(outside: Utility, offers: &[(f64, f64)]) -> f64 {
    let mut value = 0.0;
    for outcome in 0..1_u32 << offers.len() {
        let mut chance = 1.0;
        let mut best = outside.get();
        for (i, &(f, t)) in offers.iter().enumerate() {
            if outcome >> i & 1 == 1 {
                chance *= f;
                best = best.max(t);
            } else {
                chance *= 1.0 - f;
            }
        }
        value += chance * best;
    }
    value
}

/// The value of every subset of the programs, indexed by bit mask.
pub(crate) fn values_of_subsets(outside: Utility, programs: &[Program]) -> Vec<f64> {
    (0..1_usize << programs.len())
        .map(|mask| {
            let offers: Vec<(f64, f64)> = (0..programs.len())
                .filter(|i| mask >> i & 1 == 1)
                .map(|i| (programs[i].probability.get(), programs[i].utility.get()))
                .collect();
            expected_best(outside, &offers)
        })
        .collect()
}

/// The best value over the subsets that `allowed` accepts.
pub(crate) fn best_subset(values: &[f64], allowed: impl Fn(usize) -> bool) -> f64 {
    let allowed = (0..values.len()).filter(|&mask| allowed(mask));
    allowed
        .map(|mask| values[mask])
        .fold(f64::NEG_INFINITY, f64::max)
}

/// The value of a plan of applications and signals.
pub(crate) fn plan_value(
    outside: Utility,
    programs: &[SignalProgram],
    plan: &[Option<Action>],
) -> f64 {
    let offers: Vec<(f64, f64)> = programs
        .iter()
        .zip(plan)
        .filter_map(|(program, action)| {
            Some((
                program.probability((*action)?)?,
                program.program.utility.get(),
            ))
        })
        .collect();
    expected_best(outside, &offers)
}

/// Calls `visit` with every plan over the programs that can be sent.
pub(crate) fn each_plan(programs: &[SignalProgram], mut visit: impl FnMut(&[Option<Action>])) {
    const ACTIONS: [Option<Action>; 4] = [
        None,
        Some(Action::Apply),
        Some(Action::Silver),
        Some(Action::Gold),
    ];
    let n = programs.len();
    for code in 0..4_usize.pow(n as u32) {
        let plan: Vec<Option<Action>> = (0..n).map(|i| ACTIONS[code >> (2 * i) & 3]).collect();
        let can_be_sent = programs.iter().zip(&plan).all(|(program, action)| {
            action.is_none_or(|action| program.probability(action).is_some())
        });
        if can_be_sent {
            visit(&plan);
        }
    }
}
