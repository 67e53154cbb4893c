//! Bytes read as `linkedin-messages`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read_as("linkedin-messages", bytes));
