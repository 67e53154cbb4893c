//! `/programs`: programs with filters over facts that answer yes, no or not known.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::DeskError;
use desk::verbs::add_own_place::{NewProgram, NewSite};
use desk::views::programs::{Answer, Programs, ProgramsQuery, Question, StateLine, programs};
use domain::{RelationshipState, Track};

use crate::paper::state_map::{StateMap, state_name};
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::parts::Parts;
use crate::web::state::{State, done_at, refused};
use crate::words;

/// The word that shows the programs by state.
const BY_STATE: &str = "states";

/// Programs that one part of the list shows.
const SHOWN: usize = 50;

#[derive(Template)]
#[template(path = "pages/programs.html")]
struct Page {
    layout: Layout,
    programs: Programs,
    query: ProgramsQuery,
    shown: usize,
    parts: Parts,
    /// The map, where the programs are shown by state.
    map: Option<StateMap>,
    asked: Fields,
}

impl Page {
    /// Returns the address of these programs as a list, or by state.
    fn seen_as(&self, view: &str) -> String {
        self.asked
            .with("/programs", &[("view", view), ("from", "")])
    }

    fn of_state(&self, code: &str) -> String {
        of_state(&self.asked, code)
    }

    /// Returns the states with something on the student's list, then the others,
    /// which are folded; a part with no state is left out.
    fn states(&self) -> Vec<(bool, Vec<&StateLine>)> {
        let states = self.programs.states.iter();
        let (listed, others): (Vec<_>, Vec<_>) = states.partition(|line| line.listed > 0);
        let parts = [(true, listed), (false, others)];
        parts
            .into_iter()
            .filter(|(_, lines)| !lines.is_empty())
            .collect()
    }

    /// Returns the name of a state, where it has its place on the map.
    fn name_of(&self, code: &str) -> Option<&'static str> {
        state_name(code)
    }
}

/// Returns the address of the list of one state's programs, under the filters
/// asked for.
fn of_state(asked: &Fields, code: &str) -> String {
    asked.with("/programs", &[("view", ""), ("from", ""), ("state", code)])
}

#[derive(Template)]
#[template(path = "pages/programs_new.html")]
struct NewPage {
    layout: Layout,
    form: Fields,
    problem: String,
}

/// Returns the routes of the list of programs.
pub(crate) fn routes() -> Router<State> {
    Router::new()
        .route("/programs", get(show))
        .route("/programs/new", get(new).post(add))
}

/// Returns what an address asks of the list. A question with no answer ticked
/// keeps all three.
pub(crate) fn query_of(asked: &Fields) -> ProgramsQuery {
    let mut query = ProgramsQuery {
        text: asked.get("q").trim().to_owned(),
        track: Track::from_word(asked.get("track")),
        state: asked.get("state").to_owned(),
        relationship: RelationshipState::from_word(asked.get("you")),
        ..ProgramsQuery::default()
    };
    for question in Question::ALL {
        let kept: Vec<Answer> = asked
            .all(question.word())
            .filter_map(Answer::from_word)
            .collect();
        if !kept.is_empty() {
            query.answers.insert(question, kept);
        }
    }
    query
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let query = query_of(&asked);
            let mut programs = programs(state.reader(), &query)?;
            let shown = programs.rows.len();
            // An address from before the filter may lead beyond the end.
            let from = Parts::asked_from(&asked).min(shown.saturating_sub(1));
            programs.rows = programs.rows.split_off(from);
            programs.rows.truncate(SHOWN);
            let part = (from, programs.rows.len(), shown);
            let parts = Parts::new("/programs", &asked, part, SHOWN);
            let layout = state.layout("Programs", "/programs", &asked);
            let is_by_state = asked.get("view") == BY_STATE && !programs.states.is_empty();
            let map =
                is_by_state.then(|| StateMap::new(&programs.states, |code| of_state(&asked, code)));
            Ok(layout::page(&Page {
                map,
                asked,
                layout,
                programs,
                query,
                shown,
                parts,
            }))
        })
        .await
}

async fn new(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let layout = state.layout("Add a program or hospital", "/programs", &asked);
            let page = NewPage {
                layout,
                form: Fields::default(),
                problem: String::new(),
            };
            Ok(layout::page(&page))
        })
        .await
}

async fn add(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| {
            let text = |name: &str| form.get(name).to_owned();
            let added = if form.get("kind") == "site" {
                let site = NewSite {
                    name: text("name"),
                    city: text("city"),
                    state: text("state"),
                };
                state
                    .desk()
                    .add_own_site(&site)
                    .map(|done| ("/programs".to_owned(), done.operation))
            } else {
                let program = NewProgram {
                    track: text("track"),
                    institution: text("name"),
                    city: text("city"),
                    state: text("state"),
                };
                state
                    .desk()
                    .add_own_program(&program)
                    .map(|done| (format!("/programs/{}", done.result), done.operation))
            };
            match added {
                Ok((path, operation)) => Ok(done_at(&path, operation)),
                Err(error @ DeskError::Bad { .. }) => {
                    let layout =
                        state.layout("Add a program or hospital", "/programs", &Fields::default());
                    let problem = error.to_string();
                    Ok(refused(layout::page(&NewPage {
                        layout,
                        form,
                        problem,
                    })))
                }
                Err(error) => Err(error),
            }
        })
        .await
}
