//! Descriptions for a simulation, and what it found, as JSON.

use std::io::BufRead;

use matching::{Description, Distributions, Share};
use serde::{Deserialize, Serialize};

use super::json::{Id, Whole, to_text};
use super::{MarketFileError, read_all};

#[derive(Deserialize)]
#[serde(expecting = "an object with \"noise\", \"programs\" and \"applicants\"")]
struct WireDescription {
    noise: WireNoise,
    programs: Vec<WireProgram>,
    applicants: Vec<WireApplicant>,
}

#[derive(Deserialize)]
struct WireNoise {
    applicants: f64,
    programs: f64,
}

#[derive(Deserialize)]
struct WireProgram {
    id: Id,
    quota: Whole,
}

#[derive(Deserialize)]
struct WireApplicant {
    id: Id,
    interviews: Vec<WireInterview>,
}

#[derive(Deserialize)]
struct WireInterview {
    program: Id,
    liking: f64,
    standing: f64,
}

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
/// [`MarketFileError::Json`] with line and column; what is wrong between records is [`MarketFileError::Description`].
pub fn read_description_json(reader: &mut dyn BufRead) -> Result<Description, MarketFileError> {
    let wire: WireDescription = serde_json::from_slice(&read_all(reader)?)?;
    let mut description = Description::new(wire.noise.applicants, wire.noise.programs)?;
    for program in &wire.programs {
        description.program(program.id.as_ref(), program.quota.0)?;
    }
    for applicant in &wire.applicants {
        let interviews = applicant.interviews.iter();
        let interviews =
            interviews.map(|interview| (&interview.program, interview.liking, interview.standing));
        description.applicant(applicant.id.as_ref(), interviews)?;
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
