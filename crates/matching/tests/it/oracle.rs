//! Small markets in the plainest form, made at random, and stability by definition: every matching is tried.

use matching::{InvalidMarket, Market, Matching};

/// A rank list of programs, each with its supplemental list.
pub(crate) type RankList = Vec<(usize, Vec<usize>)>;

/// The members of a couple, and its list of pairs.
pub(crate) type Couple = ([usize; 2], Vec<[Option<usize>; 2]>);

/// A market by numbers: `a0`, `a1`, … apply to `p0`, `p1`, ….
#[derive(Clone, Debug, Default)]
pub(crate) struct Plain {
    pub(crate) quotas: Vec<usize>,
    pub(crate) lists: Vec<Vec<usize>>,
    pub(crate) ranks: Vec<RankList>,
    pub(crate) couples: Vec<Couple>,
    pub(crate) reversions: Vec<(usize, usize, usize)>,
}

/// What one applicant holds: a program, and perhaps a preliminary one.
pub(crate) type Held = (Option<usize>, Option<usize>);

/// A seeded sequence of small numbers, independent of the library's own.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(
            seed.wrapping_mul(0x5851_F42D_4C95_7F2D)
                .wrapping_add(0x1405_7B7E_F767_814F),
        )
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(0x5851_F42D_4C95_7F2D)
            .wrapping_add(0x1405_7B7E_F767_814F);
        ((self.0 >> 33) as usize) % bound
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn shuffled(&mut self, n: usize) -> Vec<usize> {
        let mut items: Vec<usize> = (0..n).collect();
        for at in (1..n).rev() {
            items.swap(at, self.below(at + 1));
        }
        items
    }

    fn some_of(&mut self, n: usize, most: usize) -> Vec<usize> {
        let mut items = self.shuffled(n);
        items.truncate(1 + self.below(most.min(n)));
        items
    }
}

/// Which kinds of records a random market may have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Kinds {
    pub(crate) couples: bool,
    pub(crate) supplemental: bool,
    pub(crate) reversions: bool,
}

impl Plain {
    /// Makes a crowded market of 2 to 6 applicants.
    pub(crate) fn random(seed: u64, kinds: Kinds) -> Self {
        let mut dice = Dice::new(seed);
        let n_applicants = 2 + dice.below(5);
        let n_programs = 2 + dice.below(4);
        let quotas = (0..n_programs)
            .map(|_| [0, 1, 1, 1, 1, 2, 2, 3][dice.below(8)])
            .collect();
        let lists = (0..n_programs)
            .map(|_| {
                let mut list = dice.shuffled(n_applicants);
                list.retain(|_| !dice.one_in(6));
                list
            })
            .collect();
        let mut plain = Self {
            quotas,
            lists,
            ranks: vec![Vec::new(); n_applicants],
            ..Self::default()
        };
        let n_couples = if kinds.couples {
            dice.below(n_applicants / 2 + 1)
        } else {
            0
        };
        for couple in 0..n_couples {
            plain
                .couples
                .push(([2 * couple, 2 * couple + 1], plain.random_pairs(&mut dice)));
        }
        for applicant in 2 * n_couples..n_applicants {
            let mut list = Vec::new();
            for program in dice.some_of(n_programs, 4) {
                let mut preliminary = Vec::new();
                if kinds.supplemental && dice.one_in(2) {
                    preliminary = dice.some_of(n_programs, 2);
                    preliminary.retain(|&other| other != program);
                }
                list.push((program, preliminary));
            }
            plain.ranks[applicant] = list;
        }
        if kinds.reversions {
            // From lower to higher numbers of a random order, so there is no cycle.
            let order = dice.shuffled(n_programs);
            for _ in 0..1 + dice.below(3) {
                let (one, other) = (dice.below(n_programs), dice.below(n_programs));
                if one != other {
                    let (donor, receiver) = (order[one.min(other)], order[one.max(other)]);
                    plain.reversions.push((donor, receiver, dice.below(3)));
                }
            }
        }
        plain
    }

    fn random_pairs(&self, dice: &mut Dice) -> Vec<[Option<usize>; 2]> {
        let mut pairs: Vec<[Option<usize>; 2]> = Vec::new();
        for _ in 0..1 + dice.below(6) {
            let one = (!dice.one_in(8)).then(|| dice.below(self.quotas.len()));
            let other = if dice.one_in(3) {
                one
            } else {
                (!dice.one_in(8)).then(|| dice.below(self.quotas.len()))
            };
            if !pairs.contains(&[one, other]) {
                pairs.push([one, other]);
            }
        }
        pairs
    }

    pub(crate) fn market(&self) -> Result<Market, InvalidMarket> {
        let a = |at: &usize| format!("a{at}");
        let p = |at: &usize| format!("p{at}");
        let mut market = Market::builder();
        for (at, list) in self.ranks.iter().enumerate() {
            market.applicant(&a(&at), list.iter().map(|(program, _)| p(program)));
            for (program, preliminary) in list {
                if !preliminary.is_empty() {
                    market.supplemental(&a(&at), &p(program), preliminary.iter().map(p));
                }
            }
        }
        for (at, (quota, list)) in self.quotas.iter().zip(&self.lists).enumerate() {
            market.program(&p(&at), *quota as i64, list.iter().map(a));
        }
        for (at, ([one, other], pairs)) in self.couples.iter().enumerate() {
            let pairs = pairs
                .iter()
                .map(|pair| pair.map(|program| program.map(|program| p(&program))));
            market.couple(&format!("c{at}"), [&a(one), &a(other)], pairs);
        }
        for &(donor, receiver, max) in &self.reversions {
            market.reversion(&p(&donor), &p(&receiver), max as i64);
        }
        market.build()
    }

    fn preference(&self, program: usize, applicant: usize) -> Option<usize> {
        self.lists[program]
            .iter()
            .position(|&listed| listed == applicant)
    }

    /// The choices of every single, then of every couple, that both sides list; the last one is "nothing".
    fn choices(&self) -> Vec<Vec<Vec<(usize, Held)>>> {
        let mut agents = Vec::new();
        let in_couple = |applicant| {
            self.couples
                .iter()
                .any(|(members, _)| members.contains(&applicant))
        };
        for (applicant, list) in self.ranks.iter().enumerate() {
            if in_couple(applicant) {
                continue;
            }
            let mut choices = Vec::new();
            for (program, preliminary) in list {
                if self.preference(*program, applicant).is_none() {
                    continue;
                }
                for other in preliminary {
                    if self.preference(*other, applicant).is_some() {
                        choices.push(vec![(applicant, (Some(*program), Some(*other)))]);
                    }
                }
                choices.push(vec![(applicant, (Some(*program), None))]);
            }
            choices.push(vec![(applicant, (None, None))]);
            agents.push(choices);
        }
        for (members, pairs) in &self.couples {
            let listed = |pair: &[Option<usize>; 2]| {
                (0..2).all(|side| {
                    pair[side]
                        .is_none_or(|program| self.preference(program, members[side]).is_some())
                })
            };
            let mut choices: Vec<Vec<(usize, Held)>> = Vec::new();
            for pair in pairs.iter().filter(|pair| listed(pair)) {
                choices.push(
                    (0..2)
                        .map(|side| (members[side], (pair[side], None)))
                        .collect(),
                );
            }
            if !pairs.contains(&[None, None]) {
                choices.push(
                    members
                        .iter()
                        .map(|&member| (member, (None, None)))
                        .collect(),
                );
            }
            agents.push(choices);
        }
        agents
    }

    /// Returns every matching in which both sides list each other, quotas left aside.
    pub(crate) fn matchings(&self) -> Vec<Vec<Held>> {
        let mut matchings = vec![vec![(None, None); self.ranks.len()]];
        for choices in self.choices() {
            let with = |held: &Vec<Held>, choice: &Vec<(usize, Held)>| {
                let mut held = held.clone();
                for &(applicant, places) in choice {
                    held[applicant] = places;
                }
                held
            };
            matchings = matchings
                .iter()
                .flat_map(|held| choices.iter().map(move |choice| with(held, choice)))
                .collect();
        }
        matchings
    }

    /// Returns every stable matching, found by trying every matching.
    pub(crate) fn stable_matchings(&self) -> Vec<Vec<Held>> {
        let mut stable = self.matchings();
        stable.retain(|held| self.is_stable(held));
        stable.sort();
        stable
    }

    fn members_of(&self, held: &[Held], program: usize) -> Vec<usize> {
        let is_here = |&applicant: &usize| {
            let (primary, preliminary) = held[applicant];
            primary == Some(program) || preliminary == Some(program)
        };
        (0..held.len()).filter(is_here).collect()
    }

    /// Stability in the words of the verifier's documentation.
    pub(crate) fn is_stable(&self, held: &[Held]) -> bool {
        let mut places = self.quotas.clone();
        // Donors before receivers: with no cycle, as many rounds as programs settle every number.
        for _ in 0..self.quotas.len() + 1 {
            let mut next = self.quotas.clone();
            let mut given = vec![0; self.quotas.len()];
            for &(donor, receiver, max) in &self.reversions {
                let unfilled = places[donor].saturating_sub(self.members_of(held, donor).len());
                let gift = max.min(unfilled - given[donor]);
                given[donor] += gift;
                next[receiver] += gift;
            }
            places = next;
        }
        if (0..places.len()).any(|program| self.members_of(held, program).len() > places[program]) {
            return false;
        }
        let prefers = |program: usize, one: usize, other: usize| {
            self.preference(program, one) < self.preference(program, other)
        };
        let takes = |program: usize, applicant: usize| {
            let others: Vec<usize> = self
                .members_of(held, program)
                .into_iter()
                .filter(|&other| other != applicant)
                .collect();
            self.preference(program, applicant).is_some()
                && (others.len() < places[program]
                    || others
                        .iter()
                        .any(|&other| prefers(program, applicant, other)))
        };
        let in_couple = |applicant| {
            self.couples
                .iter()
                .any(|(members, _)| members.contains(&applicant))
        };
        for (applicant, list) in self
            .ranks
            .iter()
            .enumerate()
            .filter(|(applicant, _)| !in_couple(*applicant))
        {
            let (primary, preliminary) = held[applicant];
            for (program, supplemental) in list {
                if Some(*program) == primary {
                    let better = supplemental
                        .iter()
                        .take_while(|&&other| Some(other) != preliminary);
                    if better.clone().any(|&other| takes(other, applicant)) {
                        return false;
                    }
                    break;
                }
                if takes(*program, applicant) {
                    return false;
                }
            }
        }
        for (members, pairs) in &self.couples {
            let present = members.map(|member| held[member].0);
            for pair in pairs {
                if *pair == present {
                    break;
                }
                if self.pair_blocks(held, &places, *members, *pair) {
                    return false;
                }
            }
        }
        true
    }

    fn pair_blocks(
        &self,
        held: &[Held],
        places: &[usize],
        members: [usize; 2],
        pair: [Option<usize>; 2],
    ) -> bool {
        let ranked = |side: usize| {
            pair[side].is_none_or(|program| self.preference(program, members[side]).is_some())
        };
        if !ranked(0) || !ranked(1) {
            return false;
        }
        let present = members.map(|member| held[member].0);
        let prefers = |program: usize, one: usize, other: usize| {
            self.preference(program, one) < self.preference(program, other)
        };
        match pair {
            [Some(p), Some(q)] if p == q => {
                let inside = self.members_of(held, p);
                let n_free = places[p] - inside.len();
                let [a, b] = members;
                for (there, other) in [(0, b), (1, a)] {
                    if present[there] == Some(p) {
                        let partner = members[there];
                        return n_free > 0
                            || inside
                                .iter()
                                .any(|&one| one != partner && prefers(p, other, one));
                    }
                }
                n_free >= 2
                    || (n_free == 1
                        && inside
                            .iter()
                            .any(|&one| prefers(p, a, one) || prefers(p, b, one)))
                    || inside.iter().any(|&one| {
                        prefers(p, a, one)
                            && inside.iter().any(|&two| two != one && prefers(p, b, two))
                    })
            }
            _ => (0..2).all(|side| {
                let Some(program) = pair[side] else {
                    return true;
                };
                let inside = self.members_of(held, program);
                present[side] == Some(program)
                    || inside.len() < places[program]
                    || inside
                        .iter()
                        .any(|&one| prefers(program, members[side], one))
            }),
        }
    }

    /// Returns a matching of the library in the plain form.
    pub(crate) fn held(&self, market: &Market, matching: &Matching) -> Vec<Held> {
        (0..self.ranks.len())
            .map(|at| {
                let Some(applicant) = market.find_applicant(&format!("a{at}")) else {
                    return (None, None);
                };
                let number = |program| market.program_id(program)[1..].parse().ok();
                (
                    matching.program(applicant).and_then(number),
                    matching.preliminary(applicant).and_then(number),
                )
            })
            .collect()
    }

    /// Returns a plain matching in the form of the library.
    pub(crate) fn matching(&self, market: &Market, held: &[Held]) -> Matching {
        let mut matching = Matching::empty(market);
        for (at, (primary, preliminary)) in held.iter().enumerate() {
            let Some(applicant) = market.find_applicant(&format!("a{at}")) else {
                continue;
            };
            let program = |number: &Option<usize>| {
                number.and_then(|number| market.find_program(&format!("p{number}")))
            };
            matching.assign(applicant, program(primary));
            matching.assign_preliminary(applicant, program(preliminary));
        }
        matching
    }
}
