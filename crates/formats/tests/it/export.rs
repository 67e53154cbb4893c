//! What is written as CSV or JSON reads back the same.

use formats::export::{Cell, InvalidExport, Table, read_csv, read_json, write_csv, write_json};
use proptest::prelude::*;

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        Just(Cell::Null),
        any::<i64>().prop_map(Cell::Integer),
        prop::num::f64::NORMAL.prop_map(Cell::Real),
        "\\PC{0,12}".prop_map(Cell::Text),
        "[=+@'\"\t\r\n, -]{0,3}[a-z]{0,3}[\r\n]{0,1}".prop_map(Cell::Text),
    ]
}

prop_compose! {
    fn table()(n_columns in 1_usize..5, first in "[=+'a-z -]{1,6}")(
        rows in prop::collection::vec(prop::collection::vec(cell(), n_columns), 0..6),
        first in Just(first),
        n_columns in Just(n_columns),
    ) -> Table {
        let mut columns: Vec<String> = (1..n_columns).map(|i| format!("column {i}")).collect();
        columns.insert(0, first);
        Table { name: "some \"table\"".to_owned(), columns, rows }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn csv_reads_back_as_texts(table in table()) {
        let mut bytes = Vec::new();
        write_csv(&table, &mut bytes).unwrap();
        let (columns, rows) = read_csv(&mut bytes.as_slice()).unwrap();
        let texts: Vec<Vec<String>> = table
            .rows
            .iter()
            .map(|row| row.iter().map(Cell::to_text).collect())
            .collect();
        // A row of one empty cell would be an empty line; it is written as "".
        prop_assert_eq!(columns, table.columns);
        prop_assert_eq!(rows, texts);
    }

    #[test]
    fn no_text_cell_begins_as_a_formula(text in "[=+@\t\r\n'-]{1,3}[a-z(),]{0,5}") {
        let table = Table {
            name: String::new(),
            columns: vec!["a".to_owned()],
            rows: vec![vec![Cell::Text(text)]],
        };
        let mut bytes = Vec::new();
        write_csv(&table, &mut bytes).unwrap();
        let line = String::from_utf8(bytes).unwrap().split_off("a\r\n".len());
        let start = line.trim_start_matches('"').chars().next().unwrap();
        prop_assert_eq!(start, '\'');
    }

    #[test]
    fn json_reads_back_whole(tables in prop::collection::vec(table(), 0..3)) {
        let mut bytes = Vec::new();
        write_json(&tables, &mut bytes).unwrap();
        prop_assert_eq!(read_json(&mut bytes.as_slice()).unwrap(), tables);
    }
}

#[test]
fn numbers_stay_numbers_and_what_is_not_finite_is_nothing() {
    let table = Table {
        name: "t".to_owned(),
        columns: vec!["a".to_owned(), "b".to_owned(), "c".to_owned()],
        rows: vec![vec![
            Cell::Integer(-5),
            Cell::Real(0.5),
            Cell::Real(f64::NAN),
        ]],
    };
    let mut bytes = Vec::new();
    write_csv(&table, &mut bytes).unwrap();
    assert_eq!(String::from_utf8(bytes).unwrap(), "a,b,c\r\n-5,0.5,\r\n");
    let mut bytes = Vec::new();
    write_json(&[table], &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("{\"a\":-5,\"b\":0.5,\"c\":null}"), "{text}");
}

#[test]
fn what_is_no_export_is_refused_with_a_sentence() {
    let check = |text: &str, wanted: &str| {
        let error = read_json(&mut text.as_bytes()).unwrap_err();
        assert!(error.to_string().contains(wanted), "{error}");
    };
    check("", "not a Vouch export");
    check("[]", "not a Vouch export");
    check(
        "{\"format\":\"x\",\"version\":1,\"tables\":[]}",
        "the format is \"x\"",
    );
    check(
        "{\"format\":\"vouch-export\",\"version\":9,\"tables\":[]}",
        "has version 9",
    );
    check(
        "{\"format\":\"vouch-export\",\"version\":1,\"tables\":[{\"name\":\"t\",\"columns\":[\"a\"],\"rows\":[{\"b\":1}]}]}",
        "\"b\" is no column",
    );
    check(
        "{\"format\":\"vouch-export\",\"version\":1,\"tables\":[{\"name\":\"t\",\"columns\":[\"a\"],\"rows\":[{\"a\":[]}]}]}",
        "null, a number or a text",
    );
    let newer = "{\"format\":\"vouch-export\",\"version\":2,\"tables\":[]}";
    let error = read_json(&mut newer.as_bytes()).unwrap_err();
    assert!(matches!(error, InvalidExport::Newer { found: 2 }));
}
