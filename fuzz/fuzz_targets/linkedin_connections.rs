//! Bytes read as `linkedin-connections`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read_as("linkedin-connections", bytes));
