//! `/log`: what happened, in one line; what was understood is shown before it is saved.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::views::log::{LogChoices, PersonChoice, Understood, understand, without_patient};
use desk::views::person::person;

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/log.html")]
struct Page {
    layout: Layout,
    text: String,
    understood: Fragment,
}

#[derive(Template)]
#[template(path = "pages/log_understood.html")]
struct Fragment {
    understood: Understood,
    choices: LogChoices,
}

impl Fragment {
    /// Returns whether a candidate was chosen for a name.
    fn is_chosen(&self, line: &usize, name: &usize, id: &str) -> bool {
        match self.choices.get(&(*line, *name)) {
            Some(PersonChoice::Known(chosen)) => chosen.to_string() == id,
            Some(PersonChoice::New) => id == "new",
            None => false,
        }
    }
}

/// Returns the routes of the log.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/log", get(show).post(save))
        .route("/log/understand", post(live))
}

fn choices(form: &Fields) -> LogChoices {
    let mut choices = LogChoices::new();
    for (place, value) in form.under("who-") {
        let Some((line, name)) = place.split_once('-') else {
            continue;
        };
        let (Ok(line), Ok(name)) = (line.parse(), name.parse()) else {
            continue;
        };
        let choice = match value {
            "new" => PersonChoice::New,
            id => match id.parse() {
                Ok(id) => PersonChoice::Known(id),
                Err(_) => continue,
            },
        };
        choices.insert((line, name), choice);
    }
    choices
}

fn fragment(state: &State, text: &str, choices: LogChoices) -> Result<Fragment, DeskError> {
    let today = state.desk().today()?;
    let understood = understand(state.reader(), today, text, &choices)?;
    Ok(Fragment {
        understood,
        choices,
    })
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let mut text = asked.get("line").to_owned();
            if let Ok(id) = asked.get("person").parse() {
                let name = person(state.reader(), id)?.name;
                if text.is_empty() {
                    text = format!("today talk with {name}");
                }
            }
            let understood = fragment(state, &text, choices(&asked))?;
            let layout = state.layout("Log what happened", "", &asked);
            Ok(layout::page(&Page {
                layout,
                text,
                understood,
            }))
        })
        .await
}

async fn live(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            Ok(layout::page(&fragment(
                state,
                form.get("line"),
                choices(&form),
            )?))
        })
        .await
}

async fn save(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let mut text = form.get("line").to_owned();
            if form.takes_patient_out() {
                let today = state.desk().today()?;
                let understood = understand(state.reader(), today, &text, &choices(&form))?;
                let mut flagged = understood.lines.iter().filter(|l| !l.patient.is_empty());
                if flagged.all(|line| form.was_shown(&line.left)) {
                    text = without_patient(&understood);
                }
            }
            let saved = state
                .desk()
                .log_scanned(&text, &choices(&form), form.scan());
            match saved {
                Ok(done) => {
                    let path = match done.result.people[..] {
                        [one] => format!("/people/{one}"),
                        _ => "/".to_owned(),
                    };
                    Ok(done_at(&path, done.operation))
                }
                // What is in the way stands beside the line, which keeps its text.
                Err(
                    DeskError::Several { .. } | DeskError::Bad { .. } | DeskError::Patient { .. },
                ) => {
                    let understood = fragment(state, &text, choices(&form))?;
                    let layout = state.layout("Log what happened", "", &Fields::default());
                    Ok(refused(layout::page(&Page {
                        layout,
                        text,
                        understood,
                    })))
                }
                Err(error) => Err(error),
            }
        })
        .await
}
