//! `/import/{id}/progress`: how far a long import is, and a way to stop it.

use askama::Template;
use axum::extract::{Path, State as Extract};
use axum::response::{IntoResponse, Redirect, Response};
use desk::DeskError;

use super::answer_with;
use crate::web::form::Asked;
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::web::work::{End, Unit, Work};
use crate::words;

#[derive(Template)]
#[template(path = "pages/import_progress.html")]
struct Page {
    layout: Layout,
    id: String,
    done: u64,
    total: u64,
    /// How far it is, in words.
    told: String,
    /// Why it did not come to an end, as heading and sentence.
    failed: Option<(&'static str, String)>,
}

pub(super) async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    answer_with(state, id, State::work, move |state, work| {
        let failed = match work.end() {
            Some(End::Page(path)) => return Ok(Redirect::to(&path).into_response()),
            Some(End::Stopped) => Some((
                "Stopped",
                "Nothing was changed, and nothing was left behind.".to_owned(),
            )),
            Some(End::Failed(why)) => Some(("That did not work", why)),
            None => None,
        };
        let (done, total) = work.progress();
        let step = work.step();
        Ok(layout::page(&Page {
            layout: state.layout(step.what.clone(), "/import", &asked),
            id: work.id.to_string(),
            done,
            total,
            told: told(step.unit, done, total),
            failed,
        }))
    })
    .await
}

pub(super) async fn stop(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    answer_with(state, id, State::work, |_, work| {
        work.stop();
        Ok(Redirect::to(&format!("/import/{}/progress", work.id)).into_response())
    })
    .await
}

fn told(unit: Unit, done: u64, total: u64) -> String {
    if total == 0 {
        return "It has begun.".to_owned();
    }
    match unit {
        Unit::Bytes => format!("{} of {} MB", done >> 20, (total >> 20).max(1)),
        Unit::Rows => {
            let number = |n: u64| words::grouped(&usize::try_from(n).unwrap_or(usize::MAX));
            format!("{} of {}", number(done), number(total))
        }
    }
}

/// Begins long work, and sends the student to the page of its progress.
///
/// `work` returns the page that shows what came of it.
pub(super) fn begin(
    state: &State,
    work: Work,
    run: impl FnOnce(&State, &Work) -> Result<String, DeskError> + Send + 'static,
) -> Result<Response, DeskError> {
    let path = format!("/import/{}/progress", work.id);
    let work = state.keep_work(work);
    let state = state.clone();
    std::thread::spawn(move || {
        // A panic is a mistake of Vouch, and must not leave the page waiting.
        let mut waiting = Waiting(&work, None);
        waiting.1 = Some(match run(&state, &work) {
            Ok(path) => End::Page(path),
            Err(DeskError::Stopped) => End::Stopped,
            Err(error) => End::Failed(words::sentence(&error.to_string())),
        });
    });
    Ok(Redirect::to(&path).into_response())
}

/// Notes the end of the work, however it comes.
struct Waiting<'a>(&'a Work, Option<End>);

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mistake = || End::Failed("Vouch made a mistake. Nothing was changed.".to_owned());
        self.0.finish(self.1.take().unwrap_or_else(mistake));
    }
}
