//! `vouch check` on texts, mails and what is neither.

use app::cli::Outcome;

use super::Terminal;

#[test]
fn a_placeholder_is_an_error_with_its_line() {
    let terminal = Terminal::new();
    let file = terminal.file("note.txt", "Dear Dr. Rao,\n\nI saw [your paper].\n");
    let ran = terminal.run(&["check", &file]);
    assert_eq!(ran.result, Ok(Outcome::No));
    assert!(
        ran.out.contains("line 3: error [placeholder-left]"),
        "{}",
        ran.out
    );
    assert!(
        ran.out
            .contains("Not ready: an error must be mended first."),
        "{}",
        ran.out
    );
}

#[test]
fn a_mail_file_is_read_with_its_subject() {
    let terminal = Terminal::new();
    let mail =
        "From: a@example.org\r\nSubject: About [topic]\r\n\r\nDear Dr. Rao,\r\n\r\nI saw [x].\r\n";
    let file = terminal.file("note.eml", mail);
    let ran = terminal.run(&["check", &file, "--json"]);
    assert_eq!(ran.result, Ok(Outcome::No));
    let check: serde_json::Value = serde_json::from_str(&ran.out).expect("JSON");
    assert_eq!(check["ready"], false);
}

#[test]
fn what_is_no_text_is_refused_in_a_sentence() {
    let terminal = Terminal::new();
    let empty = terminal.file("empty.txt", " \n");
    let binary = terminal.file("binary.txt", b"abc\xff\xfe");
    let (sentence, _, code) = terminal.run(&["check", &empty]).refused();
    assert!(sentence.ends_with("found an empty text; would do: the message as you would send it"));
    assert_eq!(code, 2);
    let (sentence, _, code) = terminal.run(&["check", &binary]).refused();
    assert!(
        sentence.contains("found a byte that is no text at 3"),
        "{sentence}"
    );
    assert_eq!(code, 2);
    let (sentence, _, code) = terminal.run(&["check", "no-such-file.txt"]).refused();
    assert!(
        sentence.starts_with("cannot read no-such-file.txt: "),
        "{sentence}"
    );
    assert_eq!(code, 2);
}
