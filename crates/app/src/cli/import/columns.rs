//! What the columns of a table hold, as `--map` says it or as it is remembered.

use std::io::BufRead;

use desk::views::columns::remembered;
use desk::{Desk, DeskError, Reader, look_at_table};
use domain::fold_key;
use formats::ColumnRole;
use formats::contacts::{CsvLook, Mapping};

use crate::cli::CliError;

/// A table and what its columns hold.
pub(super) struct Table {
    look: CsvLook,
    mapping: Mapping,
    said: Said,
}

/// What the student said of the columns.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Nothing,
    Columns,
    Forget,
}

impl Table {
    /// Looks at a table, and takes what is remembered of it and what `--map` says.
    pub(super) fn look(
        map: &[String],
        reader: &Reader,
        input: &mut dyn BufRead,
    ) -> Result<Self, CliError> {
        let look = look_at_table(input)?;
        let forgets = map.iter().any(|said| said.trim() == "forget");
        let known = remembered(reader, &look)?.filter(|_| !forgets);
        let mut mapping = known.unwrap_or_else(|| look.guess.clone());
        let pairs = map.iter().flat_map(|said| said.split(','));
        let pairs: Vec<&str> = pairs
            .map(str::trim)
            .filter(|pair| !pair.is_empty() && *pair != "forget")
            .collect();
        for pair in &pairs {
            let (column, role) = column_and_role(&look, pair)?;
            mapping.roles[column] = role;
        }
        let said = match (pairs.is_empty(), forgets) {
            (false, _) => Said::Columns,
            (true, true) => Said::Forget,
            (true, false) => Said::Nothing,
        };
        if !mapping.gives_people() {
            return Err(CliError::Usage(format!(
                "no column of {} is known to hold names; would do: --map \"{}=name\"",
                names(&look),
                look.columns.first().map_or("column", String::as_str)
            )));
        }
        Ok(Self {
            look,
            mapping,
            said,
        })
    }

    /// Returns whether there is something to remember or to forget.
    pub(super) fn says(&self) -> bool {
        self.said != Said::Nothing
    }

    pub(super) fn remember(&self, desk: &Desk) -> Result<(), DeskError> {
        match self.said {
            Said::Nothing => {}
            Said::Columns => {
                desk.map_columns(&self.look, &self.mapping)?;
            }
            Said::Forget => {
                let id = self.look.fingerprint().unwrap_or_default();
                match desk.forget_columns(&id) {
                    // What was never remembered is forgotten already.
                    Ok(_) | Err(DeskError::NotThere { .. }) => {}
                    Err(error) => return Err(error),
                }
            }
        }
        Ok(())
    }

    /// Returns the columns and what they hold.
    pub(super) fn columns(&self) -> (&CsvLook, &Mapping) {
        (&self.look, &self.mapping)
    }

    /// Returns how the columns are read, as a sentence.
    pub(super) fn sentence(&self) -> String {
        let columns = self.look.columns.iter().zip(&self.mapping.roles);
        let read: Vec<String> = columns
            .map(|(name, role)| format!("{name}={}", role.word()))
            .collect();
        format!("Columns: {}", read.join(", "))
    }
}

fn names(look: &CsvLook) -> String {
    let names: Vec<String> = look
        .columns
        .iter()
        .take(12)
        .map(|name| format!("\"{name}\""))
        .collect();
    names.join(", ")
}

/// Reads "Mail=email", where the column is named or counted from 1.
fn column_and_role(look: &CsvLook, pair: &str) -> Result<(usize, ColumnRole), CliError> {
    let Some((column, word)) = pair.rsplit_once('=') else {
        return Err(CliError::Usage(format!(
            "--map: \"{pair}\" cannot be used; use \"Name=name,Mail=email\""
        )));
    };
    let key = fold_key(column);
    let named = look.columns.iter().position(|name| fold_key(name) == key);
    let counted = column.trim().parse::<usize>().ok();
    let counted = counted.filter(|n| (1..=look.columns.len()).contains(n));
    let Some(position) = named.or(counted.map(|n| n - 1)) else {
        return Err(CliError::Usage(format!(
            "--map: found no column \"{}\"; would do one of: {}",
            column.trim(),
            names(look)
        )));
    };
    let Some(role) = ColumnRole::from_word(word.trim()) else {
        let words: Vec<&str> = ColumnRole::ALL.iter().map(|role| role.word()).collect();
        return Err(CliError::Usage(format!(
            "--map: found \"{}\" for the column \"{}\"; would do one of: {}",
            word.trim(),
            column.trim(),
            words.join(", ")
        )));
    };
    Ok((position, role))
}
