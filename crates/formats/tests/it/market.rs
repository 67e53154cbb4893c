//! Market files: fixtures read, solved and written back, and what is refused.

use std::io::Write;

use formats::market::{
    read_csv, read_description_json, read_json, read_result, write_blocking_json,
    write_distributions_json, write_matching_csv, write_solution_json, write_summary_json,
};
use matching::{Matching, SimulateOptions, SolveOptions, blocking_pairs, simulate, solve};

const MARKET: &str = include_str!("../../fixtures/market/small.json");
const SOLVED: &str = include_str!("../../fixtures/market/small.expected.json");
const APPLICANTS: &str = include_str!("../../fixtures/market/applicants.csv");
const PROGRAMS: &str = include_str!("../../fixtures/market/programs.csv");
const COUPLES: &str = include_str!("../../fixtures/market/couples.csv");
const RESULT: &str = include_str!("../../fixtures/market/result.expected.csv");
const DESCRIPTION: &str = include_str!("../../fixtures/market/description.json");

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder
        .write_all(text.as_bytes())
        .expect("memory can be written");
    encoder.finish().expect("memory can be written")
}

#[test]
fn json_market_is_solved_and_the_result_read_back() {
    let market = read_json(&mut MARKET.as_bytes()).expect("a market");
    let solution = solve(&market, SolveOptions::default());
    let text = write_solution_json(&market, &solution);
    assert_eq!(text, SOLVED.trim_end());
    let matching = read_result(&market, &mut text.as_bytes()).expect("a result");
    assert_eq!(Some(&matching), solution.matching());
    assert_eq!(blocking_pairs(&market, &matching), Ok(Vec::new()));
}

#[test]
fn results_are_read_in_every_form() {
    let market = read_json(&mut MARKET.as_bytes()).expect("a market");
    let solution = solve(&market, SolveOptions::default());
    let matching = solution.matching().expect("stable");
    let forms = [
        r#"{"ana":["city","mercy"],"ben":["lake"],"eva":["lake"],"fay":[],"gil":null}"#,
        r#"{"matching":{"ana":["city","mercy"],"ben":"lake","eva":["lake",null]}}"#,
        "  {\"status\":\"stable\",\"matching\":{\"ana\":[\"city\",\"mercy\"],\"ben\":[\"lake\"],\"eva\":[\"lake\"]}}",
    ];
    for form in forms {
        assert_eq!(
            read_result(&market, &mut form.as_bytes()).as_ref().ok(),
            Some(matching),
            "{form}"
        );
        assert_eq!(
            read_result(&market, &mut gzip(form).as_slice())
                .as_ref()
                .ok(),
            Some(matching),
            "{form}"
        );
    }
    let mut without_preliminary = matching.clone();
    let ana = market.find_applicant("ana").expect("ana is there");
    without_preliminary.assign_preliminary(ana, None);
    let table = "applicant,program\nana,city\nben,lake\neva,lake\nfay,\ngil,-1\n";
    assert_eq!(
        read_result(&market, &mut table.as_bytes()).ok(),
        Some(without_preliminary.clone())
    );
    let blocking = blocking_pairs(&market, &without_preliminary).expect("a matching");
    assert_eq!(
        write_blocking_json(&market, &blocking),
        r#"[{"applicant":"ana","advanced":"city","program":"mercy"},{"couple":"c1","programs":["mercy","lake"]}]"#
    );
}

#[test]
fn tables_are_solved_and_written() {
    let read = |applicants: &[u8], programs: &[u8], couples: &[u8]| {
        let (mut applicants, mut programs, mut couples) = (applicants, programs, couples);
        read_csv(&mut applicants, &mut programs, Some(&mut couples)).expect("a market")
    };
    let plain = [APPLICANTS, PROGRAMS, COUPLES].map(|text| text.as_bytes().to_vec());
    let packed = [APPLICANTS, PROGRAMS, COUPLES].map(gzip);
    let windows = [APPLICANTS, PROGRAMS, COUPLES]
        .map(|text| format!("\u{FEFF}{}", text.replace('\n', "\r\n")).into_bytes());
    for [applicants, programs, couples] in [plain, packed, windows] {
        let market = read(&applicants, &programs, &couples);
        let solution = solve(&market, SolveOptions::default());
        let mut text = Vec::new();
        write_matching_csv(&market, solution.matching().expect("stable"), &mut text)
            .expect("memory can be written");
        assert_eq!(String::from_utf8_lossy(&text), RESULT);
    }
}

#[test]
fn columns_are_found_by_their_names() {
    let applicants = "rol,note,applicant\n\"p;q\",\"said \"\"yes\"\", then no\",a\n";
    let programs = "quota,program,rol\n1,p,a\n2,\"q\",a\n";
    let market =
        read_csv(&mut applicants.as_bytes(), &mut programs.as_bytes(), None).expect("a market");
    let a = market.find_applicant("a").expect("a is there");
    let names: Vec<_> = market
        .rank_list(a)
        .map(|program| market.program_id(program))
        .collect();
    assert_eq!(names, ["p", "q"]);
}

#[track_caller]
fn check_tables(applicants: &str, programs: &str, couples: &str, message: &str) {
    let read = read_csv(
        &mut applicants.as_bytes(),
        &mut programs.as_bytes(),
        Some(&mut couples.as_bytes()),
    );
    assert_eq!(read.expect_err("refused").to_string(), message);
}

#[test]
fn wrong_lines_are_named() {
    let a = "applicant,rol\na,p\n";
    let p = "program,quota,rol\np,1,a\n";
    let c = "couple,a,b,pairs\n";
    check_tables(
        "",
        p,
        c,
        "applicants line 1, applicant: found nothing, a header line would do",
    );
    check_tables(
        "applicant;rol\na;p\n",
        p,
        c,
        "applicants line 1, applicant: found \"applicant;rol\", a header with this column would do",
    );
    check_tables(
        "applicant,rol\na,p\n\nb\n",
        p,
        c,
        "applicants line 4, rol: found nothing, a line with all columns of the header would do",
    );
    check_tables(
        "applicant,rol\n,p\n",
        p,
        c,
        "applicants line 2, applicant: found nothing, an id would do",
    );
    check_tables(
        "applicant,rol\n\"a,p\n",
        p,
        c,
        "applicants line 2, applicant: found \"a,p\", a closing quote on the same line would do",
    );
    check_tables(
        a,
        "program,quota,rol\np,one,a\n",
        c,
        "programs line 2, quota: found \"one\", a whole number such as 2 would do",
    );
    check_tables(
        a,
        "program,quota,rol\np,-1,a\n",
        c,
        "program p: quota -1 is negative",
    );
    check_tables(
        a,
        p,
        "couple,a,b,pairs\nc,x,y,p q;p\n",
        "couples line 2, pairs: found \"p\", two programs with a space between, such as p1 -1 would do",
    );
    check_tables(
        a,
        p,
        "couple,a,b,pairs\nc,a,b,p p\n",
        "couple c: member a has a rank list of its own",
    );
    let latin = read_csv(
        &mut &b"applicant,rol\nJos\xE9,p\n"[..],
        &mut p.as_bytes(),
        None,
    );
    assert!(
        latin
            .expect_err("refused")
            .to_string()
            .ends_with("text in UTF-8 would do")
    );
}

#[track_caller]
fn check_json(text: &str, message: &str) {
    assert_eq!(
        read_json(&mut text.as_bytes())
            .expect_err("refused")
            .to_string(),
        message
    );
}

#[test]
fn wrong_json_is_named() {
    let market = |programs: &str, applicants: &str| {
        format!(r#"{{"programs": [{programs}], "applicants": [{applicants}]}}"#)
    };
    let good = r#"{"id": "p1", "quota": 1, "rol": []}"#;
    let whole = "would do: a whole number";
    let id = "would do: an id: a text or a whole number";
    let list = "would do: a list in brackets";
    // Programs: the record is named by its number and its id, whatever is wrong.
    for (program, what) in [
        (
            r#"{"id": "p", "quota": "x"}"#,
            format!("program 2 (\"p\"), quota: found \"x\"; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": "2"}"#,
            format!("program 2 (\"p\"), quota: found \"2\"; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": 1.5}"#,
            format!("program 2 (\"p\"), quota: found 1.5; {whole}"),
        ),
        (
            r#"{"quota": -1.5, "id": "p"}"#,
            format!("program 2 (\"p\"), quota: found -1.5; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": null}"#,
            format!("program 2 (\"p\"), quota: found nothing; {whole}"),
        ),
        (
            r#"{"id": "p"}"#,
            format!("program 2 (\"p\"), quota: found nothing; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": [1]}"#,
            format!("program 2 (\"p\"), quota: found [1]; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": true}"#,
            format!("program 2 (\"p\"), quota: found true; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": NaN}"#,
            format!("program 2 (\"p\"), quota: found \"NaN\"; {whole}"),
        ),
        (
            r#"{"id": "p", "quota": 1, "quota": 2}"#,
            "program 2 (\"p\"), quota: found a second one; would do: one".to_owned(),
        ),
        (
            r#"{"id": ["p"], "quota": 2}"#,
            format!("program 2, id: found [\"p\"]; {id}"),
        ),
        (
            r#"{"id": "", "quota": 2}"#,
            format!("program 2, id: found \"\"; {id}"),
        ),
        (
            r#"{"id": 1.5, "quota": 2}"#,
            format!("program 2, id: found 1.5; {id}"),
        ),
        (
            r#"{"quota": 2}"#,
            format!("program 2, id: found nothing; {id}"),
        ),
        (
            r#"{"id": "p", "quota": 1, "rol": "a"}"#,
            format!("program 2 (\"p\"), rol: found \"a\"; {list}"),
        ),
        (
            r#"{"id": "p", "quota": 1, "rol": [null]}"#,
            format!("program 2 (\"p\"), rol[0]: found null; {id}"),
        ),
        (
            r#"["p", 1]"#,
            "program 2: found [\"p\",1]; would do: an object in braces".to_owned(),
        ),
    ] {
        check_json(&market(&[good, program].join(", "), ""), &what);
    }
    let market_of = |applicant: &str| market(good, applicant);
    for (applicant, what) in [
        (
            r#"{"id": 7, "rol": {}}"#,
            format!("applicant 1, rol: found {{}}; {list}"),
        ),
        (
            r#"{"id": "a", "rol": ["p1", 2.5]}"#,
            format!("applicant 1 (\"a\"), rol[1]: found 2.5; {id}"),
        ),
        (
            r#"{"id": "a", "supp": []}"#,
            "applicant 1 (\"a\"), supp: found []; would do: an object in braces".to_owned(),
        ),
        (
            r#"{"id": "a", "rol": ["p1"], "supp": {"p1": [], "p1": ["q"]}}"#,
            "applicant 1 (\"a\"), supp.p1: found a second one; would do: one".to_owned(),
        ),
        (
            r#"{"id": "a", "rol": [], "rol": []}"#,
            "applicant 1 (\"a\"), rol: found a second one; would do: one".to_owned(),
        ),
        (
            "null",
            "applicant 1: found null; would do: an object in braces".to_owned(),
        ),
    ] {
        check_json(&market_of(applicant), &what);
    }
    for (more, what) in [
        (
            r#""couples": [{"members": ["a"]}]"#,
            "couple 1, members: found [\"a\"]; would do: a list of two applicants",
        ),
        (
            r#""couples": [{"id": "c", "members": ["a", "b"], "rol": [["p1"]]}]"#,
            "couple 1 (\"c\"), rol[0]: found [\"p1\"]; would do: a pair of programs, null for none",
        ),
        (
            r#""couples": {}"#,
            "couples: found {}; would do: a list in brackets",
        ),
        (
            r#""reversions": [{"donor": "p1", "max": 1}]"#,
            "reversion 1, receiver: found nothing; would do: the id of a program",
        ),
        (
            r#""reversions": [{"donor": "p1", "receiver": "p1", "max": "1"}]"#,
            "reversion 1, max: found \"1\"; would do: a whole number",
        ),
        (
            r#""applicants": []"#,
            "applicants: found a second one; would do: one",
        ),
    ] {
        check_json(
            &format!(r#"{{"programs": [{good}], "applicants": [], {more}}}"#),
            what,
        );
    }
    check_json(
        "{\"programs\": [],\n \"applicants\": [}",
        "not JSON: line 2, column 17: expected value",
    );
    check_json(" \n", "document: found nothing; would do: JSON");
    check_json("[]", "document: found []; would do: an object in braces");
    check_json(
        r#"{"programs": []}"#,
        "applicants: found nothing; would do: a list of applicants",
    );
}

/// What looks like the wrong inputs, and is right.
#[test]
fn whole_numbers_are_written_in_many_ways() {
    for quota in ["2", "2.0", "2e0", "20e-1", "9223372036854775807"] {
        let text = format!(
            r#"{{"programs": [{{"id": "p", "quota": {quota}, "rol": ["a"], "note": 1, "note": 2}}],
                "applicants": [{{"id": "a", "rol": ["p"], "supp": null}}]}}"#
        );
        let read = read_json(&mut text.as_bytes());
        if quota.len() > 9 {
            let refused = read.expect_err("refused").to_string();
            assert!(refused.starts_with("program p: too large"), "{refused}");
        } else {
            assert_eq!(read.expect("a market").n_programs(), 1, "{quota}");
        }
    }
}

#[test]
fn a_json_result_names_an_applicant_once() {
    let market = read_json(&mut MARKET.as_bytes()).expect("a market");
    let twice = "found a second one; would do: one";
    for (result, what) in [
        (r#"{"ana": ["city"], "ana": ["city"]}"#, format!("ana: {twice}")),
        (r#"{"ana": ["city"], "ben": "lake", "ana": null}"#, format!("ana: {twice}")),
        (r#"{"ana": [], "ana": ["city", "mercy"]}"#, format!("ana: {twice}")),
        (r#"{"\u0061na": ["city"], "ana": ["mercy"]}"#, format!("ana: {twice}")),
        (r#"{"matching": {"ana": ["city"], "ana": ["mercy"]}}"#, format!("matching.ana: {twice}")),
        (r#"{"status": "stable", "matching": {"ben": ["lake"], "ben": "lake"}}"#, format!("matching.ben: {twice}")),
        (r#"{"matching": {"ana": ["city"]}, "matching": {"ana": ["mercy"]}}"#, format!("matching: {twice}")),
        (r#"{"ana": {"p": 1}}"#, "result, applicant \"ana\": found {\"p\":1}; would do: a list of one program, and a preliminary one".to_owned()),
        (r#"{"ana": ["city", "mercy", "lake"]}"#, "result, applicant \"ana\": found [\"city\",\"mercy\",\"lake\"]; would do: a list of one program, and a preliminary one".to_owned()),
        (r#"{"ana": [true]}"#, "result, applicant \"ana\"[0]: found true; would do: an id: a text or a whole number".to_owned()),
        (r#"{"matching": ["city"]}"#, "matching: found [\"city\"]; would do: an object in braces".to_owned()),
    ] {
        let refused = read_result(&market, &mut result.as_bytes()).expect_err("refused");
        assert_eq!(refused.to_string(), what, "{result}");
    }
}

#[test]
fn a_summary_names_every_void_rank() {
    let text = r#"{"programs": [{"id": "p", "quota": 1, "rol": ["a", "b"]}, {"id": "q", "quota": 1}],
        "applicants": [{"id": "a", "rol": ["p", "q"]}, {"id": "b"}]}"#;
    let market = read_json(&mut text.as_bytes()).expect("a market");
    let solution = solve(&market, SolveOptions::default());
    assert_eq!(
        write_summary_json(&market, &solution),
        r#"{"status":"stable","matched":1,"unreciprocated":[{"applicant":"a","program":"q","ranked_by":"applicant"},{"applicant":"b","program":"p","ranked_by":"program"}]}"#
    );
}

#[test]
fn whole_numbers_are_ids_and_other_keys_are_ignored() {
    let text = r#"{"name": "test", "programs": [{"id": 7, "quota": 1, "rol": [1], "city": "x"}],
        "applicants": [{"id": 1, "rol": [7], "supp": null}], "couples": null}"#;
    let market = read_json(&mut text.as_bytes()).expect("a market");
    let solution = solve(&market, SolveOptions::default());
    assert_eq!(
        write_solution_json(&market, &solution),
        r#"{"status":"stable","matching":{"1":["7"]},"unreciprocated":[]}"#
    );
}

#[test]
fn results_that_name_nobody_are_refused() {
    let market = read_json(&mut MARKET.as_bytes()).expect("a market");
    let refused = |text: &str| {
        read_result(&market, &mut text.as_bytes())
            .expect_err("refused")
            .to_string()
    };
    assert_eq!(
        refused(r#"{"nobody": ["city"]}"#),
        "result: unknown applicant nobody"
    );
    assert_eq!(
        refused(r#"{"ana": ["nowhere"]}"#),
        "result: unknown program nowhere"
    );
    assert_eq!(
        refused("applicant,program\nana,nowhere\n"),
        "result: unknown program nowhere"
    );
}

#[test]
fn market_without_a_stable_matching_says_none() {
    let text = r#"{"programs": [{"id": "h1", "quota": 1, "rol": ["c1", "s"]}, {"id": "h2", "quota": 1, "rol": ["s", "c2"]}],
        "applicants": [{"id": "s", "rol": ["h1", "h2"]}, {"id": "c1"}, {"id": "c2"}],
        "couples": [{"id": "c", "members": ["c1", "c2"], "rol": [["h1", "h2"]]}]}"#;
    let market = read_json(&mut text.as_bytes()).expect("a market");
    let solution = solve(&market, SolveOptions::default());
    assert_eq!(
        write_solution_json(&market, &solution),
        r#"{"status":"none","matching":{},"unreciprocated":[]}"#
    );
    let empty = Matching::empty(&market);
    let blocking = blocking_pairs(&market, &empty).expect("a matching");
    assert_eq!(
        write_blocking_json(&market, &blocking),
        r#"[{"applicant":"s","program":"h1"},{"applicant":"s","program":"h2"},{"couple":"c","programs":["h1","h2"]}]"#
    );
}

#[test]
fn description_is_simulated_and_written() {
    let description = read_description_json(&mut DESCRIPTION.as_bytes()).expect("a description");
    let options = SimulateOptions {
        seed: 1,
        n_draws: 100,
    };
    let distributions = simulate(&description, options, &|_| true).expect("not stopped");
    let text = write_distributions_json(&description, &distributions);
    let value: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(value["draws"], 100);
    assert_eq!(value["programs"]["city"]["quota"], 1);
    let share = |applicant: &str| {
        value["applicants"][applicant]["programs"]["city"]["value"]
            .as_f64()
            .expect("a share")
    };
    assert!(
        (share("ana") + share("ben") - 1.0).abs() < 1e-9,
        "one of the two gets the only place in every draw"
    );
    assert!(share("ana") > share("ben"), "ana has the better standing");
    let refused = read_description_json(
        &mut DESCRIPTION
            .replace("\"quota\": 1", "\"quota\": -1")
            .as_bytes(),
    );
    assert_eq!(
        refused.expect_err("refused").to_string(),
        "program city: quota -1 is not between 0 and 65535"
    );
    for (from, to, what) in [
        (
            "\"quota\": 1",
            "\"quota\": 1.5",
            "program 1 (\"city\"), quota: found 1.5; would do: a whole number",
        ),
        (
            "\"noise\"",
            "\"nois\"",
            "noise: found nothing; would do: an object with \"applicants\" and \"programs\"",
        ),
    ] {
        let changed = DESCRIPTION.replacen(from, to, 1);
        let refused = read_description_json(&mut changed.as_bytes());
        assert_eq!(refused.expect_err("refused").to_string(), what);
    }
    let not_a_number = r#"{"noise": {"applicants": 1, "programs": 1}, "programs": [{"id": "p", "quota": 1}],
        "applicants": [{"id": "a", "interviews": [{"program": "p", "liking": 1, "standing": nan}]}]}"#;
    let refused = read_description_json(&mut not_a_number.as_bytes());
    assert_eq!(
        refused.expect_err("refused").to_string(),
        "applicant 1 (\"a\"), interviews[0].standing: found \"nan\"; would do: a number"
    );
}
