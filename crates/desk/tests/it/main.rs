//! The tests of `desk`, one program.

mod apply_import;
mod backup;
mod duplicates;
mod edit_people;
mod export;
mod history;
mod large;
mod lock;
mod log_interaction;
mod merge_people;
mod programs;
mod search;
mod set_up;
mod support;
mod today;
mod trash;
mod vault;
mod who;
mod write_message;
