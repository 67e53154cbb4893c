//! The tests of `domain`, one program.

mod agenda;
mod merge;
mod names;
mod quality;
mod reconcile;
mod roles;
