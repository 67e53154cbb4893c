//! The store as its caller sees it: one module per topic.

mod agenda;
mod agenda_model;
mod common;
mod copy;
mod earlier;
mod forget;
mod forget_model;
mod hospitals;
mod interactions;
mod load;
mod merge;
mod messages;
mod model;
mod operations;
mod people;
mod programs;
mod rotations;
mod search;
mod trash;
mod undo;
mod vault;
