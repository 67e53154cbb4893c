//! The ways into interventional radiology, and what is known of their results.

use domain::Reliability;
use facts::{LoadError, Pathways, ShareOf, pathways};

#[test]
fn every_entry_names_its_source() {
    let all = pathways();
    let standings = all
        .routes
        .iter()
        .map(|route| &route.standing)
        .chain([&all.esir.standing])
        .chain(all.independent.iter().map(|result| &result.standing))
        .chain(all.first_choice.iter().map(|choice| &choice.standing))
        .chain(all.shares.iter().map(|share| &share.standing));
    let mut n = 0;
    for standing in standings {
        assert!(!standing.provenance.source.trim().is_empty());
        n += 1;
    }
    assert!(n > 10, "{n}");
}

#[test]
fn the_independent_match_has_more_positions_than_applicants() {
    let newest = &pathways().independent[0];
    assert_eq!(
        (newest.year, newest.positions, newest.applicants),
        (2026, 146, Some(98))
    );
    assert_eq!(
        newest.standing.provenance.reliability,
        Reliability::Inferred
    );
    let first = pathways().independent.last().expect("an older one");
    assert_eq!(first.applicants, None, "not found is not zero");
}

#[test]
fn what_is_not_found_stays_not_found() {
    let all = pathways();
    assert!(
        all.first_choice
            .iter()
            .all(|choice| choice.population != "us-img"),
        "nothing was found for US citizens"
    );
    let only = all
        .shares
        .iter()
        .find(|share| share.of == ShareOf::OnlyChoice)
        .expect("a share");
    assert_eq!((only.us_img, only.non_us_img), (Some(0.679), Some(0.604)));
}

#[test]
fn a_share_beyond_one_is_refused() {
    let text = include_str!("../../data/match.toml").replace("us_img = 0.679", "us_img = 67.9");
    let error = Pathways::load(&text).expect_err("67.9 is no share");
    assert!(matches!(error, LoadError::Cell { .. }), "{error}");
}
