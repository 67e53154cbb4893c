//! Results, fees, signals and dates.

use domain::Reliability;
use facts::{FeeUnit, Seasons, When};
use jiff::civil::date;

#[test]
fn every_entry_has_a_source() {
    let seasons = facts::seasons();
    let counts = (
        seasons.results.len(),
        seasons.fees.len(),
        seasons.signals.len(),
        seasons.calendar.len(),
    );
    assert_eq!(counts, (65, 25, 7, 25));
    let standings = seasons
        .results
        .iter()
        .map(|result| &result.standing)
        .chain(seasons.fees.iter().map(|fee| &fee.standing))
        .chain(seasons.signals.iter().map(|signal| &signal.standing))
        .chain(seasons.calendar.iter().map(|entry| &entry.standing));
    for standing in standings {
        assert!(!standing.provenance.source.is_empty());
    }
}

#[test]
fn dates_are_as_close_as_the_source_says() {
    let when = |cycle: &str, event: &str| {
        let found = facts::seasons()
            .calendar
            .iter()
            .find(|entry| entry.cycle == cycle && entry.event == event);
        let entry = found.expect("the entry is shipped");
        (entry.when.clone(), entry.standing.unverified)
    };
    assert_eq!(
        when("2026 Match", "Match Day"),
        (When::Day(date(2026, 3, 20)), false)
    );
    assert_eq!(
        when("2027 Match", "SOAP"),
        (When::Days(date(2027, 3, 15), date(2027, 3, 18)), true)
    );
    assert_eq!(
        when("2027 Match", "ERAS season opens"),
        (When::Month(date(2026, 6, 1)), true)
    );
    assert!(matches!(
        when("independent IR", "match timeline").0,
        When::Words(_)
    ));
}

#[test]
fn a_number_that_was_not_found_is_not_zero() {
    let results = &facts::seasons().results;
    let of_2017 = results.iter().find(|result| result.year == 2017).unwrap();
    assert_eq!(
        (of_2017.matched_md_senior, of_2017.positions),
        (Some(23), None)
    );
    let n_inferred = results
        .iter()
        .filter(|result| result.standing.provenance.reliability == Reliability::Inferred)
        .count();
    assert_eq!(n_inferred, 4);
}

#[test]
fn fees_say_for_what_they_are_paid() {
    let fees = &facts::seasons().fees;
    let per_program: Vec<_> = fees
        .iter()
        .filter(|fee| fee.year == 2026 && fee.per == FeeUnit::Program)
        .map(|fee| fee.usd)
        .collect();
    assert_eq!(per_program, [11, 30]);
}

#[test]
fn a_damaged_document_is_refused() {
    assert!(Seasons::load("").is_err());
    let letter = "[[nrmp_result]]\nyear=2020\nspecialty=\"x\"\ntrack=\"all\"\nreliability=\"Z\"\nsource=\"y\"\n";
    let rest = "eras_fee=[]\nnrmp_fee=[]\nother_fee=[]\nsignals=[]\ncalendar=[]\n";
    let err = Seasons::load(&format!("{rest}{letter}")).unwrap_err();
    assert!(
        err.to_string().contains("\"Z\" is not A, B, C or D"),
        "{err}"
    );
}
