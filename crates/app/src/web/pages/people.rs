//! `/people`: everybody, with filters in the address and changes to many at once.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::{get, post};
use desk::DeskError;
use desk::verbs::edit_people::BulkEdit;
use desk::views::people::{Column, Contact, Order, People, PeopleQuery, Reply, people, people_ids};
use domain::{OperationId, PersonId, ProgramId, RelationshipState, Ring, RoleKind};
use jiff::civil::Date;

use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::parts::Parts;
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/people.html")]
struct Page {
    layout: Layout,
    people: People,
    query: PeopleQuery,
    asked: Fields,
    n_duplicates: usize,
    /// The name of a filter that could not be saved, and why.
    unsaved: Option<(String, String)>,
    /// A change to several people that was refused, as it was typed, and why.
    unchanged: Option<(Fields, String)>,
}

impl Page {
    /// Returns whether a row was ticked, or a choice taken, in the change that
    /// was refused.
    fn chose(&self, name: &str, value: &str) -> bool {
        let refused = self.unchanged.as_ref();
        refused.is_some_and(|(form, _)| form.all(name).any(|chosen| chosen == value))
    }

    /// Returns the tag of the change: as it was typed, else the one asked for.
    fn bulk_tag(&self) -> &str {
        match (&self.unchanged, self.query.tags.as_slice()) {
            (Some((form, _)), _) => form.get("tag"),
            (None, [tag]) => tag,
            (None, _) => "",
        }
    }

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
        if let Some(state) = q.state {
            chips.push((format!("You are: {}", state.word()), without("state")));
        }
        if let Some(contact) = q.contact {
            chips.push((
                format!("Last contact: {}", contact.label()),
                without("last"),
            ));
        }
        if let Some(reply) = q.reply {
            chips.push((format!("Reply: {}", reply.label()), without("reply")));
        }
        for tag in &q.tags {
            let rest = Fields::parse(without("from").trim_start_matches("/people?").as_bytes());
            chips.push((format!("Tag: {tag}"), rest.without("/people", "tag", tag)));
        }
        if let Some(id) = &q.program {
            let name = self.program_name(id);
            chips.push((format!("Program: {name}"), without("program")));
        }
        if !q.us_state.is_empty() {
            chips.push((format!("State: {}", q.us_state), without("in")));
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

    fn program_name<'a>(&'a self, id: &'a ProgramId) -> &'a str {
        let offered = self.people.programs.iter();
        let found = offered.filter(|(offered, _)| offered == id.as_str());
        found
            .map(|(_, name)| name.as_str())
            .next()
            .unwrap_or(id.as_str())
    }

    /// Returns the tags that are not asked for yet.
    fn further_tags(&self) -> Vec<&(String, usize)> {
        let tags = self.people.tags.iter();
        tags.filter(|(tag, _)| !self.query.tags.contains(tag))
            .collect()
    }

    fn is_asked(&self, program: &str) -> bool {
        self.query
            .program
            .as_ref()
            .is_some_and(|id| id.as_str() == program)
    }

    fn has_contact(&self, word: &str) -> bool {
        self.query.contact.is_some() && self.query.contact == Contact::from_word(word)
    }

    /// Returns the last contact asked for where no choice of the page means it.
    fn own_contact(&self) -> Option<Contact> {
        let asked = self.query.contact?;
        let mut offered = Contact::OFFERED.iter();
        let is_offered = offered.any(|(word, _)| Contact::from_word(word) == Some(asked));
        (!is_offered).then_some(asked)
    }

    /// Returns the name under which this filter is saved, if it is.
    fn saved_as(&self) -> Option<&str> {
        let filter = self.filter();
        let mut saved = self.people.saved.iter();
        saved
            .find(|(_, saved)| **saved == filter)
            .map(|(name, _)| name.as_str())
    }

    /// Returns the filter as it stands in the address, wherever the list was
    /// turned to.
    fn filter(&self) -> String {
        self.asked
            .with("", &[("from", "")])
            .trim_start_matches('?')
            .to_owned()
    }

    /// Returns whether a column holds words that somebody typed, in any script.
    fn is_typed(&self, column: &Column) -> bool {
        matches!(column, Column::Place | Column::Tags | Column::Found)
    }

    /// Returns whether tags stand beside the name, having no column.
    fn has_tags_by_name(&self) -> bool {
        !self.query.columns.has(&Column::Tags)
    }

    /// Returns the fields of the address that a choice of columns keeps.
    fn beside_columns(&self) -> Vec<(&str, &str)> {
        let fields = self.asked.under("");
        fields
            .filter(|(name, value)| {
                !["columns", "from", "done"].contains(name) && !value.is_empty()
            })
            .collect()
    }

    /// Returns the address of everybody, with the columns that were chosen.
    fn everybody(&self) -> String {
        Fields::default().with("/people", &[("columns", self.asked.get("columns"))])
    }

    fn parts(&self) -> Parts {
        let p = &self.people;
        let part = (p.offset, p.rows.len(), p.total);
        Parts::new("/people", &self.asked, part, p.limit)
    }
}

/// Returns the routes of the list of people.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/people", get(show))
        .route("/people/bulk", post(bulk))
        .route("/people/filters", post(save))
        .route("/people/filters/drop", post(let_go))
}

/// Returns what an address asks of the list on a day.
pub(crate) fn query_of(asked: &Fields, today: Date) -> PeopleQuery {
    PeopleQuery::from_address(asked.with("", &[]).trim_start_matches('?'), today)
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| page(state, asked, None, None))
        .await
}

fn page(
    state: &State,
    asked: Fields,
    unsaved: Option<(String, String)>,
    unchanged: Option<(Fields, String)>,
) -> Result<Response, DeskError> {
    let query = query_of(&asked, state.desk().today()?);
    let layout = state.layout("People", "/people", &asked);
    // Boxes come one by one; the links of the page name the columns once.
    let columns = query.columns.words().unwrap_or_default();
    let asked = Fields::parse(
        asked
            .with("", &[("columns", &columns)])
            .trim_start_matches('?')
            .as_bytes(),
    );
    let people = people(state.reader(), &query)?;
    Ok(layout::page(&Page {
        layout,
        people,
        query,
        asked,
        n_duplicates: state.n_duplicates()?,
        unsaved,
        unchanged,
    }))
}

async fn save(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let filter = form.get("filter");
            let asked = Fields::parse(filter.as_bytes());
            match state.desk().save_filter(form.get("name"), filter) {
                Ok(done) => Ok(done_at(&asked.with("/people", &[]), done.operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    let unsaved = (form.get("name").to_owned(), error.to_string());
                    Ok(refused(page(state, asked, Some(unsaved), None)?))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

async fn let_go(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let done = state.desk().drop_filter(form.get("name"))?;
            let back = Fields::parse(form.get("filter").as_bytes()).with("/people", &[]);
            Ok(done_at(&back, done.operation))
        })
        .await
}

async fn bulk(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let filter = Fields::parse(form.get("filter").as_bytes());
            match change(state, &form, &filter) {
                Ok(operation) => Ok(done_at(&filter.with("/people", &[]), operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    // The same part of the list, so that the ticks stand there.
                    let asked = Fields::parse(
                        filter
                            .with("", &[("from", form.get("from"))])
                            .trim_start_matches('?')
                            .as_bytes(),
                    );
                    let unchanged = (form, error.to_string());
                    Ok(refused(page(state, asked, None, Some(unchanged))?))
                }
                Err(error) => Err(error),
            }
        })
        .await
}

/// Changes or deletes whom the form means.
fn change(state: &State, form: &Fields, filter: &Fields) -> Result<OperationId, DeskError> {
    let chosen: Vec<PersonId> = if form.get("who") == "all" {
        // "All that fit" means the filter, not the rows of this page.
        people_ids(state.reader(), &query_of(filter, state.desk().today()?))?
    } else {
        form.all("person")
            .filter_map(|id| id.parse().ok())
            .collect()
    };
    if chosen.is_empty() {
        return Err(DeskError::Bad {
            field: "who",
            found: "nobody".to_owned(),
            would_do: "at least one ticked row, or all that fit the filter".to_owned(),
        });
    }
    if form.get("what") == "delete" {
        Ok(state.desk().delete_people(&chosen)?.operation)
    } else {
        let edit = bulk_edit(form)?;
        Ok(state.desk().edit_people(&chosen, &edit)?.operation)
    }
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
