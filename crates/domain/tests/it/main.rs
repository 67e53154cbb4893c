//! The tests of `domain`, one program.

mod agenda;
mod mentions;
mod names;
mod reconcile;
mod roles;
