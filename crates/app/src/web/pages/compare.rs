//! `/programs/compare`: up to four programs side by side.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::views::compare::{Compared, SIDE_BY_SIDE, compare};
use domain::ProgramId;

use crate::web::form::{Asked, Fields};
use crate::web::layout::{self, Layout};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/compare.html")]
struct Page {
    layout: Layout,
    compared: Compared,
    asked: Fields,
}

impl Page {
    /// Returns the address without one of the programs.
    fn without(&self, id: &str) -> String {
        self.asked.without("/programs/compare", "p", id)
    }

    fn name(&self, program_idx: &usize) -> &str {
        let program = self.compared.programs.get(*program_idx);
        program.map_or("", |program| program.institution.as_str())
    }

    fn has_room(&self) -> bool {
        self.compared.programs.len() < SIDE_BY_SIDE
    }
}

/// Returns the route of the comparison.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/programs/compare", get(show))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            let ids: Vec<ProgramId> = asked
                .all("p")
                .filter_map(|id| ProgramId::new(id).ok())
                .collect();
            let compared = compare(state.reader(), &ids)?;
            let layout = state.layout("Programs side by side", "/programs", &asked);
            Ok(layout::page(&Page {
                layout,
                compared,
                asked,
            }))
        })
        .await
}
