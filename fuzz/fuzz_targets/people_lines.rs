//! Texts read as people, one a line.

#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let (lines, _) = formats::people_lines::parse(text);
    assert!(lines.iter().all(|line| !line.draft.name.is_empty()));
});
