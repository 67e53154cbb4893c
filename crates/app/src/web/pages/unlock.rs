//! `/unlock`: the one page of a locked vault, which asks for its passphrase.

use std::time::Duration;

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use desk::VaultError;

use crate::web::face::{Face, NotUnlocked, Typed};
use crate::web::form::Posted;
use crate::web::layout::{self, Layout};
use crate::words::{self, sentence};

#[derive(Template)]
#[template(path = "pages/unlock.html")]
struct Page {
    layout: Layout,
    folder: String,
    /// Whether a passphrase is asked for; otherwise the vault did not open.
    locked: bool,
    recovery_made: Option<String>,
    problem: String,
    /// The recovery code as it was typed, so that one character can be mended.
    code: String,
}

/// Returns the routes of the lock.
pub(crate) fn routes() -> Router<Face> {
    Router::new().route("/unlock", get(show).post(unlock))
}

async fn show(Extract(face): Extract<Face>) -> Response {
    if face.state().await.is_some() {
        return Redirect::to("/").into_response();
    }
    // A vault without a passphrase was closed by a fault; it may open by now.
    if !is_locked(&face) {
        return match face.unlock(Typed::Nothing).await {
            Ok(()) => Redirect::to("/").into_response(),
            Err(error) => asking(&face, error, String::new()),
        };
    }
    let problem = face.trouble().await.unwrap_or_default();
    layout::page(&page(&face, problem, String::new()))
}

async fn unlock(Extract(face): Extract<Face>, Posted(form): Posted) -> Response {
    let code = form.get("code").to_owned();
    let by_code = !code.trim().is_empty();
    let typed = if by_code {
        Typed::Recovery(code.clone())
    } else {
        Typed::Passphrase(form.get("passphrase").to_owned())
    };
    match face.unlock(typed).await {
        Ok(()) if by_code => face.say(
            "The recovery code opened the vault. Set a new passphrase below; in the field for the \
             present one, type the code once more.",
        ),
        Ok(()) => Redirect::to("/").into_response(),
        Err(error) => asking(&face, error, code),
    }
}

fn is_locked(face: &Face) -> bool {
    face.vault().protection().is_ok_and(|it| it.locked)
}

fn page(face: &Face, problem: String, code: String) -> Page {
    let protection = face.vault().protection().ok();
    Page {
        layout: Layout::new("Unlock").bare().demo(face.is_demo()),
        folder: face.vault().folder().display().to_string(),
        locked: protection.is_some_and(|it| it.locked),
        recovery_made: protection
            .and_then(|it| it.recovery_made)
            .map(|day| words::day(&day.to_string())),
        problem,
        code,
    }
}

/// Answers with the page again, and says why the vault did not open.
fn asking(face: &Face, error: NotUnlocked, code: String) -> Response {
    match error {
        NotUnlocked::Wait(wait) => {
            let page = page(face, too_early(wait), code);
            let seconds = [(RETRY_AFTER, whole_seconds(wait).to_string())];
            (StatusCode::TOO_MANY_REQUESTS, seconds, layout::page(&page)).into_response()
        }
        NotUnlocked::Refused(error) => {
            let wrong = matches!(error, VaultError::WrongPassphrase { .. });
            let mut problem = sentence(&error.to_string());
            if wrong {
                problem.push_str(" Capital and small letters matter.");
            }
            let page = page(face, problem, code);
            (StatusCode::UNPROCESSABLE_ENTITY, layout::page(&page)).into_response()
        }
    }
}

/// Returns the sentence for an attempt that comes too early.
pub(crate) fn too_early(wait: Duration) -> String {
    let n = whole_seconds(wait);
    format!(
        "After a wrong passphrase Vouch waits before the next. Try again in {}.",
        words::count(&n, "second", "seconds")
    )
}

fn whole_seconds(wait: Duration) -> usize {
    usize::try_from(wait.as_secs()).unwrap_or(usize::MAX) + usize::from(wait.subsec_nanos() > 0)
}
