//! The tests of `formats`, one module for each source.

mod market;
