//! Work that takes longer than a page may: it runs beside the server, says how
//! far it is, and can be stopped.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

/// Long work on an import.
#[derive(Debug)]
pub struct Work {
    /// Its name; the preview that it makes or applies has the same one.
    pub id: Uuid,
    step: Mutex<Step>,
    done: AtomicU64,
    total: AtomicU64,
    stop: AtomicBool,
    end: Mutex<Option<End>>,
}

/// A part of the work that is counted by itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is done, as a heading: "Reading messages.csv".
    pub what: String,
    /// What is counted: bytes, or rows.
    pub unit: Unit,
}

/// What the progress counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Bytes of a file.
    Bytes,
    /// Rows of a preview.
    Rows,
}

/// How the work ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// The page that shows what came of it.
    Page(String),
    /// It was stopped and left nothing behind.
    Stopped,
    /// Why it could not be done, as a sentence.
    Failed(String),
}

impl Work {
    /// Returns work that is about to begin.
    pub fn new(id: Uuid, what: String, unit: Unit) -> Self {
        Self {
            id,
            step: Mutex::new(Step { what, unit }),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            stop: AtomicBool::new(false),
            end: Mutex::new(None),
        }
    }

    /// Goes on to another part of the work.
    pub fn enter(&self, what: &str, unit: Unit) {
        let mut step = self.step.lock().unwrap_or_else(PoisonError::into_inner);
        if step.what != what {
            what.clone_into(&mut step.what);
            step.unit = unit;
        }
    }

    /// Returns the part of the work that is done now.
    pub fn step(&self) -> Step {
        self.step
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }

    /// Notes how far it is; `false` means stop.
    pub fn tell(&self, done: u64, total: u64) -> bool {
        self.done.store(done, Ordering::Relaxed);
        self.total.store(total, Ordering::Relaxed);
        !self.stop.load(Ordering::Relaxed)
    }

    /// Returns how much is done, and of how much.
    pub fn progress(&self) -> (u64, u64) {
        let total = self.total.load(Ordering::Relaxed);
        (self.done.load(Ordering::Relaxed).min(total), total)
    }

    /// Asks it to stop.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// Notes how it ended.
    pub fn finish(&self, end: End) {
        *self.end.lock().unwrap_or_else(PoisonError::into_inner) = Some(end);
    }

    /// Returns how it ended, once it has.
    pub fn end(&self) -> Option<End> {
        self.end
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone()
    }
}
