//! Who holds which place: the result of a solver, or somebody's claim to be verified.

use crate::index::{Applicant, NONE, Program};
use crate::market::Market;

/// Places held by applicants: for each the program of the rank list (or the couple's list), and with an advanced
/// program possibly a preliminary one from its supplemental list.
///
/// A matching belongs to one market, and says nothing about whether it is stable, or even possible, there:
/// [`blocking_pairs`](crate::blocking_pairs) does.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Matching {
    pub(crate) primary: Vec<u32>,
    /// Empty when nobody can hold a preliminary place.
    pub(crate) preliminary: Vec<u32>,
}

impl Matching {
    /// Returns the matching in which nobody holds a place.
    pub fn empty(market: &Market) -> Self {
        Self::unmatched(market.n_applicants(), !market.supplemental.is_empty())
    }

    pub(crate) fn unmatched(n_applicants: usize, with_preliminary: bool) -> Self {
        Self {
            primary: vec![NONE; n_applicants],
            preliminary: vec![NONE; if with_preliminary { n_applicants } else { 0 }],
        }
    }

    /// Returns the program of the applicant's rank list that holds the applicant.
    pub fn program(&self, applicant: Applicant) -> Option<Program> {
        Program::some(self.primary[applicant.index()])
    }

    /// Returns the program of a supplemental list that holds the applicant.
    pub fn preliminary(&self, applicant: Applicant) -> Option<Program> {
        Program::some(self.preliminary_at(applicant.0))
    }

    /// Gives the applicant a place, or none; the preliminary place is given up.
    pub fn assign(&mut self, applicant: Applicant, program: Option<Program>) {
        self.primary[applicant.index()] = program.map_or(NONE, |program| program.0);
        if let Some(preliminary) = self.preliminary.get_mut(applicant.index()) {
            *preliminary = NONE;
        }
    }

    /// Gives the applicant a preliminary place, or none.
    pub fn assign_preliminary(&mut self, applicant: Applicant, program: Option<Program>) {
        if self.preliminary.is_empty() {
            if program.is_none() {
                return;
            }
            self.preliminary = vec![NONE; self.primary.len()];
        }
        self.preliminary[applicant.index()] = program.map_or(NONE, |program| program.0);
    }

    /// Returns the number of applicants who hold a place from their rank list or their couple's list.
    pub fn n_matched(&self) -> usize {
        self.primary
            .iter()
            .filter(|&&program| program != NONE)
            .count()
    }

    pub(crate) fn preliminary_at(&self, applicant: u32) -> u32 {
        self.preliminary
            .get(applicant as usize)
            .copied()
            .unwrap_or(NONE)
    }

    /// Returns for each program whom it holds, preliminary places included.
    pub(crate) fn held_by_program(&self, market: &Market) -> Vec<Vec<u32>> {
        let mut held = vec![Vec::new(); market.n_programs()];
        for list in [&self.primary, &self.preliminary] {
            for (applicant, &program) in list.iter().enumerate() {
                if program != NONE {
                    held[program as usize].push(applicant as u32);
                }
            }
        }
        held
    }
}

/// Returns each program's number of places once reversions have passed on what `n_held` leaves unfilled.
///
/// Reversions are at their fixed point by construction: a program's places follow from who is held, and from nothing
/// else.
/// A donor keeps its own number, because a place that somebody wants is not unfilled: in a stable matching nobody wants
/// a donor that has given, and if somebody does, the matching is blocked.
pub(crate) fn places_with_reversions(market: &Market, n_held: impl Fn(usize) -> u32) -> Vec<u32> {
    let mut places = market.quotas.clone();
    if market.reversions.is_empty() {
        return places;
    }
    let mut given = vec![0; places.len()];
    for reversion in &market.reversions {
        let donor = reversion.donor as usize;
        let unfilled = places[donor]
            .saturating_sub(n_held(donor))
            .saturating_sub(given[donor]);
        let gift = unfilled.min(reversion.max);
        given[donor] += gift;
        places[reversion.receiver as usize] += gift;
    }
    places
}
