//! Bytes read as `outlook-contacts`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read_as("outlook-contacts", bytes));
