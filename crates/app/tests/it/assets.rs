//! The embedded files are complete, typed, cached for ever and free of tricks.

use std::collections::BTreeSet;
use std::path::Path;

use app::web::assets;
use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::web_support::Shell;

/// Returns the names and contents of a folder of this crate.
fn folder(name: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(name)];
    while let Some(path) = waiting.pop() {
        for entry in std::fs::read_dir(path).expect("the folder is there") {
            let path = entry.expect("readable").path();
            if path.is_dir() {
                waiting.push(path);
            } else {
                let name = path
                    .file_name()
                    .expect("a file")
                    .to_string_lossy()
                    .into_owned();
                found.push((name, std::fs::read_to_string(&path).expect("text")));
            }
        }
    }
    found
}

#[test]
fn every_file_of_the_folder_is_embedded() {
    let in_folder: BTreeSet<String> = folder("static").into_iter().map(|(name, _)| name).collect();
    let embedded: BTreeSet<String> = assets::names().map(String::from).collect();
    assert_eq!(embedded, in_folder);
}

#[tokio::test]
async fn files_need_no_cookie_and_stay_in_the_cache() {
    let shell = Shell::new();
    for name in assets::names() {
        let request = Shell::bare(Method::GET, &assets::url(name)).body(Body::empty());
        let answer = shell.send(request.expect("well formed")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        let expected = match name.rsplit_once('.').expect("an ending").1 {
            "css" => "text/css; charset=utf-8",
            "js" => "text/javascript; charset=utf-8",
            "svg" => "image/svg+xml",
            other => panic!("no type is expected for .{other}"),
        };
        assert_eq!(answer.header("content-type"), Some(expected), "{name}");
        let cached = answer.header("cache-control").unwrap_or_default();
        assert!(cached.contains("immutable"), "{name}: {cached}");
    }
}

#[tokio::test]
async fn other_hashes_names_and_paths_lead_nowhere() {
    let shell = Shell::new();
    for path in [
        "/static/0000000000000000/base.css".to_owned(),
        assets::url("nothing.css"),
        assets::url("../Cargo.toml"),
        assets::url("..%2fCargo.toml"),
        assets::url("%2e%2e/%2e%2e/Cargo.toml"),
        "/static/".to_owned(),
    ] {
        let answer = shell.open(&path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
}

#[test]
fn nothing_is_inline_and_nothing_comes_from_elsewhere() {
    for (name, text) in folder("templates") {
        for forbidden in [
            "style=",
            "<style",
            "javascript:",
            " onclick",
            " onload",
            " onerror",
        ] {
            assert!(!text.contains(forbidden), "{name} has {forbidden}");
        }
        for script in text.split("<script").skip(1) {
            assert!(
                script.trim_start().starts_with("src=") || script.contains("type=\"module\" src=")
            );
        }
    }
    for (name, text) in folder("static") {
        let text = text.replace("http://www.w3.org/2000/svg", "");
        for forbidden in [
            "http:",
            "https:",
            "@import",
            "url(",
            "eval(",
            "innerHTML",
            "style=",
        ] {
            assert!(!text.contains(forbidden), "{name} has {forbidden}");
        }
    }
}

#[test]
fn components_name_tokens_and_no_colours() {
    for (name, text) in folder("static") {
        if !name.ends_with(".css") || name == "tokens.css" {
            continue;
        }
        for line in text
            .lines()
            .filter(|line| line.contains(':') && line.starts_with(' '))
        {
            let is_raw = line.contains(": #") || line.contains("rgb(") || line.contains("hsl(");
            assert!(!is_raw, "{name} has a raw colour: {line}");
        }
    }
}
