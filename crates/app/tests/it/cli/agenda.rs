//! `vouch today` with its decisions, `vouch week`, `vouch here`, and rhythms.

use super::Terminal;

#[test]
fn the_week_is_planned_and_items_are_decided_by_number() {
    let terminal = Terminal::new();
    assert_eq!(
        terminal.run(&["week"]).done(),
        "Nothing is due this week.\n"
    );
    terminal
        .run(&["log", "yesterday talk with Dr. Asha Rao"])
        .done();
    terminal
        .run(&["log", "2026-06-20 email to Ben Okafor #ask call"])
        .done();
    let shown = terminal.run(&["week"]).done();
    assert!(
        shown.contains("For Wed 1 Jul 2026: about 15 of 60 minutes."),
        "{shown}"
    );
    assert!(shown.contains("Thank Dr. Asha Rao"), "{shown}");
    assert!(
        shown.contains("One short reminder to Ben Okafor"),
        "{shown}"
    );
    let week = terminal.run(&["week", "--json"]).json();
    assert_eq!(week["items"][0]["kind"], "follow-up");
    assert_eq!(week["minutes_planned"], 15);

    let shown = terminal.run(&["today"]).done();
    assert!(shown.contains("1. follow-up: Dr. Asha Rao"), "{shown}");
    assert!(shown.contains("2. reply awaited: Ben Okafor"), "{shown}");
    terminal.run(&["today", "--done", "1"]).done();
    terminal
        .run(&["today", "--snooze", "1", "--days", "7"])
        .done();
    assert_eq!(terminal.run(&["today"]).done(), "Nothing is due.\n");
    terminal.run(&["undo"]).done();
    terminal.run(&["today", "--skip", "1"]).done();
    let (sentence, _, code) = terminal.run(&["today", "--skip", "1"]).refused();
    assert_eq!(code, 2);
    assert!(sentence.ends_with("nothing is due"), "{sentence}");
    let args = ["today", "--snooze", "1", "--days", "0"];
    let (sentence, _, code) = terminal.run(&args).refused();
    assert_eq!(code, 2);
    assert!(
        sentence.contains("use a number from 1 to 365"),
        "{sentence}"
    );
}

#[test]
fn rhythms_are_set_from_the_command_line() {
    let terminal = Terminal::new();
    let args = [
        "set-up",
        "--rhythm",
        "inner=45-60",
        "--rhythm",
        "tag:mentor=30",
    ];
    let shown = terminal.run(&args).done();
    assert!(
        shown.contains("rhythm of ring inner: 45-60 days"),
        "{shown}"
    );
    assert!(
        shown.contains("rhythm of tag mentor: 30-60 days"),
        "{shown}"
    );
    for bad in ["mentor=30", "inner", "inner=often"] {
        let (sentence, _, code) = terminal.run(&["set-up", "--rhythm", bad]).refused();
        assert_eq!(code, 2, "{sentence}");
    }
}

#[test]
fn here_shows_the_hospital_ticks_its_lines_and_notes_its_services() {
    let terminal = Terminal::new();
    let shown = terminal.run(&["here"]).done();
    assert!(shown.starts_with("No rotation yet"), "{shown}");
    let rotation = "Henry Ford Hospital; surgery; 2026-06-15; 2026-07-10";
    terminal.run(&["set-up", "--rotation", rotation]).done();
    let shown = terminal.run(&["here"]).done();
    for words in [
        "Henry Ford Hospital (now), surgery, Detroit, MI",
        "Interventional radiology: yes",
        "Before you leave (0 of 5 done)",
        "[ ] lead: Ask whose lead",
        "You are unknown there: you know nobody there yet",
        "Programs here",
        "Elsewhere in MI",
    ] {
        assert!(shown.contains(words), "no {words} in {shown}");
    }
    let args = [
        "here", "ford", "--done", "lead", "--ir", "no", "--source", "a nurse",
    ];
    let shown = terminal.run(&args).done();
    assert!(shown.contains("[x] lead"), "{shown}");
    assert!(shown.contains("no (a nurse)"), "{shown}");
    let shown = terminal.run(&["here", "--not-done", "lead"]).done();
    assert!(shown.contains("[ ] lead"), "{shown}");
    let here = terminal.run(&["here", "--json"]).json();
    let services = &here["hospital"]["services"];
    assert_eq!(services[1]["answer"], "no");
    assert_eq!(services[1]["conflict"], true);
    for args in [
        ["here", "--ir", "maybe"].as_slice(),
        &["here", "--done", "nothing"],
        &["here", "Elsewhere"],
    ] {
        let (sentence, _, code) = terminal.run(args).refused();
        assert_eq!(code, 2, "{sentence}");
    }
}

#[test]
fn the_landscape_names_a_source_for_each_figure() {
    let terminal = Terminal::new();
    let shown = terminal.run(&["landscape"]).done();
    let independent = "2026: positions 146, applicants 98, filled not found";
    assert!(shown.contains(independent), "{shown}");
    assert!(shown.contains("US citizens 0 of 9"), "{shown}");
    let figures = shown.lines().filter(|line| line.contains(": positions "));
    for line in figures {
        assert!(line.ends_with(']'), "{line}");
    }
    let all = terminal.run(&["landscape", "--json"]).json();
    assert_eq!(all["ways"][2]["years"], 7);
    assert_eq!(
        all["independent"]["years"][1]["applicants"],
        serde_json::Value::Null
    );
}

#[test]
fn the_brief_leaves_names_out_unless_asked() {
    let terminal = Terminal::new();
    let line = "today email to Dr. Asha Rao #promise send the review tomorrow";
    terminal.run(&["log", line]).done();
    let shown = terminal.run(&["brief"]).done();
    assert!(shown.contains("I promised: send the review"), "{shown}");
    assert!(!shown.contains("Rao"), "{shown}");
    assert!(
        shown.contains("1. Which season should I aim at?"),
        "{shown}"
    );
    let shown = terminal.run(&["brief", "--names"]).done();
    assert!(shown.contains("I promised (Dr. Asha Rao)"), "{shown}");
    assert!(!shown.contains("more"), "{shown}");
    let lines: Vec<String> = (0..12)
        .map(|n| format!("today call {n} with Asha Rao #promise send draft {n} tomorrow"))
        .collect();
    terminal.run(&["log", &lines.join("\n")]).done();
    let cut = terminal.run(&["brief"]).done();
    assert!(cut.contains("Promises open: 13"), "{cut}");
    assert_eq!(cut.matches("I promised").count(), 10, "{cut}");
    assert!(cut.contains("  and 3 more"), "{cut}");
    let json = terminal.run(&["brief", "--json"]).json();
    assert_eq!(json["masked"], true);
    assert_eq!(json["promises"][0]["person"], serde_json::Value::Null);
}

#[test]
fn a_rotation_is_due_where_nobody_is_stored_yet() {
    let terminal = Terminal::new();
    let shown = terminal.run(&["today"]).done();
    assert!(shown.contains("Nobody is stored yet"), "{shown}");
    assert!(!shown.contains("rotation begins"), "{shown}");
    // The clock stands on a day of July 2026.
    let rotation = "Kings County Hospital; surgery; 2026-06-28; 2026-08-20";
    terminal.run(&["set-up", "--rotation", rotation]).done();
    let shown = terminal.run(&["today"]).done();
    assert!(shown.contains("Nobody is stored yet"), "{shown}");
    assert!(shown.contains("rotation begins: Kings County"), "{shown}");
}
