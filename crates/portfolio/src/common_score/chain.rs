//! The programs that no other one beats, and the best sets among them by where they end or start.

/// The undominated programs, from the most selective to the safest: chances
/// rise and gains fall along it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Chain {
    pub(super) chances: Vec<f64>,
    /// What an offer is worth above none.
    pub(super) gains: Vec<f64>,
    /// The programs with exactly this chance and gain, by index; never empty.
    pub(super) programs: Vec<Vec<usize>>,
    /// `ending[k][place]`: the best value of k + 1 members of which the safest
    /// stands at this place.
    ending: Vec<Vec<f64>>,
    /// `starting[k][place]`: the best value of k + 1 members of which the most
    /// selective stands at this place.
    starting: Vec<Vec<f64>>,
    /// `values[h]` is the gain of the best h; it rises along the list.
    pub(super) values: Vec<f64>,
}

impl Chain {
    /// Finds the chain, and the best sets of up to `h_end` members.
    pub(super) fn new(gains: &[f64], chances: &[f64], h_end: usize) -> Self {
        let mut chain = Self::undominated(gains, chances);
        let n_rows = h_end.min(chain.len());
        chain.ending = rows(&chain.chances, &chain.gains, n_rows);
        // From the other side chances and gains change their parts: the sum of
        // (f_i - f_(i-1)) t_i is that of (t_i - t_(i+1)) f_i.
        let reversed = |list: &[f64]| -> Vec<f64> { list.iter().rev().copied().collect() };
        chain.starting = rows(&reversed(&chain.gains), &reversed(&chain.chances), n_rows);
        for row in &mut chain.starting {
            row.reverse();
        }
        for row in &chain.ending {
            let value = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
            // Only what is lost in rounding could keep a longer set from being better.
            if chain.values.last().is_some_and(|&before| value <= before) {
                break;
            }
            chain.values.push(value);
        }
        chain
    }

    fn undominated(gains: &[f64], chances: &[f64]) -> Self {
        let mut order: Vec<usize> = (0..gains.len())
            .filter(|&i| gains[i] > 0.0 && chances[i] > 0.0)
            .collect();
        order.sort_by(|&a, &b| {
            gains[b]
                .total_cmp(&gains[a])
                .then(chances[b].total_cmp(&chances[a]))
                .then(a.cmp(&b))
        });
        let mut chain = Self {
            chances: Vec::new(),
            gains: Vec::new(),
            programs: Vec::new(),
            ending: Vec::new(),
            starting: Vec::new(),
            values: vec![0.0],
        };
        for program in order {
            let (chance, gain) = (chances[program], gains[program]);
            let last = chain.chances.last().zip(chain.gains.last());
            if last == Some((&chance, &gain))
                && let Some(alike) = chain.programs.last_mut()
            {
                alike.push(program);
            } else if last.is_none_or(|(&safest, _)| chance > safest) {
                chain.chances.push(chance);
                chain.gains.push(gain);
                chain.programs.push(vec![program]);
            }
        }
        chain
    }

    pub(super) fn len(&self) -> usize {
        self.chances.len()
    }

    /// The largest number of members of which each adds something.
    pub(super) fn longest(&self) -> usize {
        self.values.len() - 1
    }

    /// The best value of h members of which the one at `place` is the k-th of
    /// them (from 1) and the one at `after` follows; with `after` absent it is
    /// the last, so that k is h.
    pub(super) fn through(&self, h: usize, k: usize, place: usize, after: Option<usize>) -> f64 {
        let up_to = self.ending[k - 1][place];
        match after {
            None => up_to,
            // What follows was counted from the top, not from this chance on.
            Some(after) => {
                up_to + self.starting[h - k - 1][after] - self.chances[place] * self.gains[after]
            }
        }
    }

    /// The places of one of the best sets of h members.
    pub(super) fn any_best(&self, h: usize) -> Vec<usize> {
        let mut places = Vec::with_capacity(h);
        let mut n_left = self.len();
        for row in self.ending[..h].iter().rev() {
            let value = |place: usize| match places.last() {
                None => row[place],
                Some(&after) => row[place] - self.chances[place] * self.gains[after],
            };
            let best = (0..n_left).max_by(|&a, &b| value(a).total_cmp(&value(b)));
            let Some(best) = best else { break };
            places.push(best);
            n_left = best;
        }
        places.reverse();
        places
    }

    /// The gain of members at rising places.
    pub(super) fn gain(&self, places: &[usize]) -> f64 {
        let mut served = 0.0;
        let mut gain = 0.0;
        for &place in places {
            gain += (self.chances[place] - served) * self.gains[place];
            served = self.chances[place];
        }
        gain
    }
}

/// `rows[k][place]`: the best sum of (rising_i - rising_(i-1)) falling_i over
/// k + 1 places of which `place` is the last.
fn rows(rising: &[f64], falling: &[f64], n_rows: usize) -> Vec<Vec<f64>> {
    let mut rows = Vec::with_capacity(n_rows);
    let mut row: Vec<f64> = rising.iter().zip(falling).map(|(f, t)| f * t).collect();
    for _ in 0..n_rows {
        let next = longer(rising, falling, &row);
        rows.push(std::mem::replace(&mut row, next));
    }
    rows
}

/// The row of sets with one more member.
fn longer(rising: &[f64], falling: &[f64], best: &[f64]) -> Vec<f64> {
    let mut longer = Vec::with_capacity(best.len());
    // Lines value(x) = best - rising x, asked at x = falling, which falls while
    // later lines are steeper: the envelope is a stack whose front is given up
    // as soon as the next line is as good.
    let mut envelope: Vec<usize> = Vec::new();
    let mut front = 0;
    let at = |line: usize, x: f64| best[line] - rising[line] * x;
    for place in 0..best.len() {
        let x = falling[place];
        while front + 1 < envelope.len() && at(envelope[front + 1], x) > at(envelope[front], x) {
            front += 1;
        }
        // Alone, the program is worth its whole chance.
        let alone = rising[place] * x;
        let value = envelope
            .get(front)
            .map_or(f64::NEG_INFINITY, |&line| at(line, x) + alone);
        longer.push(value);
        if best[place] == f64::NEG_INFINITY {
            continue;
        }
        while envelope.len() >= front + 2 {
            let last = envelope[envelope.len() - 1];
            let second = envelope[envelope.len() - 2];
            if !hidden(rising, best, [second, last, place]) {
                break;
            }
            envelope.pop();
        }
        envelope.push(place);
    }
    longer
}

/// Whether the middle line is nowhere above both others.
fn hidden(rising: &[f64], best: &[f64], [first, middle, last]: [usize; 3]) -> bool {
    // Going down in x, the middle overtakes the first at one point and is
    // overtaken by the last at another; it never leads when that comes first.
    let rise_middle = best[middle] - best[first];
    let rise_last = best[last] - best[middle];
    rise_middle * (rising[last] - rising[middle]) <= rise_last * (rising[middle] - rising[first])
}
