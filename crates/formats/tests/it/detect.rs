//! What a file is, said in words also where nothing can read it.

use formats::{Collected, FORMATS, ReadError, detect, format_named, read};

fn check(head: &[u8], name: &str, what: &str, would_do: &str) {
    let detection = detect(head, name);
    assert!(detection.format.is_none(), "{}", detection.what);
    assert!(detection.what.contains(what), "{}", detection.what);
    assert!(
        detection.would_do.contains(would_do),
        "{}",
        detection.would_do
    );
}

#[test]
fn strangers_are_named() {
    check(b"", "Connections.csv", "an empty file", "downloaded again");
    check(
        b"\xEF\xBB\xBF\r\n \n",
        "Connections.csv",
        "an empty file",
        "downloaded again",
    );
    check(
        b"\n<!DOCTYPE html><html><title>Sign in</title>",
        "Connections.csv",
        "a web page",
        "download it again",
    );
    check(b"%PDF-1.7\n", "list.pdf", "a PDF", "pasted");
    check(
        b"PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0[Content_Types].xml",
        "Connections.xlsx",
        "an Excel",
        "CSV UTF-8",
    );
    check(
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1",
        "Connections.xls",
        "old Excel",
        "CSV UTF-8",
    );
    check(
        b"\x01\x02\x03\x04\x05\x06\x07\x08",
        "x.bin",
        "not text",
        "one of",
    );
    check(
        b"Dear all,\nhere is",
        "x.txt",
        "\"Dear all,\"",
        "LinkedIn Connections.csv",
    );
}

#[test]
fn the_name_decides_nothing() {
    let head = b"Notes:\n\nFirst Name,Last Name,Connected On\nAna,Rao,08 Feb 2026\n";
    for name in ["Connections.csv", "x.pdf", ""] {
        let detection = detect(head, name);
        assert_eq!(
            detection.format.map(|f| f.name),
            Some("linkedin-connections")
        );
    }
}

#[test]
fn names_of_formats_are_distinct() {
    for (i, format) in FORMATS.iter().enumerate() {
        assert_eq!(
            format_named(format.name).map(|f| f.label),
            Some(format.label)
        );
        assert!(FORMATS[..i].iter().all(|other| other.label != format.label));
    }
}

#[test]
fn a_first_line_without_an_end_is_named() {
    let many: Vec<String> = (0..30_000).map(|i| format!("c{i}")).collect();
    for (head, what) in [
        (
            many.join(","),
            "a first line with more than 4096 columns, which begins \"c0,c1",
        ),
        (
            many.join(";"),
            "a first line with more than 4096 columns, which begins \"c0;c1",
        ),
        (
            "A".repeat(100_000),
            "a first line of more than 64 KB, which begins \"AAA",
        ),
    ] {
        check(head.as_bytes(), "table.csv", what, "one of: ");
    }
    // Many lines of which none is known are told by how they begin.
    let lines = "abc\n".repeat(30_000);
    check(
        lines.as_bytes(),
        "table.csv",
        "text that begins \"abc\"",
        "one of: ",
    );
}

fn error_of(name: &str, bytes: &[u8]) -> ReadError {
    let format = format_named(name).unwrap();
    let mut input = bytes;
    read(format, &mut input, &mut Collected::default()).unwrap_err()
}

#[test]
fn no_connections_is_an_error_not_a_success() {
    let header = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";
    let error = error_of("linkedin-connections", header);
    assert!(matches!(error, ReadError::NothingReadable { .. }));
    assert!(error.to_string().contains("without any record"), "{error}");

    let hidden = [header.as_slice(), b",,,,,,08 Feb 2026\n"].concat();
    let error = error_of("linkedin-connections", &hidden);
    assert!(error.to_string().contains("1 hidden member"), "{error}");

    let error = error_of("linkedin-connections", b"<html>\n<title>404</title>");
    assert!(matches!(error, ReadError::NotThisFormat { .. }));
    assert!(error.to_string().contains("\"<html>\""), "{error}");
}
