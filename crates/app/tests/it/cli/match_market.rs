//! `vouch match`: what its tables hold, and what they cannot.

use app::cli::{Cli, misread};
use clap::Parser as _;

use super::Terminal;

const WITH_PRELIMINARY: &str = r#"{"programs":[
    {"id":"p","quota":1,"rol":["a"]},
    {"id":"q","quota":1,"rol":["a"]}],
    "applicants":[{"id":"a","rol":["p"],"supp":{"p":["q"]}}]}"#;

#[test]
fn a_table_of_results_is_whole_or_refused() {
    let terminal = Terminal::new();
    let market = terminal.file("market.json", WITH_PRELIMINARY);
    let shown = terminal.run(&["match", "solve", &market]).done();
    assert!(shown.contains(r#""a":["p","q"]"#), "{shown}");
    let out = terminal.file("R.csv", "old\n");
    let (sentence, _, code) = terminal
        .run(&["match", "solve", &market, "--out", &out])
        .refused();
    assert_eq!(code, 2);
    assert!(
        sentence.starts_with("--out: a holds a preliminary place"),
        "{sentence}"
    );
    assert_eq!(std::fs::read_to_string(&out).expect("kept"), "old\n");
    let packed = format!("{out}.gz");
    let (sentence, _, _) = terminal
        .run(&["match", "solve", &market, "--out", &packed])
        .refused();
    assert!(
        sentence.ends_with("since a table is written plain"),
        "{sentence}"
    );
}

#[test]
fn a_result_names_an_applicant_once() {
    let terminal = Terminal::new();
    let applicants = terminal.file("A.csv", "applicant,rol\n  \na,q;p\n");
    let programs = terminal.file("P.csv", "program,quota,rol\np,1,a\nq,1,a\n");
    let tables = ["--applicants", &applicants, "--programs", &programs];
    let verify = |result: &str| {
        let result = terminal.file("R.csv", result);
        let args = [&["match", "verify", &result][..], &tables].concat();
        terminal.run(&args)
    };
    verify("applicant,program\na,q\n").done();
    let (sentence, _, code) = verify("applicant,program\na,p\na,q\n").refused();
    assert_eq!(code, 2);
    assert!(
        sentence.contains("line 3, applicant: found \"a a second time\""),
        "{sentence}"
    );
}

#[test]
fn a_table_of_results_comes_with_its_void_ranks() {
    let terminal = Terminal::new();
    let applicants = terminal.file("A.csv", "applicant,rol\na,q;p\nb,p\n");
    let programs = terminal.file("P.csv", "program,quota,rol\np,1,a\nq,1,b\n");
    let out = terminal.file("R.csv", "");
    let shown = terminal
        .run(&[
            "match",
            "solve",
            "--applicants",
            &applicants,
            "--programs",
            &programs,
            "--out",
            &out,
        ])
        .done();
    for void in [
        r#"{"applicant":"a","program":"q","ranked_by":"applicant"}"#,
        r#"{"applicant":"b","program":"p","ranked_by":"applicant"}"#,
        r#"{"applicant":"b","program":"q","ranked_by":"program"}"#,
    ] {
        assert!(shown.contains(void), "{shown}");
    }
    assert!(
        shown.starts_with(r#"{"status":"stable","matched":1,"#),
        "{shown}"
    );
}

#[test]
fn numbers_that_cannot_be_used_are_refused_in_one_form() {
    for (arguments, what) in [
        (
            ["match", "simulate", "--draws", "0"],
            "--draws: \"0\" cannot be used; use a whole number from 1 on",
        ),
        (
            ["match", "simulate", "--draws", "x"],
            "--draws: \"x\" cannot be used; use a whole number, not too large",
        ),
        (
            ["match", "simulate", "--draws", "1.5"],
            "--draws: \"1.5\" cannot be used; use a whole number, not too large",
        ),
        (
            ["match", "simulate", "--seed", "1e3"],
            "--seed: \"1e3\" cannot be used; use a whole number, not too large",
        ),
        (
            ["match", "solve", "--seed", "one"],
            "--seed: \"one\" cannot be used; use a whole number, not too large",
        ),
        (
            ["portfolio", "solve", "--max-h", "two"],
            "--max-h: \"two\" cannot be used; use a whole number, not too large",
        ),
    ] {
        let arguments = [&["vouch"], &arguments[..], &["d.json"]].concat();
        let error = Cli::try_parse_from(&arguments).expect_err("a refusal");
        let (sentence, _) = misread(&error).expect("words of our own");
        assert_eq!(sentence, what, "{arguments:?}");
    }
}

#[test]
fn a_wrong_file_is_refused_with_its_record() {
    let terminal = Terminal::new();
    for (command, text, what) in [
        (
            "match",
            r#"{"programs":[{"id":"p","quota":"x"}],"applicants":[]}"#,
            "program 1 (\"p\"), quota: found \"x\"; would do: a whole number",
        ),
        (
            "portfolio",
            r#"{"kind":"varied_cost","budget":1,"programs":[{"f":0.5,"t":4,"cost":"x"}]}"#,
            "programs[0].cost: found \"x\"; would do: a whole number from 0 on",
        ),
        ("portfolio", "", "document: found nothing; would do: JSON"),
    ] {
        let file = terminal.file("x.json", text);
        let (sentence, _, code) = terminal.run(&[command, "solve", &file]).refused();
        assert_eq!(code, 2);
        assert!(sentence.ends_with(what), "{sentence}");
    }
    let marked = terminal.file(
        "marked.json",
        "\u{FEFF}{\"kind\":\"same_cost\",\"programs\":[{\"f\":0.5,\"t\":4}]}",
    );
    let shown = terminal.run(&["portfolio", "solve", &marked]).done();
    assert!(shown.contains("\"value\":2.0"), "{shown}");
}
