//! The tests of `desk`, one program.

mod apply_import;
mod file;
mod history;
mod large;
mod log_interaction;
mod map_columns;
mod messages;
mod programs;
mod roster;
mod search;
mod set_up;
mod support;
mod today;
mod vault;
mod who;
mod write_message;
