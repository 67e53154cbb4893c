//! Stability as clauses: the encoding that the exact search and the enumeration hand to the solver.
//!
//! Every agent has order variables "holds this entry of the list or a better one", every program counts how many of
//! its first k applicants it holds.
//! "p would take a" is then one literal, because it only asks how many of those whom p prefers to a it holds: fewer
//! than its places.
//! For two partners and one program McDermid and Manlove's cases come down to two such questions: fewer than q − 1 are
//! held who are better than the better partner, and fewer than q who are better than the other, the first one counted
//! if already there.

use crate::builder::Span;
use crate::index::NONE;
use crate::market::{Market, Pair, Rank};
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

/// How many of the first applicants of a program's list the program holds.
#[derive(Default)]
struct Count {
    /// Places on the list at which somebody can be held, in order.
    places: Vec<u32>,
    /// `at_least[k * width + s]`: of the first k, at least s are held.
    at_least: Vec<Lit>,
    width: usize,
}

impl Count {
    /// Returns "at least `n` of those before `place` are held"; every `n` that was not foreseen is out of reach.
    fn before(&self, place: u32, n: i64) -> Lit {
        let k = self.places.partition_point(|&at| at < place);
        self.of_first(k, n)
    }

    fn in_all(&self, n: i64) -> Lit {
        self.of_first(self.places.len(), n)
    }

    fn of_first(&self, k: usize, n: i64) -> Lit {
        match usize::try_from(n) {
            Err(_) | Ok(0) => Lit::TRUE,
            Ok(n) if n < self.width => self.at_least[k * self.width + n],
            Ok(_) => Lit::FALSE,
        }
    }
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
        for (program, held) in held.into_iter().enumerate() {
            if !held.is_empty() {
                encoding.add_count(program, held);
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

    /// Returns how far a program must count: one past its places, whatever it receives.
    fn count_width(&self, program: usize, n_held: usize) -> usize {
        let gifts = self
            .market
            .reversions
            .iter()
            .filter(|reversion| reversion.receiver as usize == program);
        let places = match self.region.places {
            Some(places) => places[program] as usize,
            None => {
                self.market.quotas[program] as usize
                    + gifts.map(|gift| gift.max as usize).sum::<usize>()
            }
        };
        (places + 1).min(n_held) + 1
    }

    fn add_count(&mut self, program: usize, held: Vec<(u32, Lit)>) {
        let width = self.count_width(program, held.len());
        let mut count = Count {
            width,
            ..Count::default()
        };
        let mut before = vec![Lit::FALSE; width];
        before[0] = Lit::TRUE;
        count.at_least.extend(&before);
        for entries in held.chunk_by(|one, other| one.0 == other.0) {
            let ways: Vec<Lit> = entries.iter().map(|entry| entry.1).collect();
            let here = self.or(&ways);
            let mut after = before.clone();
            for n in 1..width {
                let more = self.and(here, before[n - 1]);
                after[n] = self.or(&[before[n], more]);
            }
            count.places.push(entries[0].0);
            count.at_least.extend(&after);
            before = after;
        }
        self.count_of[program] = self.counts.len() as u32;
        self.counts.push(count);
    }

    fn count(&self, program: usize) -> Option<&Count> {
        self.counts.get(self.count_of[program] as usize)
    }

    fn own_places(&self, program: usize) -> i64 {
        i64::from(
            self.region
                .places
                .map_or(self.market.quotas[program], |places| places[program]),
        )
    }

    /// Counts, donor after donor, what is unfilled and passed on.
    fn add_reversions(&mut self) {
        if self.region.places.is_some() {
            return;
        }
        let mut given = vec![0_i64; self.market.n_programs()];
        for reversion in &self.market.reversions {
            let donor = reversion.donor as usize;
            let already = given[donor];
            given[donor] += i64::from(reversion.max);
            let most = self.own_places(donor) + self.received[donor].len() as i64 - already;
            // More places than all applicants could hold make no difference to anybody.
            let useful = 2 * self.market.n_applicants() as i64;
            let most = most.min(useful).min(i64::from(reversion.max));
            let gift: Vec<Lit> = (1..=most)
                .map(|n| self.unfilled(donor, already + n))
                .collect();
            let receiver = reversion.receiver as usize;
            let received = std::mem::take(&mut self.received[receiver]);
            self.received[receiver] = self.sum(&received, &gift);
        }
    }

    /// Returns "the program leaves at least `n` places unfilled".
    fn unfilled(&mut self, program: usize, n: i64) -> Lit {
        let places = self.own_places(program);
        let received = self.received[program].clone();
        let mut ways = Vec::new();
        for (gift, at_least) in std::iter::once(Lit::TRUE).chain(received).enumerate() {
            let most_held = places + gift as i64 - n;
            let too_many = match self.count(program) {
                Some(count) => count.in_all(most_held + 1),
                None if most_held < 0 => Lit::TRUE,
                None => Lit::FALSE,
            };
            ways.push(self.and(at_least, !too_many));
        }
        self.or(&ways)
    }

    /// Adds two numbers that are given as "at least 1, at least 2, …".
    fn sum(&mut self, one: &[Lit], other: &[Lit]) -> Vec<Lit> {
        (1..=one.len() + other.len())
            .map(|n| {
                let ways: Vec<Lit> = (n.saturating_sub(other.len())..=n.min(one.len()))
                    .map(|from_one| {
                        let at_least =
                            |list: &[Lit], n: usize| if n == 0 { Lit::TRUE } else { list[n - 1] };
                        self.and(at_least(one, from_one), at_least(other, n - from_one))
                    })
                    .collect();
                self.or(&ways)
            })
            .collect()
    }

    fn add_quotas(&mut self) {
        for program in 0..self.market.n_programs() {
            let places = self.own_places(program);
            let Some(count) = self.count(program) else {
                continue;
            };
            let received = &self.received[program];
            let mut clauses = vec![vec![!count.in_all(places + received.len() as i64 + 1)]];
            for (at, &received) in received.iter().enumerate() {
                clauses.push(vec![!count.in_all(places + at as i64 + 1), received]);
            }
            for clause in clauses {
                self.sat.clause(&clause);
            }
        }
    }

    /// Returns a literal that can be true just when the program holds at least its places less `spare` of those whom it
    /// prefers to the one at `place`.
    fn full(&mut self, program: u32, place: u32, spare: i64) -> Lit {
        let least = self.own_places(program as usize) - spare;
        let received = self.received[program as usize].clone();
        let Some(count) = self.count(program as usize) else {
            return self.full_outside(program, place, least);
        };
        let own = count.before(place, least);
        if received.is_empty() {
            return own;
        }
        let more: Vec<Lit> = (1..=received.len() as i64)
            .map(|gift| count.before(place, least + gift))
            .collect();
        let full = self.sat.variable(true);
        self.sat.clause(&[!full, own]);
        for (received, more) in received.into_iter().zip(more) {
            self.sat.clause(&[!full, !received, more]);
        }
        full
    }

    /// Answers the same question for a program that nobody free can reach.
    fn full_outside(&self, program: u32, place: u32, least: i64) -> Lit {
        let base = self.region.base;
        let is_here = |applicant: u32| {
            base.primary[applicant as usize] == program || base.preliminary_at(applicant) == program
        };
        let better = &self.market.list(program)[..place as usize];
        let n_better = better
            .iter()
            .filter(|&&applicant| is_here(applicant))
            .count() as i64;
        if n_better >= least {
            Lit::TRUE
        } else {
            Lit::FALSE
        }
    }

    fn add_stability(&mut self) {
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
