//! What is known about one program: the chance of an offer and what it is worth.

/// A chance of being offered a place, between 0 and 1.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Probability(f64);

impl Probability {
    /// Returns `None` outside `0.0..=1.0`, and for NaN.
    ///
    /// ```
    /// use portfolio::Probability;
    /// assert!(Probability::new(0.25).is_some());
    /// assert!(Probability::new(1.5).is_none());
    /// assert!(Probability::new(f64::NAN).is_none());
    /// ```
    pub fn new(value: f64) -> Option<Self> {
        if !(0.0..=1.0).contains(&value) {
            return None;
        }
        // Adding zero turns a negative zero into the ordinary one.
        Some(Self(value + 0.0))
    }

    /// Returns the chance as a number.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// What an offer is worth to the student, in units of the student's own choice.
///
/// Only differences matter: adding the same amount to every utility and to the
/// utility of no offer changes no decision.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Utility(f64);

impl Utility {
    /// The largest magnitude that is accepted; sums and differences of
    /// thousands of such numbers still stay finite.
    pub const LARGEST: f64 = 1e100;

    /// Zero, what having no offer is worth by convention.
    pub const ZERO: Self = Self(0.0);

    /// Returns `None` for NaN, infinities and magnitudes above [`Utility::LARGEST`].
    ///
    /// ```
    /// use portfolio::Utility;
    /// assert!(Utility::new(-3.0).is_some());
    /// assert!(Utility::new(f64::INFINITY).is_none());
    /// ```
    pub fn new(value: f64) -> Option<Self> {
        if !(-Self::LARGEST..=Self::LARGEST).contains(&value) {
            return None;
        }
        Some(Self(value + 0.0))
    }

    /// Returns the utility as a number.
    pub fn get(self) -> f64 {
        self.0
    }
}

/// One candidate program with a plain application.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Program {
    /// The chance of an offer when the student applies (f in the literature).
    pub probability: Probability,
    /// What that offer is worth (t in the literature).
    pub utility: Utility,
}

impl Program {
    /// Returns a program from plain numbers, or `None` where
    /// [`Probability::new`] or [`Utility::new`] refuses one.
    pub fn new(probability: f64, utility: f64) -> Option<Self> {
        Some(Self {
            probability: Probability::new(probability)?,
            utility: Utility::new(utility)?,
        })
    }
}

/// What is sent to a program.
///
/// The order is the order of strength, and the number is the one that plans
/// carry in files (0 stands for nothing sent).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Action {
    /// An application without a signal.
    Apply = 1,
    /// An application with a silver signal.
    Silver = 2,
    /// An application with a gold signal.
    Gold = 3,
}

/// A program that may be sent a signal with the application.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SignalProgram {
    /// The chances with a plain application, and the utility.
    pub program: Program,
    /// The chance of an offer with a silver signal; `None` when none can be sent.
    pub silver: Option<Probability>,
    /// The chance of an offer with a gold signal; `None` when none can be sent.
    pub gold: Option<Probability>,
}

impl SignalProgram {
    /// Returns the chance of an offer after `action`; `None` when it cannot be sent.
    pub fn probability(&self, action: Action) -> Option<f64> {
        match action {
            Action::Apply => Some(self.program.probability.get()),
            Action::Silver => self.silver.map(Probability::get),
            Action::Gold => self.gold.map(Probability::get),
        }
    }
}

impl From<Program> for SignalProgram {
    fn from(program: Program) -> Self {
        Self {
            program,
            silver: None,
            gold: None,
        }
    }
}
