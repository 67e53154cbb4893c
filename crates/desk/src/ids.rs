//! Where new identities come from.

use std::sync::Mutex;

use uuid::Uuid;

/// A source of new identities: random ones, or a sequence that a seed fixes.
#[derive(Debug)]
pub struct Ids(Option<Mutex<u64>>);

impl Ids {
    /// Returns random identities.
    pub fn random() -> Self {
        Self(None)
    }

    /// Returns the sequence of identities that belongs to a seed, so that a
    /// test or the demonstration is the same on every machine.
    pub fn seeded(seed: u64) -> Self {
        Self(Some(Mutex::new(seed)))
    }

    pub(crate) fn next(&self) -> Uuid {
        let Some(state) = &self.0 else {
            return Uuid::new_v4();
        };
        let mut state = state
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let high = split_mix(&mut state);
        let low = split_mix(&mut state);
        uuid::Builder::from_random_bytes(((u128::from(high) << 64) | u128::from(low)).to_be_bytes())
            .into_uuid()
    }
}

/// Returns the next number of the SplitMix64 sequence (Steele, Lea and Flood,
/// "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014).
pub(crate) fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}
