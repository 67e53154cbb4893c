//! The large vault for measuring, made small.

use std::sync::Arc;

use desk::views::export::export;
use desk::{FixedClock, Ids, Vault};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::support::FIRST_DAY;

#[test]
fn the_same_numbers_give_the_same_vault() {
    let now: Timestamp = FIRST_DAY.parse().expect("a time");
    let made = || {
        let folder = tempfile::tempdir().expect("a folder");
        let vault = Vault::at(folder.path());
        desk::demo::large(&vault, 300, 500, now).expect("made");
        let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
        let (_, reader) = vault.open(clock, Ids::random()).expect("it opens");
        export(&reader).expect("an export")
    };
    let first = made();
    let rows = |name: &str| first.iter().find(|t| t.name == name).map(|t| t.rows.len());
    assert_eq!(
        (rows("person"), rows("interaction")),
        (Some(300), Some(500))
    );
    assert_eq!(first, made());
}
