//! Rows of a delimited file, so split that one damaged row costs no other.
//!
//! A general CSV reader takes a quote that is never closed as the start of a
//! cell that reaches to the end of the file. Here such a row is given up alone:
//! the lines behind it are read again as rows of their own.

mod split;

use std::collections::{HashMap, VecDeque};

use domain::{Problem, Sink, fold_key};

use self::split::{Continues, Scanned, Split};
use crate::ReadError;
use crate::text::{CodePage, LINE_MAX, Line, Lines, Mixed, quoted, shown};

/// The most cells of a row that are kept.
pub(crate) const CELLS_MAX: usize = 4096;

/// The most lines that a quoted cell may span.
const ROW_LINES_MAX: usize = 5_000;

/// The bytes that may be read twice in one file because a quote was not closed.
/// Without this bound a hostile file would be read over and over.
const RESCAN_MAX: usize = 8 << 20;

/// The lines in which a header is searched; LinkedIn alone puts up to four
/// lines of notes in front of it.
const HEADER_LINES_MAX: usize = 30;

/// What is wrong with a row that was read all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Damage {
    /// A quote is opened and never closed.
    OpenQuote,
    /// The line is longer than [`LINE_MAX`]; nothing of it was kept.
    LongLine,
    /// There are more than [`CELLS_MAX`] cells; the rest was dropped.
    ManyCells,
    /// Zero bytes were taken out.
    Nul,
    /// Bytes that are no UTF-8, where lines before are.
    MixedEncoding,
    /// UTF-8 behind lines that are not.
    LateUtf8,
    /// A code page that only the letters speak for.
    Guessed(CodePage),
}

impl Damage {
    /// Returns the problem for the row that begins at `line`.
    pub(crate) fn problem(self, line: u64, row: &Row) -> Problem {
        let (found, would_do) = match self {
            Self::OpenQuote => (
                format!(
                    "a quote that is never closed, near {}",
                    quoted(&row.start())
                ),
                "a second quote at the end of the cell".to_owned(),
            ),
            Self::LongLine => (
                format!("a line of more than {LINE_MAX} bytes"),
                "a shorter line".to_owned(),
            ),
            Self::ManyCells => (
                format!("more than {CELLS_MAX} cells"),
                format!("at most {CELLS_MAX} cells; the rest was left out"),
            ),
            Self::Nul => (
                "zero bytes, which were left out".to_owned(),
                "text without zero bytes".to_owned(),
            ),
            Self::MixedEncoding => (
                format!(
                    "bytes of another encoding, read as Windows-1252: {}",
                    quoted(&row.non_ascii_cell())
                ),
                "one encoding, UTF-8, for the whole file".to_owned(),
            ),
            Self::Guessed(page) => (
                format!(
                    "{}: {}",
                    page.doubt().unwrap_or_default(),
                    quoted(&row.non_ascii_cell())
                ),
                "the file saved as UTF-8 where letters are wrong".to_owned(),
            ),
            Self::LateUtf8 => (
                format!(
                    "UTF-8 behind lines of another encoding: {}",
                    quoted(&row.non_ascii_cell())
                ),
                "one encoding, UTF-8, for the whole file".to_owned(),
            ),
        };
        Problem {
            line,
            field: String::new(),
            found,
            would_do,
            record_kept: self != Self::LongLine,
        }
    }
}

/// One row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// The line on which it begins.
    pub(crate) line: u64,
    /// The cells, without quotes.
    pub(crate) cells: Vec<String>,
    /// What is wrong with it, in the order in which it was noticed.
    pub(crate) damage: Vec<Damage>,
}

impl Row {
    /// Returns whether nothing is written in any cell.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.trim().is_empty())
    }

    fn start(&self) -> String {
        shown(&self.cells.join(","))
    }

    fn non_ascii_cell(&self) -> String {
        self.cells
            .iter()
            .find(|cell| !cell.is_ascii())
            .cloned()
            .unwrap_or_default()
    }

    /// Tells the sink what is wrong with the row; `false` means stop.
    fn tell_damage(&self, sink: &mut dyn Sink) -> bool {
        self.damage
            .iter()
            .all(|damage| sink.problem(damage.problem(self.line, self)))
    }
}

/// The columns of a file by name.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    /// The names as written, with quotes and blanks taken off.
    pub(crate) names: Vec<String>,
    by_key: HashMap<String, usize>,
    /// The same by the names as written, which saves folding for every cell.
    by_name: HashMap<String, usize>,
}

impl Header {
    /// Returns the header with these names; the first of two equal names wins.
    pub(crate) fn new(names: Vec<String>) -> Self {
        let mut by_key = HashMap::with_capacity(names.len());
        for (i, name) in names.iter().enumerate() {
            by_key.entry(fold_key(name)).or_insert(i);
        }
        let by_name = names
            .iter()
            .map(|name| (name.clone(), by_key[&fold_key(name)]))
            .collect();
        Self {
            names,
            by_key,
            by_name,
        }
    }

    /// Returns the position of the column with this name, whatever its case,
    /// blanks and punctuation.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        match self.by_name.get(name) {
            Some(position) => Some(*position),
            None => self.by_key.get(&fold_key(name)).copied(),
        }
    }

    /// Returns whether all these columns are there.
    pub(crate) fn has_all(&self, names: &[&str]) -> bool {
        names.iter().all(|name| self.position(name).is_some())
    }

    /// Returns the trimmed cell of the named column, or an empty text where the
    /// column is absent or the row is too short.
    pub(crate) fn cell<'r>(&self, row: &'r Row, name: &str) -> &'r str {
        self.position(name)
            .and_then(|i| row.cells.get(i))
            .map_or("", |cell| cell.trim())
    }
}

/// Reads rows one by one.
pub(crate) struct Rows<'a> {
    lines: Lines<'a>,
    pending: VecDeque<Line>,
    /// Rows that were looked at and come again.
    returned: VecDeque<Row>,
    header_line: Option<Line>,
    /// The line before any header that was too long to be read.
    long_line: Option<u64>,
    delimiter: char,
    n_expected: Option<usize>,
    rescans_left: usize,
}

impl<'a> Rows<'a> {
    /// Returns the rows of `lines`, split at commas until told otherwise.
    pub(crate) fn new(lines: Lines<'a>) -> Self {
        Self {
            lines,
            pending: VecDeque::new(),
            returned: VecDeque::new(),
            header_line: None,
            long_line: None,
            delimiter: ',',
            n_expected: None,
            rescans_left: RESCAN_MAX,
        }
    }

    /// Searches the first lines for a header with all the `wanted` columns and
    /// goes behind it. Nothing is taken where there is none.
    pub(crate) fn find_header(&mut self, wanted: &[&str]) -> Option<Header> {
        self.find_header_where(|header| header.has_all(wanted))
    }

    /// Searches the first lines for a header that `fits` and goes behind it.
    pub(crate) fn find_header_where(&mut self, fits: impl Fn(&Header) -> bool) -> Option<Header> {
        let mut passed = Vec::new();
        while passed.len() < HEADER_LINES_MAX {
            let Some(line) = self.next_line() else { break };
            if line.too_long {
                self.long_line = Some(line.number);
                passed.push(line);
                break;
            }
            if let Some((header, delimiter)) = header_in(&line.text, &fits) {
                self.delimiter = delimiter;
                self.n_expected = Some(header.names.len());
                self.header_line = Some(line);
                return Some(header);
            }
            passed.push(line);
        }
        for line in passed.into_iter().rev() {
            self.pending.push_front(line);
        }
        None
    }

    /// Makes the line of the header come again as a row.
    pub(crate) fn put_back_header(&mut self) {
        if let Some(line) = self.header_line.take() {
            self.pending.push_front(line);
        }
    }

    /// Makes rows come again, before those that were not read yet.
    pub(crate) fn put_back(&mut self, rows: Vec<Row>) {
        self.returned.extend(rows);
    }

    /// Returns the reader's I/O failure, if it ended early.
    pub(crate) fn failure(&self) -> Option<&std::io::Error> {
        self.lines.failure()
    }

    /// Returns the error of a file whose header may stand in a line that is too
    /// long to be read, if it has one.
    pub(crate) fn too_long(&self) -> Option<ReadError> {
        let line = self.long_line?;
        Some(ReadError::NothingReadable {
            found: format!(
                "a line of more than {LINE_MAX} bytes where the columns are named (line {line})"
            ),
            would_do: format!("a first line that names at most {CELLS_MAX} columns"),
        })
    }

    /// Gives every row that is left to `read`, until it or the sink says stop.
    ///
    /// What is wrong with a row is told before it, and at the end that the file
    /// breaks off, where it does.
    pub(crate) fn each(
        &mut self,
        sink: &mut dyn Sink,
        mut read: impl FnMut(Row, &mut dyn Sink) -> bool,
    ) {
        while let Some(row) = self.next_row() {
            if !row.tell_damage(sink) || !read(row, sink) {
                return;
            }
        }
        if let Some(failure) = self.failure() {
            sink.problem(crate::unread_rest(failure));
        }
    }

    fn next_line(&mut self) -> Option<Line> {
        self.pending.pop_front().or_else(|| self.lines.next_line())
    }

    /// Returns the next row that is not an empty line, or `None` at the end.
    pub(crate) fn next_row(&mut self) -> Option<Row> {
        if let Some(row) = self.returned.pop_front() {
            return Some(row);
        }
        loop {
            let line = self.next_line()?;
            if line.text.is_empty() && !line.too_long {
                continue;
            }
            return Some(self.row_from(line));
        }
    }

    fn row_from(&mut self, first: Line) -> Row {
        let mut row = Row {
            line: first.number,
            ..Row::default()
        };
        note_line_damage(&first, &mut row.damage);
        if first.too_long {
            return row;
        }
        let mut split = Split::new(self.delimiter);
        let open_at = match split.line(&first.text, Continues::No, None) {
            Scanned::Complete => {
                row.take_cells(split);
                return row;
            }
            Scanned::Open { at } => at,
            // The first line of a row is never broken: a stray quote is text.
            Scanned::Broken => 0,
        };
        if let Some(inner) = self.rest_of_row(&mut split) {
            for line in &inner {
                note_line_damage(line, &mut row.damage);
            }
            row.take_cells(split);
            return row;
        }
        let mut alone = Split::new(self.delimiter);
        alone.line(&first.text, Continues::No, Some(open_at));
        row.damage.push(Damage::OpenQuote);
        row.take_cells(alone);
        row
    }

    /// Takes lines until the open cell is closed and returns them; puts them
    /// back and returns `None` where that does not make a believable row.
    fn rest_of_row(&mut self, split: &mut Split) -> Option<Vec<Line>> {
        let mut inner = Vec::new();
        let mut n_bytes = 0;
        let closed = loop {
            let allowed = LINE_MAX.min(self.rescans_left);
            if n_bytes > allowed || inner.len() >= ROW_LINES_MAX {
                break false;
            }
            let Some(line) = self.next_line() else {
                break false;
            };
            n_bytes += line.text.len();
            let scanned = if line.too_long {
                Scanned::Broken
            } else {
                split.line(&line.text, Continues::Yes, None)
            };
            inner.push(line);
            match scanned {
                Scanned::Open { .. } => {}
                Scanned::Complete => break self.is_believable(split, &inner),
                Scanned::Broken => break false,
            }
        };
        if closed {
            return Some(inner);
        }
        self.rescans_left = self.rescans_left.saturating_sub(n_bytes);
        for line in inner.into_iter().rev() {
            self.pending.push_front(line);
        }
        None
    }

    /// Returns whether a row over several lines has the header's number of
    /// cells and did not swallow lines that are whole rows themselves.
    fn is_believable(&self, split: &Split, inner: &[Line]) -> bool {
        let Some(n_expected) = self.n_expected.filter(|n| *n >= 5) else {
            return true;
        };
        if split.cells.len() != n_expected {
            return false;
        }
        let is_whole_row = |line: &Line| {
            let mut own = Split::new(self.delimiter);
            own.line(&line.text, Continues::No, None) == Scanned::Complete
                && own.cells.len() == n_expected
        };
        !inner.iter().any(is_whole_row)
    }
}

impl Row {
    fn take_cells(&mut self, split: Split) {
        if split.too_many {
            self.damage.push(Damage::ManyCells);
        }
        self.cells = split.cells;
    }
}

fn note_line_damage(line: &Line, damage: &mut Vec<Damage>) {
    let found = [
        (line.too_long, Damage::LongLine),
        (line.had_nul, Damage::Nul),
        (line.mixed == Mixed::Other, Damage::MixedEncoding),
        (line.mixed == Mixed::Utf8, Damage::LateUtf8),
    ];
    let guessed = match line.mixed {
        Mixed::Guessed(page) => Some(Damage::Guessed(page)),
        _ => None,
    };
    let found = found.into_iter().filter(|(is_so, _)| *is_so);
    for kind in found.map(|(_, kind)| kind).chain(guessed) {
        if !damage.contains(&kind) {
            damage.push(kind);
        }
    }
}

/// Returns the cells of one line of a table.
pub(crate) fn cells_of(line: &str, delimiter: char) -> Vec<String> {
    let mut split = Split::new(delimiter);
    if let Scanned::Open { at } = split.line(line, Continues::No, None) {
        split = Split::new(delimiter);
        split.line(line, Continues::No, Some(at));
    }
    split.cells
}

/// Returns the header in a line, with the delimiter that makes it one.
pub(crate) fn header_in(line: &str, fits: impl Fn(&Header) -> bool) -> Option<(Header, char)> {
    [',', ';', '\t', '|'].into_iter().find_map(|delimiter| {
        if !line.contains(delimiter) {
            return None;
        }
        let mut split = Split::new(delimiter);
        split.line(line, Continues::No, None);
        let names = split.cells.iter().map(|c| c.trim().to_owned()).collect();
        let header = Header::new(names);
        fits(&header).then_some((header, delimiter))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        let mut input = text.as_bytes();
        let mut rows = Rows::new(Lines::new(&mut input));
        rows.find_header(&["a", "e"]);
        std::iter::from_fn(|| rows.next_row())
            .map(|row| row.cells)
            .collect()
    }

    #[test]
    fn cells_with_commas_quotes_and_breaks() {
        let rows = read("a,b,c,d,e\n1,\"x, y\",\"say \"\"hi\"\"\",\"two\nlines\",5\n");
        assert_eq!(rows, [["1", "x, y", "say \"hi\"", "two\nlines", "5"]]);
    }

    #[test]
    fn an_open_quote_costs_its_own_row_only() {
        for rest in ["", "6,\"7\",8,9,10\n", "\"6\",\"7, x\",8,9,\"10\"\n"] {
            let rows = read(&format!(
                "notes\n\na;x\na,b,c,d,e\n1,\"2,3,4,5\n21,22,23,24,25\n{rest}"
            ));
            assert_eq!(rows[0], ["1", "2", "3", "4", "5"]);
            assert_eq!(rows[1], ["21", "22", "23", "24", "25"]);
            assert_eq!(rows.len(), if rest.is_empty() { 2 } else { 3 });
        }
    }

    #[test]
    fn two_open_quotes_do_not_make_a_cell_of_what_lies_between() {
        let rows = read("a,b,c,d,e\n1,\"2,3,4,5\n6,7,8,9,10\n11,12,13\",14,15\n");
        assert_eq!(rows.len(), 3);
        assert_eq!(rows[1], ["6", "7", "8", "9", "10"]);
    }

    #[test]
    fn a_quote_that_nobody_doubled_is_text() {
        let rows = read("a,b,c,d,e\n1,\"the \"IR\" desk, north\",3,4,5\n1,5\" wire,3,4,5\n");
        assert_eq!(rows[0][1], "the \"IR\" desk, north");
        assert_eq!(rows[1][1], "5\" wire");
    }

    #[test]
    fn many_cells_are_bounded() {
        let mut text = "a,b,c,d,e\n".to_owned();
        text.push_str(&",".repeat(900_000));
        text.push_str("\n1,2,3,4,5\n");
        let rows = read(&text);
        assert_eq!(rows[0].len(), CELLS_MAX);
        assert_eq!(rows[1], ["1", "2", "3", "4", "5"]);
    }

    #[test]
    fn reading_again_is_bounded() {
        // Every line opens a quote from outside and from inside a cell.
        let text = "a,b,c,d,e\n".to_owned() + &"x\",y,\"\n".repeat(40_000);
        assert_eq!(read(&text).len(), 40_000);
    }
}
