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
    // One object a line, as of records.
    assert_eq!(ran.out.lines().count(), 1, "{}", ran.out);
    let line: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(line["id"], file.as_str());
    let codes = codes(&line);
    assert_eq!(
        codes
            .iter()
            .filter(|code| **code == "placeholder-left")
            .count(),
        2
    );
}

#[test]
fn a_mail_without_a_text_part_is_told_as_one() {
    let terminal = Terminal::new();
    let head = "From: a@example.org\r\nTo: b@example.org\r\nSubject: Hi\r\n";
    for (rest, said) in [
        (
            "Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n",
            "only an attached file (\"application/pdf\")",
        ),
        (
            "Content-Type: application/pdf; name=cv.pdf\r\n\r\nAAAA\r\n",
            "only an attached file (\"cv.pdf\")",
        ),
        (
            "Content-Type: image/png\r\n\r\nxx\r\n",
            "only an attached file (\"image/png\")",
        ),
        (
            "Content-Type: multipart/mixed; boundary=q\r\n\r\n--q\r\nContent-Type: image/png\r\n\r\nxx\r\n--q--\r\n",
            "only an attached file (\"image/png\")",
        ),
        ("\r\n \r\n", "found no text in this e-mail"),
        (
            "Content-Type: text/html\r\n\r\n<p> </p>\r\n",
            "found no text in this e-mail",
        ),
    ] {
        let file = terminal.file("scan.eml", format!("{head}{rest}"));
        let (sentence, _, code) = terminal.run(&["check", &file]).refused();
        assert!(sentence.contains(said), "{rest}: {sentence}");
        assert_eq!(code, 2);
    }
}

fn codes(line: &serde_json::Value) -> Vec<&str> {
    let findings = line["findings"].as_array().expect("findings");
    findings.iter().filter_map(|f| f["code"].as_str()).collect()
}

#[test]
fn an_answer_is_read_without_what_it_quotes_and_greets_whom_it_goes_to() {
    let terminal = Terminal::new();
    let answer = |head: &str, text: &str| {
        let mail = format!(
            "From: a@example.org\r\nTo: Asha Rao <rao@example.org>\r\nSubject: Re: Call\r\n{head}\r\n{text}"
        );
        let file = terminal.file("answer.eml", mail);
        let ran = terminal.run(&["check", &file, "--json"]);
        let line: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
        let codes: Vec<String> = codes(&line).into_iter().map(str::to_owned).collect();
        codes
    };
    let text = "Thank you. Fifteen minutes on Monday are perfect.\r\n\r\n\
                On Wed, 1 Jul 2026, Asha wrote:\r\n> I have a [spot] on Monday.\r\n";
    let reply = "In-Reply-To: <1@example.org>\r\n";
    assert!(answer(reply, text).is_empty(), "{:?}", answer(reply, text));
    let first = answer("", text);
    for code in ["missing-salutation", "missing-identity", "placeholder-left"] {
        assert!(first.iter().any(|c| c == code), "{code}: {first:?}");
    }
    let wrong = answer(reply, "Dear Dr. Raw,\r\n\r\nThank you for Monday.\r\n");
    assert_eq!(wrong, ["wrong-name"]);
}

#[test]
fn sarif_points_into_the_file_or_into_the_text_that_it_holds() {
    let terminal = Terminal::new();
    let sarif = |name: &str, text: &str| -> serde_json::Value {
        let file = terminal.file(name, text);
        let out = terminal.run(&["check", &file, "--sarif"]).out;
        let log: serde_json::Value = serde_json::from_str(&out).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("results");
        let found = results.iter().find(|r| r["ruleId"] == "placeholder-left");
        found.expect("a blank")["locations"][0].clone()
    };
    let plain = sarif(
        "a b é#1%20.txt",
        "\u{FEFF}Dear Dr. Rao,\r\n\r\nI saw [it].\r\n",
    );
    let physical = &plain["physicalLocation"];
    let uri = physical["artifactLocation"]["uri"].as_str().expect("a uri");
    assert!(uri.ends_with("/a%20b%20%C3%A9%231%2520.txt"), "{uri}");
    // The mark, the greeting and two line ends of two signs each stand before it.
    assert_eq!(physical["region"]["charOffset"], 24);
    assert_eq!(physical["region"]["charLength"], 4);

    let mail = sarif(
        "a.eml",
        "Subject: A call\r\n\r\nDear Dr. Rao,\r\n\r\nI saw [it].\r\n",
    );
    assert!(mail["physicalLocation"]["region"].is_null(), "{mail}");
    assert_eq!(mail["logicalLocations"][0]["name"], "text");
    assert_eq!(mail["properties"]["textRegion"]["charOffset"], 21);
}

#[test]
fn a_text_with_many_of_one_fault_names_the_first_and_counts_the_rest() {
    let terminal = Terminal::new();
    let file = terminal.file(
        "many.txt",
        "Dear Dr. Rao,\n\n".to_owned() + &"[x y] ".repeat(50),
    );
    let out = terminal.run(&["check", &file]).out;
    assert_eq!(out.matches("error [placeholder-left]").count(), 20, "{out}");
    assert!(out.contains("and 30 more [placeholder-left]"), "{out}");
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
fn a_mail_without_a_text_is_told_so() {
    let terminal = Terminal::new();
    let mail = "From: a@example.org\r\nSubject: Scan\r\nMIME-Version: 1.0\r\n\
                Content-Type: application/pdf; name=\"scan.pdf\"\r\n\
                Content-Disposition: attachment; filename=\"scan.pdf\"\r\n\
                Content-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n";
    let file = terminal.file("scan.eml", mail);
    let (sentence, _, code) = terminal.run(&["check", &file]).refused();
    assert!(
        sentence.contains("found no text in this e-mail, only an attached file (\"scan.pdf\")"),
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
        findings.iter().any(|f| f["code"] == "spelling"
            && f["end"].as_u64() == f["start"].as_u64().map(|at| at + 8))
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
    let expected = ["profanity", "spelling", "spelling"];
    assert_eq!(codes(&line), expected, "{line}");
    // A file of another name is read as records where that is said.
    let other = terminal.file("records.txt", record);
    let ran = terminal.run(&["check", &other, "--records", "--grammar", "--json"]);
    let line: serde_json::Value = serde_json::from_str(ran.out.trim()).expect("JSON");
    assert_eq!(codes(&line), expected, "{line}");
}
