//! Lists of invented people in every layout: nobody is lost, nobody is given
//! what is another's, and what is not sure is told.

use domain::PersonName;
use formats::roster::{RosterKind, RosterReading, read_roster};

struct Somebody {
    given: &'static str,
    family: &'static str,
    suffix: &'static str,
    degree: &'static str,
    mail: &'static str,
}

const fn p(
    given: &'static str,
    family: &'static str,
    suffix: &'static str,
    degree: &'static str,
    mail: &'static str,
) -> Somebody {
    Somebody {
        given,
        family,
        suffix,
        degree,
        mail,
    }
}

const PEOPLE: &[Somebody] = &[
    p("Asha", "Rao", "", "MD", "asha.rao@x.org"),
    p("Fatima", "al-Sayed", "", "MD", "falsayed@x.org"),
    p("Beatriz", "de Souza", "", "DO", "bdesouza@x.org"),
    p("Jan", "van der Berg", "", "MD, PhD", "vanderberg@x.org"),
    p("Ana", "de la Cruz", "", "MD", "ana.cruz@x.org"),
    p("Lia", "d'Angelo", "", "MD", "dangelo@x.org"),
    p("Minh", "Do", "", "DO", "mdo@x.org"),
    p("Yo", "Ma", "", "MD", "yo.ma@x.org"),
    p("Wei", "Yang", "", "MD", "wyang@x.org"),
    p("Li", "Wu", "", "MBBS", "li.wu@x.org"),
    p("John", "Smith", "Jr.", "MD", "jsmith@x.org"),
    p("María José", "Núñez de la O", "", "MD", "mnunez@x.org"),
    p("Siobhán", "O’Brien", "", "MD", "sobrien@x.org"),
    p(
        "Jürgen",
        "Müller-Lüdenscheidt",
        "",
        "MD",
        "jmueller.luedenscheidt@x.org",
    ),
    p("Marcus", "St. Cyr", "", "MD", "marcus@x.org"),
    p("Ngozi A.", "Okafor", "", "MD, MPH", "okafor@x.org"),
    p("Kwame", "Mensah", "III", "MD", "kmensah@x.org"),
    p("Virginia", "Brown", "", "MD", "virginia.brown@x.org"),
    p("Aïcha", "Ba", "", "MD", "aicha.ba@x.org"),
    p("Tom", "Pa", "", "MD", "tom.pa@x.org"),
    p("Anh", "Van", "", "DO", "anh.van@x.org"),
    p("Min-jun", "Kim", "", "MD", "mjkim@x.org"),
    p("James", "Dean", "", "MD", "jdean@x.org"),
    p("Jae", "Im", "", "MD", "jae.im@x.org"),
];

/// Orders of the people.
const SEEDS: [usize; 2] = [0, 9];

const POSTS: [&str; 5] = [
    "Program Director",
    "Assistant Professor of Radiology",
    "Associate Professor",
    "Section Chief, Interventional Radiology",
    "Clinical Instructor",
];

const HOSPITALS: [&str; 9] = [
    "Duke",
    "MSKCC",
    "Ochsner, New Orleans, LA",
    "Henry Ford",
    "Maimonides Medical Center",
    "NYU Langone",
    "Yale",
    "Mount Sinai",
    "Brigham and Women's Hospital",
];

const FIELDS: [&str; 4] = [
    "IR",
    "Diagnostic Radiology",
    "Interventional Radiology",
    "DR",
];

impl Somebody {
    fn surname(&self) -> String {
        [self.family, self.suffix].join(" ").trim().to_owned()
    }

    fn is_called(&self, name: &PersonName) -> bool {
        let same = |a: &str, b: &str| a.to_lowercase() == b.to_lowercase();
        same(self.given, &name.given) && same(self.family, &name.family)
    }

    /// "Smith Jr., John".
    fn turned(&self) -> String {
        format!("{}, {}", self.surname(), self.given)
    }

    /// "John Smith Jr.".
    fn plain(&self) -> String {
        format!("{} {}", self.given, self.surname())
    }
}

/// People in another order for each seed, as many as asked for.
fn some(seed: usize, n: usize) -> Vec<&'static Somebody> {
    let steps = [1, 5, 7, 11, 13, 17, 19, 23];
    let step = steps[seed % steps.len()];
    (0..n)
        .map(|i| &PEOPLE[(seed + i * step) % PEOPLE.len()])
        .collect()
}

/// What a list came to.
struct Tally {
    n_problems: usize,
    faults: Vec<String>,
}

fn tally(reading: &RosterReading, people: &[&Somebody]) -> Tally {
    let mut faults = Vec::new();
    let told: Vec<&str> = reading.problems.iter().map(|p| p.found.as_str()).collect();
    for person in people {
        let rows = reading
            .rows
            .iter()
            .filter(|row| person.is_called(&row.name));
        let rows: Vec<_> = rows.collect();
        match rows.as_slice() {
            [] if told
                .iter()
                .any(|found| found.to_lowercase().contains(&person.family.to_lowercase())) => {}
            [] => faults.push(format!("{} is lost", person.plain())),
            [row] => {
                let strange = row.contacts.iter().filter(|c| c.value != person.mail);
                faults.extend(strange.map(|c| format!("{} has {}", person.plain(), c.value)));
                if row.name.suffix.to_lowercase() != person.suffix.to_lowercase() {
                    faults.push(format!("{} has no suffix", person.plain()));
                }
                let all = format!("{} {} {}", row.specialty, row.institution, row.rest);
                let others = people.iter().filter(|other| other.family != person.family);
                let mut words = others.flat_map(|other| [other.family, other.given]);
                let has = |word: &str| {
                    let mut words = all
                        .split([' ', ','])
                        .filter(|w| word.split(' ').any(|o| o == *w));
                    words.next().is_some()
                };
                if let Some(word) = words.find(|word| word.len() > 3 && has(word)) {
                    faults.push(format!("{} has {word} of another: {all}", person.plain()));
                }
            }
            _ => faults.push(format!("{} is there twice", person.plain())),
        }
    }
    for row in reading.rows.iter().filter(|row| !row.name.is_empty()) {
        if !people.iter().any(|person| person.is_called(&row.name)) {
            faults.push(format!("{} is nobody", row.name.display()));
        }
    }
    Tally {
        n_problems: reading.problems.len(),
        faults,
    }
}

/// Checks a layout over lists of all sizes and orders; at most `n_told` of a
/// hundred lines may be told instead of read.
#[track_caller]
fn check(kind: &RosterKind, layout: &str, n_told: usize, print: &dyn Fn(&[&Somebody]) -> String) {
    let (mut n_lines, mut n_problems) = (0, 0);
    let mut faults: Vec<String> = Vec::new();
    let mut told: Vec<String> = Vec::new();
    for seed in SEEDS {
        for n in [3, 12] {
            let people = some(seed, n);
            let text = print(&people);
            let reading = read_roster(&text, kind);
            let tally = tally(&reading, &people);
            n_lines += text.lines().filter(|line| !line.is_empty()).count();
            n_problems += tally.n_problems;
            told.extend(reading.problems.iter().map(|problem| problem.found.clone()));
            if faults.len() < 6 {
                let told = &reading.problems;
                faults.extend(
                    tally
                        .faults
                        .iter()
                        .map(|fault| format!("{fault}\n{text}\n{told:?}")),
                );
            }
        }
    }
    assert!(faults.is_empty(), "{layout}: {}", faults.join("\n---\n"));
    assert!(
        n_problems * 100 <= n_lines * n_told,
        "{layout}: {n_problems} of {n_lines} lines are told: {told:?}"
    );
}

fn each(people: &[&Somebody], print: impl Fn(usize, &Somebody) -> String) -> String {
    let lines = people
        .iter()
        .enumerate()
        .map(|(i, person)| print(i, person));
    lines.collect::<Vec<String>>().join("\n")
}

fn department() -> RosterKind {
    RosterKind::Department {
        employer: "Example Hospital".to_owned(),
    }
}

fn match_list() -> RosterKind {
    RosterKind::MatchList {
        school: "SGU".to_owned(),
    }
}

type Named = fn(&Somebody) -> String;
type Print = dyn Fn(usize, &Somebody) -> String;

#[test]
fn department_pages_lose_nobody() {
    let lines: [(&str, usize, &Print); 23] = [
        ("surname, given", 0, &|_, p| p.turned()),
        ("surname, given, degree", 0, &|_, p| {
            format!("{}, {}", p.turned(), p.degree)
        }),
        ("surname, degree, given", 0, &|_, p| {
            format!("{}, {}, {}", p.surname(), p.degree, p.given)
        }),
        ("surname, given degree", 0, &|_, p| {
            format!("{} {}", p.turned(), p.degree.replace(',', ""))
        }),
        ("given surname", 0, &|_, p| p.plain()),
        ("given surname, degree", 0, &|_, p| {
            format!("{}, {}", p.plain(), p.degree)
        }),
        ("given surname degree", 0, &|_, p| {
            format!("{} {}", p.plain(), p.degree.replace(", ", "/"))
        }),
        ("capitals throughout", 0, &|_, p| p.turned().to_uppercase()),
        ("titles", 0, &|_, p| format!("Dr. {}", p.plain())),
        ("numbers", 0, &|i, p| {
            format!("{}. {}, {}", i + 1, p.turned(), p.degree)
        }),
        ("degrees of some", 0, &|i, p| match i % 3 {
            0 => p.turned(),
            _ => format!("{}, {}", p.turned(), p.degree),
        }),
        ("mail below, surname first", 0, &|_, p| {
            format!("{}\n{}", p.turned(), p.mail)
        }),
        ("mail below, given first", 0, &|_, p| {
            format!("{}, {}\n{}", p.plain(), p.degree, p.mail)
        }),
        ("post and mail below", 0, &|i, p| {
            format!("{}, {}\n{}\n{}", p.turned(), p.degree, POSTS[i % 5], p.mail)
        }),
        ("post below, empty lines between", 0, &|i, p| {
            format!("{}\n{}\n", p.plain(), POSTS[i % 5])
        }),
        ("every line apart", 0, &|_, p| format!("{}\n", p.turned())),
        ("post behind", 0, &|i, p| {
            format!("{}, {}, {}", p.plain(), p.degree, POSTS[i % 5])
        }),
        ("columns, name first", 0, &|i, p| {
            format!("{}\t{}\t{}", p.turned(), POSTS[i % 5], p.mail)
        }),
        ("columns, post first", 0, &|i, p| {
            format!("{}\t{}\t{}", POSTS[i % 5], p.turned(), p.mail)
        }),
        ("columns, address first", 0, &|i, p| {
            format!("{}\t{}\t{}", p.mail, POSTS[i % 5], p.plain())
        }),
        ("bars", 0, &|i, p| {
            format!(
                "{}, {} | {} | {}",
                p.plain(),
                p.degree,
                POSTS[i % 5],
                p.mail
            )
        }),
        ("town below", 0, &|_, p| {
            format!("{}, {}\nAustin, Texas\n{}", p.turned(), p.degree, p.mail)
        }),
        ("labels below", 0, &|i, p| {
            format!(
                "{}, {}\nTitle: {}\nEmail: {}",
                p.plain(),
                p.degree,
                POSTS[i % 5],
                p.mail
            )
        }),
    ];
    for (layout, n_told, line) in lines {
        check(&department(), layout, n_told, &|people| each(people, line));
    }
}

#[test]
fn headings_are_nobody_and_nobodys() {
    let headings = [
        "Program Leadership",
        "Current Fellows",
        "PGY-3 (R2)",
        "Administrative Staff",
        "Class of 2027",
        "Faculty",
        "Chief Residents",
        "Interventional Radiology Faculty",
        "Attendings:",
        "PGY-4",
        "Fellows",
        "Our Team",
    ];
    let lines: [(&str, &Print); 5] = [
        ("surname, given", &|_, p| p.turned()),
        ("surname, given, degree", &|_, p| {
            format!("{}, {}", p.turned(), p.degree)
        }),
        ("given surname, degree", &|_, p| {
            format!("{}, {}", p.plain(), p.degree)
        }),
        ("given surname", &|_, p| p.plain()),
        ("mail below", &|_, p| format!("{}\n{}", p.turned(), p.mail)),
    ];
    for (layout, line) in lines {
        for between in ["", "\n"] {
            check(
                &department(),
                &format!("{layout} {between:?}"),
                0,
                &|people| {
                    each(people, |i, p| match i % 2 {
                        0 => format!("{between}{}\n{}", headings[i / 2 % 12], line(i, p)),
                        _ => line(i, p),
                    })
                },
            );
        }
    }
}

#[test]
fn match_lists_lose_nobody() {
    let names: [(&str, Named); 4] = [
        ("turned", Somebody::turned),
        ("plain", Somebody::plain),
        ("turned with degree", |p| {
            format!("{}, {}", p.turned(), p.degree)
        }),
        ("plain with degree", |p| {
            format!("{}, {}", p.plain(), p.degree)
        }),
    ];
    for (style, name) in names {
        for separator in ["\t", " | ", "    ", "  ", " – ", " - ", ", "] {
            for order in [
                [0, 1, 2],
                [0, 2, 1],
                [1, 0, 2],
                [1, 2, 0],
                [2, 0, 1],
                [2, 1, 0],
            ] {
                for bullet in ["", "• "] {
                    if !bullet.is_empty() && separator != "\t" {
                        continue;
                    }
                    let layout = format!("{style} {separator:?} {order:?} {bullet}");
                    check(&match_list(), &layout, 0, &|people| {
                        each(people, |i, p| {
                            let hospital = HOSPITALS[(i * 7 + people.len()) % HOSPITALS.len()];
                            let cells = [&name(p), FIELDS[i % 4], hospital];
                            let cells = order.map(|at| cells[at]);
                            format!("{bullet}{}", cells.join(separator))
                        })
                    });
                }
            }
        }
    }
}
