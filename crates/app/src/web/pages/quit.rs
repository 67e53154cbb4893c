//! `/quit`: stops Vouch without a terminal.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::post;

use crate::web::face::Face;
use crate::web::layout::{self, Layout};

#[derive(Template)]
#[template(path = "pages/quit.html")]
struct Page {
    layout: Layout,
    demo: bool,
}

/// Returns the route that stops Vouch, whether or not the vault is locked.
pub(crate) fn routes() -> Router<Face> {
    Router::new().route("/quit", post(quit))
}

/// Answers at once instead of with a redirect: nobody is there to answer a
/// second request.
async fn quit(Extract(face): Extract<Face>) -> Response {
    face.quit();
    layout::page(&Page {
        layout: Layout::new("Vouch is closed").bare(),
        demo: face.is_demo(),
    })
}
