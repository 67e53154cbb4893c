//! How often to be in touch: by person, tag, role and ring.

use std::collections::BTreeMap;

use domain::{Cadence, Cadences, Ring, RoleKind};

fn cadences(settings: &[(&str, &str)]) -> Cadences {
    let settings: BTreeMap<String, String> = settings
        .iter()
        .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
        .collect();
    Cadences::from_settings(&settings)
}

#[test]
fn the_closest_word_wins() {
    let cadences = cadences(&[
        ("cadence.ring.wide", "200-300"),
        ("cadence.role.resident", "90"),
        ("cadence.tag.Mentor", "30-45"),
        ("cadence.tag.letter writer", "21"),
    ]);
    let ideal = |own, tags: &[&str], role, ring| {
        let found = cadences.of_person(own, tags.iter().copied(), role, ring);
        found.map(|cadence| cadence.ideal_days)
    };
    let resident = Some(RoleKind::Resident);
    assert_eq!(ideal(None, &[], None, Ring::Wide), Some(200));
    assert_eq!(ideal(None, &[], None, Ring::Inner), Some(60));
    assert_eq!(ideal(None, &[], resident, Ring::Wide), Some(90));
    assert_eq!(ideal(None, &["MENTOR"], resident, Ring::Wide), Some(30));
    assert_eq!(
        ideal(None, &["mentor", "Letter Writer"], None, Ring::Wide),
        Some(21)
    );
    assert_eq!(ideal(Some(7), &["mentor"], resident, Ring::Wide), Some(7));
    // Of people who are only stored, a tag makes somebody due, a role nobody.
    assert_eq!(ideal(None, &[], resident, Ring::Stored), None);
    assert_eq!(ideal(None, &["mentor"], None, Ring::Stored), Some(30));
}

#[test]
fn settings_read_back_and_what_is_no_cadence_is_passed_over() {
    let written = cadences(&[
        ("cadence.ring.inner", "45-90"),
        ("cadence.role.director", "120-240"),
        ("cadence.tag.mentor", "30-60"),
        ("cadence.ring.outer", "10"),
        ("cadence.role.resident", "soon"),
        ("cadence.tag", "10"),
        ("cadencf.ring.wide", "10"),
        ("student.name", "10"),
    ]);
    assert_eq!(
        written.by_ring.len() + written.by_role.len() + written.by_tag.len(),
        3
    );
    assert_eq!(Cadences::from_settings(&written.settings()), written);
}

#[test]
fn days_are_days() {
    for bad in ["", "0", "-5", "60-", "90-60", "sixty", "4000", "1-2-3"] {
        assert!(bad.parse::<Cadence>().is_err(), "{bad}");
    }
    let cadence: Cadence = " 60 – 90 ".parse().expect("a cadence");
    assert_eq!((cadence.ideal_days, cadence.maximum_days), (60, 90));
}
