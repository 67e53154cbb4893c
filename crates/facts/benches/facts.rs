//! How long loading and reading take.
fn main() { divan::main(); }
