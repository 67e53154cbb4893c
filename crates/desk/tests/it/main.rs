//! The tests of `desk`, one program.

mod apply_import;
mod compose;
mod history;
mod large;
mod log_interaction;
mod note_scan;
mod programs;
mod search;
mod set_up;
mod support;
mod today;
mod vault;
mod who;
mod write_message;
