//! Fee tables that start anew in each specialty, as those of ERAS do.

use crate::error::InvalidProblem;

/// One line of a fee table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FeeTier {
    /// The last application that this price holds for; `None` for all further ones.
    pub up_to: Option<u32>,
    /// What each of them costs, in dollars.
    pub price: u64,
}

/// What the n-th application in a specialty costs.
///
/// When the last tier has an upper end, no application beyond it can be sent.
/// A flat fee for the first ten is a dear first application and nine free ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeeTable(Vec<FeeTier>);

impl FeeTable {
    /// Returns a table from its tiers, in order.
    ///
    /// # Errors
    /// No tier, a tier that does not reach beyond the one before it, or a tier
    /// after one without an upper end.
    ///
    /// The residency fees of the 2026 ERAS season (AAMC, "Fees for 2026 ERAS
    /// Season"): 11 dollars for each of the first 30 programs in a specialty,
    /// 30 dollars for each further one.
    ///
    /// ```
    /// use portfolio::{FeeTable, FeeTier};
    ///
    /// let table = FeeTable::new(vec![
    ///     FeeTier { up_to: Some(30), price: 11 },
    ///     FeeTier { up_to: None, price: 30 },
    /// ])?;
    /// assert_eq!(table.total(30), Some(330));
    /// assert_eq!(table.total(32), Some(390));
    /// # Ok::<(), portfolio::InvalidProblem>(())
    /// ```
    pub fn new(tiers: Vec<FeeTier>) -> Result<Self, InvalidProblem> {
        if tiers.is_empty() {
            return Err(InvalidProblem::NoFeeTiers);
        }
        let mut end = Some(0);
        for (tier, line) in tiers.iter().enumerate() {
            let Some(before) = end else {
                return Err(InvalidProblem::FeeTierAfterLast { tier });
            };
            if line.up_to.is_some_and(|up_to| up_to <= before) {
                return Err(InvalidProblem::FeeTierOrder { tier });
            }
            end = line.up_to;
        }
        Ok(Self(tiers))
    }

    /// Returns a table with one price for every application.
    pub fn flat(price: u64) -> Self {
        Self(vec![FeeTier { up_to: None, price }])
    }

    /// Returns the tiers, in order.
    pub fn tiers(&self) -> &[FeeTier] {
        &self.0
    }

    /// Returns what `n` applications in one specialty cost together; `None`
    /// when the table ends before n, or the sum is too large.
    pub fn total(&self, n: u32) -> Option<u64> {
        let mut sum: u64 = 0;
        let mut start = 0;
        for tier in &self.0 {
            let end = tier.up_to.unwrap_or(u32::MAX).min(n);
            if end > start {
                sum = sum.checked_add(u64::from(end - start).checked_mul(tier.price)?)?;
                start = end;
            }
        }
        (start == n).then_some(sum)
    }

    /// The totals for 0, 1, 2, … applications, as far as they stay within
    /// `limit` dollars and `n_max` applications.
    pub(crate) fn totals(&self, n_max: usize, limit: u64) -> Vec<u64> {
        (0..=n_max as u32)
            .map_while(|n| self.total(n).filter(|&total| total <= limit))
            .collect()
    }

    /// The dearest price in the table.
    pub(crate) fn dearest(&self) -> u64 {
        self.0
            .iter()
            .map(|tier| tier.price)
            .max()
            .unwrap_or_default()
    }
}
