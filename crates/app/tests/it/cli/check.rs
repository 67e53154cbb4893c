//! `vouch check` on texts, mails and what is neither.

use app::cli::Outcome;

use super::Terminal;

#[test]
fn a_placeholder_is_an_error_with_its_line() {
    let terminal = Terminal::new();
    let file = terminal.file("note.txt", "Dear Dr. Rao,\n\nI saw [your paper].\n");
    let ran = terminal.run(&["check", &file]);
    assert_eq!(ran.result, Ok(Outcome::No));
    assert!(
        ran.out.contains("line 3: error [placeholder-left]"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("Not ready: an error must be mended first."),
        "{}",
        ran.out
    );
}

#[test]
fn a_mail_file_is_read_with_its_subject() {
    let terminal = Terminal::new();
    let mail =
        "From: a@example.org\r\nSubject: About [topic]\r\n\r\nDear Dr. Rao,\r\n\r\nI saw [x].\r\n";
    let file = terminal.file("note.eml", mail);
    let ran = terminal.run(&["check", &file, "--json"]);
    assert_eq!(ran.result, Ok(Outcome::No));
    let check: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(check["ready"], false);
}

#[test]
fn what_is_no_text_is_refused_in_a_sentence() {
    let terminal = Terminal::new();
    let empty = terminal.file("empty.txt", " \n");
    let binary = terminal.file("binary.txt", b"abc\xff\xfe");
    let (sentence, _, code) = terminal.run(&["check", &empty]).refused();
    assert!(sentence.ends_with("found an empty text; would do: the message as you would send it"));
    assert_eq!(code, 2);
    let (sentence, _, code) = terminal.run(&["check", &binary]).refused();
    assert!(
        sentence.contains("found a byte that is no text at 3"),
        "{sentence}"
    );
    assert_eq!(code, 2);
    let (sentence, _, code) = terminal.run(&["check", "no-such-file.txt"]).refused();
    assert!(
        sentence.starts_with("cannot read no-such-file.txt: "),
        "{sentence}"
    );
    assert_eq!(code, 2);
}

#[test]
fn slips_are_noted_where_they_are_asked_for() {
    let terminal = Terminal::new();
    let text = "Dear Dr. Rao,\n\nI recieved an paper of yours from Dr. Przybylski.\n";
    let file = terminal.file("slips.txt", text);
    let without = terminal.run(&["check", &file]).out;
    assert!(!without.contains("[spelling]"), "{without}");
    let with = terminal.run(&["check", &file, "--grammar"]).out;
    assert!(
        with.contains(
            "line 3: note [spelling] \"recieved\" is in no dictionary; \"received\" would do"
        ),
        "{with}"
    );
    assert!(with.contains("line 3: note [grammar]"), "{with}");
    assert!(with.ends_with(&without), "{with}");

    let json = terminal.run(&["check", &file, "--grammar", "--json"]).out;
    let check: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let findings = check["findings"].as_array().expect("findings");
    assert!(
        findings
            .iter()
            .any(|f| f["code"] == "spelling" && f["quote"] == "recieved")
    );
    let sarif = terminal.run(&["check", &file, "--grammar", "--sarif"]).out;
    assert!(sarif.contains("\"ruleId\": \"spelling\""), "{sarif}");
}

#[test]
fn slips_in_records_stand_among_the_findings_in_their_order() {
    let terminal = Terminal::new();
    let record = r#"{"id": "m1", "channel": "post", "scenario": "public-post", "sender": {"name": "Solange Piché", "stage": "MS3", "school": "Windwart Cays"}, "recipient": {"name": "", "title": "", "role": "audience", "institution": "", "relationship": "stranger", "acquainted_days": 0, "facts": []}, "context": {"date": "2027-05-11", "season_phase": "off-season", "event": ""}, "subject": null, "text": "What a damn good tallk, I recieved the slides."}"#;
    let file = terminal.file("records.jsonl", record);
    let ran = terminal.run(&["check", &file, "--grammar", "--json"]);
    let line: serde_json::Value = serde_json::from_str(ran.out.trim()).expect("JSON");
    let codes: Vec<&str> = line["findings"]
        .as_array()
        .expect("findings")
        .iter()
        .filter_map(|f| f["code"].as_str())
        .collect();
    assert_eq!(codes, ["profanity", "spelling", "spelling"], "{line}");
}
