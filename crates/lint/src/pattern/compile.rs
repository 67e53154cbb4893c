//! Reads the lines of patterns.

use std::collections::HashMap;

use super::{Frame, Node, Pattern};

/// Words by default in a `..` gap.
const GAP: u32 = 4;

/// Words by which a pattern says "no" itself.
const SAYS_NO: &[&str] = &[
    "not", "no", "never", "nobody", "nothing", "none", "without", "neither", "hardly",
];

/// Sets of words, by what is in them.
#[derive(Debug, Default)]
pub(crate) struct Sets {
    /// Members of each set: whole words, and beginnings ending in "*".
    pub(crate) members: Vec<Vec<String>>,
    by_key: HashMap<String, u16>,
}

impl Sets {
    /// Returns the number of the set with these members.
    pub(crate) fn intern(&mut self, mut members: Vec<String>) -> u16 {
        members.sort();
        members.dedup();
        let key = members.join("|");
        if let Some(set) = self.by_key.get(&key) {
            return *set;
        }
        let set = u16::try_from(self.members.len()).unwrap_or(u16::MAX);
        self.members.push(members);
        self.by_key.insert(key, set);
        set
    }
}

/// Word classes and phrases that patterns may name.
#[derive(Debug, Default)]
pub(crate) struct Names {
    /// Class name to its words.
    pub(crate) classes: HashMap<String, Vec<String>>,
    /// Phrase name to its pattern text.
    pub(crate) phrases: HashMap<String, String>,
    /// Classes that the analysis fills per message, with their set numbers.
    pub(crate) computed: HashMap<String, u16>,
}

/// Compiles one line of pattern text.
///
/// # Errors
/// A sentence about the first part that is not understood.
pub(crate) fn compile(text: &str, names: &Names, sets: &mut Sets) -> Result<Frame, String> {
    let mut frame = Frame {
        wants: Vec::new(),
        unless: Vec::new(),
    };
    for (i, part) in text.split(" &").enumerate() {
        match part.strip_prefix('!') {
            Some(part) if i > 0 => frame.unless.push(compile_part(part, names, sets)?),
            _ => frame.wants.push(compile_part(part, names, sets)?),
        }
    }
    Ok(frame)
}

fn compile_part(text: &str, names: &Names, sets: &mut Sets) -> Result<Pattern, String> {
    let spaced = spaced(text);
    let parts: Vec<&str> = spaced.split_whitespace().collect();
    let mut at = 0;
    let root = alternatives(&parts, &mut at, names, sets, 0)?;
    if at < parts.len() {
        return Err(format!("\"{}\" closes nothing in \"{text}\"", parts[at]));
    }
    let mut needed = Vec::new();
    needed_by(&root, &mut needed);
    needed.sort_by_key(Vec::len);
    let says_no = text
        .split(|c: char| !c.is_alphabetic())
        .any(|word| SAYS_NO.contains(&word));
    Ok(Pattern {
        root,
        needed,
        says_no,
    })
}

/// Most sets in one entry of what a pattern needs; longer ones tell little.
const NEEDED_SETS: usize = 24;

/// Adds what a node cannot match without.
fn needed_by(node: &Node, needed: &mut Vec<Vec<u16>>) {
    match node {
        Node::Set(set) => needed.push(vec![*set]),
        Node::Seq(nodes) => nodes.iter().for_each(|node| needed_by(node, needed)),
        Node::Alt(nodes) => {
            // Of each alternative one entry is enough: any of these must be there.
            let mut any = Vec::new();
            for node in nodes {
                let mut own = Vec::new();
                needed_by(node, &mut own);
                let Some(shortest) = own.into_iter().min_by_key(Vec::len) else {
                    return;
                };
                any.extend(shortest);
            }
            any.sort_unstable();
            any.dedup();
            if any.len() <= NEEDED_SETS {
                needed.push(any);
            }
        }
        _ => {}
    }
}

/// Sets brackets and strokes apart from words; ")?" stays together.
fn spaced(text: &str) -> String {
    text.replace('/', " / ")
        .replace('(', " ( ")
        .replace(")?", " \u{1} ")
        .replace(')', " ) ")
        .replace('\u{1}', ")?")
}

fn alternatives(
    parts: &[&str],
    at: &mut usize,
    names: &Names,
    sets: &mut Sets,
    depth: usize,
) -> Result<Node, String> {
    let mut choices = Vec::new();
    let mut sequence = Vec::new();
    while *at < parts.len() {
        let part = parts[*at];
        if depth > 0 && sequence.is_empty() && excludes_more_than_words(&parts[*at..]) {
            return Err(format!(
                "what \"{part}\" excludes is single words, and ends its alternative"
            ));
        }
        match part {
            "/" => {
                choices.push(Node::Seq(std::mem::take(&mut sequence)));
                *at += 1;
            }
            "(" => {
                *at += 1;
                if let Some(n) = flat(&parts[*at..]) {
                    let list = parts[*at..*at + n].join(" ");
                    let choice = choice(&list, names, sets, depth + 1)?;
                    sequence.push(match parts[*at + n] {
                        ")?" => Node::Opt(Box::new(choice)),
                        _ => choice,
                    });
                    *at += n + 1;
                    continue;
                }
                let inner = alternatives(parts, at, names, sets, depth + 1)?;
                let close = parts.get(*at).copied();
                *at += 1;
                match close {
                    Some(")") => sequence.push(inner),
                    Some(")?") => sequence.push(Node::Opt(Box::new(inner))),
                    _ => return Err("a bracket is not closed".to_owned()),
                }
            }
            ")" | ")?" if depth > 0 => break,
            ")" | ")?" => return Err("a bracket closes nothing".to_owned()),
            _ => {
                sequence.push(element(part, names, sets, depth)?);
                *at += 1;
            }
        }
    }
    if choices.is_empty() {
        return Ok(Node::Seq(sequence));
    }
    choices.push(Node::Seq(sequence));
    Ok(Node::Alt(choices))
}

/// Returns whether an alternative excludes a list of words and goes on: in
/// `!me|us|with me` "with me" was meant to be one of the list, which it is not.
fn excludes_more_than_words(parts: &[&str]) -> bool {
    let mut alternative = parts
        .iter()
        .take_while(|part| !matches!(**part, "/" | ")" | ")?"));
    let excludes = |part: &&str| part.starts_with('!') && part.contains('|');
    alternative.next().is_some_and(excludes) && alternative.next().is_some()
}

/// Returns how many parts a bracket holds, if they are one list of alternatives
/// between strokes like these: `a|b c|d`.
fn flat(parts: &[&str]) -> Option<usize> {
    let n = parts
        .iter()
        .position(|p| matches!(*p, "(" | "/" | ")" | ")?"))?;
    let closes = matches!(parts[n], ")" | ")?");
    let lists = parts[..n].iter().any(|p| p.contains('|'));
    let excludes = n == 1 && parts[0].starts_with(['!', '<']);
    (closes && lists && !excludes).then_some(n)
}

/// Compiles a list of alternatives; single words become one set.
fn choice(list: &str, names: &Names, sets: &mut Sets, depth: usize) -> Result<Node, String> {
    let mut words = Vec::new();
    let mut choices = Vec::new();
    for sequence in list.split('|') {
        let parts: Vec<&str> = sequence.split_whitespace().collect();
        match parts.as_slice() {
            [] => return Err(format!("an empty alternative in \"{list}\"")),
            [word] if word.starts_with(|c: char| c.is_alphanumeric()) && !word.ends_with('?') => {
                words.push(*word);
            }
            parts => {
                let nodes: Result<Vec<Node>, String> = parts
                    .iter()
                    .map(|part| element(part, names, sets, depth))
                    .collect();
                choices.push(Node::Seq(nodes?));
            }
        }
    }
    if !words.is_empty() {
        choices.push(Node::Set(set(&words.join("|"), names, sets)?));
    }
    Ok(match choices.pop() {
        Some(only) if choices.is_empty() => only,
        Some(last) => {
            choices.push(last);
            Node::Alt(choices)
        }
        None => Node::Alt(choices),
    })
}

fn element(part: &str, names: &Names, sets: &mut Sets, depth: usize) -> Result<Node, String> {
    Ok(match part {
        "^" => Node::Start,
        "$" => Node::End,
        "," => Node::Break,
        "?" => Node::Question,
        "_" => Node::Any,
        ".." => Node::Gap(GAP),
        "..." => Node::GapAll,
        _ => {
            if let Some(most) = part.strip_prefix("..") {
                let most = most.parse().map_err(|_| format!("no gap: \"{part}\""))?;
                return Ok(Node::Gap(most));
            }
            if let Some(rest) = part.strip_prefix("<!") {
                return Ok(Node::NotBehind(set(rest, names, sets)?));
            }
            if let Some(rest) = part.strip_prefix('!') {
                return Ok(Node::Not(set(rest, names, sets)?));
            }
            if let Some(rest) = part.strip_suffix('?') {
                return Ok(Node::Opt(Box::new(element(rest, names, sets, depth)?)));
            }
            if let Some(phrase) = part.strip_prefix('@').and_then(|n| names.phrases.get(n)) {
                if depth > 8 {
                    return Err(format!("phrase \"{part}\" contains itself"));
                }
                let spaced = spaced(phrase);
                let parts: Vec<&str> = spaced.split_whitespace().collect();
                let mut at = 0;
                return alternatives(&parts, &mut at, names, sets, depth + 1);
            }
            let stands_alone = |word: &str| {
                word.strip_prefix('@').is_some_and(|name| {
                    names.computed.contains_key(name) || names.phrases.contains_key(name)
                })
            };
            if part.contains('|') && part.split('|').any(stands_alone) {
                return choice(part, names, sets, depth + 1);
            }
            Node::Set(set(part, names, sets)?)
        }
    })
}

fn set(part: &str, names: &Names, sets: &mut Sets) -> Result<u16, String> {
    let mut members = Vec::new();
    for word in part.split('|') {
        if let Some(name) = word.strip_prefix('@') {
            if let Some(computed) = names.computed.get(name) {
                if part.contains('|') {
                    return Err(format!("\"@{name}\" is worked out, and stands alone"));
                }
                return Ok(*computed);
            }
            let class = names
                .classes
                .get(name)
                .ok_or_else(|| format!("no class \"@{name}\""))?;
            members.extend(class.iter().cloned());
        } else {
            members.extend(inflections(word));
        }
    }
    if members.iter().any(String::is_empty) {
        return Err(format!("an empty word in \"{part}\""));
    }
    Ok(sets.intern(members))
}

/// Returns the words that an entry stands for: `ask+s,ed,ing` is four words.
pub(crate) fn inflections(entry: &str) -> Vec<String> {
    let Some((stem, endings)) = entry.split_once('+') else {
        return vec![entry.to_owned()];
    };
    let mut words = vec![stem.to_owned()];
    for ending in endings.split(',') {
        // "-ing" takes the last letter away first: make+s,-ing.
        let word = match ending.strip_prefix('-') {
            Some(rest) => format!("{}{rest}", &stem[..stem.len() - 1]),
            None => format!("{stem}{ending}"),
        };
        words.push(word);
    }
    words
}
