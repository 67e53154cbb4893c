//! Problems in, answers out, and refusals that name the entry.

use ::portfolio::solve;
use serde_json::Value;

use crate::portfolio::{read_problem, write_answer};

/// The answer to a problem, as JSON.
fn answer(problem: &str) -> Value {
    let file = read_problem(&mut problem.as_bytes()).expect("a problem");
    let answer = solve(&file.problem, usize::MAX).expect("solved");
    let text = write_answer(&file, &answer).expect("written");
    serde_json::from_str(&text).expect("JSON")
}

#[track_caller]
fn check_refused(problem: &str, expected: &str) {
    let refusal = read_problem(&mut problem.as_bytes())
        .expect_err("refused")
        .to_string();
    assert!(refusal.starts_with(expected), "{refusal}");
}

#[track_caller]
fn check_value(answer: &Value, expected: f64) {
    let found = answer["value"].as_f64().expect("a value");
    assert!((found - expected).abs() < 1e-12, "{found} {expected}");
}

/// Every fixture with what its answer has to contain.
#[test]
fn fixtures_have_their_answers() {
    let fixtures = [
        (
            include_str!("../../fixtures/portfolio/same_cost.json"),
            include_str!("../../fixtures/portfolio/same_cost.json.expected"),
        ),
        (
            include_str!("../../fixtures/portfolio/varied_cost.json"),
            include_str!("../../fixtures/portfolio/varied_cost.json.expected"),
        ),
        (
            include_str!("../../fixtures/portfolio/tiered_fee.json"),
            include_str!("../../fixtures/portfolio/tiered_fee.json.expected"),
        ),
        (
            include_str!("../../fixtures/portfolio/signals.json"),
            include_str!("../../fixtures/portfolio/signals.json.expected"),
        ),
        (
            include_str!("../../fixtures/portfolio/common_score.json"),
            include_str!("../../fixtures/portfolio/common_score.json.expected"),
        ),
        (
            include_str!("../../fixtures/portfolio/scenarios.json"),
            include_str!("../../fixtures/portfolio/scenarios.json.expected"),
        ),
        (
            include_str!("../../fixtures/portfolio/combined.json"),
            include_str!("../../fixtures/portfolio/combined.json.expected"),
        ),
    ];
    for (problem, expected) in fixtures {
        let expected: Value = serde_json::from_str(expected).expect("JSON");
        check_contains(&answer(problem), &expected, "");
    }
}

/// What is expected stands in what was found; numbers agree within rounding.
#[track_caller]
fn check_contains(found: &Value, expected: &Value, place: &str) {
    match (found, expected) {
        (Value::Object(found), Value::Object(expected)) => {
            for (key, value) in expected {
                check_contains(&found[key], value, &format!("{place}.{key}"));
            }
        }
        (Value::Array(found), Value::Array(expected)) => {
            assert_eq!(found.len(), expected.len(), "{place}");
            for (i, (found, expected)) in found.iter().zip(expected).enumerate() {
                check_contains(found, expected, &format!("{place}[{i}]"));
            }
        }
        (Value::Number(a), Value::Number(b)) => {
            let (a, b) = (a.as_f64().expect("finite"), b.as_f64().expect("finite"));
            assert!((a - b).abs() < 1e-12, "{place}: {a} {b}");
        }
        _ => assert_eq!(found, expected, "{place}"),
    }
}

#[test]
fn a_damaged_fixture_names_its_entry() {
    let damaged = include_str!("../../fixtures/portfolio/damaged.json");
    check_refused(damaged, "programs[1].f: found \"NaN\"; would do: a number");
}

#[test]
fn bad_entries_are_refused_by_name() {
    check_refused(
        r#"{"kind":"same_cost","outside":0,"programs":[{"f":0.5,"t":1},{"f":1.5,"t":1}]}"#,
        "programs[1].f: found 1.5; would do: a number from 0 to 1",
    );
    check_refused(
        r#"{"kind":"same_cost","outside":0,"programs":[{"f":-0.1,"t":1}]}"#,
        "programs[0].f: found -0.1",
    );
    check_refused(
        r#"{"kind":"same_cost","outside":NaN,"programs":[{"f":0.1,"t":1}]}"#,
        "outside: found \"NaN\"; would do: a number",
    );
    check_refused(
        r#"{"kind":"common_score","outside":0,"programs":[{"f":0.1,"t":-Infinity}]}"#,
        "programs[0].t: found \"-Infinity\"; would do: a number",
    );
    check_refused(
        r#"{"kind":"same_cost","outside":0,"programs":[]}"#,
        "programs: found []; would do: a list with at least one entry",
    );
    check_refused(
        r#"{"kind":"same_cost","outside":0,"programs":[{"t":1}]}"#,
        "programs[0].f: found nothing",
    );
    check_refused(
        r#"{"kind":"varied_cost","outside":0,"budget":3,"programs":[{"f":1,"t":1,"cost":-2}]}"#,
        "programs[0].cost: found -2; would do: a whole number from 0 on",
    );
    check_refused(
        r#"{"kind":"varied_cost","outside":0,"budget":3,"programs":[{"f":1,"t":1,"cost":2.5}]}"#,
        "programs[0].cost: found 2.5",
    );
    check_refused(
        r#"{"kind":"varied_cost","outside":0,"budget":-3,"programs":[{"f":1,"t":1,"cost":2}]}"#,
        "budget: found -3",
    );
    check_refused(
        r#"{"kind":"tiered_fee","outside":0,"budget":9,"fee_tiers_per_specialty":[],
            "programs":[{"f":1,"t":1}]}"#,
        "fee_tiers_per_specialty: found []",
    );
    check_refused(
        r#"{"kind":"tiered_fee","outside":0,"budget":9,
            "fee_tiers_per_specialty":[[30,11],[null,-30]],"programs":[{"f":1,"t":1}]}"#,
        "fee_tiers_per_specialty[1][1]: found -30",
    );
    check_refused(
        r#"{"kind":"tiered_fee","outside":0,"budget":9,
            "fee_tiers_per_specialty":[[30,11],[20,30]],"programs":[{"f":1,"t":1}]}"#,
        "fee_tiers_per_specialty: found",
    );
    check_refused(
        r#"{"kind":"signals","outside":0,"programs":[{"f":0.1,"t":1,"f_gold":2}]}"#,
        "programs[0].f_gold: found 2",
    );
    check_refused(
        r#"{"kind":"scenarios","outside":0,"choose":1,"programs":[{"t":1,"admit":""}]}"#,
        "programs[0].admit: found \"\"",
    );
    check_refused(
        r#"{"kind":"scenarios","outside":0,"choose":1,
            "programs":[{"t":1,"admit":"01"},{"t":1,"admit":"011"}]}"#,
        "programs[1].admit: found \"011\"; would do: 2 scenarios",
    );
    check_refused(
        r#"{"kind":"scenarios","outside":0,"choose":1,"weights":[1,-1],
            "programs":[{"t":1,"admit":"01"}]}"#,
        "weights[1]: found -1",
    );
    check_refused(
        r#"{"kind":"scenarios","outside":0,"choose":1,"weights":[],
            "programs":[{"t":1,"admit":"01"}]}"#,
        "weights: found []",
    );
    check_refused(
        r#"{"kind":"best","programs":[{"f":0.1,"t":1}]}"#,
        "kind: found \"best\"",
    );
    check_refused("[1, 2]", "document: found [1,2]");
    check_refused("{", "not JSON");
}

#[test]
fn combined_problems_name_what_they_do_not_know() {
    check_refused(
        r#"{"kind":"combined","specialties":{"ir":{}},
            "programs":[{"f":0.1,"t":1,"specialty":"dr"}]}"#,
        "programs[0].specialty: found \"dr\"; would do: one of [\"ir\"]",
    );
    check_refused(
        r#"{"kind":"combined","specialties":{"ir":{"pool":"x"}},
            "programs":[{"f":0.1,"t":1,"specialty":"ir"}]}"#,
        "specialties.ir.pool: found \"x\"",
    );
    check_refused(
        r#"{"kind":"combined","budget":3,"specialties":{"ir":{}},
            "programs":[{"f":0.1,"t":1,"specialty":"ir"}]}"#,
        "specialties.ir: found {}; would do: fee_tiers",
    );
}

#[test]
fn other_keys_and_quoted_words_are_passed_over() {
    let answer = answer(
        r#"{"kind":"varied_cost","outside":1,"budget":3.7,"note":"NaN \" Infinity \\",
            "programs":[{"f":0.5,"t":3,"cost":2.0,"name":"NaN"},{"f":1,"t":0,"cost":0}]}"#,
    );
    assert_eq!(answer["programs"], serde_json::json!([0]));
    check_value(&answer, 2.0);
}

#[test]
fn absent_limits_mean_what_the_module_says() {
    let answer =
        answer(r#"{"kind":"signals","programs":[{"f":0.5,"t":4,"f_gold":0.9},{"f":0.5,"t":2}]}"#);
    assert_eq!(answer["plan"], serde_json::json!([1, 1]));
    check_value(&answer, 2.5);
}

/// Every answer has what the others have, or says why not.
#[test]
fn what_is_absent_is_said() {
    let plain = r#""programs":[{"f":0.5,"t":4},{"f":0.5,"t":3},{"f":0.5,"t":2}]"#;
    let cost = r#""programs":[{"f":0.5,"t":4,"cost":1}]"#;
    let signal = r#""programs":[{"f":0.5,"t":4,"f_gold":0.9,"specialty":"ir"},{"f":0.2,"t":3,"specialty":"ir"}]"#;
    let scenes = r#""programs":[{"t":4,"admit":"01"},{"t":3,"admit":"10"}]"#;
    let huge =
        r#""programs":[{"f":0.5,"t":4,"cost":3000000000},{"f":0.1,"t":3,"cost":4000000000}]"#;
    for (problem, absent) in [
        (
            format!(r#"{{"kind":"same_cost",{plain}}}"#),
            vec!["dollar", "next", "signals"],
        ),
        (
            format!(r#"{{"kind":"common_score",{plain}}}"#),
            vec!["dollar", "next", "signals"],
        ),
        (
            format!(r#"{{"kind":"varied_cost","budget":0,{cost}}}"#),
            vec!["signals"],
        ),
        (
            format!(r#"{{"kind":"varied_cost","budget":1,{cost}}}"#),
            vec!["next", "signals"],
        ),
        (
            format!(r#"{{"kind":"varied_cost","budget":5000000000,{huge}}}"#),
            vec!["dollar", "signals"],
        ),
        (
            format!(
                r#"{{"kind":"tiered_fee","budget":11,"fee_tiers_per_specialty":[[null,11]],{plain}}}"#
            ),
            vec!["signals"],
        ),
        (
            format!(r#"{{"kind":"signals","gold":1,"applications":1,{signal}}}"#),
            vec!["dollar"],
        ),
        (
            format!(r#"{{"kind":"scenarios","choose":1,{scenes}}}"#),
            vec!["dollar", "signals"],
        ),
        (
            format!(r#"{{"kind":"scenarios","choose":2,{scenes}}}"#),
            vec!["dollar", "next", "signals"],
        ),
        (
            format!(
                r#"{{"kind":"combined","applications":1,"specialties":{{"ir":{{}}}},{signal}}}"#
            ),
            vec!["dollar", "signals"],
        ),
        (
            format!(
                r#"{{"kind":"combined","applications":1,"budget":30,"fee_tiers_per_specialty":[[null,11]],
            "specialties":{{"ir":{{"pool":"r"}}}},"pools":{{"r":{{"gold":1,"silver":0}}}},{signal}}}"#
            ),
            vec![],
        ),
    ] {
        let answer = answer(&problem);
        let said: Vec<&str> = answer["absent"]
            .as_object()
            .expect("an object")
            .keys()
            .map(String::as_str)
            .collect();
        assert_eq!(said, absent, "{problem}");
        for key in ["next", "dollar", "signals"] {
            let sizes = answer["by_h"].as_array();
            let last = sizes.and_then(|sizes| sizes.last());
            let value = match (key, last) {
                ("next", Some(last)) => &last[key],
                _ => &answer[key],
            };
            assert_eq!(value.is_null(), absent.contains(&key), "{key} {problem}");
        }
    }
}

#[test]
fn the_next_application_is_known_at_the_last_size() {
    let programs = r#""programs":[{"f":0.5,"t":4},{"f":0.5,"t":3},{"f":0.5,"t":2}]"#;
    for (kind, next) in [("same_cost", 0.75), ("common_score", 0.0)] {
        let problem = format!(r#"{{"kind":"{kind}",{programs}}}"#);
        let file = read_problem(&mut problem.as_bytes()).expect("a problem");
        for max_h in 1..=2 {
            let answer = solve(&file.problem, max_h).expect("solved");
            let text = write_answer(&file, &answer).expect("written");
            let answer: Value = serde_json::from_str(&text).expect("JSON");
            let found = answer["by_h"][0]["next"].as_f64().expect("a number");
            assert!((found - next).abs() < 1e-12, "{kind} {max_h}: {found}");
            assert!(answer["by_h"][max_h - 1]["next"].is_number());
        }
    }
}

#[test]
fn ties_of_a_common_score_are_reported() {
    let answer =
        answer(r#"{"kind":"common_score","outside":1,"programs":[{"f":1,"t":2},{"f":0.5,"t":3}]}"#);
    assert_eq!(answer["by_h"][0]["programs"], serde_json::json!([0]));
    assert_eq!(
        answer["ties"],
        serde_json::json!([{"h": 1, "chosen": 0, "others": [1]}])
    );
    assert_eq!(answer["by_h"][0]["in_other_best"], serde_json::json!([1]));
}

#[test]
fn keys_come_once_and_files_come_packed_or_marked() {
    let twice = "found a second one; would do: one";
    for (problem, field) in [
        (
            r#"{"kind":"same_cost","programs":[{"f":0.1,"t":1,"f":0.9}]}"#,
            "programs[0].f",
        ),
        (
            r#"{"kind":"same_cost","kind":"same_cost","programs":[{"f":0.1,"t":1}]}"#,
            "kind",
        ),
        (
            r#"{"kind":"same_cost","programs":[],"programs":[{"f":0.1,"t":1}]}"#,
            "programs",
        ),
        (
            r#"{"kind":"combined","specialties":{"ir":{},"ir":{}},"programs":[{"f":0.1,"t":1,"specialty":"ir"}]}"#,
            "specialties.ir",
        ),
        (
            r#"{"kind":"combined","specialties":{"ir":{}},"pools":{"a":{},"a":{}},"programs":[{"f":0.1,"t":1,"specialty":"ir"}]}"#,
            "pools.a",
        ),
    ] {
        check_refused(problem, &format!("{field}: {twice}"));
    }
    let problem = r#"{"kind":"same_cost","programs":[{"f":0.1,"t":1,"note":1,"note":2}]}"#;
    let plain = read_problem(&mut problem.as_bytes()).expect("a problem");
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    std::io::Write::write_all(&mut packed, format!("\u{FEFF}{problem}").as_bytes())
        .expect("memory can be written");
    let packed = packed.finish().expect("memory can be written");
    for bytes in [
        format!("\u{FEFF}{problem}").into_bytes(),
        format!("\u{FEFF}\r\n{problem}\r\n").into_bytes(),
        packed.clone(),
    ] {
        assert_eq!(
            read_problem(&mut bytes.as_slice()).ok(),
            Some(plain.clone())
        );
    }
    let cut = read_problem(&mut &packed[..20])
        .expect_err("refused")
        .to_string();
    assert!(cut.starts_with("could not read the file"), "{cut}");
    check_refused("", "document: found nothing; would do: JSON");
    check_refused(
        r#"{"kind":"same_cost","programs":[{"f":nan,"t":1}]}"#,
        "programs[0].f: found \"nan\"; would do: a number",
    );
}
