//! Collects the records of a market and refuses what is not one.

mod check;

use crate::index::NONE;
use crate::invalid::InvalidMarket;
use crate::join;
use crate::market::Market;
use crate::names::Names;

/// The most entries, or places, that a market may have; see [`InvalidMarket::TooLarge`].
pub(crate) const LIMIT: usize = 1 << 28;

/// One record's list in a shared row of entries.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

impl Span {
    pub(crate) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    pub(crate) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Returns the span behind `n` entries that come before.
    fn moved(self, n: u32) -> Self {
        Self {
            start: self.start + n,
            end: self.end + n,
        }
    }
}

/// Appends entries under the numbers that their ids have here.
fn take_over(items: &mut Vec<u32>, mut others: Vec<u32>, number: impl Fn(u32) -> u32) {
    for item in &mut others {
        *item = number(*item);
    }
    if items.is_empty() {
        *items = others;
    } else {
        items.extend(others);
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct SupplementalRecord {
    pub(crate) applicant: u32,
    pub(crate) advanced: u32,
    pub(crate) span: Span,
}

#[derive(Clone, Debug)]
pub(crate) struct CoupleRecord {
    pub(crate) id: String,
    pub(crate) members: [u32; 2],
    pub(crate) span: Span,
}

/// Collects programs, applicants, couples and reversions, in any order.
///
/// Ids may be named before the record that declares them.
/// Programs and applicants are numbered in the order in which an id is first seen, so a caller who wants
/// [`Market::applicants`] in the order of a file gives the applicants first.
/// A couple's members need no applicant record of their own as long as some program ranks them.
///
/// # Example
/// ```
/// let mut market = matching::Market::builder();
/// market.applicant("ana", ["city", "mercy"]);
/// market.applicant("ben", ["city"]);
/// market.program("city", 1, ["ben", "ana"]);
/// market.program("mercy", 1, ["ana"]);
/// let market = market.build()?;
/// assert_eq!(market.n_applicants(), 2);
///
/// let mut refused = matching::Market::builder();
/// refused.applicant("ana", ["citty"]);
/// refused.program("city", 1, ["ana"]);
/// assert_eq!(refused.build().unwrap_err().to_string(), "applicant ana: unknown program citty");
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct MarketBuilder {
    pub(crate) programs: Names,
    pub(crate) applicants: Names,
    couple_ids: Names,
    /// By program; `None` until a record declares it.
    pub(crate) program_rows: Vec<Option<Span>>,
    pub(crate) quotas: Vec<u32>,
    pub(crate) program_items: Vec<u32>,
    /// By applicant; `None` until a record declares it.
    pub(crate) applicant_rows: Vec<Option<Span>>,
    pub(crate) applicant_items: Vec<u32>,
    pub(crate) supplemental: Vec<SupplementalRecord>,
    pub(crate) couples: Vec<CoupleRecord>,
    pub(crate) pairs: Vec<[u32; 2]>,
    pub(crate) reversions: Vec<(u32, u32, u32)>,
    /// The first refusal that could be seen on the way; given back by `build`.
    problem: Option<InvalidMarket>,
}

impl MarketBuilder {
    /// Adds a program with its number of places and its rank list of applicants, best first.
    pub fn program<S: AsRef<str>>(
        &mut self,
        id: &str,
        quota: i64,
        rank_list: impl IntoIterator<Item = S>,
    ) -> &mut Self {
        self.add_program(id, quota, |names, items| {
            items.extend(
                rank_list
                    .into_iter()
                    .map(|applicant| names.intern(applicant.as_ref())),
            );
        })
    }

    /// Does the same as [`Self::program`] for a rank list in one text, which is quicker than splitting it first.
    ///
    /// Spaces around an id do not count, and nothing between two separators is nothing.
    pub fn program_from_text(
        &mut self,
        id: &str,
        quota: i64,
        rank_list: &str,
        separator: u8,
    ) -> &mut Self {
        self.add_program(id, quota, |names, items| {
            names.intern_list(rank_list, separator, items)
        })
    }

    /// Adds an applicant with a rank list of programs, best first.
    pub fn applicant<S: AsRef<str>>(
        &mut self,
        id: &str,
        rank_list: impl IntoIterator<Item = S>,
    ) -> &mut Self {
        self.add_applicant(id, |names, items| {
            items.extend(
                rank_list
                    .into_iter()
                    .map(|program| names.intern(program.as_ref())),
            );
        })
    }

    /// Does the same as [`Self::applicant`] for a rank list in one text, as in [`Self::program_from_text`].
    pub fn applicant_from_text(&mut self, id: &str, rank_list: &str, separator: u8) -> &mut Self {
        self.add_applicant(id, |names, items| {
            names.intern_list(rank_list, separator, items)
        })
    }

    fn add_program(
        &mut self,
        id: &str,
        quota: i64,
        add_list: impl FnOnce(&mut Names, &mut Vec<u32>),
    ) -> &mut Self {
        let program = self.see_program(id);
        if self.program_rows[program as usize].is_some() {
            self.refuse(InvalidMarket::DuplicateProgram {
                program: id.to_owned(),
            });
        }
        self.quotas[program as usize] = match quota {
            ..0 => {
                self.refuse(InvalidMarket::NegativeQuota {
                    program: id.to_owned(),
                    quota,
                });
                0
            }
            0..=0x1000_0000 => quota as u32,
            _ => {
                self.refuse(InvalidMarket::TooLarge {
                    record: format!("program {id}"),
                });
                0
            }
        };
        let start = self.program_items.len() as u32;
        add_list(&mut self.applicants, &mut self.program_items);
        self.applicant_rows.resize(self.applicants.len(), None);
        let end = self.end_of(self.program_items.len(), || format!("program {id}"));
        self.program_rows[program as usize] = Some(Span { start, end });
        self
    }

    fn add_applicant(
        &mut self,
        id: &str,
        add_list: impl FnOnce(&mut Names, &mut Vec<u32>),
    ) -> &mut Self {
        let applicant = self.see_applicant(id);
        if self.applicant_rows[applicant as usize].is_some() {
            self.refuse(InvalidMarket::DuplicateApplicant {
                applicant: id.to_owned(),
            });
        }
        let start = self.applicant_items.len() as u32;
        add_list(&mut self.programs, &mut self.applicant_items);
        self.program_rows.resize(self.programs.len(), None);
        self.quotas.resize(self.programs.len(), 0);
        let end = self.end_of(self.applicant_items.len(), || format!("applicant {id}"));
        self.applicant_rows[applicant as usize] = Some(Span { start, end });
        self
    }

    /// Adds an applicant's supplemental list for an advanced program of the rank list: the preliminary programs that
    /// are tried, best first, once the advanced program holds the applicant.
    pub fn supplemental<S: AsRef<str>>(
        &mut self,
        applicant: &str,
        advanced: &str,
        rank_list: impl IntoIterator<Item = S>,
    ) -> &mut Self {
        let record =
            || format!("supplemental list of applicant {applicant} for program {advanced}");
        let (applicant_at, advanced_at) =
            (self.see_applicant(applicant), self.see_program(advanced));
        let start = self.applicant_items.len() as u32;
        for program in rank_list {
            let program = self.see_program(program.as_ref());
            self.applicant_items.push(program);
        }
        let end = self.end_of(self.applicant_items.len(), record);
        let span = Span { start, end };
        self.supplemental.push(SupplementalRecord {
            applicant: applicant_at,
            advanced: advanced_at,
            span,
        });
        self
    }

    /// Adds a couple with its list of pairs, best first: for each member a program or none.
    pub fn couple<S: AsRef<str>>(
        &mut self,
        id: &str,
        members: [&str; 2],
        pairs: impl IntoIterator<Item = [Option<S>; 2]>,
    ) -> &mut Self {
        let n_couples = self.couple_ids.len();
        if (self.couple_ids.intern(id) as usize) < n_couples {
            self.refuse(InvalidMarket::DuplicateCouple {
                couple: id.to_owned(),
            });
        }
        if members[0] == members[1] {
            let applicant = members[0].to_owned();
            self.refuse(InvalidMarket::CoupleWithItself {
                couple: id.to_owned(),
                applicant,
            });
        }
        let members = members.map(|member| self.see_applicant(member));
        let start = self.pairs.len() as u32;
        for pair in pairs {
            let pair = pair
                .map(|program| program.map_or(NONE, |program| self.see_program(program.as_ref())));
            self.pairs.push(pair);
        }
        let end = self.end_of(self.pairs.len(), || format!("couple {id}"));
        self.couples.push(CoupleRecord {
            id: id.to_owned(),
            members,
            span: Span { start, end },
        });
        self
    }

    /// Adds a reversion: up to `max` places that `donor` cannot fill are added to the quota of `receiver`.
    ///
    /// A donor with several reversions serves them in the order in which they are added.
    pub fn reversion(&mut self, donor: &str, receiver: &str, max: i64) -> &mut Self {
        if donor == receiver {
            self.refuse(InvalidMarket::ReversionToItself {
                program: donor.to_owned(),
            });
        }
        if max < 0 {
            let (donor, receiver) = (donor.to_owned(), receiver.to_owned());
            self.refuse(InvalidMarket::NegativeMaximum {
                donor,
                receiver,
                max,
            });
        }
        let (donor, receiver) = (self.see_program(donor), self.see_program(receiver));
        self.reversions
            .push((donor, receiver, max.clamp(0, LIMIT as i64) as u32));
        self
    }

    /// Adds everything that another builder has collected, as if its records had been given to this one.
    ///
    /// Tables of one market may so be read beside each other: ids get the numbers that they would have got one table
    /// after the other.
    ///
    /// # Complexity
    /// O(L + P + A) time for the lists, programs and applicants of `other`.
    pub fn append(&mut self, other: Self) -> &mut Self {
        let programs: Vec<u32> = (0..other.programs.len() as u32)
            .map(|at| self.see_program(other.programs.get(at)))
            .collect();
        let applicants: Vec<u32> = (0..other.applicants.len() as u32)
            .map(|at| self.see_applicant(other.applicants.get(at)))
            .collect();
        let program = |at: u32| {
            if at == NONE {
                NONE
            } else {
                programs[at as usize]
            }
        };
        let applicant = |at: u32| applicants[at as usize];

        let start = self.program_items.len() as u32;
        take_over(&mut self.program_items, other.program_items, applicant);
        for (at, row) in other.program_rows.iter().enumerate() {
            let Some(row) = row else { continue };
            let here = programs[at] as usize;
            if self.program_rows[here].is_some() {
                let program = self.programs.get(here as u32).to_owned();
                self.refuse(InvalidMarket::DuplicateProgram { program });
            }
            self.program_rows[here] = Some(row.moved(start));
            self.quotas[here] = other.quotas[at];
        }

        let start = self.applicant_items.len() as u32;
        take_over(&mut self.applicant_items, other.applicant_items, program);
        for (at, row) in other.applicant_rows.iter().enumerate() {
            let Some(row) = row else { continue };
            let here = applicants[at] as usize;
            if self.applicant_rows[here].is_some() {
                let applicant = self.applicants.get(here as u32).to_owned();
                self.refuse(InvalidMarket::DuplicateApplicant { applicant });
            }
            self.applicant_rows[here] = Some(row.moved(start));
        }
        self.supplemental
            .extend(other.supplemental.iter().map(|list| SupplementalRecord {
                applicant: applicant(list.applicant),
                advanced: program(list.advanced),
                span: list.span.moved(start),
            }));

        let start = self.pairs.len() as u32;
        self.pairs
            .extend(other.pairs.iter().map(|pair| pair.map(program)));
        for couple in other.couples {
            let n_couples = self.couple_ids.len();
            if (self.couple_ids.intern(&couple.id) as usize) < n_couples {
                self.refuse(InvalidMarket::DuplicateCouple {
                    couple: couple.id.clone(),
                });
            }
            self.couples.push(CoupleRecord {
                members: couple.members.map(applicant),
                span: couple.span.moved(start),
                id: couple.id,
            });
        }
        self.reversions.extend(
            other
                .reversions
                .iter()
                .map(|&(donor, receiver, max)| (program(donor), program(receiver), max)),
        );
        let n_items = self
            .program_items
            .len()
            .max(self.applicant_items.len())
            .max(self.pairs.len());
        self.end_of(n_items, || "all lists together".to_owned());
        if let Some(problem) = other.problem {
            self.refuse(problem);
        }
        self
    }

    /// Checks the records and joins the rank lists of both sides.
    ///
    /// # Errors
    /// The first record that is wrong, as an [`InvalidMarket`].
    ///
    /// # Complexity
    /// O(L + P) time and memory: L is the total length of all lists of both sides, P the number of programs.
    pub fn build(mut self) -> Result<Market, InvalidMarket> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        self.declare_members()?;
        self.check_known()?;
        join::join(self)
    }

    fn see_program(&mut self, id: &str) -> u32 {
        let program = self.programs.intern(id);
        if program as usize == self.program_rows.len() {
            self.program_rows.push(None);
            self.quotas.push(0);
        }
        program
    }

    fn see_applicant(&mut self, id: &str) -> u32 {
        let applicant = self.applicants.intern(id);
        if applicant as usize == self.applicant_rows.len() {
            self.applicant_rows.push(None);
        }
        applicant
    }

    fn refuse(&mut self, problem: InvalidMarket) {
        self.problem.get_or_insert(problem);
    }

    fn end_of(&mut self, len: usize, record: impl FnOnce() -> String) -> u32 {
        if len > LIMIT {
            self.refuse(InvalidMarket::TooLarge { record: record() });
        }
        len as u32
    }
}
