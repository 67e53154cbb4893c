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
