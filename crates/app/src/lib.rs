//! The faces of Vouch: what the student sees in the browser and in a terminal.

mod attempts;
pub mod cli;
mod paper;
pub mod web;
mod words;
