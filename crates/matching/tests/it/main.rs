//! The tests of `matching`, one module for each topic.

mod market;
mod oracle;
mod small_markets;
