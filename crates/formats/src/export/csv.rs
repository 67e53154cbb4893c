//! Tables as CSV that no spreadsheet takes for formulas.
//!
//! A spreadsheet computes a cell that begins with `=`, `+`, `-`, `@`, a tab or
//! a line break, whoever wrote it. Such a text gets an apostrophe in front, and
//! so does a text that begins with an apostrophe; reading takes one apostrophe
//! off again. Numbers stay as they are: `-5` is a number and no formula.
//! CSV knows only texts, so what is read back is the text of every cell; the
//! JSON export keeps the kinds.

use std::io::{self, BufRead, Write};

use super::{Cell, Table};

/// Writes a table as CSV: UTF-8, a header, CRLF, quotes where needed (RFC 4180).
///
/// # Errors
/// Those of the writer.
pub fn write_csv(table: &Table, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(out);
    writer.write_record(table.columns.iter().map(|name| neutral(name)))?;
    for row in &table.rows {
        writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => neutral(text),
            number => number.to_text(),
        }))?;
    }
    writer.flush()
}

/// Reads a table that [`write_csv`] wrote, or that a spreadsheet saved since:
/// the columns' names and the text of every cell.
///
/// # Errors
/// Those of the reader.
pub fn read_csv(input: &mut dyn BufRead) -> io::Result<(Vec<String>, Vec<Vec<String>>)> {
    // Spreadsheets write a mark of the encoding in front.
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    if input.fill_buf()?.starts_with(MARK) {
        input.consume(MARK.len());
    }
    let delimiter = delimiter(input.fill_buf()?);
    let mut reader = ::csv::ReaderBuilder::new()
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(input);
    let restore = |record: &::csv::StringRecord| record.iter().map(original).collect();
    let columns: Vec<String> = restore(reader.headers()?);
    let mut rows = Vec::new();
    for record in reader.records() {
        rows.push(restore(&record?));
    }
    Ok((columns, rows))
}

/// Returns what stands between cells: a comma, unless the first line has none
/// and another sign of those that spreadsheets write.
fn delimiter(head: &[u8]) -> u8 {
    let first = head.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let others = [b';', b'\t'].into_iter();
    let mut others = others.filter(|sign| first.contains(sign));
    match first.contains(&b',') {
        true => b',',
        false => others.next().unwrap_or(b','),
    }
}

fn neutral(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '\'']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// Returns the text that a neutral text stands for.
pub(crate) fn original(text: &str) -> String {
    text.strip_prefix('\'').unwrap_or(text).to_owned()
}
