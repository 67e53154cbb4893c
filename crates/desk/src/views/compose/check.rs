//! What the rules and guards say about a message, as a face shows it.

use std::collections::BTreeMap;

use domain::{Confirmed, GuardFinding, GuardLevel, Person, PersonName, Reminded, guard_findings};
use jiff::civil::Date;
use lint::{Finding, Level, Scenario};
use serde::Serialize;
use store::{Reader, Snapshot};

use super::around::{Around, Beside, around};
use super::limits::{Limits, beside_the_rules};
use super::sources::{SourceLine, source_lines};
use super::told::{record, sender};
use super::twin::{Twin, twin};
use crate::Result;
use crate::places::Places;
use crate::season::season_phase;
use crate::student::Student;
use crate::switches::{can_be_switched_off, guard_settings, rule_settings, rules_off};

/// The most bytes of a text that the rules look through. It is far more than
/// anybody reads, and checks as the student types have to be quick.
const CHECKED_MAX: usize = 50_000;

/// What a rule or guard says about the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FindingLine {
    /// The code of the rule or guard.
    pub code: &'static str,
    /// "error", "warn" or "note".
    pub level: &'static str,
    /// First byte in the text, where it is at a place.
    pub start: Option<usize>,
    /// Byte after the last one.
    pub end: Option<usize>,
    /// The words of the text that it is about, or empty.
    pub quote: String,
    /// What was found, and what would do.
    pub message: String,
    /// Why the rule exists.
    pub why: &'static str,
    /// What the rule rests on, with how good it is.
    pub sources: Vec<SourceLine>,
    /// A text that the rule flags, or empty.
    pub flags: &'static str,
    /// A text that it leaves alone, or empty.
    pub allows: &'static str,
    /// The fix that one click makes: its key, and what it does.
    pub fix: Option<(String, String)>,
    /// Whether the student may switch the rule off.
    pub can_be_switched_off: bool,
    /// Whether it is the first finding of its code.
    pub is_first: bool,
    /// Whether it is the first warning of its code that is not confirmed.
    pub asks_why: bool,
    /// What a confirmation holds for: the words of the text, else what is said of
    /// the whole message.
    #[serde(skip)]
    pub(crate) about: String,
    /// The student's word of reason, where a warning was confirmed.
    pub confirmed: Option<String>,
}

impl FindingLine {
    /// Returns a finding on the whole message that rests on nothing else and stays on.
    pub(super) fn whole(
        code: &'static str,
        level: Level,
        message: String,
        why: &'static str,
    ) -> Self {
        Self {
            code,
            level: level.word(),
            start: None,
            end: None,
            quote: String::new(),
            about: message.clone(),
            message,
            why,
            sources: Vec::new(),
            flags: "",
            allows: "",
            fix: None,
            can_be_switched_off: false,
            is_first: true,
            asks_why: false,
            confirmed: None,
        }
    }

    /// Returns whether the message may not be handed over because of it.
    pub fn is_in_the_way(&self) -> bool {
        self.level == "error" || self.is_open_warning()
    }

    /// Returns whether it is a warning that waits for a word of reason.
    pub fn is_open_warning(&self) -> bool {
        self.level == "warn" && self.confirmed.is_none()
    }
}

/// What the check of a text says.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Check {
    /// Findings on the whole message first, then by position, then guards.
    pub findings: Vec<FindingLine>,
    /// Errors.
    pub n_errors: usize,
    /// Warnings that are not confirmed.
    pub n_open_warnings: usize,
    /// Whether the message may be handed over.
    pub ready: bool,
    /// Words.
    pub n_words: usize,
    /// Characters.
    pub n_chars: usize,
    /// Questions.
    pub n_questions: usize,
    /// Lines of 72 columns.
    pub n_lines: usize,
    /// Flesch-Kincaid grade of the body, where it is long enough.
    pub reading_grade: Option<f64>,
    /// The longest meeting asked for, in minutes.
    pub asked_minutes: Option<f64>,
    /// How long it takes to say it, in seconds.
    pub spoken_seconds: usize,
    /// What is allowed at most.
    pub limits: Limits,
    /// The other message that is most like it.
    pub twin: Option<Twin>,
    /// Whether spaces could be put right.
    pub untidy: bool,
    /// Rules and guards that are silent here: code, and whether for this
    /// message alone.
    pub silent: Vec<(String, bool)>,
}

impl Check {
    /// Returns the position of the first finding that is in the way.
    pub fn first_in_the_way(&self) -> Option<usize> {
        self.findings.iter().position(FindingLine::is_in_the_way)
    }

    /// Returns how many findings are in the way.
    pub fn n_in_the_way(&self) -> usize {
        self.findings.iter().filter(|f| f.is_in_the_way()).count()
    }
}

/// Everything that a stored message is checked with.
pub(crate) struct Checked {
    pub(crate) check: Check,
    pub(crate) record: lint::Message,
    pub(crate) findings: Vec<Finding>,
    pub(super) beside: Beside,
    pub(super) reminder: Option<Reminded>,
}

/// Returns what rules and guards say about a stored message, with the warnings
/// that the student confirmed.
pub(crate) fn check_stored(
    snapshot: &Snapshot<'_>,
    places: &Places,
    message: &domain::Message,
    person: Option<&Person>,
    today: Date,
) -> Result<Checked> {
    let settings = snapshot.settings()?;
    let student = Student::from_settings(&settings);
    let mut record = record(snapshot, places, &student, message, person, today)?;
    let n_bytes = record.text.len();
    record
        .text
        .truncate(record.text.floor_char_boundary(CHECKED_MAX));
    let rules = rule_settings(&settings, &message.switched_off);
    let mut findings = lint::check(&record, &rules);
    let mut nearest = None;
    if let Some((twin, finding)) = twin(snapshot, message, &record, &rules, &findings)? {
        // While blanks of the template are left, what is alike is the template.
        let is_written = findings.iter().all(|f| f.code != "placeholder-left");
        // As in a batch, it is about the whole message and stands first.
        findings.splice(0..0, finding.filter(|_| is_written));
        nearest = Some(twin);
    }
    let mut guards = guard_settings(&settings);
    let here = message.switched_off.iter();
    guards
        .off
        .extend(here.filter_map(|code| domain::Guard::from_code(code)));
    let mut beside = Beside::default();
    let mut guarded = Vec::new();
    let mut reminder = None;
    if let Some(person) = person {
        let Around {
            outreach,
            beside: known,
        } = around(
            snapshot,
            places,
            person,
            Some(message),
            Some(&record),
            today,
        )?;
        guarded = guard_findings(today, &outreach, &guards);
        beside = known;
        reminder = outreach.reminder;
    }
    let template = lint::template(&message.template);
    let limits = Limits::of(&record, template, &rules);
    let mut said: Vec<FindingLine> = findings.iter().map(|f| finding_line(&record, f)).collect();
    let own = beside_the_rules(template, &record, &findings, &rules, &limits);
    said.extend(own.filter(|line| !line.can_be_switched_off || !rules.off.contains(line.code)));
    let mut check = check(&record, said, guarded, &message.confirmed);
    check.limits = limits;
    if n_bytes > record.text.len() {
        check.findings.insert(0, too_much(n_bytes));
        check.n_errors += 1;
        check.ready = false;
    }
    check.twin = nearest;
    check.silent = silent(&settings, &message.switched_off);
    Ok(Checked {
        check,
        record,
        findings,
        beside,
        reminder,
    })
}

fn silent(settings: &BTreeMap<String, String>, here: &[String]) -> Vec<(String, bool)> {
    let guards = guard_settings(settings).off;
    let for_good = rules_off(settings)
        .into_iter()
        .chain(guards.iter().map(|guard| guard.meta().code.to_owned()));
    let here_alone = here.iter().map(|code| (code.clone(), true));
    here_alone
        .chain(for_good.map(|code| (code, false)))
        .collect()
}

/// Returns findings as a face shows them.
fn check(
    record: &lint::Message,
    mut lines: Vec<FindingLine>,
    guarded: Vec<GuardFinding>,
    confirmed: &[Confirmed],
) -> Check {
    lines.extend(guarded.into_iter().map(guard_line));
    let mut n_errors = 0;
    let mut n_open_warnings = 0;
    let mut seen: Vec<&'static str> = Vec::new();
    let mut asked: Vec<&'static str> = Vec::new();
    for line in &mut lines {
        line.is_first = !seen.contains(&line.code);
        seen.push(line.code);
        line.confirmed = confirmed
            .iter()
            .find(|known| known.rule == line.code && known.about == line.about)
            .filter(|_| line.level == Level::Warn.word())
            .map(|known| known.reason.clone());
        if line.level == Level::Error.word() {
            n_errors += 1;
        }
        if line.is_open_warning() {
            n_open_warnings += 1;
            line.asks_why = !asked.contains(&line.code);
            asked.push(line.code);
        }
    }
    let empty = record.text.trim().is_empty();
    let measures = lint::measures(record);
    Check {
        findings: lines,
        n_errors,
        n_open_warnings,
        ready: n_errors == 0 && n_open_warnings == 0 && !empty,
        n_words: measures.n_words,
        n_chars: measures.n_chars,
        n_questions: measures.n_questions,
        n_lines: measures.n_lines,
        reading_grade: measures.reading_grade.map(|g| (g * 10.0).round() / 10.0),
        asked_minutes: measures.asked_minutes,
        spoken_seconds: measures.spoken_seconds,
        limits: Limits::default(),
        twin: None,
        untidy: lint::tidied(&record.text) != record.text,
        silent: Vec::new(),
    }
}

fn finding_line(record: &lint::Message, finding: &Finding) -> FindingLine {
    let quote = finding
        .start
        .zip(finding.end)
        .and_then(|(start, end)| record.text.get(start..end))
        .unwrap_or_default();
    let meta = lint::RULES
        .iter()
        .map(|rule| rule.meta)
        .find(|meta| meta.name == finding.code);
    let example = |examples: Option<&'static [lint::Example]>| {
        let first = examples.and_then(<[_]>::first);
        first.map_or("", |example| example.text)
    };
    FindingLine {
        code: finding.code,
        level: finding.level.word(),
        start: finding.start,
        end: finding.end,
        about: match (finding.code, quote) {
            // Of several patients the rule tells the first, and a confirmed one must
            // not hide another.
            ("case-narrative", _) => record.text.clone(),
            (_, "") => finding.message.clone(),
            (_, quote) => quote.to_owned(),
        },
        quote: quote.to_owned(),
        message: finding.message.clone(),
        why: finding.why,
        sources: source_lines(meta.map_or(&[], |meta| meta.source)),
        flags: example(meta.map(|meta| meta.flags)),
        allows: example(meta.map(|meta| meta.allows)),
        fix: lint::fix(record, finding).map(|fix| (fix_key(finding), fix.label)),
        can_be_switched_off: can_be_switched_off(finding.code).unwrap_or(true),
        is_first: true,
        asks_why: false,
        confirmed: None,
    }
}

/// Returns the key by which a face names the fix of a finding.
pub(crate) fn fix_key(finding: &Finding) -> String {
    match finding.start {
        Some(start) => format!("{}-at-{start}", finding.code),
        None => finding.code.to_owned(),
    }
}

/// Returns what is said of a text that nobody reads to its end.
fn too_much(n_bytes: usize) -> FindingLine {
    FindingLine {
        sources: source_lines(&["S-041"]),
        ..FindingLine::whole(
            "too-long",
            Level::Error,
            format!(
                "the text has {n_bytes} bytes, and only the first {CHECKED_MAX} were looked \
                 through; write a message, and send the rest as a file"
            ),
            "Nobody reads that much, and nothing that was not looked through should leave.",
        )
    }
}

fn guard_line(found: GuardFinding) -> FindingLine {
    let meta = found.guard.meta();
    let level = match found.level {
        GuardLevel::Error => Level::Error,
        GuardLevel::Warn => Level::Warn,
        GuardLevel::Note => Level::Note,
    };
    FindingLine {
        sources: source_lines(meta.source),
        can_be_switched_off: true,
        ..FindingLine::whole(meta.code, level, found.found, meta.why)
    }
}

/// A text that is no stored message, and what is known about it.
#[derive(Clone, Copy, Debug)]
pub struct LooseText<'a> {
    /// The subject; `None` where the text has no place for one.
    pub subject: Option<&'a str>,
    /// The text.
    pub text: &'a str,
    /// The reader's name as the mail gives it, or empty.
    pub to: &'a str,
    /// Whether it answers a message.
    pub is_reply: bool,
}

/// Returns the findings of a text that is no stored message: read as an e-mail
/// from the student, to somebody who is not known unless it answers them.
pub fn check_text(reader: &Reader, today: Date, loose: &LooseText<'_>) -> Result<Check> {
    let stored = reader.read(|snapshot| Ok::<_, crate::DeskError>(snapshot.settings()?))?;
    let student = Student::from_settings(&stored);
    let channel = lint::Channel::Email;
    let mut record = lint::Message::new(channel, Scenario::AlumniIntro, today, loose.text);
    record.sender = sender(&student);
    record.context.season_phase = season_phase(today);
    record.context.reply = loose.is_reply;
    record.subject = loose.subject.map(str::to_owned);
    if loose.is_reply {
        // An answer is no first contact: who writes stands in the conversation.
        record.recipient.relationship = lint::Relationship::MetOnce;
    }
    let name = PersonName::parse(loose.to);
    let has_surname = !name.given.is_empty() && !name.family.is_empty();
    if has_surname && !loose.to.contains('@') {
        record.recipient.name = name.plain();
        record.recipient.title = name.title;
    }
    let mut findings = lint::check(&record, &rule_settings(&stored, &[]));
    // A bare text has no subject line to miss.
    findings.retain(|finding| loose.subject.is_some() || finding.code != "no-subject");
    let said = findings.iter().map(|f| finding_line(&record, f)).collect();
    Ok(check(&record, said, Vec::new(), &[]))
}
