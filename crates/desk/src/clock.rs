//! Where the present comes from.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// Tells the time. Faces use [`SystemClock`]; tests and the demonstration
/// [`FixedClock`].
pub trait Clock: Send + Sync {
    /// Returns the present instant.
    fn now(&self) -> Timestamp;
    /// Returns the zone of the machine.
    fn zone(&self) -> TimeZone;
}

/// The clock and zone of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn zone(&self) -> TimeZone {
        TimeZone::system()
    }
}

/// A clock that stands still until it is set, in a given zone.
#[derive(Debug)]
pub struct FixedClock {
    now: std::sync::Mutex<Timestamp>,
    zone: TimeZone,
}

impl FixedClock {
    /// Returns a clock that stands at `now`.
    pub fn new(now: Timestamp, zone: TimeZone) -> Self {
        Self {
            now: std::sync::Mutex::new(now),
            zone,
        }
    }

    /// Sets the clock.
    pub fn set(&self, now: Timestamp) {
        *self
            .now
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        *self
            .now
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    fn zone(&self) -> TimeZone {
        self.zone.clone()
    }
}
