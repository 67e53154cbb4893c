//! What is made to be printed, for both faces.

pub(crate) mod recovery_sheet;
