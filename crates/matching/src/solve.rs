//! From a market to one of three answers: stable, none, not found.

use crate::blocking::{BlockingPair, blocking_pairs};
use crate::encoding::{Encoding, Region};
use crate::index::NONE;
use crate::market::Market;
use crate::matching::{Matching, places_with_reversions};
use crate::roth_peranson::{Attempt, RothPeranson};
use crate::sat::Answer;

/// How hard to look for a stable matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SolveOptions {
    /// Chooses the orders in which couples are introduced. The same seed gives the same answer on every machine.
    pub seed: u64,
    /// Searches exactly for as long as it takes within the [limits](SolveOptions#limits).
    pub exact: bool,
}

/// # Limits
/// The exact search is bounded in variables of its encoding and in conflicts of the search, never in time.
/// A market of 300 applicants with 50 couples is inside the limits of `exact`; how long its hardest cases take stands in
/// `docs/matching.md`.
impl SolveOptions {
    /// Orders of introduction that the heuristic tries before the exact search.
    pub const ORDERS: u32 = 8;
    /// The most variables, by default and with `exact`.
    pub const MAX_VARIABLES: [usize; 2] = [2_000_000, 8_000_000];
    /// The most conflicts, by default and with `exact`.
    pub const MAX_CONFLICTS: [u64; 2] = [50_000, 50_000_000];

    fn limits(self) -> (usize, u64) {
        let at = usize::from(self.exact);
        (Self::MAX_VARIABLES[at], Self::MAX_CONFLICTS[at])
    }
}

impl Default for SolveOptions {
    /// Seed 1, without `exact`.
    fn default() -> Self {
        Self {
            seed: 1,
            exact: false,
        }
    }
}

/// One of the three answers, without the matching.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// A stable matching was found and verified.
    Stable,
    /// It is proved that no stable matching exists.
    None,
    /// No stable matching was found, and one may exist.
    NotFound,
}

impl Status {
    /// Returns the word for files and screens: `stable`, `none` or `not_found`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stable => "stable",
            Self::None => "none",
            Self::NotFound => "not_found",
        }
    }
}

/// The answer to a market.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Solution {
    /// A stable matching: [`blocking_pairs`] has been asked, and found nothing.
    Stable(Matching),
    /// No stable matching exists: proved by an exact search.
    None,
    /// No stable matching was found within the limits; one may exist.
    NotFound {
        /// The best that was found: a matching, but a blocked one.
        closest: Matching,
        /// What blocks it.
        blocking: Vec<BlockingPair>,
    },
}

impl Solution {
    /// Returns which of the three answers it is.
    pub fn status(&self) -> Status {
        match self {
            Self::Stable(_) => Status::Stable,
            Self::None => Status::None,
            Self::NotFound { .. } => Status::NotFound,
        }
    }

    /// Returns the stable matching, if one was found.
    pub fn matching(&self) -> Option<&Matching> {
        match self {
            Self::Stable(matching) => Some(matching),
            Self::None | Self::NotFound { .. } => None,
        }
    }
}

/// A stage of the search, told while it runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Couples are introduced in the order with this number, from 1.
    Order(u32),
    /// An exact search over this many applicants begins.
    Exact(usize),
}

/// Returns a stable matching, or proves that none exists, or says that it found none.
///
/// The search escalates:
/// 1. the heuristic of Roth and Peranson: singles by deferred acceptance, then couples one by one in a seeded order;
///    an applicant removed from a place tries the list again from the top, a freed place is offered down the program's
///    list, whoever is displaced too often is set aside; supplemental lists are consulted once the advanced program holds
///    the applicant, and unfilled places revert, until nothing changes;
/// 2. other orders, those who were set aside first;
/// 3. an exact search around those in conflict, the rest of the market staying as it is, then on the whole connected
///    component: only that can prove that there is none.
///
/// # Guarantees
/// [`Solution::Stable`] has been verified by [`blocking_pairs`], whose documentation defines the word.
/// [`Solution::None`] is only said after a complete search.
/// Without couples and supplemental lists the answer is stable, and for singles without reversions it is the
/// applicant-optimal matching of [`deferred_acceptance`](crate::deferred_acceptance).
///
/// # Complexity
/// The heuristic is close to linear in the total length of all lists. Existence is NP-complete with couples (Ronn 1990),
/// so the exact search is exponential in the worst case, within its [limits](SolveOptions#limits).
///
/// # References
/// A. E. Roth and E. Peranson, "The Redesign of the Matching Market for American Physicians", American Economic Review 89
/// (1999), 748–780.
///
/// # Example
/// ```
/// use matching::{Market, Solution, SolveOptions, solve};
///
/// // Klaus and Klijn 2005: a single is enough to leave one couple without a stable matching.
/// let mut market = Market::builder();
/// market.program("h1", 1, ["c1", "s"]).program("h2", 1, ["s", "c2"]);
/// market.applicant("s", ["h1", "h2"]);
/// market.couple("c", ["c1", "c2"], [[Some("h1"), Some("h2")]]);
/// assert_eq!(solve(&market.build()?, SolveOptions::default()), Solution::None);
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
pub fn solve(market: &Market, options: SolveOptions) -> Solution {
    solve_with_progress(market, options, &mut |_| ())
}

/// Does the same as [`solve`], and tells every stage as it begins.
pub fn solve_with_progress(
    market: &Market,
    options: SolveOptions,
    progress: &mut dyn FnMut(Stage),
) -> Solution {
    let start = RothPeranson::new(market);
    let mut first = Vec::new();
    let mut best: Option<(Attempt, Vec<BlockingPair>)> = None;
    for order in 0..SolveOptions::ORDERS {
        progress(Stage::Order(order + 1));
        let attempt = start.attempt(options.seed.wrapping_add(u64::from(order)), &first);
        let Ok(blocking) = blocking_pairs(market, &attempt.matching) else {
            continue;
        };
        if blocking.is_empty() {
            return Solution::Stable(attempt.matching);
        }
        first.extend(
            attempt
                .conflict
                .iter()
                .map(|&applicant| market.couple_at(applicant))
                .filter(|&couple| couple != NONE),
        );
        if best
            .as_ref()
            .is_none_or(|(_, fewest)| blocking.len() < fewest.len())
        {
            best = Some((attempt, blocking));
        }
        // Other orders cost as much as the exact search of a small market, and prove nothing.
        if options.exact || market.n_applicants() < SMALL {
            break;
        }
    }
    let (attempt, blocking) = best.unwrap_or_else(|| nothing_matched(market));
    Escalation {
        market,
        options,
        components: Components::new(market),
    }
    .run(attempt, blocking, progress)
}

/// Markets below this number of applicants go to the exact search after one order.
const SMALL: usize = 400;

/// The starting point when no attempt gave a matching at all.
fn nothing_matched(market: &Market) -> (Attempt, Vec<BlockingPair>) {
    let matching = Matching::empty(market);
    let blocking = blocking_pairs(market, &matching).unwrap_or_default();
    let everybody = (0..market.n_applicants() as u32).collect();
    (
        Attempt {
            matching,
            conflict: everybody,
            restless: Vec::new(),
        },
        blocking,
    )
}

/// The exact part of the search.
struct Escalation<'a> {
    market: &'a Market,
    options: SolveOptions,
    components: Components,
}

impl Escalation<'_> {
    fn run(
        &self,
        attempt: Attempt,
        blocking: Vec<BlockingPair>,
        progress: &mut dyn FnMut(Stage),
    ) -> Solution {
        let market = self.market;
        let mut closest = attempt.matching.clone();
        let mut blocking = blocking;
        while let Some(component) = self.blocked_component(&blocking) {
            match self.settle(component, &closest, &attempt, progress) {
                Settled::Stable(matching) => closest = matching,
                Settled::Impossible => return Solution::None,
                Settled::Unknown => return Solution::NotFound { closest, blocking },
            }
            let n_before = blocking.len();
            match blocking_pairs(market, &closest) {
                Ok(found) => blocking = found,
                Err(_) => {
                    return Solution::NotFound {
                        closest: attempt.matching,
                        blocking,
                    };
                }
            }
            if blocking.len() >= n_before {
                return Solution::NotFound { closest, blocking };
            }
        }
        Solution::Stable(closest)
    }

    fn blocked_component(&self, blocking: &[BlockingPair]) -> Option<u32> {
        let program = match *blocking.first()? {
            BlockingPair::Single { program, .. } | BlockingPair::Supplemental { program, .. } => {
                Some(program)
            }
            BlockingPair::Couple { programs, .. } => programs[0].or(programs[1]),
        };
        program.map(|program| self.components.of_program(program.0))
    }

    /// Looks for a matching that is stable in one component and the same everywhere else.
    fn settle(
        &self,
        component: u32,
        base: &Matching,
        attempt: &Attempt,
        progress: &mut dyn FnMut(Stage),
    ) -> Settled {
        let market = self.market;
        let (max_variables, max_conflicts) = self.options.limits();
        let members: Vec<bool> = (0..market.n_applicants())
            .map(|applicant| self.components.of_applicant(applicant) == component)
            .collect();
        let n_members = members.iter().filter(|&&member| member).count();
        if n_members >= SMALL
            && let Some(matching) = self.settle_nearby(&members, base, attempt, progress)
        {
            return Settled::Stable(matching);
        }
        progress(Stage::Exact(n_members));
        let region = Region {
            free: &members,
            base,
            places: None,
        };
        let Some(mut encoding) = Encoding::new(market, region, max_variables) else {
            return Settled::Unknown;
        };
        match encoding.solve(max_conflicts) {
            Answer::Satisfied => Settled::Stable(encoding.matching()),
            Answer::Impossible => Settled::Impossible,
            Answer::Unknown => Settled::Unknown,
        }
    }

    /// Frees those in conflict, then whoever sits where they want to go, and so on, and leaves all others in place.
    fn settle_nearby(
        &self,
        members: &[bool],
        base: &Matching,
        attempt: &Attempt,
        progress: &mut dyn FnMut(Stage),
    ) -> Option<Matching> {
        let market = self.market;
        let (max_variables, max_conflicts) = self.options.limits();
        let held = base.held_by_program(market);
        let places = places_with_reversions(market, |program| held[program].len() as u32);
        let mut free = vec![false; members.len()];
        let mut newest: Vec<u32> = attempt
            .conflict
            .iter()
            .chain(&attempt.restless)
            .copied()
            .collect();
        newest.retain(|&applicant| members[applicant as usize]);
        for _ in 0..MAX_NEARBY {
            self.free_all(&mut free, &newest);
            let n_free = free.iter().filter(|&&free| free).count();
            if n_free == 0 || n_free * 2 > members.len() {
                return None;
            }
            progress(Stage::Exact(n_free));
            let region = Region {
                free: &free,
                base,
                places: Some(&places),
            };
            let mut encoding = Encoding::new(market, region, max_variables)?;
            if encoding.solve(max_conflicts) == Answer::Satisfied {
                let matching = encoding.matching();
                // Reversions were held fixed, so they may have moved.
                if blocking_pairs(market, &matching)
                    .is_ok_and(|blocking| self.is_elsewhere(&blocking, members))
                {
                    return Some(matching);
                }
            }
            newest = self.who_sits_where_they_want(&newest, &held);
        }
        None
    }

    fn is_elsewhere(&self, blocking: &[BlockingPair], members: &[bool]) -> bool {
        blocking.iter().all(|pair| {
            let applicant = match *pair {
                BlockingPair::Single { applicant, .. }
                | BlockingPair::Supplemental { applicant, .. } => applicant.0,
                BlockingPair::Couple { couple, .. } => self.market.members[couple.index()][0],
            };
            !members[applicant as usize]
        })
    }

    fn free_all(&self, free: &mut [bool], newest: &[u32]) {
        for &applicant in newest {
            free[applicant as usize] = true;
            let couple = self.market.couple_at(applicant);
            if couple != NONE {
                for member in self.market.members[couple as usize] {
                    free[member as usize] = true;
                }
            }
        }
    }

    fn who_sits_where_they_want(&self, applicants: &[u32], held: &[Vec<u32>]) -> Vec<u32> {
        let mut programs: Vec<u32> = Vec::new();
        for &applicant in applicants {
            programs.extend(self.components.programs_of(self.market, applicant));
        }
        programs.sort_unstable();
        programs.dedup();
        programs
            .iter()
            .flat_map(|&program| held[program as usize].iter().copied())
            .collect()
    }
}

/// How often the region around a conflict grows.
const MAX_NEARBY: usize = 3;

enum Settled {
    Stable(Matching),
    Impossible,
    Unknown,
}

/// The connected components of a market: what happens in one cannot touch another.
struct Components {
    /// Programs first, then applicants.
    root: Vec<u32>,
    n_programs: usize,
}

impl Components {
    fn new(market: &Market) -> Self {
        let n_programs = market.n_programs();
        let mut components = Self {
            root: (0..(n_programs + market.n_applicants()) as u32).collect(),
            n_programs,
        };
        for applicant in 0..market.n_applicants() as u32 {
            let node = n_programs as u32 + applicant;
            for program in components.programs_of(market, applicant) {
                components.join(node, program);
            }
        }
        for couple in &market.members {
            components.join(n_programs as u32 + couple[0], n_programs as u32 + couple[1]);
        }
        for reversion in &market.reversions {
            components.join(reversion.donor, reversion.receiver);
        }
        for node in 0..components.root.len() as u32 {
            components.root[node as usize] = components.find(node);
        }
        components
    }

    /// Returns every program that can hold the applicant.
    fn programs_of(&self, market: &Market, applicant: u32) -> Vec<u32> {
        let row = market.rows[applicant as usize];
        let mut programs: Vec<u32> = market
            .row(applicant)
            .iter()
            .map(|rank| rank.program)
            .collect();
        for at in row.range() {
            programs.extend(market.supplemental_row(at).iter().map(|rank| rank.program));
        }
        let couple = market.couple_at(applicant);
        if couple != NONE {
            let side = usize::from(market.members[couple as usize][1] == applicant);
            let named = market
                .pair_row(couple)
                .iter()
                .map(|pair| pair.program[side]);
            programs.extend(named.filter(|&program| program != NONE));
        }
        programs
    }

    fn find(&mut self, mut node: u32) -> u32 {
        while self.root[node as usize] != node {
            // Halving the path on the way keeps later walks short.
            self.root[node as usize] = self.root[self.root[node as usize] as usize];
            node = self.root[node as usize];
        }
        node
    }

    fn join(&mut self, one: u32, other: u32) {
        let (one, other) = (self.find(one), self.find(other));
        self.root[one.max(other) as usize] = one.min(other);
    }

    fn of_program(&self, program: u32) -> u32 {
        self.root[program as usize]
    }

    fn of_applicant(&self, applicant: usize) -> u32 {
        self.root[self.n_programs + applicant]
    }
}
