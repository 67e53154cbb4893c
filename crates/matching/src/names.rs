//! Ids to numbers and back: an interner that is quick for the short ids of match files.

/// Ids in the order in which they were first seen.
#[derive(Clone, Debug)]
pub(crate) struct Names {
    text: String,
    ends: Vec<u32>,
    keys: Vec<u64>,
    /// Open addressing; 0 is empty, otherwise the position plus one.
    table: Vec<u32>,
}

impl Default for Names {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            keys: Vec::new(),
            table: vec![0; 16],
        }
    }
}

/// How many ids of a list are looked up together.
const BATCH: usize = 32;

/// Short ids of a list that wait to be looked up.
#[derive(Default)]
struct Batch {
    keys: [u64; BATCH],
    /// Where each id stands, and its length.
    spans: [(usize, usize); BATCH],
    n: usize,
}

/// A one in every byte.
const EVERY_BYTE: u64 = 0x0101_0101_0101_0101;

/// Knuth's multiplier: 2⁶⁴ divided by the golden ratio.
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
        self.probe(key(id.as_bytes()), id).ok()
    }

    /// Returns the position of an id, which is added when it is new.
    pub(crate) fn intern(&mut self, id: &str) -> u32 {
        self.intern_with(key(id.as_bytes()), id)
    }

    /// Appends the positions of ids that stand in a text with a separator between them.
    ///
    /// Spaces around an id do not count, and nothing between two separators is nothing.
    pub(crate) fn intern_list(&mut self, list: &str, separator: u8, positions: &mut Vec<u32>) {
        let bytes = list.as_bytes();
        let everywhere = u64::from(separator) * EVERY_BYTE;
        let mut batch = Batch::default();
        let mut at = 0;
        while at < bytes.len() {
            // Most ids are short, eight digits or ten at the longest: eight bytes are read at once.
            if let Some(word) = bytes[at..].first_chunk() {
                let word = u64::from_le_bytes(*word);
                let n = n_before(word, everywhere);
                let short = (0 < n && n < 8)
                    .then(|| (n, word & ((1 << (8 * n)) - 1) | (n as u64) << 56))
                    .or_else(|| longer(&bytes[at..], word, separator));
                if let Some((n, key)) = short
                    && bytes[at] > b' '
                    && bytes[at + n - 1] > b' '
                {
                    batch.keys[batch.n] = key;
                    batch.spans[batch.n] = (at, n);
                    batch.n += 1;
                    if batch.n == BATCH {
                        self.intern_batch(&mut batch, list, positions);
                    }
                    at += n + 1;
                    continue;
                }
            }
            self.intern_batch(&mut batch, list, positions);
            let end = bytes[at..]
                .iter()
                .position(|&byte| byte == separator)
                .map_or(bytes.len(), |n| at + n);
            let id = list[at..end].trim_ascii();
            if !id.is_empty() {
                positions.push(self.intern(id));
            }
            at = end + 1;
        }
        self.intern_batch(&mut batch, list, positions);
    }

    /// Looks up a batch in two passes, so that the processor waits for many slots at once and not for one after the other.
    fn intern_batch(&mut self, batch: &mut Batch, list: &str, positions: &mut Vec<u32>) {
        let n = std::mem::take(&mut batch.n);
        let mut entries = [0; BATCH];
        for (entry, &key) in entries.iter_mut().zip(&batch.keys[..n]) {
            *entry = self.table[self.slot(key)];
        }
        for ((&entry, &key), &(start, length)) in
            entries.iter().zip(&batch.keys[..n]).zip(&batch.spans)
        {
            let at = entry.wrapping_sub(1);
            let id = start..start + length;
            let is_here = self.keys.get(at as usize) == Some(&key)
                && (is_whole(key) || self.get(at).as_bytes() == &list.as_bytes()[id.clone()]);
            if is_here {
                positions.push(at);
            } else {
                positions.push(self.intern_with(key, &list[id]));
            }
        }
    }

    fn intern_with(&mut self, key: u64, id: &str) -> u32 {
        match self.probe(key, id) {
            Ok(at) => at,
            Err(slot) => self.add(key, id, slot),
        }
    }

    #[cold]
    fn add(&mut self, key: u64, id: &str, slot: usize) -> u32 {
        let at = self.len() as u32;
        self.text.push_str(id);
        self.ends.push(self.text.len() as u32);
        self.keys.push(key);
        if self.keys.len() * 2 > self.table.len() {
            self.grow();
        } else {
            self.table[slot] = at + 1;
        }
        at
    }

    fn slot(&self, key: u64) -> usize {
        (spread(key) >> (64 - self.table.len().trailing_zeros())) as usize
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
        let size = self.table.len() * 2;
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

/// Makes every bit of the key count in the upper bits, which choose the slot.
///
/// One multiplication is not enough: the digits of numbered ids then fall on few slots.
fn spread(key: u64) -> u64 {
    let once = key.wrapping_mul(SPREAD);
    (once ^ once >> 32).wrapping_mul(SPREAD)
}

/// How many of the eight bytes of a word stand before a separator, which is given eight times.
fn n_before(word: u64, everywhere: u64) -> usize {
    let differs = word ^ everywhere;
    let found = differs.wrapping_sub(EVERY_BYTE) & !differs & (EVERY_BYTE << 7);
    (found.trailing_zeros() / 8) as usize
}

/// The length and the key of the id of 8 to 15 bytes that begins here, with `word` its first eight.
fn longer(bytes: &[u8], word: u64, separator: u8) -> Option<(usize, u64)> {
    let next = bytes.get(8..16)?.first_chunk()?;
    let n = 8 + n_before(u64::from_le_bytes(*next), u64::from(separator) * EVERY_BYTE);
    let is_longer = n_before(word, u64::from(separator) * EVERY_BYTE) == 8 && n < 16;
    is_longer.then(|| (n, key(&bytes[..n])))
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
    id[at..]
        .first_chunk()
        .map_or(0, |word| u32::from_le_bytes(*word))
}

fn word8(id: &[u8], at: usize) -> u64 {
    id[at..]
        .first_chunk()
        .map_or(0, |word| u64::from_le_bytes(*word))
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

    #[test]
    fn lists_are_split_as_their_ids_stand() {
        let lists = [
            "",
            "a",
            "a;b",
            ";;a; ;b;",
            " a ; b;abcdefg;abcdefgh;abcdefghi; x y ;1234567",
            "12345678;1234567890;12345678; 12345678;12345678 ;1234567890;87654321",
            "abcdefghijklmno;abcdefghijklmnop;abcdefghijklmno;abcdefghijklmnopq;abcdefghijklmno",
            "12345678;;12345678; ;12345678;12345678",
            "ähnlich;ähnliche;ähnlichen;ähnlichste;ähnlich",
            "é;ü;aé bé cé;ee",
            "a;;b;c;d;e;f;g",
        ];
        let mut names = Names::default();
        let long: Vec<String> = (0..200).map(|at| format!("{}", at % 120 * 37)).collect();
        let long = long.join(";");
        for list in lists.into_iter().chain([&*long, &*long]) {
            let mut found = Vec::new();
            names.intern_list(list, b';', &mut found);
            let found: Vec<&str> = found.iter().map(|&at| names.get(at)).collect();
            let expected: Vec<&str> = list
                .split(';')
                .map(str::trim)
                .filter(|id| !id.is_empty())
                .collect();
            assert_eq!(found, expected);
        }
        assert_eq!(names.find("a"), Some(0));
    }
}
