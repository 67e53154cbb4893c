//! Markets as CSV tables, read line by line: a national one is 8 MB of text, and is solved in less time than a page takes.

use std::collections::HashSet;
use std::io::{BufRead, Write};

use matching::{Market, MarketBuilder, Matching};

use super::MarketFileError;
use crate::packed::{BYTE_ORDER_MARK, unpacked};

/// In a couple's pair: no program for this member.
const NO_PROGRAM: &str = "-1";

/// Reads a market from three tables, the last of which may be missing; each may be gzip.
///
/// | table | columns | example |
/// |---|---|---|
/// | applicants | `applicant,rol` | `ana,city;mercy` |
/// | programs | `program,quota,rol` | `city,2,ana;ben` |
/// | couples | `couple,a,b,pairs` | `c1,ben,eva,city mercy;city -1` |
///
/// Ranks are separated by `;`, the programs of a pair by a space, and `-1` is no program.
/// Columns are found by the header, in any order; other columns are ignored.
/// Fields with commas or quotes are quoted as usual in CSV, and hold no line breaks.
///
/// # Errors
/// [`MarketFileError::Line`] names the table, line and column; what is wrong between records is
/// [`MarketFileError::Market`].
///
/// # Complexity
/// O(n) time for n bytes of text. The text itself is never held in memory.
/// The two large tables are read beside each other, in two threads, and joined in their order, so the answer is that of
/// reading them one after the other.
pub fn read_csv(
    applicants: &mut (dyn BufRead + Send),
    programs: &mut (dyn BufRead + Send),
    couples: Option<&mut dyn BufRead>,
) -> Result<Market, MarketFileError> {
    let (applicants, programs) = std::thread::scope(|scope| {
        let programs = scope.spawn(|| read_programs(programs));
        (read_applicants(applicants), programs.join())
    });
    let mut market = applicants?;
    market.append(programs.unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
    if let Some(couples) = couples {
        read_couples(couples, &mut market)?;
    }
    Ok(market.build()?)
}

fn read_applicants(applicants: &mut dyn BufRead) -> Result<MarketBuilder, MarketFileError> {
    let mut market = Market::builder();
    read_table(
        applicants,
        "applicants",
        ["applicant", "rol"],
        |market: &mut MarketBuilder, [id, list], _| {
            market.applicant_from_text(id, list, b';');
            Ok(())
        },
    )(&mut market)?;
    Ok(market)
}

fn read_programs(programs: &mut dyn BufRead) -> Result<MarketBuilder, MarketFileError> {
    let mut market = Market::builder();
    read_table(
        programs,
        "programs",
        ["program", "quota", "rol"],
        |market: &mut MarketBuilder, [id, quota, list], line| {
            let Ok(quota) = quota.parse() else {
                return Err(wrong(
                    "programs",
                    line,
                    "quota",
                    quota,
                    "a whole number such as 2",
                ));
            };
            market.program_from_text(id, quota, list, b';');
            Ok(())
        },
    )(&mut market)?;
    Ok(market)
}

fn read_couples(
    couples: &mut dyn BufRead,
    market: &mut MarketBuilder,
) -> Result<(), MarketFileError> {
    read_table(
        couples,
        "couples",
        ["couple", "a", "b", "pairs"],
        |market: &mut MarketBuilder, fields, line| {
            let [id, a, b, pairs] = fields;
            if let Some(pair) = ranks(pairs).find(|pair| pair.split_ascii_whitespace().count() != 2)
            {
                return Err(wrong(
                    "couples",
                    line,
                    "pairs",
                    pair,
                    "two programs with a space between, such as p1 -1",
                ));
            }
            let pairs = ranks(pairs).map(|pair| {
                let mut programs = pair
                    .split_ascii_whitespace()
                    .map(|id| (id != NO_PROGRAM).then_some(id));
                [programs.next().flatten(), programs.next().flatten()]
            });
            market.couple(id, [a, b], pairs);
            Ok(())
        },
    )(market)
}

/// Reads a matching from a table `applicant,program`; an empty program is no place.
pub(super) fn read_matching(
    market: &Market,
    reader: &mut dyn BufRead,
) -> Result<Matching, MarketFileError> {
    let mut matching = Matching::empty(market);
    let mut named = HashSet::new();
    read_table(
        reader,
        "result",
        ["applicant", "program"],
        |matching: &mut Matching, [applicant, program], line| {
            let found = market.find_applicant(applicant);
            let found = found.ok_or_else(|| MarketFileError::Unknown {
                what: "applicant",
                id: applicant.to_owned(),
            })?;
            let place = match program {
                "" | NO_PROGRAM => None,
                id => match market.find_program(id) {
                    None => {
                        return Err(MarketFileError::Unknown {
                            what: "program",
                            id: id.to_owned(),
                        });
                    }
                    place => place,
                },
            };
            if !named.insert(found) {
                let second = format!("{applicant} a second time");
                return Err(wrong(
                    "result",
                    line,
                    "applicant",
                    &second,
                    "one line an applicant",
                ));
            }
            matching.assign(found, place);
            Ok(())
        },
    )(&mut matching)?;
    Ok(matching)
}

/// Writes a matching as a table `applicant,program`: a line for every applicant who holds a place, in the market's order.
///
/// A preliminary place has no column: markets from tables have no supplemental lists, and a result with one belongs into
/// [`write_solution_json`](super::write_solution_json).
///
/// # Errors
/// What the writer says.
pub fn write_matching_csv(
    market: &Market,
    matching: &Matching,
    writer: &mut dyn Write,
) -> std::io::Result<()> {
    const BLOCK: usize = 1 << 16;
    let mut text = String::with_capacity(BLOCK + 1024);
    text.push_str("applicant,program\n");
    for applicant in market.applicants() {
        let Some(program) = matching.program(applicant) else {
            continue;
        };
        push_field(&mut text, market.applicant_id(applicant));
        text.push(',');
        push_field(&mut text, market.program_id(program));
        text.push('\n');
        if text.len() > BLOCK {
            writer.write_all(text.as_bytes())?;
            text.clear();
        }
    }
    writer.write_all(text.as_bytes())
}

fn push_field(text: &mut String, field: &str) {
    if field
        .bytes()
        .any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'))
    {
        text.push('"');
        text.push_str(&field.replace('"', "\"\""));
        text.push('"');
    } else {
        text.push_str(field);
    }
}

fn wrong(
    file: &'static str,
    line: usize,
    field: &'static str,
    found: &str,
    would_do: &'static str,
) -> MarketFileError {
    let found = if found.is_empty() {
        "nothing".to_owned()
    } else {
        format!("\"{}\"", shortened(found))
    };
    MarketFileError::Line {
        file,
        line,
        field,
        found,
        would_do,
    }
}

/// Keeps a message readable when a whole list stands in the wrong column.
fn shortened(found: &str) -> String {
    let mut short: String = found.chars().take(40).collect();
    if short.len() < found.len() {
        short.push('…');
    }
    short
}

/// Splits a list at `;`; nothing between two of them is nothing.
fn ranks(list: &str) -> impl Iterator<Item = &str> {
    list.split(';')
        .map(str::trim_ascii)
        .filter(|rank| !rank.is_empty())
}

/// Returns a function that reads the table into a target: `take` is called with the wanted fields of every line.
/// Returns why a table ends before its end, with its name and the line.
fn damaged(file: &str, line: usize, error: &std::io::Error) -> MarketFileError {
    let what = format!("{file} line {line}: {error}; use the whole file, made anew");
    std::io::Error::new(error.kind(), what).into()
}

fn read_table<'a, T: 'a, const N: usize>(
    reader: &'a mut dyn BufRead,
    file: &'static str,
    columns: [&'static str; N],
    mut take: impl FnMut(&mut T, [&str; N], usize) -> Result<(), MarketFileError> + 'a,
) -> impl FnOnce(&mut T) -> Result<(), MarketFileError> + 'a {
    move |target| {
        let mut reader = unpacked(reader)?;
        let mut table = Table {
            file,
            columns,
            positions: None,
            n_columns: 0,
            unquoted: std::array::from_fn(|_| String::new()),
        };
        let mut bytes = Vec::new();
        let mut line = 0;
        loop {
            bytes.clear();
            let read = reader.read_until(b'\n', &mut bytes);
            if read.map_err(|error| damaged(file, line + 1, &error))? == 0 {
                break;
            }
            line += 1;
            let skip = if line == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
                BYTE_ORDER_MARK.len()
            } else {
                0
            };
            let Ok(text) = std::str::from_utf8(&bytes[skip..]) else {
                return Err(wrong(
                    file,
                    line,
                    columns[0],
                    &String::from_utf8_lossy(&bytes[skip..]),
                    "text in UTF-8",
                ));
            };
            let text = text.trim_end_matches(['\n', '\r']);
            if text.trim().is_empty() {
                continue;
            }
            if table.positions.is_none() {
                table.read_header(text, line)?;
                continue;
            }
            table.split(text, line, |fields| take(target, fields, line))?;
        }
        if table.positions.is_none() {
            return Err(wrong(file, 1, columns[0], "", "a header line"));
        }
        Ok(())
    }
}

struct Table<const N: usize> {
    file: &'static str,
    columns: [&'static str; N],
    /// Where the wanted columns stand.
    positions: Option<[usize; N]>,
    n_columns: usize,
    /// The text of quoted fields, used again for every line.
    unquoted: [String; N],
}

impl<const N: usize> Table<N> {
    fn read_header(&mut self, text: &str, line: usize) -> Result<(), MarketFileError> {
        let header: Vec<&str> = text
            .split(',')
            .map(|name| name.trim().trim_matches('"'))
            .collect();
        let mut positions = [0; N];
        for (position, column) in positions.iter_mut().zip(self.columns) {
            *position = header
                .iter()
                .position(|name| name.eq_ignore_ascii_case(column))
                .ok_or_else(|| wrong(self.file, line, column, text, "a header with this column"))?;
        }
        self.positions = Some(positions);
        self.n_columns = header.len();
        Ok(())
    }

    fn split(
        &mut self,
        text: &str,
        line: usize,
        take: impl FnOnce([&str; N]) -> Result<(), MarketFileError>,
    ) -> Result<(), MarketFileError> {
        let positions = self.positions.unwrap_or([0; N]);
        let mut fields = [None; N];
        let mut quoted = [false; N];
        let mut rest = Some(text);
        let mut column = 0;
        while let Some(from) = rest {
            let wanted = positions.iter().position(|&position| position == column);
            let (field, after) = if let Some(from) = from.strip_prefix('"') {
                let Some(end) = closing_quote(from) else {
                    let name = wanted.map_or(self.columns[0], |at| self.columns[at]);
                    return Err(wrong(
                        self.file,
                        line,
                        name,
                        from,
                        "a closing quote on the same line",
                    ));
                };
                if let Some(at) = wanted
                    && from[..end].contains('"')
                {
                    quoted[at] = true;
                    self.unquoted[at] = from[..end].replace("\"\"", "\"");
                }
                (
                    &from[..end],
                    from[end + 1..]
                        .find(',')
                        .map(|comma| &from[end + 1 + comma + 1..]),
                )
            } else {
                // The last column takes the rest: its list is long, and holds no comma.
                let comma = if column + 1 == self.n_columns {
                    None
                } else {
                    from.find(',')
                };
                match comma {
                    None => (from, None),
                    Some(comma) => (&from[..comma], Some(&from[comma + 1..])),
                }
            };
            if let Some(at) = wanted {
                fields[at] = Some(field.trim_ascii());
            }
            rest = after;
            column += 1;
        }
        if let Some(at) = fields.iter().position(Option::is_none) {
            return Err(wrong(
                self.file,
                line,
                self.columns[at],
                "",
                "a line with all columns of the header",
            ));
        }
        if fields[0] == Some("") {
            return Err(wrong(self.file, line, self.columns[0], "", "an id"));
        }
        take(std::array::from_fn(|at| {
            if quoted[at] {
                &self.unquoted[at]
            } else {
                fields[at].unwrap_or_default()
            }
        }))
    }
}

/// Returns where a quoted field ends, behind its opening quote.
fn closing_quote(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] == b'"' {
            if bytes.get(at + 1) != Some(&b'"') {
                return Some(at);
            }
            at += 1;
        }
        at += 1;
    }
    None
}
