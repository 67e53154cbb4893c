//! The recovery code: a second secret for the vault's key, made to be written down.
//!
//! 160 random bits stand in eight groups of five characters. The last character
//! of a group checks the other four and the place of the group, so that a slip
//! of the pen is named and not merely refused.

use std::fmt;

use zeroize::{Zeroize as _, Zeroizing};

use super::error::VaultError;
use super::wrap::random_bytes;

/// Crockford's alphabet: no I, L, O or U, which are taken for others.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 8;
/// Characters of a group that carry the secret; one more checks them.
const DATA: usize = 4;

/// Why a text is not a recovery code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotACode {
    /// There are too few or too many characters.
    #[error("found {found} characters; would do: {wanted}, in {GROUPS} groups of 5", wanted = GROUPS * (DATA + 1))]
    Length {
        /// Characters, hyphens and spaces aside.
        found: usize,
    },
    /// A character is none of the alphabet.
    #[error("group {group} has \"{found}\", which is in no code; look again")]
    Character {
        /// The group, from 1.
        group: usize,
        /// The character.
        found: char,
    },
    /// A group does not agree with its last character.
    #[error("group {group} (\"{found}\") has a slip in it; look at it again")]
    Group {
        /// The group, from 1.
        group: usize,
        /// What was typed.
        found: String,
    },
}

/// A recovery code. It is wiped when dropped, and prints itself only where it
/// is asked to by [`RecoveryCode::groups`].
pub struct RecoveryCode([u8; GROUPS * DATA]);

impl RecoveryCode {
    /// Makes a new code from random bytes of the system.
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut bytes = random_bytes::<{ GROUPS * DATA }>()?;
        // 256 is a multiple of 32, so every character is as likely.
        for byte in bytes.iter_mut() {
            *byte &= 31;
        }
        Ok(Self(*bytes))
    }

    /// Reads a code as a person types it: letter case, hyphens and spaces do
    /// not matter, and O is 0, I and L are 1.
    pub fn read(text: &str) -> Result<Self, NotACode> {
        let typed: Zeroizing<Vec<char>> = Zeroizing::new(
            text.chars()
                .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '–' | '—' | '‑'))
                .collect(),
        );
        // The characters are looked at first, because a strange one tells more
        // than a number does.
        let mut values = Zeroizing::new(Vec::with_capacity(typed.len()));
        for (i, &c) in typed.iter().enumerate() {
            let value = value_of(c).ok_or(NotACode::Character {
                group: i / (DATA + 1) + 1,
                found: c,
            })?;
            values.push(value);
        }
        if values.len() != GROUPS * (DATA + 1) {
            return Err(NotACode::Length {
                found: values.len(),
            });
        }
        let mut code = Self([0; GROUPS * DATA]);
        for (i, group) in values.chunks(DATA + 1).enumerate() {
            if check_of(i, &group[..DATA]) != group[DATA] {
                return Err(NotACode::Group {
                    group: i + 1,
                    found: group.iter().map(|&v| letter(v)).collect(),
                });
            }
            code.0[i * DATA..(i + 1) * DATA].copy_from_slice(&group[..DATA]);
        }
        Ok(code)
    }

    /// Returns the groups as they are printed.
    pub fn groups(&self) -> Vec<String> {
        let groups = self.0.chunks(DATA).enumerate();
        groups
            .map(|(i, data)| {
                let check = check_of(i, data);
                data.iter().chain([&check]).map(|&v| letter(v)).collect()
            })
            .collect()
    }

    /// Returns what is hashed: the code as it is printed, with hyphens.
    pub(crate) fn secret(&self) -> Zeroizing<String> {
        Zeroizing::new(self.groups().join("-"))
    }
}

impl Drop for RecoveryCode {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(…)")
    }
}

fn letter(value: u8) -> char {
    char::from(ALPHABET[usize::from(value & 31)])
}

fn value_of(c: char) -> Option<u8> {
    let c = match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    };
    let place = ALPHABET
        .iter()
        .position(|&letter| char::from(letter) == c)?;
    u8::try_from(place).ok()
}

/// Returns the character that checks a group.
///
/// Characters are elements of GF(32). Each place has a weight of its own and
/// none is zero, so one wrong character and two changed places never pass; nor
/// does a group in another one's place.
fn check_of(group_idx: usize, data: &[u8]) -> u8 {
    let mut sum = (group_idx & 31) as u8;
    let mut weight = 1;
    for &value in data {
        weight = times_x(weight);
        sum ^= product(weight, value);
    }
    sum
}

/// Returns the product with x in GF(32), modulo x⁵ + x² + 1.
fn times_x(value: u8) -> u8 {
    let doubled = value << 1;
    if doubled & 32 == 0 {
        doubled
    } else {
        doubled ^ 0b10_0101
    }
}

fn product(a: u8, b: u8) -> u8 {
    let mut power = a;
    let mut sum = 0;
    for i in 0..5 {
        if b >> i & 1 == 1 {
            sum ^= power;
        }
        power = times_x(power);
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> RecoveryCode {
        RecoveryCode(std::array::from_fn(|i| (i * 7 % 32) as u8))
    }

    #[test]
    fn a_code_is_read_as_it_was_printed_and_as_people_type() {
        let printed = code().groups().join("-");
        assert_eq!(printed.len(), 47);
        let sloppy = printed.to_lowercase().replace('-', " ").replace('0', "o");
        for typed in [printed.clone(), sloppy, printed.replace('1', "l")] {
            assert_eq!(RecoveryCode::read(&typed).expect("read").0, code().0);
        }
        assert_eq!(format!("{:?}", code()), "RecoveryCode(…)");
    }

    #[test]
    fn every_single_slip_names_its_group() {
        let printed: Vec<char> = code().groups().concat().chars().collect();
        for at in 0..printed.len() {
            let group = at / 5 + 1;
            let other = ALPHABET.iter().map(|&c| char::from(c));
            for c in other.filter(|&c| c != printed[at]) {
                let mut typed = printed.clone();
                typed[at] = c;
                let refused = RecoveryCode::read(&typed.iter().collect::<String>());
                assert!(
                    matches!(refused, Err(NotACode::Group { group: g, .. }) if g == group),
                    "{at} {c}: {refused:?}"
                );
            }
            for with in at + 1..group * 5 {
                let mut typed = printed.clone();
                typed.swap(at, with);
                if typed[at] != typed[with] {
                    let refused = RecoveryCode::read(&typed.iter().collect::<String>());
                    assert!(
                        matches!(refused, Err(NotACode::Group { group: g, .. }) if g == group),
                        "{at} {with}: {refused:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn groups_in_the_wrong_order_too_few_and_strange_characters_are_told() {
        let mut groups = code().groups();
        groups.swap(2, 5);
        assert!(matches!(
            RecoveryCode::read(&groups.join(" ")),
            Err(NotACode::Group { group: 3, .. })
        ));
        assert_eq!(
            RecoveryCode::read("ABC").expect_err("short"),
            NotACode::Length { found: 3 }
        );
        let strange = code().groups().join("-").replacen('-', "-U", 1);
        assert_eq!(
            RecoveryCode::read(&strange).expect_err("strange"),
            NotACode::Character {
                group: 2,
                found: 'U'
            }
        );
    }
}
