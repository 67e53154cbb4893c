//! Changes to many people are one operation, and are undone as one.

use desk::DeskError;
use desk::verbs::edit_people::BulkEdit;
use desk::views::people::{PeopleQuery, people_ids};
use domain::{PersonId, Ring};

use crate::support::Bench;

fn chosen(bench: &Bench, query: &PeopleQuery) -> Vec<PersonId> {
    people_ids(&bench.reader, query).expect("ids")
}

fn tagged(tag: &str) -> PeopleQuery {
    PeopleQuery {
        tags: vec![tag.to_owned()],
        ..PeopleQuery::default()
    }
}

#[test]
fn every_change_to_many_is_one_operation_with_undo() {
    let bench = Bench::new();
    let names: String = (0..120).map(|i| format!("Given{i} Family{i}\n")).collect();
    bench.people(&names);
    let everybody = chosen(&bench, &PeopleQuery::default());
    assert_eq!(everybody.len(), 120, "also those beyond the first page");
    bench
        .desk
        .edit_people(&everybody[..70], &BulkEdit::AddTag(" alumni ".to_owned()))
        .expect("tagged");
    let alumni = chosen(&bench, &tagged("alumni"));
    assert_eq!(alumni.len(), 70);
    let before = bench.dump();
    for (edit, n_changed, description) in [
        (
            BulkEdit::Ring(Ring::Inner),
            70,
            "Put into the ring \"inner\": 70 people",
        ),
        (
            BulkEdit::SameSchool(Some(true)),
            70,
            "Note \"same school\": 70 people",
        ),
        (BulkEdit::Archive(true), 70, "Archive: 70 people"),
        (
            BulkEdit::AddTag("mentor".to_owned()),
            70,
            "Add the tag \"mentor\": 70 people",
        ),
        (
            BulkEdit::RemoveTag("alumni".to_owned()),
            70,
            "Take the tag \"alumni\" away: 70 people",
        ),
    ] {
        let done = bench.desk.edit_people(&alumni, &edit).expect("changed");
        assert_eq!(done.result, n_changed);
        assert_eq!(bench.operations()[0].description, description);
        bench
            .desk
            .undo_operation(done.operation, false)
            .expect("undone");
        assert_eq!(bench.dump(), before, "{description}");
    }
}

#[test]
fn a_tag_needs_a_word_and_a_change_that_is_none_is_no_operation() {
    let bench = Bench::new();
    bench.people("Ben Okafor");
    let everybody = chosen(&bench, &PeopleQuery::default());
    for edit in [
        BulkEdit::AddTag(" ".to_owned()),
        BulkEdit::RemoveTag(String::new()),
    ] {
        let refused = bench.desk.edit_people(&everybody, &edit);
        assert!(matches!(refused, Err(DeskError::Bad { field: "tag", .. })));
    }
    let n_operations = bench.operations().len();
    let done = bench
        .desk
        .edit_people(&everybody, &BulkEdit::Archive(false));
    assert_eq!(done.expect("nothing to do").result, 0);
    assert_eq!(bench.operations().len(), n_operations);
}
