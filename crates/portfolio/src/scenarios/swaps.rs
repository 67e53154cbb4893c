//! Exchanges: one member out, another program in, while that gains.

use crate::scenarios::{Cover, Matrix, NOBODY};

/// The most exchanges that are made; each one gains, and few are ever needed.
const MAX_EXCHANGES: usize = 1000;

/// Makes the best exchange again and again while one gains. Returns the
/// exchanges that would change nothing at the end, as rows (out, in).
pub(super) fn improve(matrix: &Matrix, chosen: &mut [usize]) -> Vec<(usize, usize)> {
    for _ in 0..MAX_EXCHANGES {
        let (best, equal) = best_exchange(matrix, chosen);
        match best {
            Some((place, instead)) => chosen[place] = instead,
            None => return equal,
        }
    }
    Vec::new()
}

/// The exchange that gains most, as a place in `chosen` and a row; otherwise
/// those that change nothing.
///
/// What a program adds, once a member is out, is what it adds anyway, and in
/// the scenarios where that member was the best also the difference to the
/// second best, as far as the program reaches. One pass over its offers gives
/// that for every member at once.
fn best_exchange(
    matrix: &Matrix,
    chosen: &[usize],
) -> (Option<(usize, usize)>, Vec<(usize, usize)>) {
    let cover = Cover::of(matrix, chosen);
    let mut place_of = vec![NOBODY; matrix.rows.len()];
    for (place, &row) in chosen.iter().enumerate() {
        place_of[row] = place as u32;
    }
    let n_members = chosen.len();
    // The last entry stands for scenarios without a member.
    let mut losses = vec![0.0; n_members + 1];
    let owners: Vec<u32> = cover
        .best_row
        .iter()
        .map(|&row| {
            if row == NOBODY {
                n_members as u32
            } else {
                place_of[row as usize]
            }
        })
        .collect();
    for (scenario, &owner) in owners.iter().enumerate() {
        losses[owner as usize] +=
            (cover.best[scenario] - cover.second[scenario]) * matrix.weights[scenario];
    }
    let smallest_loss = losses[..n_members]
        .iter()
        .copied()
        .fold(f64::INFINITY, f64::min);

    let mut best: Option<(usize, usize)> = None;
    let mut best_change = matrix.slack;
    let mut equal = Vec::new();
    let mut kept = vec![0.0; n_members + 1];
    for row in (0..matrix.rows.len()).filter(|&row| place_of[row] == NOBODY) {
        let gain = matrix.rows[row].gain;
        kept.fill(0.0);
        let mut added = 0.0;
        let mut saved = 0.0;
        for &scenario in matrix.offers(row) {
            let scenario = scenario as usize;
            let weight = matrix.weights[scenario];
            let (first, second) = (cover.best[scenario], cover.second[scenario]);
            added += (gain - first).max(0.0) * weight;
            let saves = (gain.min(first) - second).max(0.0) * weight;
            kept[owners[scenario] as usize] += saves;
            saved += saves;
        }
        // Even if one member got everything that is saved.
        if added + saved - smallest_loss < -matrix.slack {
            continue;
        }
        for place in 0..n_members {
            let change = added + kept[place] - losses[place];
            if change > best_change {
                best_change = change;
                best = Some((place, row));
            } else if best.is_none() && change.abs() <= matrix.slack {
                equal.push((chosen[place], row));
            }
        }
    }
    (best, equal)
}
