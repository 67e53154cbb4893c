//! Stability as clauses: the encoding that the exact search and the enumeration hand to the solver.
//!
//! Every agent has order variables "holds this entry of the list or a better one", every program counts how many of
//! its first k applicants it holds.
//! "p would take a" is then one literal, because it only asks how many of those whom p prefers to a it holds: fewer
//! than its places.
//! For two partners and one program McDermid and Manlove's cases come down to two such questions: fewer than q − 1 are
//! held who are better than the better partner, and fewer than q who are better than the other, the first one counted
//! if already there.

mod counts;
mod stability;

use counts::Count;

use crate::index::NONE;
use crate::market::{Market, Rank};
use crate::matching::Matching;
use crate::sat::{Answer, Lit, Sat};

/// What the search may change, and what stays as it is.
pub(crate) struct Region<'a> {
    /// By applicant: may get other places. Partners are free together.
    pub(crate) free: &'a [bool],
    /// Where the others are, and which values the search tries first.
    pub(crate) base: &'a Matching,
    /// Fixed numbers of places; `None` when reversions are part of the question.
    pub(crate) places: Option<&'a [u32]>,
}

/// The order variables of one list, and "holds exactly this entry".
#[derive(Clone, Default)]
struct Ladder {
    up_to: Vec<Lit>,
    exactly: Vec<Lit>,
}

struct Single {
    applicant: u32,
    ladder: Ladder,
    /// For each entry of the rank list with a supplemental list, the ladder of that list.
    supplemental: Vec<(usize, Ladder)>,
}

struct Pairs {
    couple: u32,
    ladder: Ladder,
}

/// The clauses that hold exactly for the stable matchings of a region.
pub(crate) struct Encoding<'a> {
    market: &'a Market,
    region: Region<'a>,
    sat: Sat,
    singles: Vec<Single>,
    couples: Vec<Pairs>,
    /// By program: an index into `counts`, or [`NONE`] for a program that nobody free can reach.
    count_of: Vec<u32>,
    counts: Vec<Count>,
    /// By program: literals "at least t places are received", from t = 1.
    received: Vec<Vec<Lit>>,
}

impl<'a> Encoding<'a> {
    /// Returns `None` when the clauses would need more than `max_variables` variables.
    pub(crate) fn new(
        market: &'a Market,
        region: Region<'a>,
        max_variables: usize,
    ) -> Option<Self> {
        let mut encoding = Self {
            market,
            region,
            sat: Sat::new(),
            singles: Vec::new(),
            couples: Vec::new(),
            count_of: vec![NONE; market.n_programs()],
            counts: Vec::new(),
            received: vec![Vec::new(); market.n_programs()],
        };
        encoding.add_agents();
        let held = encoding.held();
        // Who stays where they are needs no variable.
        let n_open = |held: &[(u32, Lit)]| held.iter().filter(|entry| entry.1 != Lit::TRUE).count();
        let reached = held.iter().enumerate().filter(|(_, held)| !held.is_empty());
        let n_cells: usize = reached
            .map(|(program, held)| n_open(held) * encoding.count_width(program, held.len()))
            .sum();
        if n_cells + encoding.sat.n_variables() > max_variables {
            return None;
        }
        let wanting = encoding.wanting();
        for (program, held) in held.into_iter().enumerate() {
            if !held.is_empty() {
                encoding.add_count(program, held, &wanting[program]);
            }
        }
        encoding.add_reversions();
        encoding.add_quotas();
        encoding.add_stability();
        Some(encoding)
    }

    /// Searches for a stable matching.
    pub(crate) fn solve(&mut self, max_conflicts: u64) -> Answer {
        self.sat.solve(max_conflicts)
    }

    /// Returns the matching that was found: the base outside the region.
    pub(crate) fn matching(&self) -> Matching {
        let market = self.market;
        let mut matching = self.region.base.clone();
        let with_preliminary = !matching.preliminary.is_empty();
        for single in &self.singles {
            let applicant = single.applicant as usize;
            let row = market.row(single.applicant);
            let entry = self.chosen(&single.ladder);
            matching.primary[applicant] = entry.map_or(NONE, |at| row[at].program);
            if with_preliminary {
                let list = single
                    .supplemental
                    .iter()
                    .find(|(at, _)| Some(*at) == entry);
                let start = market.rows[applicant].start as usize;
                let preliminary = list.and_then(|(at, ladder)| {
                    self.chosen(ladder)
                        .map(|chosen| market.supplemental_row(start + at)[chosen].program)
                });
                matching.preliminary[applicant] = preliminary.unwrap_or(NONE);
            }
        }
        for pairs in &self.couples {
            let row = market.pair_row(pairs.couple);
            let programs = self
                .chosen(&pairs.ladder)
                .map_or([NONE; 2], |at| row[at].program);
            for (member, program) in market.members[pairs.couple as usize]
                .into_iter()
                .zip(programs)
            {
                matching.primary[member as usize] = program;
            }
        }
        matching
    }

    /// Excludes the matching that was found, so that the next search finds another.
    pub(crate) fn exclude(&mut self) {
        let mut clause = Vec::new();
        let ladders = self.singles.iter().flat_map(|single| {
            let lists = single.supplemental.iter().map(|(_, ladder)| ladder);
            std::iter::once(&single.ladder).chain(lists)
        });
        for ladder in ladders.chain(self.couples.iter().map(|pairs| &pairs.ladder)) {
            match self.chosen(ladder) {
                Some(at) => clause.push(!ladder.exactly[at]),
                None => clause.extend(ladder.up_to.last()),
            }
        }
        self.sat.clause(&clause);
    }

    fn chosen(&self, ladder: &Ladder) -> Option<usize> {
        ladder.up_to.iter().position(|&up_to| self.sat.value(up_to))
    }

    fn add_agents(&mut self) {
        let market = self.market;
        for applicant in 0..market.n_applicants() as u32 {
            if !self.region.free[applicant as usize] || market.couple_at(applicant) != NONE {
                continue;
            }
            let row = market.row(applicant);
            let held = self.region.base.primary[applicant as usize];
            let ladder = self.ladder(row.len(), row.iter().position(|rank| rank.program == held));
            let start = market.rows[applicant as usize].start as usize;
            let mut supplemental = Vec::new();
            for at in 0..row.len() {
                let list = market.supplemental_row(start + at);
                if list.is_empty() {
                    continue;
                }
                let held = self.region.base.preliminary_at(applicant);
                let chosen = list.iter().position(|rank| rank.program == held);
                let rungs = self.ladder(list.len(), chosen);
                // The list counts only while its advanced program holds the applicant.
                self.sat
                    .clause(&[!rungs.up_to[list.len() - 1], ladder.exactly[at]]);
                supplemental.push((at, rungs));
            }
            self.singles.push(Single {
                applicant,
                ladder,
                supplemental,
            });
        }
        for couple in 0..market.n_couples() as u32 {
            let members = market.members[couple as usize];
            if !self.region.free[members[0] as usize] {
                continue;
            }
            let row = market.pair_row(couple);
            let held = members.map(|member| self.region.base.primary[member as usize]);
            let ladder = self.ladder(row.len(), row.iter().position(|pair| pair.program == held));
            self.couples.push(Pairs { couple, ladder });
        }
    }

    fn ladder(&mut self, len: usize, chosen: Option<usize>) -> Ladder {
        let mut ladder = Ladder::default();
        for at in 0..len {
            let up_to = self.sat.variable(chosen.is_some_and(|chosen| chosen <= at));
            let exactly = match ladder.up_to.last() {
                None => up_to,
                Some(&before) => {
                    self.sat.clause(&[!before, up_to]);
                    self.and(up_to, !before)
                }
            };
            ladder.up_to.push(up_to);
            ladder.exactly.push(exactly);
        }
        ladder
    }

    /// Returns for each program that somebody free can reach, who is held at which place, and when.
    fn held(&self) -> Vec<Vec<(u32, Lit)>> {
        let market = self.market;
        let mut held: Vec<Vec<(u32, Lit)>> = vec![Vec::new(); market.n_programs()];
        for single in &self.singles {
            let start = market.rows[single.applicant as usize].start as usize;
            let mut add = |row: &[Rank], ladder: &Ladder| {
                for (rank, &exactly) in row.iter().zip(&ladder.exactly) {
                    held[rank.program as usize].push((rank.place, exactly));
                }
            };
            add(market.row(single.applicant), &single.ladder);
            for (at, ladder) in &single.supplemental {
                add(market.supplemental_row(start + at), ladder);
            }
        }
        for pairs in &self.couples {
            for (pair, &exactly) in market
                .pair_row(pairs.couple)
                .iter()
                .zip(&pairs.ladder.exactly)
            {
                for side in 0..2 {
                    if pair.program[side] != NONE {
                        held[pair.program[side] as usize].push((pair.place[side], exactly));
                    }
                }
            }
        }
        for (program, held) in held.iter_mut().enumerate() {
            if held.is_empty() {
                continue;
            }
            for (place, &applicant) in market.list(program as u32).iter().enumerate() {
                let is_here = self.region.base.primary[applicant as usize] == program as u32
                    || self.region.base.preliminary_at(applicant) == program as u32;
                if is_here && !self.region.free[applicant as usize] {
                    held.push((place as u32, Lit::TRUE));
                }
            }
            held.sort_unstable();
        }
        held
    }

    /// Returns for each program the singles who hold nothing better, by place: each holds it, or it is full of others
    /// whom it prefers.
    fn wanting(&self) -> Vec<Vec<(u32, Lit)>> {
        let market = self.market;
        let mut wanting: Vec<Vec<(u32, Lit)>> = vec![Vec::new(); market.n_programs()];
        for single in &self.singles {
            let row = market.row(single.applicant);
            let better = std::iter::once(Lit::FALSE).chain(single.ladder.up_to.iter().copied());
            for (rank, better) in row.iter().zip(better) {
                wanting[rank.program as usize].push((rank.place, !better));
            }
        }
        for wanting in &mut wanting {
            wanting.sort_unstable();
        }
        wanting
    }

    fn and(&mut self, one: Lit, other: Lit) -> Lit {
        if one == Lit::FALSE || other == Lit::FALSE || one == !other {
            return Lit::FALSE;
        }
        if one == Lit::TRUE || one == other {
            return other;
        }
        if other == Lit::TRUE {
            return one;
        }
        let both = self.sat.variable(false);
        self.sat.clause(&[!both, one]);
        self.sat.clause(&[!both, other]);
        self.sat.clause(&[both, !one, !other]);
        both
    }

    fn or(&mut self, ways: &[Lit]) -> Lit {
        if ways.contains(&Lit::TRUE) {
            return Lit::TRUE;
        }
        let mut open: Vec<Lit> = ways
            .iter()
            .copied()
            .filter(|&way| way != Lit::FALSE)
            .collect();
        open.sort_unstable();
        open.dedup();
        match open[..] {
            [] => Lit::FALSE,
            [only] => only,
            _ => {
                let any = self.sat.variable(false);
                for &way in &open {
                    self.sat.clause(&[any, !way]);
                }
                open.push(!any);
                self.sat.clause(&open);
                any
            }
        }
    }
}
