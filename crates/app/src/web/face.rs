//! The web face of one vault, which may be locked, open, or closed for a moment.
//!
//! The pages of an open vault work with a [`State`], which holds the vault open.
//! Locking and restoring need the vault for itself, so the face lets that state
//! go, waits until no request has it any more, acts, and opens the vault again;
//! requests that come meanwhile wait. While the vault is locked, every address
//! leads to the page that asks for the passphrase.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Request, State as Extract};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use desk::{Clock, Contents, Found, Ids, Key, Prepared, RecoveryCode, Secret, Vault, VaultError};
use jiff::civil::Date;
use tokio::sync::{Notify, RwLock};
use tokio::time::Instant;
use tower::ServiceExt as _;
use uuid::Uuid;

use super::errors::ErrorPage;
use super::pages;
use super::state::State;
use crate::attempts::Attempts;
use crate::words::sentence;

/// How long requests that are being answered may take to let the vault go.
const LETTING_GO: Duration = Duration::from_secs(10);

/// How long the server goes on after Quit, so that the last page gets its style.
const PARTING: Duration = Duration::from_secs(1);

/// The web face of one vault. Cloning is cheap; clones are the same face.
#[derive(Clone)]
pub struct Face(Arc<Inner>);

struct Inner {
    vault: Vault,
    clock: Arc<dyn Clock>,
    demo: bool,
    phase: Arc<RwLock<Phase>>,
    slowed: Mutex<Slowed>,
    kept: Mutex<Kept>,
    quit: Notify,
}

enum Phase {
    /// The vault is open, and these pages work on it.
    Open(Box<Open>),
    /// It has a passphrase, which was not given yet.
    Locked,
    /// It did not open.
    Closed { why: String },
}

struct Open {
    state: State,
    pages: Router,
    key: Key,
}

/// Wrong passphrases so far, and when the next may come.
#[derive(Default)]
struct Slowed {
    attempts: Attempts,
    not_before: Option<Instant>,
}

/// What waits for the next page, in memory only: the latest of each kind.
#[derive(Default)]
struct Kept {
    said: Option<(Uuid, String)>,
    sheet: Option<(Uuid, Arc<Sheet>)>,
    prepared: Option<(Uuid, Arc<Compared>)>,
    ready: Option<Prepared>,
}

/// A recovery sheet that is shown until the next one is made.
pub(crate) struct Sheet {
    pub(crate) code: RecoveryCode,
    pub(crate) day: Date,
}

/// A backup that was checked, beside the vault that it would replace.
pub(crate) struct Compared {
    pub(crate) name: String,
    pub(crate) backup: Contents,
    pub(crate) made: Option<jiff::Timestamp>,
    pub(crate) vault: Found,
    /// How often people were forgotten since the backup.
    pub(crate) forgotten: usize,
}

/// Why an unlock did not happen.
pub(crate) enum NotUnlocked {
    /// The secret is a wrong one, or something else is in the way.
    Refused(VaultError),
    /// It is too early for another attempt.
    Wait(Duration),
}

impl Face {
    /// Returns the face of a vault that is not opened yet. `demo` marks the
    /// pages as a demonstration.
    pub fn new(vault: Vault, clock: Arc<dyn Clock>, demo: bool) -> Self {
        Self(Arc::new(Inner {
            vault,
            clock,
            demo,
            phase: Arc::new(RwLock::new(Phase::Locked)),
            slowed: Mutex::default(),
            kept: Mutex::default(),
            quit: Notify::new(),
        }))
    }

    /// Returns the face of a vault that is opened with `secret`.
    pub fn open(
        vault: Vault,
        secret: Secret<'_>,
        clock: Arc<dyn Clock>,
        demo: bool,
    ) -> Result<Self, VaultError> {
        let key = vault.key_or_new(secret)?;
        let face = Self::new(vault, clock, demo);
        let open = face.0.opened(key)?;
        let Ok(mut phase) = face.0.phase.try_write() else {
            unreachable!("nobody else has a face that was just made");
        };
        *phase = Phase::Open(Box::new(open));
        drop(phase);
        Ok(face)
    }

    /// Returns every page: those of the open vault, and those that look after it.
    pub fn routes(&self) -> Router {
        Router::new()
            .merge(pages::unlock::routes())
            .merge(pages::vault::routes())
            .merge(pages::quit::routes())
            .fallback(dispatch)
            .with_state(self.clone())
    }

    /// Asks the server to stop, after the answer that says so.
    pub(crate) fn quit(&self) {
        self.0.quit.notify_one();
    }

    /// Becomes ready shortly after the student pressed Quit.
    pub async fn quitting(&self) {
        self.0.quit.notified().await;
        tokio::time::sleep(PARTING).await;
    }

    /// Returns the vault.
    pub(crate) fn vault(&self) -> &Vault {
        &self.0.vault
    }

    pub(crate) fn now(&self) -> jiff::Timestamp {
        self.0.clock.now()
    }

    pub(crate) fn is_demo(&self) -> bool {
        self.0.demo
    }

    /// Returns what the pages of the open vault work with, if it is open.
    pub(crate) async fn state(&self) -> Option<State> {
        match &*self.0.phase.read().await {
            Phase::Open(open) => Some(open.state.clone()),
            Phase::Locked | Phase::Closed { .. } => None,
        }
    }

    /// Returns why the vault is not open although no passphrase is missing.
    pub(crate) async fn trouble(&self) -> Option<String> {
        match &*self.0.phase.read().await {
            Phase::Closed { why } => Some(why.clone()),
            Phase::Open(_) | Phase::Locked => None,
        }
    }

    /// Opens the vault with what was typed. Wrong attempts are slowed, for
    /// everybody at this face together.
    pub(crate) async fn unlock(&self, typed: Typed) -> Result<(), NotUnlocked> {
        let inner = Arc::clone(&self.0);
        self.change(move |phase| {
            if matches!(phase, Phase::Open(_)) {
                return Ok(());
            }
            let wait = inner.wait();
            if !wait.is_zero() {
                return Err(NotUnlocked::Wait(wait));
            }
            let opened = inner
                .vault
                .key_or_new(typed.secret())
                .and_then(|key| inner.opened(key));
            match opened {
                Ok(open) => {
                    *inner.slowed() = Slowed::default();
                    *phase = Phase::Open(Box::new(open));
                    Ok(())
                }
                Err(error) => {
                    inner.slow(&error);
                    Err(NotUnlocked::Refused(error))
                }
            }
        })
        .await
        .unwrap_or_else(|| Err(NotUnlocked::Refused(a_mistake())))
    }

    /// Lets the open vault go, so that the passphrase is asked for again.
    pub(crate) async fn close(&self) {
        let inner = Arc::clone(&self.0);
        self.change(move |phase| {
            *phase = inner.resting();
            *inner.kept() = Kept::default();
        })
        .await;
    }

    /// Does what needs the vault for itself, and opens it again.
    pub(crate) async fn alone<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Vault, &Key) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let inner = Arc::clone(&self.0);
        self.change(move |phase| inner.alone(phase, act))
            .await
            .unwrap_or_else(|| Err(a_mistake()))
    }

    /// Changes the phase in a task of its own, which ends even where nobody
    /// waits for its answer any more; `None` after a panic.
    async fn change<T: Send + 'static>(
        &self,
        f: impl FnOnce(&mut Phase) -> T + Send + 'static,
    ) -> Option<T> {
        let mut phase = Arc::clone(&self.0.phase).write_owned().await;
        let done = tokio::task::spawn_blocking(move || f(&mut phase)).await;
        done.ok()
    }

    /// Does something with the vault's key while the pages are in use.
    pub(crate) async fn with_key<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Vault, &Key) -> Result<T, VaultError> + Send + 'static,
    ) -> Result<T, VaultError> {
        let key = match &*self.0.phase.read().await {
            Phase::Open(open) => open.key.clone(),
            Phase::Locked | Phase::Closed { .. } => return Err(VaultError::Locked),
        };
        let vault = self.0.vault.clone();
        tokio::task::spawn_blocking(move || act(&vault, &key))
            .await
            .unwrap_or_else(|_| Err(a_mistake()))
    }

    /// Refuses an attempt at the passphrase that comes too early.
    pub(crate) fn early(&self) -> Option<Duration> {
        Some(self.0.wait()).filter(|wait| !wait.is_zero())
    }

    /// Slows the next attempt, where this one was at the passphrase and wrong.
    pub(crate) fn slow(&self, error: &VaultError) {
        self.0.slow(error);
    }

    /// Goes to the page Vault, and says a sentence there.
    pub(crate) fn say(&self, said: impl Into<String>) -> Response {
        let id = Uuid::new_v4();
        self.0.kept().said = Some((id, said.into()));
        Redirect::to(&format!("/vault?said={id}")).into_response()
    }

    /// Returns the sentence that the address names.
    pub(crate) fn said(&self, id: &str) -> Option<String> {
        named(&self.0.kept().said, id)
    }

    /// Keeps a sheet in memory, and returns its name.
    pub(crate) fn keep_sheet(&self, sheet: Sheet) -> Uuid {
        let id = Uuid::new_v4();
        self.0.kept().sheet = Some((id, Arc::new(sheet)));
        id
    }

    pub(crate) fn sheet(&self, id: &str) -> Option<Arc<Sheet>> {
        named(&self.0.kept().sheet, id)
    }

    /// Keeps a backup that stands ready, and returns its name.
    pub(crate) fn keep_prepared(&self, name: String, ready: Prepared) -> Uuid {
        let id = Uuid::new_v4();
        let compared = Compared {
            name,
            backup: ready.backup,
            made: ready.made,
            vault: ready.vault,
            forgotten: ready.n_forgotten_since(),
        };
        let mut kept = self.0.kept();
        kept.prepared = Some((id, Arc::new(compared)));
        kept.ready = Some(ready);
        id
    }

    pub(crate) fn compared(&self, id: &str) -> Option<Arc<Compared>> {
        named(&self.0.kept().prepared, id)
    }

    /// Gives the backup that stands ready away; it is there once.
    pub(crate) fn take_prepared(&self, id: &str) -> Option<Prepared> {
        let mut kept = self.0.kept();
        named(&kept.prepared, id)?;
        kept.prepared = None;
        kept.ready.take()
    }
}

impl Inner {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn slowed(&self) -> MutexGuard<'_, Slowed> {
        self.slowed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait(&self) -> Duration {
        let not_before = self.slowed().not_before;
        not_before.map_or(Duration::ZERO, |at| {
            at.saturating_duration_since(Instant::now())
        })
    }

    fn slow(&self, error: &VaultError) {
        // A slip in a recovery code is found without the key, and tells an
        // attacker nothing.
        if matches!(
            error,
            VaultError::WrongPassphrase { what: "the vault" } | VaultError::WrongRecoveryCode
        ) {
            let mut slowed = self.slowed();
            slowed.not_before = Some(Instant::now() + slowed.attempts.wrong());
        }
    }

    fn opened(&self, key: Key) -> Result<Open, VaultError> {
        let clock = Arc::clone(&self.clock);
        let (desk, reader) = self.vault.open_with_key(&key, clock, Ids::random())?;
        let state = State::new(desk, reader, self.demo);
        if !self.demo {
            copy_weekly(state.clone());
        }
        Ok(Open {
            pages: pages::all(state.clone()),
            state,
            key,
        })
    }

    /// Returns the phase of a vault that was let go.
    fn resting(&self) -> Phase {
        match self.vault.protection() {
            Ok(protection) if protection.locked => Phase::Locked,
            Ok(_) => Phase::Closed {
                why: "It was closed.".to_owned(),
            },
            Err(error) => Phase::Closed {
                why: sentence(&error.to_string()),
            },
        }
    }

    fn alone<T>(
        &self,
        phase: &mut Phase,
        act: impl FnOnce(&Vault, &Key) -> Result<T, VaultError>,
    ) -> Result<T, VaultError> {
        // A panic on the way leaves this phase, and the next request tries anew.
        let resting = self.resting();
        let Phase::Open(open) = std::mem::replace(phase, resting) else {
            return Err(VaultError::Locked);
        };
        let Open { state, pages, key } = *open;
        let watch = state.watch();
        drop((state, pages));
        let until = std::time::Instant::now() + LETTING_GO;
        while let Some(state) = watch.still_there() {
            if until < std::time::Instant::now() {
                let pages = pages::all(state.clone());
                *phase = Phase::Open(Box::new(Open { state, pages, key }));
                return Err(VaultError::InUse { what: "this" });
            }
            drop(state);
            std::thread::sleep(Duration::from_millis(10));
        }
        let done = act(&self.vault, &key);
        match self.opened(key) {
            Ok(open) => *phase = Phase::Open(Box::new(open)),
            Err(error) => {
                *phase = Phase::Closed {
                    why: sentence(&error.to_string()),
                };
            }
        }
        done
    }
}

/// What somebody typed to open the vault.
pub(crate) enum Typed {
    Nothing,
    Passphrase(String),
    Recovery(String),
}

impl Typed {
    /// Returns what a field means that takes both the passphrase and the code.
    pub(crate) fn either(text: &str) -> Self {
        if RecoveryCode::read(text).is_ok() {
            Self::Recovery(text.to_owned())
        } else {
            Self::Passphrase(text.to_owned())
        }
    }

    pub(crate) fn secret(&self) -> Secret<'_> {
        match self {
            Self::Nothing => Secret::None,
            Self::Passphrase(text) => Secret::Passphrase(text),
            Self::Recovery(text) => Secret::Recovery(text),
        }
    }
}

/// Hands a request to the pages of the open vault, or leads to the lock.
async fn dispatch(Extract(face): Extract<Face>, request: Request) -> Response {
    let pages = match &*face.0.phase.read().await {
        Phase::Open(open) => Some(open.pages.clone()),
        Phase::Locked | Phase::Closed { .. } => None,
    };
    match pages {
        Some(pages) => {
            let Ok(response) = pages.oneshot(request).await;
            response
        }
        None if request.method().is_safe() => Redirect::to("/unlock").into_response(),
        None => ErrorPage::new(StatusCode::CONFLICT, "The vault is locked")
            .saying("Nothing was changed. Unlock the vault, go back, and send it again.")
            .way_on("Unlock", "/unlock")
            .bare()
            .into_response(),
    }
}

/// Makes the weekly copy beside the student's work.
fn copy_weekly(state: State) {
    std::thread::spawn(move || {
        if let Err(error) = state.desk().backup_when_due() {
            eprintln!("The weekly copy could not be made: {error}");
        }
    });
}

fn named<T: Clone>(kept: &Option<(Uuid, T)>, id: &str) -> Option<T> {
    let (name, value) = kept.as_ref()?;
    (name.to_string() == id).then(|| value.clone())
}

fn a_mistake() -> VaultError {
    VaultError::System("an answer; the terminal shows more".to_owned())
}
