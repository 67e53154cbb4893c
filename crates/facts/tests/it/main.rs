//! Tests of the shipped facts.

mod employers;
mod events;
mod here;
mod load;
mod lookup;
mod networking;
mod pathways;
mod schools;
mod seasons;
