//! Exchanges: one member out, another program in, while that gains.

use crate::scenarios::{Cover, Matrix};

/// The most exchanges that are made; each one gains, and few are ever needed.
const MAX_EXCHANGES: usize = 1000;

/// What there is to gain around a portfolio.
pub(super) struct Outlook {
    pub(super) gain: f64,
    /// What each row would add; 0 for members.
    pub(super) added: Vec<f64>,
    /// What each member is worth above the others, in their order.
    pub(super) losses: Vec<f64>,
    /// Exchanges that would change nothing.
    pub(super) equal: Vec<Equal>,
}

/// An exchange of rows that would change nothing, within the slack.
pub(super) struct Equal {
    pub(super) member: usize,
    pub(super) instead: usize,
    pub(super) change: f64,
    /// Whether the member adds something.
    pub(super) is_at_stake: bool,
}

/// Makes exchanges, the best ones first, until none gains.
pub(super) fn improve(matrix: &Matrix, chosen: &mut [usize]) -> Outlook {
    let mut left = MAX_EXCHANGES;
    loop {
        let mut round = Round::new(matrix, chosen);
        let mut added = vec![0.0; matrix.rows.len()];
        let mut gaining = Vec::new();
        let mut equal = Vec::new();
        for (row, added) in added.iter_mut().enumerate() {
            if round.is_member[row] {
                continue;
            }
            *added = round.look_at(row);
            match round.best(*added) {
                (change, _) if change > matrix.slack => gaining.push((change, row)),
                (change, _) if change >= -matrix.slack => {
                    equal.extend(round.equal(chosen, row, *added));
                }
                _ => {}
            }
        }
        if gaining.is_empty() || left == 0 {
            return Outlook {
                gain: round.cover.gain(),
                added,
                losses: round.losses,
                equal,
            };
        }
        // What gained at the start of the round is looked at again in turn,
        // since each exchange changes what the others are worth.
        gaining.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        for (_, row) in gaining {
            let added = round.look_at(row);
            let (change, place) = round.best(added);
            if change > matrix.slack && left > 0 {
                chosen[place] = row;
                round = Round::new(matrix, chosen);
                left -= 1;
            }
        }
    }
}

/// A portfolio between two exchanges.
struct Round<'a> {
    matrix: &'a Matrix,
    cover: Cover,
    is_member: Vec<bool>,
    /// What each member is worth above the others.
    losses: Vec<f64>,
    /// How much of that the row that was looked at last would keep.
    kept: Vec<f64>,
}

impl<'a> Round<'a> {
    fn new(matrix: &'a Matrix, chosen: &[usize]) -> Self {
        let cover = Cover::of(matrix, chosen);
        let mut is_member = vec![false; matrix.rows.len()];
        for &row in chosen {
            is_member[row] = true;
        }
        let losses = cover.losses(chosen.len());
        let kept = vec![0.0; chosen.len() + 1];
        Self {
            matrix,
            cover,
            is_member,
            losses,
            kept,
        }
    }

    /// Returns what a row adds, and notes what it would keep of each member.
    ///
    /// What a row brings, once a member is out, is what it adds anyway, and in
    /// the scenarios where that member was the best also the difference to the
    /// second best, as far as the row reaches.
    fn look_at(&mut self, row: usize) -> f64 {
        let gain = self.matrix.rows[row].gain;
        self.kept.fill(0.0);
        let mut added = 0.0;
        for &place in self.matrix.offers(row) {
            let spot = &self.cover.0[place as usize];
            if gain <= spot.second {
                continue;
            }
            let reaches = if gain > spot.best {
                added += (gain - spot.best) * spot.weight;
                spot.best
            } else {
                gain
            };
            self.kept[spot.owner] += (reaches - spot.second) * spot.weight;
        }
        added
    }

    /// The best exchange for the row that was looked at: its change and the
    /// member's place.
    fn best(&self, added: f64) -> (f64, usize) {
        let mut best = (f64::NEG_INFINITY, 0);
        for (place, (kept, loss)) in self.kept.iter().zip(&self.losses).enumerate() {
            let change = added + kept - loss;
            if change > best.0 {
                best = (change, place);
            }
        }
        best
    }

    /// The members that could be exchanged for the row without a change.
    fn equal(&self, chosen: &[usize], instead: usize, added: f64) -> impl Iterator<Item = Equal> {
        let members = chosen.iter().zip(self.kept.iter().zip(&self.losses));
        members
            .map(move |(&member, (kept, &loss))| Equal {
                member,
                instead,
                change: added + kept - loss,
                is_at_stake: loss > self.matrix.slack,
            })
            .filter(|trade| trade.change.abs() <= self.matrix.slack)
    }
}
