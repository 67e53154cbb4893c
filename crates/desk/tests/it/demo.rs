//! The demonstration: a made-up student's year, the same everywhere.

use std::sync::Arc;

use desk::views::export::export;
use desk::views::here::{WhichRotation, here};
use desk::views::program::program;
use desk::{FixedClock, Ids, Reader, Vault};
use domain::ProgramId;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tempfile::TempDir;

fn demo() -> (TempDir, Reader) {
    let folder = tempfile::tempdir().expect("a folder");
    let now: Timestamp = "2026-07-01T15:00:00Z".parse().expect("a time");
    let vault = Vault::at(folder.path());
    desk::demo::fill(&vault, now, TimeZone::UTC).expect("it is made");
    let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
    let (_, reader) = vault.open(clock, Ids::seeded(7)).expect("it opens");
    (folder, reader)
}

#[test]
fn it_is_the_same_each_time() {
    let [(_one, first), (_other, second)] = [demo(), demo()];
    let first = export(&first).expect("an export");
    assert!(!first.is_empty());
    assert_eq!(first, export(&second).expect("an export"));
}

#[test]
fn the_student_rotates_now_and_next_at_hospitals_that_are_known() {
    let (_folder, reader) = demo();
    let today = "2026-07-01".parse().expect("a day");
    let here = here(&reader, &WhichRotation::Usual, today).expect("a page");
    let hospital = here.hospital.expect("a rotation");
    let rotation = hospital.rotation.as_ref().expect("a rotation");
    assert_eq!(rotation.hospital, "Maimonides Medical Center");
    assert_eq!(rotation.when, "now");
    assert!(rotation.site.is_some());
    assert_eq!(
        (hospital.city.as_str(), hospital.state_code.as_str()),
        ("Brooklyn", "NY")
    );
    assert!(!hospital.programs.is_empty() && !hospital.who.is_empty());
    let [next] = hospital.others.as_slice() else {
        panic!("one more rotation: {:?}", hospital.others);
    };
    assert_eq!(
        (next.hospital.as_str(), next.when),
        ("Newark Beth Israel Medical Center", "next")
    );
    assert!(next.site.is_some());
}

#[test]
fn its_first_program_has_somebody_who_refers_patients() {
    let (_folder, reader) = demo();
    let id = ProgramId::new("4203521221").expect("an id");
    let view = program(&reader, &id).expect("a program").referring;
    let known: Vec<(&str, usize)> = view
        .specialties
        .iter()
        .map(|it| (it.label, it.people.len()))
        .collect();
    assert_eq!(
        known,
        [("Surgeons", 0), ("Oncologists", 1), ("Internists", 0)]
    );
}
