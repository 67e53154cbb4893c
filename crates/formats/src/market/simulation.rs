//! Descriptions for a simulation, and what it found, as JSON.

use std::io::BufRead;

use matching::{Description, Distributions, Share};
use serde::Serialize;

use super::MarketFileError;
use super::read_json::{id_of, whole};
use super::write_json::to_text;
use crate::document::{DocumentError, Field, Json};

/// Reads a description, plain or gzip.
///
/// ```json
/// {"noise": {"applicants": 1.0, "programs": 1.0},
///  "programs": [{"id": "city", "quota": 2}],
///  "applicants": [{"id": "ana", "interviews": [{"program": "city", "liking": 0.5, "standing": 1.2}]}]}
/// ```
///
/// `liking` is what the applicant thinks of the program, `standing` what the program thinks of the applicant, both on any
/// scale, higher being better; `noise` is the standard deviation that is added to each. Other keys are ignored.
///
/// # Errors
/// [`MarketFileError::Document`] with the record and its field; what is wrong between records is
/// [`MarketFileError::Description`].
pub fn read_description_json(reader: &mut dyn BufRead) -> Result<Description, MarketFileError> {
    let document = Json::read(reader)?;
    let document = Field::document(&document);
    let noise = document.need("noise", "an object with \"applicants\" and \"programs\"")?;
    let number = |record: &Field, key: &str| record.need(key, "a number")?.number();
    let mut description =
        Description::new(number(&noise, "applicants")?, number(&noise, "programs")?)?;
    for program in document
        .need("programs", "a list of programs")?
        .records("program")?
    {
        description.program(&id_of(&program)?, whole(&program, "quota")?)?;
    }
    for applicant in document
        .need("applicants", "a list of applicants")?
        .records("applicant")?
    {
        let interviews = applicant
            .need("interviews", "a list of interviews")?
            .any_list()?;
        let interviews = interviews.iter().map(|interview| {
            let program = interview.need("program", "the id of a program")?.id()?;
            Ok((
                program,
                number(interview, "liking")?,
                number(interview, "standing")?,
            ))
        });
        let interviews: Vec<_> = interviews.collect::<Result<_, DocumentError>>()?;
        description.applicant(&id_of(&applicant)?, interviews)?;
    }
    Ok(description)
}

/// Returns what a simulation found as JSON:
/// `{"draws","applicants":{id:{"matched":share,"programs":{id:share}}},"programs":{id:{"quota","filled"}}}`, a share
/// being `{"value","low","high"}` with the ends of its 95 % interval, and `filled` an average.
pub fn write_distributions_json(
    description: &Description,
    distributions: &Distributions,
) -> String {
    #[derive(Serialize)]
    struct Wire<A: Serialize, P: Serialize> {
        draws: u64,
        applicants: A,
        programs: P,
    }

    #[derive(Serialize)]
    struct WireChances<'a> {
        matched: WireShare,
        programs: Object<(&'a str, WireShare)>,
    }

    #[derive(Serialize)]
    struct WireFilled {
        quota: u32,
        filled: f64,
    }

    let filled = distributions.filled();
    let applicants = description.applicants().map(|applicant| {
        let places = distributions.places(applicant);
        let programs = places
            .map(|(program, share)| (description.program_id(program), WireShare::from(share)));
        let chances = WireChances {
            matched: distributions.matched(applicant).into(),
            programs: Object(programs.collect()),
        };
        (description.applicant_id(applicant), chances)
    });
    let programs = description.programs().map(|program| {
        let filled = WireFilled {
            quota: description.quota(program),
            filled: filled[program.index()],
        };
        (description.program_id(program), filled)
    });
    to_text(&Wire {
        draws: distributions.n_draws(),
        applicants: Object(applicants.collect()),
        programs: Object(programs.collect()),
    })
}

/// Pairs that are written as an object, in their order.
struct Object<T>(Vec<T>);

impl<K: Serialize, V: Serialize> Serialize for Object<(K, V)> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

#[derive(Serialize)]
struct WireShare {
    value: f64,
    low: f64,
    high: f64,
}

impl From<Share> for WireShare {
    fn from(share: Share) -> Self {
        Self {
            value: share.value,
            low: share.low,
            high: share.high,
        }
    }
}
