//! What holds for every reader, whatever the bytes.

use domain::{Hospital, InteractionDraft, PersonDraft, Problem, Sink};
use formats::{PROBLEMS_MAX, format_named, read};

/// Counts what a reader hands on, and stops it after so many calls.
struct Counts {
    n_people: u64,
    n_interactions: u64,
    n_hospitals: u64,
    n_problems: u64,
    n_empty: u64,
    n_calls: u64,
    stop_after: u64,
}

impl Counts {
    fn new(stop_after: u64) -> Self {
        Self {
            n_people: 0,
            n_interactions: 0,
            n_hospitals: 0,
            n_problems: 0,
            n_empty: 0,
            n_calls: 0,
            stop_after,
        }
    }

    fn goes_on(&mut self) -> bool {
        assert!(self.n_calls < self.stop_after, "called after a stop");
        self.n_calls += 1;
        self.n_calls < self.stop_after
    }
}

impl Sink for Counts {
    fn person(&mut self, draft: PersonDraft) -> bool {
        assert!(!draft.name.is_empty(), "a person without a name");
        self.n_people += 1;
        self.goes_on()
    }

    fn interaction(&mut self, draft: InteractionDraft) -> bool {
        assert!(!draft.people.is_empty(), "an interaction with nobody");
        self.n_interactions += 1;
        self.goes_on()
    }

    fn hospital(&mut self, _: u64, hospital: Hospital) -> bool {
        assert!(!hospital.name.is_empty(), "a hospital without a name");
        self.n_hospitals += 1;
        self.goes_on()
    }

    fn problem(&mut self, problem: Problem) -> bool {
        assert!(!problem.found.is_empty() && !problem.would_do.is_empty());
        assert!(problem.found.len() < 10_000, "a problem too long to show");
        self.n_problems += 1;
        self.goes_on()
    }

    fn empty_record(&mut self, _: u64) -> bool {
        self.n_empty += 1;
        self.goes_on()
    }
}

/// Reads the bytes with a format, and checks that what it says of them is so:
/// the summary counts what was handed on, at most so many problems are, and a
/// sink that says "stop" is not called again.
pub fn read_as(format: &str, bytes: &[u8]) {
    let format = format_named(format).expect("a format of this name");
    // Detection looks at every file, whatever its kind.
    let _ = formats::detect(bytes, "");
    let mut all = Counts::new(u64::MAX);
    if let Ok(summary) = read(format, &mut &*bytes, &mut all) {
        assert_eq!(summary.n_people, all.n_people);
        assert_eq!(summary.n_interactions, all.n_interactions);
        assert_eq!(summary.n_hospitals, all.n_hospitals);
        assert_eq!(summary.n_empty, all.n_empty);
        assert_eq!(
            summary.n_problems - summary.n_problems_unlisted,
            all.n_problems
        );
        assert!(all.n_problems <= PROBLEMS_MAX);
        assert!(!summary.stopped);
    }
    if all.n_calls > 0 {
        let mut some = Counts::new(all.n_calls.div_ceil(2));
        if let Ok(summary) = read(format, &mut &*bytes, &mut some) {
            assert_eq!(some.n_calls, some.stop_after);
            assert!(summary.stopped);
        }
    }
}
