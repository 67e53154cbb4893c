//! History and undo.

use desk::DeskError;
use desk::verbs::edit_person::PersonEdit;
use desk::views::history::{history, last_undoable, operation};
use domain::OperationId;
use uuid::Uuid;

use crate::support::Bench;

fn noted(bench: &Bench, note: &str) -> OperationId {
    let edit = PersonEdit {
        note: Some(note.to_owned()),
        ..PersonEdit::default()
    };
    let asha = bench.person("Asha Rao");
    bench
        .desk
        .edit_person(asha, &edit)
        .expect("edited")
        .operation
}

#[test]
fn undo_and_undo_of_undo() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    let before = bench.dump();
    let edit = noted(&bench, "likes short questions");
    let after = bench.dump();
    let undo = bench
        .desk
        .undo_operation(edit, false)
        .expect("undone")
        .operation;
    assert_eq!(bench.dump(), before);
    let line = operation(&bench.reader, edit).expect("there");
    assert_eq!(line.undone_by, Some(undo.to_string()));
    let again = bench.desk.undo_operation(edit, false);
    assert!(matches!(again, Err(DeskError::UndoEnded(_))), "{again:?}");
    bench
        .desk
        .undo_operation(undo, false)
        .expect("the undo is undone");
    assert_eq!(bench.dump(), after);
}

#[test]
fn an_older_change_needs_the_later_ones() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    let before = bench.dump();
    let first = noted(&bench, "one");
    let second = noted(&bench, "two");
    let dump = bench.dump();
    let refused = bench.desk.undo_operation(first, false);
    let Err(DeskError::UndoNeedsLater { later }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        later,
        [(second, "Change what is stored of Asha Rao".to_owned())]
    );
    assert_eq!(bench.dump(), dump);
    bench
        .desk
        .undo_operation(first, true)
        .expect("with the later one");
    assert_eq!(bench.dump(), before);
}

#[test]
fn plain_undo_skips_what_is_undone_and_undos() {
    let bench = Bench::new();
    assert!(matches!(
        last_undoable(&bench.reader),
        Err(DeskError::NothingToUndo)
    ));
    bench.people("Asha Rao");
    let first = noted(&bench, "one");
    let second = noted(&bench, "two");
    assert_eq!(last_undoable(&bench.reader).expect("one"), second);
    bench.desk.undo_operation(second, false).expect("undone");
    assert_eq!(last_undoable(&bench.reader).expect("one"), first);
}

#[test]
fn pages_of_history_meet_without_a_gap() {
    let bench = Bench::new();
    bench.people("Asha Rao");
    for n in 0..4 {
        noted(&bench, &n.to_string());
    }
    let first = history(&bench.reader, 3, None).expect("a page");
    let second = history(&bench.reader, 3, first.next).expect("a page");
    let seqs: Vec<i64> = first
        .operations
        .iter()
        .chain(&second.operations)
        .map(|o| o.seq)
        .collect();
    assert_eq!(seqs.len(), 5);
    assert!(seqs.is_sorted_by(|a, b| a > b), "{seqs:?}");
    assert_eq!(second.next, None);
}

#[test]
fn a_change_that_is_not_there_is_said() {
    let bench = Bench::new();
    let refused = bench
        .desk
        .undo_operation(OperationId(Uuid::from_u128(9)), false);
    assert!(
        matches!(refused, Err(DeskError::NotThere { what: "change", .. })),
        "{refused:?}"
    );
}
