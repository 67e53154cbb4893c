//! The tests of `desk`, one program.
