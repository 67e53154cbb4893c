//! The variables that have no value yet, most active first.

const ABSENT: u32 = u32::MAX;

/// A heap of variables, most active first; equally active ones by number.
#[derive(Default)]
pub(super) struct Heap {
    items: Vec<u32>,
    at: Vec<u32>,
}

impl Heap {
    pub(super) fn insert(&mut self, var: usize, activity: &[f64]) {
        if self.at.len() <= var {
            self.at.resize(var + 1, ABSENT);
        }
        if self.at[var] == ABSENT {
            self.at[var] = self.items.len() as u32;
            self.items.push(var as u32);
            self.up(self.items.len() - 1, activity);
        }
    }

    pub(super) fn raise(&mut self, var: usize, activity: &[f64]) {
        if self.at[var] != ABSENT {
            self.up(self.at[var] as usize, activity);
        }
    }

    pub(super) fn pop(&mut self, activity: &[f64]) -> Option<usize> {
        let top = *self.items.first()? as usize;
        self.at[top] = ABSENT;
        let last = self.items.pop()?;
        if !self.items.is_empty() {
            self.items[0] = last;
            self.at[last as usize] = 0;
            self.down(0, activity);
        }
        Some(top)
    }

    fn is_before(&self, one: usize, other: usize, activity: &[f64]) -> bool {
        let (one, other) = (self.items[one], self.items[other]);
        let (active, less) = (activity[one as usize], activity[other as usize]);
        active > less || (active == less && one < other)
    }

    fn swap(&mut self, one: usize, other: usize) {
        self.items.swap(one, other);
        self.at[self.items[one] as usize] = one as u32;
        self.at[self.items[other] as usize] = other as u32;
    }

    fn up(&mut self, mut at: usize, activity: &[f64]) {
        while at > 0 {
            let parent = (at - 1) / 2;
            if !self.is_before(at, parent, activity) {
                return;
            }
            self.swap(at, parent);
            at = parent;
        }
    }

    fn down(&mut self, mut at: usize, activity: &[f64]) {
        loop {
            let left = 2 * at + 1;
            if left >= self.items.len() {
                return;
            }
            let right = left + 1;
            let best = if right < self.items.len() && self.is_before(right, left, activity) {
                right
            } else {
                left
            };
            if !self.is_before(best, at, activity) {
                return;
            }
            self.swap(at, best);
            at = best;
        }
    }
}
