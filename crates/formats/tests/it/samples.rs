//! Files of third parties agree with what independent parsers found in them.
//!
//! The samples lie beside the project and are not part of it; where they are
//! absent, the tests say what they skipped.
#![expect(clippy::disallowed_methods, reason = "samples are files")]

use std::fs;
use std::path::{Path, PathBuf};

use domain::{ContactKind, Direction, InteractionDraft, PersonDraft};
use formats::{Collected, Summary, detect, read};
use serde_json::Value;

/// Returns the folder and the expectations of one kind of sample, if it is there.
fn samples(kind: &str) -> Option<(PathBuf, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../../../shared/samples")
        .join(kind);
    let Ok(text) = fs::read_to_string(folder.join("expected.json")) else {
        println!("skipped: the samples of {kind} are not beside this project");
        return None;
    };
    let expected: Value = serde_json::from_str(&text).unwrap();
    Some((folder, expected["files"].clone()))
}

fn read_sample(path: &Path, format_name: &str) -> (Summary, Collected) {
    let bytes = fs::read(path).unwrap();
    let format = detect(&bytes, "").format.expect("the sample is known");
    assert_eq!(format.name, format_name, "{}", path.display());
    let mut found = Collected::default();
    let mut input = bytes.as_slice();
    let summary = read(format, &mut input, &mut found).unwrap();
    (summary, found)
}

fn n_contacts(people: &[PersonDraft], kind: ContactKind) -> u64 {
    people
        .iter()
        .flat_map(|person| &person.contacts)
        .filter(|contact| contact.kind == kind)
        .count() as u64
}

#[test]
fn linkedin_connections() {
    let Some((folder, expected)) = samples("linkedin") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        if wanted["kind"] != "connections" {
            continue;
        }
        let (summary, found) = read_sample(&folder.join(name), "linkedin-connections");
        assert_eq!(summary.n_people, wanted["contacts_with_a_name"], "{name}");
        assert_eq!(summary.n_empty, wanted["nameless_rows"], "{name}");
        assert_eq!(summary.n_problems, 0, "{name}: {:?}", found.problems);
        let with_email = n_contacts(&found.people, ContactKind::Email);
        assert_eq!(with_email, wanted["with_email"], "{name}");
        let urls = n_contacts(&found.people, ContactKind::LinkedIn);
        assert_eq!(urls, wanted["distinct_urls"], "{name}");
        let count = |has: fn(&PersonDraft) -> bool| {
            found.people.iter().filter(|person| has(person)).count() as u64
        };
        let blank_company = count(|p| p.employer.is_empty());
        assert_eq!(blank_company, wanted["blank_company"], "{name}");
        let blank_position = count(|p| p.position.is_empty());
        assert_eq!(blank_position, wanted["blank_position"], "{name}");
        let with_comma = count(|p| p.employer.contains(','));
        assert_eq!(with_comma, wanted["companies_with_comma"], "{name}");
        for (year, n_wanted) in wanted["connected_years"].as_object().unwrap() {
            let n_found = found
                .people
                .iter()
                .filter_map(|person| person.known_since)
                .filter(|day| day.year().to_string() == *year)
                .count();
            assert_eq!(n_found as u64, *n_wanted, "{name} {year}");
        }
        check_row(&found.people[0], &wanted["first"], name);
        check_row(found.people.last().unwrap(), &wanted["last"], name);
    }
}

/// Compares one draft with the cells of its row; the URL stands third even
/// where the file has no such column.
fn check_row(person: &PersonDraft, row: &Value, name: &str) {
    assert_eq!(person.name.given, row[0], "{name}");
    let family = row[1].as_str().unwrap();
    assert!(family.starts_with(&person.name.family), "{name}: {family}");
    let at = |kind| {
        let contact = person.contacts.iter().find(|c| c.kind == kind);
        contact.map_or("", |c| c.value.as_str())
    };
    if !at(ContactKind::LinkedIn).is_empty() {
        assert_eq!(at(ContactKind::LinkedIn), row[2], "{name}");
    }
    assert_eq!(at(ContactKind::Email), row[3], "{name}");
    assert_eq!(person.employer, row[4], "{name}");
    assert_eq!(person.position, row[5], "{name}");
    let day = person.known_since.unwrap();
    assert_eq!(
        day.strftime("%d %b %Y").to_string(),
        row[6].as_str().unwrap()
    );
}

#[test]
fn linkedin_messages() {
    let Some((folder, expected)) = samples("linkedin") else {
        return;
    };
    let name = "messages_2023_10col.csv";
    let wanted = &expected[name];
    let (summary, found) = read_sample(&folder.join(name), "linkedin-messages");
    let n_all = summary.n_interactions + summary.n_empty;
    assert_eq!(n_all, wanted["messages"]);
    assert_eq!(summary.n_empty, wanted["sponsored"]);
    assert_eq!(summary.n_problems, 0, "{:?}", found.problems);
    let count = |fits: fn(&InteractionDraft) -> bool| {
        found
            .interactions
            .iter()
            .filter(|draft| fits(draft))
            .count() as u64
    };
    let sent = count(|draft| draft.direction == Direction::Outgoing);
    assert_eq!(sent, wanted["sent_by_owner"]);
    let to_many = count(|draft| draft.people.len() > 1);
    assert_eq!(to_many, wanted["multi_recipient"]);
    let with_break = count(|draft| draft.note.contains('\n'));
    assert_eq!(with_break, wanted["with_newline_in_content"]);
    let days = || found.interactions.iter().map(|draft| draft.day.to_string());
    let first = wanted["first_date"].as_str().unwrap();
    assert_eq!(days().min().as_deref(), first.get(..10));
    let last = wanted["last_date"].as_str().unwrap();
    assert_eq!(days().max().as_deref(), last.get(..10));
}

#[test]
fn linkedin_invitations() {
    let Some((folder, expected)) = samples("linkedin") else {
        return;
    };
    let name = "Invitations_7col.csv";
    let wanted = &expected[name];
    let (summary, found) = read_sample(&folder.join(name), "linkedin-invitations");
    assert_eq!(summary.n_interactions, wanted["rows"]);
    let count = |direction| {
        let all = found.interactions.iter();
        all.filter(|draft| draft.direction == direction).count() as u64
    };
    assert_eq!(count(Direction::Outgoing), wanted["outgoing"]);
    assert_eq!(count(Direction::Incoming), wanted["incoming"]);
    let with_message = found
        .interactions
        .iter()
        .filter(|draft| draft.note.contains(':'));
    assert_eq!(with_message.count() as u64, wanted["with_message"]);
}

#[test]
fn google_contacts() {
    let Some((folder, expected)) = samples("google_contacts") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        let (summary, found) = read_sample(&folder.join(name), "google-contacts");
        // One row of the nameless has only an organization; the other gets its
        // e-mail address for a name.
        let nameless = wanted["rows_without_any_name"].as_u64().unwrap();
        assert_eq!(summary.n_people + summary.n_lost, wanted["rows"], "{name}");
        assert_eq!(summary.n_problems, nameless, "{name}: {:?}", found.problems);
        let emails = n_contacts(&found.people, ContactKind::Email);
        assert_eq!(emails, wanted["emails_total"], "{name}");
        let phones = n_contacts(&found.people, ContactKind::Phone);
        assert_eq!(phones, wanted["phones_total"], "{name}");
        let birthdays = found
            .people
            .iter()
            .flat_map(|person| &person.extra)
            .filter(|(field, _)| field == "Birthday");
        assert_eq!(birthdays.count() as u64, wanted["with_birthday"], "{name}");
    }
}

#[test]
fn outlook_contacts() {
    let Some((folder, expected)) = samples("outlook_contacts") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        let (summary, found) = read_sample(&folder.join(name), "outlook-contacts");
        assert_eq!(summary.n_people, wanted["rows"], "{name}");
        assert_eq!(summary.n_problems, 0, "{name}: {:?}", found.problems);
        let emails = n_contacts(&found.people, ContactKind::Email);
        assert_eq!(emails, wanted["real_emails"], "{name}");
        let birthdays = n_extra(&found.people, |(field, _)| field == "Birthday");
        assert_eq!(birthdays, wanted["real_birthdays"], "{name}");
        let paths = n_extra(&found.people, |(_, value)| value.starts_with("/o="));
        assert_eq!(paths, wanted["x500_not_emails"], "{name}");
        let first = &found.people[0];
        assert_eq!(first.name.family, wanted["first_last"], "{name}");
        assert_eq!(first.name.given, wanted["first_first"], "{name}");
        assert_eq!(first.name.title, "Dr.", "{name}");
        for tag in wanted["categories"].as_array().unwrap() {
            assert!(first.tags.iter().any(|other| tag == other), "{name}");
        }
    }
}

#[test]
fn vcard() {
    let Some((folder, expected)) = samples("vcard") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        let bytes = fs::read(folder.join(name)).unwrap();
        let format = detect(&bytes, name).format.unwrap();
        assert_eq!(format.name, "vcard", "{name}");
        let mut found = Collected::default();
        let summary = read(format, &mut bytes.as_slice(), &mut found);
        let n_cards = wanted["cards_by_BEGIN_lines"].as_u64().unwrap();
        if name == "vcard_grouped.vcf" {
            // Its only card has addresses and nothing that could be a name.
            assert!(summary.is_err());
            continue;
        }
        let summary = summary.unwrap();
        assert_eq!(summary.n_people + summary.n_lost, n_cards, "{name}");
        let companies = wanted["truth"]["company_cards"].as_u64().unwrap_or(0);
        assert_eq!(summary.n_lost, companies, "{name}: {:?}", found.problems);
        // The company of one sample has a telephone line of its own.
        let phones = n_contacts(&found.people, ContactKind::Phone);
        assert_eq!(phones + companies, wanted["tel_lines"], "{name}");
        let emails = n_contacts(&found.people, ContactKind::Email);
        let no_addresses = n_extra(&found.people, |(field, _)| field.starts_with("EMAIL"));
        assert_eq!(emails + no_addresses, wanted["email_lines"], "{name}");
        let addresses = n_extra(&found.people, |(field, _)| field.starts_with("ADR"));
        assert_eq!(addresses, wanted["adr_lines"], "{name}");
        for (i, known) in wanted["vobject"]["first"]
            .as_array()
            .into_iter()
            .flatten()
            .enumerate()
        {
            let Some(person) = found.people.get(i) else {
                continue;
            };
            let values = |kind| -> Vec<String> {
                let of_kind = person.contacts.iter().filter(|c| c.kind == kind);
                of_kind.map(|contact| contact.value.clone()).collect()
            };
            // The other parser keeps the order of the file; here the one that
            // its owner prefers comes first.
            let sorted = |mut list: Vec<String>| {
                list.sort();
                list
            };
            let texts = known["emails"].as_array().into_iter().flatten();
            let texts = texts.filter_map(|text| text.as_str().map(str::to_owned));
            assert_eq!(
                sorted(values(ContactKind::Email)),
                sorted(texts.collect()),
                "{name}"
            );
            for tel in known["tels"].as_array().unwrap() {
                let tel = tel
                    .as_str()
                    .unwrap()
                    .replace("tel:", "")
                    .replace(";ext=", " ext. ");
                assert!(values(ContactKind::Phone).contains(&tel), "{name} {tel}");
            }
        }
    }
}

fn n_extra(people: &[PersonDraft], fits: fn(&(String, String)) -> bool) -> u64 {
    let extra = people.iter().flat_map(|person| &person.extra);
    extra.filter(|field| fits(field)).count() as u64
}

#[test]
fn jcard() {
    let Some((folder, expected)) = samples("jcard") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        let bytes = fs::read(folder.join(name)).unwrap();
        let format = detect(&bytes, name).format.unwrap();
        assert_eq!(format.name, "jcard", "{name}");
        let mut found = Collected::default();
        let summary = read(format, &mut bytes.as_slice(), &mut found);
        let names: Vec<&Value> = wanted["fn"]
            .as_array()
            .unwrap()
            .iter()
            .flat_map(|card| card.as_array().unwrap())
            .collect();
        if names.is_empty() {
            assert!(summary.is_err(), "{name}");
            continue;
        }
        assert_eq!(summary.unwrap().n_people, wanted["cards"], "{name}");
        let found: Vec<Value> = found.people.iter().map(|p| p.name.plain().into()).collect();
        assert_eq!(names, found.iter().collect::<Vec<_>>(), "{name}");
    }
}

/// Messages whose text the reference takes from another part, or decodes less.
const EML_OTHER_TEXT: &[&str] = &[
    // The reference shows the HTML source, we show its words.
    "legacy_025.eml",
    // A text in UTF-7 marked as Korean: both show what the mark gives.
    "legacy_034.eml",
    // Two nested parts with one boundary.
    "malformed_003.eml",
    // The reference does not know the Japanese encoding.
    "thirdparty_010.eml",
];

#[test]
fn eml() {
    let Some((folder, expected)) = samples("eml") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        let bytes = fs::read(folder.join(name)).unwrap();
        let mail = formats::mail::read_eml(&bytes).unwrap();
        if let Some(subject) = wanted["subject"].as_str() {
            assert_eq!(mail.subject, subject, "{name}");
        }
        for (found, header) in [(&mail.from, "from"), (&mail.to, "to")] {
            if let Some(wanted) = wanted[header].as_str() {
                let shown: Vec<String> = found
                    .iter()
                    .map(|address| match address.name.as_str() {
                        "" => address.email.clone(),
                        name => format!("{name} <{}>", address.email),
                    })
                    .collect();
                assert_eq!(
                    shown.join(", "),
                    wanted.replace("  ", " "),
                    "{name} {header}"
                );
            }
        }
        if let Some(date) = wanted["date"].as_str() {
            let date = date.parse().unwrap();
            assert_eq!(mail.date, Some(date), "{name}");
        }
        if let Some(id) = wanted["message_id"].as_str() {
            assert_eq!(format!("<{}>", mail.message_id), id, "{name}");
        }
        for attachment in wanted["attachments"].as_array().unwrap() {
            // A part named in its type only, without a disposition, is no attachment.
            if name != "thirdparty_007.eml" {
                let found = mail.attachments.iter().any(|a| attachment == a);
                assert!(found, "{name} {attachment}");
            }
        }
        if let Some(start) = wanted["body_start"].as_str()
            && !EML_OTHER_TEXT.contains(&name.as_str())
        {
            let start = start.replace("\r\n", "\n");
            assert!(
                mail.text.starts_with(start.trim_end_matches('\r')),
                "{name}"
            );
        }
    }
}

#[test]
fn cms_hospitals() {
    let Some((folder, expected)) = samples("cms_hospital") else {
        return;
    };
    for (name, wanted) in expected.as_object().unwrap() {
        let (summary, found) = read_sample(&folder.join(name), "cms-hospitals");
        assert_eq!(summary.n_hospitals, wanted["data_rows"], "{name}");
        assert_eq!(summary.n_problems, 0, "{name}: {:?}", found.problems);
        let hospitals = || found.hospitals.iter().map(|(_, hospital)| hospital);
        let distinct = |of: fn(&domain::Hospital) -> &str| {
            let all: std::collections::BTreeSet<&str> = hospitals().map(of).collect();
            all.len() as u64
        };
        let n_ids = distinct(|hospital| hospital.site.as_str());
        assert_eq!(n_ids, wanted["distinct_facility_id"], "{name}");
        let n_states = distinct(|hospital| &hospital.state);
        assert_eq!(n_states, wanted["states_and_territories"], "{name}");
        for (kind, n_wanted) in wanted["hospital_types"].as_object().unwrap() {
            let n_found = hospitals().filter(|it| it.kind == *kind).count() as u64;
            assert_eq!(n_found, *n_wanted, "{name}: {kind}");
        }
        for (ccn, wanted) in wanted["look_ups"].as_object().unwrap() {
            let site = format!("ccn-{ccn}");
            let found = hospitals().find(|it| it.site.as_str() == site).unwrap();
            let words = wanted.as_str().unwrap().split_whitespace();
            assert_eq!(found.name, words.collect::<Vec<_>>().join(" "));
        }
    }
}
