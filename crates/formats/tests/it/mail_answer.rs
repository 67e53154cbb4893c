//! Answers as mail programs save them.

use formats::mail::{is_text, own_words, read_eml};

const MAIL: &str = "From: Ann <abel@example.org>\r\nTo: s@x.org\r\nSubject: Re: Rounds\r\n\
    Date: Tue, 1 Dec 2026 10:00:00 +0000\r\nMessage-ID: <z6@x>\r\nIn-Reply-To: <1@vouch.local>\r\n";

#[test]
fn what_stands_before_the_first_header_is_passed_over() {
    let mail = format!("{MAIL}\r\nYes, Monday.\r\n");
    let utf16 = |big: bool| -> Vec<u8> {
        let units = "\u{feff}".encode_utf16().chain(mail.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    };
    let forms: [(&str, Vec<u8>); 8] = [
        ("plain", mail.clone().into_bytes()),
        ("a mark", format!("\u{feff}{mail}").into_bytes()),
        (
            "a mark and a line",
            format!("\u{feff}\r\n{mail}").into_bytes(),
        ),
        ("blank lines", format!("\n\n{mail}").into_bytes()),
        (
            "a mailbox",
            format!("From a@b.c Tue Dec  1 10:00:00 2026\n{mail}").into_bytes(),
        ),
        ("line feeds", mail.replace("\r\n", "\n").into_bytes()),
        ("UTF-16", utf16(false)),
        ("UTF-16, the other way", utf16(true)),
    ];
    for (form, bytes) in forms {
        let read = read_eml(&bytes).expect(form);
        assert_eq!(read.from[0].email, "abel@example.org", "{form}");
        assert_eq!(read.in_reply_to, ["1@vouch.local"], "{form}");
        assert_eq!(read.text.trim(), "Yes, Monday.", "{form}");
    }
}

#[test]
fn html_is_read_without_what_it_quotes() {
    let own = "<p>Ol\u{e9} &amp; yes,<br>Monday</p>";
    for below in [
        "<blockquote>old</blockquote>",
        "<BLOCKQUOTE type=\"cite\"><p>old</p><p>older</p></BLOCKQUOTE>",
        "<div class=\"gmail_quote\"><div>On Tue, 1 Dec 2026 at 10:00, S &lt;s@x.org&gt; wrote:<br></div>\
         <blockquote class=\"gmail_quote\">old<blockquote>older</blockquote></blockquote></div>",
        "<div>Am 1. Dezember 2026 um 10:00 schrieb S &lt;s@x.org&gt;:</div><blockquote>old</blockquote>",
        "<p>Le mar. 1 d\u{e9}c. 2026, S &lt;s@x.org&gt; a \u{e9}crit :</p><blockquote>old</blockquote>",
        "<div id=\"appendonsend\"></div><hr><div id=\"divRplyFwdMsg\"><b>From:</b> S<br></div>old",
    ] {
        let mail = format!("{MAIL}Content-Type: text/html; charset=utf-8\r\n\r\n{own}{below}\r\n");
        let read = read_eml(mail.as_bytes()).expect("a mail");
        let told: Vec<&str> = own_words(&read.text).split_whitespace().collect();
        assert_eq!(
            told.join(" "),
            "Ol\u{e9} & yes, Monday",
            "{below}: {:?}",
            read.text
        );
    }
    // Where all of it is quoted, nothing is lost, and a text without is whole.
    for (html, words) in [
        ("<blockquote>All of it</blockquote>", "All of it"),
        ("<p>1 &lt; 2, and on</p>", "1 < 2, and on"),
    ] {
        let mail = format!("{MAIL}Content-Type: text/html\r\n\r\n{html}\r\n");
        let read = read_eml(mail.as_bytes()).expect("a mail");
        assert!(own_words(&read.text).contains(words), "{:?}", read.text);
    }
}

#[test]
fn a_colon_before_an_answer_is_no_quotation() {
    for text in [
        "Two things:\n- Monday at nine\n- bring the 2026 list",
        "Here is it, from 2026:\nsee you at 10:00",
        "On Monday I wrote:\nnothing at all, sorry",
    ] {
        assert_eq!(own_words(text), text);
    }
    let quoted = "Yes.\n\nEl mar, 1 dic 2026, S escribi\u{f3}:\n> old";
    assert_eq!(own_words(quoted), "Yes.");
}

#[test]
fn what_holds_no_text_is_known() {
    let noise: Vec<u8> = (0..2500_u32)
        .map(|i| u8::try_from(i % 256).unwrap())
        .collect();
    for bytes in [
        noise.as_slice(),
        b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>",
        b"PK\x03\x04word/document.xml",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"{\\rtf1 Yes}",
        b"\0\0\0\0",
    ] {
        assert!(!is_text(bytes), "{bytes:?}");
    }
    for bytes in [
        b"Yes, Monday.".as_slice(),
        b"caf\xe9, yes\r\n",
        "\u{feff}Ol\u{e9}\tyes".as_bytes(),
        b"\xff\xfeJ\0a\0",
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd}".as_bytes(),
        b"",
    ] {
        assert!(is_text(bytes), "{bytes:?}");
    }
}

#[test]
fn an_attached_part_without_a_name_is_told_by_its_kind() {
    let mail = format!(
        "{MAIL}Content-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n"
    );
    let read = read_eml(mail.as_bytes()).expect("a mail");
    assert_eq!(
        (read.text.as_str(), read.attachments),
        ("", vec!["application/pdf".to_owned()])
    );
}
