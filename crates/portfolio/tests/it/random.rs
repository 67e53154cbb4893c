//! Small random problems from a seed, the same on every machine.

use portfolio::{Probability, Program, SignalProgram, Utility};

/// A small generator (SplitMix64) so that a seed means the same problem for ever.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..n`.
    pub(crate) fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    pub(crate) fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// A chance that is now and then exactly 0, 1 or a round number.
    pub(crate) fn chance(&mut self) -> f64 {
        match self.below(12) {
            0 => 0.0,
            1 => 1.0,
            2..=4 => self.below(5) as f64 / 4.0,
            _ => self.unit(),
        }
    }

    /// A utility that often meets another one, and may be below no offer.
    pub(crate) fn utility(&mut self) -> f64 {
        match self.below(3) {
            0 => self.below(6) as f64 - 2.0,
            _ => self.unit() * 12.0 - 2.0,
        }
    }

    pub(crate) fn outside(&mut self) -> Utility {
        let value = [0.0, 0.0, 1.5, -3.0][self.below(4) as usize];
        Utility::new(value).expect("a finite number")
    }

    pub(crate) fn program(&mut self) -> Program {
        Program::new(self.chance(), self.utility()).expect("in range")
    }

    pub(crate) fn programs(&mut self, n: usize) -> Vec<Program> {
        (0..n).map(|_| self.program()).collect()
    }

    pub(crate) fn signal_program(&mut self) -> SignalProgram {
        let program = self.program();
        let f = program.probability.get();
        let mut raised = |often: u64| {
            if self.below(8) >= often {
                return None;
            }
            Probability::new(f + (1.0 - f) * self.unit())
        };
        SignalProgram {
            program,
            silver: raised(7),
            gold: raised(6),
        }
    }

    /// A permutation of `0..n`.
    pub(crate) fn permutation(&mut self, n: usize) -> Vec<usize> {
        let mut order: Vec<usize> = (0..n).collect();
        for i in (1..n).rev() {
            order.swap(i, self.below(i as u64 + 1) as usize);
        }
        order
    }
}

/// Asserts that two values agree within rounding.
#[track_caller]
pub(crate) fn assert_close(found: f64, expected: f64, what: &str) {
    assert!(
        (found - expected).abs() <= 1e-11 * expected.abs().max(1.0),
        "{what}: {found} {expected}"
    );
}
