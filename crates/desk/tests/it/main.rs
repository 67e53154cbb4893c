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
mod map_columns;
mod merge_people;
mod messages;
mod programs;
mod roster;
mod search;
mod set_up;
mod support;
mod templates;
mod today;
mod trash;
mod vault;
mod who;
mod write_message;
