//! The tests of `domain`, one program.

mod agenda;
mod mentions;
mod merge;
mod names;
mod quality;
mod reconcile;
mod roles;
