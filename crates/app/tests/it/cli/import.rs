//! `vouch import`: asks, refuses to write unasked, and says what is wrong with a file.

use app::cli::Outcome;

use super::Terminal;

const ROWS: &str = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
    Asha,Rao,https://www.linkedin.com/in/asha,,Cleveland Clinic Abu Dhabi,Attending,08 Feb 2026\n";

fn stored(terminal: &Terminal) -> usize {
    let found = terminal.run(&["people", "--json"]);
    let people: serde_json::Value = serde_json::from_str(&found.out).expect("JSON");
    people["rows"].as_array().expect("rows").len()
}

#[test]
fn nothing_is_written_without_a_yes() {
    let terminal = Terminal::new();
    let file = terminal.file("Connections.csv", ROWS);
    let ran = terminal.run(&["import", &file]);
    assert_eq!(ran.result, Ok(Outcome::No));
    assert!(
        ran.out
            .contains("1 read: 1 new, 0 unchanged, 0 changed, 0 to decide")
    );
    assert!(
        ran.out
            .ends_with("Nothing was changed. Add --yes to import without being asked.\n")
    );
    assert_eq!(ran.err, "", "nobody is asked who cannot answer");
    for answer in ["n\n", "\n", ""] {
        let ran = terminal.typed(&["import", &file], answer, true);
        assert_eq!(ran.result, Ok(Outcome::No));
        assert_eq!(ran.err, "Import? [y/N] ");
    }
    assert_eq!(stored(&terminal), 0);
    let ran = terminal.typed(&["import", &file], "y\n", true);
    assert!(
        ran.done()
            .ends_with("Imported: 1 added, 0 updated.\n`vouch undo` takes it back.\n")
    );
    assert_eq!(stored(&terminal), 1);
    let again = terminal.run(&["import", &file, "--yes"]).done();
    assert!(again.ends_with("Nothing would change.\n"), "{again}");
}

#[test]
fn a_place_is_remembered_only_once_it_is_confirmed() {
    let terminal = Terminal::new();
    let file = terminal.file("Connections.csv", ROWS);
    let place = "Cleveland Clinic Abu Dhabi=nothing";
    terminal
        .run(&["import", &file, "--dry-run", "--place", place])
        .done();
    let refused = terminal.run(&["import", &file, "--place", place]);
    assert_eq!(refused.result, Ok(Outcome::No));
    assert_eq!(
        terminal.run(&["history"]).done(),
        "Nothing was changed yet.\n"
    );
    terminal
        .run(&["import", &file, "--yes", "--place", place])
        .done();
    let history = terminal.run(&["history"]).done();
    assert!(
        history.contains("Say what \"Cleveland Clinic Abu Dhabi\" is"),
        "{history}"
    );
    assert_eq!(stored(&terminal), 1);
}

#[test]
fn names_are_read_from_the_input() {
    let terminal = Terminal::new();
    let report = terminal.typed(
        &["import", "-", "--yes", "--json"],
        "Dr. Rao, IR, Maimonides\n",
        false,
    );
    assert_eq!(report.json()["report"]["added"], 1);
    let (_, _, code) = terminal
        .typed(&["import", "-", "--yes"], "\n", false)
        .refused();
    assert_eq!(code, 2);
}

#[test]
fn files_that_are_no_list_of_people_get_a_sentence() {
    let terminal = Terminal::new();
    let cases: [(&str, &[u8]); 5] = [
        (
            "page.csv",
            b"<!DOCTYPE html><html><body>Sign in</body></html>",
        ),
        ("empty.csv", b""),
        ("archive.csv", b"PK\x03\x04\x14\x00\x00\x00"),
        (
            "rows.csv",
            b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n",
        ),
        ("bytes.csv", b"\xff\xff\x00\x01\x02\x03"),
    ];
    for (name, bytes) in cases {
        let file = terminal.file(name, bytes);
        let (sentence, _, code) = terminal.run(&["import", &file, "--yes"]).refused();
        assert!(sentence.starts_with(&format!("{file}: ")), "{sentence}");
        assert!(sentence.len() > file.len() + 20, "{sentence}");
        assert_eq!(code, 2);
    }
    let folder = terminal.path("vault");
    let (sentence, _, _) = terminal
        .run(&["import", folder.to_str().expect("UTF-8")])
        .refused();
    assert!(sentence.contains("vault"), "{sentence}");
}

#[test]
fn the_columns_of_a_table_are_said_once() {
    let terminal = Terminal::new();
    let file = terminal.file(
        "club.csv",
        "Who,Where,Mail to\nAsha Rao,Maimonides,asha@example.org\n",
    );
    let unread = terminal.file("who.csv", "Who,Where\nAsha Rao,Maimonides\n");
    let (sentence, _, code) = terminal.run(&["import", &unread]).refused();
    assert_eq!(
        sentence,
        "no column of \"Who\", \"Where\" is known to hold names; would do: --map \"Who=name\""
    );
    assert_eq!(code, 2);
    for (map, says) in [
        ("Who", "--map: \"Who\" cannot be used"),
        ("Whom=name", "--map: found no column \"Whom\""),
        ("Who=names", "would do one of: name, title"),
        ("9=name", "found no column \"9\""),
    ] {
        let (sentence, _, _) = terminal.run(&["import", &file, "--map", map]).refused();
        assert!(sentence.contains(says), "{sentence}");
    }
    let map = "Who=name,2=employer";
    let shown = terminal
        .run(&["import", &file, "--map", map, "--dry-run"])
        .done();
    assert!(
        shown.starts_with("Columns: Who=name, Where=employer, Mail to=email\n"),
        "{shown}"
    );
    assert_eq!(
        terminal.run(&["history"]).done(),
        "Nothing was changed yet.\n"
    );
    terminal
        .run(&["import", &file, "--map", map, "--yes"])
        .done();
    assert_eq!(stored(&terminal), 1);
    let again = terminal.run(&["import", &file, "--yes"]).done();
    assert!(
        again.starts_with("Columns: Who=name, Where=employer"),
        "{again}"
    );
    assert!(again.ends_with("Nothing would change.\n"), "{again}");
    terminal
        .run(&["import", &file, "--map", "forget", "--yes"])
        .done();
    let history = terminal.run(&["history"]).done();
    assert!(
        history.contains("Forget what the columns Who, Where, Mail to hold"),
        "{history}"
    );
    let known = terminal.file("Connections.csv", ROWS);
    let (sentence, _, _) = terminal
        .run(&["import", &known, "--map", "URL=url"])
        .refused();
    assert!(sentence.contains("whose columns are known"), "{sentence}");
}

#[test]
fn a_pasted_list_becomes_people_with_source_and_date() {
    let terminal = Terminal::new();
    let list = terminal.file(
        "list.txt",
        "Diagnostic Radiology\nAsha Rao, Maimonides Medical Center\nOmar Haddad, Lakeside Hospital\nBrook Hospital\n",
    );
    let with = |more: &[&str]| {
        let args = [&["import", "--roster", list.as_str()], more].concat();
        terminal.run(&args)
    };
    let (sentence, _, code) = with(&[]).refused();
    assert!(
        sentence.contains("neither --school nor --department"),
        "{sentence}"
    );
    assert_eq!(code, 2);
    let (sentence, _, _) = with(&["--school", "SGU"]).refused();
    assert!(
        sentence.starts_with("source: nothing is entered"),
        "{sentence}"
    );
    let list_args = [
        "--school",
        "A school",
        "--year",
        "2025",
        "--source",
        "example.org/match",
        "--date",
        "2026-03-20",
    ];
    let (sentence, _, _) = with(&[&list_args[..], &["--leave-out", "9"]].concat()).refused();
    assert_eq!(sentence, "--leave-out: no row begins in line 9");
    let done = with(&[&list_args[..], &["--leave-out", "3", "--yes"]].concat()).done();
    assert!(
        done.starts_with(
            "  line 2: Asha Rao, Diagnostic Radiology, Maimonides Medical Center, 2025\n  \
             line 4: (no name: left out), Diagnostic Radiology, Brook Hospital, 2025\n  \
             1 row left out\n"
        ),
        "{done}"
    );
    let person = terminal.run(&["person", "Asha Rao", "--json"]).json();
    assert_eq!(person["source"], "example.org/match, seen 2026-03-20");
}

#[test]
fn messages_are_taken_over_as_facts() {
    let terminal = Terminal::new();
    let file = terminal.file(
        "messages.csv",
        "CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n\
         c1,Sol Baptiste,https://l/in/me,Asha Rao,https://l/in/asha,2026-02-08 10:00:00 UTC,,One,INBOX\n\
         c2,Sol Baptiste,https://l/in/me,Ben Okafor,https://l/in/ben,2026-02-08 10:00:00 UTC,,Two,INBOX\n\
         c3,Rex Recruiter,https://l/in/rex,Sol Baptiste,https://l/in/me,2026-02-08 10:00:00 UTC,,Job,INBOX\n",
    );
    let done = terminal.run(&["import", &file, "--yes"]).done();
    for says in [
        "2 messages with people you know",
        "1 person who wrote and whom you never answered left out",
        "Imported: 2 added, 0 updated.\n2 messages taken over.\n",
    ] {
        assert!(done.contains(says), "{done}");
    }
    let person = terminal.run(&["person", "Asha Rao", "--json"]).json();
    assert_eq!(person["timeline"][0]["note"], "1 LinkedIn message");
    let again = terminal.run(&["import", &file, "--yes"]).done();
    assert!(again.ends_with("Nothing would change.\n"), "{again}");
    let texts = terminal
        .run(&[
            "import",
            &file,
            "--yes",
            "--messages",
            "texts",
            "--row",
            "Rex Recruiter=new",
        ])
        .done();
    assert!(texts.contains("2 messages taken over"), "{texts}");
    let person = terminal.run(&["person", "Asha Rao", "--json"]).json();
    assert_eq!(person["timeline"][0]["note"], "One");
}

#[test]
fn many_problems_are_told_by_kind_and_written_into_a_table() {
    let terminal = Terminal::new();
    let mut rows = ROWS.to_owned();
    for i in 0..300 {
        rows.push_str(&format!("Given{i},Family{i},,,Fabrikam,,some day\n"));
    }
    let file = terminal.file("Connections.csv", rows);
    let table = terminal.path("problems.csv");
    let table = table.to_str().expect("UTF-8");
    let shown = terminal
        .run(&["import", &file, "--dry-run", "--problems", table])
        .done();
    assert!(
        shown.contains("300 times, first in line 3: Connected On, found \"some day\""),
        "{shown}"
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let kept = std::fs::metadata(table).expect("a table").permissions();
        assert_eq!(kept.mode() & 0o777, 0o600, "the rows are other people's");
    }
    let table = std::fs::read_to_string(table).expect("a table");
    assert_eq!(table.lines().count(), 301);
    let missing = terminal.path("no/problems.csv");
    let (sentence, _, _) = terminal
        .run(&[
            "import",
            &file,
            "--problems",
            missing.to_str().expect("UTF-8"),
        ])
        .refused();
    assert!(sentence.starts_with("cannot write "), "{sentence}");
}

const HOSPITALS: &str = "Facility ID,Facility Name,City/Town,State,Hospital Type\n\
    019901,MERCY HOSPITAL,EXAMPLEVILLE,AL,Acute Care Hospitals\n\
    339902,MERCY HOSPITAL,BROOKLYN,NY,Acute Care Hospitals\n";

#[test]
fn a_list_of_hospitals_is_taken_over_and_chosen_from() {
    let terminal = Terminal::new();
    let file = terminal.file("Hospitals.csv", HOSPITALS);
    let ran = terminal.run(&["import", &file]);
    assert_eq!(ran.result, Ok(Outcome::No));
    assert!(
        ran.out.contains("2 hospitals: 2 new, 0 unchanged"),
        "{}",
        ran.out
    );
    terminal.run(&["import", &file, "--dry-run"]).done();
    assert_eq!(
        terminal.run(&["history"]).done(),
        "Nothing was changed yet.\n"
    );
    let ran = terminal.run(&["import", &file, "--yes"]).done();
    assert!(
        ran.ends_with("Imported: 2 added, 0 changed, 0 gone.\n`vouch undo` takes it back.\n"),
        "{ran}"
    );
    let again = terminal.run(&["import", &file]).done();
    assert!(again.ends_with("Nothing would change.\n"), "{again}");

    let rotation = "Mercy Hospital; surgery; 2026-01-05; 2026-12-20";
    let told = terminal.run(&["set-up", "--rotation", rotation]).done();
    assert!(
        told.contains("  339902: MERCY HOSPITAL, BROOKLYN, NY (Acute Care Hospitals)\n"),
        "{told}"
    );
    let here = terminal.run(&["here"]).done();
    assert!(
        here.contains("It may be: MERCY HOSPITAL, BROOKLYN, NY;"),
        "{here}"
    );
    terminal
        .run(&["set-up", "--hospital", "Mercy Hospital=339902"])
        .done();
    let here = terminal.run(&["here"]).done();
    assert!(here.contains("Mercy Hospital"), "{here}");
    assert!(
        here.contains(
            "    BROOKLYN, NY (CMS Hospital General Information, file Hospitals.csv as imported, "
        ),
        "{here}"
    );
    assert!(here.contains("In BROOKLYN\n"), "{here}");
    let refused = terminal.run(&["set-up", "--hospital", "Mercy Hospital=999999"]);
    assert!(refused.result.is_err(), "{}", refused.out);
}
