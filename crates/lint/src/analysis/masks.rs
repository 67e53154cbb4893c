//! Where the words of each set stand in a sentence.

/// Positions of the words of each set, kept for the sets that occur.
#[derive(Clone, Debug, Default)]
pub(super) struct Masks {
    /// One bit a set: whether it occurs.
    present: Vec<u64>,
    /// How many sets occur before each 64 of them.
    before: Vec<u16>,
    /// Positions, in the order of the sets that occur.
    values: Vec<u128>,
}

impl Masks {
    /// Returns the masks of pairs of a set and positions.
    pub(super) fn new(n_sets: usize, pairs: &[(u16, u128)]) -> Self {
        let mut masks = Self {
            present: vec![0; n_sets.div_ceil(64)],
            ..Self::default()
        };
        for (set, _) in pairs {
            masks.present[usize::from(*set) / 64] |= 1 << (set % 64);
        }
        let mut n = 0u16;
        for word in &masks.present {
            masks.before.push(n);
            n += u16::try_from(word.count_ones()).unwrap_or(0);
        }
        masks.values = vec![0; usize::from(n)];
        for (set, positions) in pairs {
            let at = masks.place(*set);
            masks.values[at] |= positions;
        }
        masks
    }

    /// Returns whether a set occurs.
    pub(super) fn has(&self, set: u16) -> bool {
        self.present[usize::from(set) / 64] & (1 << (set % 64)) != 0
    }

    /// Returns where the positions of a set that occurs are kept.
    fn place(&self, set: u16) -> usize {
        let word = usize::from(set) / 64;
        let lower = self.present[word] & ((1 << (set % 64)) - 1);
        usize::from(self.before[word]) + lower.count_ones() as usize
    }

    /// Returns the positions of a set.
    pub(super) fn get(&self, set: u16) -> u128 {
        if self.has(set) {
            self.values[self.place(set)]
        } else {
            0
        }
    }

    /// Returns the sets that occur, with their positions.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (u16, u128)> + '_ {
        let sets = self.present.iter().enumerate().flat_map(|(word, bits)| {
            (0..64u16)
                .filter(move |bit| bits & (1 << bit) != 0)
                .map(move |bit| u16::try_from(word * 64).unwrap_or(u16::MAX) + bit)
        });
        sets.zip(self.values.iter().copied())
    }
}
