//! The words of answers and of their absence, as data.

/// Words that say that something did not happen, or not yet.
pub(crate) const ABSENCE: &[&str] = &[
    "no", "not", "never", "nothing", "none", "zero", "without", "waiting", "waited", "awaiting",
    "await", "cannot", "hardly", "didnt", "doesnt", "dont", "hasnt", "havent", "hadnt", "isnt",
    "wasnt", "wont", "couldnt", "cant",
];

/// Phrases that say so of the verb behind them: "has yet to reply".
pub(crate) const ABSENCE_PHRASES: &[&[&str]] = &[
    &["yet", "to"],
    &["still", "to"],
    &["failed", "to"],
    &["forgot", "to"],
    &["refused", "to"],
    &["unable", "to"],
];

/// Verbs and nouns of an answer, whose absence is silence.
pub(crate) const RESPONSES: &[&str] = &[
    "reply",
    "replies",
    "replied",
    "replying",
    "answer",
    "answers",
    "answered",
    "answering",
    "response",
    "responses",
    "respond",
    "responds",
    "responded",
    "responding",
    "hear",
    "heard",
    "hearing",
    "reach",
    "reached",
    "reaching",
    "acknowledged",
    "acknowledgement",
    "react",
    "reacted",
    "reaction",
];

/// Words that are an answer only right behind "no", "any" and the like.
pub(crate) const RESPONSES_NEAR: &[&str] = &[
    "word", "words", "news", "sign", "peep", "contact", "feedback", "luck",
];

/// Verbs that are an answer with "back" or "up" behind them.
pub(crate) const RESPONSE_VERBS: &[(&str, &[&str])] = &[
    (
        "back",
        &[
            "get", "gets", "got", "gotten", "getting", "write", "wrote", "written", "writing",
            "call", "called", "calling", "text", "texted", "email", "emailed", "come", "came",
            "coming", "message", "messaged", "ring", "rang", "nothing", "anything",
        ],
    ),
    (
        "up",
        &[
            "pick", "picks", "picked", "picking", "show", "showed", "shown", "turn", "turned",
        ],
    ),
];

/// Verbs of writing and calling in the forms that stand behind a negation.
pub(crate) const CONTACT_FORMS: &[&str] = &[
    "write",
    "written",
    "writing",
    "emails",
    "emailing",
    "texts",
    "texting",
    "messages",
    "messaging",
    "calls",
    "calling",
    "phoning",
    "send",
    "sent",
];

/// Words that may stand between a negation and a word of writing or calling:
/// "didn't get any email", but not "not a great call".
pub(crate) const BETWEEN_NEAR: &[&str] = &[
    "yet", "even", "ever", "any", "still", "been", "further", "more", "new", "other", "to", "get",
    "got", "gotten", "getting", "receive", "received", "seen", "see", "return", "returned", "my",
    "his", "her", "their", "single", "for", "have", "had", "bothered", "back",
];

/// Words at which the reach of a negation ends: "no doubt he replied".
pub(crate) const NEGATION_ENDS: &[&str] = &[
    "and",
    "but",
    "then",
    "only",
    "problem",
    "problems",
    "doubt",
    "delay",
    "hesitation",
    "idea",
    "wonder",
    "matter",
    "mind",
    "than",
    "whether",
    "once",
    "just",
    "surprise",
    "rush",
    "worries",
];

/// Phrases that say by themselves that an answer did not come.
pub(crate) const SILENCES: &[&[&str]] = &[
    &["ghosted"],
    &["ghosting"],
    &["ghosts"],
    &["ignored"],
    &["ignores"],
    &["ignoring"],
    &["unanswered"],
    &["unresponsive"],
    &["crickets"],
    &["radio", "silence"],
    &["dead", "silence"],
    &["silence", "from"],
    &["total", "silence"],
    &["on", "read"],
    &["no-show"],
    &["stood", "me", "up"],
    &["blew", "me", "off"],
    &["never", "showed"],
];

/// Words of which somebody silent is told: "still silent", "went quiet".
pub(crate) const QUIET: &[&str] = &["silent", "quiet", "mute", "mum", "silence"];

/// Words before [`QUIET`] that make it somebody's silence.
pub(crate) const BEFORE_QUIET: &[&str] = &[
    "still",
    "is",
    "was",
    "has",
    "been",
    "remains",
    "remained",
    "stays",
    "stayed",
    "gone",
    "went",
    "goes",
    "keeps",
    "all",
    "so",
    "far",
    "totally",
    "completely",
];

/// Phrases of a call that nobody took.
pub(crate) const MISSED_CALLS: &[&[&str]] = &[
    &["voicemail"],
    &["voicemails"],
    &["voice", "mail"],
    &["voice", "message"],
    &["answering", "machine"],
    &["missed", "call"],
    &["missed", "calls"],
    &["line", "busy"],
    &["busy", "signal"],
    &["busy", "tone"],
    &["rang", "out"],
    &["hung", "up"],
    &["i", "missed", "it"],
    &["wrong", "number"],
];

/// Words that begin an attempt: "tried to call", "tried calling".
pub(crate) const TRIED: &[&str] = &["tried", "trying", "attempted", "missed"];

/// Words between a subject and its verb.
pub(crate) const BEFORE_VERB: &[&str] = &[
    "then",
    "just",
    "also",
    "finally",
    "already",
    "kindly",
    "has",
    "have",
    "had",
    "did",
    "still",
    "again",
    "later",
    "since",
    "even",
    "once",
    "only",
    "quickly",
    "promptly",
    "now",
    "soon",
    "eventually",
    "both",
    "all",
    "immediately",
    "actually",
    "briefly",
    "recently",
    "too",
    "never",
    "not",
    "himself",
    "herself",
    "themselves",
    "myself",
    "really",
];

/// Words of the student's own.
pub(crate) const MINE: &[&str] = &["my", "mine", "our", "ours"];

/// Nouns of something written that an answer may answer: "to my note".
pub(crate) const WRITINGS: &[&str] = &[
    "email",
    "emails",
    "e-mail",
    "mail",
    "message",
    "messages",
    "text",
    "texts",
    "note",
    "letter",
    "dm",
    "whatsapp",
    "sms",
    "request",
    "invite",
    "invitation",
    "question",
    "questions",
    "follow-up",
    "reminder",
    "inquiry",
    "enquiry",
    "linkedin",
];

/// Beginnings of words of silence that say of a call that nobody took it.
pub(crate) const UNTAKEN: &[&str] = &[
    "answer", "pick", "reach", "respon", "luck", "no-show", "stood",
];
