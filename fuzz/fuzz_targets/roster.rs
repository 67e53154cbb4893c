//! Texts read as a match list and as the page of a department.

#![no_main]

use formats::roster::{RosterKind, read_roster};
use jiff::civil::date;

libfuzzer_sys::fuzz_target!(|text: &str| {
    let kinds = [
        RosterKind::MatchList {
            school: "A school".to_owned(),
        },
        RosterKind::Department {
            employer: "A hospital".to_owned(),
        },
    ];
    for kind in &kinds {
        for row in read_roster(text, kind).rows {
            assert!(row.line > 0);
            let _ = row.person(kind, date(2026, 11, 24));
        }
    }
});
