//! Deleting, restoring, and changes to many people.

use app::cli::Outcome;

use super::Terminal;

fn with_people() -> Terminal {
    let terminal = Terminal::new();
    let names = "Dr. Asha Rao, IR attending, Maimonides Medical Center\nDr. Vikram Rao, Fabrikam\nBen Okafor\n";
    terminal
        .typed(&["import", "-", "--yes"], names, false)
        .done();
    terminal
}

fn total(terminal: &Terminal, args: &[&str]) -> u64 {
    let people = terminal.run(&[&["people", "--json"], args].concat()).json();
    people["total"].as_u64().expect("a number")
}

#[test]
fn deleted_people_wait_and_come_back() {
    let terminal = with_people();
    assert_eq!(terminal.run(&["trash"]).result, Ok(Outcome::No));
    let out = terminal.run(&["delete", "Asha Rao", "okafor"]).done();
    assert!(out.starts_with("Deleted 2 people."), "{out}");
    assert_eq!(total(&terminal, &[]), 1);
    let trash = terminal.run(&["trash", "--json"]).json();
    assert_eq!(trash["rows"][1]["name"], "Dr. Asha Rao");
    let listed = terminal.run(&["trash"]).done();
    assert!(listed.ends_with("2 of 2 in the trash\n"), "{listed}");
    let export = terminal.run(&["export"]).done();
    assert!(!export.contains("Asha"));
    let export = terminal.run(&["export", "--with-trash"]).done();
    assert!(export.contains("Asha"));

    let (sentence, hint, code) = terminal.run(&["trash", "--restore", "vikram"]).refused();
    assert_eq!(sentence, "there is no person in the trash \"vikram\"");
    assert_eq!(
        (hint.as_str(), code),
        ("`vouch trash` lists who is in it.", 2)
    );
    let out = terminal.run(&["trash", "--restore", "asha"]).done();
    assert!(out.starts_with("Restored 1 person."), "{out}");
    terminal.run(&["trash", "--restore-all"]).done();
    assert_eq!(total(&terminal, &[]), 3);
    let (sentence, _, _) = terminal.run(&["delete", "Rao"]).refused();
    assert!(sentence.starts_with("\"Rao\" fits several"), "{sentence}");
}

#[test]
fn all_that_fit_are_changed_at_once() {
    let terminal = with_people();
    let change = |args: &[&str]| terminal.run(&[&["people"], args].concat()).done();
    let changed = "Changed 2 people. `vouch undo` takes it back.\n";
    // The limit is for lists only.
    assert_eq!(
        change(&["rao", "--limit", "1", "--add-tag", "alumni"]),
        changed
    );
    assert_eq!(total(&terminal, &["--tag", "alumni"]), 2);
    assert_eq!(change(&["--tag", "alumni", "--set-ring", "inner"]), changed);
    assert_eq!(total(&terminal, &["--ring", "inner"]), 2);
    assert_eq!(change(&["--tag", "alumni", "--set-school", "yes"]), changed);
    assert_eq!(total(&terminal, &["--my-school"]), 2);
    assert_eq!(change(&["--ring", "inner", "--archive"]), changed);
    assert_eq!(total(&terminal, &[]), 1);
    assert_eq!(change(&["--archived", "--bring-back"]), changed);
    assert_eq!(
        change(&["--tag", "alumni", "--remove-tag", "alumni"]),
        changed
    );
    assert_eq!(
        change(&["rao", "--delete"]),
        "Deleted 2 people. `vouch undo` takes it back.\n"
    );
    assert_eq!(total(&terminal, &[]), 1);
    terminal.run(&["undo"]).done();
    assert_eq!(total(&terminal, &[]), 3);
}

#[test]
fn a_change_for_nobody_or_of_no_sense_is_said() {
    let terminal = with_people();
    let ran = terminal.run(&["people", "nobodyatall", "--delete"]);
    assert_eq!(ran.result, Ok(Outcome::No));
    assert_eq!(ran.out, "Nobody fits, so nothing was changed.\n");
    for (args, expected) in [
        (
            &["--set-ring", "outer"][..],
            "--set-ring: \"outer\" cannot be used; use inner, working, wide, stored",
        ),
        (
            &["--set-school", "perhaps"],
            "--set-school: \"perhaps\" cannot be used; use yes, no, unknown",
        ),
        (&["--add-tag", " "], "tag: nothing is entered; enter a word"),
        (
            &["--add-tag", &"long ".repeat(30)],
            "tag: \"long long long long … (149 letters)\" cannot be used; use up to 60 letters; \
             a note holds more",
        ),
    ] {
        let (sentence, _, code) = terminal.run(&[&["people"], args].concat()).refused();
        assert_eq!((sentence.as_str(), code), (expected, 2));
    }
}

#[test]
fn everybody_is_deleted_only_where_it_is_said() {
    let terminal = with_people();
    let (sentence, _, code) = terminal.run(&["people", "--delete"]).refused();
    assert_eq!(
        (sentence.as_str(), code),
        (
            "--delete: found no filter, which means everybody; would do: a filter, or --all \
             where everybody is meant",
            2
        )
    );
    assert_eq!(total(&terminal, &[]), 3);
    assert_eq!(
        terminal.run(&["people", "--delete", "--all"]).done(),
        "Deleted 3 people. `vouch undo` takes it back.\n"
    );
    assert_eq!(total(&terminal, &[]), 0);
}

#[test]
fn forgetting_says_what_goes_and_wants_the_surname() {
    let terminal = with_people();
    terminal.run(&["log", "call with Dr. Asha Rao"]).done();
    std::fs::create_dir_all(terminal.path("vault").join("backups")).expect("a folder");
    let backup = terminal.file("vault/backups/old.vouch", vec![0; 8192]);
    let preview = terminal.run(&["forget", "asha", "--preview"]).done();
    for expected in [
        "Forgetting Dr. Asha Rao is for good",
        "  interactions with nobody else: 1\n",
        "Earlier changes that cannot be undone afterwards: 2\n",
        &backup,
    ] {
        assert!(preview.contains(expected), "no {expected} in {preview}");
    }
    let json = terminal
        .run(&["forget", "asha", "--preview", "--json"])
        .json();
    assert_eq!(json["counts"]["interactions"], 1);
    assert_eq!(json["type_this"], "Rao");
    let (sentence, _, code) = terminal.run(&["forget", "asha"]).refused();
    assert_eq!(
        sentence,
        "nobody is there to confirm it; would do: --confirm \"Rao\""
    );
    assert_eq!(code, 2);
    let (sentence, _, _) = terminal.typed(&["forget", "asha"], "yes\n", true).refused();
    assert_eq!(sentence, "confirmation: \"yes\" cannot be used; use Rao");
    assert_eq!(total(&terminal, &[]), 3);

    let out = terminal.typed(&["forget", "asha"], "rao\n", true).done();
    assert!(out.ends_with("Forgot 1 person, for good.\n"), "{out}");
    assert_eq!(total(&terminal, &[]), 2);
    let history = terminal.run(&["history"]).done();
    assert!(!history.contains("Asha"), "{history}");
    let (sentence, _, _) = terminal.run(&["undo"]).refused();
    assert_eq!(
        sentence,
        "this can no longer be undone: forgetting is for good"
    );

    let (sentence, _, _) = terminal.run(&["forget", "--trash"]).refused();
    assert_eq!(sentence, "there is no person in the trash \"\"");
    terminal.run(&["people", "--delete", "--all"]).done();
    terminal
        .run(&["forget", "vikram", "--confirm", "Rao"])
        .done();
    terminal
        .run(&["forget", "--trash", "--confirm", "1"])
        .done();
    assert_eq!(terminal.run(&["trash"]).result, Ok(Outcome::No));
}
