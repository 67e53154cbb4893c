//! `/write/reply`: an answer that is pasted or opened from a file, read, shown
//! and noted with the message that it answers.

use askama::Template;
use axum::Router;
use axum::extract::{Multipart, State as Extract};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::note_scan::PatientWords;
use desk::verbs::answer_message::SIGNS;
use desk::views::reply::{Reply, reply};
use domain::MessageId;

use super::problem_and_patient;
use super::write::{answer, asks_again};
use crate::web::body;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

/// The most characters of an answer that the page shows and keeps: far more than
/// anybody writes, and well within what a form carries.
const SHOWN_MAX: usize = 100_000;

#[derive(Template)]
#[template(path = "pages/reply.html")]
struct Page {
    layout: Layout,
    reply: Reply,
    form: Fields,
    /// Whether something was read, so that it can be noted.
    is_read: bool,
    is_cut: bool,
    problem: String,
    patient: PatientWords,
    today: String,
}

impl Page {
    /// Returns the message that is chosen: by hand, else the one that was found.
    fn chosen(&self) -> &str {
        match self.form.get("message") {
            "" => self.reply.answers.as_deref().unwrap_or_default(),
            chosen => chosen,
        }
    }

    fn has_sign(&self, sign: &str) -> bool {
        self.form.all("sign").any(|ticked| ticked == sign)
    }

    fn day(&self) -> &str {
        match self.form.get("day") {
            "" => self.reply.day.as_deref().unwrap_or(&self.today),
            day => day,
        }
    }
}

/// Returns the routes of answers.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/write/reply", get(show).post(pasted))
        .route("/write/reply/file", post(file).layer(body::large_body()))
        .route("/write/reply/note", post(note))
}

fn page(
    state: &State,
    bytes: &[u8],
    form: Fields,
    why_not: Option<DeskError>,
) -> Result<Response, DeskError> {
    let desk = state.desk();
    let mut reply = reply(state.reader(), desk.now(), &desk.zone()?, bytes)?;
    let is_cut = reply.text.chars().count() > SHOWN_MAX;
    if is_cut {
        reply.text = reply.text.chars().take(SHOWN_MAX).collect();
    }
    // What the student changed since it was read stays.
    if let Some(note) = form.given("note") {
        note.clone_into(&mut reply.text);
        form.get("mail_id").clone_into(&mut reply.mail_id);
        reply.without_text = None;
    }
    let is_refused = why_not.is_some();
    let (problem, patient) = why_not.map(problem_and_patient).unwrap_or_default();
    let is_read = !bytes.is_empty() || form.given("note").is_some();
    let page = layout::page(&Page {
        layout: state.layout("An answer came", "/write", &form),
        reply,
        form,
        is_read,
        is_cut,
        problem,
        patient,
        today: desk.today()?.to_string(),
    });
    Ok(if is_refused { refused(page) } else { page })
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| page(state, b"", asked, None))
        .await
}

fn nothing_there(would_do: &str) -> DeskError {
    DeskError::Bad {
        field: "answer",
        found: String::new(),
        would_do: would_do.to_owned(),
    }
}

async fn pasted(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let text = form.get("text").to_owned();
            if text.trim().is_empty() {
                let error = nothing_there("the text of the answer, pasted");
                return page(state, b"", form, Some(error));
            }
            page(state, text.as_bytes(), form, None)
        })
        .await
}

async fn file(Extract(state): Extract<State>, mut parts: Multipart) -> Response {
    let mut bytes = Vec::new();
    let mut message = String::new();
    loop {
        match parts.next_field().await {
            Ok(Some(part)) => {
                let is_message = part.name() == Some("message");
                match part.bytes().await {
                    Ok(content) if is_message => {
                        message = String::from_utf8_lossy(&content).into_owned();
                    }
                    Ok(content) => bytes = content.to_vec(),
                    Err(error) => return error.into_response(),
                }
            }
            Ok(None) => break,
            Err(error) => return error.into_response(),
        }
    }
    state
        .answer(move |state| {
            let form = Fields::default().with("", &[("message", message.as_str())]);
            let form = Fields::parse(form.trim_start_matches('?').as_bytes());
            if bytes.is_empty() {
                let error = nothing_there("a file with an e-mail or a text in it");
                return page(state, b"", form, Some(error));
            }
            page(state, &bytes, form, None)
        })
        .await
}

async fn note(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let form = form.without_patient_if_asked(&["note"]);
            let id: Result<MessageId, _> = form.get("message").parse();
            let Ok(id) = id else {
                let error = DeskError::Bad {
                    field: "message",
                    found: String::new(),
                    would_do: "the message that this answers".to_owned(),
                };
                return page(state, b"", form, Some(error));
            };
            if form.get("note").trim().is_empty() {
                let error = nothing_there("what they wrote, or your own words about it");
                return page(state, b"", form, Some(error));
            }
            let noted = answer(&form).and_then(|answer| state.desk().mark_replied(id, &answer));
            match noted {
                Ok(done) => Ok(done_at(&format!("/write/{id}"), done.operation)),
                Err(error) if asks_again(&error) => page(state, b"", form, Some(error)),
                Err(error) => Err(error),
            }
        })
        .await
}
