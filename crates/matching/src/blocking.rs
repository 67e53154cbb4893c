//! The verifier: which pairs block a matching. It shares nothing with the solvers but the market itself.

use crate::index::{Applicant, Couple, NONE, Program};
use crate::market::{Market, Pair};
use crate::matching::{Matching, places_with_reversions};

/// Applicants and programs who would all rather be matched to each other than follow the matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockingPair {
    /// A single applicant and a better program of the rank list that would take the applicant.
    Single {
        /// The applicant.
        applicant: Applicant,
        /// The program that both prefer.
        program: Program,
    },
    /// An applicant held by an advanced program and a better program of its supplemental list that would take the
    /// applicant.
    Supplemental {
        /// The applicant.
        applicant: Applicant,
        /// The advanced program that holds the applicant and keeps doing so.
        advanced: Program,
        /// The preliminary program that both prefer.
        program: Program,
    },
    /// A couple and a better pair of programs that would take both members.
    Couple {
        /// The couple.
        couple: Couple,
        /// The programs that all prefer; `None` where the member takes no place.
        programs: [Option<Program>; 2],
    },
}

/// Why somebody's claim is not a matching of the market at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotAMatching {
    /// The claim has entries for another number of applicants than the market.
    OtherMarket,
    /// An applicant is held by a program although one of them does not rank the other.
    NotRanked {
        /// The applicant.
        applicant: Applicant,
        /// The program.
        program: Program,
    },
    /// An applicant holds a preliminary place that is not on the supplemental list of the program that holds the
    /// applicant.
    NotSupplemental {
        /// The applicant.
        applicant: Applicant,
        /// The preliminary program.
        program: Program,
    },
    /// A couple holds two places that are no pair of its list.
    NotOnPairList {
        /// The couple.
        couple: Couple,
    },
    /// A program holds more applicants than it has places, reversions included.
    OverQuota {
        /// The program.
        program: Program,
        /// The number of applicants that it holds.
        held: u32,
        /// The number of its places.
        places: u32,
    },
}

/// Returns every blocking pair of a matching; none means that the matching is stable.
///
/// # What stable means here
/// Let M(p) be the applicants whom program p holds, on whichever list they come, and q(p) its places.
/// p *would take* applicant a when, leaving a aside, p holds fewer than q(p) applicants or prefers a to one of them.
///
/// - **Singles.** A single a and a program p block when a prefers p to the program of the rank list that holds a (or is
///   held by none), and p would take a.
///   An applicant who sits in p with a preliminary place, and ranks p higher than the advanced program, blocks too: p
///   need not give up anybody.
/// - **Supplemental lists.** Preferences are lexicographic: first the rank list, then the supplemental list of the program
///   that holds the applicant.
///   A missing preliminary place never moves an applicant down the rank list.
///   a, held by p, and a program r of the supplemental list for p block when a prefers r to the present preliminary place
///   (or has none), and r would take a.
/// - **Couples** (McDermid and Manlove 2010). A couple (a, b) and a better pair (p, r) of its list block when:
///   - p ≠ r: each program of the pair either holds its member already, or has a free place, or prefers the member to
///     somebody whom it holds (the partner counts here, for the partner leaves); a member without a program in the pair
///     asks nobody;
///   - p = r and one partner is already there: p has a free place, or prefers the other to somebody whom it holds *other than
///     the partner*;
///   - p = r and neither is there: p has two free places; or one, and prefers at least one of them to somebody whom it
///     holds; or none, and prefers a to one and b to another of those whom it holds.
///
///   Bacchus and Drummond ask more when p = r: both partners must be among the best q(p) of M(p) ∪ {a, b}. Under their
///   rule a strong partner cannot carry a weak one past somebody whom p prefers to the weak one; under this rule one can.
/// - **Reversions.** q(p) counts the places received. What a donor gives is what it leaves unfilled, up to the maximum, in
///   the order of the reversions; a donor's own number of places is not lowered, so an applicant who wants a place that was
///   given away blocks.
///
/// # Errors
/// [`NotAMatching`] when the claim breaks a list or a quota.
///
/// # Complexity
/// O(L + Σ over couples' pairs in one program of q) time: L is the total length of the applicants' lists.
///
/// # References
/// E. McDermid and D. F. Manlove, "Keeping partners together: algorithmic results for the hospitals/residents problem
/// with couples", Journal of Combinatorial Optimization 19 (2010), 279–303.
/// J. Drummond, A. Perrault and F. Bacchus, "SAT is an effective and complete method for solving stable matching problems
/// with couples", IJCAI 2015.
///
/// # Example
/// A couple and a single with no stable matching (B. Klaus and F. Klijn, "Stable matchings and preferences of couples",
/// Journal of Economic Theory 121, 2005): whoever is placed, somebody blocks.
/// ```
/// use matching::{BlockingPair, Market, Matching, blocking_pairs};
///
/// let mut market = Market::builder();
/// market.program("h1", 1, ["c1", "s"]).program("h2", 1, ["s", "c2"]);
/// market.applicant("s", ["h1", "h2"]);
/// market.couple("c", ["c1", "c2"], [[Some("h1"), Some("h2")]]);
/// let market = market.build()?;
/// let (single, h2) = (market.find_applicant("s").unwrap(), market.find_program("h2").unwrap());
///
/// let mut matching = Matching::empty(&market);
/// for (applicant, program) in [("c1", "h1"), ("c2", "h2")] {
///     matching.assign(market.find_applicant(applicant).unwrap(), market.find_program(program));
/// }
/// let blocking = blocking_pairs(&market, &matching).unwrap();
/// assert_eq!(blocking, [BlockingPair::Single { applicant: single, program: h2 }]);
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
pub fn blocking_pairs(
    market: &Market,
    matching: &Matching,
) -> Result<Vec<BlockingPair>, NotAMatching> {
    let state = Held::new(market, matching)?;
    let mut blocking = Vec::new();
    for applicant in 0..market.n_applicants() as u32 {
        if market.couple_at(applicant) == NONE {
            state.single(applicant, &mut blocking)?;
        }
    }
    for couple in 0..market.n_couples() as u32 {
        state.couple(couple, &mut blocking)?;
    }
    Ok(blocking)
}

/// What the verifier knows of a program.
#[derive(Clone, Copy, Default)]
struct Seats {
    n_held: u32,
    places: u32,
    /// The place on the program's list of the worst applicant held.
    worst: u32,
}

struct Held<'a> {
    market: &'a Market,
    matching: &'a Matching,
    seats: Vec<Seats>,
    /// Where each applicant stands on the list of the program that holds the applicant.
    place: Vec<u32>,
}

impl<'a> Held<'a> {
    fn new(market: &'a Market, matching: &'a Matching) -> Result<Self, NotAMatching> {
        let n = market.n_applicants();
        let fits = |list: &[u32]| {
            list.iter()
                .all(|&program| program == NONE || (program as usize) < market.n_programs())
        };
        if matching.primary.len() != n
            || !(matching.preliminary.is_empty() || matching.preliminary.len() == n)
            || !fits(&matching.primary)
            || !fits(&matching.preliminary)
        {
            return Err(NotAMatching::OtherMarket);
        }
        let mut held = Self {
            market,
            matching,
            seats: vec![Seats::default(); market.n_programs()],
            place: vec![NONE; n],
        };
        for applicant in 0..n as u32 {
            held.seat(applicant)?;
        }
        let places = places_with_reversions(market, |program| held.seats[program].n_held);
        for (program, (seats, places)) in held.seats.iter_mut().zip(places).enumerate() {
            seats.places = places;
            if seats.n_held > places {
                let program = Program(program as u32);
                return Err(NotAMatching::OverQuota {
                    program,
                    held: seats.n_held,
                    places,
                });
            }
        }
        Ok(held)
    }

    fn seat(&mut self, applicant: u32) -> Result<(), NotAMatching> {
        let market = self.market;
        let program = self.matching.primary[applicant as usize];
        let preliminary = self.matching.preliminary_at(applicant);
        if program == NONE {
            if let Some(program) = Program::some(preliminary) {
                return Err(NotAMatching::NotSupplemental {
                    applicant: Applicant(applicant),
                    program,
                });
            }
            return Ok(());
        }
        let place = if market.couple_at(applicant) == NONE {
            let row = market.row(applicant);
            row.iter()
                .position(|rank| rank.program == program)
                .map(|at| {
                    let start = market.rows[applicant as usize].start as usize;
                    (row[at].place, market.supplemental_row(start + at))
                })
        } else {
            market
                .list(program)
                .iter()
                .position(|&listed| listed == applicant)
                .map(|at| (at as u32, &[][..]))
        };
        let Some((place, supplemental)) = place else {
            return Err(NotAMatching::NotRanked {
                applicant: Applicant(applicant),
                program: Program(program),
            });
        };
        self.place[applicant as usize] = place;
        self.add(program, place);
        if let Some(preliminary) = Program::some(preliminary) {
            let Some(rank) = supplemental
                .iter()
                .find(|rank| rank.program == preliminary.0)
            else {
                return Err(NotAMatching::NotSupplemental {
                    applicant: Applicant(applicant),
                    program: preliminary,
                });
            };
            self.add(rank.program, rank.place);
        }
        Ok(())
    }

    fn add(&mut self, program: u32, place: u32) {
        let seats = &mut self.seats[program as usize];
        seats.worst = if seats.n_held == 0 {
            place
        } else {
            seats.worst.max(place)
        };
        seats.n_held += 1;
    }

    /// Tells whether the program has a free place, or prefers the one at `place` to somebody whom it holds.
    fn has_room(&self, program: u32, place: u32) -> bool {
        let seats = self.seats[program as usize];
        seats.n_held < seats.places || (seats.n_held > 0 && place < seats.worst)
    }

    fn single(&self, applicant: u32, blocking: &mut Vec<BlockingPair>) -> Result<(), NotAMatching> {
        let market = self.market;
        let program = self.matching.primary[applicant as usize];
        let preliminary = self.matching.preliminary_at(applicant);
        let start = market.rows[applicant as usize].start as usize;
        for (at, rank) in market.row(applicant).iter().enumerate() {
            if rank.program != program {
                // Who already sits there with a preliminary place displaces nobody.
                if rank.program == preliminary || self.has_room(rank.program, rank.place) {
                    let (applicant, program) = (Applicant(applicant), Program(rank.program));
                    blocking.push(BlockingPair::Single { applicant, program });
                }
                continue;
            }
            for rank in market.supplemental_row(start + at) {
                if rank.program == preliminary {
                    break;
                }
                if self.has_room(rank.program, rank.place) {
                    let (applicant, advanced, program) = (
                        Applicant(applicant),
                        Program(program),
                        Program(rank.program),
                    );
                    blocking.push(BlockingPair::Supplemental {
                        applicant,
                        advanced,
                        program,
                    });
                }
            }
            break;
        }
        Ok(())
    }

    fn couple(&self, couple: u32, blocking: &mut Vec<BlockingPair>) -> Result<(), NotAMatching> {
        let members = self.market.members[couple as usize];
        let present = members.map(|member| self.matching.primary[member as usize]);
        let unmatched = present == [NONE; 2];
        for pair in self.market.pair_row(couple) {
            if pair.program == present {
                return Ok(());
            }
            if self.would_take_both(members, present, pair) {
                let programs = pair.program.map(Program::some);
                blocking.push(BlockingPair::Couple {
                    couple: Couple(couple),
                    programs,
                });
            }
        }
        if unmatched {
            Ok(())
        } else {
            Err(NotAMatching::NotOnPairList {
                couple: Couple(couple),
            })
        }
    }

    fn would_take_both(&self, members: [u32; 2], present: [u32; 2], pair: &Pair) -> bool {
        if pair.program[0] == pair.program[1] && pair.program[0] != NONE {
            return self.would_take_together(members, present, pair);
        }
        (0..2).all(|side| {
            let program = pair.program[side];
            program == NONE || program == present[side] || self.has_room(program, pair.place[side])
        })
    }

    /// Applies McDermid and Manlove's cases for two partners and one program.
    fn would_take_together(&self, members: [u32; 2], present: [u32; 2], pair: &Pair) -> bool {
        let program = pair.program[0];
        let seats = self.seats[program as usize];
        let n_free = seats.places - seats.n_held;
        let places = self.places_held(program);
        let there = present.iter().position(|&at| at == program);
        if let Some(there) = there {
            let partner = self.place[members[there] as usize];
            let newcomer = pair.place[1 - there];
            return n_free > 0
                || places
                    .iter()
                    .any(|&place| place != partner && newcomer < place);
        }
        match n_free {
            0 => places.iter().enumerate().any(|(one, &first)| {
                let second = |(other, &place): (usize, &u32)| other != one && pair.place[1] < place;
                pair.place[0] < first && places.iter().enumerate().any(second)
            }),
            1 => places
                .iter()
                .any(|&place| pair.place[0] < place || pair.place[1] < place),
            _ => true,
        }
    }

    /// Returns the places on the program's list of those whom it holds.
    fn places_held(&self, program: u32) -> Vec<u32> {
        let n_held = self.seats[program as usize].n_held as usize;
        let held = |applicant: u32| {
            self.matching.primary[applicant as usize] == program
                || self.matching.preliminary_at(applicant) == program
        };
        let list = self.market.list(program).iter().enumerate();
        list.filter(|&(_, &applicant)| held(applicant))
            .map(|(place, _)| place as u32)
            .take(n_held)
            .collect()
    }
}
