//! Markets and results from JSON.

use std::borrow::Cow;
use std::io::BufRead;

use matching::{Market, Matching};

use super::{MarketFileError, csv};
use crate::document::{DocumentError, Field, Json};
use crate::packed::read_all;

type Read<T> = Result<T, DocumentError>;

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
/// [`MarketFileError::Document`] with the record and its field; what is wrong between records is
/// [`MarketFileError::Market`].
///
/// # Example
/// ```
/// let text = r#"{"programs": [{"id": "p", "quota": -1, "rol": []}], "applicants": []}"#;
/// let refused = formats::market::read_json(&mut text.as_bytes()).unwrap_err();
/// assert_eq!(refused.to_string(), "program p: quota -1 is negative");
/// ```
pub fn read_json(reader: &mut dyn BufRead) -> Result<Market, MarketFileError> {
    let document = Json::read(reader)?;
    let document = Field::document(&document);
    let mut market = Market::builder();
    for applicant in document
        .need("applicants", "a list of applicants")?
        .records("applicant")?
    {
        let id = id_of(&applicant)?;
        market.applicant(&id, ids(&applicant, "rol")?);
        if let Some(supp) = applicant.get("supp")? {
            for (advanced, list) in supp.entries()? {
                market.supplemental(&id, advanced, ids_in(&list)?);
            }
        }
    }
    for program in document
        .need("programs", "a list of programs")?
        .records("program")?
    {
        let quota = whole(&program, "quota")?;
        market.program(&id_of(&program)?, quota, ids(&program, "rol")?);
    }
    if let Some(couples) = document.get("couples")? {
        for couple in couples.records("couple")? {
            let [a, b] = two(
                &couple.need("members", "a list of two applicants")?,
                "a list of two applicants",
            )?;
            let (a, b) = (a.id()?, b.id()?);
            let id = match couple.get("id")? {
                Some(id) => id.id()?,
                None => Cow::Owned(format!("{a} and {b}")),
            };
            market.couple(&id, [&*a, &*b], pairs(&couple)?);
        }
    }
    if let Some(reversions) = document.get("reversions")? {
        for reversion in reversions.records("reversion")? {
            let program = |key| reversion.need(key, "the id of a program")?.id();
            market.reversion(
                &program("donor")?,
                &program("receiver")?,
                whole(&reversion, "max")?,
            );
        }
    }
    Ok(market.build()?)
}

pub(super) fn id_of<'a>(record: &Field<'a>) -> Read<Cow<'a, str>> {
    record.need("id", "an id: a text or a whole number")?.id()
}

/// A whole number that is needed. What does not fit is far above every limit, which names the record.
pub(super) fn whole(record: &Field, key: &str) -> Read<i64> {
    let number = record.need(key, "a whole number")?.integer()?;
    Ok(i64::try_from(number).unwrap_or(if number < 0 { i64::MIN } else { i64::MAX }))
}

/// The ids of a list that may be missing.
fn ids<'a>(record: &Field<'a>, key: &str) -> Read<Vec<Cow<'a, str>>> {
    record
        .get(key)?
        .map_or(Ok(Vec::new()), |list| ids_in(&list))
}

fn ids_in<'a>(list: &Field<'a>) -> Read<Vec<Cow<'a, str>>> {
    list.any_list()?.iter().map(Field::id).collect()
}

fn two<'a>(field: &Field<'a>, would_do: &str) -> Read<[Field<'a>; 2]> {
    field
        .any_list()?
        .try_into()
        .or_else(|_| field.refuse(would_do))
}

/// The programs of a couple's list.
fn pairs<'a>(couple: &Field<'a>) -> Read<Vec<[Option<Cow<'a, str>>; 2]>> {
    let place = |field: &Field<'a>| {
        if field.is_null() {
            return Ok(None);
        }
        field.id().map(Some)
    };
    let Some(list) = couple.get("rol")? else {
        return Ok(Vec::new());
    };
    let pairs = list.any_list()?;
    let pairs = pairs.iter().map(|pair| {
        let [one, other] = two(pair, "a pair of programs, null for none")?;
        Ok([place(&one)?, place(&other)?])
    });
    pairs.collect()
}

/// Reads a result of [`write_solution_json`](super::write_solution_json) or
/// [`write_matching_csv`](super::write_matching_csv), plain or gzip, for verification.
///
/// A JSON result may also be the bare object under `matching`; an applicant without a place may be missing, `null` or an
/// empty list. A place may stand without its list.
///
/// # Errors
/// What cannot be read, an applicant who comes twice, and ids that are not in the market.
pub fn read_result(market: &Market, reader: &mut dyn BufRead) -> Result<Matching, MarketFileError> {
    let bytes = read_all(reader)?;
    if bytes.trim_ascii_start().first() != Some(&b'{') {
        return csv::read_matching(market, &mut bytes.as_slice());
    }
    let document = Json::from_bytes(&bytes)?;
    let document = Field::document(&document);
    let inside = document.get("matching")?.filter(|matching| {
        // Unless somebody is called so, and this is a bare object.
        matching.is_object() || market.find_applicant("matching").is_none()
    });
    let matching = match inside {
        Some(matching) => matching,
        None => document,
    };
    let mut found = Matching::empty(market);
    for (id, places) in matching.entries()? {
        let places = places.called(format!("result, applicant \"{id}\""));
        let applicant = market
            .find_applicant(id)
            .ok_or_else(|| MarketFileError::Unknown {
                what: "applicant",
                id: id.to_owned(),
            })?;
        let mut programs = [None; 2];
        for (program, place) in programs.iter_mut().zip(places_of(&places)?) {
            *program = match place {
                None => None,
                Some(id) => {
                    Some(
                        market
                            .find_program(&id)
                            .ok_or_else(|| MarketFileError::Unknown {
                                what: "program",
                                id: id.clone().into_owned(),
                            })?,
                    )
                }
            };
        }
        found.assign(applicant, programs[0]);
        found.assign_preliminary(applicant, programs[1]);
    }
    Ok(found)
}

/// An applicant's place and preliminary place, in every form that other programs write.
fn places_of<'a>(places: &Field<'a>) -> Read<Vec<Option<Cow<'a, str>>>> {
    const WOULD_DO: &str = "a list of one program, and a preliminary one";
    if places.is_null() {
        return Ok(Vec::new());
    }
    if !places.is_list() {
        return match places.id() {
            Ok(id) => Ok(vec![Some(id)]),
            Err(_) => places.refuse(WOULD_DO),
        };
    }
    let list = places.any_list()?;
    if list.len() > 2 {
        return places.refuse(WOULD_DO);
    }
    let place = |place: &Field<'a>| match place.is_null() {
        true => Ok(None),
        false => place.id().map(Some),
    };
    list.iter().map(place).collect()
}
