//! Bytes read as an e-mail.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let _ = formats::mail::read_eml(bytes);
});
