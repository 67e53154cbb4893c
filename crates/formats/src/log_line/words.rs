//! The words that the log line knows, as data.

use domain::Channel;

/// Whether a channel word is the thing or the doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// "a call", "an email": who reached out stands elsewhere.
    Thing,
    /// "called", "emailed": whoever stands before it reached out.
    Doing,
}

/// A word or phrase that names a channel.
pub(crate) struct ChannelWord {
    pub(crate) words: &'static [&'static str],
    pub(crate) channel: Channel,
    pub(crate) form: Form,
    /// Of several channels in one line the highest wins: "wrote on WhatsApp" is
    /// a chat, "met on rounds" a rotation.
    pub(crate) rank: u8,
}

const fn word(
    words: &'static [&'static str],
    channel: Channel,
    form: Form,
    rank: u8,
) -> ChannelWord {
    ChannelWord {
        words,
        channel,
        form,
        rank,
    }
}

use Form::{Doing, Thing};

/// Channel words, longer phrases before their beginnings.
pub(crate) const CHANNEL_WORDS: &[ChannelWord] = &[
    word(&["residency", "interview"], Channel::Interview, Thing, 9),
    word(&["interview"], Channel::Interview, Thing, 9),
    word(&["interviewed"], Channel::Interview, Doing, 9),
    word(&["webinar"], Channel::Webinar, Thing, 8),
    word(&["online", "session"], Channel::Webinar, Thing, 8),
    word(&["rotation"], Channel::Rotation, Thing, 7),
    word(&["rotated"], Channel::Rotation, Doing, 7),
    word(&["shadowed"], Channel::Rotation, Doing, 7),
    word(&["shadowing"], Channel::Rotation, Thing, 7),
    word(&["rounds"], Channel::Rotation, Thing, 7),
    word(&["rounded"], Channel::Rotation, Doing, 7),
    word(&["scrubbed"], Channel::Rotation, Doing, 7),
    word(&["scrubbed", "in"], Channel::Rotation, Doing, 7),
    word(&["worked"], Channel::Rotation, Doing, 7),
    word(&["linkedin", "message"], Channel::LinkedIn, Thing, 6),
    word(&["linkedin", "note"], Channel::LinkedIn, Thing, 6),
    word(&["linkedin"], Channel::LinkedIn, Thing, 6),
    word(&["whatsapp"], Channel::Chat, Thing, 5),
    word(&["texted"], Channel::Chat, Doing, 5),
    word(&["text", "message"], Channel::Chat, Thing, 5),
    word(&["text"], Channel::Chat, Thing, 5),
    word(&["texts"], Channel::Chat, Thing, 5),
    word(&["sms"], Channel::Chat, Thing, 5),
    word(&["chat"], Channel::Chat, Thing, 5),
    word(&["messaged"], Channel::Chat, Doing, 3),
    word(&["message"], Channel::Chat, Thing, 3),
    word(&["video", "call"], Channel::Call, Thing, 4),
    word(&["phone", "call"], Channel::Call, Thing, 4),
    word(&["call"], Channel::Call, Thing, 4),
    word(&["called"], Channel::Call, Doing, 4),
    word(&["phone"], Channel::Call, Thing, 4),
    word(&["phoned"], Channel::Call, Doing, 4),
    word(&["zoom"], Channel::Call, Thing, 4),
    word(&["zoomed"], Channel::Call, Doing, 4),
    word(&["facetime"], Channel::Call, Thing, 4),
    word(&["rang"], Channel::Call, Doing, 4),
    word(&["email"], Channel::Email, Thing, 4),
    word(&["e-mail"], Channel::Email, Thing, 4),
    word(&["emailed"], Channel::Email, Doing, 4),
    word(&["e-mailed"], Channel::Email, Doing, 4),
    word(&["mail"], Channel::Email, Thing, 4),
    word(&["mailed"], Channel::Email, Doing, 4),
    word(&["wrote", "back"], Channel::Email, Doing, 2),
    word(&["wrote"], Channel::Email, Doing, 2),
    word(&["sent"], Channel::Email, Doing, 2),
    word(&["heard"], Channel::Email, Doing, 2),
    word(&["pinged"], Channel::Email, Doing, 1),
    word(&["reached", "out"], Channel::Email, Doing, 1),
    word(&["followed", "up"], Channel::Email, Doing, 1),
    word(&["in", "person"], Channel::Talk, Thing, 3),
    word(&["talk"], Channel::Talk, Thing, 3),
    word(&["talked"], Channel::Talk, Doing, 3),
    word(&["spoke"], Channel::Talk, Doing, 3),
    word(&["met"], Channel::Talk, Doing, 3),
    word(&["meeting"], Channel::Talk, Thing, 3),
    word(&["saw"], Channel::Talk, Doing, 3),
    word(&["sat"], Channel::Talk, Doing, 3),
    word(&["sat", "down"], Channel::Talk, Doing, 3),
    word(&["chatted"], Channel::Talk, Doing, 3),
    word(&["coffee"], Channel::Talk, Thing, 3),
    word(&["lunch"], Channel::Talk, Thing, 3),
    word(&["dinner"], Channel::Talk, Thing, 3),
    word(&["breakfast"], Channel::Talk, Thing, 3),
    word(&["other"], Channel::Other, Thing, 0),
];

/// Words for an answer. Without a channel of their own they tell of an e-mail.
pub(crate) const ANSWERS: &[&str] = &[
    "replied",
    "answered",
    "responded",
    "replies",
    "responds",
    "reply",
    "answer",
    "response",
];

/// Those of them that are a thing, not what somebody did.
pub(crate) const ANSWER_NOUNS: &[&str] = &["reply", "replies", "answer", "response"];

/// Words that tell of a plan where a line begins with them.
pub(crate) const PLANS: &[&[&str]] = &[
    &["will"],
    &["should"],
    &["must"],
    &["need", "to"],
    &["have", "to"],
    &["want", "to"],
    &["going", "to"],
    &["plan", "to"],
    &["to", "do"],
    &["todo"],
];

/// Verbs of a sentence whose object is the person, where a line begins with them.
pub(crate) const ADDRESSED: &[&str] = &[
    "asked",
    "told",
    "thanked",
    "invited",
    "introduced",
    "promised",
    "gave",
    "reminded",
    "nudged",
    "chased",
];

/// Those of them that are done in writing where nothing else is said.
pub(crate) const ADDRESSED_IN_WRITING: &[&str] = &["thanked", "reminded", "nudged", "chased"];

/// Words behind which stands what was talked about.
pub(crate) const TOPICS: &[&str] = &["about", "re", "regarding", "concerning", "discussed"];

/// Words that tell who somebody is and stand before the name.
pub(crate) const ROLES: &[&str] = &[
    "program",
    "programme",
    "coordinator",
    "director",
    "resident",
    "co-resident",
    "fellow",
    "attending",
    "chief",
    "chair",
    "chairman",
    "vice",
    "head",
    "nurse",
    "tech",
    "technologist",
    "student",
    "intern",
    "friend",
    "colleague",
    "mentor",
    "adviser",
    "advisor",
    "classmate",
    "roommate",
    "secretary",
    "recruiter",
    "faculty",
    "physician",
    "surgeon",
    "radiologist",
    "cardiologist",
    "interventional",
    "interventionalist",
    "vascular",
    "radiology",
    "surgery",
    "medicine",
    "clerkship",
    "associate",
    "assistant",
    "senior",
    "junior",
    "former",
    "new",
    "old",
    "pc",
    "apc",
    "dio",
    "gme",
    "alumnus",
    "alumna",
    "buddy",
    "preceptor",
    "supervisor",
    "boss",
    "medical",
    "office",
    "manager",
    "leader",
    "president",
    "member",
    "rep",
    "cousin",
];

/// Words that come before a name and are not part of it.
pub(crate) const WITH: &[&str] = &["with", "and", "&", "+", "/", "by", "w/", "w"];

/// Words that stand around understood things and say nothing themselves.
pub(crate) const FILLERS: &[&str] = &[
    "a", "an", "the", "had", "have", "on", "via", "over", "up", "in", "for", "of", "i", "we", "me",
    "my", "got", "received", "then", "just", "out", "back", "person", "today's",
];

/// Words after which the rest of the clause is the student's own sentence.
pub(crate) const NOTE_STARTERS: &[&str] = &[
    "about",
    "re",
    "regarding",
    "concerning",
    "because",
    "since",
    "that",
    "so",
    "but",
    "who",
    "whom",
    "which",
    "where",
    "when",
    "after",
    "before",
    "if",
    "how",
    "she",
    "he",
    "they",
    "it",
    "asking",
    "saying",
    "asked",
    "said",
    "told",
    "offered",
    "introduced",
    "suggested",
    "recommended",
    "thanked",
    "gave",
    "will",
    "would",
    "wants",
    "wanted",
    "promised",
    "agreed",
    "invited",
    "discussed",
];

/// Verbs that show that the capitalised word before them is a name.
pub(crate) const NAME_VERBS: &[&str] = &[
    "called",
    "phoned",
    "emailed",
    "e-mailed",
    "mailed",
    "wrote",
    "texted",
    "messaged",
    "sent",
    "replied",
    "answered",
    "responded",
    "offered",
    "introduced",
    "suggested",
    "recommended",
    "asked",
    "says",
    "said",
    "told",
    "gave",
    "promised",
    "agreed",
    "invited",
    "rang",
    "will",
    "wants",
];

/// Capitalised words that begin sentences and are no names.
pub(crate) const NO_NAMES: &[&str] = &[
    "i",
    "we",
    "she",
    "he",
    "they",
    "it",
    "the",
    "a",
    "an",
    "my",
    "our",
    "this",
    "that",
    "there",
    "great",
    "good",
    "nice",
    "had",
    "got",
    "quick",
    "short",
    "long",
    "had",
    "have",
    "first",
    "second",
    "also",
    "then",
    "after",
    "before",
    "at",
    "on",
    "in",
    "to",
    "from",
    "with",
    "and",
    "by",
    "for",
    "about",
    "re",
    "asked",
    "received",
    "today",
    "yesterday",
    "last",
    "no",
    "yes",
];

/// Titles that begin a name, without full stop.
pub(crate) const TITLES: &[&str] = &[
    "dr",
    "doctor",
    "prof",
    "professor",
    "mr",
    "mrs",
    "ms",
    "miss",
];

/// Lower-case words inside surnames.
pub(crate) const PARTICLES: &[&str] = &[
    "al", "bin", "bint", "da", "dal", "de", "del", "della", "der", "di", "dos", "das", "du", "el",
    "ibn", "la", "las", "le", "los", "st", "st.", "ten", "ter", "van", "von", "zu",
];

/// Lower-case words inside the name of a place.
pub(crate) const PLACE_JOINERS: &[&str] = &["of", "the", "and", "for", "at", "in", "de", "&", "/"];
