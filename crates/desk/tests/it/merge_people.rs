//! Merging two people: what moves, what is chosen, and how it is taken back.

use std::collections::BTreeMap;

use desk::DeskError;
use desk::verbs::edit_person::PersonEdit;
use desk::views::person::{PersonView, person};
use domain::{MergeChoice, MergeField, PersonId};
use formats::export::{Cell, write_json};

use crate::support::Bench;

/// Two records of one person, each with a past, and somebody else.
fn bench() -> (Bench, PersonId, PersonId) {
    let bench = Bench::new();
    bench.import(
        "Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides Medical Center,Attending,08 Feb 2026\n\
         A.,Rao,,asha@example.org,Hillcrest,,09 Feb 2026\n\
         Ben,Okafor,,,Mount Sinai,Resident,09 Feb 2026\n",
    );
    let (one, two) = (bench.person("Asha Rao"), bench.person("A. Rao"));
    let edit = PersonEdit {
        note: Some("met on rounds".to_owned()),
        tags: Some(vec!["mentor".to_owned()]),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(two, &edit).expect("it is changed");
    bench.log("today call with Asha Rao");
    bench.log("yesterday met A. Rao and Ben Okafor @rounds");
    (bench, one, two)
}

fn view(bench: &Bench, id: PersonId) -> PersonView {
    person(&bench.reader, id).expect("the person is there")
}

/// Returns the export as it stands in a file.
fn bytes(bench: &Bench) -> String {
    let mut bytes = Vec::new();
    write_json(&bench.dump(), &mut bytes).expect("it is written");
    String::from_utf8(bytes).expect("text")
}

#[test]
fn one_person_has_what_two_had() {
    let (bench, one, two) = bench();
    let before = bytes(&bench);
    let n = bench.operations().len();
    let done = bench
        .desk
        .merge_people(one, two, &BTreeMap::new())
        .expect("they are merged");
    assert_eq!(done.result, one);
    assert_eq!(bench.operations().len(), n + 1);
    assert_eq!(
        bench.operations()[0].description,
        "Merge A. Rao into Dr. Asha Rao"
    );
    let kept = view(&bench, one);
    assert_eq!(kept.timeline.len(), 2);
    assert_eq!(kept.email, "asha@example.org");
    assert_eq!(kept.contacts.len(), 2);
    assert_eq!(kept.tags, ["mentor"]);
    assert_eq!(kept.note, "met on rounds");
    assert_eq!(kept.name, "Dr. Asha Rao");
    let extra = format!("{:?}", bench.table("extra"));
    assert!(
        extra.contains("name before merging") && extra.contains("A. Rao"),
        "{extra}"
    );

    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("it is undone");
    assert_eq!(bytes(&bench), before);
    assert_eq!(bench.person("A. Rao"), two);
}

#[test]
fn the_chosen_values_stay() {
    let (bench, one, two) = bench();
    let choices = BTreeMap::from([
        (MergeField::Name, MergeChoice::Other),
        (MergeField::Work, MergeChoice::Other),
    ]);
    bench
        .desk
        .merge_people(one, two, &choices)
        .expect("they are merged");
    let kept = view(&bench, one);
    assert_eq!(kept.parts.given, "A.");
    let works: Vec<(&str, bool)> = kept
        .affiliations
        .iter()
        .map(|a| (a.employer.as_str(), a.current))
        .collect();
    assert_eq!(
        works,
        [("Hillcrest", true), ("Maimonides Medical Center", false)]
    );
    // A chosen name is the student's own: an import does not replace it in silence.
    let marks = bench.table("edited");
    assert!(
        marks
            .iter()
            .any(|row| row.contains(&Cell::Text("name".to_owned()))),
        "{marks:?}"
    );
}

#[test]
fn old_identities_go_on_meaning_the_person() {
    let (bench, one, two) = bench();
    let ben = bench.person("Ben Okafor");
    bench
        .desk
        .merge_people(two, one, &BTreeMap::new())
        .expect("they are merged");
    // The identity that is gone means the one that was kept.
    let again = bench.desk.merge_people(one, two, &BTreeMap::new());
    assert!(matches!(again, Err(DeskError::Bad { .. })), "{again:?}");
    let done = bench
        .desk
        .merge_people(ben, one, &BTreeMap::new())
        .expect("they are merged");
    assert_eq!(done.result, ben);
    assert_eq!(view(&bench, ben).timeline.len(), 2);
    let nobody = PersonId(uuid::Uuid::from_u128(99));
    let missing = bench.desk.merge_people(ben, nobody, &BTreeMap::new());
    assert!(
        matches!(missing, Err(DeskError::NotThere { .. })),
        "{missing:?}"
    );
}

#[test]
fn the_file_that_brought_both_changes_nothing_afterwards() {
    let (bench, one, two) = bench();
    bench
        .desk
        .merge_people(one, two, &BTreeMap::new())
        .expect("they are merged");
    let before = bytes(&bench);
    let report = bench.import(
        "Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides Medical Center,Attending,08 Feb 2026\n",
    );
    assert_eq!((report.added, report.updated, report.same), (0, 0, 1));
    assert_eq!(bytes(&bench), before);
}

#[test]
fn an_archived_record_joins_the_living_one() {
    let (bench, one, two) = bench();
    let edit = PersonEdit {
        archived: Some(true),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(one, &edit).expect("it is archived");
    let before = bytes(&bench);
    let done = bench
        .desk
        .merge_people(one, two, &BTreeMap::new())
        .expect("they are merged");
    assert!(!view(&bench, one).archived);
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("it is undone");
    assert_eq!(bytes(&bench), before);
}

#[test]
fn a_merge_whose_person_was_changed_is_undone_with_the_change() {
    let (bench, one, two) = bench();
    let before = bytes(&bench);
    let merge = bench
        .desk
        .merge_people(one, two, &BTreeMap::new())
        .expect("they are merged");
    let edit = PersonEdit {
        note: Some("something else".to_owned()),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(one, &edit).expect("it is changed");
    let refused = bench.desk.undo_operation(merge.operation, false);
    assert!(
        matches!(&refused, Err(DeskError::UndoNeedsLater { later }) if later.len() == 1),
        "{refused:?}"
    );
    bench
        .desk
        .undo_operation(merge.operation, true)
        .expect("both are undone");
    assert_eq!(bytes(&bench), before);
}
