//! The tests of `desk`, one program.

mod apply_import;
mod edit_people;
mod history;
mod large;
mod log_interaction;
mod plan_rotation;
mod programs;
mod rhythms;
mod scenarios;
mod search;
mod set_up;
mod support;
mod today;
mod trash;
mod vault;
mod week;
mod who;
mod write_message;
