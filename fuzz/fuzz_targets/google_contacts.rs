//! Bytes read as `google-contacts`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read_as("google-contacts", bytes));
