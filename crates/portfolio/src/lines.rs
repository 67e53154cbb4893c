//! The upper envelope of straight lines over an interval that starts at 0.

/// The line height + slope x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Line {
    pub(crate) slope: f64,
    pub(crate) height: f64,
}

impl Line {
    pub(crate) fn at(self, x: f64) -> f64 {
        self.height + self.slope * x
    }
}

/// Appends to `envelope` those of `lines` (by rising slope) that are the
/// highest somewhere between 0 and `end`, by rising slope.
pub(crate) fn upper_envelope(lines: &[Line], end: f64, envelope: &mut Vec<Line>) {
    let start = envelope.len();
    for &line in lines {
        push_line(envelope, start, line, end);
    }
}

/// Adds a line, steeper than all before it, to an envelope if it is the highest somewhere.
fn push_line(envelope: &mut Vec<Line>, start: usize, line: Line, end: f64) {
    while let [.., last] = envelope[start..] {
        if line.height >= last.height {
            // At least as high at 0, and steeper.
            envelope.pop();
            continue;
        }
        if line.at(end) <= last.at(end) {
            return;
        }
        let [.., second, _] = envelope[start..] else {
            break;
        };
        if !is_hidden(second, last, line) {
            break;
        }
        envelope.pop();
    }
    envelope.push(line);
}

/// Whether the middle one of three lines by rising slope never leads: the last
/// one overtakes it before it has overtaken the first.
fn is_hidden(first: Line, middle: Line, last: Line) -> bool {
    let overtake_first = (first.height - middle.height) * (last.slope - middle.slope);
    let overtaken = (middle.height - last.height) * (middle.slope - first.slope);
    overtaken <= overtake_first
}

/// An upper envelope that lines of any slope are added to.
pub(crate) struct Envelope {
    lines: Vec<Line>,
    end: f64,
    /// How far a line must stand out to count.
    slack: f64,
}

impl Envelope {
    /// An empty envelope over `0.0..=end`.
    pub(crate) fn new(end: f64, slack: f64) -> Self {
        Self {
            lines: Vec::new(),
            end,
            slack,
        }
    }

    pub(crate) fn clear(&mut self) {
        self.lines.clear();
    }

    /// Adds a line if it is the highest somewhere; returns whether it is.
    pub(crate) fn insert(&mut self, line: Line) -> bool {
        let place = self.lines.partition_point(|other| other.slope < line.slope);
        // The line stands out most where its neighbours cross, if at all.
        let x = match (
            place.checked_sub(1).map(|i| self.lines[i]),
            self.lines.get(place),
        ) {
            (None, None) => 0.0,
            (None, Some(_)) => 0.0,
            (Some(_), None) => self.end,
            (Some(a), Some(b)) => {
                ((a.height - b.height) / (b.slope - a.slope)).clamp(0.0, self.end)
            }
        };
        let around = [
            place.checked_sub(1).map(|i| self.lines[i]),
            self.lines.get(place).copied(),
        ];
        if around
            .into_iter()
            .flatten()
            .any(|other| line.at(x) <= other.at(x) + self.slack)
        {
            return false;
        }
        self.lines.insert(place, line);
        self.remove_hidden_above(place);
        self.remove_hidden_below(place);
        true
    }

    fn remove_hidden_above(&mut self, place: usize) {
        let line = self.lines[place];
        while let Some(&next) = self.lines.get(place + 1) {
            let hidden = match self.lines.get(place + 2) {
                Some(&after) => is_hidden(line, next, after),
                None => next.at(self.end) <= line.at(self.end),
            };
            if !hidden {
                return;
            }
            self.lines.remove(place + 1);
        }
    }

    fn remove_hidden_below(&mut self, mut place: usize) {
        let line = self.lines[place];
        while place > 0 {
            let hidden = match place.checked_sub(2).map(|i| self.lines[i]) {
                Some(before) => is_hidden(before, self.lines[place - 1], line),
                None => self.lines[place - 1].height <= line.height,
            };
            if !hidden {
                return;
            }
            self.lines.remove(place - 1);
            place -= 1;
        }
    }
}

/// The highest value of an envelope at `x`.
pub(crate) fn best_at(envelope: &[Line], x: f64) -> f64 {
    let rising = envelope.windows(2);
    let mut low = 0;
    let mut high = rising.len();
    while low < high {
        let middle = usize::midpoint(low, high);
        if envelope[middle + 1].at(x) > envelope[middle].at(x) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    envelope[low].at(x)
}
