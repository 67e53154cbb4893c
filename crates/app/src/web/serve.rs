//! Listens on loopback until the student stops it.

use std::collections::VecDeque;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use hyper::body::Incoming;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::AbortHandle;
use tower::ServiceExt;

use super::guard::Guard;

/// The longest that the head of a request may take to arrive.
const HEADER_TIME: Duration = Duration::from_secs(10);

/// The longest that open answers may take once Vouch is told to stop.
const CLOSING_TIME: Duration = Duration::from_secs(5);

/// Connections that are open at once. One more takes the place of the oldest
/// that has not said anything whole yet, and waits where there is none.
const MAX_CONNECTIONS: usize = 256;

/// Why the server did not run.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port cannot be used, most often because something else has it.
    #[error("could not listen on 127.0.0.1:{port}: {source}")]
    Bind {
        /// The port that was asked for.
        port: u16,
        /// What the operating system said.
        source: io::Error,
    },
    /// The operating system gave no random bytes for the launch token.
    #[error("could not make a launch token: {0}")]
    Token(#[from] getrandom::Error),
    /// The signals that stop the server cannot be heard.
    #[error("could not wait for a signal to stop: {0}")]
    Signal(io::Error),
}

/// A server that has its port and serves nobody yet.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    guard: Guard,
}

/// Takes a port on loopback, 0 for any that is free, and makes the guard for it.
///
/// # Errors
/// Fails when the port is taken or no token can be made.
pub async fn bind(port: u16) -> Result<Bound, ServeError> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let as_error = |source| ServeError::Bind { port, source };
    let listener = TcpListener::bind(address).await.map_err(as_error)?;
    let guard = Guard::new(listener.local_addr().map_err(as_error)?.port())?;
    Ok(Bound { listener, guard })
}

/// Opens the student's browser at an address that lets them in. A browser that
/// does not open is no error: the address is printed as well.
pub fn open_browser(address: &str) {
    if open::that_detached(address).is_err() {
        eprintln!("No browser could be opened; open the address yourself.");
    }
}

impl Bound {
    /// Returns the guard, which knows the address and the token.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// Serves `pages` until `quit` is ready, or ctrl-c or SIGTERM comes.
    ///
    /// # Errors
    /// Fails when signals cannot be waited for.
    pub async fn run(
        self,
        pages: Router,
        quit: impl Future<Output = ()>,
    ) -> Result<(), ServeError> {
        let signal = stop_signal().map_err(ServeError::Signal)?;
        let stop = async {
            tokio::select! {
                () = signal => {}
                () = quit => {}
            }
        };
        self.serve(pages, stop).await;
        Ok(())
    }

    /// Serves `pages` behind the guard until `stop` is ready, then lets open
    /// answers finish for a few seconds.
    pub async fn serve(self, pages: Router, stop: impl Future<Output = ()>) {
        let router = super::router(pages, self.guard);
        let graceful = GracefulShutdown::new();
        let places = Places::new();
        let mut stop = std::pin::pin!(stop);
        loop {
            let stream = tokio::select! {
                next = next_connection(&self.listener) => next,
                () = &mut stop => break,
            };
            let place = tokio::select! {
                place = places.take() => place,
                () = &mut stop => break,
            };
            serve_connection(stream, place, &places, router.clone(), &graceful);
        }
        drop(self.listener);
        tokio::select! {
            () = graceful.shutdown() => {}
            () = tokio::time::sleep(CLOSING_TIME) => {}
        }
    }
}

/// The places of the connections, and the newcomers among them: those whose
/// first request has not arrived whole.
///
/// Any program of this computer can open connections and say nothing, and with
/// all places taken in this way the student's browser would wait for them.
struct Places {
    free: Arc<Semaphore>,
    newcomers: Mutex<VecDeque<Newcomer>>,
}

struct Newcomer {
    known: Arc<AtomicBool>,
    task: AbortHandle,
}

impl Places {
    fn new() -> Self {
        Self {
            free: Arc::new(Semaphore::new(MAX_CONNECTIONS)),
            newcomers: Mutex::default(),
        }
    }

    /// Returns a place, that of the oldest newcomer where none is free.
    async fn take(&self) -> Option<OwnedSemaphorePermit> {
        if self.free.available_permits() == 0
            && let Some(oldest) = self.newcomers().pop_front()
        {
            oldest.task.abort();
        }
        // Nobody closes the semaphore, so a place always comes.
        Arc::clone(&self.free).acquire_owned().await.ok()
    }

    fn admit(&self, newcomer: Newcomer) {
        self.newcomers().push_back(newcomer);
    }

    /// Returns the newcomers, without those who are none any more.
    fn newcomers(&self) -> MutexGuard<'_, VecDeque<Newcomer>> {
        let mut all = self
            .newcomers
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        all.retain(|it| !it.known.load(Ordering::Relaxed) && !it.task.is_finished());
        all
    }
}

/// Waits for somebody to connect.
async fn next_connection(listener: &TcpListener) -> TcpStream {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return stream,
            // The peer may be gone already, or the process out of file
            // handles; either passes.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Serves one connection in its own task.
///
/// This is hyper itself and not `axum::serve`, because only here can a slow
/// request head be cut off.
fn serve_connection(
    stream: TcpStream,
    place: Option<OwnedSemaphorePermit>,
    places: &Places,
    router: Router,
    graceful: &GracefulShutdown,
) {
    let known = Arc::new(AtomicBool::new(false));
    let arrived = Arc::clone(&known);
    let service = TowerToHyperService::new(router.map_request(move |it: Request<Incoming>| {
        arrived.store(true, Ordering::Relaxed);
        it.map(Body::new)
    }));
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEADER_TIME)
        .serve_connection(TokioIo::new(stream), service);
    let connection = graceful.watch(connection);
    let task = tokio::spawn(async move {
        // A connection that breaks concerns only its own browser tab.
        let _ = connection.await;
        drop(place);
    });
    places.admit(Newcomer {
        known,
        task: task.abort_handle(),
    });
}

/// Returns what becomes ready on ctrl-c or SIGTERM.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Returns what becomes ready on ctrl-c.
#[cfg(not(unix))]
fn stop_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
    })
}
