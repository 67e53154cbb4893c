//! What a face shows. A view reads one snapshot and owns what it returns.

pub mod check_batch;
pub mod columns;
pub mod compose;
pub mod duplicates;
pub mod export;
pub mod history;
pub mod import;
pub mod log;
pub mod palette;
pub mod people;
pub mod person;
pub mod program;
pub mod programs;
pub mod roster;
pub mod search;
pub mod set_up;
pub mod templates;
pub mod today;
pub mod trash;
pub mod vault;
pub mod who;
