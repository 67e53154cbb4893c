//! Archives: what stands in them, and bombs.

use std::io::{Cursor, Write};

use domain::Direction;
use formats::linkedin::{OwnKind, read_archive};
use formats::{Collected, HEAD_LEN, detect, format_named, read};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn own_posts_and_schools_come_out_beside_people() {
    let bytes = archive(&[
        (
            "x/Positions.csv",
            b"Company Name,Title,Started On\nExample Hospital,Observer,Aug 2025\n",
        ),
        (
            "x/Education.csv",
            b"School Name,Degree Name,End Date\nExample School,MD,2026\n",
        ),
        ("x/Rich_Media.csv", b"a,b\n"),
    ]);
    let reading = read_archive(Cursor::new(bytes), "", &mut Collected::default()).unwrap();
    assert_eq!(reading.n_others, 1);
    let own: Vec<(OwnKind, &str, &str)> = reading
        .own
        .iter()
        .map(|entry| (entry.kind, entry.place.as_str(), entry.title.as_str()))
        .collect();
    assert_eq!(
        own,
        [
            (OwnKind::Position, "Example Hospital", "Observer"),
            (OwnKind::Education, "Example School", "MD"),
        ]
    );
}

#[test]
fn the_profile_says_whose_messages_they_are() {
    let messages = b"CONVERSATION ID,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,CONTENT,FOLDER\n\
        c1,Sam Lee,https://l/in/sam,Asha Rao,https://l/in/asha,2026-02-08 14:03:22 UTC,Hello,INBOX\n\
        c1,Asha Rao,https://l/in/asha,Sam Lee,https://l/in/sam,2026-02-09 14:03:22 UTC,Hello,SPAM\n";
    let profile: (&str, &[u8]) = (
        "Profile.csv",
        b"First Name,Last Name,Maiden Name,Headline\nSam,Lee,,MS3\n",
    );
    let read = |files: &[(&str, &[u8])], student: &str| {
        let mut found = Collected::default();
        let reading = read_archive(Cursor::new(archive(files)), student, &mut found).unwrap();
        let told: Vec<(Direction, String, bool)> = found
            .interactions
            .into_iter()
            .map(|draft| (draft.direction, draft.people.join("; "), draft.unwanted))
            .collect();
        (reading.student, told)
    };
    let asha = "Asha Rao <https://l/in/asha>".to_owned();
    let told = vec![
        (Direction::Outgoing, asha.clone(), false),
        (Direction::Incoming, asha, true),
    ];
    let both = [("messages.csv", messages.as_slice()), profile];
    assert_eq!(read(&both, ""), ("Sam Lee".to_owned(), told.clone()));
    assert_eq!(read(&both[..1], "Lee, Sam"), (String::new(), told.clone()));
    // Of one conversation alone nobody can tell.
    assert_ne!(read(&both[..1], "").1, told);
    assert_ne!(read(&both[..1], "Somebody Else").1, told);
}

#[test]
fn another_archive_is_refused_with_what_is_in_it() {
    let bytes = archive(&[("holiday.jpg", b"x"), ("notes.txt", b"y")]);
    assert_eq!(
        detect(&bytes, "").format.map(|f| f.name),
        Some("linkedin-zip")
    );
    let format = format_named("linkedin-zip").unwrap();
    let error = read(format, &mut bytes.as_slice(), &mut Collected::default()).unwrap_err();
    let error = error.to_string();
    assert!(
        error.contains("a zip archive with holiday.jpg, notes.txt"),
        "{error}"
    );
    let cut = &bytes[..bytes.len() - 10];
    let error = read(format, &mut &cut[..], &mut Collected::default()).unwrap_err();
    assert!(
        error.to_string().contains("a damaged zip archive"),
        "{error}"
    );
}

#[test]
fn a_bomb_costs_no_memory() {
    // 100 MB of one letter pack into 100 kB, and are one line that is too long.
    let mut bomb = b"First Name,Last Name,Connected On\nAna,Rao,08 Feb 2026\n".to_vec();
    bomb.extend(std::iter::repeat_n(b'x', 100 << 20));
    bomb.extend_from_slice(b"\nBen,Okafor,09 Feb 2026\n");
    let bytes = archive(&[("Connections.csv", &bomb)]);
    drop(bomb);
    assert!(bytes.len() < 1 << 20);
    let format = format_named("linkedin-zip").unwrap();
    let mut found = Collected::default();
    let summary = read(format, &mut bytes.as_slice(), &mut found).unwrap();
    assert_eq!(summary.n_people, 2);
    assert_eq!(found.problems[0].field, "Connections.csv");
    assert!(bytes.len() > HEAD_LEN);
}
