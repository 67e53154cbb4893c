//! Every other command, in words and in JSON.

use app::cli::{Cli, Outcome, misread};
use clap::Parser as _;

use super::Terminal;

fn with_people() -> Terminal {
    let terminal = Terminal::new();
    let names = "Dr. Asha Rao, IR attending, Maimonides Medical Center\nDr. Vikram Rao, Fabrikam\n";
    terminal
        .typed(&["import", "-", "--yes"], names, false)
        .done();
    terminal
}

#[test]
fn an_empty_vault_says_what_would_fill_it() {
    let terminal = Terminal::new();
    let today = terminal.run(&["today"]).done();
    assert_eq!(
        today,
        "Nobody is stored yet. Begin with `vouch import Connections.csv`.\n"
    );
    assert_eq!(
        terminal.run(&["history"]).done(),
        "Nothing was changed yet.\n"
    );
    let (sentence, _, code) = terminal.run(&["undo"]).refused();
    assert_eq!((sentence.as_str(), code), ("there is nothing to undo", 2));
}

#[test]
fn set_up_keeps_what_is_left_out() {
    let terminal = Terminal::new();
    terminal
        .run(&["set-up", "--name", "Solange Baptiste", "--stage", "ms3"])
        .done();
    let shown = terminal
        .run(&["set-up", "--zone", "America/Barbados"])
        .done();
    assert_eq!(
        shown,
        "name: Solange Baptiste\nstage: MS3\nzone: America/Barbados\n\
         not said: graduated, school, email, season, home IR program, visa, pathway, \
         money for travel, minutes a week, usual day\n"
    );
    assert_eq!(terminal.run(&["set-up", "--json"]).json()["stage"], "MS3");
    let limits = [
        "set-up",
        "--linkedin-characters",
        "300",
        "--shadow-days",
        "7",
    ];
    let shown = terminal.run(&limits).done();
    assert!(
        shown.contains("Characters in a LinkedIn note: 300\n"),
        "{shown}"
    );
    let (sentence, _, _) = terminal.run(&["set-up", "--shadow-days", "x"]).refused();
    assert!(sentence.contains("a number from 1 to 30"), "{sentence}");
    terminal
        .run(&["set-up", "--linkedin-characters", "", "--shadow-days", ""])
        .done();
    let rotation = "Maimonides Medical Center; surgery; 2026-06-15; 2026-07-24";
    let answers = [
        "--season",
        "2028",
        "--minutes",
        "60",
        "--rotation",
        rotation,
    ];
    let shown = terminal.run(&[&["set-up"], &answers[..]].concat()).done();
    for line in [
        "season: 2028",
        "minutes a week: 60",
        "rotation (now): Maimonides Medical Center, surgery from 2026-06-15 to 2026-07-24",
    ] {
        assert!(shown.contains(line), "{shown}");
    }
    let (sentence, _, _) = terminal
        .run(&["set-up", "--remove-rotation", "Nowhere"])
        .refused();
    assert!(
        sentence.contains("Maimonides Medical Center ("),
        "{sentence}"
    );
    let removed = ["set-up", "--remove-rotation", "Maimonides Medical Center"];
    let shown = terminal.run(&removed).done();
    assert!(!shown.contains("rotation ("), "{shown}");
    let (sentence, _, code) = terminal.run(&["set-up", "--stage", "MS9"]).refused();
    assert_eq!(
        sentence,
        "stage: \"MS9\" cannot be used; use MS1, MS2, MS3, MS4, graduate"
    );
    assert_eq!(code, 2);
}

#[test]
fn log_today_person_and_undo() {
    let terminal = with_people();
    let ran = terminal.run(&["log", "call with Dr. Asha Rao 15 min"]);
    assert!(ran.err.contains("with Dr. Asha Rao"), "{}", ran.err);
    assert_eq!(ran.done(), "Logged. `vouch undo` takes it back.\n");
    let today = terminal.run(&["today"]).done();
    assert!(today.contains("follow-up: Dr. Asha Rao"), "{today}");
    assert_eq!(
        terminal.run(&["today", "--json"]).json()["items"][0]["kind"],
        "follow-up"
    );
    let person = terminal.run(&["person", "Asha"]).done();
    assert!(person.contains("Wed 1 Jul 2026 call, 15 min"), "{person}");
    assert_eq!(
        terminal.run(&["person", "Asha", "--json"]).json()["state"],
        "met"
    );
    let undone = terminal.run(&["undo"]).done();
    assert_eq!(
        undone,
        "Undone: Log call with Dr. Asha Rao on Wed 1 Jul 2026\n"
    );
    let history = terminal.run(&["history"]).done();
    assert!(history.contains("on Wed 1 Jul 2026 [undone]"), "{history}");
    assert_eq!(
        terminal.run(&["history", "--json"]).json()["operations"][0]["verb"],
        "undo"
    );
}

#[test]
fn a_name_of_two_people_lists_both_with_a_hint() {
    let terminal = with_people();
    let (sentence, hint, code) = terminal.run(&["person", "Rao"]).refused();
    assert!(sentence.starts_with("\"Rao\" fits several: "), "{sentence}");
    assert_eq!(hint, "Say which: more of the name, or the id in brackets.");
    assert_eq!(code, 2);
    let (_, hint, _) = terminal.run(&["person", "Nobody"]).refused();
    assert_eq!(hint, "`vouch people` lists everybody.");
    terminal
        .run(&["log", "call with Dr. Rao", "--who", "1=Vikram Rao"])
        .done();
}

#[test]
fn programs_who_search_and_people() {
    let terminal = with_people();
    let who = terminal.run(&["who", "maimonides"]).done();
    assert!(
        who.starts_with("Maimonides Medical Center (unknown: "),
        "{who}"
    );
    assert!(who.contains("  Dr. Asha Rao (unknown), "), "{who}");
    let (_, hint, _) = terminal.run(&["who", "qqqq"]).refused();
    assert!(hint.starts_with("`vouch programs WORDS`"), "{hint}");
    let found = terminal.run(&["programs", "maimonides", "--json"]).json();
    let id = found["rows"][0]["id"].as_str().expect("an id");
    terminal.run(&["programs", "--list", id]).done();
    let program = terminal.run(&["programs", id]).done();
    assert!(program.contains("on your list, priority 1"), "{program}");
    assert_eq!(
        terminal.run(&["programs", id, "--json"]).json()["priority"],
        1
    );
    let both = format!("{id},4201121049");
    let compared = terminal.run(&["programs", "--compare", &both]).done();
    assert!(compared.starts_with("Where\n  "), "{compared}");
    let json = terminal
        .run(&["programs", "--compare", &both, "--json"])
        .json();
    assert_eq!(json["rows"][0]["values"].as_array().map(Vec::len), Some(2));
    terminal.run(&["programs", "--unlist", id]).done();
    assert_eq!(
        terminal.run(&["programs", "--listed"]).result,
        Ok(Outcome::No)
    );
    let search = terminal.run(&["search", "asha"]).done();
    assert!(search.starts_with("person   Dr. Asha Rao"), "{search}");
    let nothing = terminal.run(&["search", "zzzz"]);
    assert_eq!(
        (nothing.result, nothing.out.as_str()),
        (Ok(Outcome::No), "Nothing fits.\n")
    );
    let (sentence, _, code) = terminal.run(&["search", " "]).refused();
    assert!(
        sentence.starts_with("words: nothing is entered; enter "),
        "{sentence}"
    );
    assert_eq!(code, 2);
    let people = terminal.run(&["people", "--order", "recent"]).done();
    assert!(people.ends_with("2 of 2 people\n"), "{people}");
    let asked = [
        "people",
        "--state",
        "unknown",
        "--program",
        "4203521221",
        "--json",
    ];
    let there = terminal.run(&asked).json();
    assert_eq!(there["rows"][0]["name"], "Dr. Asha Rao");
    assert_eq!(there["total"], 1);
    let in_state = terminal
        .run(&["people", "--in", "New York", "--json"])
        .json();
    assert_eq!(in_state["rows"], there["rows"]);
    let (sentence, _, code) = terminal.run(&["people", "--in", "Atlantis"]).refused();
    assert!(sentence.starts_with("--in: \"Atlantis\" cannot be used; use two letters"));
    assert_eq!(code, 2);
}

#[test]
fn the_log_shows_all_that_it_understood() {
    let terminal = with_people();
    let line = "email from Dr. Asha Rao at Detroit Medical Center #follow-up";
    let shown = terminal.run(&["log", "--dry-run", line]).err;
    for words in [
        "2026-07-01 (no day is told, so today)",
        "with Dr. Asha Rao",
        "at Detroit Medical Center (",
        "follow-up: wanted",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
    assert!(!shown.contains("found no day"), "{shown}");
    let (sentence, _, _) = terminal
        .run(&["log", "no reply from Dr. Asha Rao"])
        .refused();
    assert!(sentence.contains("nothing that happened"), "{sentence}");
}

#[test]
fn a_day_that_is_none_or_still_to_come_is_not_logged() {
    let terminal = with_people();
    for (line, found) in [
        ("tomorrow call with Dr. Asha Rao", "#promise … by …"),
        ("31 Feb call with Dr. Asha Rao", "which no calendar has"),
        (
            "99 Foo 2026 call with Dr. Asha Rao",
            "which no calendar has",
        ),
        (
            "3 Mar 2099 call with Dr. Asha Rao",
            "which is still to come",
        ),
    ] {
        let (sentence, _, code) = terminal.run(&["log", line]).refused();
        assert!(sentence.contains(found), "{line}: {sentence}");
        assert_ne!(code, 0, "{line}");
    }
    let shown = terminal.run(&["person", "Asha Rao"]).done();
    assert!(!shown.contains("2099"), "{shown}");
}

#[test]
fn past_its_end_the_history_says_so() {
    let terminal = with_people();
    let shown = terminal.run(&["history", "--before", "1"]).done();
    assert_eq!(shown, "No change has a number before that one.\n");
}

#[test]
fn who_may_be_at_a_place_is_told_by_the_commands() {
    let terminal = with_people();
    let line = "yesterday talk with Dr. Fatou Diallo at Detroit Medical Center";
    terminal.run(&["log", line]).done();
    for command in [["who", "4202521096"], ["programs", "4202521096"]] {
        let shown = terminal.run(&command).done();
        for words in [
            "1 person may be there",
            "may be here: Dr. Fatou Diallo, \"Detroit Medical Center\"",
        ] {
            assert!(shown.contains(words), "no {words} in {shown}");
        }
        assert!(!shown.to_lowercase().contains("nobody"), "{shown}");
    }
}

#[test]
fn the_hospital_of_a_rotation_shows_what_the_log_shows() {
    let terminal = with_people();
    let rotation = "Maimonides Medical Center; surgery; 2026-06-15; 2026-07-24";
    terminal.run(&["set-up", "--rotation", rotation]).done();
    terminal
        .run(&["log", "yesterday shadowed Asha Rao 4h #gave case-log"])
        .done();
    let shown = terminal.run(&["here"]).done();
    for line in [
        "With radiology here, in this rotation: 4 h\n  2026-06-30: 4 h, Dr. Asha Rao\n",
        "  [x] offer: ",
        "      seen in your log on 2026-06-30: Dr. Asha Rao\n",
        "  [ ] radiology-staff: ",
    ] {
        assert!(shown.contains(line), "no {line} in {shown}");
    }
    let shown = terminal.run(&["here", "--not-done", "offer"]).done();
    assert!(shown.contains("  [ ] offer: "), "{shown}");
    let shown = terminal.run(&["here", "--done", "offer"]).done();
    assert!(shown.contains("  [x] offer: "), "{shown}");
    assert!(!shown.contains("seen in your log"), "{shown}");
}

#[test]
fn a_hospital_without_a_rotation_is_shown_or_told_how_to_add_it() {
    let terminal = with_people();
    let shown = terminal.run(&["here", "maimonides", "medical"]).done();
    assert!(
        shown.starts_with("Maimonides Medical Center (you do not rotate there), Brooklyn, NY\n"),
        "{shown}"
    );
    assert!(shown.contains("  Dr. Asha Rao ("), "{shown}");
    let (sentence, hint, code) = terminal.run(&["here", "Nowhere at All"]).refused();
    assert_eq!(sentence, "there is no hospital \"Nowhere at All\"");
    assert!(hint.contains("--add-site"), "{hint}");
    assert_eq!(code, 2);
    let (sentence, _, code) = terminal
        .run(&["here", "maimonides", "medical", "--ir", "yes"])
        .refused();
    assert!(sentence.contains("found no rotation"), "{sentence}");
    assert_eq!(code, 2);
}

#[test]
fn programs_are_counted_by_state() {
    let terminal = with_people();
    terminal.run(&["programs", "--list", "4203521221"]).done();
    let shown = terminal
        .run(&["programs", "--by", "state", "--state", "ny"])
        .done();
    assert_eq!(
        shown,
        "State  Programs  On your list  With somebody you know  You are\n\
         NY           44             1                       1  unknown\n"
    );
    let json = terminal
        .run(&["programs", "--by", "state", "--json"])
        .json();
    assert_eq!(json.as_array().map(Vec::len), Some(46));
    let (sentence, _, code) = terminal.run(&["programs", "--state", "Atlantis"]).refused();
    assert_eq!(
        (sentence.as_str(), code),
        (
            "--state: \"Atlantis\" cannot be used; use two letters such as NY, or the name of a state",
            2
        )
    );
    let by_name = ["programs", "--state", "new york", "--json"];
    let by_code = ["programs", "--state", "ny", "--json"];
    assert_eq!(terminal.run(&by_name).json(), terminal.run(&by_code).json());
    let (sentence, _, code) = terminal.run(&["programs", "--by", "city"]).refused();
    assert_eq!(
        (sentence.as_str(), code),
        ("--by: \"city\" cannot be used; use state", 2)
    );
}

#[test]
fn a_saved_filter_is_the_same_on_the_command_line() {
    let terminal = with_people();
    let ran = terminal.run(&["people", "--saved-filters"]);
    assert_eq!(ran.result, Ok(Outcome::No));
    let (sentence, _, code) = terminal.run(&["people", "--saved", "raos"]).refused();
    assert!(sentence.contains("none is saved yet"), "{sentence}");
    assert_eq!(code, 2);
    let (sentence, _, _) = terminal.run(&["people", "--save", "all"]).refused();
    assert_eq!(
        sentence,
        "filter: \"everybody\" cannot be used; use at least one filter"
    );
    terminal
        .run(&["people", "rao", "--program", "4203521221", "--save", "raos"])
        .done();
    assert_eq!(
        terminal.run(&["people", "--saved-filters"]).done(),
        "raos  (q: rao; program: 4203521221)\n"
    );
    let shown = terminal.run(&["people", "--saved", "raos"]).done();
    assert!(shown.ends_with("1 of 1 people\n"), "{shown}");
    let narrower = terminal.run(&["people", "vikram", "--saved", "raos"]);
    assert_eq!(narrower.result, Ok(Outcome::No));
    terminal
        .run(&["people", "--saved", "raos", "--add-tag", "known"])
        .done();
    let (sentence, _, _) = terminal.run(&["people", "--saved", "rao"]).refused();
    assert_eq!(sentence, "--saved: \"rao\" cannot be used; use raos");
    terminal.run(&["people", "--let-go", "raos"]).done();
    terminal.run(&["undo"]).done();
    assert_eq!(
        terminal
            .run(&["people", "--saved-filters", "--json"])
            .json()["raos"],
        "q=rao&program=4203521221"
    );
}

#[test]
fn columns_of_people_are_chosen_and_saved_with_a_filter() {
    let terminal = with_people();
    let shown = terminal
        .run(&["people", "rao", "--columns", "name,ring,role"])
        .done();
    let cells = |line: &str| -> Vec<String> {
        let cells = line.split("  ").map(str::trim);
        cells
            .filter(|cell| !cell.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let lines: Vec<Vec<String>> = shown.lines().map(cells).collect();
    assert_eq!(lines[0], ["Name", "Ring", "Role"], "{shown}");
    assert_eq!(lines[1], ["Dr. Asha Rao", "wide", "attending"], "{shown}");
    // What is not known is blank, and the last line counts.
    assert_eq!(lines[2], ["Dr. Vikram Rao", "wide"], "{shown}");
    assert_eq!(lines[3], ["2 of 2 people"]);
    terminal
        .run(&["people", "rao", "--columns", "ring,role", "--save", "rings"])
        .done();
    let again = terminal.run(&["people", "--saved", "rings"]).done();
    assert_eq!(again, shown);
    // Columns are no filter, so that everybody is still asked for in words.
    let everybody = ["people", "--columns", "ring", "--delete"];
    let (sentence, _, _) = terminal.run(&everybody).refused();
    assert!(sentence.contains("found no filter"), "{sentence}");
}

#[test]
fn a_word_that_is_none_of_an_option_is_told_what_would_do() {
    let terminal = with_people();
    let a_program = "a program's id such as 4203521221; `vouch programs WORDS` shows it";
    for (args, found, would_do) in [
        (
            ["people", "--last", "soon"],
            "--last: \"soon\" cannot be used",
            "within-30 or silent-90 (any number of days), or never",
        ),
        (
            ["people", "--ring", "outer"],
            "--ring: \"outer\" cannot be used",
            "inner, working, wide, stored",
        ),
        (
            ["people", "--state", "friend"],
            "--state: \"friend\" cannot be used",
            "unknown, aware, met, worked with, advocate",
        ),
        (
            ["people", "--columns", "place,shoe"],
            "--columns: \"place,shoe\" cannot be used",
            "name, place, role, state, last, ring, reply, tags, found, known; several with commas",
        ),
        (
            ["people", "--reply", "ours"],
            "--reply: \"ours\" cannot be used",
            "mine, theirs",
        ),
        (
            ["people", "--program", "here and there"],
            "--program: \"here and there\" cannot be used",
            a_program,
        ),
        (
            ["programs", "--compare", "4203521221,there and here"],
            "--compare: \"there and here\" cannot be used",
            a_program,
        ),
        (
            ["programs", "--j1", "perhaps"],
            "--j1: \"perhaps\" cannot be used",
            "yes, no, not-known; several with commas",
        ),
    ] {
        let (sentence, _, code) = terminal.run(&args).refused();
        assert_eq!((sentence, code), (format!("{found}; use {would_do}"), 2));
    }
    for args in [["people", "--program"], ["programs", "--compare"]] {
        let nowhere = [&args[..], &["9999999999"]].concat();
        let (sentence, hint, code) = terminal.run(&nowhere).refused();
        assert_eq!(sentence, "there is no program \"9999999999\"");
        assert!(hint.starts_with("`vouch programs WORDS`"), "{hint}");
        assert_eq!(code, 2);
    }
}

#[test]
fn what_is_noted_of_a_hospital_needs_a_rotation() {
    let terminal = with_people();
    for (args, option) in [
        (["here", "--ir", "yes"], "--ir"),
        (["here", "--done", "reason"], "--done"),
    ] {
        let (sentence, _, code) = terminal.run(&args).refused();
        assert_eq!(
            (sentence, code),
            (
                format!(
                    "{option}: found no rotation to note it for; would do: \
                     `vouch set-up --rotation HOSPITAL` first"
                ),
                2
            )
        );
    }
    terminal
        .run(&["set-up", "--rotation", "St. Nowhere"])
        .done();
    let shown = terminal.run(&["here", "--ir", "yes"]).done();
    assert!(shown.contains("Interventional radiology: yes"), "{shown}");
}

#[test]
fn write_lists_templates_begins_and_refuses_what_is_not_ready() {
    let terminal = with_people();
    let listed = terminal.run(&["write"]).done();
    assert!(listed.contains("alumni-intro: "), "{listed}");
    let ran = terminal.run(&["write", "Asha Rao", "--template", "alumni-intro", "--json"]);
    assert_eq!(ran.result, Ok(Outcome::No));
    let message: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    let id = message["id"].as_str().expect("an id");
    let (sentence, hint, code) = terminal.run(&["write", id, "--eml"]).refused();
    assert!(
        sentence.starts_with("the message is not ready: "),
        "{sentence}"
    );
    assert!(hint.starts_with("Mend it"), "{hint}");
    assert_eq!(code, 2);
}

const GOOD: &str = "Dear Dr. Rao,

I am Solange Baptiste, MS3 at St. George's University, where you graduated before me. I found your \
name among our graduates on the alumni page.

Your rounds at Maimonides Medical Center stayed with me. I will send you my notes this week.

Could we speak by phone for 15 minutes, so that I can hear how you chose your program?

Thank you for reading this,
Solange Baptiste";

#[test]
fn a_message_goes_from_draft_to_answer_on_the_command_line() {
    let terminal = with_people();
    let student = [
        "set-up",
        "--name",
        "Solange Baptiste",
        "--stage",
        "MS3",
        "--school",
        "SGU",
    ];
    terminal.run(&student).done();
    let begun = terminal.run(&["write", "Asha Rao", "--template", "alumni-intro", "--json"]);
    let message: serde_json::Value = serde_json::from_str(&begun.out).expect("JSON");
    let id = message["id"].as_str().expect("an id");
    let edit = ["write", id, "--edit", "--subject", "Your rounds", "--json"];
    let body = GOOD.replace("Dear Dr. Rao,\n\n", "");
    let edited = terminal.typed(&edit, &body, false);
    let view: serde_json::Value = serde_json::from_str(&edited.out).expect("JSON");
    let fixes: Vec<&str> = view["check"]["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|f| f["fix"][0].as_str())
        .collect();
    let (sentence, _, code) = terminal.run(&["write", id, "--fix", "no-such"]).refused();
    assert!(sentence.contains("no-such"), "{sentence}");
    assert_eq!(code, 2);
    for fix in fixes {
        terminal.run(&["write", id, "--fix", fix]);
    }
    let shown = terminal.run(&["write", id, "--json"]);
    let view: serde_json::Value = serde_json::from_str(&shown.out).expect("JSON");
    for finding in view["check"]["findings"].as_array().expect("findings") {
        if finding["level"] == "warn" {
            let code = finding["code"].as_str().expect("a code");
            terminal.run(&[
                "write",
                id,
                "--confirm",
                &format!("{code}=it is right here"),
            ]);
        }
    }
    let (sentence, _, code) = terminal.run(&["write", id, "--sent"]).refused();
    assert!(sentence.ends_with("hand it over first"), "{sentence}");
    assert_eq!(code, 2);
    let link = terminal.run(&["write", id, "--web", "gmail"]).done();
    assert!(
        link.starts_with("https://mail.google.com/mail/?view=cm"),
        "{link}"
    );
    let file = terminal.run(&["write", id, "--eml"]).done();
    let mail_id = file.split("Message-ID: <").nth(1).expect("an id");
    let mail_id = mail_id.split('>').next().expect("its end");
    let sent = terminal
        .run(&["write", id, "--sent", "--keep-promises"])
        .done();
    assert!(sent.contains("(sent, "), "{sent}");
    let asha = terminal.run(&["person", "Asha Rao"]).done();
    assert!(asha.contains("send you my notes this week"), "{asha}");

    let eml = format!(
        "From: Asha Rao <asha@hospital.example>\r\nDate: Tue, 01 Sep 2026 09:00:00 +0000\r\n\
         In-Reply-To: <{mail_id}>\r\n\r\nHappy to talk.\r\n"
    );
    let answer = terminal.file("answer.eml", &eml);
    let read = terminal
        .run(&["reply", &answer, "--dry-run", "--json"])
        .json();
    assert_eq!(read["answers"], id);
    let bounce = eml.replace("Asha Rao <asha@", "<mailer-daemon@");
    let bounce = terminal.file("bounce.eml", bounce);
    let (sentence, _, code) = terminal.run(&["reply", &bounce]).refused();
    assert!(sentence.contains("the address took no mail"), "{sentence}");
    assert_eq!(code, 2);
    for (bytes, said) in [
        ("", "nothing is entered; enter what they wrote"),
        (" \r\n\t", "nothing is entered; enter what they wrote"),
        ("\u{feff}", "nothing is entered; enter what they wrote"),
        ("%PDF-1.7", "no e-mail and no text"),
        (
            &eml.replace("Happy to talk.", ""),
            "no text can be read in this e-mail",
        ),
    ] {
        let file = terminal.file("nothing.eml", bytes);
        let (sentence, _, code) = terminal.run(&["reply", &file, "--to", id]).refused();
        assert!(sentence.contains(said), "{bytes:?}: {sentence}");
        assert_eq!(code, 2);
    }
    terminal.run(&["reply", &answer]).done();
    let shown = terminal.run(&["write", id]).done();
    assert!(shown.contains("(replied, "), "{shown}");
    let text = terminal.file("answer.txt", "Yes.");
    let (sentence, _, code) = terminal.run(&["reply", &text]).refused();
    assert!(sentence.contains("--to ID"), "{sentence}");
    assert_eq!(code, 2);
    let follow = terminal.run(&["write", id, "--follow-up", "--json"]);
    let view: serde_json::Value = serde_json::from_str(&follow.out).expect("JSON");
    assert_eq!(view["subject"], "Re: Your rounds");
}

#[test]
fn arguments_that_are_not_understood_say_what_was_found() {
    for (args, said, usage) in [
        (
            &["people", "--limit", "x"][..],
            "--limit: \"x\" cannot be used; use a whole number, not too large",
            "",
        ),
        (
            &["write", "Asha Rao", "--web", "fax"],
            "--web: \"fax\" cannot be used; use gmail, outlook",
            "",
        ),
        (
            &["set-up", "--minute", "5"],
            "\"--minute\" cannot be used; use --minutes",
            "Usage: vouch set-up",
        ),
        (
            &["programs", "--by", "state", "--list", "4203521221"],
            "found --by together with --list; would do: one of the two",
            "Usage: vouch programs",
        ),
        (
            &["set-up", "--minutes", "-5"],
            "found \"-5\", which this command does not know",
            "Usage: vouch set-up",
        ),
        (
            &["brif"],
            "\"brif\" cannot be used; use brief",
            "Usage: vouch",
        ),
        (
            &["xyz"],
            "\"xyz\" cannot be used; use a command that `vouch --help` lists",
            "Usage: vouch",
        ),
        (&["reply"], "found no <FILE>", "Usage: vouch reply <FILE>"),
        // A value that was forgotten before the next option.
        (
            &["import", "--roster", "--dry-run"],
            "--roster: nothing is entered; enter <FILE>",
            "",
        ),
    ] {
        let error = Cli::try_parse_from([&["vouch"], args].concat()).expect_err("a refusal");
        let (sentence, hint) = misread(&error).expect("words of our own");
        assert_eq!(sentence, said);
        assert!(hint.starts_with(usage), "{hint}");
    }
    let help = Cli::try_parse_from(["vouch", "people", "--help"]).expect_err("the help");
    assert_eq!(misread(&help), None);
}

#[test]
fn nothing_to_log_says_what_would_do() {
    let terminal = with_people();
    for line in ["", "  "] {
        let (sentence, _, code) = terminal.run(&["log", "--dry-run", line]).refused();
        let would_do =
            "line: nothing is entered; enter `vouch log \"yesterday call with Dr. Rao\"`";
        assert_eq!((sentence.as_str(), code), (would_do, 2));
    }
    let ran = terminal.typed(&["log"], "today call with Asha Rao\n", true);
    assert!(ran.err.starts_with("What happened?"), "{}", ran.err);
    ran.done();
}

#[test]
fn a_priority_is_counted_from_one() {
    let terminal = Terminal::new();
    for priority in ["0", "-3", "first", "100000"] {
        let list = ["programs", "--list", "4203521221", "--priority", priority];
        let (sentence, _, code) = terminal.run(&list).refused();
        let would_do = format!(
            "--priority: \"{priority}\" cannot be used; use a whole number from 1 to 999, 1 first"
        );
        assert_eq!((sentence, code), (would_do, 2));
    }
    let (sentence, _, _) = terminal.run(&["programs", "--unlist", "999"]).refused();
    assert!(
        sentence.starts_with("--unlist: \"999\" cannot be used"),
        "{sentence}"
    );
}

#[test]
fn a_line_about_a_patient_is_not_logged_unasked() {
    let terminal = with_people();
    let line = "today rotation with Asha Rao, the man in bed 12 needs a drain";
    let (sentence, hint, code) = terminal.run(&["log", line]).refused();
    assert!(
        sentence.starts_with("this may tell who a patient is: "),
        "{sentence}"
    );
    assert!(hint.contains("--not-a-patient"), "{hint}");
    assert_eq!(code, 2);
    terminal.run(&["log", line, "--not-a-patient"]).done();
}

#[test]
fn export_is_json_or_a_folder_of_tables() {
    let terminal = with_people();
    let all = terminal.run(&["export"]).json();
    assert!(all.to_string().contains("Asha"));
    let (sentence, _, _) = terminal.run(&["export", "--format", "csv"]).refused();
    assert_eq!(
        sentence,
        "--format csv: found no folder; would do: --out FOLDER"
    );
    let folder = terminal.path("tables");
    let out = folder.to_str().expect("UTF-8");
    terminal
        .run(&["export", "--format", "csv", "--out", out])
        .done();
    let people = std::fs::read_to_string(folder.join("person.csv")).expect("a table");
    assert!(people.contains("Asha"), "{people}");
    let blocked = terminal.file("blocked", "");
    let (sentence, _, _) = terminal
        .run(&["export", "--format", "csv", "--out", &blocked])
        .refused();
    assert!(sentence.starts_with("cannot write "), "{sentence}");
}

#[test]
fn an_export_comes_back_whole_into_a_new_vault() {
    let terminal = with_people();
    let file = terminal.path("vouch.json");
    let file = file.to_str().expect("UTF-8");
    terminal.run(&["export", "--out", file]).done();
    let other = Terminal::new();
    let said = other.run(&["import", file]).done();
    assert!(said.contains(" is back: "), "{said}");
    let back = other.path("back.json");
    other
        .run(&["export", "--out", back.to_str().expect("UTF-8")])
        .done();
    assert_eq!(
        std::fs::read_to_string(file).expect("the export"),
        std::fs::read_to_string(back).expect("the export of the other vault")
    );
    // Here everybody is there already.
    let said = terminal.run(&["import", file, "--yes"]).done();
    assert!(
        said.contains("each person of the export is compared"),
        "{said}"
    );
    assert!(said.contains("Nothing would change."), "{said}");
}

#[test]
fn a_folder_of_tables_comes_back_whole_into_a_new_vault() {
    let terminal = with_people();
    let folder = terminal.path("tables");
    let out = folder.to_str().expect("UTF-8");
    terminal
        .run(&["export", "--format", "csv", "--out", out])
        .done();
    let other = Terminal::new();
    let said = other.run(&["import", out]).done();
    assert!(said.contains(" is back: "), "{said}");
    assert_eq!(
        other.run(&["export"]).done(),
        terminal.run(&["export"]).done()
    );
    // Here everybody is there already, and the people's table says so too.
    let file = |name: &str| folder.join(name).to_str().expect("UTF-8").to_owned();
    let person = file("person.csv");
    for args in [
        vec!["import", out, "--yes"],
        vec![
            "import",
            &person,
            &file("contact.csv"),
            &file("affiliation.csv"),
            "--yes",
        ],
    ] {
        let said = terminal.run(&args).done();
        assert!(said.contains("Nothing would change."), "{said}");
    }
    let said = terminal.run(&["import", &person, "--dry-run"]).done();
    assert!(
        said.contains("0 new") || said.contains("Nothing would change"),
        "{said}"
    );
    let other_file = terminal.file("notes.csv", "What\nnothing\n");
    let (sentence, _, _) = terminal.run(&["import", &person, &other_file]).refused();
    assert!(sentence.contains("tables of a Vouch export"), "{sentence}");
}

#[test]
fn people_go_out_as_cards_that_other_programs_read() {
    let terminal = with_people();
    let cards = terminal
        .run(&["export", "--format", "vcard3", "--words", "asha"])
        .done();
    assert!(
        cards.starts_with("BEGIN:VCARD\r\nVERSION:3.0\r\n"),
        "{cards}"
    );
    assert_eq!(cards.matches("BEGIN:VCARD").count(), 1);
    let file = terminal.path("people.vcf");
    let file = file.to_str().expect("UTF-8");
    terminal
        .run(&["export", "--format", "vcard4", "--out", file])
        .done();
    let said = terminal.run(&["import", file, "--yes"]).done();
    assert!(said.contains("0 new"), "{said}");
    let (sentence, _, _) = terminal
        .run(&["export", "--format", "vcard4", "--ring", "saturn"])
        .refused();
    assert!(sentence.contains("saturn"), "{sentence}");
}

#[test]
fn the_schema_of_exports_is_printed() {
    let terminal = Terminal::new();
    let schema = terminal.run(&["export", "--schema"]).json();
    assert_eq!(schema["properties"]["format"]["const"], "vouch-export");
}

#[test]
fn a_name_cannot_steer_the_terminal() {
    let terminal = Terminal::new();
    let rows = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        A\u{1b}[2Jsha,R\u{9b}31mao,https://www.linkedin.com/in/asha,,\u{7}Fabrikam,,08 Feb 2026\n\
        A\u{1b}[2Jsha,R\u{9b}31mao,https://www.linkedin.com/in/other,,\u{7}Fabri\u{202e}kam \u{2067}Ltd\u{200f},,08 Feb 2026\n";
    let file = terminal.file("Connections.csv", rows);
    let mut shown = terminal.run(&["import", &file, "--yes"]).done();
    for args in [
        &["people"][..],
        &["people", "--json"],
        &["search", "Fabrikam"],
        &["search", "Fabrikam", "--json"],
        &["export"],
    ] {
        shown.push_str(&terminal.run(args).out);
    }
    let turning = "\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";
    let steering = |text: &str| {
        text.chars()
            .any(|c| (c.is_control() && c != '\n') || turning.contains(c))
    };
    assert!(!steering(&shown), "{shown:?}");
}

#[test]
fn a_large_vault_needs_a_folder_of_its_own() {
    let terminal = with_people();
    let (sentence, _, _) = terminal.run(&["demo", "--people", "20"]).refused();
    assert_eq!(
        sentence,
        "demo --people: found no folder; would do: --vault DIR"
    );
    let own = terminal.path("vault");
    let own = own.to_str().expect("UTF-8");
    let (sentence, _, _) = terminal
        .run(&["--vault", own, "demo", "--people", "20"])
        .refused();
    assert!(
        sentence.starts_with("demo --people: found a vault in "),
        "{sentence}"
    );
    let new = terminal.path("large");
    let new = new.to_str().expect("UTF-8");
    let args = [
        "--vault",
        new,
        "demo",
        "--people",
        "20",
        "--interactions",
        "30",
    ];
    assert_eq!(terminal.run(&args).done(), format!("{new}\n"));
    let people = terminal.run(&["--vault", new, "people", "--json"]).json();
    assert_eq!(people["total"], 20);
}
