//! `/duplicates`: two people who may be one, side by side, and the pairs after them.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::views::duplicates::{Comparison, Duplicates, PAGE, comparison, duplicates};
use domain::{MergeChoice, MergeField, PersonId};

use super::parse;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/duplicates.html")]
struct Page {
    layout: Layout,
    /// The pair to decide, where there is one.
    pair: Option<Comparison>,
    duplicates: Duplicates,
}

impl Page {
    /// Returns the address of the pair after this one, where there is one.
    fn later(&self) -> Option<String> {
        let next = self.duplicates.offset + 1;
        (next < self.duplicates.total).then(|| self.at(next))
    }

    /// Returns the address of the first pair, where this is another one.
    fn earlier(&self) -> Option<String> {
        let before = self.duplicates.offset.checked_sub(1)?;
        Some(self.at(before))
    }

    fn at(&self, position: usize) -> String {
        format!("/duplicates?from={position}")
    }
}

/// Returns the routes of the review of duplicates.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/duplicates", get(show))
        .route("/duplicates/merge", post(merge))
        .route("/duplicates/apart", post(apart))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let from = asked.get("from").parse().unwrap_or(0);
            let mut found = duplicates(state.reader(), from, PAGE + 1)?;
            if found.pairs.is_empty() && found.total > 0 {
                // The last pairs were decided; the first ones may be left over.
                found = duplicates(state.reader(), 0, PAGE + 1)?;
            }
            let chosen = match (asked.given("keep"), asked.given("other")) {
                (Some(kept), Some(other)) => Some(both(kept, other)?),
                _ => match found.pairs.first() {
                    Some(pair) => Some(both(&pair.first.id, &pair.second.id)?),
                    None => None,
                },
            };
            let pair = chosen
                .map(|(kept, other)| comparison(state.reader(), kept, other))
                .transpose()?;
            let layout = state.layout("Duplicates", "/people", &asked);
            Ok(layout::page(&Page {
                layout,
                pair,
                duplicates: found,
            }))
        })
        .await
}

fn both(kept: &str, other: &str) -> Result<(PersonId, PersonId), DeskError> {
    Ok((parse("person", kept)?, parse("person", other)?))
}

/// Returns where the review goes on after a decision: the next pair has the
/// position of the one that was decided.
fn back(form: &Fields) -> String {
    match form.get("from").parse::<usize>() {
        Ok(from) if from > 0 => format!("/duplicates?from={from}"),
        _ => "/duplicates".to_owned(),
    }
}

async fn merge(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let (kept, other) = both(form.get("kept"), form.get("other"))?;
            let choices: BTreeMap<MergeField, MergeChoice> = form
                .under("choice-")
                .filter_map(|(field, choice)| {
                    Some((
                        MergeField::from_word(field)?,
                        MergeChoice::from_word(choice)?,
                    ))
                })
                .collect();
            let done = state.desk().merge_people(kept, other, &choices)?;
            Ok(done_at(&back(&form), done.operation))
        })
        .await
}

async fn apart(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let (kept, other) = both(form.get("kept"), form.get("other"))?;
            let done = state.desk().keep_apart(kept, other)?;
            Ok(done_at(&back(&form), done.operation))
        })
        .await
}
