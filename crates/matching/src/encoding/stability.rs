//! Nobody blocks: what each agent prefers to what it holds is full.

use crate::builder::Span;
use crate::index::NONE;
use crate::market::Pair;
use crate::sat::Lit;

use super::Encoding;

impl Encoding<'_> {
    pub(super) fn add_stability(&mut self) {
        let market = self.market;
        let singles = std::mem::take(&mut self.singles);
        for single in &singles {
            let start = market.rows[single.applicant as usize].start as usize;
            for (rank, &up_to) in market
                .row(single.applicant)
                .iter()
                .zip(&single.ladder.up_to)
            {
                let full = self.full(rank.program, rank.place, 0);
                self.sat.clause(&[up_to, full]);
            }
            for (at, ladder) in &single.supplemental {
                for (rank, &up_to) in market
                    .supplemental_row(start + at)
                    .iter()
                    .zip(&ladder.up_to)
                {
                    let full = self.full(rank.program, rank.place, 0);
                    self.sat.clause(&[!single.ladder.exactly[*at], up_to, full]);
                }
            }
        }
        self.singles = singles;
        let couples = std::mem::take(&mut self.couples);
        for pairs in &couples {
            for (pair, &up_to) in market
                .pair_row(pairs.couple)
                .iter()
                .zip(&pairs.ladder.up_to)
            {
                self.add_pair(pair, up_to);
            }
        }
        self.couples = couples;
        self.add_stability_outside();
    }

    /// A pair that is better than what the couple holds must be refused by one of its programs.
    fn add_pair(&mut self, pair: &Pair, up_to: Lit) {
        let mut clause = vec![up_to];
        if pair.program[0] == pair.program[1] && pair.program[0] != NONE {
            let [better, other] = [
                pair.place[0].min(pair.place[1]),
                pair.place[0].max(pair.place[1]),
            ];
            clause.push(self.full(pair.program[0], better, 1));
            clause.push(self.full(pair.program[0], other, 0));
        } else {
            for side in 0..2 {
                if pair.program[side] != NONE {
                    clause.push(self.full(pair.program[side], pair.place[side], 0));
                }
            }
        }
        self.sat.clause(&clause);
    }

    /// Those who stay where they are must not be wanted by a program that somebody free can reach.
    fn add_stability_outside(&mut self) {
        let market = self.market;
        let mut outside: Vec<u32> = Vec::new();
        for program in 0..market.n_programs() {
            if self.count_of[program] != NONE {
                let listed = market.list(program as u32).iter();
                outside.extend(listed.filter(|&&applicant| !self.region.free[applicant as usize]));
            }
        }
        outside.sort_unstable();
        outside.dedup();
        for applicant in outside {
            let couple = market.couple_at(applicant);
            if couple != NONE {
                let members = market.members[couple as usize];
                let held = members.map(|member| self.region.base.primary[member as usize]);
                for pair in market
                    .pair_row(couple)
                    .iter()
                    .take_while(|pair| pair.program != held)
                {
                    self.add_pair(pair, Lit::FALSE);
                }
                continue;
            }
            let held = self.region.base.primary[applicant as usize];
            let Span { start, .. } = market.rows[applicant as usize];
            for (at, rank) in market.row(applicant).iter().enumerate() {
                if rank.program != held {
                    let full = self.full(rank.program, rank.place, 0);
                    self.sat.clause(&[full]);
                    continue;
                }
                let preliminary = self.region.base.preliminary_at(applicant);
                let list = market.supplemental_row(start as usize + at);
                for rank in list.iter().take_while(|rank| rank.program != preliminary) {
                    let full = self.full(rank.program, rank.place, 0);
                    self.sat.clause(&[full]);
                }
                break;
            }
        }
    }
}
