//! Which stored people are shown as one, and that telling them apart is kept.

use std::collections::BTreeMap;
use std::sync::Arc;

use desk::Reading;
use desk::verbs::apply_import::{AskChoice, ImportChoices};
use desk::views::duplicates::{Duplicates, PAGE, comparison, count_duplicates, duplicates};
use desk::views::import::preview;
use uuid::Uuid;

use crate::support::{Bench, counts};

fn pairs(bench: &Bench) -> Vec<(String, String, &'static str)> {
    let found: Duplicates = duplicates(&bench.reader, 0, PAGE).expect("pairs");
    let line = |pair: desk::views::duplicates::PairLine| {
        (pair.first.name, pair.second.name, pair.strength)
    };
    found.pairs.into_iter().map(line).collect()
}

/// Counts the pairs anew.
fn counted(bench: &Bench) -> usize {
    count_duplicates(&bench.reader, None)
        .expect("a count")
        .pairs
}

/// Adds people as new ones, although somebody of the name is there.
fn add(bench: &Bench, lines: &str) {
    let reading = Arc::new(Reading::typed(lines).expect("names"));
    let asks = (0..reading.people.len())
        .map(|row| (row, AskChoice::New))
        .collect();
    let choices = ImportChoices {
        asks,
        ..ImportChoices::default()
    };
    let preview = preview(&bench.reader, Uuid::nil(), reading).expect("a preview");
    bench.apply(&preview, &choices).expect("they are added");
}

fn bench() -> Bench {
    let bench = Bench::new();
    bench.import(
        "Asha,Rao,https://www.linkedin.com/in/asha-rao,asha@example.org,Fabrikam,Analyst,08 Feb 2026\n\
         Grace,Oduya,,,Fabrikam,Analyst,09 Feb 2026\n\
         Tom,Beck,,,Northwind,,10 Feb 2026\n\
         Noor,Haddad,,,Northwind,,11 Feb 2026\n",
    );
    add(&bench, "Grace Oduya\nTom Beck, engineer, Contoso");
    bench
}

#[test]
fn pairs_stand_by_what_speaks_for_them() {
    let bench = bench();
    let found = pairs(&bench);
    assert_eq!(
        found,
        [
            ("Grace Oduya".into(), "Grace Oduya".into(), "possible"),
            ("Tom Beck".into(), "Tom Beck".into(), "possible"),
        ]
    );
    assert_eq!(counted(&bench), 0);
    // An address of one added to the other makes it sure.
    let all = duplicates(&bench.reader, 0, PAGE).expect("pairs");
    for id in [&all.pairs[1].first.id, &all.pairs[1].second.id] {
        let edit = desk::verbs::edit_person::PersonEdit {
            email: Some("tom@example.org".to_owned()),
            ..Default::default()
        };
        let id = id.parse().expect("an id");
        bench.desk.edit_person(id, &edit).expect("it is changed");
    }
    let found = duplicates(&bench.reader, 0, PAGE).expect("pairs");
    assert_eq!(found.pairs[0].strength, "sure");
    assert_eq!(found.pairs[0].reason, "same e-mail address");
    assert_eq!(counted(&bench), 1);
}

#[test]
fn a_count_that_was_kept_is_the_count_of_now_after_every_change() {
    let bench = bench();
    let mut kept = None;
    let mut seen = Vec::new();
    let mut look = || {
        let now = count_duplicates(&bench.reader, kept.as_ref()).expect("a count");
        assert_eq!(now.pairs, counted(&bench));
        seen.push(now.pairs);
        kept = Some(now);
    };
    let edit = |id: &str, email: &str| {
        let edit = desk::verbs::edit_person::PersonEdit {
            email: Some(email.to_owned()),
            ..Default::default()
        };
        let id = id.parse().expect("an id");
        bench.desk.edit_person(id, &edit).expect("it is changed")
    };
    look();
    let all = duplicates(&bench.reader, 0, PAGE).expect("pairs").pairs;
    let [grace, tom] = all.as_slice() else {
        panic!("two pairs: {all:?}");
    };
    edit(&tom.first.id, "tom@example.org");
    look();
    let second = edit(&tom.second.id, "tom@example.org");
    look();
    // A line of the log touches nobody's name.
    bench.log("call with Asha Rao");
    look();
    bench
        .desk
        .undo_operation(second.operation, false)
        .expect("it is undone");
    look();
    for id in [&grace.first.id, &grace.second.id] {
        edit(id, "grace@example.org");
    }
    look();
    let forgotten = grace.second.id.parse().expect("an id");
    bench
        .desk
        .forget_person(forgotten, "Oduya")
        .expect("she is forgotten");
    look();
    assert_eq!(seen, [0, 0, 1, 1, 0, 1, 0]);
}

#[test]
fn people_kept_apart_are_shown_no_more_until_it_is_undone() {
    let bench = bench();
    let first = duplicates(&bench.reader, 0, PAGE)
        .expect("pairs")
        .pairs
        .remove(0);
    let (a, b) = (
        first.first.id.parse().expect("an id"),
        first.second.id.parse().expect("an id"),
    );
    let done = bench.desk.keep_apart(a, b).expect("it is kept");
    assert_eq!(
        bench.operations()[0].description,
        "Keep Grace Oduya and Grace Oduya apart"
    );
    assert_eq!(pairs(&bench).len(), 1);
    let beside = comparison(&bench.reader, a, b).expect("a comparison");
    assert!(beside.apart && !beside.reason.is_empty());
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("it is undone");
    assert_eq!(pairs(&bench).len(), 2);
    assert!(bench.desk.keep_apart(a, a).is_err());
}

#[test]
fn an_import_honours_that_people_are_apart() {
    let bench = Bench::new();
    bench.import("Grace,Oduya,,,Fabrikam,,09 Feb 2026\nGrace A.,Oduya,,,Fabrikam,,10 Mar 2026\n");
    let row = "Grace,Oduya,,,Fabrikam,,\n";
    assert_eq!(
        counts(&bench.preview(row).view(5))[3],
        1,
        "it may be either"
    );
    let found = duplicates(&bench.reader, 0, PAGE)
        .expect("pairs")
        .pairs
        .remove(0);
    let id = |text: &str| text.parse().expect("an id");
    bench
        .desk
        .keep_apart(id(&found.first.id), id(&found.second.id))
        .expect("it is kept");
    let view = bench.preview(row).view(5);
    assert_eq!(
        counts(&view)[1],
        1,
        "the one without a middle name is meant: {view:?}"
    );
}

#[test]
fn two_people_side_by_side_have_their_differences() {
    let bench = bench();
    let pair = duplicates(&bench.reader, 1, 1)
        .expect("pairs")
        .pairs
        .remove(0);
    let id = |text: &str| text.parse().expect("an id");
    let (a, b) = (id(&pair.first.id), id(&pair.second.id));
    let beside = comparison(&bench.reader, a, b).expect("a comparison");
    let fields: Vec<&str> = beside.differences.iter().map(|d| d.field).collect();
    assert_eq!(fields, ["works at", "ring"]);
    assert_eq!(beside.strength, "possible");
    assert_eq!(beside.kept.works, ["Northwind"]);
    bench
        .desk
        .merge_people(a, b, &BTreeMap::new())
        .expect("they are merged");
    assert_eq!(pairs(&bench).len(), 1);
}

#[test]
fn pages_of_pairs_go_on_where_the_last_one_ended() {
    let bench = Bench::new();
    for _ in 0..4 {
        add(&bench, "Maria Garcia\nWei Chen");
    }
    let first = duplicates(&bench.reader, 0, 5).expect("pairs");
    let rest = duplicates(&bench.reader, 5, 50).expect("pairs");
    assert_eq!(first.pairs.len(), 5);
    assert_eq!(first.total, 5 + rest.pairs.len());
    assert!(rest.pairs.iter().all(|pair| !first.pairs.contains(pair)));
}

#[test]
fn two_of_one_school_are_asked_about_and_never_merged_unasked() {
    let bench = Bench::new();
    bench.set_up();
    for (family, school) in [
        // The student's own, a shipped one, and a short form of one.
        ("Adler", "Windward Isles College of Medicine"),
        ("Brandt", "St. George's University"),
        ("Calder", "SGU"),
        ("Duarte", "SGUSOM"),
        ("Ekberg", "\"SGU, Grenada\""),
        ("Frost", "St. George's University (SGU)"),
        (
            "Gould",
            "Windward Isles College of Medicine - Basic Sciences",
        ),
        ("Haas", "Student of Windward Isles"),
    ] {
        bench.import(&format!("John,{family},,,{school},,\n"));
        let row = format!("John,{family},,{family}@ir.org,{school},,\n");
        let view = bench.preview(&row).view(5);
        assert_eq!(counts(&view)[3], 1, "{school}: {view:?}");
    }
}
