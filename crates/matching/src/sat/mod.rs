//! A small conflict-driven clause-learning solver: the exact search asks it whether a stable matching exists.
//!
//! It is deterministic, and its limit is counted in conflicts, so that an answer never depends on the machine.
//!
//! # References
//! J. P. Marques-Silva and K. A. Sakallah, "GRASP: a search algorithm for propositional satisfiability", IEEE
//! Transactions on Computers 48 (1999), 506–521.
//! N. Eén and N. Sörensson, "An extensible SAT-solver", SAT 2003.
//! G. Audemard and L. Simon, "Predicting learnt clauses quality in modern SAT solvers", IJCAI 2009.

mod heap;
mod learning;

use heap::Heap;

/// A variable or its negation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Lit(u32);

impl Lit {
    /// The literal that is always true (variable 0).
    pub(crate) const TRUE: Self = Self(0);
    /// The literal that is always false.
    pub(crate) const FALSE: Self = Self(1);

    fn new(var: usize, negative: bool) -> Self {
        Self((var as u32) << 1 | u32::from(negative))
    }

    fn var(self) -> usize {
        (self.0 >> 1) as usize
    }

    fn index(self) -> usize {
        self.0 as usize
    }

    fn is_negative(self) -> bool {
        self.0 & 1 == 1
    }
}

impl std::ops::Not for Lit {
    type Output = Self;

    fn not(self) -> Self {
        Self(self.0 ^ 1)
    }
}

/// What the search found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    /// All clauses hold; read the values with [`Sat::value`].
    Satisfied,
    /// No values make all clauses hold.
    Impossible,
    /// The limit came first.
    Unknown,
}

const UNSET: u8 = 2;
const NO_CLAUSE: u32 = u32::MAX;
/// Words in front of a clause's literals: its length, and its glue (0 for a given clause).
const HEADER: usize = 2;
const RESTART_UNIT: u64 = 64;
const ACTIVITY_LIMIT: f64 = 1e100;

#[derive(Clone, Copy)]
struct Watch {
    clause: u32,
    /// Some other literal of the clause: when it is true the clause need not be looked at.
    blocker: Lit,
}

/// Clauses, and the state of the search for values.
pub(crate) struct Sat {
    clauses: Vec<u32>,
    learnt: Vec<u32>,
    watches: Vec<Vec<Watch>>,
    /// By literal: 1 true, 0 false, or [`UNSET`].
    values: Vec<u8>,
    phase: Vec<bool>,
    level: Vec<u32>,
    reason: Vec<u32>,
    trail: Vec<Lit>,
    level_starts: Vec<usize>,
    n_propagated: usize,
    activity: Vec<f64>,
    increment: f64,
    order: Heap,
    seen: Vec<bool>,
    contradiction: bool,
    n_conflicts: u64,
    next_reduction: u64,
}

impl Sat {
    pub(crate) fn new() -> Self {
        let mut sat = Self {
            clauses: Vec::new(),
            learnt: Vec::new(),
            watches: Vec::new(),
            values: Vec::new(),
            phase: Vec::new(),
            level: Vec::new(),
            reason: Vec::new(),
            trail: Vec::new(),
            level_starts: Vec::new(),
            n_propagated: 0,
            activity: Vec::new(),
            increment: 1.0,
            order: Heap::default(),
            seen: Vec::new(),
            contradiction: false,
            n_conflicts: 0,
            next_reduction: 4000,
        };
        let always = sat.variable(true);
        sat.clause(&[always]);
        sat
    }

    /// Returns the number of variables, which measures the size of the problem.
    pub(crate) fn n_variables(&self) -> usize {
        self.phase.len()
    }

    /// Adds a variable; the search tries the value `phase` first.
    pub(crate) fn variable(&mut self, phase: bool) -> Lit {
        let var = self.phase.len();
        self.phase.push(phase);
        self.level.push(0);
        self.reason.push(NO_CLAUSE);
        self.activity.push(0.0);
        self.seen.push(false);
        self.values.extend([UNSET; 2]);
        self.watches.extend([Vec::new(), Vec::new()]);
        self.order.insert(var, &self.activity);
        Lit::new(var, false)
    }

    /// Adds a clause: at least one of the literals must be true. The search starts over from no decisions.
    pub(crate) fn clause(&mut self, literals: &[Lit]) {
        self.backtrack(0);
        if self.contradiction {
            return;
        }
        let mut kept: Vec<Lit> = Vec::with_capacity(literals.len());
        for &literal in literals {
            if self.is(literal, 1) || kept.contains(&!literal) {
                return;
            }
            if !self.is(literal, 0) && !kept.contains(&literal) {
                kept.push(literal);
            }
        }
        match kept[..] {
            [] => self.contradiction = true,
            [only] => {
                self.assign(only, NO_CLAUSE);
                self.contradiction = self.propagate() != NO_CLAUSE;
            }
            _ => {
                self.attach(&kept, 0);
            }
        }
    }

    /// Returns the value of a literal once the answer is [`Answer::Satisfied`].
    pub(crate) fn value(&self, literal: Lit) -> bool {
        self.values[literal.index()] == 1
    }

    /// Searches for values until `max_conflicts` more conflicts have been met.
    pub(crate) fn solve(&mut self, max_conflicts: u64) -> Answer {
        self.backtrack(0);
        let last = self.n_conflicts.saturating_add(max_conflicts);
        let mut n_restarts = 0;
        while !self.contradiction {
            n_restarts += 1;
            let budget = self.n_conflicts + RESTART_UNIT * luby(n_restarts);
            if let Some(answer) = self.search(budget, last) {
                return answer;
            }
            self.backtrack(0);
            if self.n_conflicts >= self.next_reduction {
                self.reduce();
            }
        }
        Answer::Impossible
    }

    /// Searches until an answer, or, with `None`, until it is time to restart.
    fn search(&mut self, budget: u64, last: u64) -> Option<Answer> {
        loop {
            let conflict = self.propagate();
            if conflict != NO_CLAUSE {
                self.n_conflicts += 1;
                if self.level_starts.is_empty() {
                    self.contradiction = true;
                    return Some(Answer::Impossible);
                }
                self.learn(conflict);
                continue;
            }
            if self.n_conflicts >= last {
                return Some(Answer::Unknown);
            }
            if self.n_conflicts >= budget {
                return None;
            }
            let Some(decision) = self.decide() else {
                return Some(Answer::Satisfied);
            };
            self.level_starts.push(self.trail.len());
            self.assign(decision, NO_CLAUSE);
        }
    }

    fn is(&self, literal: Lit, value: u8) -> bool {
        self.values[literal.index()] == value
    }

    fn assign(&mut self, literal: Lit, reason: u32) {
        self.values[literal.index()] = 1;
        self.values[(!literal).index()] = 0;
        self.level[literal.var()] = self.level_starts.len() as u32;
        self.reason[literal.var()] = reason;
        self.trail.push(literal);
    }

    fn decide(&mut self) -> Option<Lit> {
        while let Some(var) = self.order.pop(&self.activity) {
            if self.values[var << 1] == UNSET {
                return Some(Lit::new(var, !self.phase[var]));
            }
        }
        None
    }

    fn backtrack(&mut self, level: usize) {
        let Some(&start) = self.level_starts.get(level) else {
            return;
        };
        for &literal in &self.trail[start..] {
            self.values[literal.index()] = UNSET;
            self.values[(!literal).index()] = UNSET;
            self.phase[literal.var()] = !literal.is_negative();
            self.order.insert(literal.var(), &self.activity);
        }
        self.trail.truncate(start);
        self.level_starts.truncate(level);
        self.n_propagated = start;
    }

    fn attach(&mut self, literals: &[Lit], glue: u32) -> u32 {
        let clause = self.clauses.len() as u32;
        self.clauses.extend([literals.len() as u32, glue]);
        self.clauses
            .extend(literals.iter().map(|literal| literal.0));
        self.watches[literals[0].index()].push(Watch {
            clause,
            blocker: literals[1],
        });
        self.watches[literals[1].index()].push(Watch {
            clause,
            blocker: literals[0],
        });
        clause
    }

    fn literals(&self, clause: u32) -> std::ops::Range<usize> {
        let start = clause as usize + HEADER;
        start..start + self.clauses[clause as usize] as usize
    }

    /// Follows all consequences; returns a clause that is false, or [`NO_CLAUSE`].
    fn propagate(&mut self) -> u32 {
        while let Some(&literal) = self.trail.get(self.n_propagated) {
            self.n_propagated += 1;
            let falsified = !literal;
            let mut watches = std::mem::take(&mut self.watches[falsified.index()]);
            let mut kept = 0;
            let mut at = 0;
            let mut conflict = NO_CLAUSE;
            while at < watches.len() {
                let watch = watches[at];
                at += 1;
                if self.is(watch.blocker, 1) {
                    watches[kept] = watch;
                    kept += 1;
                    continue;
                }
                let range = self.literals(watch.clause);
                let start = range.start;
                if self.clauses[start] == falsified.0 {
                    self.clauses.swap(start, start + 1);
                }
                let first = Lit(self.clauses[start]);
                let renewed = Watch {
                    clause: watch.clause,
                    blocker: first,
                };
                if self.is(first, 1) {
                    watches[kept] = renewed;
                    kept += 1;
                    continue;
                }
                if let Some(other) =
                    (start + 2..range.end).find(|&other| !self.is(Lit(self.clauses[other]), 0))
                {
                    self.clauses.swap(start + 1, other);
                    self.watches[self.clauses[start + 1] as usize].push(renewed);
                    continue;
                }
                watches[kept] = renewed;
                kept += 1;
                if self.is(first, 0) {
                    conflict = watch.clause;
                    break;
                }
                self.assign(first, watch.clause);
            }
            if conflict != NO_CLAUSE {
                watches.copy_within(at.., kept);
                kept += watches.len() - at;
            }
            watches.truncate(kept);
            self.watches[falsified.index()] = watches;
            if conflict != NO_CLAUSE {
                return conflict;
            }
        }
        NO_CLAUSE
    }
}

/// Returns the i-th term (from 1) of 1 1 2 1 1 2 4 1 1 2 … (Luby, Sinclair and Zuckerman 1993).
fn luby(mut i: u64) -> u64 {
    loop {
        let size = (i + 1).next_power_of_two();
        if size == i + 1 {
            return size / 2;
        }
        i -= size / 2 - 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn luby_begins_as_published() {
        let begin: Vec<u64> = (1..=15).map(luby).collect();
        assert_eq!(begin, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
    }

    /// Compares with all 2ⁿ assignments, on random clauses of three around the threshold where both answers occur.
    #[test]
    fn agrees_with_truth_tables() {
        let mut n_satisfied = 0;
        for seed in 0..400 {
            let mut rng = Rng::new(seed);
            let n = 4 + rng.below(9) as usize;
            let clauses: Vec<[(usize, bool); 3]> = (0..(n * 43).div_ceil(10))
                .map(|_| std::array::from_fn(|_| (rng.below(n as u32) as usize, rng.below(2) == 1)))
                .collect();
            let holds = |bits: u32| {
                clauses.iter().all(|clause| {
                    clause
                        .iter()
                        .any(|&(var, not)| (bits >> var & 1 == 1) != not)
                })
            };
            let expected = (0..1_u32 << n).any(holds);

            let mut sat = Sat::new();
            let vars: Vec<Lit> = (0..n).map(|_| sat.variable(false)).collect();
            for clause in &clauses {
                sat.clause(&clause.map(|(var, not)| if not { !vars[var] } else { vars[var] }));
            }
            let answer = sat.solve(u64::MAX);
            if expected {
                n_satisfied += 1;
                assert_eq!(answer, Answer::Satisfied, "seed {seed}");
                assert!(
                    holds(
                        (0..n)
                            .map(|var| u32::from(sat.value(vars[var])) << var)
                            .sum()
                    ),
                    "seed {seed}"
                );
            } else {
                assert_eq!(answer, Answer::Impossible, "seed {seed}");
            }
        }
        assert!(
            100 < n_satisfied && n_satisfied < 300,
            "both answers should occur, {n_satisfied} of 400 are satisfiable"
        );
    }

    /// Eight pigeons do not fit into seven holes: enough conflicts to restart and to forget clauses.
    #[test]
    fn pigeons_do_not_fit() {
        let (n_pigeons, n_holes) = (8, 7);
        let mut sat = Sat::new();
        let sits: Vec<Vec<Lit>> = (0..n_pigeons)
            .map(|_| (0..n_holes).map(|_| sat.variable(true)).collect())
            .collect();
        for pigeon in &sits {
            sat.clause(pigeon);
        }
        for (one, pigeon) in sits.iter().enumerate() {
            for other in &sits[..one] {
                for (here, there) in pigeon.iter().zip(other) {
                    sat.clause(&[!*here, !*there]);
                }
            }
        }
        assert_eq!(sat.solve(10), Answer::Unknown);
        assert_eq!(sat.solve(u64::MAX), Answer::Impossible);
    }
}
