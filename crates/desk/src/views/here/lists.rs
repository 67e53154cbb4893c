//! Advice and checklists of the hospital, with what the student ticked.

use std::collections::{BTreeMap, HashSet};

use domain::{Rotation, RotationId};
use serde::Serialize;

use super::diary::{Diary, SeenLine};
use crate::views::compose::{SourceLine, grade_in_words, source_lines};

/// A sentence of advice, with where it comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ToldLine {
    /// The sentence.
    pub text: &'static str,
    /// The message or spoken card to begin from.
    pub template: Option<&'static str>,
    /// What the advice is, in words.
    pub grade: &'static str,
    /// Whether it is a choice of ours, and not of the article.
    pub is_ours: bool,
    /// Studies behind it.
    pub evidence: Vec<SourceLine>,
}

/// A line of a checklist, with its tick.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TickLine {
    /// Its word.
    pub word: &'static str,
    /// Why.
    pub why: &'static str,
    /// What to do, and where that comes from.
    #[serde(flatten)]
    pub told: ToldLine,
    /// The day on which it was ticked.
    pub ticked: Option<String>,
    /// Where the log shows it, while the student neither ticked it nor said
    /// that it is not done.
    pub seen: Option<SeenLine>,
}

impl TickLine {
    /// Returns whether it is ticked, or seen in the log.
    pub fn is_done(&self) -> bool {
        self.ticked.is_some() || self.seen.is_some()
    }
}

/// A checklist of the rotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TickList {
    /// Its word: "opening", "shadowing" or "closing".
    pub word: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// Its lines.
    pub items: Vec<TickLine>,
    /// How many are ticked, or seen in the log.
    pub n_ticked: usize,
}

/// What stands in the place of a day where the student said that a line is not
/// done, whatever the log shows.
pub(crate) const NOT_YET: &str = "not yet";

/// Returns the setting that keeps a tick; without a word, what all of one
/// rotation begin with.
pub(crate) fn tick_setting(rotation: RotationId, word: &str) -> String {
    format!("here.{rotation}.{word}")
}

/// Returns the rotations where everything of the first days is ticked.
pub(crate) fn begun(
    settings: &BTreeMap<String, String>,
    rotations: &[Rotation],
) -> HashSet<RotationId> {
    let opening = facts::here()
        .lists
        .iter()
        .find(|list| list.word == "opening");
    let items = opening.map_or(&[][..], |list| &list.items);
    let is_ticked = |id: RotationId, word: &str| {
        let said = settings.get(&tick_setting(id, word));
        said.is_some_and(|said| said != NOT_YET)
    };
    let begun = rotations
        .iter()
        .filter(|rotation| items.iter().all(|item| is_ticked(rotation.id, &item.word)));
    begun.map(|rotation| rotation.id).collect()
}

pub(super) fn introduction(told: &'static facts::Told) -> ToldLine {
    line(
        &told.text,
        told.template.as_deref(),
        &told.grade,
        &told.evidence,
    )
}

fn line(
    text: &'static str,
    template: Option<&'static str>,
    grade: &str,
    evidence: &[String],
) -> ToldLine {
    let ids: Vec<&str> = evidence.iter().map(String::as_str).collect();
    ToldLine {
        text,
        template,
        grade: grade_in_words(grade),
        is_ours: grade == "X",
        evidence: source_lines(&ids),
    }
}

pub(super) fn lists(
    settings: &BTreeMap<String, String>,
    rotation: RotationId,
    diary: &Diary,
    is_closing: bool,
) -> Vec<TickList> {
    let shown = facts::here().lists.iter();
    let shown = shown.filter(|list| is_closing || list.word != "closing");
    let mut lists: Vec<TickList> = shown
        .map(|list| {
            let items: Vec<TickLine> = list
                .items
                .iter()
                .map(|item| {
                    let said = settings.get(&tick_setting(rotation, &item.word));
                    let sign = item.seen.filter(|_| said.is_none());
                    TickLine {
                        word: &item.word,
                        why: &item.why,
                        told: line(
                            &item.text,
                            item.template.as_deref(),
                            &item.grade,
                            &item.evidence,
                        ),
                        ticked: said.filter(|day| *day != NOT_YET).cloned(),
                        seen: sign.and_then(|sign| diary.seen(sign)),
                    }
                })
                .collect();
            TickList {
                word: &list.word,
                title: &list.title,
                n_ticked: items.iter().filter(|item| item.is_done()).count(),
                items,
            }
        })
        .collect();
    // What ends first is looked at first.
    lists.sort_by_key(|list| list.word != "closing");
    lists
}
