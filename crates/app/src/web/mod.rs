//! The web face: a guarded loopback server around server-rendered pages.
//!
//! Pages are plain axum routes. [`router`] puts everything around them that
//! every answer needs: the embedded files, the error pages and the
//! [`guard`]. How a page is written is told in [`layout`].
//!
//! ```
//! use app::web::{self, guard::Guard};
//! use axum::{Router, routing::get};
//!
//! let pages = Router::new().route("/hello", get(|| async { "Hello" }));
//! let whole = web::router(pages, Guard::new(4000).expect("the system gives random bytes"));
//! # let _: Router = whole;
//! ```

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;

pub mod assets;
pub mod body;
pub mod errors;
pub mod face;
mod faults;
pub mod form;
pub mod guard;
pub mod held;
pub mod layout;
pub mod pages;
pub mod palette;
pub(crate) mod parts;
mod prose;
pub mod serve;
pub mod state;
pub mod work;

use guard::Guard;

/// Returns the whole web face: `pages` with the embedded files, error pages,
/// limits and the guard around them.
///
/// Layers run from the outside in: security headers, guard, error pages,
/// limits of the body, and last the page itself. So a refused request gets the
/// headers too, and an answer of axum's own extractors becomes a page.
pub fn router(pages: Router, guard: Guard) -> Router {
    pages
        .route(assets::ROUTE, get(assets::file))
        .route("/favicon.ico", get(assets::favicon))
        .layer(DefaultBodyLimit::max(body::SMALL_BODY_BYTES))
        .layer(from_fn(body::limit))
        .layer(CatchPanicLayer::custom(errors::panicked))
        .layer(from_fn(errors::as_page))
        .layer(from_fn_with_state(guard, guard::check))
        .layer(from_fn(guard::secure_headers))
}
