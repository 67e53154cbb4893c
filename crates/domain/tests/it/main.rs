//! The tests of `domain`, one program.

mod agenda;
mod cadence;
mod names;
mod reconcile;
mod roles;
