//! A key wrapped with a secret, as one line of text.
//!
//! Argon2id makes a key of the secret, and XChaCha20-Poly1305 encrypts the
//! vault's key with it. `docs/vault-format.md` describes the line.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use unicode_normalization::UnicodeNormalization as _;
use zeroize::Zeroizing;

use super::error::VaultError;
use crate::Key;

/// The fewest characters of a passphrase.
pub const MIN_PASSPHRASE: usize = 8;

const SALT_BYTES: usize = 16;
const NONCE_BYTES: usize = 24;
/// The key with its authentication code.
const WRAPPED_BYTES: usize = 32 + 16;

/// The most memory that a line may ask for: 1 GiB. More would let a file stop
/// the machine.
const MAX_MEMORY_KIB: u32 = 1 << 20;
const MAX_PASSES: u32 = 64;
const MAX_LANES: u32 = 16;

/// What a guess costs: memory in KiB, passes over it, lanes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cost {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
}

impl Cost {
    /// What new lines ask for: 64 MiB and three passes, as RFC 9106 proposes
    /// where memory is short, in one lane because the crate computes one.
    pub(crate) const NEW: Self = Self {
        memory_kib: 64 * 1024,
        passes: 3,
        lanes: 1,
    };
}

/// Returns the passphrase as it is hashed: one spelling of each accented
/// letter, whatever keyboard it was typed on.
pub(crate) fn settled(passphrase: &str) -> Zeroizing<String> {
    Zeroizing::new(passphrase.nfc().collect())
}

/// Refuses a passphrase that is too short.
pub(crate) fn check_length(passphrase: &str) -> Result<(), VaultError> {
    let found = settled(passphrase).trim().chars().count();
    if found < MIN_PASSPHRASE {
        return Err(VaultError::ShortPassphrase {
            found,
            wanted: MIN_PASSPHRASE,
        });
    }
    Ok(())
}

/// Returns random bytes of the system.
pub(crate) fn random_bytes<const N: usize>() -> Result<Zeroizing<[u8; N]>, VaultError> {
    let mut bytes = Zeroizing::new([0; N]);
    getrandom::fill(bytes.as_mut_slice())
        .map_err(|error| VaultError::System(format!("random bytes ({error})")))?;
    Ok(bytes)
}

/// A wrapped key: what its line says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Wrapped {
    cost: Cost,
    salt: [u8; SALT_BYTES],
    nonce: [u8; NONCE_BYTES],
    key: [u8; WRAPPED_BYTES],
}

impl Wrapped {
    /// Wraps a key. `bound` is what the line is for; it opens for nothing else.
    pub(crate) fn new(key: &Key, secret: &[u8], bound: &[u8]) -> Result<Self, VaultError> {
        let mut wrapped = Self {
            cost: Cost::NEW,
            salt: *random_bytes()?,
            nonce: *random_bytes()?,
            key: [0; WRAPPED_BYTES],
        };
        let cipher = wrapped.cipher(secret)?;
        let sealed = cipher.encrypt(
            &XNonce::from(wrapped.nonce),
            Payload {
                msg: key.bytes(),
                aad: &wrapped.associated(bound),
            },
        );
        wrapped.key = sealed
            .ok()
            .and_then(|bytes| bytes.try_into().ok())
            .ok_or_else(|| VaultError::System("a wrapped key".to_owned()))?;
        Ok(wrapped)
    }

    /// Returns the key, or `None` where the secret or anything in the line or
    /// in `bound` is not what it was.
    pub(crate) fn open(&self, secret: &[u8], bound: &[u8]) -> Result<Option<Key>, VaultError> {
        let cipher = self.cipher(secret)?;
        let opened = cipher.decrypt(
            &XNonce::from(self.nonce),
            Payload {
                msg: &self.key,
                aad: &self.associated(bound),
            },
        );
        let Ok(bytes) = opened.map(Zeroizing::new) else {
            return Ok(None);
        };
        Ok(bytes.as_slice().try_into().ok().map(Key::new))
    }

    fn cipher(&self, secret: &[u8]) -> Result<XChaCha20Poly1305, VaultError> {
        let refused = |error: argon2::Error| {
            VaultError::System(format!(
                "{} MiB of memory to check the passphrase ({error})",
                self.cost.memory_kib / 1024
            ))
        };
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = self.cost;
        let params = Params::new(memory_kib, passes, lanes, Some(32)).map_err(refused)?;
        let mut key = Zeroizing::new([0; 32]);
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into(secret, &self.salt, key.as_mut_slice())
            .map_err(refused)?;
        Ok(XChaCha20Poly1305::new((&*key).into()))
    }

    /// What is authenticated with the key: everything else of the line.
    fn associated(&self, bound: &[u8]) -> Vec<u8> {
        let mut bytes = bound.to_vec();
        bytes.push(b'\n');
        bytes.extend_from_slice(self.prefix().as_bytes());
        bytes
    }

    fn prefix(&self) -> String {
        let Cost {
            memory_kib,
            passes,
            lanes,
        } = self.cost;
        format!(
            "argon2id v=19 m={memory_kib} t={passes} p={lanes} salt={}",
            hex(&self.salt)
        )
    }

    /// Reads a line; `None` where it is not one that this program writes or
    /// could check in bounded time.
    pub(crate) fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let mut next = |name: &str| {
            let word = words.next()?;
            word.strip_prefix(name)
        };
        if !next("argon2id")?.is_empty() || next("v=")? != "19" {
            return None;
        }
        let cost = Cost {
            memory_kib: next("m=")?.parse().ok()?,
            passes: next("t=")?.parse().ok()?,
            lanes: next("p=")?.parse().ok()?,
        };
        let wrapped = Self {
            cost,
            salt: from_hex(next("salt=")?)?,
            nonce: from_hex(next("nonce=")?)?,
            key: from_hex(next("key=")?)?,
        };
        let bounded = cost.memory_kib <= MAX_MEMORY_KIB
            && (1..=MAX_PASSES).contains(&cost.passes)
            && (1..=MAX_LANES).contains(&cost.lanes)
            && 8 * cost.lanes <= cost.memory_kib;
        // One spelling only, so that nothing in a file can change unnoticed.
        (bounded && wrapped.to_string() == line).then_some(wrapped)
    }
}

impl fmt::Display for Wrapped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} nonce={} key={}",
            self.prefix(),
            hex(&self.nonce),
            hex(&self.key)
        )
    }
}

/// Returns bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Returns the bytes that so many hexadecimal digits are.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || !text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let mut bytes = [0; N];
    for (i, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&text[2 * i..2 * i + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_opens_with_its_secret_for_its_purpose_and_for_nothing_else() {
        let key = Key::new([5; 32]);
        let wrapped = Wrapped::new(&key, b"four odd words", b"vault").expect("wrapped");
        let opened = |secret: &[u8], bound: &[u8]| {
            let opened = wrapped.open(secret, bound).expect("there is memory");
            opened.map(|key| *key.bytes())
        };
        assert_eq!(opened(b"four odd words", b"vault"), Some([5; 32]));
        assert_eq!(opened(b"four odd word", b"vault"), None);
        assert_eq!(opened(b"four odd words", b"backup"), None);
        let line = wrapped.to_string();
        assert_eq!(Wrapped::read(&line).as_ref(), Some(&wrapped));
        assert!(line.starts_with("argon2id v=19 m=65536 t=3 p=1 salt="));
    }

    #[test]
    fn a_line_that_asks_for_too_much_or_is_spelled_otherwise_is_none() {
        let key = Key::new([5; 32]);
        let line = Wrapped::new(&key, b"x", b"").expect("wrapped").to_string();
        for (from, to) in [
            ("m=65536", "m=4000000000"),
            ("m=65536", "m=065536"),
            ("m=65536", "m=4"),
            ("t=3", "t=0"),
            ("t=3", "t=1000"),
            ("p=1", "p=17"),
            ("v=19", "v=16"),
            ("salt=", "salt=00"),
            ("argon2id", "argon2i"),
        ] {
            let changed = line.replacen(from, to, 1);
            assert_ne!(changed, line);
            assert_eq!(Wrapped::read(&changed), None, "{from} became {to}");
        }
        assert_eq!(Wrapped::read(&format!("{line} more")), None);
    }

    #[test]
    fn one_spelling_of_an_accent_is_as_good_as_the_other() {
        assert_eq!(*settled("Jos\u{e9} sings"), *settled("Jose\u{301} sings"));
        assert!(check_length("seven77").is_err());
        assert!(check_length("   a   b").is_err());
        assert!(check_length("eight888").is_ok());
    }
}
