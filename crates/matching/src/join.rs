//! Joins the rank lists of both sides: a counting sort by applicant, then a stamp for each program.

use crate::builder::{MarketBuilder, Span, SupplementalRecord};
use crate::index::{Applicant, NONE, Program};
use crate::invalid::InvalidMarket;
use crate::market::{Market, Pair, Rank, Reversion, Side, Unreciprocated};

/// What a stamp says about a program, below the number of the applicant who stamped it.
const NAMED: u64 = 1 << 31;
const LISTED: u64 = 1 << 30;
const VOID: u64 = 1 << 29;
const PLACE: u64 = VOID - 1;

pub(crate) fn join(builder: MarketBuilder) -> Result<Market, InvalidMarket> {
    let lists: Vec<Span> = builder
        .program_rows
        .iter()
        .map(|row| row.unwrap_or_default())
        .collect();
    let (buckets, ranks) = by_applicant(&lists, &builder.program_items, builder.applicants.len());
    let mut join = Join {
        stamps: vec![0; lists.len()],
        buckets,
        ranks,
        row: Vec::new(),
        voids: Vec::new(),
        void_lists: Vec::new(),
        builder: &builder,
    };

    let mut supplemental: Vec<SupplementalRecord> = builder.supplemental.clone();
    supplemental.sort_by_key(|list| list.applicant);
    let mut supplemental = supplemental.as_slice();
    let mut advanced = Vec::new();
    let mut preliminary = Vec::new();

    let mut couple_of = Vec::new();
    let mut places = vec![[NONE; 2]; builder.pairs.len()];
    if !builder.couples.is_empty() {
        couple_of.resize(builder.applicants.len(), NONE);
        for (at, couple) in builder.couples.iter().enumerate() {
            for member in couple.members {
                couple_of[member as usize] = at as u32;
            }
        }
    }

    let mut rows = vec![Span::default(); builder.applicants.len()];
    for applicant in 0..rows.len() as u32 {
        let n_returned = join.stamp(applicant)?;
        let mut n_named = join.rank_list(applicant)?;
        let couple = couple_of.get(applicant as usize).copied().unwrap_or(NONE);
        if couple != NONE {
            n_named += join.couple_list(applicant, couple, &mut places);
        }
        let n_lists = supplemental
            .iter()
            .take_while(|list| list.applicant == applicant)
            .count();
        let (mine, others) = supplemental.split_at(n_lists);
        supplemental = others;
        for list in mine {
            n_named += join.supplemental_list(list, &mut advanced, &mut preliminary)?;
        }
        if n_named < n_returned {
            join.report_unnamed(applicant);
        }
        rows[applicant as usize] = join.keep_row(applicant);
    }
    let Join {
        ranks,
        voids,
        void_lists,
        ..
    } = join;
    let mut unreciprocated = voids;
    unreciprocated.extend(void_lists);

    let (pair_rows, pairs) = returned_pairs(&builder, &places)?;
    let reversions = ordered_reversions(&builder)?;
    let supplemental = if advanced.is_empty() {
        Vec::new()
    } else {
        spread(&advanced, &rows, &ranks)
    };
    Ok(Market {
        lists,
        rows,
        ranks,
        supplemental,
        preliminary,
        couple_of,
        members: builder
            .couples
            .iter()
            .map(|couple| couple.members)
            .collect(),
        couple_ids: builder
            .couples
            .iter()
            .map(|couple| couple.id.clone())
            .collect(),
        pair_rows,
        pairs,
        reversions,
        unreciprocated,
        quotas: builder.quotas,
        listed: builder.program_items,
        programs: builder.programs,
        applicants: builder.applicants,
    })
}

/// Sorts the entries of all program lists by applicant: who ranks the applicant, and at which place.
fn by_applicant(lists: &[Span], listed: &[u32], n_applicants: usize) -> (Vec<Span>, Vec<Rank>) {
    let mut buckets = vec![Span::default(); n_applicants];
    for &applicant in listed {
        buckets[applicant as usize].end += 1;
    }
    let mut start = 0;
    for bucket in &mut buckets {
        let end = start + bucket.end;
        *bucket = Span { start, end: start };
        start = end;
    }
    let mut ranks = vec![Rank::default(); listed.len()];
    for (program, list) in lists.iter().enumerate() {
        for (place, &applicant) in listed[list.range()].iter().enumerate() {
            let end = &mut buckets[applicant as usize].end;
            ranks[*end as usize] = Rank {
                program: program as u32,
                place: place as u32,
            };
            *end += 1;
        }
    }
    (buckets, ranks)
}

struct Join<'a> {
    builder: &'a MarketBuilder,
    stamps: Vec<u64>,
    buckets: Vec<Span>,
    /// At first who ranks the applicant, then, from the front of the same bucket, whom the applicant ranks in return.
    ranks: Vec<Rank>,
    /// The returned ranks of the applicant in hand.
    row: Vec<Rank>,
    voids: Vec<Unreciprocated>,
    void_lists: Vec<Unreciprocated>,
}

impl Join<'_> {
    /// Stamps the programs that rank the applicant, and returns their number.
    fn stamp(&mut self, applicant: u32) -> Result<usize, InvalidMarket> {
        self.row.clear();
        let owner = u64::from(applicant) + 1;
        let bucket = self.buckets[applicant as usize];
        for rank in &self.ranks[bucket.range()] {
            let stamp = &mut self.stamps[rank.program as usize];
            if *stamp >> 32 == owner {
                return Err(InvalidMarket::ApplicantTwice {
                    applicant: self.builder.applicants.get(applicant).to_owned(),
                    program: self.builder.programs.get(rank.program).to_owned(),
                });
            }
            *stamp = owner << 32 | u64::from(rank.place);
        }
        Ok(bucket.len())
    }

    /// Fills `row` with the returned ranks of the applicant's own list, and returns their number.
    fn rank_list(&mut self, applicant: u32) -> Result<usize, InvalidMarket> {
        let builder = self.builder;
        let owner = u64::from(applicant) + 1;
        let list = builder.applicant_rows[applicant as usize].unwrap_or_default();
        for &program in &builder.applicant_items[list.range()] {
            let stamp = &mut self.stamps[program as usize];
            if *stamp >> 32 != owner {
                *stamp = owner << 32 | VOID | NAMED | LISTED;
                self.voids.push(void(Side::Applicant, applicant, program));
                continue;
            }
            if *stamp & LISTED != 0 {
                return Err(InvalidMarket::ProgramTwice {
                    program: builder.programs.get(program).to_owned(),
                    record: format!("applicant {}", builder.applicants.get(applicant)),
                });
            }
            self.row.push(Rank {
                program,
                place: (*stamp & PLACE) as u32,
            });
            *stamp |= NAMED | LISTED;
        }
        Ok(self.row.len())
    }

    /// Returns the applicant's place on the program's list, and whether the program is named for the first time.
    fn name(&mut self, applicant: u32, program: u32) -> (Option<u32>, bool) {
        let owner = u64::from(applicant) + 1;
        let stamp = &mut self.stamps[program as usize];
        if *stamp >> 32 != owner {
            *stamp = owner << 32 | VOID | NAMED;
            self.voids.push(void(Side::Applicant, applicant, program));
            return (None, false);
        }
        let first = *stamp & NAMED == 0;
        *stamp |= NAMED;
        let place = (*stamp & VOID == 0).then_some((*stamp & PLACE) as u32);
        (place, first && place.is_some())
    }

    /// Notes the member's place for every pair of the couple, and returns how many programs were named for the first time.
    fn couple_list(&mut self, applicant: u32, couple: u32, places: &mut [[u32; 2]]) -> usize {
        let builder = self.builder;
        let couple = &builder.couples[couple as usize];
        let side = usize::from(couple.members[1] == applicant);
        let mut n_named = 0;
        for at in couple.span.range() {
            let program = builder.pairs[at][side];
            if program == NONE {
                continue;
            }
            let (place, first) = self.name(applicant, program);
            places[at][side] = place.unwrap_or(NONE);
            n_named += usize::from(first);
        }
        n_named
    }

    /// Adds the returned ranks of a supplemental list, and returns how many programs were named for the first time.
    fn supplemental_list(
        &mut self,
        list: &SupplementalRecord,
        advanced: &mut Vec<(u32, u32, Span)>,
        preliminary: &mut Vec<Rank>,
    ) -> Result<usize, InvalidMarket> {
        let builder = self.builder;
        let applicant = || builder.applicants.get(list.applicant).to_owned();
        let program = || builder.programs.get(list.advanced).to_owned();
        let own = builder.applicant_rows[list.applicant as usize].unwrap_or_default();
        if !builder.applicant_items[own.range()].contains(&list.advanced) {
            return Err(InvalidMarket::SupplementalNotRanked {
                applicant: applicant(),
                program: program(),
            });
        }
        if advanced
            .iter()
            .rev()
            .take_while(|(owner, ..)| *owner == list.applicant)
            .any(|&(_, at, _)| at == list.advanced)
        {
            return Err(InvalidMarket::SupplementalTwice {
                applicant: applicant(),
                program: program(),
            });
        }
        let items = &builder.applicant_items[list.span.range()];
        let start = preliminary.len() as u32;
        let mut n_named = 0;
        for (at, &item) in items.iter().enumerate() {
            if item == list.advanced {
                return Err(InvalidMarket::SupplementalNamesItself {
                    applicant: applicant(),
                    program: program(),
                });
            }
            if items[..at].contains(&item) {
                return Err(InvalidMarket::ProgramTwice {
                    program: builder.programs.get(item).to_owned(),
                    record: format!(
                        "supplemental list of applicant {} for program {}",
                        applicant(),
                        program()
                    ),
                });
            }
            let (place, first) = self.name(list.applicant, item);
            n_named += usize::from(first);
            if let Some(place) = place {
                preliminary.push(Rank {
                    program: item,
                    place,
                });
            }
        }
        let span = Span {
            start,
            end: preliminary.len() as u32,
        };
        advanced.push((list.applicant, list.advanced, span));
        Ok(n_named)
    }

    /// Reports the programs that rank the applicant and are named nowhere by the applicant.
    fn report_unnamed(&mut self, applicant: u32) {
        for rank in &self.ranks[self.buckets[applicant as usize].range()] {
            if self.stamps[rank.program as usize] & NAMED == 0 {
                self.void_lists
                    .push(void(Side::Program, applicant, rank.program));
            }
        }
    }

    /// Puts the row into the applicant's bucket, which nobody reads any more.
    fn keep_row(&mut self, applicant: u32) -> Span {
        let start = self.buckets[applicant as usize].start;
        let end = start + self.row.len() as u32;
        self.ranks[start as usize..end as usize].copy_from_slice(&self.row);
        Span { start, end }
    }
}

fn void(ranked_by: Side, applicant: u32, program: u32) -> Unreciprocated {
    Unreciprocated {
        ranked_by,
        applicant: Applicant(applicant),
        program: Program(program),
    }
}

/// Keeps the pairs in which every named program ranks the member in return.
fn returned_pairs(
    builder: &MarketBuilder,
    places: &[[u32; 2]],
) -> Result<(Vec<Span>, Vec<Pair>), InvalidMarket> {
    let mut rows = Vec::with_capacity(builder.couples.len());
    let mut pairs = Vec::with_capacity(builder.pairs.len());
    let mut seen = PairSet::default();
    for couple in &builder.couples {
        let start = pairs.len() as u32;
        seen.clear(couple.span.len());
        for at in couple.span.range() {
            let program = builder.pairs[at];
            if !seen.insert(program) {
                let name = |at: u32| {
                    if at == NONE {
                        "-"
                    } else {
                        builder.programs.get(at)
                    }
                };
                return Err(InvalidMarket::PairTwice {
                    couple: couple.id.clone(),
                    pair: format!("{} {}", name(program[0]), name(program[1])),
                });
            }
            let returned = (0..2).all(|side| program[side] == NONE || places[at][side] != NONE);
            if returned {
                pairs.push(Pair {
                    program,
                    place: places[at],
                });
            }
        }
        rows.push(Span {
            start,
            end: pairs.len() as u32,
        });
    }
    Ok((rows, pairs))
}

/// A set of pairs that is emptied in no time, for one couple after the other.
#[derive(Default)]
struct PairSet {
    slots: Vec<(u32, [u32; 2])>,
    round: u32,
}

impl PairSet {
    fn clear(&mut self, expected: usize) {
        let size = (expected * 2).next_power_of_two().max(16);
        if self.slots.len() < size {
            self.slots = vec![(0, [0; 2]); size];
            self.round = 0;
        }
        self.round += 1;
    }

    fn insert(&mut self, pair: [u32; 2]) -> bool {
        let key = u64::from(pair[0]) << 32 | u64::from(pair[1]);
        let mask = self.slots.len() - 1;
        let mut at = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 40) as usize & mask;
        while self.slots[at].0 == self.round {
            if self.slots[at].1 == pair {
                return false;
            }
            at = (at + 1) & mask;
        }
        self.slots[at] = (self.round, pair);
        true
    }
}

/// Orders the reversions so that every donor has received before it gives, keeping the given order among the rest.
fn ordered_reversions(builder: &MarketBuilder) -> Result<Vec<Reversion>, InvalidMarket> {
    let mut waiting = builder.reversions.clone();
    let mut ordered = Vec::with_capacity(waiting.len());
    while !waiting.is_empty() {
        let receives = |program: u32| waiting.iter().any(|&(_, receiver, _)| receiver == program);
        let Some(next) = waiting.iter().position(|&(donor, ..)| !receives(donor)) else {
            let (donor, receiver) = on_cycle(&waiting);
            return Err(InvalidMarket::ReversionCycle {
                donor: builder.programs.get(donor).to_owned(),
                receiver: builder.programs.get(receiver).to_owned(),
            });
        };
        let (donor, receiver, max) = waiting.remove(next);
        ordered.push(Reversion {
            donor,
            receiver,
            max,
        });
    }
    Ok(ordered)
}

/// Walks back from donor to donor until one comes again: it is on a cycle, while the first need not be.
fn on_cycle(waiting: &[(u32, u32, u32)]) -> (u32, u32) {
    let (mut donor, mut receiver, _) = waiting[0];
    for _ in 0..waiting.len() {
        if let Some(&(before, ..)) = waiting.iter().find(|&&(_, to, _)| to == donor) {
            (donor, receiver) = (before, donor);
        }
    }
    (donor, receiver)
}

/// Hangs each supplemental list on the rank entry of its advanced program, where that is returned.
fn spread(advanced: &[(u32, u32, Span)], rows: &[Span], ranks: &[Rank]) -> Vec<Span> {
    let mut spans = vec![Span::default(); ranks.len()];
    for &(applicant, program, span) in advanced {
        let row = rows[applicant as usize].range();
        if let Some(at) = row.clone().find(|&at| ranks[at].program == program) {
            spans[at] = span;
        }
    }
    spans
}
