//! Which employers tell that two people of one name are one.

use domain::{Known, Match, PersonDraft, PersonId, PersonName, Schools, reconcile};
use uuid::Uuid;

/// Returns what becomes of somebody who is stored with one employer and comes
/// again with another.
fn met(before: &str, after: &str) -> Match {
    let stored = Known {
        id: PersonId(Uuid::from_u128(1)),
        name: PersonName::parse("John Smith"),
        contacts: Vec::new(),
        uids: Vec::new(),
        cities: Vec::new(),
        employers: vec![before.to_owned()],
        position: String::new(),
        known_since: None,
        edited: Vec::new(),
        apart: Vec::new(),
    };
    let row = PersonDraft {
        name: PersonName::parse("John Smith"),
        employer: after.to_owned(),
        ..PersonDraft::default()
    };
    let mut found = reconcile(&[row], &[stored], &Schools::default());
    found.remove(0)
}

fn is_asked(employer: &str) -> bool {
    matches!(met(employer, employer), Match::Ask { .. })
}

#[test]
fn what_names_no_institution_tells_of_nobody() {
    let employers = [
        // States of work.
        "Self-employed",
        "self-employed (contract)",
        "Self Employed - Radiologist",
        "Self-employed, Houston",
        "Selfemployed physician",
        "Freelance",
        "Freelance / Consultant",
        "Freelance medical writer",
        "Independent contractor for several hospitals",
        "Locum tenens, various locations",
        "Private practice physician",
        "Private Practice",
        "Private Practice (solo)",
        "Private practice in New York",
        "My own practice",
        "Retired",
        "Retired physician",
        "Retired from Mayo Clinic",
        "Semi-retired radiologist",
        "Unemployed",
        "Currently unemployed",
        "Looking for opportunities",
        "Looking for new opportunities in radiology",
        "Actively seeking a residency position",
        "Open to work",
        "Between jobs",
        "Applying for residency 2027",
        "Stay at home mom",
        "On maternity leave",
        "Career break",
        "Volunteer",
        "Independent",
        "Entrepreneur",
        "Moonlighting",
        "Per diem hospitalist",
        "Travel nurse",
        "Doctor at various hospitals",
        "Freiberuflicher Arzt",
        "Autónomo",
        "Jubilado",
        // Study.
        "Student",
        "Medical student",
        "Medical students",
        "Medical student at St. George's University",
        "Medical student, SGU",
        "MS4 student @ SGU",
        "PhD candidate at MIT",
        "Graduate of Ross University",
        "Class of 2026",
        "MS3",
        "OMS-III",
        "Undergraduate student, University of Miami",
        "Alumni of Westgate",
        "International medical graduate (IMG)",
        // Professions and posts.
        "Physician",
        "Radiology Resident",
        "Chief Resident, Diagnostic Radiology",
        "PGY-2 resident physician",
        "Incoming PGY-1",
        "Interventional Radiologist",
        "Attending physician",
        "ECFMG certified physician",
        "Family doctor",
        "Registered nurse",
        "Nurse",
        "Assistenzärztin",
        // Kinds of places.
        "Hospital",
        "The hospital",
        "Various hospitals",
        "Multiple clinics",
        "Hospital in Lima",
        "Private clinic",
        "Community Hospital",
        "General Hospital",
        "University Hospital",
        "Medical Center",
        "Health care",
        "Radiology department",
        "Department of Radiology",
        "Department of Veterans Affairs",
        "VA",
        "U.S. Army",
        "US Air Force",
        "Law firm",
        "Startup (stealth mode)",
        "Government agency",
        // Schools of medicine.
        "SGUSOM",
        "LECOM",
        "Medical School",
        "Yale School of Medicine",
        "Medical College of Wisconsin",
        "Ross University School of Medicine",
        "Facultad de Medicina, Universidad Central",
        // Nothing said.
        "N/A",
        "n.a.",
        "NA",
        "-",
        "None",
        "none at present",
        "Not applicable",
        "Confidential",
        "Other",
        "TBD",
        "2026",
        "X",
    ];
    let wrong: Vec<&str> = employers.into_iter().filter(|e| !is_asked(e)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn what_names_an_institution_settles_a_name() {
    let employers = [
        "Maimonides",
        "Mayo Clinic",
        "Duke University Hospital",
        "University of Miami",
        "UCLA",
        "U.C.L.A.",
        "MD Anderson Cancer Center",
        "Radiology Partners",
        "Radiology Associates of Houston",
        "Private Practice Associates of Westgate",
        "Army Medical Center Lochview",
        "Resident at Yale New Haven",
        "Department of Radiology, Yale",
        "Radiology Resident, Henry Ford Hospital",
        "Christian Medical College Hospital, Vellore",
        "Memorial Sloan Kettering",
        "Good Samaritan Hospital",
        "Kaiser Permanente",
        "American College of Radiology",
        "Consultant, McKinsey",
        "NYU Langone Health",
        "Brigham and Women's Hospital",
        "Walter Reed Army Medical Center",
        "Children's Mercy",
        "Clínica Alemana",
        "Charité",
    ];
    let is_settled = |employer: &str| matches!(met(employer, employer), Match::Same { .. });
    let wrong: Vec<&str> = employers.into_iter().filter(|e| !is_settled(e)).collect();
    assert!(wrong.is_empty(), "{wrong:?}");
}

#[test]
fn an_employer_within_another_is_asked_with_that_reason() {
    for (before, after) in [
        ("Duke", "Duke University Hospital"),
        ("Mount Sinai Medical Center", "Mount Sinai"),
        ("Yale", "Yale New Haven Health"),
    ] {
        let Match::Ask { candidates } = met(before, after) else {
            panic!("{before}, {after}");
        };
        let (_, reason) = &candidates[0];
        assert_eq!(reason, "same name, and an employer that may be the same");
    }
    let Match::Ask { candidates } = met("Boston University", "Boston Hospital") else {
        panic!("not asked");
    };
    assert_eq!(candidates[0].1, "same name, and nothing else to tell by");
}
