//! Ids to numbers and back: an interner that is quick for the short ids of match files.

/// Ids in the order in which they were first seen.
#[derive(Clone, Debug, Default)]
pub(crate) struct Names {
    text: String,
    ends: Vec<u32>,
    keys: Vec<u64>,
    /// Open addressing; 0 is empty, otherwise the position plus one.
    table: Vec<u32>,
}

/// Spreads the key over the table (Knuth's multiplicative hashing).
const SPREAD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Names {
    /// Returns the number of ids.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Returns the id at a position.
    pub(crate) fn get(&self, at: u32) -> &str {
        let at = at as usize;
        let start = if at == 0 {
            0
        } else {
            self.ends[at - 1] as usize
        };
        &self.text[start..self.ends[at] as usize]
    }

    /// Returns the position of an id, or `None` when it was never seen.
    pub(crate) fn find(&self, id: &str) -> Option<u32> {
        if self.table.is_empty() {
            return None;
        }
        self.probe(key(id.as_bytes()), id).ok()
    }

    /// Returns the position of an id, which is added when it is new.
    pub(crate) fn intern(&mut self, id: &str) -> u32 {
        if (self.len() + 1) * 2 > self.table.len() {
            self.grow();
        }
        let key = key(id.as_bytes());
        match self.probe(key, id) {
            Ok(at) => at,
            Err(slot) => {
                let at = self.len() as u32;
                self.text.push_str(id);
                self.ends.push(self.text.len() as u32);
                self.keys.push(key);
                self.table[slot] = at + 1;
                at
            }
        }
    }

    fn slot(&self, key: u64) -> usize {
        (key.wrapping_mul(SPREAD) >> (64 - self.table.len().trailing_zeros())) as usize
    }

    fn probe(&self, key: u64, id: &str) -> Result<u32, usize> {
        let mask = self.table.len() - 1;
        let mut slot = self.slot(key);
        loop {
            let entry = self.table[slot];
            if entry == 0 {
                return Err(slot);
            }
            let at = entry - 1;
            if self.keys[at as usize] == key && (is_whole(key) || self.get(at) == id) {
                return Ok(at);
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(16);
        self.table.clear();
        self.table.resize(size, 0);
        for at in 0..self.keys.len() {
            let mut slot = self.slot(self.keys[at]);
            while self.table[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            self.table[slot] = at as u32 + 1;
        }
    }
}

/// Tells whether a key holds the whole id, so that equal keys mean equal ids.
fn is_whole(key: u64) -> bool {
    key >> 63 == 0
}

/// Packs an id of up to seven bytes with its length, and hashes a longer one.
fn key(id: &[u8]) -> u64 {
    let n = id.len();
    if n < 4 {
        if n == 0 {
            return 0;
        }
        let mid = n / 2;
        let packed = u64::from(id[0])
            | u64::from(id[mid]) << (8 * mid)
            | u64::from(id[n - 1]) << (8 * (n - 1));
        return packed | (n as u64) << 56;
    }
    if n < 8 {
        let packed = u64::from(word4(id, 0)) | u64::from(word4(id, n - 4)) << (8 * (n - 4));
        return packed | (n as u64) << 56;
    }
    let mut hash = n as u64;
    let mut at = 0;
    while at + 8 < n {
        hash = (hash ^ word8(id, at)).wrapping_mul(SPREAD);
        hash ^= hash >> 29;
        at += 8;
    }
    hash = (hash ^ word8(id, n - 8)).wrapping_mul(SPREAD);
    (hash ^ hash >> 32) | 1 << 63
}

fn word4(id: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([id[at], id[at + 1], id[at + 2], id[at + 3]])
}

fn word8(id: &[u8], at: usize) -> u64 {
    u64::from(word4(id, at)) | u64::from(word4(id, at + 4)) << 32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_every_length_keep_their_number() {
        let ids: Vec<String> = (0..3000_u32)
            .flat_map(|i| {
                [
                    format!("{i}"),
                    format!("prog-{i}"),
                    format!("a-rather-long-identifier-{i}-x"),
                ]
            })
            .chain([
                String::new(),
                "a".into(),
                "aa".into(),
                "a\0".into(),
                "1234567".into(),
                "12345678".into(),
            ])
            .collect();
        let mut names = Names::default();
        let mut numbers = Vec::new();
        for id in &ids {
            numbers.push(names.intern(id));
        }
        for (id, number) in ids.iter().zip(&numbers) {
            assert_eq!(names.get(*number), id);
            assert_eq!(names.find(id), Some(*number));
            assert_eq!(names.intern(id), *number);
        }
        assert_eq!(names.len(), ids.len());
        assert_eq!(names.find("absent"), None);
    }
}
