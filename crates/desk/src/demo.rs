//! A made-up student's year.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{Result, Vault, VaultError};

/// x
pub fn fill(_vault: &Vault, _now: Timestamp, _zone: TimeZone) -> Result<(), VaultError> { Ok(()) }
