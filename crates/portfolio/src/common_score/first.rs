//! Of all best sets of one size, the one that the indices decide for.

use super::chain::Chain;

/// The best sets of one size, as places of the chain.
pub(super) struct BestSets {
    /// The places of the first best set by index, rising.
    pub(super) first: Vec<usize>,
    /// Places of which some best set has a member.
    pub(super) in_some: Vec<bool>,
}

/// Values of whole sets within `slack` of the largest count as equal.
///
/// A best set is a path through the tables of the chain, one place a member.
/// The steps that a best set can take are known from both tables at once: what
/// is best up to a place, and what is best from the next one on. Among the
/// paths to the same place the one whose set comes first is kept. That is safe
/// because of two sets of one size the first in order of indices is the one
/// that has the smallest index which only one of them has, and members that are
/// added to both on the way to the end change nothing about that. Every place
/// stands for the lowest of its programs' indices, since trading an index for a
/// lower one never makes a set come later.
///
/// O(n h) time, and O(n / 64) more for every step of a best set; n^2 h only
/// when most sets are best ones.
pub(super) fn best_sets(chain: &Chain, h: usize, slack: f64) -> BestSets {
    let whole = chain.values[h];
    let steps = Steps::new(chain, h, slack);
    let in_some = steps.in_some(chain.len());
    let is_best = |places: &Vec<usize>| places.len() == h && chain.gain(places) >= whole - slack;
    let mut first = Some(steps.first(chain)).filter(is_best);
    // Steps that are within the slack each may add up to a set that is not.
    let mut tolerance = slack;
    while first.is_none() && tolerance * h as f64 > slack {
        tolerance /= 16.0;
        first = Some(Steps::new(chain, h, tolerance).first(chain)).filter(is_best);
    }
    BestSets {
        first: first.unwrap_or_else(|| chain.any_best(h)),
        in_some,
    }
}

/// What best sets of one size are made of.
struct Steps {
    /// `layers[k]`: the places where the member k + 1 of a best set can stand,
    /// each with the places in the layer before from which it is reached.
    layers: Vec<Vec<(usize, Vec<usize>)>>,
}

impl Steps {
    fn new(chain: &Chain, h: usize, tolerance: f64) -> Self {
        let limit = chain.values[h] - tolerance;
        let mut layers: Vec<Vec<(usize, Vec<usize>)>> = Vec::with_capacity(h);
        for k in (1..=h).rev() {
            let mut layer: Vec<usize> = Vec::new();
            // A place is right when a step from it to a right one of the next layer is.
            let n_after = h - k;
            for place in k - 1..chain.len() - n_after {
                match layers.last_mut() {
                    None if chain.through(h, k, place, None) >= limit => layer.push(place),
                    None => {}
                    Some(next) => {
                        let start = next.partition_point(|&(after, _)| after <= place);
                        let mut is_right = false;
                        for (after, from) in &mut next[start..] {
                            if chain.through(h, k, place, Some(*after)) >= limit {
                                from.push(place);
                                is_right = true;
                            }
                        }
                        if is_right {
                            layer.push(place);
                        }
                    }
                }
            }
            layers.push(layer.into_iter().map(|place| (place, Vec::new())).collect());
        }
        layers.reverse();
        Self { layers }
    }

    fn in_some(&self, n_places: usize) -> Vec<bool> {
        let mut in_some = vec![false; n_places];
        for (place, _) in self.layers.iter().flatten() {
            in_some[*place] = true;
        }
        in_some
    }

    /// The places of the first set.
    fn first(&self, chain: &Chain) -> Vec<usize> {
        if self.layers.iter().all(|layer| layer.len() == 1) {
            return self.layers.iter().map(|layer| layer[0].0).collect();
        }
        let ranks = Ranks::new(chain);
        let mut sets: Vec<(usize, IndexSet)> = Vec::new();
        for (k, layer) in self.layers.iter().enumerate() {
            let reached = layer.iter().map(|(place, from)| {
                let before = sets.iter().filter(|(place, _)| from.contains(place));
                let before = before.map(|(_, set)| set).min();
                let mut set = match before {
                    Some(before) => before.clone(),
                    None => IndexSet::new(chain.len()),
                };
                set.insert(ranks.rank_of[*place]);
                (*place, set)
            });
            let reached: Vec<_> = reached.filter(|(_, set)| set.len() == k + 1).collect();
            sets = reached;
        }
        let first = sets.into_iter().map(|(_, set)| set).min();
        let mut places: Vec<usize> = first
            .iter()
            .flat_map(IndexSet::ranks)
            .map(|rank| ranks.place_of[rank])
            .collect();
        places.sort_unstable();
        places
    }
}

/// The places of the chain in order of their programs' indices.
struct Ranks {
    rank_of: Vec<usize>,
    place_of: Vec<usize>,
}

impl Ranks {
    fn new(chain: &Chain) -> Self {
        let mut place_of: Vec<usize> = (0..chain.len()).collect();
        place_of.sort_by_key(|&place| chain.programs[place][0]);
        let mut rank_of = vec![0; chain.len()];
        for (rank, &place) in place_of.iter().enumerate() {
            rank_of[place] = rank;
        }
        Self { rank_of, place_of }
    }
}

/// A set of ranks; of two sets of one size, the smaller one comes first in
/// order of indices.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct IndexSet {
    /// The highest bit of the first word stands for rank 0, and is 0 when the
    /// rank is in: so that words compare as the sets do.
    absent: Vec<u64>,
}

impl IndexSet {
    fn new(n_ranks: usize) -> Self {
        Self {
            absent: vec![u64::MAX; n_ranks.div_ceil(64)],
        }
    }

    fn insert(&mut self, rank: usize) {
        self.absent[rank / 64] &= !(1 << (63 - rank % 64));
    }

    fn len(&self) -> usize {
        let absent = self.absent.iter();
        absent.map(|word| word.count_zeros() as usize).sum()
    }

    fn ranks(&self) -> impl Iterator<Item = usize> {
        let n_ranks = self.absent.len() * 64;
        (0..n_ranks).filter(|rank| self.absent[rank / 64] >> (63 - rank % 64) & 1 == 0)
    }
}
