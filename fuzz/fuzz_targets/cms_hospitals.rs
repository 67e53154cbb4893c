//! Bytes read as `cms-hospitals`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| fuzz::read_as("cms-hospitals", bytes));
