//! Bytes read as a table whose columns somebody explained.

#![no_main]

use formats::Collected;
use formats::contacts::{look_at_csv, read_mapped};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let Some(mut look) = look_at_csv(&mut &*bytes) else {
        return;
    };
    let _ = (look.fingerprint(), look.is_regular());
    // Any column may be the name, and the student may say that there is no header.
    for has_header in [true, false] {
        look.guess.has_header = has_header;
        if let Some(first) = look.guess.roles.first_mut() {
            *first = formats::ColumnRole::Name;
        }
        let _ = read_mapped(&look.guess, &mut &*bytes, &mut Collected::default());
    }
});
