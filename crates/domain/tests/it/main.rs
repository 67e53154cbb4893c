//! The tests of `domain`, one program.

mod agenda;
mod names;
mod quality;
mod reconcile;
mod roles;
