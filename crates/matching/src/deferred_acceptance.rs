//! Deferred acceptance for singles: the applicant-optimal and the program-optimal stable matching.

use crate::index::NONE;
use crate::market::Market;
use crate::matching::Matching;
use crate::seats::Seats;

/// Returns the applicant-optimal stable matching of the singles.
///
/// Applicants propose down their rank lists; a program keeps the best proposals that it has room for.
/// Couples take no part, supplemental lists are not consulted, and reversions are not applied: [`solve`](crate::solve)
/// does all of that.
///
/// # Guarantees
/// Without couples, supplemental lists and reversions [`blocking_pairs`](crate::blocking_pairs) of the result is empty,
/// and no applicant does better in any other stable matching.
/// The order of proposals does not matter.
///
/// # Complexity
/// O(L) time besides finding the next worst applicant of a program, which reads a bitmap of its list; O(L) memory: L is the
/// total length of all rank lists.
///
/// # References
/// D. Gale and L. S. Shapley, "College Admissions and the Stability of Marriage", American Mathematical Monthly 69
/// (1962), 9–15.
/// A. E. Roth and E. Peranson, "The Redesign of the Matching Market for American Physicians", American Economic Review 89
/// (1999), 748–780.
///
/// # Example
/// The example with which the NRMP explains its algorithm ("Run a Match", nrmp.org, 2014): five applicants, three programs
/// with two places each. One place at Mercy stays empty, because Mercy ranks only two applicants.
/// ```
/// use matching::{Market, deferred_acceptance};
///
/// let mut market = Market::builder();
/// market
///     .applicant("Anderson", ["City"])
///     .applicant("Chen", ["City", "Mercy"])
///     .applicant("Ford", ["City", "General", "Mercy"])
///     .applicant("Davis", ["Mercy", "City", "General"])
///     .applicant("Eastman", ["City", "Mercy", "General"]);
/// market
///     .program("Mercy", 2, ["Chen", "Ford"])
///     .program("City", 2, ["Eastman", "Anderson", "Chen", "Davis", "Ford"])
///     .program("General", 2, ["Eastman", "Anderson", "Ford", "Davis"]);
/// let market = market.build()?;
/// let matching = deferred_acceptance(&market);
/// let place = |name| matching.program(market.find_applicant(name)?).map(|program| market.program_id(program));
/// assert_eq!(["Anderson", "Chen", "Ford", "Davis", "Eastman"].map(place), [
///     Some("City"),
///     Some("Mercy"),
///     Some("General"),
///     Some("General"),
///     Some("City"),
/// ]);
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
pub fn deferred_acceptance(market: &Market) -> Matching {
    let mut seats = Seats::new(market);
    let at = propose(market, &mut seats, 0..market.n_applicants() as u32);
    let mut matching = Matching::empty(market);
    for (applicant, &at) in at.iter().enumerate() {
        if at != NONE {
            matching.primary[applicant] = market.row(applicant as u32)[at as usize].program;
        }
    }
    matching
}

/// Lets singles propose from the top of their lists, and returns where each ends up on the list, or [`NONE`].
pub(crate) fn propose(
    market: &Market,
    seats: &mut Seats,
    applicants: impl Iterator<Item = u32>,
) -> Vec<u32> {
    let mut next: Vec<u32> = market.rows.iter().map(|row| row.start).collect();
    // Rounds over a queue: the rejected of one round propose in the next, which leaves the processor independent work.
    let mut free: Vec<u32> = applicants.collect();
    let mut rejected = Vec::new();
    while !free.is_empty() {
        for &applicant in &free {
            let at = &mut next[applicant as usize];
            let row = &market.ranks[*at as usize..market.rows[applicant as usize].end as usize];
            match row
                .iter()
                .position(|rank| seats.would_take(rank.program, rank.place))
            {
                None => *at += row.len() as u32 + 1,
                Some(taken) => {
                    *at += taken as u32 + 1;
                    let rank = row[taken];
                    if let Some(leaves) = seats.admit(rank.program, rank.place) {
                        rejected.push(market.listed[(seats.start(rank.program) + leaves) as usize]);
                    }
                }
            }
        }
        free.clear();
        std::mem::swap(&mut free, &mut rejected);
    }
    // `next` is one past the entry that holds the applicant, or past the end.
    for (next, row) in next.iter_mut().zip(&market.rows) {
        *next = if *next > row.end || *next == row.start {
            NONE
        } else {
            *next - row.start - 1
        };
    }
    next
}

/// Returns the program-optimal stable matching of the singles, for comparison.
///
/// Programs offer places down their rank lists; an applicant keeps the best offer.
/// What is left out is the same as in [`deferred_acceptance`].
///
/// # Guarantees
/// Without couples, supplemental lists and reversions the result is stable, and no applicant does worse in any other
/// stable matching.
/// The same applicants are matched, and the same number at every program, as in [`deferred_acceptance`] (the rural
/// hospitals theorem: Roth 1986).
///
/// # Complexity
/// O(L) time and memory: L is the total length of all rank lists.
///
/// # References
/// A. E. Roth, "On the Allocation of Residents to Rural Hospitals", Econometrica 54 (1986), 425–427.
pub fn program_proposing_deferred_acceptance(market: &Market) -> Matching {
    let standing = Standing::new(market);
    let mut matching = Matching::empty(market);
    let mut at: Vec<u32> = vec![NONE; market.n_applicants()];
    let mut next = vec![0; market.n_programs()];
    let mut open = market.quotas.clone();
    let mut waiting: Vec<u32> = (0..market.n_programs() as u32).rev().collect();
    while let Some(program) = waiting.pop() {
        let list = market.list(program);
        while open[program as usize] > 0 && next[program as usize] < list.len() {
            let place = next[program as usize];
            next[program as usize] += 1;
            let applicant = list[place];
            let offer = standing.of(market, program, place as u32);
            // Nothing at all stands at `NONE`, which is last.
            if offer >= at[applicant as usize] {
                continue;
            }
            at[applicant as usize] = offer;
            open[program as usize] -= 1;
            let left = std::mem::replace(&mut matching.primary[applicant as usize], program);
            if left != NONE {
                open[left as usize] += 1;
                waiting.push(left);
            }
        }
    }
    matching
}

/// For every entry of the programs' lists, where the program stands on the applicant's rank list.
#[derive(Default)]
pub(crate) struct Standing(Vec<u32>);

impl Standing {
    pub(crate) fn new(market: &Market) -> Self {
        let mut standing = vec![NONE; market.listed.len()];
        for row in &market.rows {
            for (at, rank) in market.ranks[row.range()].iter().enumerate() {
                standing[(market.lists[rank.program as usize].start + rank.place) as usize] =
                    at as u32;
            }
        }
        Self(standing)
    }

    /// Returns the position on the rank list of the applicant at a place, or [`NONE`] when not ranked there.
    pub(crate) fn of(&self, market: &Market, program: u32, place: u32) -> u32 {
        self.0[(market.lists[program as usize].start + place) as usize]
    }
}
