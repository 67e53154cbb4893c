//! The tests of `matching`, one module for each topic.

mod market;
mod medium_markets;
mod oracle;
mod simulation;
mod small_markets;
mod theorems;
