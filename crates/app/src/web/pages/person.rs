//! `/people/ID`: one person, and the form that changes what is stored of them.

use askama::Template;
use axum::Router;
use axum::extract::{Path, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use desk::DeskError;
use desk::note_scan::{PatientWords, TAKEN_OUT};
use desk::verbs::answer_employer::Names;
use desk::verbs::edit_person::PersonEdit;
use desk::views::person::{PersonView, merged_into, person};
use desk::views::today::{DueLine, due_with};
use desk::views::trash::in_trash;
use domain::{CommitmentId, CommitmentState, PersonId, Ring, RoleKind};

use super::{parse, problem_and_patient};
use crate::web::errors::ErrorPage;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/person.html")]
struct Page {
    layout: Layout,
    person: PersonView,
    due: Vec<DueLine>,
}

#[derive(Template)]
#[template(path = "pages/person_edit.html")]
struct EditPage {
    layout: Layout,
    person: PersonView,
    form: Fields,
    problem: String,
    /// Words of the notes that may tell who a patient is.
    patient: PatientWords,
    /// Whether the person was changed elsewhere since the form was opened.
    is_overtaken: bool,
}

impl EditPage {
    /// Returns label and stored text of every field that was typed otherwise.
    fn stored_otherwise(&self) -> Vec<(&'static str, String)> {
        let parts = &self.person.parts;
        let fields = [
            ("title", "Title", parts.title.clone()),
            ("given", "Given names", parts.given.clone()),
            ("family", "Surname", parts.family.clone()),
            ("suffix", "Suffix", parts.suffix.clone()),
            ("credentials", "Degrees", parts.credentials.clone()),
            ("greet_as", "Asked to be called", parts.greet_as.clone()),
            ("employer", "Works at", self.employer().to_owned()),
            ("position", "Post", self.position().to_owned()),
            ("role", "Role", self.role().to_owned()),
            ("email", "E-mail", self.person.email.clone()),
            ("ring", "Ring", self.person.ring.to_owned()),
            ("cadence", "Own rhythm in days", self.cadence()),
            ("school", "School", self.school().to_owned()),
            ("tags", "Tags", self.tags()),
            (
                "how_found",
                "How you came upon them",
                self.person.how_found.clone(),
            ),
            ("note", "Note", self.person.note.clone()),
        ];
        let differs = |name: &str, stored: &str| {
            let typed = self.form.given(name);
            typed.is_some_and(|typed| typed.trim() != stored.trim())
        };
        fields
            .into_iter()
            .filter(|(name, _, stored)| differs(name, stored))
            .map(|(_, label, stored)| (label, stored))
            .collect()
    }

    /// Returns what a field shows: what was typed, else what is stored.
    fn value<'a>(&'a self, name: &str, stored: &'a str) -> &'a str {
        self.form.given(name).unwrap_or(stored)
    }

    fn is(&self, name: &str, stored: &str, word: &str) -> bool {
        self.form.given(name).unwrap_or(stored) == word
    }

    /// Returns the word of the choice of schools that is stored.
    fn school(&self) -> &'static str {
        match self.person.same_school {
            Some(true) => "yes",
            Some(false) => "no",
            None => "",
        }
    }

    fn is_archived(&self) -> bool {
        match self.form.given("archived") {
            // The hidden field always says "no"; a tick adds "yes".
            Some(_) => self.form.all("archived").any(|word| word == "yes"),
            None => self.person.archived,
        }
    }

    fn employer(&self) -> &str {
        self.current().map_or("", |a| &a.employer)
    }

    fn position(&self) -> &str {
        self.current().map_or("", |a| &a.position)
    }

    fn role(&self) -> &str {
        self.current().map_or("", |a| a.role)
    }

    fn current(&self) -> Option<&desk::views::person::AffiliationLine> {
        self.person.affiliations.iter().find(|a| a.current)
    }

    fn cadence(&self) -> String {
        self.person
            .cadence_days
            .map(|days| days.to_string())
            .unwrap_or_default()
    }

    fn tags(&self) -> String {
        self.person.tags.join(", ")
    }
}

/// Returns the routes of a person.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/people/{id}", get(show))
        .route("/people/{id}/edit", get(edit).post(save))
        .route("/people/{id}/delete", post(delete))
        .route("/people/{id}/promise", post(promise))
        .route("/people/{id}/place", post(place))
}

async fn show(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| {
            let id = parse("person", &id)?;
            if let Some(deleted) = in_trash(state.reader(), id)? {
                return Ok(is_in_trash(&deleted.name));
            }
            if let Some(kept) = merged_into(state.reader(), id)? {
                // Not for good: undo may bring the person back.
                return Ok(Redirect::to(&format!("/people/{kept}")).into_response());
            }
            let person = person(state.reader(), id)?;
            let zone = state.desk().zone()?;
            let due = due_with(state.reader(), id, state.desk().now(), &zone)?;
            let layout = state.layout(person.name.clone(), "/people", &asked);
            Ok(layout::page(&Page {
                layout,
                person,
                due,
            }))
        })
        .await
}

fn is_in_trash(name: &str) -> Response {
    ErrorPage::new(StatusCode::NOT_FOUND, &format!("{name} is in the trash"))
        .saying("Restore them there, and everything that was stored is back.")
        .way_on("Open the trash", "/trash")
        .into_response()
}

async fn delete(Extract(state): Extract<State>, Path(id): Path<String>) -> Response {
    state
        .answer(move |state| {
            let done = state.desk().delete_people(&[parse("person", &id)?])?;
            Ok(done_at("/people", done.operation))
        })
        .await
}

async fn edit(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Asked(asked): Asked,
) -> Response {
    state
        .answer(move |state| {
            let person = person(state.reader(), parse("person", &id)?)?;
            let layout = state.layout(format!("Change {}", person.name), "/people", &asked);
            let page = EditPage {
                layout,
                person,
                form: Fields::default(),
                problem: String::new(),
                patient: PatientWords::default(),
                is_overtaken: false,
            };
            Ok(layout::page(&page))
        })
        .await
}

async fn save(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id = parse("person", &id)?;
            let form = form.without_patient_if_asked(&["note", "how_found", "tags", "position"]);
            let stored = edit_of(&form).and_then(|edit| state.desk().edit_person(id, &edit));
            match stored {
                Ok(done) => Ok(done_at(&format!("/people/{id}"), done.operation)),
                Err(
                    error @ (DeskError::Bad { .. }
                    | DeskError::Patient { .. }
                    | DeskError::ChangedMeanwhile { .. }),
                ) => {
                    let is_overtaken = matches!(error, DeskError::ChangedMeanwhile { .. });
                    let person = person(state.reader(), id)?;
                    let title = format!("Change {}", person.name);
                    let layout = state.layout(title, "/people", &Fields::default());
                    let (problem, patient) = match error {
                        DeskError::ChangedMeanwhile { .. } => Default::default(),
                        error => problem_and_patient(error),
                    };
                    Ok(refused(layout::page(&EditPage {
                        layout,
                        person,
                        form,
                        problem,
                        patient,
                        is_overtaken,
                    })))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

fn edit_of(form: &Fields) -> Result<PersonEdit, DeskError> {
    let text = |name: &str| form.given(name).map(str::to_owned);
    let cadence = |typed: &str| match typed.trim() {
        "" => Ok(None),
        days => match days.parse() {
            Ok(days @ 1..=3650) => Ok(Some(days)),
            _ => Err(DeskError::Bad {
                field: "own rhythm in days",
                found: days.to_owned(),
                would_do: "a whole number from 1 to 3650, or nothing".to_owned(),
            }),
        },
    };
    Ok(PersonEdit {
        title: text("title"),
        given: text("given"),
        family: text("family"),
        suffix: text("suffix"),
        credentials: text("credentials"),
        greet_as: text("greet_as"),
        employer: text("employer"),
        position: text("position"),
        role: form.given("role").and_then(RoleKind::from_word),
        email: text("email"),
        ring: form.given("ring").and_then(Ring::from_word),
        cadence_days: form.given("cadence").map(cadence).transpose()?,
        tags: form
            .given("tags")
            .map(|tags| tags.split(',').filter(|tag| tag.trim() != TAKEN_OUT))
            .map(|tags| tags.map(str::to_owned).collect()),
        how_found: text("how_found"),
        note: text("note"),
        same_school: form.given("school").map(|school| match school {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        }),
        archived: form
            .given("archived")
            .map(|_| form.all("archived").any(|a| a == "yes")),
        seen: text("seen").filter(|seen| !seen.is_empty()),
        scan: form.scan(),
    })
}

/// Takes the student's answer to what an employer's text names, for everybody
/// who has that text.
async fn place(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id: PersonId = parse("person", &id)?;
            let names = match form.get("place").parse() {
                Ok(i) => Names::Candidate(i),
                Err(_) => Names::Nothing,
            };
            let done = state.desk().answer_employer(form.get("employer"), &names)?;
            Ok(done_at(&format!("/people/{id}"), done.operation))
        })
        .await
}

async fn promise(
    Extract(state): Extract<State>,
    Path(id): Path<String>,
    Posted(form): Posted,
) -> Response {
    state
        .answer(move |state| {
            let id: PersonId = parse("person", &id)?;
            let commitment: CommitmentId = parse("promise", form.get("promise"))?;
            let new =
                CommitmentState::from_word(form.get("state")).unwrap_or(CommitmentState::Kept);
            let done = state.desk().settle_commitment(commitment, new)?;
            Ok(done_at(&format!("/people/{id}"), done.operation))
        })
        .await
}
