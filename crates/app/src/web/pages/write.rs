//! `/write`: begin a message, write it with the rules beside it, hand it over.

mod findings;
mod measures;

use std::collections::BTreeMap;

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::note_scan::PatientWords;
use desk::verbs::answer_message::{NewAnswer, SIGNS};
use desk::verbs::hand_over_message::Promised;
use desk::verbs::write_message::NewMessage;
use desk::views::compose::{Compose, Start, TO_ALL, compose, start};
use desk::views::templates::{Templates, TemplatesQuery, templates};
use domain::{MessageId, OperationId, PersonId, ProgramId};

use super::{parse, problem_and_patient};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::prose;
use crate::web::state::{State, done_at, refused};
use crate::words;
use findings::{FindingsFragment, reasoned, save_typed};

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
    problem: String,
}

impl StartPage {
    /// Returns the template that is chosen.
    fn template(&self) -> Option<&'static lint::Template> {
        lint::template(&self.start.chosen.as_ref()?.name)
    }

    /// Returns whether the chosen template goes to everybody who is credited.
    fn goes_to_all(&self) -> bool {
        let chosen = self.start.chosen.as_ref();
        chosen.is_some_and(|chosen| chosen.name == TO_ALL)
    }

    /// Returns the address that chooses a template for the person at hand.
    fn choose(&self, template: &str) -> String {
        let program = self.form.get("program");
        let person = self.form.get("person");
        let kept = [
            ("template", template),
            ("person", person),
            ("program", program),
        ];
        Fields::default().with("/write", &kept)
    }

    /// Returns the bounds of the chosen template, in words.
    fn limits(&self) -> Vec<String> {
        let Some(chosen) = &self.start.chosen else {
            return Vec::new();
        };
        let lines = match chosen.lines {
            (Some(least), Some(most)) => Some(format!("{least} to {most} lines")),
            (None, Some(most)) => Some(format!("at most {most} lines")),
            (Some(least), None) => Some(format!("at least {least} lines")),
            (None, None) => None,
        };
        let at_most = |n: String, what: &str| format!("at most {n} {what}");
        let minutes = chosen
            .minutes
            .map(|n| at_most(n.to_string(), "minutes asked for"));
        let characters = chosen
            .characters
            .map(|n| at_most(n.to_string(), "characters"));
        let seconds = chosen
            .seconds
            .map(|n| at_most(n.to_string(), "seconds spoken"));
        let bounds = [lines, minutes, characters, seconds];
        bounds.into_iter().flatten().collect()
    }

    /// Returns what a slot shows: what was typed, else what the record knows.
    fn value<'a>(&'a self, slot: &str, known: &'a str) -> &'a str {
        self.form.given(&format!("slot-{slot}")).unwrap_or(known)
    }
}

#[derive(Template)]
#[template(path = "pages/write_message.html")]
struct MessagePage {
    layout: Layout,
    message: Compose,
    findings: FindingsFragment,
    problem: String,
    /// Whether it could not be handed over because of what was found.
    is_not_ready: bool,
    form: Fields,
    /// Words of an answer that may tell who a patient is.
    patient: PatientWords,
    today: String,
}

impl MessagePage {
    /// Returns whether the text is too long for one of the ways out of the house.
    fn has_long_text(&self) -> bool {
        self.message.ways.as_ref().is_some_and(|ways| {
            !(ways.mailto.has_text && ways.gmail.has_text && ways.outlook.has_text)
        })
    }

    /// Returns the address that begins a log line with the person.
    fn log_href(&self, line: &str) -> String {
        let name = self.message.person.as_ref().map_or("", |(_, name)| name);
        Fields::default().with("/log", &[("line", &line.replace("NAME", name))])
    }

    /// Returns the address that begins a message to the person from a template.
    fn write_href(&self, template: &str) -> Option<String> {
        let (id, _) = self.message.person.as_ref()?;
        lint::template(template)?;
        let to = [("person", id.as_str()), ("template", template)];
        Some(Fields::default().with("/write", &to))
    }

    /// Returns a text that was typed after the message had left.
    fn typed_too_late(&self) -> Option<&str> {
        self.form.given("text").filter(|_| !self.message.open)
    }

    fn has_sign(&self, sign: &str) -> bool {
        self.form.all("sign").any(|ticked| ticked == sign)
    }
}

/// Returns the routes of messages.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/write", get(show_start).post(begin))
        .route("/write/{id}", get(show).post(act))
        .route("/write/{id}/check", post(check))
        .route("/write/{id}/message.eml", get(file))
}

/// Returns whether the page of a message is shown again with the error and with
/// what was typed, so that the student can mend it there.
pub(super) fn asks_again(error: &DeskError) -> bool {
    matches!(
        error,
        DeskError::Bad { .. }
            | DeskError::NotReady(_)
            | DeskError::WrongStep { .. }
            | DeskError::Patient { .. }
            | DeskError::ChangedMeanwhile { .. }
    )
}

fn start_page(state: &State, form: Fields, problem: String) -> Result<Response, DeskError> {
    let person: Option<PersonId> = form.get("person").parse().ok();
    let template = Some(form.get("template"))
        .filter(|name| !name.is_empty() && (problem.is_empty() || lint::template(name).is_some()));
    let start = start(state.reader(), state.desk().today()?, person, template)?;
    let choices = templates(
        state.reader(),
        &TemplatesQuery {
            person,
            purpose: form.get("purpose").to_owned(),
            channel: form.get("channel").to_owned(),
        },
    )?;
    let layout = state.layout("Write", "/write", &form);
    let program = form.get("program").to_owned();
    let n_known = start.slots.iter().filter(|slot| slot.from_record).count();
    Ok(layout::page(&StartPage {
        layout,
        start,
        n_not_yet: choices.not_yet.len(),
        choices,
        form,
        program,
        n_known,
        problem,
    }))
}

async fn show_start(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| start_page(state, asked, String::new()))
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
                follows: form.get("follows").parse().ok(),
            };
            match state.desk().start_message(&new) {
                Ok(done) => Ok(done_at(&format!("/write/{}", done.result), done.operation)),
                Err(error) if asks_again(&error) => {
                    Ok(refused(start_page(state, form, error.to_string())?))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

fn message_page(
    state: &State,
    id: MessageId,
    typed: Option<(&str, &str)>,
    form: Fields,
    why_not: Option<DeskError>,
) -> Result<Response, DeskError> {
    let today = state.desk().today()?;
    let message = compose(state.reader(), today, id, typed)?;
    let title = match &message.person {
        Some((_, name)) => format!("To {name}"),
        None => message.title.clone(),
    };
    let layout = state.layout(title, "/write", &form);
    let mut findings = FindingsFragment::of(state, &message, &form)?;
    let is_refused = why_not.is_some();
    let is_not_ready = matches!(why_not, Some(DeskError::NotReady(_)));
    let (mut problem, mut patient) = (String::new(), PatientWords::default());
    match why_not {
        Some(DeskError::ChangedMeanwhile { .. }) => findings = findings.overtaken(&form),
        Some(
            error @ DeskError::Bad {
                field: "reason", ..
            },
        ) => {
            problem = error.to_string();
            let code = reasoned(&form).map(str::to_owned);
            findings.bad_reason = code.map(|code| (code, problem.clone()));
        }
        Some(error) => (problem, patient) = problem_and_patient(error),
        None => {}
    }
    let page = layout::page(&MessagePage {
        layout,
        message,
        findings,
        problem,
        is_not_ready,
        form,
        patient,
        today: today.to_string(),
    });
    Ok(if is_refused { refused(page) } else { page })
}

async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| message_page(state, parse("message", &id)?, None, asked, None))
        .await
}

async fn check(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id = parse("message", &id)?;
            let mut is_overtaken = false;
            let (subject, text) = (form.get("subject"), form.get("text"));
            // What is typed is kept as it is typed. What cannot be kept is still
            // checked, and is told when it is saved.
            if form.given("subject").is_some() && form.given("text").is_some() {
                match save_typed(state, id, &form) {
                    Err(DeskError::ChangedMeanwhile { .. }) => is_overtaken = true,
                    Err(error) if !asks_again(&error) => return Err(error),
                    _ => {}
                }
            }
            let today = state.desk().today()?;
            let message = compose(state.reader(), today, id, Some((subject, text)))?;
            let mut findings = FindingsFragment::of(state, &message, &form)?;
            if is_overtaken {
                findings = findings.overtaken(&form);
            }
            Ok(layout::page(&findings))
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
            let id = parse("message", &id)?;
            let code = reasoned(&form).map(str::to_owned);
            let reason = code.as_ref().map(|code| format!("reason-{code}"));
            let reason = reason.unwrap_or_default();
            let form = form.without_patient_if_asked(&["note", &reason]);
            // The buttons of the scan say no deed of their own.
            let form = match &code {
                Some(code) => form.or("do", format!("confirm-{code}")),
                None => form,
            };
            let mut saved = None;
            if let Some(text) = form.given("text") {
                match save_typed(state, id, &form) {
                    Ok(operation) => saved = Some(operation),
                    Err(error) if asks_again(&error) => {
                        let typed = (form.get("subject").to_owned(), text.to_owned());
                        let typed = Some((typed.0.as_str(), typed.1.as_str()));
                        return message_page(state, id, typed, form, Some(error));
                    }
                    Err(error) => return Err(error),
                }
            }
            let here = format!("/write/{id}");
            let path = match form.get("do") {
                "discard" => "/write".to_owned(),
                _ => here,
            };
            match deed(state, id, &form, code.as_deref()) {
                Ok(done) => match done.or(saved) {
                    Some(operation) => Ok(done_at(&path, operation)),
                    None => Ok(axum::response::Redirect::to(&path).into_response()),
                },
                Err(error) if asks_again(&error) => {
                    message_page(state, id, None, form, Some(error))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Does what the pressed button says, and returns the operation where there is one.
/// `reasoned` is the warning that is confirmed.
fn deed(
    state: &State,
    id: MessageId,
    form: &Fields,
    reasoned: Option<&str>,
) -> Result<Option<OperationId>, DeskError> {
    let desk = state.desk();
    let what = match form.get("do") {
        // The buttons of the scan stand beside the one that notes an answer.
        "" if form.given("patient").is_some() => "replied",
        what => what,
    };
    let (verb, object) = what.split_once(':').unwrap_or((what, ""));
    let operation = if let Some(code) = reasoned {
        let reason = form.get(&format!("reason-{code}"));
        desk.confirm_scanned(id, code, reason, form.scan())?
            .operation
    } else {
        match verb {
            "fix" => desk.mend_message(id, object)?.operation,
            "prose" => {
                let message = compose(state.reader(), desk.today()?, id, None)?;
                let text = prose::mended(state.reader(), &message, object)?;
                desk.save_message(id, &message.subject, &text)?.operation
            }
            "off-here" => desk.switch_rule_here(id, object, false)?.operation,
            "on-here" => desk.switch_rule_here(id, object, true)?.operation,
            "off" => desk.switch_rule(object, false)?.operation,
            "on" => desk.switch_rule(object, true)?.operation,
            "hand-over" => desk.hand_over(id)?.operation,
            "sent" => desk.mark_sent(id, &promised(form)?)?.operation,
            "replied" => desk.mark_replied(id, &answer(form)?)?.operation,
            "close" => desk.close_message(id)?.operation,
            "consent" => desk.note_consent(id, true)?.operation,
            "no-consent" => desk.note_consent(id, false)?.operation,
            "discard" => desk.discard_message(id)?.operation,
            _ => return Ok(None),
        }
    };
    Ok(Some(operation))
}

/// Returns the promises that are ticked, each with its words and day.
fn promised(form: &Fields) -> Result<Vec<Promised>, DeskError> {
    form.under("promise-keep-")
        .map(|(n, _)| {
            let due = form.get(&format!("promise-due-{n}"));
            Ok(Promised {
                what: form.get(&format!("promise-what-{n}")).to_owned(),
                due: day(due)?,
            })
        })
        .collect()
}

/// Returns the answer that a form tells.
pub(super) fn answer(form: &Fields) -> Result<NewAnswer, DeskError> {
    Ok(NewAnswer {
        note: form.get("note").to_owned(),
        day: day(form.get("day"))?,
        mail_id: form.get("mail_id").to_owned(),
        signs: SIGNS
            .into_iter()
            .filter(|(word, _)| form.all("sign").any(|ticked| ticked == *word))
            .map(|(word, _)| word)
            .collect(),
        scan: form.scan(),
    })
}

fn day(text: &str) -> Result<Option<jiff::civil::Date>, DeskError> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    text.trim().parse().map(Some).map_err(|_| DeskError::Bad {
        field: "day",
        found: text.to_owned(),
        would_do: "a day such as 2027-03-01".to_owned(),
    })
}

async fn file(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let id = parse("message", &id)?;
            let bytes = state.desk().message_file(id)?;
            let headers = [
                (CONTENT_TYPE, "message/rfc822"),
                (CONTENT_DISPOSITION, "attachment; filename=\"message.eml\""),
            ];
            Ok((headers, bytes).into_response())
        })
        .await
}
