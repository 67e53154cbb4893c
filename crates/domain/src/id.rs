//! Typed identities, so that a person is never taken for a program.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use uuid::Uuid;

/// Why a text is not an identity.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{found}\" is not {wanted}")]
pub struct InvalidId {
    /// What was found.
    pub found: String,
    /// What would do.
    pub wanted: &'static str,
}

macro_rules! uuid_id {
    ($(#[$doc:meta])* $name:ident, $wanted:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Uuid::parse_str(text.trim())
                    .map(Self)
                    .map_err(|_| InvalidId { found: text.to_owned(), wanted: $wanted })
            }
        }
    };
}

uuid_id!(
    /// A person.
    PersonId,
    "the id of a person"
);
uuid_id!(
    /// An interaction.
    InteractionId,
    "the id of an interaction"
);
uuid_id!(
    /// A commitment.
    CommitmentId,
    "the id of a commitment"
);
uuid_id!(
    /// A message.
    MessageId,
    "the id of a message"
);
uuid_id!(
    /// A rotation of the student.
    RotationId,
    "the id of a rotation"
);
uuid_id!(
    /// An operation.
    OperationId,
    "the id of an operation"
);

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $wanted:literal, $valid:expr) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Arc<str>);

        impl $name {
            /// Returns the identity, or what is wrong with the text.
            pub fn new(text: &str) -> Result<Self, InvalidId> {
                let valid: fn(&str) -> bool = $valid;
                if valid(text) {
                    Ok(Self(text.into()))
                } else {
                    Err(InvalidId { found: text.to_owned(), wanted: $wanted })
                }
            }

            /// Returns the identity of something that the student added.
            pub fn own(uuid: Uuid) -> Self {
                Self(format!("own-{}", uuid.hyphenated()).into())
            }

            /// Returns whether the student added it.
            pub fn is_own(&self) -> bool {
                self.0.starts_with("own-")
            }

            /// Returns the identity as text, as it stands in addresses and exports.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromStr for $name {
            type Err = InvalidId;

            fn from_str(text: &str) -> Result<Self, InvalidId> {
                Self::new(text)
            }
        }
    };
}

fn is_own(text: &str) -> bool {
    text.strip_prefix("own-")
        .is_some_and(|uuid| Uuid::parse_str(uuid).is_ok())
}

text_id!(
    /// A training program: the ten digits of its ACGME id, or `own-` and a UUID.
    ProgramId,
    "ten digits, or \"own-\" and a UUID",
    |text| is_own(text) || (text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit()))
);
text_id!(
    /// A site: `ccn-` and the six characters of its CMS certification number,
    /// `site-` and a slug where no number is known, or `own-` and a UUID.
    SiteId,
    "\"ccn-\" and six characters, \"site-\" and a slug, or \"own-\" and a UUID",
    |text| {
        let slug = |rest: &str| {
            !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        };
        is_own(text)
            || text
                .strip_prefix("ccn-")
                .is_some_and(|ccn| ccn.len() == 6 && slug(ccn))
            || text.strip_prefix("site-").is_some_and(slug)
    }
);

impl SiteId {
    /// Returns how the identity of a hospital would be written by its CMS
    /// certification number, whether or not the text is such a number: case,
    /// blanks around it and "ccn-" before it do not matter.
    ///
    /// ```
    /// use domain::SiteId;
    ///
    /// assert_eq!(SiteId::text_of_number(" ccn-05043f"), "ccn-05043F");
    /// ```
    pub fn text_of_number(number: &str) -> String {
        let number = number.trim();
        let number = number.strip_prefix("ccn-").unwrap_or(number);
        format!("ccn-{}", number.to_uppercase())
    }

    /// Returns the CMS certification number, where the identity is one.
    pub fn number(&self) -> Option<&str> {
        self.as_str().strip_prefix("ccn-")
    }
}
