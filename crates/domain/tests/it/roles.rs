//! What a post's wording tells about a role, and states from evidence.

use domain::{RelationshipEvidence, RelationshipState, RoleKind, relationship};

#[track_caller]
fn check(position: &str, role: RoleKind) {
    assert_eq!(RoleKind::from_position(position), role, "{position}");
}

#[test]
fn roles_follow_the_wording() {
    check("Fellow (PGY-6)", RoleKind::Fellow);
    check("Chief Resident", RoleKind::Resident);
    check("Resident Physician", RoleKind::Resident);
    check("Associate Program Director", RoleKind::Director);
    check("Director of Marketing", RoleKind::Other);
    check("Residency Program Coordinator", RoleKind::Coordinator);
    check("Medical Student", RoleKind::Student);
    check("Assistant Professor of Radiology", RoleKind::Attending);
    check("MSL | \"Rare disease\"", RoleKind::Staff);
    check("", RoleKind::Other);
}

#[test]
fn state_is_the_highest_that_the_evidence_gives() {
    let none = RelationshipEvidence::default();
    assert_eq!(relationship(none).0, RelationshipState::Unknown);
    let intro = RelationshipEvidence {
        introductions: 1,
        ..none
    };
    assert_eq!(relationship(intro).0, RelationshipState::Aware);
    let four = RelationshipEvidence {
        days_together: 4,
        live_talks: 4,
        ..none
    };
    assert_eq!(relationship(four).0, RelationshipState::Met);
    let five = RelationshipEvidence {
        days_together: 5,
        live_talks: 5,
        ..none
    };
    assert_eq!(relationship(five).0, RelationshipState::WorkedWith);
    let project = RelationshipEvidence {
        delivered_gives: 1,
        ..none
    };
    assert_eq!(relationship(project).0, RelationshipState::WorkedWith);
    let vouch = RelationshipEvidence { vouches: 1, ..none };
    assert_eq!(relationship(vouch).0, RelationshipState::Advocate);
}

#[test]
fn more_evidence_never_lowers_the_state() {
    let steps = [
        RelationshipEvidence {
            answers: 1,
            ..Default::default()
        },
        RelationshipEvidence {
            introductions: 1,
            ..Default::default()
        },
        RelationshipEvidence {
            live_talks: 1,
            ..Default::default()
        },
        RelationshipEvidence {
            days_together: 5,
            ..Default::default()
        },
        RelationshipEvidence {
            vouches: 1,
            ..Default::default()
        },
    ];
    for a in steps {
        for b in steps {
            let (alone, together) = (relationship(a).0, relationship(a.and(b)).0);
            assert!(alone <= together, "{a:?} with {b:?}");
        }
    }
}
