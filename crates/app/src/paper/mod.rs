//! What is made to be printed or looked at, for both faces.

pub(crate) mod recovery_sheet;
pub(crate) mod state_map;
pub(crate) mod year_bars;
