//! The days of conferences.

use facts::events;
use jiff::civil::date;

#[test]
fn every_edition_has_days_a_place_and_a_source() {
    let all = events();
    assert!(all.len() >= 16);
    for one in all {
        assert_eq!(one.first_day.year(), one.edition, "{one:?}");
        let n_days = one
            .first_day
            .until(one.last_day)
            .expect("a span")
            .get_days();
        assert!((2..=7).contains(&n_days), "{one:?}");
        assert!(
            !one.place.is_empty() && !one.provenance.source.is_empty(),
            "{one:?}"
        );
        assert!(one.provenance.as_of.is_some(), "{one:?}");
    }
    let names = all.iter().map(|one| (&one.name, one.edition));
    assert!(names.is_sorted(), "by name and year, each once");
}

#[test]
fn what_is_not_announced_is_not_there() {
    let sir = |edition| {
        let mut all = events().iter();
        all.find(|one| one.name == "SIR" && one.edition == edition)
    };
    assert_eq!(sir(2026).map(|one| one.first_day), Some(date(2026, 4, 11)));
    assert_eq!(sir(2027), None);
}
