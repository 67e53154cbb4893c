//! The cells of one row, line by line.

use super::CELLS_MAX;

/// Whether a line goes on in a quoted cell of the line before.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Continues {
    Yes,
    No,
}

/// Where the row stands after a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    /// The row is complete.
    Complete,
    /// A quoted cell that begins at this byte goes on.
    Open { at: usize },
    /// A quote is closed in the middle of a cell: this is not the rest of a row.
    Broken,
}

/// Splits the lines of one row into cells.
pub(super) struct Split {
    delimiter: char,
    /// The cells that are complete.
    pub(super) cells: Vec<String>,
    cell: String,
    /// Whether cells were left out, because there are more than a row may have.
    pub(super) too_many: bool,
}

impl Split {
    pub(super) fn new(delimiter: char) -> Self {
        Self {
            delimiter,
            cells: Vec::new(),
            cell: String::new(),
            too_many: false,
        }
    }

    fn end_cell(&mut self) {
        let cell = std::mem::take(&mut self.cell);
        if self.cells.len() < CELLS_MAX {
            self.cells.push(cell);
        } else {
            self.too_many = true;
        }
    }

    /// Splits a line. A quote at byte `literal_from` or behind it is left out
    /// and opens nothing.
    pub(super) fn line(
        &mut self,
        text: &str,
        continues: Continues,
        literal_from: Option<usize>,
    ) -> Scanned {
        let mut in_quotes = continues == Continues::Yes;
        let mut at_start = !in_quotes;
        let mut opened_at = 0;
        if in_quotes {
            self.cell.push('\n');
        }
        let mut chars = text.char_indices().peekable();
        while let Some((i, c)) = chars.next() {
            if c == '"' && literal_from.is_some_and(|from| i >= from) {
                at_start = false;
                continue;
            }
            if in_quotes {
                if c != '"' {
                    self.cell.push(c);
                    continue;
                }
                let rest = text[i + 1..].trim_start_matches([' ', '\t']);
                if chars.next_if(|(_, next)| *next == '"').is_some() {
                    self.cell.push('"');
                } else if text[i + 1..].starts_with(self.delimiter)
                    || rest.is_empty()
                    || rest.starts_with(self.delimiter)
                {
                    in_quotes = false;
                    while chars.next_if(|(_, next)| *next != self.delimiter).is_some() {}
                } else if continues == Continues::Yes {
                    return Scanned::Broken;
                } else {
                    // A quote inside a quoted cell that nobody doubled.
                    self.cell.push('"');
                }
            } else if c == self.delimiter {
                self.end_cell();
                at_start = true;
            } else if c == '"' && at_start && self.cell.trim().is_empty() {
                self.cell.clear();
                in_quotes = true;
                opened_at = i;
                at_start = false;
            } else {
                at_start &= c == ' ';
                self.cell.push(c);
            }
        }
        if in_quotes {
            return Scanned::Open { at: opened_at };
        }
        self.end_cell();
        Scanned::Complete
    }
}
