//! `vouch match`: what its tables hold, and what they cannot.

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
