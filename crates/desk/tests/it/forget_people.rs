//! Forgetting wants the right word, says what went, and names what it cannot reach.

use desk::DeskError;
use desk::views::forget::{forget_person, forget_trash};

use crate::support::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center\nBen Okafor, resident");
    bench.log("call with Dr. Asha Rao about the aorta");
    bench.log("lunch with Asha Rao and Ben Okafor");
    bench
}

#[test]
fn the_surname_confirms_and_nothing_else() {
    let bench = bench();
    let asha = bench.person("Asha Rao");
    let before = bench.dump();
    for typed in ["", "Asha", "Okafor", "Ra"] {
        let refused = bench.desk.forget_person(asha, typed);
        assert!(
            matches!(refused, Err(DeskError::Bad { .. })),
            "{typed}: {refused:?}"
        );
    }
    assert_eq!(bench.dump(), before);
    let said = forget_person(&bench.desk, asha).expect("it is said");
    assert_eq!(
        (said.who.as_str(), said.type_this.as_str()),
        ("Dr. Asha Rao", "Rao")
    );
    let done = bench.desk.forget_person(asha, " RAO ").expect("forgotten");
    assert_eq!(done.result.counts, said.counts, "it does what it said");
    assert!(done.result.swept);
    assert!(!format!("{:?}", bench.operations()).contains("Asha"));
    assert!(!format!("{:?}", bench.dump()).contains("Asha"));
    let gone = bench.desk.forget_person(asha, "Rao");
    assert!(matches!(gone, Err(DeskError::NotThere { .. })), "{gone:?}");
    let ended = bench.desk.undo_operation(done.operation, false);
    assert!(matches!(ended, Err(DeskError::UndoEnded(_))), "{ended:?}");
}

#[test]
fn the_trash_is_emptied_by_its_number_and_copies_are_named() {
    let bench = bench();
    let empty = forget_trash(&bench.desk);
    assert!(
        matches!(empty, Err(DeskError::NotThere { .. })),
        "{empty:?}"
    );
    let people = [bench.person("Asha Rao"), bench.person("Okafor")];
    bench.desk.delete_people(&people).expect("deleted");
    let copy = bench.folder.path().join("copy of vouch.db");
    std::fs::copy(bench.folder.path().join("vouch.db"), &copy).expect("copied");
    let said = forget_trash(&bench.desk).expect("it is said");
    assert_eq!(said.type_this, "2");
    let files: Vec<_> = said.copies.iter().map(|copy| copy.file.clone()).collect();
    assert_eq!(files, [copy], "not the vault, its log or its key");
    let refused = bench.desk.empty_trash("all");
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    let done = bench.desk.empty_trash("2").expect("forgotten");
    assert_eq!(done.result.counts.people, 2);
    assert!(bench.table("person").is_empty());
}
