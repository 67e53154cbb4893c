//! `vouch duplicates`, `vouch merge` and `vouch apart`.

use super::Terminal;

fn with_pair() -> Terminal {
    let terminal = Terminal::new();
    let csv = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Asha,Rao,https://www.linkedin.com/in/asha-rao,,Fabrikam,Analyst,08 Feb 2026\n\
        A.,Rao,,asha@example.org,Fabrikam,,09 Feb 2026\n\
        Tom,Beck,,,Northwind,,10 Feb 2026\n";
    let file = terminal.file("Connections.csv", csv);
    terminal.run(&["import", &file, "--yes"]).done();
    terminal
}

#[test]
fn a_pair_is_shown_merged_and_taken_back() {
    let terminal = with_pair();
    let shown = terminal.run(&["duplicates"]).done();
    assert!(
        shown.starts_with("possible: alike names (an initial for the given name), and the same employer\n  Asha Rao ("),
        "{shown}"
    );
    let json = terminal.run(&["duplicates", "--json"]).json();
    assert_eq!(json["total"], 1);
    let other = json["pairs"][0]["second"]["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let merged = terminal
        .run(&["merge", "Asha Rao", &other, "--take", "name=kept"])
        .done();
    assert_eq!(
        merged,
        "Merged A. Rao into Asha Rao. `vouch undo` takes it back.\n  name: Asha Rao\n  \
         how found: LinkedIn connection since 8 Feb 2026 and LinkedIn connection since 9 Feb 2026\n  \
         known since: 2026-02-08\n"
    );
    // The id that is gone means the person who was kept.
    let person = terminal.run(&["person", &other]).done();
    assert!(
        person.starts_with("Asha Rao") && person.contains("asha@example.org"),
        "{person}"
    );
    assert_eq!(
        terminal.run(&["duplicates"]).done(),
        "Nobody seems to be stored twice.\n"
    );
    terminal.run(&["undo"]).done();
    assert_eq!(terminal.run(&["duplicates", "--json"]).json()["total"], 1);
}

#[test]
fn two_people_are_said_to_be_two() {
    let terminal = with_pair();
    let said = terminal.run(&["apart", "Asha Rao", "A. Rao"]).done();
    assert_eq!(
        said,
        "Asha Rao and A. Rao are two people. `vouch undo` takes it back.\n"
    );
    assert_eq!(
        terminal.run(&["duplicates"]).done(),
        "Nobody seems to be stored twice.\n"
    );
}

#[test]
fn what_cannot_be_merged_is_refused_in_a_sentence() {
    let terminal = with_pair();
    let (sentence, _, code) = terminal.run(&["merge", "Tom Beck", "Tom Beck"]).refused();
    assert_eq!(
        sentence,
        "people: \"Tom Beck\" cannot be used; use two different people"
    );
    assert_eq!(code, 2);
    let (sentence, _, _) = terminal
        .run(&["merge", "Tom Beck", "Asha Rao", "--take", "ring=both"])
        .refused();
    assert!(
        sentence.starts_with("--take: \"ring=both\" cannot be used; use a field (name,"),
        "{sentence}"
    );
    let (sentence, _, _) = terminal
        .run(&["merge", "Tom Beck", "Nobody Here"])
        .refused();
    assert_eq!(sentence, "there is no person \"Nobody Here\"");
}
