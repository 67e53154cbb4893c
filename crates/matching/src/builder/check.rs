//! What only all records together can tell: members of couples without a record, and ids that nobody declares.

use super::{CoupleRecord, MarketBuilder, Span};
use crate::index::NONE;
use crate::invalid::InvalidMarket;

impl MarketBuilder {
    /// Declares the members of couples that have no record of their own but stand on some program's list.
    ///
    /// Such files exist, because a member has no list that a record could hold.
    /// A member whom nobody ranks is more likely a typing error, and stays unknown.
    pub(super) fn declare_members(&mut self) -> Result<(), InvalidMarket> {
        let mut couple_of = vec![NONE; self.applicants.len()];
        for (at, couple) in self.couples.iter().enumerate() {
            for member in couple.members {
                let first = std::mem::replace(&mut couple_of[member as usize], at as u32);
                if first != NONE {
                    return Err(InvalidMarket::TwoCouples {
                        applicant: self.applicants.get(member).to_owned(),
                        first: self.couples[first as usize].id.clone(),
                        second: couple.id.clone(),
                    });
                }
                if self.applicant_rows[member as usize].is_some_and(|row| row.len() > 0) {
                    return Err(self.member_with_list(couple, member));
                }
            }
        }
        for list in &self.supplemental {
            let couple = couple_of[list.applicant as usize];
            if couple != NONE {
                return Err(self.member_with_list(&self.couples[couple as usize], list.applicant));
            }
        }
        let undeclared = |&member: &u32| self.applicant_rows[member as usize].is_none();
        if !self
            .couples
            .iter()
            .flat_map(|couple| &couple.members)
            .any(undeclared)
        {
            return Ok(());
        }
        for &applicant in &self.program_items {
            if couple_of[applicant as usize] != NONE {
                self.applicant_rows[applicant as usize].get_or_insert_default();
            }
        }
        Ok(())
    }

    fn member_with_list(&self, couple: &CoupleRecord, member: u32) -> InvalidMarket {
        InvalidMarket::MemberWithList {
            couple: couple.id.clone(),
            applicant: self.applicants.get(member).to_owned(),
        }
    }

    pub(super) fn check_known(&self) -> Result<(), InvalidMarket> {
        if let Some(unknown) = self.program_rows.iter().position(Option::is_none) {
            let program = self.programs.get(unknown as u32).to_owned();
            return Err(InvalidMarket::UnknownProgram {
                record: self.who_names_program(unknown as u32),
                program,
            });
        }
        if let Some(unknown) = self.applicant_rows.iter().position(Option::is_none) {
            let applicant = self.applicants.get(unknown as u32).to_owned();
            return Err(InvalidMarket::UnknownApplicant {
                record: self.who_names_applicant(unknown as u32),
                applicant,
            });
        }
        Ok(())
    }

    fn who_names_program(&self, program: u32) -> String {
        let names = |span: Span| self.applicant_items[span.range()].contains(&program);
        for (at, row) in self.applicant_rows.iter().enumerate() {
            if row.is_some_and(names) {
                return format!("applicant {}", self.applicants.get(at as u32));
            }
        }
        for list in &self.supplemental {
            if list.advanced == program || names(list.span) {
                return format!(
                    "supplemental list of applicant {}",
                    self.applicants.get(list.applicant)
                );
            }
        }
        for couple in &self.couples {
            if self.pairs[couple.span.range()]
                .iter()
                .flatten()
                .any(|&named| named == program)
            {
                return format!("couple {}", couple.id);
            }
        }
        self.reversions
            .iter()
            .find(|&&(donor, receiver, _)| donor == program || receiver == program)
            .map(|&(donor, receiver, _)| {
                format!(
                    "reversion {} to {}",
                    self.programs.get(donor),
                    self.programs.get(receiver)
                )
            })
            .unwrap_or_default()
    }

    fn who_names_applicant(&self, applicant: u32) -> String {
        for (at, row) in self.program_rows.iter().enumerate() {
            if row.is_some_and(|row| self.program_items[row.range()].contains(&applicant)) {
                return format!("program {}", self.programs.get(at as u32));
            }
        }
        if let Some(couple) = self
            .couples
            .iter()
            .find(|couple| couple.members.contains(&applicant))
        {
            return format!("couple {}", couple.id);
        }
        format!(
            "supplemental list of applicant {}",
            self.applicants.get(applicant)
        )
    }
}
