//! The faces of Vouch: what the student sees in the browser and in a terminal.

pub mod cli;
pub mod web;
mod words;
