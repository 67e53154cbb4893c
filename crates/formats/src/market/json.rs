//! Markets and results as JSON.

use std::collections::BTreeMap;
use std::fmt;
use std::io::BufRead;
use std::marker::PhantomData;

use matching::{BlockingPair, Market, Matching, Program, Side, Solution};
use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{MarketFileError, csv, read_all};

/// An id: text, or a whole number, which is the same as its digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Id(pub(super) String);

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;

        impl Visitor<'_> for IdVisitor {
            type Value = Id;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an id: text or a whole number")
            }

            fn visit_str<E: de::Error>(self, value: &str) -> Result<Id, E> {
                Ok(Id(value.to_owned()))
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Id, E> {
                Ok(Id(value.to_string()))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Id, E> {
                Ok(Id(value.to_string()))
            }
        }

        deserializer.deserialize_any(IdVisitor)
    }
}

/// A whole number of places; a number with a fraction is refused in words.
#[derive(Clone, Copy, Debug)]
pub(super) struct Whole(pub(super) i64);

impl<'de> Deserialize<'de> for Whole {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct WholeVisitor;

        impl Visitor<'_> for WholeVisitor {
            type Value = Whole;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("a whole number such as 2")
            }

            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Whole, E> {
                Ok(Whole(value))
            }

            fn visit_u64<E: de::Error>(self, value: u64) -> Result<Whole, E> {
                // What does not fit is far above the limit, which names the program.
                Ok(Whole(i64::try_from(value).unwrap_or(i64::MAX)))
            }
        }

        deserializer.deserialize_any(WholeVisitor)
    }
}

/// An object's entries in their order, a key that comes twice included, so that nothing is dropped in silence.
#[derive(Debug)]
pub(super) struct Entries<T>(pub(super) Vec<(String, T)>);

impl<T> Default for Entries<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Entries<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EntriesVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for EntriesVisitor<T> {
            type Value = Entries<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Entries<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Entries(entries))
            }
        }

        deserializer.deserialize_map(EntriesVisitor(PhantomData))
    }
}

#[derive(Deserialize)]
#[serde(expecting = "an object with \"programs\" and \"applicants\"")]
struct WireMarket {
    programs: Vec<WireProgram>,
    applicants: Vec<WireApplicant>,
    couples: Option<Vec<WireCouple>>,
    reversions: Option<Vec<WireReversion>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a program: an object with \"id\", \"quota\" and \"rol\"")]
struct WireProgram {
    id: Id,
    quota: Whole,
    rol: Option<Vec<Id>>,
}

#[derive(Deserialize)]
#[serde(expecting = "an applicant: an object with \"id\" and \"rol\"")]
struct WireApplicant {
    id: Id,
    rol: Option<Vec<Id>>,
    supp: Option<Entries<Vec<Id>>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a couple: an object with \"members\" and \"rol\"")]
struct WireCouple {
    id: Option<Id>,
    members: [Id; 2],
    rol: Option<Vec<[Option<Id>; 2]>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a reversion: an object with \"donor\", \"receiver\" and \"max\"")]
struct WireReversion {
    donor: Id,
    receiver: Id,
    max: Whole,
}

/// Reads a market, plain or gzip.
///
/// ```json
/// {"programs": [{"id": "city", "quota": 2, "rol": ["ana", "ben"]}],
///  "applicants": [{"id": "ana", "rol": ["city"], "supp": {"city": ["mercy"]}}],
///  "couples": [{"id": "c1", "members": ["ben", "eva"], "rol": [["city", "mercy"], ["city", null]]}],
///  "reversions": [{"donor": "city", "receiver": "mercy", "max": 1}]}
/// ```
///
/// `supp`, `couples` and `reversions` may be missing, and so may an empty `rol`. Other keys are ignored.
/// Ids are text; whole numbers are taken as their digits. A couple without an id is named by its members.
///
/// # Errors
/// [`MarketFileError::Json`] with line and column; what is wrong between records is [`MarketFileError::Market`].
///
/// # Example
/// ```
/// let text = r#"{"programs": [{"id": "p", "quota": -1, "rol": []}], "applicants": []}"#;
/// let refused = formats::market::read_json(&mut text.as_bytes()).unwrap_err();
/// assert_eq!(refused.to_string(), "program p: quota -1 is negative");
/// ```
pub fn read_json(reader: &mut dyn BufRead) -> Result<Market, MarketFileError> {
    let wire: WireMarket = serde_json::from_slice(&read_all(reader)?)?;
    let mut market = Market::builder();
    for applicant in &wire.applicants {
        let id = applicant.id.as_ref();
        market.applicant(id, applicant.rol.iter().flatten());
        for (advanced, list) in applicant.supp.iter().flat_map(|supp| &supp.0) {
            market.supplemental(id, advanced, list);
        }
    }
    for program in &wire.programs {
        market.program(
            program.id.as_ref(),
            program.quota.0,
            program.rol.iter().flatten(),
        );
    }
    for couple in wire.couples.iter().flatten() {
        let [a, b] = couple.members.each_ref().map(AsRef::as_ref);
        let id = couple
            .id
            .as_ref()
            .map_or_else(|| format!("{a} and {b}"), |id| id.0.clone());
        let pairs = couple
            .rol
            .iter()
            .flatten()
            .map(|pair| pair.each_ref().map(Option::as_ref));
        market.couple(&id, [a, b], pairs);
    }
    for reversion in wire.reversions.iter().flatten() {
        market.reversion(
            reversion.donor.as_ref(),
            reversion.receiver.as_ref(),
            reversion.max.0,
        );
    }
    Ok(market.build()?)
}

/// Returns a solution as JSON: `{"status","matching":{applicant:[program, preliminary?]},"unreciprocated":[…]}`.
///
/// `status` is `stable`, `none` or `not_found`.
/// `matching` has an entry for every applicant who holds a place, and is empty unless the status is `stable`.
/// `unreciprocated` has `{"applicant","program","ranked_by"}` for every void rank, `ranked_by` being `applicant` or
/// `program`.
/// With `not_found` there are two more keys: `closest`, the best matching that was found, and `blocking`, what blocks it,
/// as in [`write_blocking_json`].
pub fn write_solution_json(market: &Market, solution: &Solution) -> String {
    #[derive(Serialize)]
    struct Wire<'a> {
        status: &'static str,
        matching: Places<'a>,
        unreciprocated: Vec<WireVoid<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        closest: Option<Places<'a>>,
        #[serde(skip_serializing_if = "Option::is_none")]
        blocking: Option<Vec<WireBlocking<'a>>>,
    }

    #[derive(Serialize)]
    struct WireVoid<'a> {
        applicant: &'a str,
        program: &'a str,
        ranked_by: &'static str,
    }

    let unreciprocated = market.unreciprocated().iter().map(|void| WireVoid {
        applicant: market.applicant_id(void.applicant),
        program: market.program_id(void.program),
        ranked_by: match void.ranked_by {
            Side::Applicant => "applicant",
            Side::Program => "program",
        },
    });
    let (closest, blocking) = match solution {
        Solution::NotFound { closest, blocking } => {
            let blocking = blocking
                .iter()
                .map(|pair| WireBlocking::new(market, pair))
                .collect();
            (
                Some(Places {
                    market,
                    matching: Some(closest),
                }),
                Some(blocking),
            )
        }
        Solution::Stable(_) | Solution::None => (None, None),
    };
    to_text(&Wire {
        status: solution.status().as_str(),
        matching: Places {
            market,
            matching: solution.matching(),
        },
        unreciprocated: unreciprocated.collect(),
        closest,
        blocking,
    })
}

/// Returns blocking pairs as a JSON list of `{"applicant","program"}`, `{"applicant","advanced","program"}` and
/// `{"couple","programs":[program|null, program|null]}`.
pub fn write_blocking_json(market: &Market, blocking: &[BlockingPair]) -> String {
    to_text(
        &blocking
            .iter()
            .map(|pair| WireBlocking::new(market, pair))
            .collect::<Vec<_>>(),
    )
}

/// Returns a blocking pair as a sentence without a full stop.
///
/// # Example
/// ```
/// use matching::{Market, Matching, blocking_pairs};
///
/// let mut market = Market::builder();
/// market.applicant("ana", ["city"]).program("city", 1, ["ana"]);
/// let market = market.build()?;
/// let blocking = blocking_pairs(&market, &Matching::empty(&market)).unwrap();
/// assert_eq!(
///     formats::market::describe_blocking(&market, &blocking[0]),
///     "ana prefers city, and city would take ana"
/// );
/// # Ok::<(), matching::InvalidMarket>(())
/// ```
pub fn describe_blocking(market: &Market, blocking: &BlockingPair) -> String {
    match *blocking {
        BlockingPair::Single { applicant, program } => {
            let (applicant, program) = (market.applicant_id(applicant), market.program_id(program));
            format!("{applicant} prefers {program}, and {program} would take {applicant}")
        }
        BlockingPair::Supplemental {
            applicant,
            advanced,
            program,
        } => {
            let (applicant, program) = (market.applicant_id(applicant), market.program_id(program));
            let advanced = market.program_id(advanced);
            format!(
                "{applicant}, held by {advanced}, prefers {program} as preliminary place, and {program} would take {applicant}"
            )
        }
        BlockingPair::Couple { couple, programs } => {
            let [one, other] = programs
                .map(|program| program.map_or("no program", |program| market.program_id(program)));
            let couple = market.couple_id(couple);
            format!("couple {couple} prefers {one} and {other}, which would take both")
        }
    }
}

#[derive(Serialize)]
#[serde(untagged)]
enum WireBlocking<'a> {
    Single {
        applicant: &'a str,
        program: &'a str,
    },
    Supplemental {
        applicant: &'a str,
        advanced: &'a str,
        program: &'a str,
    },
    Couple {
        couple: &'a str,
        programs: [Option<&'a str>; 2],
    },
}

impl<'a> WireBlocking<'a> {
    fn new(market: &'a Market, blocking: &BlockingPair) -> Self {
        let name = |program: Program| market.program_id(program);
        match *blocking {
            BlockingPair::Single { applicant, program } => Self::Single {
                applicant: market.applicant_id(applicant),
                program: name(program),
            },
            BlockingPair::Supplemental {
                applicant,
                advanced,
                program,
            } => Self::Supplemental {
                applicant: market.applicant_id(applicant),
                advanced: name(advanced),
                program: name(program),
            },
            BlockingPair::Couple { couple, programs } => Self::Couple {
                couple: market.couple_id(couple),
                programs: programs.map(|program| program.map(name)),
            },
        }
    }
}

/// A matching as an object: a list of one or two programs for each applicant who holds a place.
struct Places<'a> {
    market: &'a Market,
    matching: Option<&'a Matching>,
}

impl Serialize for Places<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let market = self.market;
        let entries = self.matching.into_iter().flat_map(|matching| {
            market.applicants().filter_map(move |applicant| {
                let program = matching.program(applicant)?;
                let mut places = vec![market.program_id(program)];
                places.extend(
                    matching
                        .preliminary(applicant)
                        .map(|program| market.program_id(program)),
                );
                Some((market.applicant_id(applicant), places))
            })
        });
        serializer.collect_map(entries)
    }
}

pub(super) fn to_text(wire: &impl Serialize) -> String {
    // Text keys, and numbers and text as values: nothing in these shapes can fail to be written.
    serde_json::to_string(wire).unwrap_or_else(|error| unreachable!("{error}"))
}

/// A place in a result file, in every form that other programs write.
#[derive(Deserialize)]
#[serde(untagged)]
enum WirePlaces {
    List(Vec<Option<Id>>),
    One(Id),
    Nothing(()),
}

/// Reads a result of [`write_solution_json`] or [`write_matching_csv`](super::write_matching_csv), plain or gzip, for
/// verification.
///
/// A JSON result may also be the bare object under `matching`; an applicant without a place may be missing, `null` or an
/// empty list.
///
/// # Errors
/// What cannot be read, and ids that are not in the market.
pub fn read_result(market: &Market, reader: &mut dyn BufRead) -> Result<Matching, MarketFileError> {
    let bytes = read_all(reader)?;
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return csv::read_matching(market, &mut bytes.as_slice());
    }
    let mut top: BTreeMap<String, serde_json::Value> = serde_json::from_slice(&bytes)?;
    let is_solution = top.contains_key("status")
        || top
            .get("matching")
            .is_some_and(serde_json::Value::is_object);
    let entries: BTreeMap<String, WirePlaces> = match top.remove("matching") {
        Some(matching) if is_solution => serde_json::from_value(matching)?,
        _ => serde_json::from_slice(&bytes)?,
    };
    let mut matching = Matching::empty(market);
    for (id, places) in entries {
        let unknown = |what: &'static str, id: &str| MarketFileError::Unknown {
            what,
            id: id.to_owned(),
        };
        let applicant = market
            .find_applicant(&id)
            .ok_or_else(|| unknown("applicant", &id))?;
        let places = match places {
            WirePlaces::List(list) => list,
            WirePlaces::One(id) => vec![Some(id)],
            WirePlaces::Nothing(()) => Vec::new(),
        };
        if places.len() > 2 {
            let message = format!(
                "{id} has {} places, one and a preliminary one would do",
                places.len()
            );
            return Err(MarketFileError::Json {
                line: 1,
                column: 1,
                message,
            });
        }
        let mut programs = [None; 2];
        for (program, place) in programs.iter_mut().zip(places) {
            if let Some(id) = place {
                *program = Some(
                    market
                        .find_program(&id.0)
                        .ok_or_else(|| unknown("program", &id.0))?,
                );
            }
        }
        matching.assign(applicant, programs[0]);
        matching.assign_preliminary(applicant, programs[1]);
    }
    Ok(matching)
}
