//! Asks the real router, as a browser would.

use std::sync::Arc;

use app::web::face::Face;
use app::web::guard::Guard;
use app::web::{self, body};
use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::routing::{get, post};
use desk::{Secret, SystemClock, Vault};
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;

/// Returns every page on an empty vault, which goes when the folder is dropped.
pub(crate) fn pages_of_an_empty_vault() -> (Router, TempDir) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let vault = Vault::at(folder.path());
    let face = Face::open(vault, Secret::None, Arc::new(SystemClock), false);
    (face.expect("an empty vault opens").routes(), folder)
}

/// The port that the guard under test believes in.
pub(crate) const PORT: u16 = 4000;

/// What the router answered.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    /// Returns the value of a header, or nothing.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }
}

/// A server without a socket, and a browser that has its cookie.
pub(crate) struct Shell {
    guard: Guard,
    router: Router,
    _vault: TempDir,
}

impl Shell {
    /// Starts the shell with a few pages that only tests have.
    pub(crate) fn new() -> Self {
        let (pages, vault) = pages_of_an_empty_vault();
        let pages = pages
            .route("/echo", post(async |text: String| text))
            .route(
                "/file",
                post(async |it: Bytes| it.len().to_string()).layer(body::large_body()),
            )
            .route("/page", get(async || "a page").post(async || "changed"))
            .route("/panic", get(panics));
        let guard = Guard::new(PORT).expect("the system gives random bytes");
        Self {
            router: web::router(pages, guard.clone()),
            guard,
            _vault: vault,
        }
    }

    pub(crate) fn token(&self) -> &str {
        self.guard.token()
    }

    /// Returns the cookie line of a browser that was let in.
    pub(crate) fn cookie(&self) -> String {
        format!("{}={}", self.guard.cookie_name(), self.guard.token())
    }

    /// Returns a request as a bare client would send it.
    pub(crate) fn bare(method: Method, path: &str) -> axum::http::request::Builder {
        Request::builder()
            .method(method)
            .uri(path)
            .header("host", format!("127.0.0.1:{PORT}"))
            .header("accept", "text/html")
    }

    /// Returns a request of the student's own browser, on a page of ours.
    pub(crate) fn own(&self, method: Method, path: &str) -> axum::http::request::Builder {
        Self::bare(method, path)
            .header("cookie", self.cookie())
            .header("origin", format!("http://127.0.0.1:{PORT}"))
            .header("sec-fetch-site", "same-origin")
    }

    /// Sends a request and reads the whole answer.
    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let Ok(response) = self.router.clone().oneshot(request).await;
        let (parts, body) = response.into_parts();
        let bytes = body
            .collect()
            .await
            .expect("the body is in memory")
            .to_bytes();
        Answer {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8(bytes.into()).expect("every answer is text"),
        }
    }

    /// Downloads a file in the student's own browser.
    pub(crate) async fn bytes(&self, path: &str) -> Vec<u8> {
        let request = self.own(Method::GET, path).body(Body::empty());
        let request = request.expect("the request is well formed");
        let Ok(response) = self.router.clone().oneshot(request).await;
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        let body = response.into_body().collect().await;
        body.expect("the file is read").to_bytes().into()
    }

    /// Opens a page in the student's own browser.
    pub(crate) async fn open(&self, path: &str) -> Answer {
        let request = self.own(Method::GET, path).body(Body::empty());
        self.send(request.expect("the request is well formed"))
            .await
    }
}

async fn panics() -> &'static str {
    panic!("the note about Dr. Rao")
}
