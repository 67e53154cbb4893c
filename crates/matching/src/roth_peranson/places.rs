//! Holding, displacing and leaving places during a run.

use super::{MAX_DISPLACED, MAX_DISPLACED_SINGLE, Run};
use crate::index::NONE;
use crate::market::Rank;

impl Run<'_> {
    /// Holds somebody, and displaces the worst of the others while there are too many; `partner` is spared too.
    pub(super) fn take(&mut self, rank: Rank, partner: u32) {
        self.seats.hold(rank.program, rank.place);
        let spared = [rank.place, partner];
        while self.seats.desk(rank.program).n_held > self.seats.desk(rank.program).places {
            let worst = self.seats.worst(rank.program);
            let leaves = if spared.contains(&worst) {
                self.seats.worst_besides(rank.program, spared)
            } else {
                Some(worst)
            };
            let Some(leaves) = leaves else {
                return;
            };
            if leaves < worst {
                // A weak partner stays in place of somebody better, so others may now want to come.
                self.offer(rank.program);
            }
            self.displace(rank.program, leaves);
        }
    }

    /// Lets the one at a place go, who loses everything that hangs on it and tries again.
    pub(super) fn displace(&mut self, program: u32, place: u32) {
        let applicant = self.market.list(program)[place as usize];
        self.n_displaced[applicant as usize] += 1;
        let couple = self.market.couple_at(applicant);
        let counted = if couple == NONE {
            applicant
        } else {
            self.market.members[couple as usize][0]
        };
        if couple != NONE {
            self.leave_pair(couple);
        } else if self
            .preliminary(applicant)
            .is_some_and(|rank| rank.program == program)
        {
            self.leave_preliminary(applicant);
        } else {
            self.leave(applicant);
        }
        self.displaced[counted as usize] += 1;
        let displaced = self.displaced[counted as usize];
        let loops = match couple {
            NONE => displaced > MAX_DISPLACED_SINGLE && self.has_supplemental(applicant),
            _ => displaced > MAX_DISPLACED,
        };
        if loops {
            self.park(applicant, couple);
            return;
        }
        let task = self.task_of(applicant);
        self.tasks.push(task);
    }

    /// Takes somebody who loops out of the market for now.
    pub(super) fn park(&mut self, applicant: u32, couple: u32) {
        if couple == NONE {
            self.leave(applicant);
            self.is_parked[applicant as usize] = true;
            self.parked.push(applicant);
            return;
        }
        let members = self.market.members[couple as usize];
        for member in members {
            self.is_parked[member as usize] = true;
        }
        self.parked.push(members[0]);
    }

    pub(super) fn leave(&mut self, applicant: u32) {
        self.leave_preliminary(applicant);
        let at = std::mem::replace(&mut self.at[applicant as usize], NONE);
        if at != NONE {
            let rank = self.market.row(applicant)[at as usize];
            self.vacate(rank.program, rank.place);
        }
    }

    pub(super) fn leave_preliminary(&mut self, applicant: u32) {
        if let Some(rank) = self.preliminary(applicant) {
            self.preliminary_at[applicant as usize] = NONE;
            self.vacate(rank.program, rank.place);
        }
    }

    pub(super) fn leave_pair(&mut self, couple: u32) {
        let at = std::mem::replace(&mut self.pair_at[couple as usize], NONE);
        if at == NONE {
            return;
        }
        let pair = self.market.pair_row(couple)[at as usize];
        for side in 0..2 {
            if pair.program[side] != NONE {
                self.vacate(pair.program[side], pair.place[side]);
            }
        }
    }

    pub(super) fn vacate(&mut self, program: u32, place: u32) {
        self.seats.release(program, place);
        self.offer(program);
    }
}
