//! Pages for what went wrong: what it was, and a way on.
//!
//! A handler returns an [`ErrorPage`] when it has something to say. Everything
//! else that fails on the way (no such address, a body that axum's extractors
//! refuse, a panic) becomes a page in [`as_page`], so that no student ever sees
//! a bare line of text in an empty window.

use std::any::Any;

use askama::Template;
use axum::extract::Request;
use axum::http::header::{ACCEPT, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};

use super::layout::Layout;
use crate::words::unturned;

/// A page that says what went wrong and offers a way on.
#[derive(Clone, Debug, Template)]
#[template(path = "pages/error.html")]
pub struct ErrorPage {
    status: StatusCode,
    layout: Layout,
    what: String,
    ways: Vec<(String, String)>,
}

impl ErrorPage {
    /// Returns a page with `status` whose heading is `heading`.
    pub fn new(status: StatusCode, heading: &str) -> Self {
        Self {
            status,
            layout: Layout::new(heading),
            what: String::new(),
            ways: Vec::new(),
        }
    }

    /// Adds the sentence that says what was found and what would do.
    pub fn saying(mut self, what: impl Into<String>) -> Self {
        self.what = what.into();
        self
    }

    /// Adds a way on: its label and its address on this server.
    pub fn way_on(mut self, label: &str, href: &str) -> Self {
        self.ways.push((label.to_owned(), href.to_owned()));
        self
    }

    /// Leaves navigation and search away, for a reader who may use neither.
    pub fn bare(mut self) -> Self {
        self.layout = self.layout.bare();
        self
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        match self.render() {
            Ok(html) => (self.status, Html(unturned(html))).into_response(),
            Err(_) => (self.status, self.what).into_response(),
        }
    }
}

/// Answers an address that leads nowhere.
pub async fn not_found() -> ErrorPage {
    page_for(StatusCode::NOT_FOUND)
}

/// Turns a panic into an answer. Its text goes to the terminal by the panic
/// hook and never to the page, for it may hold anything.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}

/// Turns a bare error of the machinery into a page, when a page was asked for.
///
/// An answer that is already HTML or JSON stays as it is; a script that fetches
/// a fragment does not accept HTML by name and keeps the short text.
pub async fn as_page(request: Request, next: Next) -> Response {
    let wants_page = accepts_html(request.headers());
    let response = next.run(request).await;
    let status = response.status();
    let is_error = status.is_client_error() || status.is_server_error();
    if !is_error || !wants_page || !is_bare(response.headers()) {
        return response;
    }

    let (mut parts, _) = response.into_parts();
    let page = page_for(status).into_response();
    parts.headers.remove(axum::http::header::CONTENT_LENGTH);
    parts.headers.extend(page.headers().clone());
    Response::from_parts(parts, page.into_body())
}

fn accepts_html(headers: &HeaderMap) -> bool {
    let accept = headers.get(ACCEPT).and_then(|it| it.to_str().ok());
    accept.is_some_and(|it| it.contains("text/html"))
}

fn is_bare(headers: &HeaderMap) -> bool {
    let is_text = |it: &HeaderValue| it.as_bytes().starts_with(b"text/plain");
    headers.get(CONTENT_TYPE).is_none_or(is_text)
}

fn page_for(status: StatusCode) -> ErrorPage {
    let (heading, what) = match status {
        StatusCode::NOT_FOUND => (
            "There is nothing here",
            "No page has this address. It may be mistyped, or what it showed was undone or \
             forgotten.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => (
            "This address cannot do that",
            "The page exists, but not for this kind of request. Open it from the navigation.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "That is too large",
            "A form takes up to 4 MB and a file up to 64 MB. Nothing was read or changed. A larger \
             file can be split into parts and read one after the other.",
        ),
        StatusCode::REQUEST_TIMEOUT => (
            "That took too long",
            "The request did not arrive within a minute, so Vouch stopped waiting. Nothing was \
             changed.",
        ),
        status if status.is_server_error() => (
            "Vouch made a mistake",
            "Something went wrong inside Vouch, and this request was not carried out. What was \
             saved before is safe. The terminal shows more.",
        ),
        _ => (
            "Vouch could not read that",
            "The request was not in the form that this page expects. Go back, and send it again.",
        ),
    };
    ErrorPage::new(status, heading)
        .saying(what)
        .way_on("Go to Today", "/")
}
