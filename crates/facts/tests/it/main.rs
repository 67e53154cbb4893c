//! Tests of the shipped facts.

mod employers;
mod load;
mod lookup;
mod meetings;
mod networking;
mod schools;
mod seasons;
