//! The key that opens a vault.

use std::fmt;

use zeroize::{Zeroize, Zeroizing};

/// A raw 256-bit key. It is wiped when dropped, as is
/// each clone, and prints nothing of itself.
#[derive(Clone)]
pub struct Key([u8; 32]);

impl Key {
    /// Takes the bytes of a key, which must come from a source of random bytes.
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Returns the bytes, for wrapping them; they belong into no other place.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// Returns the key as 64 hexadecimal digits, as an open key file holds it.
    pub fn hex(&self) -> Zeroizing<String> {
        // The capacity is exact, so that growing leaves no copy behind.
        let mut text = Zeroizing::new(String::with_capacity(64));
        self.push_hex(&mut text);
        text
    }

    /// Returns the statement that gives the key to SQLCipher.
    pub(crate) fn pragma(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(90));
        text.push_str("PRAGMA key = \"x'");
        self.push_hex(&mut text);
        text.push_str("'\"");
        text
    }

    fn push_hex(&self, text: &mut String) {
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        for byte in self.0 {
            text.push(char::from(DIGITS[usize::from(byte >> 4)]));
            text.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
}

impl Drop for Key {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_becomes_hexadecimal_and_prints_nothing() {
        let mut bytes = [0; 32];
        bytes[0] = 0xAB;
        bytes[31] = 0x0F;
        let key = Key::new(bytes);
        let pragma = key.pragma();
        assert!(pragma.starts_with("PRAGMA key = \"x'ab00"));
        assert!(pragma.ends_with("000f'\""));
        assert_eq!(pragma.len(), 82);
        assert_eq!(format!("{key:?}"), "Key(…)");
    }
}
