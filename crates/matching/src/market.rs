//! The market as immutable compressed rows: who ranks whom, and where.

use crate::builder::{MarketBuilder, Span};
use crate::index::{Applicant, Couple, NONE, Program};
use crate::names::Names;

/// A program that an applicant ranks, with the applicant's place on the program's own list (0 is best).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Rank {
    pub(crate) program: u32,
    pub(crate) place: u32,
}

/// A pair on a couple's list; [`NONE`] where a member has no program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pair {
    pub(crate) program: [u32; 2],
    pub(crate) place: [u32; 2],
}

/// Up to `max` places that `donor` cannot fill are added to the quota of `receiver`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reversion {
    pub(crate) donor: u32,
    pub(crate) receiver: u32,
    pub(crate) max: u32,
}

/// The side that ranks somebody who does not rank it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// The applicant ranks the program (on the rank list, a supplemental list or the couple's list).
    Applicant,
    /// The program ranks the applicant.
    Program,
}

/// A rank that the other side does not return: it is void, for nobody is matched against their will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unreciprocated {
    /// The side that ranks.
    pub ranked_by: Side,
    /// The applicant of the two.
    pub applicant: Applicant,
    /// The program of the two.
    pub program: Program,
}

/// Programs with quotas, rank lists of both sides, supplemental lists, couples and reversions.
///
/// All lists are strict.
/// Ranks that the other side does not return have been taken out, and are kept in [`Market::unreciprocated`].
/// A market cannot be changed; it is made by a [`MarketBuilder`], which refuses what is not a market.
///
/// Positions ([`Program`], [`Applicant`], [`Couple`]) belong to the market that gave them.
/// Methods that take one panic when it is out of range.
#[derive(Clone, Debug)]
pub struct Market {
    pub(crate) programs: Names,
    pub(crate) applicants: Names,
    pub(crate) couple_ids: Vec<String>,
    pub(crate) quotas: Vec<u32>,
    /// Each program's list, in `listed`, as given: places count void ranks as well.
    pub(crate) lists: Vec<Span>,
    pub(crate) listed: Vec<u32>,
    /// Each applicant's returned ranks, best first, in `ranks`.
    pub(crate) rows: Vec<Span>,
    pub(crate) ranks: Vec<Rank>,
    /// By position in `ranks`, the supplemental list in `preliminary`; empty when the market has none.
    pub(crate) supplemental: Vec<Span>,
    pub(crate) preliminary: Vec<Rank>,
    /// By applicant; empty when the market has no couples.
    pub(crate) couple_of: Vec<u32>,
    pub(crate) members: Vec<[u32; 2]>,
    /// Each couple's returned pairs, best first, in `pairs`.
    pub(crate) pair_rows: Vec<Span>,
    pub(crate) pairs: Vec<Pair>,
    /// Ordered so that a program has received everything before it gives.
    pub(crate) reversions: Vec<Reversion>,
    pub(crate) unreciprocated: Vec<Unreciprocated>,
}

impl Market {
    /// Returns an empty builder.
    pub fn builder() -> MarketBuilder {
        MarketBuilder::default()
    }

    /// Returns the number of programs.
    pub fn n_programs(&self) -> usize {
        self.lists.len()
    }

    /// Returns the number of applicants, members of couples included.
    pub fn n_applicants(&self) -> usize {
        self.rows.len()
    }

    /// Returns the number of couples.
    pub fn n_couples(&self) -> usize {
        self.members.len()
    }

    /// Returns all programs.
    pub fn programs(&self) -> impl ExactSizeIterator<Item = Program> + use<> {
        (0..self.n_programs() as u32).map(Program)
    }

    /// Returns all applicants.
    pub fn applicants(&self) -> impl ExactSizeIterator<Item = Applicant> + use<> {
        (0..self.n_applicants() as u32).map(Applicant)
    }

    /// Returns all couples.
    pub fn couples(&self) -> impl ExactSizeIterator<Item = Couple> + use<> {
        (0..self.n_couples() as u32).map(Couple)
    }

    /// Returns a program's id.
    pub fn program_id(&self, program: Program) -> &str {
        self.programs.get(program.0)
    }

    /// Returns an applicant's id.
    pub fn applicant_id(&self, applicant: Applicant) -> &str {
        self.applicants.get(applicant.0)
    }

    /// Returns a couple's id.
    pub fn couple_id(&self, couple: Couple) -> &str {
        &self.couple_ids[couple.index()]
    }

    /// Returns the program with an id, if there is one.
    pub fn find_program(&self, id: &str) -> Option<Program> {
        self.programs.find(id).map(Program)
    }

    /// Returns the applicant with an id, if there is one.
    pub fn find_applicant(&self, id: &str) -> Option<Applicant> {
        self.applicants.find(id).map(Applicant)
    }

    /// Returns a program's number of places before reversions.
    pub fn quota(&self, program: Program) -> u32 {
        self.quotas[program.index()]
    }

    /// Returns the members of a couple.
    pub fn members(&self, couple: Couple) -> [Applicant; 2] {
        self.members[couple.index()].map(Applicant)
    }

    /// Returns the couple that an applicant belongs to, if any.
    pub fn couple_of(&self, applicant: Applicant) -> Option<Couple> {
        Couple::some(self.couple_at(applicant.0))
    }

    /// Returns the programs of an applicant's rank list that rank the applicant too, best first; empty for a couple's
    /// member.
    pub fn rank_list(&self, applicant: Applicant) -> impl ExactSizeIterator<Item = Program> {
        self.row(applicant.0)
            .iter()
            .map(|rank| Program(rank.program))
    }

    /// Returns a program's rank list as given, best first, ranks that are not returned included.
    pub fn program_list(&self, program: Program) -> impl ExactSizeIterator<Item = Applicant> {
        self.list(program.0)
            .iter()
            .map(|&applicant| Applicant(applicant))
    }

    /// Returns the ranks that the other side does not return, applicants' before programs'.
    ///
    /// A program that an applicant or couple names in several places is listed once.
    pub fn unreciprocated(&self) -> &[Unreciprocated] {
        &self.unreciprocated
    }

    pub(crate) fn row(&self, applicant: u32) -> &[Rank] {
        &self.ranks[self.rows[applicant as usize].range()]
    }

    pub(crate) fn couple_at(&self, applicant: u32) -> u32 {
        self.couple_of
            .get(applicant as usize)
            .copied()
            .unwrap_or(NONE)
    }

    pub(crate) fn pair_row(&self, couple: u32) -> &[Pair] {
        &self.pairs[self.pair_rows[couple as usize].range()]
    }

    /// Returns the supplemental list of the entry at `at` in `ranks`.
    pub(crate) fn supplemental_row(&self, at: usize) -> &[Rank] {
        self.supplemental
            .get(at)
            .map_or(&[], |span| &self.preliminary[span.range()])
    }

    pub(crate) fn list(&self, program: u32) -> &[u32] {
        &self.listed[self.lists[program as usize].range()]
    }

    /// Tells whether the market is a plain college admissions problem.
    pub(crate) fn is_plain(&self) -> bool {
        self.members.is_empty() && self.supplemental.is_empty() && self.reversions.is_empty()
    }
}
