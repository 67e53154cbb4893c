//! The expected utility of a given set of applications.

use crate::independent::Offers;
use crate::program::{Program, Utility};

/// Returns the expected utility of the best offer when the student applies to
/// `members` and offers come independently.
///
/// A program is taken only when its offer beats having none, so utilities
/// below `outside` are harmless. Repeated and unknown indices are passed over.
///
/// # Complexity
/// O(m log m) for m programs.
///
/// # References
/// H. Chade and L. Smith, "Simultaneous Search", Econometrica 74 (2006),
/// 1293–1307, equation 1; M. Kapur and S.-P. Hong, "The College Application
/// Problem", arXiv:2205.01869 (2022), proposition 1.
///
/// ```
/// use portfolio::{Program, Utility, valuation};
///
/// let programs = [Program::new(0.5, 4.0).unwrap(), Program::new(0.1, 9.0).unwrap()];
/// let outside = Utility::new(0.0).unwrap();
/// // 9 with chance 0.1, else 4 with chance 0.5.
/// assert!((valuation(outside, &programs, &[0, 1]) - 2.7).abs() < 1e-12);
/// ```
pub fn valuation(outside: Utility, programs: &[Program], members: &[usize]) -> f64 {
    let mut plan = vec![0; programs.len()];
    for &member in members {
        if let Some(action) = plan.get_mut(member) {
            *action = 1;
        }
    }
    Offers::plain(outside, programs).value(&plan)
}
