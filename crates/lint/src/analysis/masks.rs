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

    /// Returns the masks of two sentences as one; `shift` moves the positions of
    /// the second.
    pub(super) fn joined(&self, next: &Self, shift: impl Fn(u128) -> u128) -> Self {
        let mut both = Self {
            present: Vec::with_capacity(self.present.len()),
            before: Vec::with_capacity(self.before.len()),
            values: Vec::with_capacity(self.values.len() + next.values.len()),
        };
        let (mut own, mut other) = (self.values.iter(), next.values.iter());
        for (one, two) in self.present.iter().zip(&next.present) {
            both.before
                .push(u16::try_from(both.values.len()).unwrap_or(u16::MAX));
            let mut bits = one | two;
            both.present.push(bits);
            while bits != 0 {
                let bit = bits & bits.wrapping_neg();
                let mut value = 0;
                if one & bit != 0 {
                    value |= own.next().copied().unwrap_or_default();
                }
                if two & bit != 0 {
                    value |= shift(other.next().copied().unwrap_or_default());
                }
                both.values.push(value);
                bits ^= bit;
            }
        }
        both
    }
}

#[cfg(test)]
mod tests {
    use super::Masks;

    #[test]
    fn joined_masks_are_those_of_all_pairs() {
        let one = [(3, 0b1), (3, 0b100), (70, 0b10), (199, 0b1)];
        let two = [(0, 0b1), (70, 0b1), (199, 0b10)];
        let shift = |mask: u128| mask << 5;
        let joined = Masks::new(200, &one).joined(&Masks::new(200, &two), shift);
        let all: Vec<(u16, u128)> = one
            .into_iter()
            .chain(two.map(|(set, mask)| (set, shift(mask))))
            .collect();
        let anew = Masks::new(200, &all);
        for set in 0..200 {
            assert_eq!(joined.get(set), anew.get(set), "set {set}");
        }
        assert_eq!(joined.get(70), 0b10_0010);
    }
}
