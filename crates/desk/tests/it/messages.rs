//! Messages, invitations and the student's own entries of a LinkedIn export.

use std::io::Cursor;
use std::sync::Arc;

use desk::verbs::apply_import::{AskChoice, ImportChoices, ImportReport, Messages};
use desk::views::import::{Preview, preview};
use desk::views::person::person;
use desk::{Reading, Student, read_people_of};
use uuid::Uuid;

use crate::support::Bench;

const HEADER: &str = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER,ATTACHMENTS,IS MESSAGE DRAFT,IS CONVERSATION DRAFT\n";

/// One message a line: who wrote, to whom, when, what, in which folder.
fn messages(lines: &[(&str, &str, &str, &str, &str)]) -> String {
    let profile = |name: &str| match name {
        "" => String::new(),
        name => format!(
            "https://www.linkedin.com/in/{}",
            name.to_lowercase().replace(' ', "-")
        ),
    };
    let mut text = HEADER.to_owned();
    // An export gives the latest first.
    for (i, (from, to, at, what, folder)) in lines.iter().enumerate().rev() {
        let urls: Vec<String> = to.split(';').map(profile).collect();
        text.push_str(&format!(
            "c{i},,{from},{},\"{}\",\"{}\",{at} UTC,,\"{what}\",{folder},,No,No\n",
            profile(from),
            to.replace(';', ", "),
            urls.join(",")
        ));
    }
    text
}

const ME: &str = "Solange Baptiste";

fn chat() -> String {
    messages(&[
        (
            ME,
            "Asha Rao",
            "2026-02-08 10:00:00",
            "May I ask about IR?",
            "INBOX",
        ),
        (ME, "Asha Rao", "2026-02-08 10:01:00", "Thank you!", "INBOX"),
        ("Asha Rao", ME, "2026-02-09 09:00:00", "Gladly.", "INBOX"),
        (
            ME,
            "Asha Rao;Ben Okafor",
            "2026-03-01 09:00:00",
            "Both of you",
            "INBOX",
        ),
        (
            "Rex Recruiter",
            ME,
            "2026-03-02 09:00:00",
            "A job for you",
            "INBOX",
        ),
        ("Sam Spam", ME, "2026-03-03 09:00:00", "Buy", "SPAM"),
    ])
}

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Arc<Reading> {
    Arc::new(read_people_of(ME, name, &mut Cursor::new(bytes)).expect("it is read"))
}

fn shown(bench: &Bench, reading: &Arc<Reading>) -> Preview {
    preview(&bench.reader, Uuid::nil(), Arc::clone(reading)).expect("a preview")
}

fn import(bench: &Bench, text: &str, choices: &ImportChoices) -> ImportReport {
    let reading = read("messages.csv", text);
    bench
        .apply(&shown(bench, &reading), choices)
        .expect("applied")
}

fn notes(bench: &Bench, name: &str) -> Vec<String> {
    let view = person(&bench.reader, bench.person(name)).expect(name);
    let mut notes: Vec<String> = view
        .timeline
        .iter()
        .map(|i| {
            let who = i.heading.trim_start_matches("LinkedIn ");
            format!("{} {who} {}", i.day, i.note)
        })
        .collect();
    notes.reverse();
    notes
}

#[test]
fn a_day_of_messages_is_one_interaction_and_keeps_no_text() {
    let bench = Bench::new();
    bench.set_up();
    let view = shown(&bench, &read("messages.csv", chat())).view(10);
    assert_eq!(
        (view.n_new, view.n_messages, view.n_stored_messages),
        (2, 4, 0)
    );
    assert_eq!((view.n_strangers, view.n_unwanted), (1, 1));
    let report = import(&bench, &chat(), &ImportChoices::default());
    assert_eq!((report.added, report.messages), (2, 4));
    assert_eq!(
        notes(&bench, "Asha Rao"),
        [
            "2026-02-08 from you 2 LinkedIn messages",
            "2026-02-09 to you 1 LinkedIn message",
            "2026-03-01 from you 1 LinkedIn message",
        ]
    );
    let asha = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(asha.how_found, "LinkedIn messages since 8 Feb 2026");
    assert_eq!(notes(&bench, "Ben Okafor").len(), 1);
    assert_eq!(bench.table("person").len(), 2);
    let whole = format!("{:?}", bench.dump());
    for text in ["Gladly", "May I ask", "job for you", "Buy"] {
        assert!(!whole.contains(text), "{text}");
    }
    assert!(bench.due("follow-up").is_empty());
}

#[test]
fn the_same_messages_again_change_nothing() {
    let bench = Bench::new();
    bench.set_up();
    for messages in [Messages::Facts, Messages::Texts] {
        let choices = ImportChoices {
            messages,
            strangers: true,
            ..ImportChoices::default()
        };
        import(&bench, &chat(), &choices);
        let (dump, n) = (bench.dump(), bench.operations().len());
        let again = import(&bench, &chat(), &choices);
        assert!(!again.changed_anything(), "{again:?}");
        assert_eq!(again.messages_same, 5);
        assert_eq!(bench.dump(), dump);
        assert_eq!(bench.operations().len(), n);
        let view = shown(&bench, &read("messages.csv", chat())).view(10);
        assert_eq!(view.n_stored_messages, 5);
    }
    // The second time the texts came into the same days.
    assert_eq!(
        notes(&bench, "Asha Rao")[0],
        "2026-02-08 from you May I ask about IR?\n\nThank you!"
    );
    assert_eq!(bench.table("interaction").len(), 4);
}

#[test]
fn a_later_export_adds_what_came_since() {
    let bench = Bench::new();
    bench.set_up();
    let first = [(ME, "Asha Rao", "2026-02-08 10:00:00", "One", "INBOX")];
    let later = [
        first[0],
        (ME, "Asha Rao", "2026-02-08 22:00:00", "Two", "INBOX"),
        ("Asha Rao", ME, "2026-02-09 10:00:00", "Three", "INBOX"),
    ];
    for choices in [Messages::Facts, Messages::Texts].map(|messages| ImportChoices {
        messages,
        ..ImportChoices::default()
    }) {
        import(&bench, &messages(&first), &choices);
        import(&bench, &messages(&later), &choices);
        // An older export takes nothing away.
        import(&bench, &messages(&first), &choices);
        assert_eq!(bench.table("interaction").len(), 2);
    }
    assert_eq!(
        notes(&bench, "Asha Rao")[0],
        "2026-02-08 from you One\n\nTwo"
    );
}

#[test]
fn a_text_that_may_tell_a_patient_is_not_kept() {
    let bench = Bench::new();
    bench.set_up();
    let text = messages(&[
        (
            ME,
            "Asha Rao",
            "2026-02-08 10:00:00",
            "Mr. Quayle, admitted 3 May, bled again.",
            "INBOX",
        ),
        (
            ME,
            "Asha Rao",
            "2026-02-10 10:00:00",
            "Thank you for your time.",
            "INBOX",
        ),
    ]);
    let choices = ImportChoices {
        messages: Messages::Texts,
        ..ImportChoices::default()
    };
    let report = import(&bench, &text, &choices);
    assert_eq!((report.messages, report.texts_withheld), (2, 1));
    assert_eq!(
        notes(&bench, "Asha Rao"),
        [
            "2026-02-08 from you 1 LinkedIn message",
            "2026-02-10 from you Thank you for your time.",
        ]
    );
}

#[test]
fn people_are_found_by_profile_and_asked_by_name() {
    let bench = Bench::new();
    bench.set_up();
    bench.import("Asha,Rao,https://www.linkedin.com/in/Asha-Rao/,,Maimonides,,07 Feb 2026\n");
    bench.people("Ben Okafor");
    let text = messages(&[
        (ME, "Dr. Asha B. Rao", "2026-02-08 10:00:00", "One", "INBOX"),
        (ME, "Ben Okafor", "2026-02-08 10:00:00", "Two", "INBOX"),
    ])
    .replace("dr.-asha-b.-rao", "asha-rao");
    let shown = shown(&bench, &read("messages.csv", &text));
    let view = shown.view(10);
    assert_eq!((view.n_new, view.n_update, view.n_ask), (0, 0, 1));
    assert_eq!((view.n_messages, view.n_unclear_messages), (1, 1));
    let left = bench
        .apply(&shown, &ImportChoices::default())
        .expect("applied");
    assert_eq!(
        (left.messages, left.messages_left, left.left_open),
        (1, 1, 1)
    );
    assert_eq!(notes(&bench, "Asha Rao").len(), 1);

    let shown = self::shown(&bench, &read("messages.csv", &text));
    let ben = bench.person("Ben Okafor");
    let choices = ImportChoices {
        asks: [(shown.view(10).asks[0].row, AskChoice::Person(ben))].into(),
        ..ImportChoices::default()
    };
    let report = bench.apply(&shown, &choices).expect("applied");
    assert_eq!(
        (report.added, report.messages, report.messages_same),
        (0, 1, 1)
    );
    assert_eq!(
        notes(&bench, "Ben Okafor"),
        ["2026-02-08 from you 1 LinkedIn message"]
    );
    let again = import(&bench, &text, &ImportChoices::default());
    assert!(!again.changed_anything(), "{again:?}");
}

#[test]
fn invitations_say_how_somebody_was_found() {
    let bench = Bench::new();
    bench.set_up();
    let text = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
        Solange Baptiste,Asha Rao,\"5/9/24, 7:52 PM\",I liked your talk.,OUTGOING,https://l/in/me,https://l/in/asha\n\
        Ben Okafor,Solange Baptiste,\"5/10/24, 7:52 PM\",,INCOMING,https://l/in/ben,https://l/in/me\n";
    let reading = read("Invitations.csv", text);
    let view = shown(&bench, &reading).view(10);
    assert_eq!((view.n_new, view.n_strangers, view.n_messages), (1, 1, 1));
    let report = bench
        .apply(&shown(&bench, &reading), &ImportChoices::default())
        .expect("applied");
    assert_eq!((report.added, report.messages), (1, 1));
    let asha = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(asha.how_found, "LinkedIn, you invited them on 9 May 2024");
    assert_eq!(asha.known_since.as_deref(), Some("2024-05-09"));
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    crate::support::zip(files)
}

#[test]
fn the_whole_archive_is_one_change_that_undo_takes_back() {
    let bench = Bench::new();
    let before = bench.dump();
    let connections = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides Medical Center,Attending,08 Feb 2026\n";
    let invitations = "From,To,Sent At,Message,Direction,inviterProfileUrl,inviteeProfileUrl\n\
        Solange Baptiste,Asha Rao,\"2/7/26, 7:52 PM\",,OUTGOING,https://l/in/me,https://www.linkedin.com/in/asha-rao\n";
    let bytes = archive(&[
        ("Connections.csv", connections),
        ("messages.csv", &chat()),
        ("Invitations.csv", invitations),
        (
            "Profile.csv",
            "First Name,Last Name,Maiden Name,Headline\nSolange,Baptiste,,MS3\n",
        ),
        (
            "Positions.csv",
            "Company Name,Title,Description,Location,Started On,Finished On\n\
             maimonides medical center,Scribe,,,Aug 2021,Jul 2022\nCorner Café,,,,Jun 2019,\n",
        ),
        (
            "Education.csv",
            "School Name,Start Date,End Date,Notes,Degree Name,Activities\n\
             A College,2018,2022,,BSc,\nSGU,2023,2027,,Doctor of Medicine - MD,\n",
        ),
    ]);
    let reading =
        Arc::new(read_people_of("", "Basic.zip", &mut Cursor::new(bytes)).expect("it is read"));
    let shown = shown(&bench, &reading);
    let view = shown.view(10);
    assert_eq!((view.n_read, view.n_new), (1, 2), "Asha stands once");
    assert_eq!(view.offer.name, "Solange Baptiste");
    assert_eq!(view.offer.schools, ["SGU", "A College"]);
    let posts = view.offer.posts.iter();
    let posts: Vec<_> = posts
        .map(|post| (post.place.as_str(), post.title.as_str(), post.n_colleagues))
        .collect();
    assert_eq!(
        posts,
        [
            ("maimonides medical center", "Scribe", 1),
            ("Corner Café", "", 0)
        ]
    );
    let choices = ImportChoices {
        own_name: view.offer.name.clone(),
        own_school: "SGU".to_owned(),
        ..ImportChoices::default()
    };
    let done = bench
        .desk
        .apply_import(&shown, &choices, &mut |_, _| true)
        .expect("applied");
    assert!(done.result.set_up);
    assert_eq!(done.result.messages, 4);
    let asha = person(&bench.reader, bench.person("Asha Rao")).expect("Asha");
    assert_eq!(
        asha.how_found,
        "LinkedIn connection since 8 Feb 2026, you invited them on 7 Feb 2026"
    );
    assert_eq!(asha.timeline.len(), 3);
    let student: Student = desk::views::set_up::student(&bench.reader).expect("set up");
    assert_eq!(student.name, "Solange Baptiste");
    assert!(
        student.school.starts_with("St. George"),
        "{}",
        student.school
    );
    let again = self::shown(&bench, &reading);
    assert_eq!(again.view(10).offer.schools, [""; 0]);
    let report = bench
        .apply(&again, &ImportChoices::default())
        .expect("applied");
    assert!(!report.changed_anything(), "{report:?}");

    bench
        .desk
        .undo_operation(done.operation, false)
        .expect("undone");
    assert_eq!(bench.dump(), before);
}

#[test]
fn messages_can_be_left_out() {
    let bench = Bench::new();
    bench.set_up();
    let choices = ImportChoices {
        messages: Messages::LeaveOut,
        ..ImportChoices::default()
    };
    let report = import(&bench, &chat(), &choices);
    assert!(!report.changed_anything(), "{report:?}");
}

#[test]
fn a_name_alone_that_is_new_in_the_same_file_is_left_for_later() {
    let bench = Bench::new();
    bench.set_up();
    let connections = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Asha,Rao,https://www.linkedin.com/in/asha-rao,,Maimonides,,08 Feb 2026\n";
    // Before mid-2023 a recipient has no profile.
    let messages = "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,DATE,SUBJECT,CONTENT,FOLDER\n\
        c1,,Solange Baptiste,https://l/in/me,Asha Rao,2022-04-06 17:04:28 UTC,,Hello,INBOX\n\
        c2,,Solange Baptiste,https://l/in/me,Ben Okafor,2022-04-06 17:04:28 UTC,,Hello,INBOX\n";
    let bytes = archive(&[("Connections.csv", connections), ("messages.csv", messages)]);
    let reading = read("Basic.zip", bytes);
    let report = bench
        .apply(&shown(&bench, &reading), &ImportChoices::default())
        .expect("applied");
    assert_eq!(
        (report.added, report.messages, report.messages_left),
        (2, 1, 1)
    );
    let view = shown(&bench, &reading).view(10);
    assert_eq!(view.asks.len(), 1, "{:?}", view.asks);
    assert_eq!((view.n_stored_messages, view.n_unclear_messages), (1, 1));
}
