//! mass-text: two drafts to different people are nearly one text, or a draft is
//! nearly the shipped template, which every student has.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use domain::{fold, fold_key};

use crate::analysis::{Analysis, Part};
use crate::rule::Hit;
use crate::template::shipped_texts;
use crate::{Example, Level, Message, Meta, Rule, Settings};

/// From here on, a warning. Reworded templates lie between 0.25 and 0.70.
pub(super) const WARN_FROM: f64 = 0.40;
/// From here on, an error: the same template (networking.toml, `measure.similarity`).
pub(super) const ERROR_FROM: f64 = 0.70;
/// Letters in a piece of text that is compared (networking.toml, `similarity.shingle`).
const GRAM: usize = 5;

pub(super) const RULE: Rule = Rule {
    meta: &Meta {
        name: "mass-text",
        level: Level::Warn,
        why: "Interventional radiology is small, and people who get the same letter talk to each \
              other. A text that fits everybody was written to nobody.",
        source: &["S-172", "S-173", "measure.similarity"],
        scope: "drafts of one sender to different recipients, and a draft against the shipped \
                templates; not public posts",
        flags: &[Example::plain(
            "Dear Dr. Ferrand-Ochoa,\n\nYour podcast is the best hour of my week. May I ask you \
             for ten minutes on Monday about the way into radiology from an island school?",
        )],
        allows: &[Example::plain(
            "Dear Dr. Ferrand-Ochoa,\n\nYou said on the alumni panel that night float taught you to \
             read alone. Which month would you choose for it?",
        )],
        can_be_switched_off: true,
    },
    run: compare_with_templates,
    learned: None,
};

/// Compares a draft with what every student gets from Vouch. While blanks are
/// left there is nothing to compare yet, and `placeholder-left` stands in the way.
fn compare_with_templates(a: &Analysis<'_>, hits: &mut Vec<Hit>) {
    if a.message.channel.is_public() || !a.blanks.is_empty() {
        return;
    }
    let shipped = shipped_texts();
    let scores = shipped.prints.similarities(&Fingerprint::new(a));
    let mut nearest = (0.0, "");
    for (score, title) in scores.into_iter().zip(&shipped.titles) {
        if score > nearest.0 {
            nearest = (score, title);
        }
    }
    let (score, title) = nearest;
    if score >= WARN_FROM {
        hits.push(
            Hit::whole(format!(
                "{} % of this text is the template \"{title}\", which other students have too; \
             write more of it in your own words",
                percent(score)
            ))
            .level(level(score)),
        );
    }
}

/// The pieces of a text that are compared, as sorted hashes.
pub(crate) struct Fingerprint {
    raw: Vec<u64>,
    body: Vec<u64>,
}

impl Fingerprint {
    /// Returns the fingerprint of a message.
    pub(crate) fn of(message: &Message, settings: &Settings) -> Self {
        Self::new(&Analysis::new(message, settings))
    }

    /// Returns the fingerprint of an analysed message.
    pub(crate) fn new(a: &Analysis<'_>) -> Self {
        let mut body = String::new();
        for sentence in &a.sentences {
            if sentence.part == Part::Body && !a.names_school(&a.text[sentence.start..sentence.end])
            {
                body.push_str(&a.text[sentence.start..sentence.end]);
                body.push(' ');
            }
        }
        let body: String = body
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .collect();
        Self {
            raw: grams(&a.text),
            body: grams(&body),
        }
    }

    /// Returns the share of pieces in common, between 0 and 1: the greater of
    /// whole text and body.
    pub(crate) fn similarity(&self, other: &Self) -> f64 {
        jaccard(&self.raw, &other.raw).max(jaccard(&self.body, &other.body))
    }
}

/// Many fingerprints, ready to be compared with another one at once.
pub(crate) struct Fingerprints {
    raw: Index,
    body: Index,
}

impl Fingerprints {
    /// Returns an index of fingerprints.
    pub(crate) fn new(all: &[Fingerprint]) -> Self {
        Self {
            raw: Index::new(all.iter().map(|print| print.raw.as_slice())),
            body: Index::new(all.iter().map(|print| print.body.as_slice())),
        }
    }

    /// Returns the similarity of each to another one.
    pub(crate) fn similarities(&self, own: &Fingerprint) -> Vec<f64> {
        let raw = self.raw.similarities(&own.raw);
        let body = self.body.similarities(&own.body);
        raw.into_iter().zip(body).map(|(r, b)| r.max(b)).collect()
    }
}

/// The texts that have a piece, by its hash.
struct Index {
    texts: HashMap<u64, Vec<usize>, BuildHasherDefault<Hashed>>,
    /// Pieces of each text.
    sizes: Vec<usize>,
}

impl Index {
    fn new<'a>(all: impl Iterator<Item = &'a [u64]>) -> Self {
        let mut index = Self {
            texts: HashMap::default(),
            sizes: Vec::new(),
        };
        for (text, grams) in all.enumerate() {
            index.sizes.push(grams.len());
            for gram in grams {
                index.texts.entry(*gram).or_default().push(text);
            }
        }
        index
    }

    /// Returns the Jaccard index of a set of pieces with each text.
    fn similarities(&self, grams: &[u64]) -> Vec<f64> {
        let mut common = vec![0; self.sizes.len()];
        for text in grams
            .iter()
            .filter_map(|gram| self.texts.get(gram))
            .flatten()
        {
            common[*text] += 1;
        }
        let sizes = self.sizes.iter().zip(common);
        sizes
            .map(|(size, common)| share(common, size + grams.len() - common))
            .collect()
    }
}

/// Pieces are hashed already; hashing them again would cost as much as looking
/// them up.
#[derive(Default)]
struct Hashed(u64);

impl Hasher for Hashed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }

    fn write_u64(&mut self, hash: u64) {
        self.0 = hash;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// Returns the hashes of all pieces of five characters, sorted, each once.
fn grams(text: &str) -> Vec<u64> {
    let mut chars: Vec<char> = Vec::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !chars.is_empty() {
            chars.push(' ');
        }
        chars.extend(word.chars().flat_map(char::to_lowercase));
    }
    let mut hashes: Vec<u64> = chars
        .windows(GRAM)
        .map(|gram| {
            // FNV-1a: the same on every machine, unlike the standard hasher.
            gram.iter().fold(0xcbf2_9ce4_8422_2325, |hash, c| {
                (hash ^ u64::from(*c)).wrapping_mul(0x0100_0000_01b3)
            })
        })
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

fn jaccard(a: &[u64], b: &[u64]) -> f64 {
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let (mut i, mut j, mut common) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                common += 1;
                i += 1;
                j += 1;
            }
        }
    }
    share(common, a.len() + b.len() - common)
}

fn share(part: usize, whole: usize) -> f64 {
    #[expect(
        clippy::cast_precision_loss,
        reason = "texts are far shorter than 2^52"
    )]
    let share = part as f64 / whole.max(1) as f64;
    share
}

/// Returns how much of two texts is the same, between 0 and 1: the Jaccard index
/// of their pieces of five characters, of the whole text or of the body without
/// greeting, signature and the sentence that names the school, whichever is
/// greater.
pub fn similarity(one: &Message, other: &Message) -> f64 {
    let settings = Settings::default();
    let one = Fingerprint::of(one, &settings);
    one.similarity(&Fingerprint::of(other, &settings))
}

/// Returns how much of a text is the same as each of the others: as
/// [`similarity`], with the text itself read once.
pub fn similarities(message: &Message, others: &[Message]) -> Vec<f64> {
    let settings = Settings::default();
    let own = Fingerprint::new(&Analysis::new(message, &settings));
    others
        .iter()
        .map(|other| own.similarity(&Fingerprint::new(&Analysis::new(other, &settings))))
        .collect()
}

/// Returns, for each message, what it has in common with its nearest twin in
/// the batch: a draft of the same sender to somebody else.
pub(super) fn twins(messages: &[Message], prints: &[Option<Fingerprint>]) -> Vec<Option<Hit>> {
    let senders: Vec<String> = messages.iter().map(|m| fold_key(&m.sender.name)).collect();
    let recipients: Vec<String> = messages.iter().map(|m| fold(&m.recipient.name)).collect();
    let mut by_sender: HashMap<&str, Vec<usize>> = HashMap::new();
    for (i, sender) in senders.iter().enumerate() {
        if prints[i].is_some() {
            by_sender.entry(sender).or_default().push(i);
        }
    }
    let mut nearest: Vec<Option<(f64, usize)>> = vec![None; messages.len()];
    for drafts in by_sender.values() {
        for (n, &i) in drafts.iter().enumerate() {
            for &j in &drafts[n + 1..] {
                let (Some(a), Some(b)) = (&prints[i], &prints[j]) else {
                    continue;
                };
                if recipients[i] == recipients[j] {
                    continue;
                }
                let score = a.similarity(b);
                if score >= WARN_FROM {
                    keep_nearer(&mut nearest[i], score, j);
                    keep_nearer(&mut nearest[j], score, i);
                }
            }
        }
    }
    nearest
        .into_iter()
        .map(|twin| twin.map(|(score, other)| hit(score, &messages[other])))
        .collect()
}

/// Keeps the higher score; among equal ones the earlier message, so that the
/// answer does not depend on the order of work.
fn keep_nearer(kept: &mut Option<(f64, usize)>, score: f64, other: usize) {
    if kept.is_none_or(|(best, at)| score > best || (score == best && other < at)) {
        *kept = Some((score, other));
    }
}

fn level(score: f64) -> Level {
    if score >= ERROR_FROM {
        Level::Error
    } else {
        Level::Warn
    }
}

/// Returns a share in whole percents, cut off: 0.699 is no 70 % yet, which is an error.
fn percent(score: f64) -> String {
    format!("{:.0}", (score * 100.0 + 1e-9).floor())
}

fn hit(score: f64, other: &Message) -> Hit {
    Hit::whole(format!(
        "{} % of this text is also in message {} to {}; write what only this reader would get",
        percent(score),
        other.id,
        other.recipient.name
    ))
    .level(level(score))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_at_once_are_compared_as_two_are() {
        let print = |text: &str| Fingerprint {
            raw: grams(text),
            body: grams(&text.replace("Dear ", "")),
        };
        let texts = [
            "",
            "Dear",
            "Dear you, thank you for the talk",
            "thank you for that talk",
        ];
        let all = texts.map(print);
        let many = Fingerprints::new(&all);
        for own in &all {
            let one_by_one: Vec<f64> = all.iter().map(|other| own.similarity(other)).collect();
            assert_eq!(many.similarities(own), one_by_one);
        }
    }
}
