//! Guards on outreach: how much at once, to whom, and when it is too early to ask.
//!
//! A rule reads the text; a guard looks at what happened around it. Nothing is
//! stored: every answer follows from the messages and interactions that are.

use std::collections::BTreeSet;

use jiff::Span;
use jiff::civil::Date;

use crate::contact_policy::forbids_writing;

/// One guard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Guard {
    /// First contacts on one day.
    ContactsADay,
    /// First contacts within seven days.
    ContactsAWeek,
    /// Another message to the same program is still open.
    OneOpenPerProgram,
    /// A first message to a director while interviews run.
    DirectorInSeason,
    /// How many people are written to before one conference.
    BeforeConference,
    /// A favour is asked before there was contact for its own sake.
    ContactBeforeFavour,
    /// The student owes this person something.
    OverdueCommitment,
    /// Another request to speak for the student is open with this person.
    OneAdvocacyAsk,
    /// A reminder before the person had time to answer.
    ReminderTooSoon,
    /// More reminders than a silence bears.
    ReminderLimit,
    /// Thanks for an interview, which the program may not want.
    ThanksAfterInterview,
}

/// How much a guard's word weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuardLevel {
    /// The message cannot be ready.
    Error,
    /// To be confirmed with a word of reason.
    Warn,
    /// Advice.
    Note,
}

/// What a guard says about itself.
#[derive(Clone, Copy, Debug)]
pub struct GuardMeta {
    /// The code, as it stands beside a message and in the settings.
    pub code: &'static str,
    /// What it keeps, as the settings call it.
    pub title: &'static str,
    /// Why it exists.
    pub why: &'static str,
    /// Requirements (S-nnn) and evidence (E-nnn) that it rests on.
    pub source: &'static [&'static str],
}

impl Guard {
    /// Every guard, in the order of the settings.
    pub const ALL: [Self; 11] = [
        Self::ContactsADay,
        Self::ContactsAWeek,
        Self::OneOpenPerProgram,
        Self::DirectorInSeason,
        Self::BeforeConference,
        Self::ContactBeforeFavour,
        Self::OverdueCommitment,
        Self::OneAdvocacyAsk,
        Self::ReminderTooSoon,
        Self::ReminderLimit,
        Self::ThanksAfterInterview,
    ];

    /// Returns what the guard says about itself.
    pub fn meta(self) -> &'static GuardMeta {
        match self {
            Self::ContactsADay => &GuardMeta {
                code: "first-contacts-a-day",
                title: "First contacts on one day",
                why: "A first message takes time to make it fit one person. Many on one day are \
                      a sign that they fit nobody.",
                source: &["S-172"],
            },
            Self::ContactsAWeek => &GuardMeta {
                code: "first-contacts-a-week",
                title: "First contacts within seven days",
                why: "Every answer asks for time: a call, a thank-you, a promise to keep. More \
                      conversations than you can look after lose people again.",
                source: &["S-172", "S-177"],
            },
            Self::OneOpenPerProgram => &GuardMeta {
                code: "one-open-per-program",
                title: "One open message for each program",
                why: "Colleagues speak to each other. Two who were asked the same at the same \
                      time both feel like one of many.",
                source: &["S-013", "S-172"],
            },
            Self::DirectorInSeason => &GuardMeta {
                code: "director-in-season",
                title: "First messages to directors while interviews run",
                why: "Most directors who were asked doubted that an applicant\'s own message \
                      changes anything, and their program may forbid it. A resident or an alumnus \
                      is the better door.",
                source: &["E-030"],
            },
            Self::BeforeConference => &GuardMeta {
                code: "before-conference",
                title: "People written to before one conference",
                why: "A few meetings that were prepared are worth more than many that were not.",
                source: &["S-071", "S-075"],
            },
            Self::ContactBeforeFavour => &GuardMeta {
                code: "contact-before-favour",
                title: "Contact before a favour",
                why: "Who hears from you only when you need something does not know you, and \
                      cannot say much for you.",
                source: &["S-031", "S-169"],
            },
            Self::OverdueCommitment => &GuardMeta {
                code: "overdue-commitment",
                title: "What you owe comes before what you ask",
                why: "Keeping your word is what people vouch for.",
                source: &["S-038", "S-177"],
            },
            Self::OneAdvocacyAsk => &GuardMeta {
                code: "one-advocacy-ask",
                title: "One request to speak for you at a time",
                why: "A mentor can speak for you with weight once, not to everybody at once.",
                source: &["S-143", "E-030"],
            },
            Self::ReminderTooSoon => &GuardMeta {
                code: "reminder-too-soon",
                title: "Days before a reminder",
                why: "A reminder on the next day brought fewer answers, not more, in sales mail. \
                      Nobody measured it with clinicians, so a week is our choice.",
                source: &["E-009", "E-011"],
            },
            Self::ReminderLimit => &GuardMeta {
                code: "reminder-limit",
                title: "Reminders of one message",
                why: "After two reminders a silence is an answer. Silence is common and not \
                      personal.",
                source: &["S-075", "E-006", "E-008", "E-009"],
            },
            Self::ThanksAfterInterview => &GuardMeta {
                code: "thanks-after-interview",
                title: "Thanks for an interview, where the program allows it",
                why: "Some programs ask applicants to send no thank-you notes, and some say that \
                      a note never changes a rank. Read what the program says first; where it \
                      says no, or you have not found it, send nothing.",
                source: &["E-042"],
            },
        }
    }

    /// Returns the guard with a code, if there is one.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|g| g.meta().code == code)
    }
}

/// What the student set about the guards.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardSettings {
    /// Guards that are switched off.
    pub off: BTreeSet<Guard>,
    /// Most first contacts on one day. Our choice.
    pub contacts_a_day: u32,
    /// Most first contacts within seven days. Our choice.
    pub contacts_a_week: u32,
    /// Fewest people to write to before a conference (S-071).
    pub conference_min: u32,
    /// Most people to write to before a conference (S-071).
    pub conference_max: u32,
    /// Months of contact below which a favour is asked too early (S-031).
    pub favour_months_min: u32,
    /// Months of contact from which a favour is well prepared (S-031).
    pub favour_months_good: u32,
    /// Days of silence before a reminder (`cadence.nudge`, a choice of ours).
    pub reminder_days: u32,
    /// Most reminders of one message (`cadence.nudge.max_followups`).
    pub reminders_max: u32,
}

impl Default for GuardSettings {
    fn default() -> Self {
        Self {
            off: BTreeSet::new(),
            contacts_a_day: 3,
            contacts_a_week: 8,
            conference_min: 3,
            conference_max: 5,
            favour_months_min: 3,
            favour_months_good: 6,
            reminder_days: 7,
            reminders_max: 2,
        }
    }
}

/// A message that left and is not answered or closed yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenMessage {
    /// To whom.
    pub to: String,
    /// What it is about.
    pub about: String,
    /// The day it was sent; `None` where it is only handed over.
    pub sent_on: Option<Date>,
    /// The tag of the paper that both wrote; empty where they share a place.
    pub paper: String,
}

/// What a program says about being written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ContactPolicy {
    /// The program's name.
    pub program: String,
    /// Its words, as the student entered them; `None` is not known.
    pub words: Option<String>,
}

/// The message that a reminder reminds of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reminded {
    /// The day of the latest message of the conversation.
    pub last_sent: Date,
    /// Reminders that were sent before this one.
    pub n_before: u32,
}

/// What the guards are told about a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outreach {
    /// It is the first message to this person.
    pub first_contact: bool,
    /// It asks for something.
    pub asks: bool,
    /// What it asks for is a favour: a letter, an introduction, a word.
    pub favour: bool,
    /// It asks the person to speak for the student.
    pub advocacy: bool,
    /// The person directs a program.
    pub to_director: bool,
    /// Interviews run.
    pub interviews_run: bool,
    /// The days on which other first contacts were sent.
    pub first_contacts: Vec<Date>,
    /// Open messages to other people of the same program, institution
    /// or paper.
    pub open_at_program: Vec<OpenMessage>,
    /// Open requests to this person to speak for the student.
    pub open_advocacy: Vec<OpenMessage>,
    /// What the student owes this person and since when it is due.
    pub overdue: Vec<(String, Date)>,
    /// Where it is a message before a conference: the event, and how many
    /// people are written to before it, this one counted.
    pub before_conference: Option<(String, u32)>,
    /// The first contact in which nothing was asked, where there was one.
    pub first_contact_without_ask: Option<Date>,
    /// By when a favour is needed.
    pub needed_on: Option<Date>,
    /// Where it reminds of an unanswered message.
    pub reminder: Option<Reminded>,
    /// Where it thanks for an interview: the policies of the programs concerned.
    pub thanks_after_interview: Option<Vec<ContactPolicy>>,
}

/// What a guard found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GuardFinding {
    /// Which guard.
    pub guard: Guard,
    /// How much it weighs.
    pub level: GuardLevel,
    /// What was found, and what would do.
    pub found: String,
}

/// Returns what the guards say about a message, in the order of [`Guard::ALL`].
pub fn guard_findings(
    today: Date,
    outreach: &Outreach,
    settings: &GuardSettings,
) -> Vec<GuardFinding> {
    Guard::ALL
        .into_iter()
        .filter(|guard| !settings.off.contains(guard))
        .filter_map(|guard| {
            let (level, found) = finding(guard, today, outreach, settings)?;
            Some(GuardFinding {
                guard,
                level,
                found,
            })
        })
        .collect()
}

fn finding(
    guard: Guard,
    today: Date,
    outreach: &Outreach,
    settings: &GuardSettings,
) -> Option<(GuardLevel, String)> {
    let warn = |found: String| Some((GuardLevel::Warn, found));
    match guard {
        Guard::ContactsADay => {
            let n = count_since(&outreach.first_contacts, today, 0);
            let over = outreach.first_contact && n >= settings.contacts_a_day;
            over.then(|| {
                let plural = if n == 1 { "" } else { "s" };
                format!("{n} first contact{plural} already today; tomorrow is early enough")
            })
            .and_then(warn)
        }
        Guard::ContactsAWeek => {
            let n = count_since(&outreach.first_contacts, today, 6);
            let over = outreach.first_contact && n >= settings.contacts_a_week;
            over.then(|| format!("{n} first contacts within seven days; let answers come in first"))
                .and_then(warn)
        }
        Guard::OneOpenPerProgram => {
            let open = outreach.open_at_program.first()?;
            warn(format!(
                "{} has an open message from you {} ({}); wait for the answer, or say why this one \
                 cannot wait",
                open.to,
                match open.paper.as_str() {
                    "" => "at the same place".to_owned(),
                    paper => format!("and wrote with this person (tag {paper})"),
                },
                described(open)
            ))
        }
        Guard::DirectorInSeason => {
            let cold = outreach.first_contact && outreach.to_director && outreach.interviews_run;
            cold.then(|| {
                "a first message to a director while interviews run; read the program's contact \
                 policy, and rather write to a resident"
                    .to_owned()
            })
            .and_then(warn)
        }
        Guard::BeforeConference => before_conference(outreach, settings),
        Guard::ContactBeforeFavour => contact_before_favour(today, outreach, settings),
        Guard::OverdueCommitment => {
            let (what, due) = outreach.overdue.first().filter(|_| outreach.asks)?;
            let found = format!("you owe \"{what}\" since {due}; keep it, or give it back, first");
            Some((GuardLevel::Error, found))
        }
        Guard::OneAdvocacyAsk => {
            let open = outreach
                .open_advocacy
                .first()
                .filter(|_| outreach.advocacy)?;
            warn(format!(
                "you already asked {} to speak for you ({}); one at a time",
                open.to,
                described(open)
            ))
        }
        Guard::ReminderTooSoon => {
            let last = outreach.reminder.as_ref()?.last_sent;
            let wait = last.saturating_add(Span::new().days(i64::from(settings.reminder_days)));
            (today < wait)
                .then(|| {
                    format!("the last message left on {last}; a reminder is right from {wait}")
                })
                .and_then(warn)
        }
        Guard::ReminderLimit => {
            let n = outreach.reminder.as_ref()?.n_before;
            (n >= settings.reminders_max)
                .then(|| format!("{n} reminders were sent already; close it instead"))
                .and_then(warn)
        }
        Guard::ThanksAfterInterview => {
            let policies = outreach.thanks_after_interview.as_deref()?;
            Some(thanks_after_interview(policies))
        }
    }
}

fn count_since(days: &[Date], today: Date, back: i64) -> u32 {
    let first = today.saturating_sub(Span::new().days(back));
    let n = days.iter().filter(|d| first <= **d && **d <= today).count();
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn described(open: &OpenMessage) -> String {
    match open.sent_on {
        Some(day) => format!("\"{}\", sent on {day}", open.about),
        None => format!("\"{}\", handed over", open.about),
    }
}

/// Returns what the policies say to thanks for an interview. One that forbids is
/// taken at its word; what another one means is for the student to read.
fn thanks_after_interview(policies: &[ContactPolicy]) -> (GuardLevel, String) {
    let known: Vec<(&str, &str)> = policies
        .iter()
        .filter_map(|p| Some((p.program.as_str(), p.words.as_deref()?)))
        .collect();
    if let Some((program, words)) = known.iter().find(|(_, words)| forbids_writing(words)) {
        let found = format!("{program} says: \"{words}\"; send nothing");
        return (GuardLevel::Error, found);
    }
    match (known.first(), policies.first()) {
        (Some((program, words)), _) => {
            let found =
                format!("{program} says: \"{words}\"; say how that allows a thank-you note");
            (GuardLevel::Warn, found)
        }
        (None, Some(policy)) => {
            let found = format!(
                "the contact policy of {} is not known; read its page and enter what it says, and \
                 send nothing before",
                policy.program
            );
            (GuardLevel::Error, found)
        }
        (None, None) => {
            let found = "the program is not known, nor what it says about being written to; enter \
                         both, and send nothing before";
            (GuardLevel::Error, found.to_owned())
        }
    }
}

fn before_conference(
    outreach: &Outreach,
    settings: &GuardSettings,
) -> Option<(GuardLevel, String)> {
    let (event, n) = outreach.before_conference.as_ref()?;
    let (min, max) = (settings.conference_min, settings.conference_max);
    if *n > max {
        let found = format!("{n} people are written to before {event}; {min} to {max} would do");
        return Some((GuardLevel::Warn, found));
    }
    (*n < min).then(|| {
        let found = format!("{n} of {min} to {max} people before {event}; expect some silence");
        (GuardLevel::Note, found)
    })
}

fn contact_before_favour(
    today: Date,
    outreach: &Outreach,
    settings: &GuardSettings,
) -> Option<(GuardLevel, String)> {
    if !outreach.favour {
        return None;
    }
    let Some(first) = outreach.first_contact_without_ask else {
        let found = "no contact without an ask is logged with this person; be in touch for its \
                     own sake first";
        return Some((GuardLevel::Error, found.to_owned()));
    };
    let needed = outreach.needed_on.unwrap_or(today).max(today);
    let reached =
        |months: u32| first.saturating_add(Span::new().months(i64::from(months))) <= needed;
    let (min, good) = (settings.favour_months_min, settings.favour_months_good);
    if !reached(min) {
        let found = format!(
            "in touch since {first}, which is less than {min} months before {needed}, when the \
             favour is needed"
        );
        return Some((GuardLevel::Warn, found));
    }
    (!reached(good)).then(|| {
        let found = format!("in touch since {first}; {good} months before a favour are better");
        (GuardLevel::Note, found)
    })
}
