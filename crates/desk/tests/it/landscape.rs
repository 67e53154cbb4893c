//! The ways into the field: every figure has a source, and "not found" is said.

use desk::views::landscape::{Abroad, Ground, Landscape, landscape};

use crate::support::Bench;

fn shown() -> Landscape {
    landscape(&Bench::new().reader).expect("a landscape")
}

/// Returns what every figure of the view rests on.
fn grounds(all: &Landscape) -> Vec<&Ground> {
    let results = [&all.independent]
        .into_iter()
        .chain(&all.integrated)
        .chain(&all.diagnostic);
    let mut grounds: Vec<&Ground> = results
        .flat_map(|results| results.years.iter().map(|year| &year.ground))
        .collect();
    grounds.push(&all.esir.ground);
    for way in &all.ways {
        grounds.push(&way.ground);
        assert_eq!(
            way.entry.is_some(),
            way.entry_ground.is_some(),
            "{}",
            way.name
        );
        grounds.extend(&way.entry_ground);
    }
    for line in &all.abroad {
        let has_figure = line.us.is_some() || line.non_us.is_some();
        assert_eq!(has_figure, line.ground.is_some(), "{}", line.about);
        grounds.extend(&line.ground);
    }
    grounds
}

#[test]
fn every_figure_has_a_source_and_a_reliability() {
    let all = shown();
    let grounds = grounds(&all);
    assert!(grounds.len() > 30, "{}", grounds.len());
    for ground in grounds {
        let source = all.sources.iter().find(|it| it.number == ground.source);
        let source = source.unwrap_or_else(|| panic!("source {} is not listed", ground.source));
        assert!(!source.text.trim().is_empty());
        assert!(!ground.reliability.is_empty());
    }
    for (idx, source) in all.sources.iter().enumerate() {
        assert_eq!(source.number, idx + 1);
        let again = all.sources.iter().filter(|it| it.text == source.text);
        assert_eq!(again.count(), 1, "each source once: {}", source.text);
    }
}

#[test]
fn the_independent_match_has_fewer_applicants_than_places() {
    let all = shown();
    let newest = &all.independent.years[0];
    assert_eq!(
        (newest.year, newest.positions, newest.applicants),
        (2026, Some(146), Some(98))
    );
}

#[test]
fn us_citizens_from_abroad_at_integrated_programs_are_counted_or_said_not_found() {
    let all = shown();
    let line = |about: &str, year: Option<i16>| -> &Abroad {
        let found = all
            .abroad
            .iter()
            .find(|l| l.about == about && l.year == year);
        found.unwrap_or_else(|| panic!("{about} {year:?}"))
    };
    let first_year = line("Integrated IR, from the first year", Some(2025));
    assert_eq!(first_year.us.as_deref(), Some("0 of 9"));
    assert_eq!(first_year.non_us.as_deref(), Some("7 of 27"));
    assert_eq!(
        first_year.ground.as_ref().map(|ground| ground.reliability),
        Some("second-hand")
    );
    let preferred = line("Integrated IR, all tracks", Some(2026));
    assert_eq!(preferred.us, None, "not found is not zero");
    assert_eq!(preferred.non_us.as_deref(), Some("14 of 29"));
    assert_eq!(
        line("Integrated IR, from the second year", None).ground,
        None
    );
}

#[test]
fn three_ways_are_shown_whatever_is_preferred() {
    let bench = Bench::new();
    let ways = |bench: &Bench| {
        let all = landscape(&bench.reader).expect("a landscape");
        let ways = all.ways.into_iter();
        ways.map(|way| (way.word, way.years, way.preferred))
            .collect::<Vec<_>>()
    };
    let none = [
        ("integrated", 6, false),
        ("esir", 6, false),
        ("independent", 7, false),
    ];
    assert_eq!(ways(&bench), none);
    let mut student = desk::views::set_up::student(&bench.reader).expect("a student");
    student.pathway = "diagnostic-first".to_owned();
    bench.desk.set_up(&student).expect("stored");
    let own = [
        ("integrated", 6, false),
        ("esir", 6, true),
        ("independent", 7, true),
    ];
    assert_eq!(ways(&bench), own);
}
