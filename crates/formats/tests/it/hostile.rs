//! Bad input costs bounded memory and time, and no other record.

use std::io::{self, BufRead, Read};

use domain::{InteractionDraft, PersonDraft, Problem, Sink};
use formats::{Collected, PROBLEMS_MAX, format_named, read};

const HEADER: &[u8] = b"First Name,Last Name,URL,Email Address,Company,Position,Connected On\n";

/// Bytes that are made while they are read: some text, a byte many times, some text.
struct Made {
    parts: Vec<(Vec<u8>, u64)>,
    part: usize,
    taken: usize,
}

impl Made {
    fn new(parts: &[(&[u8], u64)]) -> Self {
        // Each part is repeated within a block, so that few calls are needed.
        let parts = parts
            .iter()
            .map(|(bytes, times)| {
                let per_block = (64 * 1024 / bytes.len().max(1)).max(1) as u64;
                if *times > per_block {
                    let per_block = usize::try_from(per_block).unwrap();
                    (bytes.repeat(per_block), times / per_block as u64)
                } else {
                    (bytes.repeat(usize::try_from(*times).unwrap()), 1)
                }
            })
            .collect();
        Self {
            parts,
            part: 0,
            taken: 0,
        }
    }
}

impl Read for Made {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let bytes = self.fill_buf()?;
        let n_bytes = bytes.len().min(out.len());
        out[..n_bytes].copy_from_slice(&bytes[..n_bytes]);
        self.consume(n_bytes);
        Ok(n_bytes)
    }
}

impl BufRead for Made {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while let Some((bytes, times)) = self.parts.get_mut(self.part) {
            if self.taken < bytes.len() {
                break;
            }
            self.taken = 0;
            *times -= 1;
            if *times == 0 {
                self.part += 1;
            }
        }
        Ok(self
            .parts
            .get(self.part)
            .map_or(&[], |(bytes, _)| &bytes[self.taken..]))
    }

    fn consume(&mut self, n_bytes: usize) {
        self.taken += n_bytes;
    }
}

#[test]
fn a_line_of_a_gigabyte_is_one_problem() {
    let format = format_named("linkedin-connections").unwrap();
    let mut input = Made::new(&[
        (HEADER, 1),
        (b"Ana,Rao,,,Acme,MS3,08 Feb 2026\n", 1),
        (b"x", 1 << 30),
        (b"\nBen,Carter,,,Acme,MS3,09 Feb 2026\n", 1),
    ]);
    let mut found = Collected::default();
    let summary = read(format, &mut input, &mut found).unwrap();
    assert_eq!(summary.n_people, 2);
    assert_eq!(summary.n_lost, 1);
    assert_eq!(found.problems[0].line, 3);
    assert!(found.problems[0].found.contains("more than 1048576 bytes"));
}

#[test]
fn problems_behind_the_limit_are_counted() {
    let format = format_named("linkedin-connections").unwrap();
    let n_rows = PROBLEMS_MAX + 5_000;
    let mut input = Made::new(&[(HEADER, 1), (b"Ana,Rao,,,Acme,MS3,some day\n", 100)]);
    input.parts.extend(std::iter::repeat_n(
        (b"Ana,Rao,,,Acme,MS3,some day\n".to_vec(), 1),
        usize::try_from(n_rows - 100).unwrap(),
    ));
    let mut found = Collected::default();
    let summary = read(format, &mut input, &mut found).unwrap();
    assert_eq!(summary.n_people, n_rows);
    assert_eq!(summary.n_problems, n_rows);
    assert_eq!(found.problems.len() as u64, PROBLEMS_MAX);
    assert_eq!(summary.n_problems_unlisted, 5_000);
    assert_eq!(summary.groups.len(), 1);
    assert_eq!(summary.groups[0].n_problems, n_rows);
    assert_eq!(summary.groups[0].first_line, 2);
}

/// Stops at the third call of any kind.
#[derive(Default)]
struct Impatient {
    n_calls: usize,
}

impl Impatient {
    fn call(&mut self) -> bool {
        self.n_calls += 1;
        self.n_calls < 3
    }
}

impl Sink for Impatient {
    fn person(&mut self, _: PersonDraft) -> bool {
        self.call()
    }
    fn interaction(&mut self, _: InteractionDraft) -> bool {
        self.call()
    }
    fn problem(&mut self, _: Problem) -> bool {
        self.call()
    }
    fn empty_record(&mut self, _: u64) -> bool {
        self.call()
    }
}

#[test]
fn a_sink_stops_the_reader_at_once() {
    let format = format_named("linkedin-connections").unwrap();
    for row in [
        b"Ana,Rao,,,Acme,MS3,08 Feb 2026\n".as_slice(),
        b"Ana,Rao,,,Acme,MS3,some day\n",
        b",,,,,,08 Feb 2026\n",
        b"Ana,\"Rao,,,Acme,MS3,08 Feb 2026\n",
        b",,,,Acme,MS3,08 Feb 2026\n",
        b"Ana,Rao\n",
    ] {
        let bytes = [HEADER, &row.repeat(50)].concat();
        let mut input = bytes.as_slice();
        let mut sink = Impatient::default();
        let summary = read(format, &mut input, &mut sink).unwrap();
        assert!(summary.stopped);
        assert_eq!(sink.n_calls, 3, "{}", String::from_utf8_lossy(row));
    }
}

/// Gives some bytes and then fails, as a bad disk does.
struct Failing<'a>(&'a [u8]);

impl Read for Failing<'_> {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("only fill_buf is used"))
    }
}

impl BufRead for Failing<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.0.is_empty() {
            return Err(io::Error::other("device not ready"));
        }
        Ok(self.0)
    }
    fn consume(&mut self, n_bytes: usize) {
        self.0 = &self.0[n_bytes..];
    }
}

#[test]
fn a_failing_disk_keeps_what_was_read_and_says_so() {
    let format = format_named("linkedin-connections").unwrap();
    let bytes = [HEADER, b"Ana,Rao,,,Acme,MS3,08 Feb 2026\n"].concat();
    let mut found = Collected::default();
    let summary = read(format, &mut Failing(&bytes), &mut found).unwrap();
    assert_eq!(summary.n_people, 1);
    assert!(found.problems[0].found.contains("device not ready"));
}

/// A little of everything that a file can do to a reader.
fn monsters() -> Vec<(&'static str, Vec<u8>)> {
    let header = |of: &str| of.as_bytes().to_vec();
    let with = |start: &str, rest: Vec<u8>| [start.as_bytes(), &rest].concat();
    let google = "First Name,Last Name,Organization Name,Labels,E-mail 1 - Value\n";
    vec![
        ("a million columns", b",a".repeat(1_000_000)),
        (
            "a known header with a million columns",
            with("First Name,Last Name,Connected On", b",a".repeat(1_000_000)),
        ),
        (
            "a row of a million cells",
            with(google, b"x,".repeat(1_000_000)),
        ),
        ("nothing but quotes", b"\"".repeat(1 << 20)),
        (
            "quotes that never close",
            with(google, b"\"a,\n".repeat(200_000)),
        ),
        ("zero bytes", vec![0; 4 << 20]),
        (
            "zero bytes in every cell",
            with(google, b"A\0na,R\0ao,,,\n".repeat(10_000)),
        ),
        (
            "two encodings in turns",
            with(
                google,
                "Zoë,Å,,,\n"
                    .bytes()
                    .chain(*b"Zo\xEB,\xC5,,,\n")
                    .collect::<Vec<u8>>()
                    .repeat(10_000),
            ),
        ),
        ("cards in cards", b"BEGIN:VCARD\nFN:A\n".repeat(50_000)),
        (
            "a card that never ends",
            with("BEGIN:VCARD\n", b"NOTE:x\n x\n".repeat(100_000)),
        ),
        (
            "one property, folded for ever",
            with("BEGIN:VCARD\nFN:A", b"\n x".repeat(500_000)),
        ),
        ("lists in lists", b"[".repeat(1 << 20)),
        (
            "cards in lists",
            with(
                "[",
                b"[\"vcard\",[[\"fn\",{},\"text\",\"A\"]]],".repeat(50_000),
            ),
        ),
        (
            "half a character",
            header("First Name,Last Name,Connected On\nZo\u{c3}")[..37].to_vec(),
        ),
        ("a mark and nothing", b"\xFF\xFE".to_vec()),
        ("half of a pair", b"\xFF\xFE\x00\xD8".to_vec()),
    ]
}

#[test]
fn no_reader_minds_any_of_it() {
    for (what, bytes) in monsters() {
        let detection = formats::detect(&bytes, "");
        assert!(!detection.what.is_empty(), "{what}");
        for format in formats::FORMATS {
            let mut found = Collected::default();
            match read(format, &mut bytes.as_slice(), &mut found) {
                Ok(summary) => assert!(summary.n_people > 0, "{what}: {summary:?}"),
                Err(error) => {
                    let sentence = error.to_string();
                    assert!(sentence.starts_with("found "), "{what}: {sentence}");
                    assert!(sentence.len() < 2_000, "{what}: {} bytes", sentence.len());
                }
            }
            let told: usize = found.problems.iter().map(|p| p.found.len()).sum();
            assert!(
                told < 10 << 20,
                "{what}, {}: {told} bytes of problems",
                format.name
            );
        }
    }
}
