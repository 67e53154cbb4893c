//! The files that pages need, embedded in the binary.
//!
//! Every file lies under one folder that is named by a hash of them all, so a
//! file may be cached for ever, style sheets and modules find each other by
//! relative names, and a new build never meets an old file.

use std::sync::LazyLock;

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::errors;

/// The route of the embedded files.
pub const ROUTE: &str = "/static/{hash}/{name}";

/// One embedded file.
struct Asset {
    name: &'static str,
    bytes: &'static [u8],
}

macro_rules! assets {
    ($($name:literal),* $(,)?) => {
        &[$(Asset { name: $name, bytes: include_bytes!(concat!("../../static/", $name)) }),*]
    };
}

/// Every file of `static/`; a test compares this list with the folder.
const ASSETS: &[Asset] = assets![
    "app.js",
    "base.css",
    "components.css",
    "controls.css",
    "copy.js",
    "drop.js",
    "favicon.svg",
    "frame.css",
    "keys.js",
    "live.js",
    "offers.js",
    "overlays.css",
    "palette.js",
    "print.css",
    "records.css",
    "theme.js",
    "toast.js",
    "tokens.css",
];

/// Names the present content of all files, 16 hexadecimal digits.
static HASH: LazyLock<String> = LazyLock::new(|| {
    // FNV-1a with 64 bits. It guards against stale caches, not against people.
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for asset in ASSETS {
        for byte in asset.name.bytes().chain(asset.bytes.iter().copied()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    format!("{hash:016x}")
});

/// Returns the names of all embedded files, in order.
pub fn names() -> impl Iterator<Item = &'static str> {
    ASSETS.iter().map(|asset| asset.name)
}

/// Returns the address of the embedded file `name`.
pub fn url(name: &str) -> String {
    format!("/static/{}/{name}", *HASH)
}

/// Tells whether `path` belongs to the embedded files, there or not.
pub fn is_asset(path: &str) -> bool {
    path.starts_with("/static/") || path == "/favicon.ico"
}

/// Answers with an embedded file, which may be kept as long as its name lives.
///
/// An address of another build is not found: a page of that build is stale, and
/// mixing both would be worse than plain text.
pub async fn file(Path((hash, name)): Path<(String, String)>) -> Response {
    match ASSETS.iter().find(|asset| asset.name == name) {
        Some(asset) if hash == *HASH => answer(asset),
        _ => errors::not_found().await.into_response(),
    }
}

/// Answers browsers that ask for an icon before they have read the page.
pub async fn favicon() -> Response {
    match ASSETS.iter().find(|asset| asset.name == "favicon.svg") {
        Some(asset) => answer(asset),
        None => errors::not_found().await.into_response(),
    }
}

fn answer(asset: &Asset) -> Response {
    let headers = [
        (CONTENT_TYPE, content_type(asset.name)),
        (CACHE_CONTROL, "private, max-age=31536000, immutable"),
    ];
    (headers, asset.bytes).into_response()
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "application/octet-stream",
    }
}
