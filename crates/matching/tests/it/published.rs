//! Worked examples that others published, with the result they give.

use matching::{Market, deferred_acceptance, solve};

fn places(
    programs: &[(&'static str, &[&'static str])],
    quota: u32,
    applicants: &[(&'static str, &[&'static str])],
) -> Vec<(&'static str, Option<String>)> {
    let mut builder = Market::builder();
    for (id, list) in programs {
        builder.program(id, quota.into(), list.iter().copied());
    }
    for (id, list) in applicants {
        builder.applicant(id, list.iter().copied());
    }
    let market = builder.build().expect("a market");
    let found = deferred_acceptance(&market);
    let solution = solve(&market, matching::SolveOptions::default());
    assert_eq!(solution.matching(), Some(&found), "singles have one answer");
    let place = |id: &str| {
        let program = found.program(market.find_applicant(id)?)?;
        Some(market.program_id(program).to_owned())
    };
    applicants.iter().map(|(id, _)| (*id, place(id))).collect()
}

/// The example with which CaRMS explains its algorithm (carms.ca, "How it works"): eight applicants, four programs with
/// two places each. Lists and result as J. D. Morrison copied them from there (GitHub, J-DM/Roth-Peranson,
/// `easy_match/*.csv` and `test/test_RothPeranson.py`, `test_final_results`).
#[test]
fn the_example_of_carms() {
    let found = places(
        &[
            ("Mercy", &["Chen", "Garcia"]),
            (
                "City",
                &[
                    "Garcia", "Hassan", "Eastman", "Anderson", "Beaudry", "Chen", "Davis",
                    "Feldman",
                ],
            ),
            (
                "General",
                &[
                    "Beaudry", "Eastman", "Hassan", "Anderson", "Chen", "Davis", "Garcia",
                ],
            ),
            (
                "State",
                &[
                    "Beaudry", "Eastman", "Anderson", "Chen", "Hassan", "Feldman", "Davis",
                    "Garcia",
                ],
            ),
        ],
        2,
        &[
            ("Anderson", &["City"]),
            ("Beaudry", &["City", "Mercy"]),
            ("Chen", &["City", "Mercy"]),
            ("Davis", &["Mercy", "City", "General", "State"]),
            ("Eastman", &["City", "Mercy", "State", "General"]),
            ("Feldman", &["City", "General", "Mercy", "State"]),
            ("Garcia", &["City", "Mercy", "State", "General"]),
            ("Hassan", &["State", "City", "Mercy", "General"]),
        ],
    );
    let wanted = [
        ("Anderson", None),
        ("Beaudry", None),
        ("Chen", Some("Mercy")),
        ("Davis", Some("General")),
        ("Eastman", Some("City")),
        ("Feldman", Some("State")),
        ("Garcia", Some("City")),
        ("Hassan", Some("State")),
    ];
    assert_eq!(
        found,
        wanted.map(|(id, place)| (id, place.map(str::to_owned)))
    );
}

/// A place that is held until the end though others ask for it (the same repository,
/// `test_retained_assignment_example`, one place each).
#[test]
fn an_example_where_a_place_is_kept() {
    let found = places(
        &[
            ("University", &["Chen", "Davis", "Beaudry", "Anderson"]),
            ("City", &["Anderson", "Beaudry", "Chen"]),
            ("General", &["Beaudry", "Chen", "Anderson"]),
        ],
        1,
        &[
            ("Anderson", &["University", "City", "General"]),
            ("Beaudry", &["City", "General", "University"]),
            ("Chen", &["General", "University", "City"]),
            ("Davis", &["University"]),
        ],
    );
    let wanted = [
        ("Anderson", Some("City")),
        ("Beaudry", Some("General")),
        ("Chen", Some("University")),
        ("Davis", None),
    ];
    assert_eq!(
        found,
        wanted.map(|(id, place)| (id, place.map(str::to_owned)))
    );
}
