//! One person, changed: from two tabs at once, and with what nobody would type.

use std::io::Cursor;
use std::sync::Arc;

use desk::verbs::apply_import::ImportChoices;
use desk::verbs::edit_person::PersonEdit;
use desk::views::import::preview;
use desk::views::person::person;
use desk::{DeskError, read_people};
use uuid::Uuid;

use crate::support::Bench;

fn note(text: &str) -> PersonEdit {
    PersonEdit {
        note: Some(text.to_owned()),
        ..PersonEdit::default()
    }
}

#[test]
fn the_second_of_two_tabs_is_told_and_nothing_is_lost() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let asha = bench.person("Asha Rao");
    let shown = person(&bench.reader, asha).expect("a person");
    let from_this_form = |edit: PersonEdit| PersonEdit {
        seen: Some(shown.version.clone()),
        ..edit
    };
    let first = from_this_form(note("Likes lymphatic work"));
    bench.desk.edit_person(asha, &first).expect("the first tab");
    let second = from_this_form(note("Asked for my poster"));
    let refused = bench.desk.edit_person(asha, &second);
    assert!(
        matches!(&refused, Err(DeskError::ChangedMeanwhile { what }) if what == "Dr. Asha Rao"),
        "{refused:?}"
    );
    let now = person(&bench.reader, asha).expect("a person");
    assert_eq!(now.note, "Likes lymphatic work");
    // Having seen it, the student may still decide.
    let again = PersonEdit {
        seen: Some(now.version),
        ..note("Likes lymphatic work; asked for my poster")
    };
    let done = bench.desk.edit_person(asha, &again).expect("saved");
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    let back = person(&bench.reader, asha).expect("a person");
    assert_eq!(back.note, "Likes lymphatic work");
}

#[test]
fn an_interaction_in_between_is_no_change_of_the_person() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao, IR attending, Maimonides Medical Center");
    let asha = bench.person("Asha Rao");
    let shown = person(&bench.reader, asha).expect("a person");
    bench.log("today call with Asha Rao");
    let edit = PersonEdit {
        seen: Some(shown.version),
        ..note("Likes lymphatic work")
    };
    bench.desk.edit_person(asha, &edit).expect("saved");
}

#[test]
fn a_thousand_tags_a_long_note_and_letters_of_every_script() {
    let bench = Bench::new();
    bench.people(
        "Dr. Asha Rao, IR attending, Maimonides Medical Center\nBen Okafor, resident, Mount Sinai",
    );
    let ben = bench.person("Ben Okafor");
    let tags = PersonEdit {
        tags: Some((0..2000).map(|n| format!("Tag {}", n % 1000)).collect()),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(ben, &tags).expect("saved");
    assert_eq!(person(&bench.reader, ben).expect("Ben").tags.len(), 1000);
    let asha = bench.person("Asha Rao");
    let edit = PersonEdit {
        given: Some("Zoë 🩺".to_owned()),
        family: Some("\u{202e}دكتور".to_owned()),
        note: Some("long ".repeat(210_000)),
        ..PersonEdit::default()
    };
    bench.desk.edit_person(asha, &edit).expect("saved");
    let now = person(&bench.reader, asha).expect("a person");
    assert_eq!(now.note.len(), 210_000 * 5 - 1);
    assert_eq!(now.parts.given, "Zoë 🩺");
}

#[test]
fn a_long_tag_is_refused_and_one_that_came_with_a_file_is_kept() {
    let bench = Bench::new();
    bench.people("Dr. Asha Rao");
    let asha = bench.person("Asha Rao");
    let tags = |tags: &[&str]| PersonEdit {
        tags: Some(tags.iter().map(|tag| (*tag).to_owned()).collect()),
        ..PersonEdit::default()
    };
    let long = "a tag of many words ".repeat(4);
    let refused = bench.desk.edit_person(asha, &tags(&[&long]));
    assert!(
        matches!(&refused, Err(DeskError::Bad { field: "tag", .. })),
        "{refused:?}"
    );
    let fits = "x".repeat(60);
    bench
        .desk
        .edit_person(asha, &tags(&[&fits, "mentor"]))
        .expect("sixty letters fit");

    let card = format!(
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ben Okafor\r\nCATEGORIES:{}\r\nEND:VCARD\r\n",
        long.trim()
    );
    let reading = read_people("ben.vcf", &mut Cursor::new(card)).expect("a card");
    let seen = preview(&bench.reader, Uuid::nil(), Arc::new(reading)).expect("a preview");
    bench
        .apply(&seen, &ImportChoices::default())
        .expect("imported");
    let ben = bench.person("Ben Okafor");
    bench
        .desk
        .edit_person(ben, &tags(&[long.trim(), "mentor"]))
        .expect("the long one was there");
    let shown = person(&bench.reader, ben).expect("a person");
    assert_eq!(shown.tags, [long.trim(), "mentor"]);
}
