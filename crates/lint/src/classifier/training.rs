//! Makes a classifier from labelled passages.

use super::features::{BUCKETS, Sentence};
use super::{Act, Classifier, N_ACTS};
use crate::analysis::Analysis;
use crate::{Channel, Message, Scenario, Settings};

/// A labelled passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// One to three sentences.
    pub text: String,
    /// All that the sender does in it.
    pub acts: Vec<Act>,
}

/// Where the classifier speaks for itself, and where it takes a pattern's
/// finding for a mistake.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// From here on it speaks where the patterns are silent.
    pub add: f32,
    /// Below this, what a pattern found is taken back.
    pub keep: f32,
}

/// What thresholds are found on: messages that the classifier was not trained on.
#[derive(Clone, Debug)]
pub struct Calibration {
    /// For each act, the strongest scores of messages that have it.
    with: [Vec<f32>; N_ACTS],
    /// For each act, the strongest scores of messages that have it not.
    without: [Vec<f32>; N_ACTS],
    /// For each act, the least score of an example with it and the greatest of
    /// one without.
    held: [(f32, f32); N_ACTS],
}

impl Default for Calibration {
    fn default() -> Self {
        Self {
            with: Default::default(),
            without: Default::default(),
            held: [(f32::MAX, f32::MIN); N_ACTS],
        }
    }
}

impl Calibration {
    /// Share of the messages without an act that may lie above `add`, at most.
    const FALSELY_ADDED: f64 = 0.002;

    /// How much worse a message that is flagged wrongly is than one that is missed.
    const FALSE_WEIGHS: f64 = 30.0;

    /// Share of the messages with an act that may lie below `keep`.
    const FALSELY_TAKEN_BACK: f64 = 0.03;

    /// Messages of a kind that it takes to tell anything.
    const ENOUGH: usize = 10;

    /// Adds the strongest score of a message, and whether it has the act.
    pub fn add(&mut self, act: Act, strongest: f32, has: bool) {
        let of = if has {
            &mut self.with
        } else {
            &mut self.without
        };
        of[act as usize].push(strongest);
    }

    /// Adds an example that has to come out right: what shows the act is never
    /// taken back, what does not is never added.
    pub fn hold(&mut self, act: Act, strongest: f32, has: bool) {
        let held = &mut self.held[act as usize];
        *held = if has {
            (held.0.min(strongest), held.1)
        } else {
            (held.0, held.1.max(strongest))
        };
    }

    /// Returns the thresholds of each act. An act that few messages show takes
    /// nothing back, and adds only where none of the others would be flagged.
    pub fn thresholds(mut self) -> [Thresholds; N_ACTS] {
        std::array::from_fn(|act| {
            let (with, without) = (&mut self.with[act], &mut self.without[act]);
            with.sort_by(f32::total_cmp);
            without.sort_by(|a, b| b.total_cmp(a));
            let (add, keep) = if without.len() < Self::ENOUGH {
                (f32::MAX, f32::MIN)
            } else if with.len() < Self::ENOUGH {
                (without[0], f32::MIN)
            } else {
                let keep = with[(with.len() as f64 * Self::FALSELY_TAKEN_BACK) as usize];
                (Self::add_from(with, without), keep)
            };
            let (least, greatest) = self.held[act];
            let add = add.max(greatest);
            Thresholds {
                add,
                keep: keep.min(least).min(add),
            }
        })
    }

    /// Returns the score at which most is found for what is flagged wrongly:
    /// that of one of the messages without the act that show it most, which is
    /// itself not flagged.
    fn add_from(with: &[f32], without: &[f32]) -> f32 {
        let worth = |wrong: usize| {
            let found = with.len() - with.partition_point(|score| *score <= without[wrong]);
            found as f64 / with.len() as f64
                - Self::FALSE_WEIGHS * wrong as f64 / without.len() as f64
        };
        let most_wrong = (without.len() as f64 * Self::FALSELY_ADDED) as usize;
        let best = (0..=most_wrong).max_by(|a, b| worth(*a).total_cmp(&worth(*b)).then(b.cmp(a)));
        without[best.unwrap_or(0)]
    }
}

/// How much a passage on the wrong side weighs against small weights.
const COST: f64 = 1.0;

/// How much more one with the act weighs than one without.
const COST_WITH: f64 = 2.0;

/// Rounds over all passages.
const ROUNDS: usize = 40;

/// Trains a classifier, without thresholds: it neither adds nor takes back.
///
/// For each act a linear support vector machine with squared hinge loss, by
/// dual coordinate descent (Hsieh et al. 2008, "A dual coordinate descent
/// method for large-scale linear SVM", algorithm 1), passages in an order that
/// depends on nothing but the round. Only sums, products, quotients and square
/// roots are used, so the result is the same on every machine.
pub fn train(passages: &[Passage]) -> Classifier {
    let rows: Vec<Vec<(usize, f64)>> = passages.iter().map(|p| row(&p.text)).collect();
    let act_of = |act: Act| {
        let with: Vec<bool> = passages.iter().map(|p| p.acts.contains(&act)).collect();
        machine(&rows, &with)
    };
    let machines: Vec<Vec<f64>> = std::thread::scope(|scope| {
        let threads: Vec<_> = Act::ALL
            .map(|act| scope.spawn(move || act_of(act)))
            .into_iter()
            .collect();
        threads
            .into_iter()
            .map(|it| it.join().expect("no machine panics"))
            .collect()
    });
    let mut classifier = Classifier {
        fingerprint: fingerprint(passages),
        thresholds: [Thresholds {
            add: f32::MAX,
            keep: f32::MIN,
        }; N_ACTS],
        bias: [0.0; N_ACTS],
        scale: [0.0; N_ACTS],
        weights: vec![[0; N_ACTS]; BUCKETS],
    };
    for (act, machine) in machines.iter().enumerate() {
        let (weights, bias) = machine.split_at(BUCKETS);
        let most = weights.iter().fold(0.0_f64, |most, w| most.max(w.abs()));
        let step = if most > 0.0 { most / 127.0 } else { 1.0 };
        classifier.bias[act] = bias[0] as f32;
        classifier.scale[act] = step as f32;
        for (row, weight) in classifier.weights.iter_mut().zip(weights) {
            row[act] = (weight / step).round() as i8;
        }
    }
    classifier
}

/// Returns the features of a passage with how often each is there, divided by
/// the square root of their number; the constant one comes last.
fn row(text: &str) -> Vec<(usize, f64)> {
    let message = Message::new(
        Channel::Spoken,
        Scenario::MentorUpdate,
        jiff::civil::date(2027, 6, 1),
        text,
    );
    let settings = Settings::default();
    let read = Analysis::new(&message, &settings);
    let sentences: Vec<Sentence> = read
        .sentences
        .iter()
        .map(|s| Sentence::of(&read.text[s.start..s.end]))
        .collect();
    let mut buckets: Vec<usize> = Vec::new();
    for (i, sentence) in sentences.iter().enumerate() {
        buckets.extend(sentence.inside());
        if let Some(before) = i.checked_sub(1) {
            buckets.extend(sentence.between(&sentences[before]));
        }
    }
    let n = (buckets.len().max(1) as f64).sqrt();
    buckets.sort_unstable();
    let counted = buckets.chunk_by(|a, b| a == b);
    let mut row: Vec<(usize, f64)> = counted
        .map(|same| (same[0], same.len() as f64 / n))
        .collect();
    row.push((BUCKETS, 1.0));
    row
}

/// Returns the weights of one act, the bias last.
fn machine(rows: &[Vec<(usize, f64)>], with: &[bool]) -> Vec<f64> {
    let mut weights = vec![0.0; BUCKETS + 1];
    let mut alphas = vec![0.0; rows.len()];
    let squares: Vec<f64> = rows
        .iter()
        .map(|row| row.iter().map(|(_, x)| x * x).sum())
        .collect();
    let mut order: Vec<usize> = (0..rows.len()).collect();
    for round in 0..ROUNDS {
        shuffle(&mut order, round as u64);
        for &i in &order {
            let (sign, cost) = if with[i] {
                (1.0, COST * COST_WITH)
            } else {
                (-1.0, COST)
            };
            let slack = 0.5 / cost;
            let score: f64 = rows[i].iter().map(|(at, x)| weights[*at] * x).sum();
            let gradient = sign * score - 1.0 + slack * alphas[i];
            let alpha = (alphas[i] - gradient / (squares[i] + slack)).max(0.0);
            let change = (alpha - alphas[i]) * sign;
            alphas[i] = alpha;
            if change != 0.0 {
                for (at, x) in &rows[i] {
                    weights[*at] += change * x;
                }
            }
        }
    }
    weights
}

/// Puts positions in an order of their own for each round (Fisher and Yates,
/// with the multiplier of Knuth's MMIX).
fn shuffle(order: &mut [usize], round: u64) {
    let mut state = round.wrapping_add(0x9e37_79b9_7f4a_7c15);
    for i in (1..order.len()).rev() {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let j = (state >> 33) as usize % (i + 1);
        order.swap(i, j);
    }
}

/// Returns a number that changes with the passages, to see whether weights were made from them.
pub fn fingerprint(passages: &[Passage]) -> u64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut value = 0xcbf2_9ce4_8422_2325;
    for passage in passages {
        value = passage.text.bytes().fold(value, hash);
        for act in &passage.acts {
            value = act.word().bytes().fold(value, hash);
        }
        value = hash(value, b'\n');
    }
    value
}
