//! Mail out and in.

use formats::ReadError;
use formats::mail::{
    Automatic, COMPOSE_LINK_MAX, MAILTO_MAX, MailAddress, MailDraft, WebMail, compose_link, mailto,
    own_words, plain_text, read_eml, write_eml,
};
use proptest::prelude::*;

fn draft() -> MailDraft {
    MailDraft {
        from: Some(MailAddress {
            name: "Jordan Pike".to_owned(),
            email: "jordan@example.org".to_owned(),
        }),
        to: vec![MailAddress {
            name: "Dr. Lucía Núñez, MD".to_owned(),
            email: "lucia@example.org".to_owned(),
        }],
        subject: "Maimonides: a question about the Müller talk – thank you".to_owned(),
        text: "Dear Dr. Núñez,\n\nthank you.\n\n.\nFrom here on\nJordan\n".to_owned(),
        date: "2026-11-24T15:04:05Z".parse().unwrap(),
        message_id: "01890a5d@vouch.invalid".to_owned(),
        in_reply_to: Some("parent@example.org".to_owned()),
        references: vec![
            "root@example.org".to_owned(),
            "parent@example.org".to_owned(),
        ],
    }
}

#[test]
fn a_draft_is_a_message_that_mail_programs_open_for_sending() {
    let bytes = write_eml(&draft());
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.is_ascii());
    assert!(text.contains("\r\nX-Unsent: 1\r\n"), "{text}");
    assert!(
        text.contains("Message-ID: <01890a5d@vouch.invalid>\r\n"),
        "{text}"
    );
    assert!(
        text.contains("Date: Tue, 24 Nov 2026 15:04:05 +0000\r\n"),
        "{text}"
    );
    assert!(
        text.contains("In-Reply-To: <parent@example.org>\r\n"),
        "{text}"
    );
    assert!(text.contains("charset=\"utf-8\""), "{text}");
    assert!(
        text.replace("\r\n", "")
            .chars()
            .all(|c| c != '\n' && c != '\r')
    );
    assert!(text.lines().all(|line| line.len() <= 78), "{text}");
    let mail = read_eml(&bytes).unwrap();
    let draft = draft();
    assert_eq!(mail.from, [draft.from.unwrap()]);
    assert_eq!(mail.to, draft.to);
    assert_eq!(mail.subject, draft.subject);
    assert_eq!(mail.date, Some(draft.date));
    assert_eq!(mail.message_id, draft.message_id);
    assert_eq!(mail.in_reply_to, ["parent@example.org"]);
    assert_eq!(mail.references, draft.references);
    assert_eq!(mail.text, draft.text);
}

#[test]
fn what_no_person_wrote_is_told_from_an_answer() {
    let of = |headers: &str| {
        let mail = format!("Message-ID: <a@example.org>\r\n{headers}\r\n\r\nSome words.\r\n");
        read_eml(mail.as_bytes()).unwrap().automatic
    };
    let (bounce, answer) = (Some(Automatic::Bounce), Some(Automatic::Answer));
    assert_eq!(of("From: MAILER-DAEMON@mail.example"), bounce);
    assert_eq!(of("From: Postmaster <postmaster@mail.example>"), bounce);
    let report = "From: a@b.example\r\nContent-Type: multipart/report; boundary=x";
    assert_eq!(of(report), bounce);
    assert_eq!(
        of("From: a@b.example\r\nAuto-Submitted: auto-replied"),
        answer
    );
    assert_eq!(
        of("From: a@b.example\r\nSubject: Automatic reply: Rounds"),
        answer
    );
    assert_eq!(of("From: a@b.example\r\nSubject: Out of Office"), answer);
    assert_eq!(of("From: a@b.example\r\nAuto-Submitted: no"), None);
    assert_eq!(
        of("From: a@b.example\r\nSubject: Re: automatic reply rates"),
        None
    );
}

#[test]
fn no_field_can_add_a_header() {
    let mut evil = draft();
    evil.subject = "Hello\r\nBcc: everybody@example.org".to_owned();
    evil.to[0].name = "Lucía\nBcc: x@example.org".to_owned();
    evil.to[0].email = "lucia@example.org\r\nBcc: y@example.org".to_owned();
    evil.message_id = "a@b>\r\nBcc: <z@example.org".to_owned();
    let text = String::from_utf8(write_eml(&evil)).unwrap();
    assert!(text.lines().all(|line| !line.starts_with("Bcc")), "{text}");
}

#[test]
fn a_draft_needs_neither_sender_nor_receiver() {
    let mut bare = draft();
    bare.from = None;
    bare.to.clear();
    bare.in_reply_to = None;
    bare.references.clear();
    let text = String::from_utf8(write_eml(&bare)).unwrap();
    for name in ["From:", "To:", "In-Reply-To:", "References:"] {
        assert!(text.lines().all(|line| !line.starts_with(name)), "{text}");
    }
}

#[test]
fn what_is_no_message_is_refused_with_a_sentence() {
    for bytes in [
        b"".as_slice(),
        b"Dear Dr. Rao,\nthank you.\n",
        b"\xFF\xFE\0\0",
        b"{}",
    ] {
        let error = read_eml(bytes).unwrap_err();
        assert!(matches!(error, ReadError::NotThisFormat { .. }), "{error}");
        assert!(error.to_string().contains("an .eml file"), "{error}");
    }
}

#[test]
fn mailto_encodes_and_keeps_within_bounds() {
    let mail = mailto(
        &["a+b&c@example.org", "ü@example.org"],
        "50% off? #1",
        "a\r\nb\n",
    );
    assert_eq!(
        mail.url,
        "mailto:a%2Bb%26c@example.org,%C3%BC@example.org?subject=50%25%20off%3F%20%231&body=a%0D%0Ab%0D%0A"
    );
    assert!(mail.has_text);
    let long = mailto(&["a@example.org"], "S", &"ü".repeat(MAILTO_MAX));
    assert!(!long.has_text);
    assert_eq!(long.url, "mailto:a@example.org?subject=S");
    assert_eq!(
        mailto(&["a@example.org"], "", "x").url,
        "mailto:a@example.org?body=x"
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn subject_and_text_read_back(
        subject in "\\PC{0,60}",
        text in "(\\PC{0,90}\n){0,6}",
        name in "[\\PC&&[^<>\"\\\\]]{0,30}",
    ) {
        let mut wanted = draft();
        wanted.subject = subject.trim().to_owned();
        wanted.text = text;
        wanted.to[0].name = name.trim().to_owned();
        let mail = read_eml(&write_eml(&wanted)).unwrap();
        prop_assert_eq!(mail.text, wanted.text);
        let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(squeezed(&mail.subject), squeezed(&wanted.subject));
        prop_assert_eq!(&mail.to[0].email, &wanted.to[0].email);
        prop_assert_eq!(squeezed(&mail.to[0].name), squeezed(&wanted.to[0].name));
    }

    #[test]
    fn any_bytes_are_a_message_or_a_sentence(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read_eml(&bytes).map_err(|error| error.to_string());
    }
}

#[test]
fn a_link_to_mail_on_the_web_leaves_out_a_text_that_is_too_long() {
    for mail in [WebMail::Gmail, WebMail::Outlook] {
        let link = compose_link(mail, "a+b@example.org", "50% off?\r\nBcc: x", "a & b\nü");
        assert!(
            link.url.contains("&to=a%2Bb%40example.org&"),
            "{}",
            link.url
        );
        assert!(
            link.url.ends_with("&body=a%20%26%20b%0A%C3%BC"),
            "{}",
            link.url
        );
        assert!(!link.url.contains(['\r', '\n', ' ']), "{}", link.url);
        let long = compose_link(mail, "", "S", &"ü".repeat(COMPOSE_LINK_MAX));
        assert!(!long.has_text && !long.url.contains("body"), "{}", long.url);
        assert!(link.has_text);
    }
}

#[test]
fn an_answer_is_what_its_sender_wrote() {
    for (text, own) in [
        ("Yes.\n\n> Could we", "Yes."),
        (
            "Yes.\n\nOn Wed, 1 Jul 2026 at 10:00, Ana\n<a@b> wrote:\n\n> Could",
            "Yes.",
        ),
        (
            "Yes.\r\n________________________________\r\nFrom: Ana\r\nHello",
            "Yes.",
        ),
        ("Yes.\n\n-----Original Message-----\nFrom: Ana", "Yes."),
        (
            "On Friday I am free.\nShe wrote: come",
            "On Friday I am free.\nShe wrote: come",
        ),
        ("> all of it is quoted", "> all of it is quoted"),
        ("\u{5db}\u{5df}\n> x", "\u{5db}\u{5df}"),
        ("", ""),
    ] {
        assert_eq!(own_words(text), own, "{text:?}");
    }
    assert_eq!(plain_text(b"\xff\xfeJ\0a\0"), "Ja");
    assert_eq!(plain_text(b"caf\xe9\r\nx"), "caf\u{e9}\nx");
}

proptest! {
    #[test]
    fn what_is_left_of_an_answer_is_part_of_it(text in "(?s).{0,200}") {
        prop_assert!(text.contains(own_words(&text)));
    }
}
