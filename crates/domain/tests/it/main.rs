//! The tests of `domain`, one program.

mod agenda;
mod guards;
mod message;
mod names;
mod reconcile;
mod roles;
