//! A long list in parts: which part is shown, and the ways to the others.

use super::form::Fields;

/// The part of a list that a page shows.
pub(crate) struct Parts {
    /// Rows before the part.
    pub(crate) from: usize,
    /// Rows of the part.
    pub(crate) n_shown: usize,
    /// Rows of the whole list.
    pub(crate) total: usize,
    /// The address of the first part.
    pub(crate) begin: String,
    /// The address of the part before.
    pub(crate) earlier: Option<String>,
    /// The address of the part after.
    pub(crate) later: Option<String>,
}

impl Parts {
    /// Returns the part of `n_shown` rows after `from` others; `size` rows before
    /// it the earlier part begins. The fields asked for stay in the addresses.
    pub(crate) fn new(
        path: &str,
        asked: &Fields,
        (from, n_shown, total): (usize, usize, usize),
        size: usize,
    ) -> Self {
        let link = |from: usize| {
            let from = if from == 0 {
                String::new()
            } else {
                from.to_string()
            };
            asked.with(path, &[("from", &from)])
        };
        let next = from + n_shown;
        Self {
            from,
            n_shown,
            total,
            begin: link(0),
            earlier: (from > 0).then(|| link(from.saturating_sub(size))),
            later: (next < total).then(|| link(next)),
        }
    }

    /// Returns the number of the first row.
    pub(crate) fn first(&self) -> usize {
        self.from + self.n_shown.min(1)
    }

    /// Returns the number of the last row.
    pub(crate) fn last(&self) -> usize {
        self.from + self.n_shown
    }

    /// Returns how many rows an address asks to leave out at the start.
    pub(crate) fn asked_from(asked: &Fields) -> usize {
        asked.get("from").parse().unwrap_or(0)
    }
}
