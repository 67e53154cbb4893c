//! Where the student rotates: added, changed, taken away, and each undone.

use domain::{Rotation, RotationId};
use jiff::civil::date;
use uuid::Uuid;

use crate::common::Vault;

fn rotation(n: u128, service: &str) -> Rotation {
    Rotation {
        id: RotationId(Uuid::from_u128(n)),
        hospital: "Maimonides Medical Center".to_owned(),
        site: None,
        service: service.to_owned(),
        starts: Some(date(2027, 3, 1)),
        ends: Some(date(2027, 4, 9)),
    }
}

#[test]
fn a_rotation_is_kept_changed_and_taken_away_and_each_is_undone() {
    let vault = Vault::new();
    vault.write(1, |w| w.set_rotation(&rotation(7, "surgery")));
    let later = Rotation {
        starts: None,
        ends: None,
        ..rotation(8, "medicine")
    };
    vault.write(2, |w| w.set_rotation(&later));
    let earlier = Rotation {
        starts: Some(date(2027, 1, 4)),
        ..rotation(9, "pediatrics")
    };
    vault.write(3, |w| w.set_rotation(&earlier));
    let services = || -> Vec<String> {
        let all = vault.read(|s| s.rotations());
        all.into_iter().map(|r| r.service).collect()
    };
    assert_eq!(services(), ["pediatrics", "surgery", "medicine"]);

    vault.write(4, |w| w.set_rotation(&rotation(7, "radiology")));
    assert_eq!(services(), ["pediatrics", "radiology", "medicine"]);
    vault.write(5, |w| w.delete_rotation(later.id));
    assert_eq!(services(), ["pediatrics", "radiology"]);
    vault.undo(6, 5).expect("undone");
    vault.undo(7, 4).expect("undone");
    assert_eq!(services(), ["pediatrics", "surgery", "medicine"]);
    assert_eq!(vault.read(|s| s.rotations())[2], later);
}
