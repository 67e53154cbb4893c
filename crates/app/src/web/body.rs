//! Limits on what a request may carry and how long it may take to say it.
//!
//! A page takes [`SMALL_BODY_BYTES`]; a route that reads files adds
//! [`large_body`]. Whoever sends slowly is stopped after [`BODY_TIME`], however
//! often a byte arrives.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::header::{CONNECTION, CONTENT_LENGTH};
use axum::http::{HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body::{Frame, SizeHint};
use tokio::time::{Instant, Sleep};

/// The most that a form may carry: 4 MiB, so that a note of 1 MB is taken in
/// any script, of which each letter becomes up to three in a form.
pub const SMALL_BODY_BYTES: usize = 4 << 20;

/// The most that a file may carry: 64 MiB.
pub const LARGE_BODY_BYTES: usize = 64 << 20;

/// The longest that a request body may take to arrive.
pub const BODY_TIME: Duration = Duration::from_secs(60);

/// Returns the limit for a route that reads files:
/// `post(import).layer(large_body())`.
pub fn large_body() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGE_BODY_BYTES)
}

/// Refuses a body that says that it is too large for every route, and cuts off
/// one that does not arrive in time.
pub async fn limit(request: Request, next: Next) -> Response {
    limit_in(BODY_TIME, request, next).await
}

/// [`limit`] with another time than [`BODY_TIME`].
pub async fn limit_in(time: Duration, request: Request, next: Next) -> Response {
    let declared = request
        .headers()
        .get(CONTENT_LENGTH)
        .and_then(|it| it.to_str().ok());
    if declared
        .and_then(|it| it.parse().ok())
        .is_some_and(|n: usize| n > LARGE_BODY_BYTES)
    {
        return too_large();
    }

    let late = Arc::new(AtomicBool::new(false));
    let deadline = Instant::now() + time;
    let request = request.map(|inner| {
        Body::new(TimedBody {
            inner,
            timer: Box::pin(tokio::time::sleep_until(deadline)),
            late: Arc::clone(&late),
        })
    });
    let response = next.run(request).await;
    if late.load(Ordering::Relaxed) {
        too_late()
    } else {
        response
    }
}

fn too_large() -> Response {
    (
        StatusCode::PAYLOAD_TOO_LARGE,
        [(CONNECTION, HeaderValue::from_static("close"))],
    )
        .into_response()
}

fn too_late() -> Response {
    (
        StatusCode::REQUEST_TIMEOUT,
        [(CONNECTION, HeaderValue::from_static("close"))],
    )
        .into_response()
}

/// Returns the length of a file and a body that reads it piece by piece, so
/// that a large one never lies in memory as a whole.
pub(crate) fn whole_file(path: &Path) -> io::Result<(u64, Body)> {
    let file = File::open(path)?;
    let n_bytes = file.metadata()?.len();
    Ok((n_bytes, Body::new(FileBody(file.take(n_bytes)))))
}

/// Bytes of a piece of a file.
const PIECE_BYTES: usize = 64 * 1024;

/// A file that is read while it is sent. A piece of a file on this computer
/// comes so quickly that it is read in place.
struct FileBody(io::Take<File>);

impl http_body::Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let mut piece = vec![0; PIECE_BYTES];
        match self.0.read(&mut piece) {
            Ok(0) => Poll::Ready(None),
            Ok(n) => {
                piece.truncate(n);
                Poll::Ready(Some(Ok(Frame::data(piece.into()))))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}

/// A body that fails once its time is over.
struct TimedBody {
    inner: Body,
    timer: Pin<Box<Sleep>>,
    late: Arc<AtomicBool>,
}

impl http_body::Body for TimedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        if self.timer.as_mut().poll(context).is_ready() {
            self.late.store(true, Ordering::Relaxed);
            let error = std::io::Error::from(std::io::ErrorKind::TimedOut);
            return Poll::Ready(Some(Err(axum::Error::new(error))));
        }
        Pin::new(&mut self.inner).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.inner.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.inner.size_hint()
    }
}
