//! `/people`: everybody, with filters in the address and changes to many at once.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::verbs::edit_people::BulkEdit;
use desk::views::people::{Order, People, PeopleQuery, people, people_ids};
use domain::{PersonId, Ring, RoleKind};

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at};
use crate::words;

#[derive(Template)]
#[template(path = "pages/people.html")]
struct Page {
    layout: Layout,
    people: People,
    query: PeopleQuery,
    asked: Fields,
    n_duplicates: usize,
}

impl Page {
    /// Returns each active filter: what it says, and the address without it.
    fn chips(&self) -> Vec<(String, String)> {
        let without = |name: &str| self.asked.with("/people", &[(name, ""), ("from", "")]);
        let mut chips = Vec::new();
        let q = &self.query;
        if !q.text.is_empty() {
            chips.push((format!("Words: {}", q.text), without("q")));
        }
        if let Some(role) = q.role {
            chips.push((format!("Role: {}", role.word()), without("role")));
        }
        if let Some(ring) = q.ring {
            chips.push((format!("Ring: {}", ring.word()), without("ring")));
        }
        if !q.tag.is_empty() {
            chips.push((format!("Tag: {}", q.tag), without("tag")));
        }
        if !q.institution.is_empty() {
            chips.push((format!("At: {}", q.institution), without("at")));
        }
        if let Some(same) = q.same_school {
            let what = if same { "My school" } else { "Another school" };
            chips.push((what.to_owned(), without("school")));
        }
        if q.archived {
            chips.push(("Archived".to_owned(), without("archived")));
        }
        chips
    }

    /// Returns the filter as it stands in the address, for the form that changes many.
    fn filter(&self) -> String {
        self.asked.with("", &[]).trim_start_matches('?').to_owned()
    }

    fn page_link(&self, from: usize) -> String {
        self.asked.with("/people", &[("from", &from.to_string())])
    }

    fn earlier(&self) -> Option<String> {
        let p = &self.people;
        (p.offset > 0).then(|| self.page_link(p.offset.saturating_sub(p.limit)))
    }

    fn later(&self) -> Option<String> {
        let next = self.people.offset + self.people.limit;
        (next < self.people.total).then(|| self.page_link(next))
    }
}

/// Returns the routes of the list of people.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/people", get(show))
        .route("/people/bulk", post(bulk))
}

/// Returns what an address asks of the list.
pub(crate) fn query_of(asked: &Fields) -> PeopleQuery {
    PeopleQuery {
        text: asked.get("q").trim().to_owned(),
        role: RoleKind::from_word(asked.get("role")),
        ring: Ring::from_word(asked.get("ring")),
        tag: asked.get("tag").to_owned(),
        institution: asked.get("at").to_owned(),
        same_school: match asked.get("school") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        archived: asked.get("archived") == "yes",
        order: Order::from_word(asked.get("order")).unwrap_or_default(),
        offset: asked.get("from").parse().unwrap_or(0),
        limit: 0,
    }
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let query = query_of(&asked);
            let people = people(state.reader(), &query)?;
            let layout = state.layout("People", "/people", &asked);
            Ok(layout::page(&Page {
                layout,
                people,
                query,
                asked,
                n_duplicates: state.n_duplicates()?,
            }))
        })
        .await
}

async fn bulk(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let chosen: Vec<PersonId> = if form.get("who") == "all" {
                // "All that fit" means the filter, not the rows of this page.
                let filter = Fields::parse(form.get("filter").as_bytes());
                people_ids(state.reader(), &query_of(&filter))?
            } else {
                form.all("person")
                    .filter_map(|id| id.parse().ok())
                    .collect()
            };
            if chosen.is_empty() {
                return Err(DeskError::Bad {
                    field: "people",
                    found: "nobody".to_owned(),
                    would_do: "at least one ticked row".to_owned(),
                });
            }
            let done = if form.get("what") == "delete" {
                state.desk().delete_people(&chosen)?
            } else {
                state.desk().edit_people(&chosen, &bulk_edit(&form)?)?
            };
            let back = Fields::parse(form.get("filter").as_bytes()).with("/people", &[]);
            Ok(done_at(&back, done.operation))
        })
        .await
}

fn bulk_edit(form: &Fields) -> Result<BulkEdit, DeskError> {
    let what = form.get("what");
    let edit = match what {
        "school-yes" => BulkEdit::SameSchool(Some(true)),
        "school-no" => BulkEdit::SameSchool(Some(false)),
        "school-unknown" => BulkEdit::SameSchool(None),
        "archive" => BulkEdit::Archive(true),
        "bring-back" => BulkEdit::Archive(false),
        "tag" => BulkEdit::AddTag(form.get("tag").to_owned()),
        "untag" => BulkEdit::RemoveTag(form.get("tag").to_owned()),
        other => match other.strip_prefix("ring-").and_then(Ring::from_word) {
            Some(ring) => BulkEdit::Ring(ring),
            None => {
                return Err(DeskError::Bad {
                    field: "change",
                    found: what.to_owned(),
                    would_do: "one of the changes offered".to_owned(),
                });
            }
        },
    };
    Ok(edit)
}
