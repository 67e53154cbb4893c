//! The files of the project, or a few made-up ones, as values.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

/// Files by their path from the project's folder, with `/` between the parts.
pub(super) struct Tree {
    files: BTreeMap<String, Vec<u8>>,
}

impl Tree {
    /// Returns the whole project, without what `.gitignore` names.
    pub(super) fn project() -> &'static Self {
        static PROJECT: OnceLock<Tree> = OnceLock::new();
        PROJECT.get_or_init(|| {
            let root = root();
            let ignored = Ignored::read(&root);
            let mut files = BTreeMap::new();
            collect(&root, "", &ignored, &mut files);
            Self { files }
        })
    }

    /// Returns a tree of these files.
    pub(super) fn of(files: &[(&str, &str)]) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()))
            .collect();
        Self { files }
    }

    /// Returns the text of a file; `None` where it is absent or no UTF-8.
    pub(super) fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.files.get(path)?).ok()
    }

    /// Returns a TOML file, and an empty table where it is absent or damaged.
    pub(super) fn toml(&self, path: &str) -> toml::Table {
        self.text(path)
            .and_then(|text| text.parse().ok())
            .unwrap_or_default()
    }

    /// Returns whether there is such a file, or a folder with files in it.
    pub(super) fn has(&self, path: &str) -> bool {
        let folder = format!("{path}/");
        path.is_empty() || self.files.contains_key(path) || self.paths(&folder, "").next().is_some()
    }

    /// Returns the paths that begin and end like this, in order.
    pub(super) fn paths(&self, begin: &str, end: &str) -> impl Iterator<Item = &str> {
        let paths = self.files.keys().map(String::as_str);
        paths.filter(move |path| path.starts_with(begin) && path.ends_with(end))
    }

    /// Returns the text files that begin and end like this, in order.
    pub(super) fn texts(&self, begin: &str, end: &str) -> impl Iterator<Item = (&str, &str)> {
        self.paths(begin, end)
            .filter_map(|path| Some((path, self.text(path)?)))
    }

    /// Returns the folders right under `crates/` that hold a crate.
    pub(super) fn crates(&self) -> impl Iterator<Item = &str> {
        self.paths("crates/", "/Cargo.toml").filter_map(|path| {
            let name = path.strip_prefix("crates/")?.strip_suffix("/Cargo.toml")?;
            (!name.contains('/')).then_some(name)
        })
    }
}

/// Returns the project's folder. Cargo says at run time where it is, so that a
/// test program that was built elsewhere still looks at the right files.
fn root() -> PathBuf {
    let app = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    app.join("../..")
}

/// What `.gitignore` names: paths from the root, and names anywhere.
struct Ignored {
    paths: Vec<String>,
    names: Vec<String>,
}

impl Ignored {
    fn read(root: &Path) -> Self {
        let text = fs::read_to_string(root.join(".gitignore")).unwrap_or_default();
        let lines = text.lines().map(str::trim);
        let (paths, names) = lines
            .filter(|line| !line.is_empty() && !line.starts_with('#'))
            .map(|line| line.trim_end_matches('/').to_owned())
            .partition(|line| line.starts_with('/'));
        Self { paths, names }
    }

    fn covers(&self, path: &str, name: &str) -> bool {
        name == ".git"
            || self.names.iter().any(|ignored| ignored == name)
            || self.paths.iter().any(|ignored| ignored[1..] == *path)
    }
}

fn collect(folder: &Path, at: &str, ignored: &Ignored, files: &mut BTreeMap<String, Vec<u8>>) {
    let entries = fs::read_dir(folder).expect("the project's folders can be listed");
    for entry in entries {
        let entry = entry.expect("the project's folders can be listed");
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = if at.is_empty() {
            name.clone()
        } else {
            format!("{at}/{name}")
        };
        if ignored.covers(&path, &name) {
            continue;
        }
        if entry.path().is_dir() {
            collect(&entry.path(), &path, ignored, files);
        } else {
            let bytes = fs::read(entry.path()).expect("the project's files can be read");
            files.insert(path, bytes);
        }
    }
}
