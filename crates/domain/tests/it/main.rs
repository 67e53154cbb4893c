//! The tests of `domain`, one program.

mod agenda;
mod names;
mod reconcile;
mod roles;
