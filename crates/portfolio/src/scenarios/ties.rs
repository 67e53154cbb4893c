//! Filling a portfolio up to its size, and the lower index where either would do.

use std::cmp::Reverse;

use crate::scenarios::Matrix;
use crate::scenarios::swaps::{self, Outlook};

/// The most trades that are made; each one lowers an index or gains.
const MAX_TRADES: usize = 1000;

/// A portfolio of as many programs as were asked for.
pub(super) struct Settled<'a> {
    matrix: &'a Matrix,
    /// By program: its row, if it makes a useful offer somewhere.
    row_of: Vec<Option<usize>>,
    pub(super) is_member: Vec<bool>,
    /// The rows among the members.
    pub(super) rows: Vec<usize>,
    pub(super) outlook: Outlook,
}

impl<'a> Settled<'a> {
    /// Adds programs that add nothing, by index, until there are `choose`, and breaks ties.
    pub(super) fn new(
        matrix: &'a Matrix,
        n_programs: usize,
        choose: usize,
        rows: Vec<usize>,
        outlook: Outlook,
    ) -> Self {
        let mut row_of = vec![None; n_programs];
        for (row, described) in matrix.rows.iter().enumerate() {
            row_of[described.program] = Some(row);
        }
        let mut settled = Self {
            matrix,
            row_of,
            is_member: vec![false; n_programs],
            rows,
            outlook,
        };
        for &row in &settled.rows {
            settled.is_member[matrix.rows[row].program] = true;
        }
        let n_useful = settled.rows.len();
        let mut missing = choose - n_useful;
        for program in 0..n_programs {
            if missing > 0 && !settled.is_member[program] {
                settled.is_member[program] = true;
                settled.rows.extend(settled.row_of[program]);
                missing -= 1;
            }
        }
        if settled.rows.len() > n_useful {
            settled.look_around();
        }
        settled.break_ties();
        settled
    }

    /// Such programs may stand in for another member, so they count for what a trade is worth.
    fn look_around(&mut self) {
        for &row in &self.rows {
            self.is_member[self.matrix.rows[row].program] = false;
        }
        self.outlook = swaps::improve(self.matrix, &mut self.rows);
        for &row in &self.rows {
            self.is_member[self.matrix.rows[row].program] = true;
        }
    }

    fn break_ties(&mut self) {
        let mut target = self.outlook.gain;
        for _ in 0..MAX_TRADES {
            let Some((instead, Reverse(member))) = self.lower(target) else {
                return;
            };
            self.is_member[member] = false;
            self.is_member[instead] = true;
            if let Some(out) = self.row_of[member] {
                self.rows.retain(|&row| row != out);
            }
            self.rows.extend(self.row_of[instead]);
            self.look_around();
            target = target.max(self.outlook.gain);
        }
    }

    /// The lowest program that could take the place of a member of a higher index, the highest such one first.
    fn lower(&self, target: f64) -> Option<(usize, Reverse<usize>)> {
        let program = |row: usize| self.matrix.rows[row].program;
        let least = target - self.outlook.gain - self.matrix.slack;
        let between = self
            .outlook
            .equal
            .iter()
            .filter(|trade| trade.change >= least)
            .map(|trade| (program(trade.instead), Reverse(program(trade.member))));
        // Programs without an offer are no rows; one of them can stand wherever nothing is at stake.
        let without_offer = |program: &usize| self.row_of[*program].is_none();
        let idle_rows = self
            .rows
            .iter()
            .zip(&self.outlook.losses)
            .filter(|(_, loss)| -**loss >= least)
            .map(|(&row, _)| program(row));
        let idle = (0..self.is_member.len())
            .filter(without_offer)
            .filter(|&program| self.is_member[program]);
        let idle = idle_rows.chain(idle).max();
        let lowest_idle = (0..self.is_member.len())
            .find(|&program| !self.is_member[program] && self.adds_nothing(program));
        let of_idle = lowest_idle.zip(idle.map(Reverse));
        between
            .chain(of_idle)
            .filter(|(instead, Reverse(member))| instead < member)
            .min()
    }

    fn adds_nothing(&self, program: usize) -> bool {
        self.row_of[program].is_none_or(|row| self.outlook.added[row] <= self.matrix.slack)
    }
}
