//! Who is held where while a solver works: a bitmap over each program's own list, with count and cut-off.

use crate::market::Market;

/// A program's places while a solver works.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Desk {
    /// Where the program's list begins in the market's row of lists, and in the bitmap.
    start: u32,
    pub(crate) n_held: u32,
    pub(crate) places: u32,
    /// The place on the list of the worst applicant held; 0 while nobody is.
    worst: u32,
}

/// The places of all programs while a solver works.
#[derive(Clone, Debug)]
pub(crate) struct Seats {
    desks: Vec<Desk>,
    held: Vec<u64>,
}

impl Seats {
    pub(crate) fn new(market: &Market) -> Self {
        let desk = |(list, &places): (&crate::builder::Span, &u32)| Desk {
            start: list.start,
            places,
            ..Desk::default()
        };
        Self {
            desks: market.lists.iter().zip(&market.quotas).map(desk).collect(),
            held: vec![0; market.listed.len().div_ceil(64)],
        }
    }

    pub(crate) fn desk(&self, program: u32) -> Desk {
        self.desks[program as usize]
    }

    /// Returns where the program's list begins in the market's row of lists.
    pub(crate) fn start(&self, program: u32) -> u32 {
        self.desks[program as usize].start
    }

    pub(crate) fn set_places(&mut self, program: u32, places: u32) {
        self.desks[program as usize].places = places;
    }

    pub(crate) fn is_held(&self, program: u32, place: u32) -> bool {
        let bit = self.desks[program as usize].start + place;
        self.held[bit as usize / 64] >> (bit % 64) & 1 == 1
    }

    /// Tells whether the program has a free place, or holds somebody worse than the one at `place`.
    pub(crate) fn would_take(&self, program: u32, place: u32) -> bool {
        let desk = self.desks[program as usize];
        desk.n_held < desk.places || (place < desk.worst && desk.n_held > 0)
    }

    /// Counts those held at better places than `place`.
    pub(crate) fn n_better(&self, program: u32, place: u32) -> u32 {
        let start = self.desks[program as usize].start;
        let (first, last) = (start as usize / 64, (start + place) as usize / 64);
        let mut n = 0;
        for word in first..=last.min(self.held.len().saturating_sub(1)) {
            let mut bits = self.held[word];
            if word == first {
                bits &= u64::MAX << (start % 64);
            }
            if word == last {
                bits &= (1_u64 << ((start + place) % 64)) - 1;
            }
            n += bits.count_ones();
        }
        n
    }

    /// Holds the one at `place`, who is not held yet; the program may hold too many afterwards.
    pub(crate) fn hold(&mut self, program: u32, place: u32) {
        let desk = &mut self.desks[program as usize];
        desk.worst = if desk.n_held == 0 {
            place
        } else {
            desk.worst.max(place)
        };
        desk.n_held += 1;
        let bit = desk.start + place;
        self.held[bit as usize / 64] |= 1 << (bit % 64);
    }

    /// Lets the one at `place` go, who is held.
    pub(crate) fn release(&mut self, program: u32, place: u32) {
        let desk = &mut self.desks[program as usize];
        desk.n_held -= 1;
        let (start, n_held, worst) = (desk.start, desk.n_held, desk.worst);
        let bit = start + place;
        self.held[bit as usize / 64] &= !(1 << (bit % 64));
        if place == worst {
            let worst = if n_held == 0 {
                0
            } else {
                self.last_held(start, start + place)
            };
            self.desks[program as usize].worst = worst;
        }
    }

    /// Lets one who would be taken in, and returns the place of the one who has to go, if the program was full.
    pub(crate) fn admit(&mut self, program: u32, place: u32) -> Option<u32> {
        let desk = &mut self.desks[program as usize];
        let start = desk.start;
        let bit = start + place;
        self.held[bit as usize / 64] |= 1 << (bit % 64);
        if desk.n_held < desk.places {
            desk.worst = if desk.n_held == 0 {
                place
            } else {
                desk.worst.max(place)
            };
            desk.n_held += 1;
            return None;
        }
        let leaves = desk.worst;
        let bit = start + leaves;
        self.held[bit as usize / 64] &= !(1 << (bit % 64));
        let worst = self.last_held(start, bit);
        self.desks[program as usize].worst = worst;
        Some(leaves)
    }

    /// Returns the place of the worst applicant held, of a program that holds somebody.
    pub(crate) fn worst(&self, program: u32) -> u32 {
        self.desks[program as usize].worst
    }

    /// Returns the place of the worst applicant held besides those at `spared`.
    pub(crate) fn worst_besides(&self, program: u32, spared: [u32; 2]) -> Option<u32> {
        (0..=self.worst(program))
            .rev()
            .find(|&place| !spared.contains(&place) && self.is_held(program, place))
    }

    /// Returns the place, counted from `start`, of the last bit set before `end`.
    fn last_held(&self, start: u32, end: u32) -> u32 {
        let mut word = end as usize / 64;
        let mut bits = self.held[word] & ((1 << (end % 64)) - 1);
        while bits == 0 && word > start as usize / 64 {
            word -= 1;
            bits = self.held[word];
        }
        (word as u32 * 64 + 63 - bits.leading_zeros().min(63)).saturating_sub(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rng::Rng;

    #[test]
    fn bitmap_agrees_with_a_list() {
        let mut builder = Market::builder();
        let names: Vec<String> = (0..300).map(|at| format!("a{at}")).collect();
        for name in &names {
            builder.applicant(name, ["p", "q", "r"]);
        }
        for (program, length) in [("p", 70), ("q", 300), ("r", 129)] {
            builder.program(program, 5, &names[..length]);
        }
        let market = builder.build().expect("a market");
        let mut seats = Seats::new(&market);
        let mut rng = Rng::new(1);
        let mut plain: Vec<Vec<u32>> = vec![Vec::new(); 3];
        for _ in 0..20_000 {
            let program = rng.below(3);
            let place = rng.below(market.lists[program as usize].len() as u32);
            let list = &mut plain[program as usize];
            match list.iter().position(|&held| held == place) {
                Some(at) => {
                    list.remove(at);
                    seats.release(program, place);
                }
                None if list.len() < 12 => {
                    list.push(place);
                    seats.hold(program, place);
                }
                None => continue,
            }
            assert_eq!(seats.desk(program).n_held as usize, list.len());
            assert_eq!(
                seats.worst(program),
                list.iter().max().copied().unwrap_or(0)
            );
            let asked = rng.below(market.lists[program as usize].len() as u32);
            assert_eq!(
                seats.n_better(program, asked) as usize,
                list.iter().filter(|&&held| held < asked).count()
            );
            let would = list.len() < 5 || list.iter().any(|&held| held > asked);
            assert_eq!(seats.would_take(program, asked), would);
        }
    }
}
