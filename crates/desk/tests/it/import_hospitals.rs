//! A public list of hospitals: taken over, replaced, undone, and what follows
//! for rotations.

use std::io::Cursor;

use desk::verbs::import_hospitals::HospitalReport;
use desk::verbs::note_hospital::ServiceNote;
use desk::verbs::plan_rotation::RotationEdit;
use desk::views::here::{Hospital, WhichRotation, here};
use desk::views::hospitals::{hospital_changes, hospitals};
use desk::views::set_up::{RotationLine, set_up};
use desk::{DeskError, Done, Reading, read_people};
use domain::RotationId;

use crate::support::Bench;

const HEADER: &str = "Facility ID,Facility Name,City/Town,State,Hospital Type\n";
const ROWS: [&str; 4] = [
    "019901,MERCY HOSPITAL,EXAMPLEVILLE,AL,Acute Care Hospitals\n",
    "339902,MERCY HOSPITAL,BROOKLYN,NY,Acute Care Hospitals\n",
    "339903,ST ANN'S INFIRMARY,BROOKLYN,NY,Acute Care Hospitals\n",
    "339904,HARBOUR PSYCHIATRIC CENTER,BUFFALO,NY,Psychiatric\n",
];

fn reading(rows: &[&str]) -> Reading {
    let csv = format!("{HEADER}{}", rows.concat());
    read_people("Hospitals.csv", &mut Cursor::new(csv)).expect("it is read")
}

fn import(bench: &Bench, rows: &[&str]) -> Done<HospitalReport> {
    bench
        .desk
        .import_hospitals(&reading(rows))
        .expect("taken over")
}

fn labels(bench: &Bench, text: &str) -> Vec<String> {
    let found = hospitals(&bench.reader, text, 9).expect("hospitals");
    found.into_iter().map(|it| it.label).collect()
}

fn edit(hospital: &str) -> RotationEdit {
    RotationEdit {
        hospital: hospital.to_owned(),
        starts: "2026-06-15".to_owned(),
        ends: "2026-08-15".to_owned(),
        ..RotationEdit::default()
    }
}

fn plan(bench: &Bench, id: Option<RotationId>, edit: &RotationEdit) -> RotationId {
    bench.desk.plan_rotation(id, edit).expect("planned").result
}

fn rotation(bench: &Bench) -> RotationLine {
    let today = bench.desk.today().expect("a day");
    let mut rotations = set_up(&bench.reader, today).expect("a set-up").rotations;
    assert_eq!(rotations.len(), 1);
    rotations.remove(0)
}

fn hospital(bench: &Bench) -> Hospital {
    let today = bench.desk.today().expect("a day");
    let here = here(&bench.reader, &WhichRotation::Usual, today).expect("a page");
    here.hospital.expect("a rotation")
}

#[test]
fn a_list_is_taken_over_once_and_replaced_by_the_next() {
    let bench = Bench::new();
    let first = import(&bench, &ROWS).result.changes;
    assert_eq!((first.added, first.changed, first.gone), (4, 0, 0));
    let before = bench.dump();

    let again = import(&bench, &ROWS).result;
    assert_eq!(again.changes.same, 4);
    assert!(!again.changed_anything());
    assert_eq!(bench.dump(), before, "the same file changes nothing");

    let renamed = "339903,SAINT ANN HOSPITAL,BROOKLYN,NY,Acute Care Hospitals\n";
    let next = [ROWS[0], ROWS[1], renamed, ROWS[1]];
    let seen = hospital_changes(&bench.reader, &reading(&next)).expect("counts");
    let done = import(&bench, &next);
    let changes = done.result.changes;
    assert_eq!(changes, seen, "it does what it showed");
    assert_eq!((changes.added, changes.changed, changes.gone), (0, 1, 1));
    assert_eq!((changes.same, changes.repeated), (2, 1));
    assert_eq!(labels(&bench, "ann"), ["SAINT ANN HOSPITAL, BROOKLYN, NY"]);
    assert_eq!(labels(&bench, "harbour"), [""; 0]);

    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(bench.dump(), before);
}

#[test]
fn a_piece_of_the_list_takes_nothing_away() {
    let bench = Bench::new();
    import(&bench, &ROWS);
    let refused = bench.desk.import_hospitals(&reading(&ROWS[..1]));
    let refused = refused.expect_err("a piece").to_string();
    assert!(
        refused.contains("1 hospitals where 4 are stored"),
        "{refused}"
    );
    assert_eq!(labels(&bench, "mercy").len(), 2);
    let nobody = "Name,Employer\nAda Alder,Acme\n";
    let people = read_people("people.csv", &mut Cursor::new(nobody)).expect("people");
    let refused = bench.desk.import_hospitals(&people).expect_err("no list");
    assert!(matches!(refused, DeskError::Bad { .. }), "{refused}");
}

#[test]
fn a_rotation_gets_city_and_state_and_the_programs_there_with_the_source() {
    let bench = Bench::new();
    plan(&bench, None, &edit("St. Ann's Infirmary"));
    assert_eq!(hospital(&bench).city, "");
    let done = import(&bench, &ROWS);
    assert_eq!(done.result.rotations, ["St. Ann's Infirmary"]);

    let here = hospital(&bench);
    assert_eq!(
        (here.city.as_str(), here.state_code.as_str()),
        ("BROOKLYN", "NY")
    );
    let town = here.town.expect("a source");
    assert_eq!(town.value, "BROOKLYN, NY");
    assert_eq!(
        town.source,
        "CMS Hospital General Information, file Hospitals.csv as imported"
    );
    assert_eq!(town.as_of.as_deref(), Some("2026-07-01"));
    assert!(here.in_city.iter().all(|it| it.city == "Brooklyn"));
    assert!(!here.in_city.is_empty(), "Brooklyn has programs");
    assert!(!here.in_state.is_empty(), "New York has more");

    // The rotation and the list come and go together.
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(hospital(&bench).city, "");
}

#[test]
fn where_two_fit_nothing_is_guessed_and_what_is_chosen_stays() {
    let bench = Bench::new();
    import(&bench, &ROWS);
    let id = plan(&bench, None, &edit("Mercy Hospital"));
    let line = rotation(&bench);
    assert_eq!(line.site, None);
    let offered: Vec<&str> = line.candidates.iter().map(|it| it.label.as_str()).collect();
    let both = [
        "MERCY HOSPITAL, BROOKLYN, NY",
        "MERCY HOSPITAL, EXAMPLEVILLE, AL",
    ];
    assert_eq!(offered, both);
    assert_eq!(hospital(&bench).candidates, both);

    let note = ServiceNote {
        service: "ir".to_owned(),
        answer: "no".to_owned(),
        source: String::new(),
    };
    bench.desk.note_hospital(id, &note).expect("noted");
    let chosen = RotationEdit {
        site: line.candidates[0].site.clone(),
        ..edit("Mercy Hospital")
    };
    plan(&bench, Some(id), &chosen);
    assert_eq!(hospital(&bench).state_code, "NY");
    assert_eq!(rotation(&bench).hospital, "Mercy Hospital", "as typed");
    // What was noted before the hospital was chosen stays with it.
    assert_eq!(hospital(&bench).services[1].answer, "no");

    // Other days leave the choice alone; another name asks again.
    let later = RotationEdit {
        ends: "2026-09-01".to_owned(),
        ..edit("Mercy Hospital")
    };
    plan(&bench, Some(id), &later);
    assert_eq!(hospital(&bench).state_code, "NY");
    plan(&bench, Some(id), &edit("Mercy"));
    assert_eq!(rotation(&bench).candidates.len(), 2);

    let unknown = RotationEdit {
        site: "ccn-999999".to_owned(),
        ..edit("Mercy Hospital")
    };
    let refused = bench.desk.plan_rotation(Some(id), &unknown);
    let refused = refused.expect_err("no such hospital").to_string();
    assert!(refused.contains("use one of those"), "{refused}");
}

#[test]
fn a_label_or_a_number_is_one_hospital() {
    let bench = Bench::new();
    import(&bench, &ROWS);
    let id = plan(&bench, None, &edit("Mercy Hospital, Exampleville, AL"));
    assert_eq!(rotation(&bench).hospital, "MERCY HOSPITAL");
    assert_eq!(hospital(&bench).state_code, "AL");
    plan(&bench, Some(id), &edit("339904"));
    assert_eq!(hospital(&bench).city, "BUFFALO");
}

#[test]
fn what_was_chosen_is_no_question_any_more() {
    let bench = Bench::new();
    import(&bench, &ROWS);
    // The shipped facts know several places of this name.
    let id = plan(&bench, None, &edit("Mount Sinai"));
    assert!(hospital(&bench).candidates.len() > 1);
    let chosen = RotationEdit {
        site: "ccn-339902".to_owned(),
        ..edit("Mount Sinai")
    };
    plan(&bench, Some(id), &chosen);
    assert_eq!(hospital(&bench).candidates, [""; 0]);
    assert_eq!(hospital(&bench).city, "BROOKLYN");
}

/// The list is no part of what is searched for people, and an export brings it
/// back.
#[test]
fn the_list_is_exported_and_loaded() {
    let bench = Bench::new();
    import(&bench, &ROWS);
    assert_eq!(bench.table("hospital").len(), 4);
    let mut bytes = Vec::new();
    desk::views::export::write_everything(&bench.reader, &mut bytes).expect("written");
    let other = Bench::new();
    other
        .desk
        .load_export(&mut bytes.as_slice())
        .expect("loaded");
    assert_eq!(other.dump(), bench.dump());
    assert_eq!(labels(&other, "st ann").len(), 1);
}

#[test]
fn a_listed_hospital_is_looked_at_by_name_town_or_number() {
    let bench = Bench::new();
    import(&bench, &ROWS);
    let today = bench.desk.today().expect("a day");
    let look = |words: &str| {
        here(
            &bench.reader,
            &WhichRotation::Named(words.to_owned()),
            today,
        )
    };
    for words in [
        "st ann's infirmary",
        "infirmary",
        "Mercy Hospital, Brooklyn NY",
        "339902",
    ] {
        let found = look(words).expect("it is listed").hospital.expect("one");
        assert_eq!(
            (found.city.as_str(), found.rotation),
            ("BROOKLYN", None),
            "{words}"
        );
        assert!(found.town.is_some(), "its source is told: {words}");
        assert!(
            !found.in_state.is_empty() || !found.in_city.is_empty(),
            "{words}"
        );
    }
    let several = look("Mercy Hospital").expect_err("two fit");
    let DeskError::Several { candidates, .. } = &several else {
        panic!("{several}");
    };
    let brooklyn = |it: &String| it.to_uppercase() == "MERCY HOSPITAL (BROOKLYN, NY)";
    assert!(candidates.iter().any(brooklyn), "{candidates:?}");
}
