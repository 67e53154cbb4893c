//! Script, SVG and CSS in every field that an import fills: on every page they
//! are text, and nothing else.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use axum::http::StatusCode;

use super::Student;

/// What each field holds; the word in it tells that a page shows it.
const HOSTILE: [&str; 6] = [
    "<script>alert('planted')</script>",
    "<svg onload=alert(1)><style>*{display:none}</style>planted</svg>",
    "' onfocus=alert(1) autofocus x='planted",
    "\" onmouseover=alert(1) style=\"position:fixed\" planted=\"",
    "</textarea></title><iframe src=https://evil.example>planted</iframe>",
    "--><base href=https://evil.example/><link rel=stylesheet href=//evil.example/planted.css>",
];

/// A tag as a browser reads it: its name, and its attributes by name.
type Tag = (String, BTreeMap<String, String>);

/// Returns the tags of a page. The text inside elements that hold no tags
/// (title, textarea) is passed over, as a browser does.
fn tags(page: &str) -> Vec<Tag> {
    let mut found = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |it| it.1);
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            continue;
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
            .unwrap_or(rest.len());
        let name = rest[..end].to_ascii_lowercase();
        let (attributes, after) = attributes(&rest[end..]);
        rest = after;
        if matches!(name.as_str(), "title" | "textarea") {
            let close = format!("</{name}");
            let at = rest.to_ascii_lowercase().find(&close);
            rest = &rest[at.unwrap_or(rest.len())..];
        }
        found.push((name, attributes));
    }
    found
}

/// Reads attributes up to the end of their tag, and returns what follows it.
fn attributes(text: &str) -> (BTreeMap<String, String>, &str) {
    let mut found = BTreeMap::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
        if rest.is_empty() {
            return (found, rest);
        }
        if let Some(after) = rest.strip_prefix('>') {
            return (found, after);
        }
        let end = rest
            .find(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/'))
            .unwrap_or(rest.len());
        let name = rest[..end.max(1)].to_ascii_lowercase();
        rest = rest[end.max(1)..].trim_start();
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            (value, rest) = match quote {
                Some(quote) => after[1..].split_once(quote).unwrap_or((&after[1..], "")),
                None => after.split_at(
                    after
                        .find(|c: char| c.is_whitespace() || c == '>')
                        .unwrap_or(after.len()),
                ),
            };
        }
        found.insert(name, value.to_owned());
    }
}

/// Returns what in a page could act, or reach out, beyond what our own pages do.
fn acts(page: &str) -> Vec<String> {
    let mut culprits = Vec::new();
    for (name, attributes) in tags(page) {
        let value = |key: &str| attributes.get(key).map_or("", String::as_str);
        let of_ours = match name.as_str() {
            "script" => value("src").starts_with("/static/"),
            "link" => value("href").starts_with("/static/"),
            "img" => value("src").starts_with("/static/"),
            "svg" => matches!(value("class"), "icon" | "state-map" | "year-bars"),
            "meta" => value("http-equiv").is_empty(),
            "style" | "iframe" | "object" | "embed" | "base" | "math" | "template" => false,
            _ => true,
        };
        if !of_ours {
            culprits.push(format!("<{name} {attributes:?}>"));
        }
        for (key, value) in &attributes {
            let address = value.trim().to_ascii_lowercase();
            let leads_out = matches!(key.as_str(), "action" | "formaction" | "src")
                && (!address.starts_with('/') || address.starts_with("//"));
            let runs = key == "href"
                && ["javascript:", "data:", "vbscript:"]
                    .iter()
                    .any(|it| address.starts_with(it));
            if key.starts_with("on") || key == "style" || leads_out || runs {
                culprits.push(format!("<{name} {key}={value:?}>"));
            }
        }
    }
    culprits
}

#[test]
fn a_page_that_acts_is_found() {
    for page in [
        "<p>a<script>alert(1)</script>",
        "<p style=\"color:red\">",
        "<a href=' JavaScript:alert(1)'>",
        "<svg/onload=alert(1)>",
        "<form action=//evil.example/ method=post>",
        "<textarea></textarea><img src=x onerror=alert(1)>",
    ] {
        assert!(!acts(page).is_empty(), "{page}");
    }
    for page in [
        "<title><script></title><p title=\"<script onload=x>\">&lt;script&gt;",
        "<a href=\"/people?q=javascript:\">a</a><textarea><svg></textarea>",
    ] {
        assert_eq!(acts(page), [""; 0], "{page}");
    }
}

/// Returns a field of a CSV file.
fn field(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

/// A student into whose vault every hostile text came in every field.
async fn student() -> Student {
    let student = Student::new().await;
    let mut file = "First Name,Last Name,Organization Name,Organization Title,Notes,Labels,\
                    E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,\
                    Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,\
                    Custom Field 1 - Value\n"
        .to_owned();
    for (i, text) in HOSTILE.iter().enumerate() {
        let text = field(text);
        file.push_str(&format!(
            "{text},Planted{i},{text},{text},{text},{text},{text},p{i}@example.org,{text},{text},\
             {text},javascript:alert({i}),{text},{text}\n"
        ));
    }
    let preview = student.drop_file("planted.csv", file.as_bytes()).await;
    let path = preview.between("action=\"/import/", "\"");
    student.post(&format!("/import/{path}"), &[]).await;
    for text in HOSTILE {
        student
            .log(&format!("call with Dr. Asha Rao, {text}"))
            .await;
        student
            .post(
                "/set-up",
                &[("name", text), ("stage", "MS3"), ("school", text)],
            )
            .await;
        student
            .post(
                "/programs/new",
                &[
                    ("kind", "program"),
                    ("name", text),
                    ("city", text),
                    ("state", "NY"),
                    ("track", "dr"),
                ],
            )
            .await;
    }
    student
}

/// Returns an address with what tells its pages apart taken out.
fn kind_of(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let is_id = |part: &str| part.len() >= 8 && part.contains(|c: char| c.is_ascii_digit());
    let parts: Vec<&str> = path
        .split('/')
        .map(|it| if is_id(it) { "ID" } else { it })
        .collect();
    let keys: Vec<&str> = query
        .split('&')
        .map(|it| it.split('=').next().unwrap_or_default())
        .collect();
    format!("{}?{}", parts.join("/"), keys.join("&"))
}

/// As many pages of a kind are looked at.
const PER_KIND: usize = 8;

#[tokio::test]
async fn what_an_import_brings_acts_on_no_page() {
    let student = student().await;
    let mut waiting: VecDeque<String> = ["/", "/people", "/search?q=planted", "/palette?q=planted"]
        .into_iter()
        .chain([
            "/people?q=planted",
            "/log?line=call+with+Planted0",
            "/export",
        ])
        .map(str::to_owned)
        .collect();
    // What is typed into an address is as foreign as what is imported.
    for text in HOSTILE {
        let typed: String = form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for page in [
            "people?q",
            "people?tag",
            "search?q",
            "log?line",
            "write?purpose",
        ] {
            waiting.push_back(format!("/{page}={typed}"));
        }
    }
    let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
    let mut n_of_kind: BTreeMap<String, usize> = BTreeMap::new();
    let (mut n_pages, mut n_showing) = (0, 0);
    while let Some(address) = waiting.pop_front() {
        let answer = student.ask(&address).await;
        let is_page = answer
            .header("content-type")
            .is_some_and(|it| it.starts_with("text/html"));
        assert_ne!(
            answer.status,
            StatusCode::INTERNAL_SERVER_ERROR,
            "{address}"
        );
        if !is_page {
            continue;
        }
        assert_eq!(acts(&answer.text), [""; 0], "{address}");
        n_pages += 1;
        n_showing += usize::from(answer.text.contains("planted"));
        for (_, attributes) in tags(&answer.text) {
            let Some(to) = attributes.get("href").filter(|it| it.starts_with('/')) else {
                continue;
            };
            let to = to
                .split('#')
                .next()
                .unwrap_or_default()
                .replace("&#38;", "&");
            let is_file = ["/static/", "/export/", "/vault/backups/"]
                .iter()
                .any(|folder| to.starts_with(folder));
            if is_file || !seen.insert(to.clone()) {
                continue;
            }
            let n = n_of_kind.entry(kind_of(&to)).or_default();
            *n += 1;
            if *n <= PER_KIND {
                waiting.push_back(to);
            }
        }
    }
    assert!(n_pages > 60, "{n_pages} pages were reached");
    assert!(n_showing > 30, "{n_showing} pages show what was planted");
}
