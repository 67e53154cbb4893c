//! `/import/roster`: a pasted match list or department page, row by row.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;
use desk::views::roster::{Roster, RosterForm, roster, year};
use domain::PersonName;
use formats::roster::{RosterKind, RosterRow};
use uuid::Uuid;

use super::{answer_with, keep};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

/// Rows that one page asks about.
pub(super) const ROWS_SHOWN: usize = 400;

#[derive(Template)]
#[template(path = "pages/import_roster.html")]
struct Page {
    layout: Layout,
    id: String,
    source: String,
    day: String,
    is_match_list: bool,
    rows: Vec<Row>,
    n_more: usize,
    unread: Vec<(u64, String)>,
    problem: String,
}

/// One row as the form shows it.
struct Row {
    line: u64,
    text: String,
    kept: bool,
    name: String,
    post: String,
    place: String,
    year: String,
    problem: String,
}

pub(super) async fn paste(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let pasted = RosterForm {
                text: form.get("list").to_owned(),
                is_match_list: form.get("what") != "department",
                place: form.get("place").to_owned(),
                year: form.get("year").to_owned(),
                source: form.get("source").to_owned(),
                day: form.get("day").to_owned(),
            };
            let today = state.desk().today()?;
            match roster(state.reader(), Uuid::new_v4(), &pasted, today) {
                Ok(roster) => {
                    let path = format!("/import/{}/rows", roster.id);
                    state.keep_roster(roster);
                    Ok(Redirect::to(&path).into_response())
                }
                Err(error @ DeskError::Bad { .. }) => super::page(
                    state,
                    &Fields::default(),
                    &form,
                    words::sentence(&error.to_string()),
                ),
                Err(error) => Err(error),
            }
        })
        .await
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    answer_with(state, id, State::roster, move |state, roster| {
        let rows = roster.rows.iter().take(ROWS_SHOWN).map(row).collect();
        Ok(layout::page(&page(state, &roster, rows, &asked)))
    })
    .await
}

pub(super) async fn confirm(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    answer_with(state, id, State::roster, move |state, roster| {
        let rows: Vec<(Row, Option<RosterRow>)> = roster
            .rows
            .iter()
            .take(ROWS_SHOWN)
            .enumerate()
            .map(|(i, row)| edited(i, row, &form))
            .collect();
        let again = |rows: Vec<(Row, Option<RosterRow>)>, problem: String| {
            let rows = rows.into_iter().map(|(row, _)| row).collect();
            let mut page = page(state, &roster, rows, &Fields::default());
            page.problem = problem;
            Ok(layout::page(&page))
        };
        if rows.iter().any(|(row, _)| !row.problem.is_empty()) {
            let problem = "A year is no year. It is marked below.";
            return again(rows, problem.to_owned());
        }
        let kept: Vec<RosterRow> = rows.iter().filter_map(|(_, row)| row.clone()).collect();
        match roster.reading(&kept) {
            Ok(reading) => {
                keep(state, roster.id, reading)?;
                Ok(Redirect::to(&format!("/import/{}", roster.id)).into_response())
            }
            Err(error @ DeskError::Bad { .. }) => again(rows, words::sentence(&error.to_string())),
            Err(error) => Err(error),
        }
    })
    .await
}

fn page(state: &State, roster: &Roster, rows: Vec<Row>, asked: &Fields) -> Page {
    let title = words::capital(&roster.title());
    Page {
        layout: state.layout(title, "/import", asked),
        id: roster.id.to_string(),
        source: roster.origin.text.clone(),
        day: roster.origin.day.to_string(),
        is_match_list: matches!(roster.kind, RosterKind::MatchList { .. }),
        n_more: roster.rows.len().saturating_sub(ROWS_SHOWN),
        rows,
        unread: roster
            .problems
            .iter()
            .take(ROWS_SHOWN)
            .map(|problem| (problem.line, problem.found.clone()))
            .collect(),
        problem: String::new(),
    }
}

fn row(row: &RosterRow) -> Row {
    Row {
        line: row.line,
        text: row.text.replace('\n', " / "),
        kept: !row.name.is_empty(),
        name: full_name(&row.name),
        post: row.specialty.clone(),
        place: row.institution.clone(),
        year: row.year.map_or(String::new(), |year| year.to_string()),
        problem: String::new(),
    }
}

fn full_name(name: &PersonName) -> String {
    match name.credentials.as_str() {
        "" => name.display(),
        credentials => format!("{}, {credentials}", name.display()),
    }
}

/// Returns the row as the form holds it, and what it says where it is kept.
fn edited(i: usize, stored: &RosterRow, form: &Fields) -> (Row, Option<RosterRow>) {
    let field = |name: &str| form.get(&format!("{name}-{i}")).trim().to_owned();
    let mut row = Row {
        kept: field("keep") == "yes",
        name: field("name"),
        post: field("post"),
        place: field("place"),
        year: field("year"),
        ..row(stored)
    };
    if !row.kept {
        return (row, None);
    }
    let year = match year(&row.year) {
        Ok(year) => year,
        Err(_) => {
            row.problem = format!("“{}” is no year such as 2025.", row.year);
            return (row, None);
        }
    };
    let name = if row.name == full_name(&stored.name) {
        stored.name.clone()
    } else {
        PersonName::parse(&row.name)
    };
    let read = RosterRow {
        name,
        year,
        specialty: row.post.clone(),
        institution: row.place.clone(),
        ..stored.clone()
    };
    (row, Some(read))
}
