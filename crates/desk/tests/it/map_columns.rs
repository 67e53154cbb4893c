//! What the columns of a table hold: remembered by the header, and forgotten.

use desk::views::columns::{first_people, read_table, remembered, remembered_headers};
use desk::{DeskError, Opened, look_at_table, open_people};
use formats::ColumnRole;
use formats::contacts::CsvLook;

use crate::support::Bench;

const TABLE: &str = "Who,Where,When\nAsha Rao,Maimonides,3 Mar 2026\nOmar Haddad,Fabrikam,\n";

fn look(text: &str) -> CsvLook {
    look_at_table(&mut text.as_bytes()).expect("a table")
}

#[test]
fn a_header_is_known_again_in_any_file() {
    let bench = Bench::new();
    assert!(matches!(
        open_people("club.csv", TABLE.as_bytes()),
        Ok(Opened::Table)
    ));
    let look = look(TABLE);
    let mut mapping = look.guess.clone();
    mapping.roles[0] = ColumnRole::Name;
    mapping.roles[1] = ColumnRole::Employer;
    mapping.roles[2] = ColumnRole::KnownSince;
    let first = first_people(&mapping, &mut TABLE.as_bytes());
    assert_eq!(first[0].employer, "Maimonides");
    let before = bench.dump();
    let done = bench.desk.map_columns(&look, &mapping).expect("remembered");

    let other = "WHO, where ,when\nGrace Oduya,Northwind,\n";
    let other = self::look(other);
    let found = remembered(&bench.reader, &other).expect("read");
    assert_eq!(found.as_ref(), Some(&mapping));
    let reordered = self::look("Where,Who,When\nNorthwind,Grace Oduya,\n");
    assert_eq!(remembered(&bench.reader, &reordered).expect("read"), None);
    let reading =
        read_table("club.csv", &look, &mapping, &mut TABLE.as_bytes()).expect("two people");
    assert_eq!(reading.people.len(), 2);

    let n = bench.operations().len();
    bench.desk.map_columns(&look, &mapping).expect("the same");
    assert_eq!(
        bench.operations().len(),
        n,
        "saying the same changes nothing"
    );

    let headers = remembered_headers(&bench.reader).expect("read");
    assert_eq!(headers[0].columns[1], ("Where".to_owned(), "employer"));
    let forgotten = bench
        .desk
        .forget_columns(&headers[0].id)
        .expect("forgotten");
    assert_eq!(bench.dump(), before);
    bench
        .desk
        .undo_operation(forgotten.operation, false)
        .expect("undone");
    assert_eq!(
        remembered(&bench.reader, &look).expect("read"),
        Some(mapping)
    );
    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(bench.dump(), before);
}

#[test]
fn what_gives_nobody_or_has_no_header_is_not_remembered() {
    let bench = Bench::new();
    let look = look(TABLE);
    let refused = bench.desk.map_columns(&look, &look.guess);
    assert!(matches!(refused, Err(DeskError::Bad { .. })), "{refused:?}");
    assert!(bench.desk.forget_columns("nothing").is_err());

    let rows = "Asha Rao,asha@example.org\nOmar Haddad,omar@example.org\n";
    let look = self::look(rows);
    assert!(look.guess.gives_people() && !look.guess.has_header);
    bench.desk.map_columns(&look, &look.guess).expect("done");
    assert_eq!(remembered_headers(&bench.reader).expect("read"), []);
}
