//! The tests of `matching`, one module for each topic.

mod market;
mod medium_markets;
mod oracle;
mod published;
mod simulation;
mod small_markets;
mod theorems;
