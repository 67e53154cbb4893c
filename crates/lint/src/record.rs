//! The record of one outgoing message: what the rules are told about it.

use jiff::civil::Date;

/// Declares an enum of words, with conversions to and from the words.
macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident => $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the word that stands in records and templates.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Returns the value for a word, if there is one.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// How a message travels.
    Channel {
        /// An e-mail.
        Email => "email",
        /// A note that goes with a LinkedIn invitation.
        LinkedinNote => "linkedin-note",
        /// A public post on X.
        XPost => "x-post",
        /// Another public post.
        Post => "post",
        /// Words to say aloud, from a card.
        Spoken => "spoken",
    }
}

impl Channel {
    /// Returns whether everybody can read it.
    pub fn is_public(self) -> bool {
        matches!(self, Self::Post | Self::XPost)
    }
}

words! {
    /// What a message is for.
    Scenario {
        /// Asking the school's alumni office for names.
        AlumniOffice => "alumni-office",
        /// First words to a graduate of the same school.
        AlumniIntro => "alumni-intro",
        /// Asking for a short meeting at a conference.
        PreConference => "pre-conference",
        /// A remark or question to a speaker, face to face.
        TalkApproach => "talk-approach",
        /// Writing to a speaker after the talk.
        PostTalkFollowup => "post-talk-followup",
        /// Writing to somebody met at a conference.
        ConferenceFollowup => "conference-followup",
        /// A connection note.
        LinkedinConnect => "linkedin-connect",
        /// Asking to watch for a day or two.
        ShadowRequest => "shadow-request",
        /// Introducing oneself to an IR attending at one's own site.
        IrAttendingIntro => "ir-attending-intro",
        /// Thanks.
        ThankYou => "thank-you",
        /// First words to a resident who was an IMG.
        ImgResident => "img-resident",
        /// Asking somebody who was generous to stay in touch regularly.
        MentorBridge => "mentor-bridge",
        /// News to a mentor.
        MentorUpdate => "mentor-update",
        /// A question about a recent paper.
        PaperCheckIn => "paper-check-in",
        /// Asking for a letter of recommendation.
        LetterRequest => "letter-request",
        /// Asking for an introduction.
        IntroRequest => "intro-request",
        /// Asking somebody to speak for the student.
        AdvocacyRequest => "advocacy-request",
        /// Withdrawing from something promised.
        StepBack => "step-back",
        /// Agenda and questions before a meeting.
        MeetingPrep => "meeting-prep",
        /// Thanks after a residency interview.
        InterviewThankYou => "interview-thank-you",
        /// A public post.
        PublicPost => "public-post",
        /// A summary of a case.
        CaseSummary => "case-summary",
    }
}

words! {
    /// How well the recipient knows the sender.
    Relationship {
        /// Not at all.
        Stranger => "stranger",
        /// They met once.
        MetOnce => "met-once",
        /// They worked together.
        WorkedWith => "worked-with",
        /// The recipient guides the sender.
        Mentor => "mentor",
        /// The recipient speaks for the sender.
        Advocate => "advocate",
    }
}

words! {
    /// The part of the application year.
    SeasonPhase {
        /// Before applications open.
        OffSeason => "off-season",
        /// Applications are open.
        Application => "application",
        /// Interviews.
        Interview => "interview",
        /// Rank lists.
        Ranking => "ranking",
        /// After Match Day.
        PostMatch => "post-match",
    }
}

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sender {
    /// Full name.
    pub name: String,
    /// "MS1" to "MS4", "graduate" or free text.
    pub stage: String,
    /// Full name of the school.
    pub school: String,
    /// Abbreviations of the school that nobody else uses.
    pub school_short: Vec<String>,
}

/// To whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recipient {
    /// Full name, with suffixes.
    pub name: String,
    /// "Dr.", "Prof.", "Ms.", "Mr." or empty.
    pub title: String,
    /// Free text; "audience" means a public post.
    pub role: String,
    /// Where they work.
    pub institution: String,
    /// How well they know the sender.
    pub relationship: Relationship,
    /// Days since the first contact.
    pub acquainted_days: u32,
    /// Days worked together, where logged.
    pub working_days: Option<u32>,
    /// What is known of them: papers, talks, interests.
    pub facts: Vec<String>,
    /// What they asked to be called, or empty.
    pub greet_as: String,
}

impl Default for Recipient {
    fn default() -> Self {
        Self {
            name: String::new(),
            title: String::new(),
            role: String::new(),
            institution: String::new(),
            relationship: Relationship::Stranger,
            acquainted_days: 0,
            working_days: None,
            facts: Vec::new(),
            greet_as: String::new(),
        }
    }
}

/// When, and about what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Context {
    /// The day of writing; the rules have no other clock.
    pub date: Date,
    /// The part of the application year, as the record says.
    pub season_phase: SeasonPhase,
    /// The meeting or interview concerned, or empty.
    pub event: String,
    /// Whether it answers in an open thread.
    pub reply: bool,
}

/// One outgoing message with everything that the rules may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Name of the record; other findings refer to it.
    pub id: String,
    /// How it travels.
    pub channel: Channel,
    /// What it is for.
    pub scenario: Scenario,
    /// Who writes.
    pub sender: Sender,
    /// To whom.
    pub recipient: Recipient,
    /// When, and about what.
    pub context: Context,
    /// The subject line; `None` outside e-mail.
    pub subject: Option<String>,
    /// The text.
    pub text: String,
}

impl Message {
    /// Returns a message with the given text and an empty record: an off-season
    /// e-mail to a stranger.
    pub fn new(channel: Channel, scenario: Scenario, date: Date, text: &str) -> Self {
        Self {
            id: String::new(),
            channel,
            scenario,
            sender: Sender::default(),
            recipient: Recipient::default(),
            context: Context {
                date,
                season_phase: SeasonPhase::OffSeason,
                event: String::new(),
                reply: false,
            },
            subject: None,
            text: text.to_owned(),
        }
    }

    /// Returns whether this is a first contact: to one person who is a stranger.
    pub fn is_first_contact(&self) -> bool {
        self.recipient.relationship == Relationship::Stranger && self.recipient.role != "audience"
    }

    /// Returns whether this is a first contact by e-mail.
    pub fn is_cold_email(&self) -> bool {
        self.is_first_contact() && self.channel == Channel::Email
    }

    /// Returns whether the recipient hardly knows the sender.
    pub fn is_to_near_stranger(&self) -> bool {
        matches!(
            self.recipient.relationship,
            Relationship::Stranger | Relationship::MetOnce
        )
    }

    /// Returns whether it follows something that happened: a talk, a meeting, help.
    pub fn is_follow_up(&self) -> bool {
        matches!(
            self.scenario,
            Scenario::PostTalkFollowup | Scenario::ConferenceFollowup | Scenario::ThankYou
        )
    }
}
