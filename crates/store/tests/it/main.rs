//! The store as its caller sees it: one module per topic.

mod common;
mod operations;
