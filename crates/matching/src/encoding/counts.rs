//! How many a program holds, and how many places it has: counts, quotas and reversions as clauses.

use crate::sat::Lit;

use super::Encoding;

/// How many of the first applicants of a program's list the program holds.
#[derive(Default)]
pub(super) struct Count {
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

impl Encoding<'_> {
    /// Returns how far a program must count: one past its places, whatever it receives.
    pub(super) fn count_width(&self, program: usize, n_held: usize) -> usize {
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

    /// Adds the count of a program; `wanting` says of whom it is known that they hold the program or the program is full
    /// without them, by place.
    ///
    /// # References
    /// C. Sinz, "Towards an Optimal CNF Encoding of Boolean Cardinality Constraints", CP 2005, in both directions.
    pub(super) fn add_count(
        &mut self,
        program: usize,
        held: Vec<(u32, Lit)>,
        wanting: &[(u32, Lit)],
    ) {
        let width = self.count_width(program, held.len());
        let own = usize::try_from(self.own_places(program)).unwrap_or(0);
        let mut count = Count {
            width,
            ..Count::default()
        };
        let mut before = vec![Lit::FALSE; width];
        before[0] = Lit::TRUE;
        count.at_least.extend(&before);
        for entries in held.chunk_by(|one, other| one.0 == other.0) {
            let place = entries[0].0;
            let ways: Vec<Lit> = entries.iter().map(|entry| entry.1).collect();
            let here = self.or(&ways);
            let start = wanting.partition_point(|entry| entry.0 < place);
            let wanting = wanting[start..].iter().take_while(|entry| entry.0 == place);
            let wanting: Vec<Lit> = wanting.map(|entry| entry.1).collect();
            let after: Vec<Lit> = (0..width)
                .map(|n| match n {
                    0 => Lit::TRUE,
                    _ => self.step(
                        here,
                        if n <= own { &wanting } else { &[] },
                        before[n - 1],
                        before[n],
                    ),
                })
                .collect();
            count.places.push(place);
            count.at_least.extend(&after);
            before = after;
        }
        self.count_of[program] = self.counts.len() as u32;
        self.counts.push(count);
    }

    /// Returns "at least n up to here" from "at least n − 1" and "at least n" before.
    ///
    /// Whoever is `wanting` and not held finds the program full, so that they count for every n up to its places.
    fn step(&mut self, here: Lit, wanting: &[Lit], fewer: Lit, enough: Lit) -> Lit {
        if enough == Lit::TRUE || fewer == Lit::FALSE {
            return enough;
        }
        if here == Lit::TRUE {
            return fewer;
        }
        let after = self.sat.variable(false);
        self.sat.clause(&[!enough, after]);
        self.sat.clause(&[!after, fewer]);
        self.sat.clause(&[!after, enough, here]);
        self.sat.clause(&[!here, !fewer, after]);
        for &wanting in wanting {
            self.sat.clause(&[!wanting, !fewer, after]);
        }
        after
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
    pub(super) fn add_reversions(&mut self) {
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

    pub(super) fn add_quotas(&mut self) {
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
    pub(super) fn full(&mut self, program: u32, place: u32, spare: i64) -> Lit {
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
}
