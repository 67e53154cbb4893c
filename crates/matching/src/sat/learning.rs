//! What a conflict teaches: the clause it learns, and which learnt clauses are forgotten again.

use super::{ACTIVITY_LIMIT, HEADER, Lit, NO_CLAUSE, Sat};

impl Sat {
    /// Learns the first unique implication point of a conflict, and goes back to where it says something new.
    pub(super) fn learn(&mut self, conflict: u32) {
        let level = self.level_starts.len() as u32;
        let mut learnt = vec![Lit::TRUE];
        let mut n_open = 0;
        let mut clause = conflict;
        let mut at = self.trail.len();
        let mut resolved = Lit::TRUE;
        loop {
            for position in self.literals(clause) {
                let literal = Lit(self.clauses[position]);
                let var = literal.var();
                if literal == resolved || self.seen[var] || self.level[var] == 0 {
                    continue;
                }
                self.seen[var] = true;
                self.bump(var);
                if self.level[var] == level {
                    n_open += 1;
                } else {
                    learnt.push(literal);
                }
            }
            loop {
                at -= 1;
                if self.seen[self.trail[at].var()] {
                    break;
                }
            }
            let literal = self.trail[at];
            n_open -= 1;
            if n_open == 0 {
                learnt[0] = !literal;
                break;
            }
            self.seen[literal.var()] = false;
            clause = self.reason[literal.var()];
            resolved = literal;
        }
        let marked: Vec<usize> = learnt.iter().map(|literal| literal.var()).collect();
        // A literal whose reason only holds literals that are in the clause anyway says nothing new.
        let mut kept = vec![learnt[0]];
        kept.extend(learnt[1..].iter().copied().filter(|literal| {
            let reason = self.reason[literal.var()];
            reason == NO_CLAUSE
                || self.literals(reason).any(|position| {
                    let var = Lit(self.clauses[position]).var();
                    !self.seen[var] && self.level[var] > 0
                })
        }));
        for var in marked {
            self.seen[var] = false;
        }
        self.increment /= 0.95;
        self.assert_learnt(kept);
    }

    fn assert_learnt(&mut self, mut learnt: Vec<Lit>) {
        if learnt.len() == 1 {
            self.backtrack(0);
            self.assign(learnt[0], NO_CLAUSE);
            return;
        }
        let deepest = (1..learnt.len())
            .max_by_key(|&at| (self.level[learnt[at].var()], std::cmp::Reverse(at)));
        learnt.swap(1, deepest.unwrap_or(1));
        let mut levels: Vec<u32> = learnt
            .iter()
            .map(|literal| self.level[literal.var()])
            .collect();
        let back = levels[1] as usize;
        levels.sort_unstable();
        levels.dedup();
        self.backtrack(back);
        let clause = self.attach(&learnt, levels.len() as u32);
        self.learnt.push(clause);
        self.assign(learnt[0], clause);
    }

    fn bump(&mut self, var: usize) {
        self.activity[var] += self.increment;
        if self.activity[var] > ACTIVITY_LIMIT {
            for activity in &mut self.activity {
                *activity /= ACTIVITY_LIMIT;
            }
            self.increment /= ACTIVITY_LIMIT;
        }
        self.order.raise(var, &self.activity);
    }

    /// Forgets the half of the learnt clauses that tie the most levels together. Only between decisions.
    pub(super) fn reduce(&mut self) {
        self.next_reduction = self.n_conflicts + 4000 + self.n_conflicts / 8;
        // What holds without any decision needs no reason, so no clause is locked.
        for literal in &self.trail {
            self.reason[literal.var()] = NO_CLAUSE;
        }
        let mut ranked = std::mem::take(&mut self.learnt);
        ranked
            .sort_by_key(|&clause| (self.clauses[clause as usize + 1], std::cmp::Reverse(clause)));
        let n_kept = ranked.len() / 2;
        let forgotten: std::collections::BTreeSet<u32> = ranked[n_kept..]
            .iter()
            .copied()
            .filter(|&clause| self.clauses[clause as usize + 1] > 2)
            .collect();
        let old = std::mem::take(&mut self.clauses);
        for watches in &mut self.watches {
            watches.clear();
        }
        let mut at = 0;
        while at < old.len() {
            let (len, glue) = (old[at] as usize, old[at + 1]);
            let literals: Vec<Lit> = old[at + HEADER..at + HEADER + len]
                .iter()
                .map(|&raw| Lit(raw))
                .collect();
            let gone = forgotten.contains(&(at as u32))
                || literals.iter().any(|&literal| self.is(literal, 1));
            if !gone {
                // Everything has been propagated, so at least two literals are still open.
                let open: Vec<Lit> = literals
                    .into_iter()
                    .filter(|&literal| !self.is(literal, 0))
                    .collect();
                let clause = self.attach(&open, glue);
                if glue > 0 {
                    self.learnt.push(clause);
                }
            }
            at += HEADER + len;
        }
    }
}
