//! Hospitals of a public list: found by what is typed, and no part of anybody.

use domain::{Hospital, SiteId};

use crate::common::{Vault, operation, person, person_id};

fn hospital(ccn: &str, name: &str, city: &str, state: &str) -> Hospital {
    Hospital {
        site: SiteId::new(&format!("ccn-{ccn}")).expect("a site"),
        name: name.to_owned(),
        city: city.to_owned(),
        state: state.to_owned(),
        kind: "Acute Care Hospitals".to_owned(),
    }
}

fn some() -> Vec<Hospital> {
    vec![
        hospital("019901", "MERCY HOSPITAL", "EXAMPLEVILLE", "AL"),
        hospital("339902", "MERCY HOSPITAL", "NEW EXAMPLE", "NY"),
        hospital("339903", "ST JOSÉ'S MEDICAL CENTER", "NEW EXAMPLE", "NY"),
        hospital("33990F", "MERCY VETERANS HOSPITAL", "OLD EXAMPLE", "NY"),
    ]
}

fn filled() -> Vault {
    let vault = Vault::new();
    vault.write(1, |w| some().iter().try_for_each(|it| w.set_hospital(it)));
    vault
}

fn ccns(found: &[Hospital]) -> Vec<&str> {
    found.iter().map(|it| &it.site.as_str()[4..]).collect()
}

#[test]
fn a_text_is_a_hospital_by_its_name_place_or_number() {
    let vault = filled();
    let called = |text: &str| vault.read(|s| s.hospitals_called(text));
    assert_eq!(ccns(&called("Mercy Hospital")), ["019901", "339902"]);
    assert_eq!(ccns(&called("mercy hospital, new example, ny")), ["339902"]);
    assert_eq!(ccns(&called("St. Jose's Medical Center")), ["339903"]);
    assert_eq!(ccns(&called("33990f")), ["33990F"]);
    assert_eq!(ccns(&called("ccn-339902")), ["339902"]);
    assert_eq!(ccns(&called("Mercy")), [""; 0]);
    assert_eq!(ccns(&called("")), [""; 0]);
}

#[test]
fn words_that_begin_its_words_find_a_hospital() {
    let vault = filled();
    let like = |text: &str, n| vault.read(|s| s.hospitals_like(text, n));
    assert_eq!(ccns(&like("mercy", 9)), ["019901", "339902", "33990F"]);
    assert_eq!(ccns(&like("merc ny", 9)), ["339902", "33990F"]);
    assert_eq!(ccns(&like("mercy", 1)), ["019901"]);
    // Inside a word nothing is found, and signs of patterns are signs.
    assert_eq!(ccns(&like("ercy", 9)), [""; 0]);
    assert_eq!(ccns(&like("%", 9)), [""; 0]);
    assert_eq!(ccns(&like("  ", 9)), [""; 0]);
}

#[test]
fn a_hospital_is_changed_and_taken_away_and_each_is_undone() {
    let vault = filled();
    let renamed = Hospital {
        name: "MERCY GENERAL".to_owned(),
        ..some().remove(1)
    };
    vault.write(2, |w| w.set_hospital(&renamed));
    assert_eq!(
        vault.read(|s| s.hospital(&renamed.site)),
        Some(renamed.clone())
    );
    assert_eq!(
        ccns(&vault.read(|s| s.hospitals_called("mercy general"))),
        ["339902"]
    );
    vault.write(3, |w| w.delete_hospital(&renamed.site));
    assert_eq!(vault.read(|s| s.hospital(&renamed.site)), None);
    assert_eq!(vault.read(|s| s.n_hospitals()), 3);
    vault.undo(4, 3).expect("undone");
    vault.undo(5, 2).expect("undone");
    assert_eq!(vault.read(|s| s.hospitals()), some());
}

/// Cities and hospitals are called like people; who forgets somebody of that
/// name keeps the list as it was published.
#[test]
fn forgetting_somebody_leaves_the_list_alone() {
    let vault = filled();
    let namesake = person(1, "Mercy Hospital");
    vault.write(2, |w| w.add_person(&namesake, &[]));
    let forgotten = vault
        .pen
        .forget(operation(3), &[person_id(1)], |_| "Forget".to_owned())
        .expect("forgotten");
    assert_eq!(forgotten.what.n_mentions, 0);
    assert_eq!(vault.read(|s| s.hospitals()), some());
    vault.undo(4, 1).expect("undone");
    assert_eq!(vault.read(|s| s.n_hospitals()), 0);
}
