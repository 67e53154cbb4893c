//! Deleted people vanish from every view, wait in the trash, and come back.

use desk::views::export::export;
use desk::views::palette::palette;
use desk::views::people::{PeopleQuery, people, people_ids};
use desk::views::person::person;
use desk::views::search::search;
use desk::views::trash::{everybody_in_trash, find_in_trash, in_trash, trash};
use desk::views::who::who;
use desk::{DeskError, Reader};
use formats::export::Cell;

use crate::support::Bench;

fn bench() -> Bench {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\n\
         Dr. Vikram Rao, IR attending, Henry Ford Hospital\n\
         Ben Okafor, resident, Mount Sinai",
    );
    bench.log("call with Dr. Asha Rao about the aorta #promise send poster by Fri");
    bench.log("lunch with Dr. Asha Rao and Ben Okafor");
    bench
}

fn names(reader: &Reader) -> Vec<String> {
    let found = people(reader, &PeopleQuery::default()).expect("people");
    found.rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn who_is_deleted_vanishes_from_every_view_and_comes_back() {
    let bench = bench();
    let asha = bench.person("Asha Rao");
    let before = bench.dump();
    let today = bench.today();
    assert!(today.items.iter().any(|item| item.kind == "follow-up"));

    let done = bench.desk.delete_people(&[asha]).expect("deleted");
    assert_eq!(done.result, 1);
    assert_eq!(bench.operations()[0].description, "Delete Dr. Asha Rao");
    assert_eq!(names(&bench.reader), ["Ben Okafor", "Dr. Vikram Rao"]);
    assert!(matches!(
        person(&bench.reader, asha),
        Err(DeskError::NotThere { .. })
    ));
    let hits = search(&bench.reader, "asha", 9).expect("search");
    assert!(hits.people.is_empty() && hits.notes.is_empty(), "{hits:?}");
    assert!(
        palette(&bench.reader, "asha", 9)
            .expect("palette")
            .is_empty()
    );
    let who = who(&bench.reader, "maimonides").expect("who");
    assert!(!format!("{who:?}").contains("Asha"), "{who:?}");
    assert!(!format!("{:?}", bench.today()).contains("Asha"));
    assert!(!format!("{:?}", bench.dump()).contains("Asha"));
    // A file that names the person again brings a new one, and asks nothing.
    let again = bench.preview("Asha,Rao,,,Maimonides Medical Center,Attending,08 Feb 2026\n");
    assert_eq!(again.view(9).n_new, 1);

    let waiting = trash(&bench.reader, 50, 0).expect("trash");
    assert_eq!(
        (
            waiting.total,
            waiting.rows[0].name.as_str(),
            waiting.rows[0].employer.as_str()
        ),
        (1, "Dr. Asha Rao", "Maimonides Medical Center")
    );
    assert_eq!(find_in_trash(&bench.reader, "rao").expect("found"), asha);
    assert!(in_trash(&bench.reader, asha).expect("read").is_some());
    let restored = bench.desk.restore_people(&[asha]).expect("restored");
    assert_eq!(restored.result, 1);
    assert_eq!(bench.dump(), before);
    assert_eq!(bench.today(), today);
    assert_eq!(bench.operations()[0].description, "Restore Dr. Asha Rao");
    assert!(everybody_in_trash(&bench.reader).expect("read").is_empty());
}

#[test]
fn the_trash_is_exported_only_when_asked() {
    let bench = bench();
    let before = bench.dump();
    let everybody = people_ids(&bench.reader, &PeopleQuery::default()).expect("ids");
    bench.desk.delete_people(&everybody).expect("deleted");
    let rows = |name: &str| bench.table(name).len();
    assert_eq!(
        (rows("person"), rows("contact"), rows("interaction")),
        (0, 0, 0)
    );
    let operations = bench.operations();
    assert_eq!(bench.desk.export_with_trash().expect("exported"), before);
    assert_eq!(bench.operations(), operations, "an export is no change");
    assert_eq!(rows("person"), 0);
    assert!(
        export(&bench.reader)
            .expect("exported")
            .iter()
            .all(|table| table.name != "trash")
    );
}

#[test]
fn nobody_to_delete_or_restore_is_said() {
    let bench = bench();
    let asha = bench.person("Asha Rao");
    for outcome in [
        bench.desk.restore_people(&[asha]),
        bench.desk.restore_people(&[]),
        bench.desk.delete_people(&[]),
    ] {
        assert!(
            matches!(outcome, Err(DeskError::NotThere { .. })),
            "{outcome:?}"
        );
    }
    let everybody = people_ids(&bench.reader, &PeopleQuery::default()).expect("ids");
    bench.desk.delete_people(&everybody).expect("deleted");
    assert!(matches!(
        find_in_trash(&bench.reader, "rao"),
        Err(DeskError::Several { candidates, .. }) if candidates.len() == 2
    ));
    assert!(matches!(
        find_in_trash(&bench.reader, "nobody"),
        Err(DeskError::NotThere { .. })
    ));
    assert_eq!(
        bench.table("person"),
        Vec::<Vec<Cell>>::new(),
        "everybody went at once"
    );
}
