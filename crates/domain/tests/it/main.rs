//! The tests of `domain`, one program.

mod agenda;
mod cadence;
mod employers;
mod guards;
mod mentions;
mod merge;
mod message;
mod names;
mod quality;
mod reconcile;
mod roles;
