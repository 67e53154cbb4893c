//! Tests of the shipped facts.

mod employers;
mod events;
mod here;
mod load;
mod lookup;
mod networking;
mod pathways;
mod referring;
mod schools;
mod seasons;
