//! Wrong passphrases, slowed: each costs a longer wait than the one before.

use std::time::Duration;

/// The longest wait.
const MAX_WAIT: Duration = Duration::from_secs(60);

/// Wrong attempts of one process at one vault.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Attempts {
    n_wrong: u32,
}

impl Attempts {
    /// Counts a wrong attempt, and returns how long to wait before the next:
    /// 1 s after the first, twice as long after each, a minute at most.
    pub(crate) fn wrong(&mut self) -> Duration {
        let wait = Duration::from_secs(1 << self.n_wrong.min(6));
        self.n_wrong = self.n_wrong.saturating_add(1);
        wait.min(MAX_WAIT)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_wrong_attempt_waits_longer_up_to_a_minute() {
        let mut attempts = Attempts::default();
        let waits: Vec<u64> = (0..9).map(|_| attempts.wrong().as_secs()).collect();
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
    }
}
