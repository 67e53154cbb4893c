//! `/write`: begin a message, write it with the rules beside it, hand it over.

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{Check, Compose, Start, compose, start};
use desk::views::templates::{Templates, TemplatesQuery, templates};
use domain::{MessageId, PersonId, ProgramId};

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::prose::{self, NoteLine};
use crate::web::state::{State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/write.html")]
struct StartPage {
    layout: Layout,
    start: Start,
    choices: Templates,
    n_not_yet: usize,
    form: Fields,
    program: String,
    n_known: usize,
}

impl StartPage {
    /// Returns the template that is chosen.
    fn template(&self) -> Option<&'static lint::Template> {
        lint::template(&self.start.chosen.as_ref()?.name)
    }

    /// Returns the address that chooses a template for the person at hand.
    fn choose(&self, template: &str) -> String {
        self.form.with("/write", &[("template", template)])
    }
}

#[derive(Template)]
#[template(path = "pages/write_message.html")]
struct MessagePage {
    layout: Layout,
    message: Compose,
    findings: FindingsFragment,
    problem: String,
}

#[derive(Template)]
#[template(path = "pages/write_findings.html")]
struct FindingsFragment {
    check: Check,
    open: bool,
    /// Notes on spelling and grammar; `None` while their checker is being loaded.
    prose: Option<Vec<NoteLine>>,
}

/// Returns the routes of messages.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/write", get(show_start).post(begin))
        .route("/write/{id}", get(show).post(act))
        .route("/write/{id}/check", post(check))
        .route("/write/{id}/message.eml", get(file))
}

fn parse(id: &str) -> Result<MessageId, DeskError> {
    id.parse().map_err(|_| DeskError::NotThere {
        what: "message",
        name: id.to_owned(),
    })
}

async fn show_start(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let person: Option<PersonId> = asked.get("person").parse().ok();
            let template = Some(asked.get("template")).filter(|name| !name.is_empty());
            let start = start(state.reader(), person, template)?;
            let choices = templates(
                state.reader(),
                &TemplatesQuery {
                    person,
                    purpose: asked.get("purpose").to_owned(),
                    channel: asked.get("channel").to_owned(),
                },
            )?;
            let layout = state.layout("Write", "/write", &asked);
            let program = asked.get("program").to_owned();
            let n_known = start.slots.iter().filter(|slot| slot.from_record).count();
            Ok(layout::page(&StartPage {
                layout,
                start,
                n_not_yet: choices.not_yet.len(),
                choices,
                form: asked,
                program,
                n_known,
            }))
        })
        .await
}

async fn begin(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let slots: BTreeMap<String, String> = form
                .under("slot-")
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect();
            let new = NewMessage {
                template: form.get("template").to_owned(),
                person: form.get("person").parse().ok(),
                program: ProgramId::new(form.get("program")).ok(),
                slots,
            };
            let done = state.desk().start_message(&new)?;
            Ok(done_at(&format!("/write/{}", done.result), done.operation))
        })
        .await
}

fn message_page(
    state: &State,
    id: MessageId,
    typed: Option<(&str, &str)>,
    asked: &Fields,
    problem: String,
) -> Result<Response, DeskError> {
    let message = compose(state.reader(), state.desk().today()?, id, typed)?;
    let title = match &message.person {
        Some((_, name)) => format!("To {name}"),
        None => message.title.clone(),
    };
    let layout = state.layout(title, "/write", asked);
    let findings = FindingsFragment {
        check: message.check.clone(),
        open: message.open,
        prose: prose::notes_on(state.reader(), &message)?,
    };
    Ok(layout::page(&MessagePage {
        layout,
        message,
        findings,
        problem,
    }))
}

async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| message_page(state, parse(&id)?, None, &asked, String::new()))
        .await
}

async fn check(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let typed = Some((form.get("subject"), form.get("text")));
            let today = state.desk().today()?;
            let message = compose(state.reader(), today, parse(&id)?, typed)?;
            let fragment = FindingsFragment {
                prose: prose::notes_on(state.reader(), &message)?,
                check: message.check,
                open: message.open,
            };
            Ok(layout::page(&fragment))
        })
        .await
}

/// Does what a button of the composer says. Whatever it is, what was typed is
/// saved first, so that nothing is lost when the deed itself is refused.
async fn act(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id = parse(&id)?;
            let desk = state.desk();
            let mut operation = None;
            if form.given("text").is_some() {
                operation = Some(
                    desk.save_message(id, form.get("subject"), form.get("text"))?
                        .operation,
                );
            }
            let here = format!("/write/{id}");
            // Enter in the field of a reason presses the first button, which saves.
            let reason = form
                .under("reason-")
                .find(|(_, reason)| !reason.trim().is_empty());
            let entered = reason.map(|(code, _)| format!("confirm-{code}"));
            let what = match (form.get("do"), &entered) {
                ("save", Some(entered)) => entered.as_str(),
                (what, _) => what,
            };
            let (path, done) = if let Some(code) = what.strip_prefix("confirm-") {
                let reason = form.get(&format!("reason-{code}")).to_owned();
                (
                    here,
                    desk.confirm_warning(id, code, &reason)
                        .map(|done| Some(done.operation)),
                )
            } else if let Some(at) = what.strip_prefix("prose:") {
                let message = compose(state.reader(), desk.today()?, id, None)?;
                let mended = prose::mended(state.reader(), &message, at)
                    .and_then(|text| desk.save_message(id, &message.subject, &text));
                (here, mended.map(|done| Some(done.operation)))
            } else {
                match what {
                    "hand-over" => (here, desk.hand_over(id).map(|done| Some(done.operation))),
                    "sent" => (here, desk.mark_sent(id).map(|done| Some(done.operation))),
                    "replied" => {
                        let note = form.get("note");
                        (
                            here,
                            desk.mark_replied(id, note).map(|done| Some(done.operation)),
                        )
                    }
                    "close" => (
                        here,
                        desk.close_message(id).map(|done| Some(done.operation)),
                    ),
                    "discard" => {
                        let back = "/write".to_owned();
                        (
                            back,
                            desk.discard_message(id).map(|done| Some(done.operation)),
                        )
                    }
                    _ => (here, Ok(operation)),
                }
            };
            match done {
                Ok(Some(operation)) => Ok(done_at(&path, operation)),
                Ok(None) => Ok(axum::response::Redirect::to(&path).into_response()),
                Err(error @ (DeskError::NotReady(_) | DeskError::Bad { .. })) => {
                    message_page(state, id, None, &Fields::default(), error.to_string())
                }
                Err(error) => Err(error),
            }
        })
        .await
}

async fn file(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let id = parse(&id)?;
            let bytes = state.desk().message_file(id)?;
            let headers = [
                (CONTENT_TYPE, "message/rfc822"),
                (CONTENT_DISPOSITION, "attachment; filename=\"message.eml\""),
            ];
            Ok((headers, bytes).into_response())
        })
        .await
}
