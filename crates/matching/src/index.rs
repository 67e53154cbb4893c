//! Positions of programs, applicants and couples in a market, as types that cannot be confused.

macro_rules! position {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub(crate) u32);

        impl $name {
            /// Returns the position as an index, counted from 0 in the order in which the market names them.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }
    };
}

/// "Nobody", "no program", "nowhere" in the compressed rows.
pub(crate) const NONE: u32 = u32::MAX;

position! {
    /// A program of one [`Market`](crate::Market).
    Program
}
position! {
    /// An applicant of one [`Market`](crate::Market).
    Applicant
}
position! {
    /// A couple of one [`Market`](crate::Market).
    Couple
}

impl Program {
    pub(crate) fn some(raw: u32) -> Option<Self> {
        (raw != NONE).then_some(Self(raw))
    }
}

impl Couple {
    pub(crate) fn some(raw: u32) -> Option<Self> {
        (raw != NONE).then_some(Self(raw))
    }
}
