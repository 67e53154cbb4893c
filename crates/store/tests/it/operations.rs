//! Every write is one operation, logged row by row, or it does not happen.

use crate::common::*;

#[test]
fn a_write_is_kept_with_its_images() {
    let vault = Vault::new();
    vault.write(1, |w| {
        w.add_person(&full_person(1, "Dr. Asha Rao"), &[("x".into(), "y".into())])
    });
    let stored = vault.read(|s| s.person(person_id(1)));
    assert_eq!(stored, Some(full_person(1, "Dr. Asha Rao")));
    vault.undo(2, 1).unwrap();
    assert_eq!(vault.read(|s| s.person(person_id(1))), None);
    vault.undo(3, 2).unwrap();
    assert_eq!(
        vault.read(|s| s.person(person_id(1))),
        Some(full_person(1, "Dr. Asha Rao"))
    );
}
