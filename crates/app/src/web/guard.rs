//! Who may talk to the local server, and what every answer promises.
//!
//! The server listens on loopback, yet everything on this machine can reach
//! it: any web page in the student's browser, and any local program. Three
//! checks stand in front of every page.
//!
//! 1. **Host.** Only this server's own names with its own port, so that a
//!    foreign name that resolves to 127.0.0.1 (DNS rebinding) gets nothing.
//! 2. **Token.** A random launch token, printed at the start, is exchanged for
//!    a cookie. Cookies ignore ports, so its name carries the port, and it is
//!    never trusted alone.
//! 3. **Origin.** A request that can change something must come from a page of
//!    this very server, by `Origin` and `Sec-Fetch-Site`.
//!
//! The embedded files ([`super::assets`]) need no token: they are the same for
//! everybody, and the page that explains a missing token wants its style.
//! The query parameter `token` belongs to the guard on every address.

use std::fmt;
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, COOKIE, HOST, LOCATION, ORIGIN, REFERRER_POLICY,
    SET_COOKIE, X_CONTENT_TYPE_OPTIONS, X_FRAME_OPTIONS,
};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use subtle::ConstantTimeEq;

use super::assets;
use super::errors::ErrorPage;

/// The policy of every answer: nothing from elsewhere, nothing inline.
pub const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; connect-src 'self'; font-src 'self'; form-action 'self'; \
     base-uri 'none'; frame-ancestors 'none'";

/// Bytes of randomness in a launch token.
const TOKEN_BYTES: usize = 32;

/// What the guard knows about the server that it stands in front of.
///
/// Cloning is cheap; clones guard the same server.
#[derive(Clone)]
pub struct Guard(Arc<Inner>);

struct Inner {
    port: u16,
    token: String,
    cookie: String,
    hosts: Vec<String>,
}

/// Says which server is guarded and keeps the token to itself.
impl fmt::Debug for Guard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Guard")
            .field("port", &self.0.port)
            .finish_non_exhaustive()
    }
}

impl Guard {
    /// Returns a guard for the server on `port`, with a fresh random token.
    ///
    /// # Errors
    /// Fails when the operating system gives no random bytes.
    pub fn new(port: u16) -> Result<Self, getrandom::Error> {
        let mut bytes = [0; TOKEN_BYTES];
        getrandom::fill(&mut bytes)?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();

        let names = ["127.0.0.1", "localhost", "[::1]"];
        let mut hosts: Vec<String> = names.map(|name| format!("{name}:{port}")).into();
        // Browsers leave the port away when it is the scheme's own.
        if port == 80 {
            hosts.extend(names.map(String::from));
        }
        Ok(Self(Arc::new(Inner {
            port,
            token,
            cookie: format!("vouch_{port}"),
            hosts,
        })))
    }

    /// Returns the port that is guarded.
    pub fn port(&self) -> u16 {
        self.0.port
    }

    /// Returns the launch token, 64 hexadecimal digits. Anybody who has it is
    /// the student: print it to their terminal, never to a log.
    pub fn token(&self) -> &str {
        &self.0.token
    }

    /// Returns the name of the cookie that the token becomes.
    pub fn cookie_name(&self) -> &str {
        &self.0.cookie
    }

    /// Returns the address that lets the student in.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}/?token={}", self.0.port, self.0.token)
    }

    fn is_token(&self, candidate: &str) -> bool {
        self.0.token.as_bytes().ct_eq(candidate.as_bytes()).into()
    }

    /// Returns the requested host when it is one of ours.
    ///
    /// A request in absolute form names a host twice; both must be ours.
    fn own_host(&self, request: &Request) -> Option<String> {
        let mut named = request.headers().get_all(HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else {
            return None;
        };
        let host = host.to_str().ok()?.to_ascii_lowercase();
        let authority = request
            .uri()
            .authority()
            .map(|it| it.as_str().to_ascii_lowercase());
        if authority.is_some_and(|authority| authority != host) {
            return None;
        }
        self.0.hosts.contains(&host).then_some(host)
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        headers
            .get_all(COOKIE)
            .iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .any(|(name, value)| name == self.0.cookie && self.is_token(value))
    }
}

/// Lets a request pass, exchanges a launch token for the cookie, or refuses.
pub async fn check(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    let Some(host) = guard.own_host(&request) else {
        return foreign_host();
    };
    if !comes_from_here(request.method(), request.headers(), &host) {
        return cross_site();
    }
    if assets::is_asset(request.uri().path()) {
        return next.run(request).await;
    }
    if request.method() == Method::GET
        && let Some((token, wanted)) = launch(request.uri())
    {
        return if guard.is_token(&token) {
            let_in(&guard, &wanted)
        } else {
            no_token()
        };
    }
    if !guard.has_cookie(request.headers()) {
        return no_token();
    }
    next.run(request).await
}

/// Adds the security headers to an answer, whatever it is.
pub async fn secure_headers(request: Request, next: Next) -> Response {
    const HEADERS: [(HeaderName, &str); 7] = [
        (CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        // The frame rule again, for browsers older than the policy.
        (X_FRAME_OPTIONS, "DENY"),
        // Not `no-referrer`: under it Chromium sends `Origin: null` with the
        // forms of our own pages.
        (REFERRER_POLICY, "same-origin"),
        (
            HeaderName::from_static("cross-origin-opener-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        ),
        (
            HeaderName::from_static("permissions-policy"),
            "camera=(), geolocation=(), microphone=()",
        ),
    ];

    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    // Pages hold people, so no copy may stay in a cache; only the embedded
    // files, which name their own content, say otherwise.
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Tells whether the browser says that a page of this server sent the request.
///
/// A safe request may also come from nowhere (a typed address, a bookmark) or
/// be a link that was followed to here; what it may not be is a picture, a
/// script or a fetch of somebody else's page.
fn comes_from_here(method: &Method, headers: &HeaderMap, host: &str) -> bool {
    let text = |name: &HeaderName| headers.get(name).map(|it| it.to_str().unwrap_or("?"));
    let site = text(&HeaderName::from_static("sec-fetch-site"));
    let mode = text(&HeaderName::from_static("sec-fetch-mode"));
    let origin = text(&ORIGIN);
    let own_origin = origin.is_some_and(|it| it == format!("http://{host}"));

    if method.is_safe() {
        return matches!(site, None | Some("same-origin" | "none")) || mode == Some("navigate");
    }
    match site {
        // The browser sets this header and no page can forge it; an opaque
        // origin is what a form says under a strict referrer policy.
        Some("same-origin") => own_origin || matches!(origin, None | Some("null")),
        Some(_) => false,
        None => own_origin,
    }
}

/// Splits an address into its launch token and the address without it.
fn launch(uri: &Uri) -> Option<(String, String)> {
    let query = uri.query()?;
    let is_token = |pair: &&str| pair.starts_with("token=");
    let token = query
        .split('&')
        .find(is_token)?
        .trim_start_matches("token=")
        .to_owned();

    let path = match uri.path() {
        "/enter" => "/",
        // Two slashes would make the rest a host name.
        path if path.starts_with("//") || path.contains('\\') => "/",
        path => path,
    };
    let rest: Vec<&str> = query.split('&').filter(|pair| !is_token(pair)).collect();
    let wanted = if rest.is_empty() {
        path.to_owned()
    } else {
        format!("{path}?{}", rest.join("&"))
    };
    Some((token, wanted))
}

fn let_in(guard: &Guard, wanted: &str) -> Response {
    let cookie = format!(
        "{}={}; HttpOnly; SameSite=Strict; Path=/",
        guard.cookie_name(),
        guard.token()
    );
    (
        StatusCode::SEE_OTHER,
        [(LOCATION, wanted), (SET_COOKIE, &cookie)],
    )
        .into_response()
}

fn foreign_host() -> Response {
    ErrorPage::new(StatusCode::FORBIDDEN, "This is not an address of Vouch")
        .saying(
            "Vouch answers only at 127.0.0.1 and localhost, with the port that it printed when it \
             started. This request named another host.",
        )
        .bare()
        .into_response()
}

fn cross_site() -> Response {
    ErrorPage::new(StatusCode::FORBIDDEN, "That came from another page")
        .saying(
            "Vouch takes changes only from its own pages, and this request was sent from somewhere \
             else. Nothing was changed.",
        )
        .bare()
        .into_response()
}

fn no_token() -> Response {
    ErrorPage::new(StatusCode::FORBIDDEN, "Open Vouch again")
        .saying(
            "This browser has no key to the Vouch that is running now. Start Vouch once more: it \
             finds the one that is running, and opens it here. Open the whole address that Vouch \
             printed, where it was started in a terminal; it ends in a token. Nothing is lost.",
        )
        .way_on("Try again", "/")
        .bare()
        .into_response()
}
