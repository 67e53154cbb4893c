//! Where the student rotates: told, changed, removed and undone.

use desk::DeskError;
use desk::verbs::plan_rotation::RotationEdit;
use desk::views::set_up::{RotationLine, set_up};

use crate::support::Bench;

fn edit(hospital: &str, starts: &str, ends: &str) -> RotationEdit {
    RotationEdit {
        hospital: hospital.to_owned(),
        site: String::new(),
        service: "surgery".to_owned(),
        starts: starts.to_owned(),
        ends: ends.to_owned(),
    }
}

fn rotations(bench: &Bench) -> Vec<RotationLine> {
    let today = bench.desk.today().expect("a day");
    set_up(&bench.reader, today).expect("a set-up").rotations
}

#[test]
fn a_rotation_is_now_next_or_past_and_names_its_site() {
    let bench = Bench::new();
    let maimonides = "Maimonides Medical Center";
    for (starts, ends) in [
        ("2026-06-15", "2026-07-24"),
        ("2026-08-03", ""),
        ("2026-05-01", "2026-06-30"),
        ("", ""),
    ] {
        bench
            .desk
            .plan_rotation(None, &edit(maimonides, starts, ends))
            .expect("planned");
    }
    let lines = rotations(&bench);
    let whens: Vec<&str> = lines.iter().map(|line| line.when).collect();
    assert_eq!(whens, ["past", "now", "next", "no dates"]);
    assert!(lines.iter().all(|line| line.site.is_some()), "{lines:?}");
}

#[test]
fn a_rotation_is_changed_and_removed_and_each_is_undone() {
    let bench = Bench::new();
    let planned = bench
        .desk
        .plan_rotation(None, &edit("St. Nowhere", "2026-06-15", "2026-07-24"))
        .expect("planned");
    let id = Some(planned.result);
    let changed = bench
        .desk
        .plan_rotation(id, &edit("St. Nowhere", "2026-06-15", "2026-08-07"))
        .expect("changed");
    assert_eq!(rotations(&bench)[0].ends.as_deref(), Some("2026-08-07"));
    let removed = bench.desk.remove_rotation(planned.result).expect("removed");
    assert_eq!(rotations(&bench), []);
    for operation in [removed.operation, changed.operation] {
        bench.desk.undo_operation(operation, false).expect("undone");
    }
    assert_eq!(rotations(&bench)[0].ends.as_deref(), Some("2026-07-24"));
    assert_eq!(rotations(&bench)[0].site, None);
}

#[test]
fn what_is_no_rotation_is_refused_in_words() {
    let bench = Bench::new();
    let refused = |edit: RotationEdit, named: &str| {
        let refused = bench.desk.plan_rotation(None, &edit);
        assert!(
            matches!(&refused, Err(DeskError::Bad { field, .. }) if *field == named),
            "{refused:?}"
        );
    };
    refused(edit("  ", "", ""), "hospital");
    refused(edit("Maimonides", "2027-02-30", ""), "first day");
    refused(edit("Maimonides", "", "soon"), "last day");
    refused(edit("Maimonides", "2027-03-02", "2027-03-01"), "last day");
    let nobody = "00000000-0000-4000-8000-000000000000"
        .parse()
        .expect("an id");
    let gone = bench
        .desk
        .plan_rotation(Some(nobody), &edit("Maimonides", "", ""));
    assert!(matches!(gone, Err(DeskError::NotThere { .. })), "{gone:?}");
    assert!(bench.desk.remove_rotation(nobody).is_err());
    assert_eq!(bench.operations().len(), 0);
}
