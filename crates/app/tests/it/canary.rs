//! Words planted in every kind of field, and every secret, with the real
//! program: none of them stands readable in a file, or in what it prints.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

/// One word for each kind of field.
const PLANTED: [(&str, &str); 12] = [
    ("name", "Xylonamea"),
    ("contact", "xylocontact@example.org"),
    ("phone", "+1 246 555 0187"),
    ("note", "Xylonoteb"),
    ("tag", "xylotagc"),
    ("employer", "Xyloemployer"),
    ("extra field", "Xyloextrad"),
    ("setting", "Xylosettinge"),
    ("log line", "Xylologf"),
    ("message", "Xylomessageg"),
    ("subject", "Xylosubjecth"),
    ("own program", "Xyloprogrami"),
];

const PASSPHRASE: &str = "Xylopassphrase one";
const CHANGED: &str = "Xylopassphrase two";
const BACKUP: &str = "Xylobackup phrase";

/// A process of ours, which ends with the test however that ends.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A `vouch serve` of our own, and the browser that it let in.
struct Served {
    child: Running,
    out: BufReader<std::process::ChildStdout>,
    printed: String,
    port: u16,
    cookie: String,
}

impl Served {
    fn start(vault: &Path, temporary: &Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_vouch"))
            .args(["serve", "--no-browser", "--vault"])
            .arg(vault)
            .env("TMPDIR", temporary)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it runs");
        let mut out = BufReader::new(child.stdout.take().expect("piped"));
        let mut printed = String::new();
        out.read_line(&mut printed).expect("an address");
        let (_, rest) = printed.split_once("127.0.0.1:").expect("an address");
        let (port, token) = rest.trim().split_once("/?token=").expect("a token");
        let port: u16 = port.parse().expect("a port");
        let cookie = format!("vouch_{port}={token}");
        Self {
            child: Running(child),
            out,
            printed,
            port,
            cookie,
        }
    }

    fn send(&self, method: &str, path: &str, kind: &str, body: &[u8]) -> String {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{0}\r\nOrigin: http://127.0.0.1:{0}\r\n\
             Accept: text/html\r\nCookie: {1}\r\nContent-Type: {kind}\r\n\
             Content-Length: {2}\r\nConnection: close\r\n\r\n",
            self.port,
            self.cookie,
            body.len()
        );
        stream.write_all(head.as_bytes()).expect("sent");
        stream.write_all(body).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("answered");
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, path: &str) -> String {
        self.send("GET", path, "text/plain", b"")
    }

    /// Posts a form, and follows where it leads.
    fn post(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        self.follow(self.send("POST", path, kind, form.finish().as_bytes()))
    }

    fn import(&self, file: &str) {
        let body = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"c.csv\"\r\n\r\n\
             {file}\r\n--part--\r\n"
        );
        let kind = "multipart/form-data; boundary=part";
        let page = self.follow(self.send("POST", "/import/file", kind, body.as_bytes()));
        let id = between(&page, "action=\"/import/", "\"");
        self.post(&format!("/import/{id}"), &[]);
    }

    fn follow(&self, answer: String) -> String {
        let place = answer
            .lines()
            .find_map(|line| line.strip_prefix("location: "));
        place.map_or(answer.clone(), |to| self.get(to.trim()))
    }

    /// Kills it, and returns all that it ever printed.
    fn kill(mut self) -> String {
        self.child.0.kill().expect("killed");
        let mut printed = self.printed;
        self.out.read_to_string(&mut printed).expect("text");
        let mut errors = self.child.0.stderr.take().expect("piped");
        errors.read_to_string(&mut printed).expect("text");
        printed
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let Some((_, rest)) = text.split_once(before) else {
        panic!("no {before} in:\n{text}");
    };
    rest.split(after).next().unwrap_or_default()
}

fn plant(served: &Served) {
    let word = |kind: &str| {
        let found = PLANTED.iter().find(|(name, _)| *name == kind);
        found.expect("a planted word").1
    };
    let file = format!(
        "First Name,Last Name,Organization Name,Notes,Labels,E-mail 1 - Label,E-mail 1 - Value,\
         Phone 1 - Label,Phone 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n\
         {},Rao,{},{},* myContacts ::: {},Work,{},Mobile,{},Step,{}\n",
        word("name"),
        word("employer"),
        word("note"),
        word("tag"),
        word("contact"),
        word("phone"),
        word("extra field"),
    );
    served.import(&file);
    served.post(
        "/set-up",
        &[
            ("name", word("setting")),
            ("stage", "MS3"),
            ("school", "SGU"),
        ],
    );
    let line = format!("call with {} Rao, {}", word("name"), word("log line"));
    served.post("/log", &[("line", &line)]);
    served.post(
        "/programs/new",
        &[
            ("kind", "program"),
            ("name", word("own program")),
            ("city", "Bridgetown"),
            ("state", "NY"),
            ("track", "dr"),
        ],
    );
    let people = served.get("/people");
    let person = between(&people, "<th scope=\"row\"><a href=\"/people/", "\"").to_owned();
    let begun = served.post(
        "/write",
        &[
            ("template", "alumni-intro"),
            ("person", &person),
            ("slot-question", "how you chose"),
        ],
    );
    let message = between(&begun, "action=\"/write/", "\"").to_owned();
    served.post(
        &format!("/write/{message}"),
        &[
            ("subject", word("subject")),
            ("text", word("message")),
            ("do", "save"),
        ],
    );
    // What is looked for, and what is refused, passes through as well.
    served.get(&format!("/search?q={}", word("note")));
    served.get(&format!("/{}", word("note")));
    served.post(
        "/set-up",
        &[("name", word("setting")), ("zone", word("note"))],
    );
}

/// Returns every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found
}

/// Fails where one of the words stands in the bytes, letter case aside, in
/// UTF-8 or in UTF-16.
fn assert_absent(bytes: &[u8], words: &[&str], place: &str) {
    let lower = bytes.to_ascii_lowercase();
    for word in words {
        let plain = word.to_lowercase().into_bytes();
        let wide: Vec<u8> = word
            .to_lowercase()
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        for spelt in [plain, wide] {
            let holds = lower.windows(spelt.len()).any(|it| it == spelt);
            assert!(!holds, "\"{word}\" stands in {place}");
        }
    }
}

fn assert_nowhere(places: &[&TempDir], words: &[&str]) -> usize {
    let all: Vec<PathBuf> = places.iter().flat_map(|it| files(it.path())).collect();
    for file in &all {
        // A file of SQLite's may go while we look.
        let bytes = fs::read(file).unwrap_or_default();
        assert_absent(&bytes, words, &file.display().to_string());
    }
    all.len()
}

#[test]
fn nothing_that_was_planted_is_readable_in_a_file_or_in_what_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let temporary = tempfile::tempdir().expect("a folder");
    let vault = folder.path().join("vault");
    let served = Served::start(&vault, temporary.path());
    plant(&served);
    let export = served.get("/export/vouch.json");
    for (kind, word) in PLANTED {
        assert!(export.contains(word), "the {kind} was not planted");
    }
    let secrets = [PASSPHRASE, CHANGED, BACKUP];
    let words: Vec<&str> = PLANTED.iter().map(|it| it.1).chain(secrets).collect();
    let places = [&folder, &temporary];
    assert!(vault.join("vouch.db-wal").exists(), "the log is looked at");
    assert_nowhere(&places, &words);

    let key = fs::read_to_string(vault.join("vouch.key")).expect("a key");
    let twice = |passphrase| [("new", passphrase), ("again", passphrase)];
    served.post("/vault/lock", &twice(PASSPHRASE));
    let mut change = twice(CHANGED).to_vec();
    change.push(("present", PASSPHRASE));
    served.post("/vault/lock", &change);
    let sheet = served.post("/vault/recovery", &[("present", CHANGED)]);
    let group = between(&sheet, "<li><code>", "</code>").to_owned();
    let mut asked = twice(BACKUP).to_vec();
    asked.push(("to", "folder"));
    let page = served.post("/vault/backup", &asked);
    assert!(page.contains("lies in the folder"), "{page}");
    let name = between(&page, "The backup backup-", " ").to_owned();
    let name = format!("backup-{name}");
    let compared = served.post(
        "/vault/restore/named",
        &[("name", &name), ("passphrase", BACKUP)],
    );
    // A staged restore lies in the folder now.
    let mut words = words;
    // From here on the key may be bare nowhere, and no group of the code anywhere.
    words.extend([key.as_str(), group.as_str()]);
    assert!(
        files(&vault)
            .iter()
            .any(|it| it.to_string_lossy().contains("unfinished-")),
        "the staged copy is looked at"
    );
    assert_nowhere(&places, &words[..words.len() - 1]);
    let id = between(&compared, "action=\"/vault/restore/", "\"").to_owned();
    let restored = served.post(&format!("/vault/restore/{id}"), &[]);
    assert!(restored.contains("The backup is restored"), "{restored}");
    served.post("/vault/close", &[]);
    served.post("/unlock", &[("passphrase", PASSPHRASE)]);
    let printed = served.kill();
    assert_absent(printed.as_bytes(), &words, "what was printed");
    let n_files = assert_nowhere(&places, &words[..words.len() - 1]);
    assert!(
        n_files >= 6,
        "data, key, backup, replaced vault: {n_files} files"
    );
    // The code's letters are few enough to stand in encrypted bytes by chance.
    let key_file = fs::read(vault.join("vouch.key")).expect("a key");
    assert_absent(&key_file, &words, "the key file");
}

#[test]
fn whatever_is_asked_for_adds_no_line_to_what_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let served = Served::start(&folder.path().join("vault"), folder.path());
    let forged = "%0d%0aVouch%20is%20open%20at%20http://evil.example%0a%1b%5b2JXylolog";
    for path in [
        format!("/{forged}"),
        format!("/search?q={forged}"),
        format!("/people/{forged}"),
        format!("/?token={forged}"),
        format!("/vault/backups/{forged}"),
        format!("/export/csv/{forged}"),
    ] {
        let answer = served.get(&path);
        let head = answer.split("\r\n\r\n").next().unwrap_or_default();
        assert!(!head.contains("evil.example\n"), "{head}");
        assert!(!head.contains('\x1b'), "{head}");
    }
    served.post("/import/path", &[("path", "/nowhere\r\nXylolog")]);
    served.post("/log", &[("line", "call with Xylolog\r\n\x1b[2JVouch")]);
    served.send("GET", "/\r\nX-Xylolog: 1", "text/plain", b"");
    served.send("XYLOLOG", "/people", "text/\tXylolog", b"");
    served.send("POST", "/set-up", "text/plain", b"\xff\xfe\x1b[2J");
    let printed = served.kill();
    let lines: Vec<&str> = printed.lines().collect();
    assert_eq!(
        lines.len(),
        2,
        "the address, and how to stop it: {printed:?}"
    );
    assert!(
        !printed.contains("Xylolog") && !printed.contains('\x1b'),
        "{printed:?}"
    );
}
