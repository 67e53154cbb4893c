//! `vouch import --roster`: a match list or a department's page, as text.

use std::path::Path;

use desk::views::roster::{RosterForm, roster};
use desk::{Desk, Reader, Reading};
use formats::roster::RosterRow;
use uuid::Uuid;

use crate::cli::{CliError, Context};
use crate::words::count;

/// What goes with a pasted list.
#[derive(Debug, clap::Args)]
pub(super) struct RosterArgs {
    /// A text copied from a page: a school's match list or a department's people.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["file", "map"])]
    pub(super) roster: Option<std::path::PathBuf>,
    /// The school whose match list it is.
    #[arg(long, requires = "roster", conflicts_with = "department")]
    school: Option<String>,
    /// The program or hospital whose people they are.
    #[arg(long, requires = "roster")]
    department: Option<String>,
    /// The year of the match list, for rows that give none.
    #[arg(long, requires = "roster")]
    year: Option<String>,
    /// The page's address, or where else the list is from.
    #[arg(long, requires = "roster")]
    source: Option<String>,
    /// The day you saw the page, as 2026-03-20 (today if you say nothing).
    #[arg(long, requires = "roster", value_name = "DAY")]
    date: Option<String>,
    /// Lines that are left out.
    #[arg(
        long,
        requires = "roster",
        value_name = "LINE,…",
        value_delimiter = ','
    )]
    leave_out: Vec<u64>,
}

impl RosterArgs {
    /// Reads the list and prints its rows, so that each can be left out.
    pub(super) fn read(
        &self,
        file: &Path,
        quiet: bool,
        desk: &Desk,
        reader: &Reader,
        context: &mut Context<'_>,
    ) -> Result<Reading, CliError> {
        let (is_match_list, place) = match (&self.school, &self.department) {
            (Some(school), _) => (true, school),
            (None, Some(department)) => (false, department),
            (None, None) => {
                return Err(CliError::Usage(
                    "--roster: found neither --school nor --department; would do one of them"
                        .to_owned(),
                ));
            }
        };
        let form = RosterForm {
            text: text(file, context)?,
            is_match_list,
            place: place.clone(),
            year: self.year.clone().unwrap_or_default(),
            source: self.source.clone().unwrap_or_default(),
            day: self.date.clone().unwrap_or_default(),
        };
        let list = roster(reader, Uuid::new_v4(), &form, desk.today()?)?;
        let left_out = |row: &RosterRow| self.leave_out.contains(&row.line);
        if let Some(line) = self
            .leave_out
            .iter()
            .find(|line| !list.rows.iter().any(|row| row.line == **line))
        {
            return Err(CliError::Usage(format!(
                "--leave-out: no row begins in line {line}"
            )));
        }
        let rows: Vec<RosterRow> = list.rows.iter().filter(|r| !left_out(r)).cloned().collect();
        if !quiet {
            for row in &rows {
                context.print(line_of(row))?;
            }
            if !self.leave_out.is_empty() {
                let n = list.rows.len() - rows.len();
                context.print(format!("  {}", count(&n, "row left out", "rows left out")))?;
            }
        }
        Ok(list.reading(&rows)?)
    }
}

fn text(file: &Path, context: &mut Context<'_>) -> Result<String, CliError> {
    if file.as_os_str() == "-" {
        let mut text = String::new();
        context.input.read_to_string(&mut text)?;
        return Ok(text);
    }
    // A page saved by an old program may be in another encoding; its names
    // come out damaged, and every row is shown before it is taken over.
    let bytes = std::fs::read(file).map_err(|source| CliError::File {
        file: file.to_owned(),
        source,
    })?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn line_of(row: &RosterRow) -> String {
    let year = row.year.map_or(String::new(), |year| year.to_string());
    let name = match row.name.is_empty() {
        true => "(no name: left out)".to_owned(),
        false => row.name.display(),
    };
    let cells = [name, row.specialty.clone(), row.institution.clone(), year];
    let cells: Vec<String> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
    format!("  line {}: {}", row.line, cells.join(", "))
}
