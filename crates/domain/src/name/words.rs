//! Words that stand in names without being names: titles, degrees, particles; and
//! how alike two words are.

use crate::fold;

/// Generational suffixes, folded and without full stops.
const SUFFIXES: &[&str] = &["jr", "sr", "ii", "iii", "iv", "v", "junior", "senior"];

/// Degrees and memberships that follow a name, folded and without full stops.
const CREDENTIALS: &[&str] = &[
    "md", "do", "mbbs", "mbchb", "mbbch", "bmbs", "mph", "ms", "msc", "mba", "mbe", "mhs", "mhsc",
    "mpp", "mpa", "mha", "med", "ma", "phd", "dphil", "dsc", "drph", "edd", "fsir", "facr",
    "fscvir", "fsvm", "frcr", "frcpc", "frcsc", "frcp", "frcs", "franzcr", "febir", "ebir",
    "fcirse", "faha", "facc", "facp", "facs", "fasn", "fsvu", "faafp", "fahe", "macc", "rpvi",
    "rn", "bsn", "msn", "dnp", "np", "fnp", "fnpc", "aprn", "crna", "pa", "pac", "rpa", "rra",
    "rt", "rtr", "bsc", "bs", "ba", "jd", "pharmd", "dds", "dmd", "dpt", "cra", "cpc", "pmp",
];

/// Titles that stand before a name: folded, and as they are written.
const TITLES: &[(&str, &str)] = &[
    ("dr", "Dr."),
    ("doctor", "Dr."),
    ("dra", "Dr."),
    ("prof", "Prof."),
    ("professor", "Prof."),
    ("mr", "Mr."),
    ("mrs", "Mrs."),
    ("ms", "Ms."),
    ("miss", "Ms."),
];

/// Particles that belong to the surname which follows them.
const PARTICLES: &[&str] = &[
    "al", "ap", "ben", "bin", "bint", "da", "dal", "de", "del", "della", "der", "di", "do", "dos",
    "das", "du", "el", "ibn", "la", "las", "le", "los", "mac", "mc", "saint", "sainte", "san",
    "santa", "st", "ste", "ten", "ter", "van", "vander", "von", "zu", "y", "e",
];

/// Frequent first surnames of people who carry two, none of which is a usual
/// given name: where one stands before the last word of a name, both are surname.
const FIRST_SURNAMES: &[&str] = &[
    "acosta",
    "aguilar",
    "almeida",
    "alvarado",
    "alvarez",
    "alves",
    "araujo",
    "barbosa",
    "benitez",
    "cabrera",
    "calderon",
    "campos",
    "cardoso",
    "carvalho",
    "castillo",
    "castro",
    "cavalcanti",
    "chavez",
    "contreras",
    "cordero",
    "correa",
    "cortes",
    "costa",
    "delgado",
    "dias",
    "diaz",
    "dominguez",
    "duarte",
    "echeverria",
    "escobar",
    "espinoza",
    "estrada",
    "fernandes",
    "fernandez",
    "ferreira",
    "figueroa",
    "flores",
    "fonseca",
    "fuentes",
    "gallardo",
    "garcia",
    "garza",
    "gomes",
    "gomez",
    "goncalves",
    "gonzales",
    "gonzalez",
    "guerrero",
    "gutierrez",
    "guzman",
    "hernandez",
    "herrera",
    "ibanez",
    "jimenez",
    "juarez",
    "lopes",
    "lopez",
    "machado",
    "maldonado",
    "marquez",
    "martinez",
    "medina",
    "mejia",
    "melendez",
    "mendes",
    "mendez",
    "mendoza",
    "miranda",
    "molina",
    "montero",
    "morales",
    "moreira",
    "moreno",
    "munoz",
    "navarro",
    "nieves",
    "nunez",
    "ochoa",
    "oliveira",
    "ortega",
    "ortiz",
    "pacheco",
    "padilla",
    "pena",
    "pereira",
    "perez",
    "pinto",
    "quinones",
    "quintero",
    "ramirez",
    "ramos",
    "reyes",
    "ribeiro",
    "rios",
    "rivera",
    "rodrigues",
    "rodriguez",
    "rojas",
    "romero",
    "rosado",
    "rubio",
    "ruiz",
    "salazar",
    "salgado",
    "sanchez",
    "sandoval",
    "silva",
    "soares",
    "solis",
    "sosa",
    "soto",
    "sousa",
    "souza",
    "suarez",
    "teixeira",
    "torres",
    "trujillo",
    "valdez",
    "vargas",
    "vazquez",
    "vasquez",
    "vega",
    "velasquez",
    "velazquez",
    "villanueva",
    "zamora",
    "zapata",
];

/// Returns a word folded, with letters and digits only.
pub(super) fn bare(word: &str) -> String {
    fold(word).chars().filter(|c| c.is_alphanumeric()).collect()
}

pub(super) fn title_of(word: &str) -> Option<&'static str> {
    let bare = bare(word);
    TITLES
        .iter()
        .find(|(folded, _)| *folded == bare)
        .map(|(_, written)| *written)
}

/// Returns whether a word behind a title only goes on with it.
pub(super) fn goes_with_title(word: &str) -> bool {
    const FIELDS: [&str; 6] = ["med.", "dent.", "phil.", "rer.", "nat.", "habil."];
    matches!(word, "&" | "and" | "und") || FIELDS.contains(&fold(word).as_str())
}

pub(super) fn is_credential(word: &str) -> bool {
    CREDENTIALS.contains(&bare(word).as_str())
}

pub(super) fn is_suffix(word: &str) -> bool {
    SUFFIXES.contains(&bare(word).as_str())
}

pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&bare(word).as_str())
}

pub(super) fn is_first_surname(word: &str) -> bool {
    FIRST_SURNAMES.contains(&bare(word).as_str())
}

/// Returns a word without the second letters by which people write ä, ö, ü, å
/// where they have no such keys; both spellings come to the same.
pub(super) fn plain_spelling(word: &str) -> String {
    let mut plain = String::with_capacity(word.len());
    let mut before = ' ';
    for c in word.chars() {
        let is_second = matches!((before, c), ('a' | 'o' | 'u', 'e') | ('a', 'a'));
        before = c;
        if !is_second {
            plain.push(c);
        }
    }
    plain
}

/// Returns whether two words differ by one letter changed, added, left out, or
/// swapped with its neighbour. Short words differ so from too many others.
pub(super) fn is_typo(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if x.len() <= y.len() {
        (&x, &y)
    } else {
        (&y, &x)
    };
    if short.len() < 4 || long.len() - short.len() > 1 || short == long {
        return false;
    }
    let start = short.iter().zip(long).take_while(|(p, q)| p == q).count();
    let end = short[start..]
        .iter()
        .rev()
        .zip(long[start..].iter().rev())
        .take_while(|(p, q)| p == q)
        .count();
    let (p, q) = (
        &short[start..short.len() - end],
        &long[start..long.len() - end],
    );
    match (p, q) {
        ([], [_]) | ([_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    }
}
