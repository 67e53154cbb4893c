//! The transcript in the README is what the commands really print.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use app::cli::{Cli, Streams};
use clap::Parser as _;
use desk::FixedClock;
use jiff::tz::TimeZone;

/// Where the transcript stands in the README.
const BEGIN: &str = "<!-- transcript -->\n```console\n";
const END: &str = "```\n<!-- end of transcript -->";

/// What a student types, word by word.
const COMMANDS: &[&[&str]] = &[
    &[
        "set-up",
        "--name",
        "Solange Baptiste",
        "--stage",
        "MS3",
        "--school",
        "SGU",
    ],
    &["import", "Connections.csv", "--yes"],
    &["programs", "--list", "4203521221"],
    &["programs", "--list", "4163300004"],
    &[
        "log",
        "yesterday call with Dr. Rao @SIR27 15 min, she offered to introduce me",
    ],
    &["today"],
    &["who", "maimonides"],
    &[
        "write",
        "Omar Haddad",
        "--template",
        "alumni-intro",
        "--slot",
        "how_found=I found your name among our graduates on the alumni page.",
        "--slot",
        "personal=Your way from our island to Montefiore gives me courage, and your note on reading at night stayed with me.",
        "--slot",
        "question=how you chose where to apply",
        "--slot",
        "subject_topic=Your way to Montefiore",
    ],
    &["check", "letter.txt"],
    &["undo"],
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Returns the words as they are typed in a shell.
fn typed(words: &[&str]) -> String {
    let quoted = words.iter().map(|word| {
        if word.contains(|c: char| c.is_whitespace() || c == '@') {
            format!("\"{word}\"")
        } else {
            (*word).to_owned()
        }
    });
    format!("$ vouch {}", quoted.collect::<Vec<_>>().join(" "))
}

/// Returns the text with every random identity shortened, since it is another
/// one each time.
fn without_ids(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_ascii_hexdigit()) {
        let is_id = rest
            .get(at..at + 36)
            .is_some_and(|id| uuid::Uuid::parse_str(id).is_ok());
        let end = at + if is_id { 36 } else { 1 };
        out.push_str(&rest[..at]);
        out.push_str(if is_id { "…" } else { &rest[at..end] });
        rest = &rest[end..];
    }
    out + rest
}

fn transcript() -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let vault = folder.path().join("vault");
    let now = "2027-03-02T14:00:00Z".parse().expect("an instant");
    let clock = Arc::new(FixedClock::new(now, TimeZone::UTC));
    let mut said = String::new();
    for words in COMMANDS {
        said.push_str(&typed(words));
        said.push('\n');
        let example = root().join("docs/example");
        let mut arguments = vec!["vouch".to_owned(), "--vault".to_owned()];
        arguments.push(vault.display().to_string());
        arguments.extend(words.iter().map(|word| {
            let file = example.join(word);
            if file.is_file() {
                file.display().to_string()
            } else {
                (*word).to_owned()
            }
        }));
        let cli = Cli::try_parse_from(arguments).expect("the arguments are understood");
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let streams = Streams {
            input: &mut std::io::empty(),
            interactive: false,
            ask: &mut |_| unreachable!("nobody is asked"),
            out: &mut out,
            err: &mut err,
        };
        let clock: Arc<dyn desk::Clock> = clock.clone();
        let result = app::cli::run(cli, vault.clone(), clock, streams);
        said.push_str(&String::from_utf8(err).expect("UTF-8"));
        said.push_str(&String::from_utf8(out).expect("UTF-8"));
        if let Err(error) = result {
            said.push_str(&format!("vouch: {error}\n"));
        }
        said.push('\n');
    }
    let said = said.replace(&format!("{}/", root().join("docs/example").display()), "");
    without_ids(said.trim_end()) + "\n"
}

#[test]
fn the_transcript_is_what_the_commands_print() {
    let file = root().join("README.md");
    let readme = std::fs::read_to_string(&file).expect("README.md");
    let begin = readme.find(BEGIN).expect("the transcript's begin") + BEGIN.len();
    let end = begin + readme[begin..].find(END).expect("the transcript's end");
    let fresh = transcript();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        let updated = format!("{}{fresh}{}", &readme[..begin], &readme[end..]);
        std::fs::write(&file, updated).expect("README.md can be written");
        return;
    }
    assert_eq!(
        &readme[begin..end],
        fresh,
        "the README's transcript is stale; UPDATE_DOCS=1 cargo test -p app rewrites it"
    );
}
