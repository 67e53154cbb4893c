//! Every page, asked for through the real router: the words that a user reads.

mod brief;
mod compare;
mod duplicates;
mod export;
mod forget;
mod guards;
mod help;
mod here;
mod history;
mod hostile;
mod import;
mod import_hospitals;
mod import_map;
mod import_progress;
mod import_roster;
mod landscape;
mod log;
mod palette;
mod people;
mod person;
mod program;
mod programs;
mod quit;
mod reply;
mod rhythms;
mod rule;
mod search;
mod set_up;
mod today;
mod trash;
mod vault;
mod week;
mod write;
mod writing;

use axum::body::Body;
use axum::http::{Method, StatusCode};

use crate::web_support::{Answer, Shell};

/// A student at the pages of a new vault.
pub(crate) struct Student(Shell);

impl Student {
    /// Returns a student who has said who they are and typed three names.
    pub(crate) async fn new() -> Self {
        let student = Self(Shell::new());
        student
            .post(
                "/set-up",
                &[
                    ("name", "Solange Baptiste"),
                    ("stage", "MS3"),
                    ("school", "SGU"),
                ],
            )
            .await;
        let names = "Dr. Asha Rao, IR attending, Maimonides Medical Center, met on rounds\n\
                     Dr. Ravi Rao, DR attending, Henry Ford Hospital, same school\n\
                     Ben Okafor, resident, Mount Sinai";
        let preview = student.post("/import/typed", &[("names", names)]).await;
        let path = preview.between("action=\"/import/", "\"");
        student.post(&format!("/import/{path}"), &[]).await;
        student
    }

    /// Opens a page, which must be there.
    pub(crate) async fn open(&self, path: &str) -> Page {
        let answer = self.0.open(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        Page(answer.text)
    }

    /// Asks for a page that may not be there.
    pub(crate) async fn ask(&self, path: &str) -> Answer {
        self.0.open(path).await
    }

    /// Posts a form, and returns the page that it leads to.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.follow(self.answer(path, fields).await).await
    }

    /// Logs a line, and returns the page that it leads to.
    pub(crate) async fn log(&self, line: &str) -> Page {
        self.post("/log", &[("line", line)]).await
    }

    /// Posts a form, and returns the answer as it is, which must be a refusal.
    pub(crate) async fn refused(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let answer = self.answer(path, fields).await;
        assert_eq!(
            answer.status,
            StatusCode::UNPROCESSABLE_ENTITY,
            "{}",
            answer.text
        );
        answer
    }

    /// Posts a form, and returns the address that it leads to.
    pub(crate) async fn begin(&self, path: &str, fields: &[(&str, &str)]) -> String {
        let answer = self.answer(path, fields).await;
        let to = answer.header("location").map(str::to_owned);
        to.unwrap_or_else(|| panic!("{path} leads nowhere: {}", answer.text))
    }

    async fn answer(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut form = form_urlencoded::Serializer::new(String::new());
        form.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        self.send(path, kind, form.finish()).await
    }

    async fn send(&self, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let request = self.0.own(Method::POST, path).header("content-type", kind);
        let request = request.body(body.into());
        self.0
            .send(request.expect("the request is well formed"))
            .await
    }

    /// Opens a page, or the one that it leads to.
    pub(crate) async fn follow_to(&self, path: &str) -> Page {
        self.follow(self.0.open(path).await).await
    }

    /// Drops a file on the import page, and returns the page that it leads to.
    pub(crate) async fn drop_file(&self, name: &str, bytes: &[u8]) -> Page {
        self.drop_file_at("/import/file", name, bytes).await
    }

    /// Drops a file on a page, and returns the page that it leads to.
    pub(crate) async fn drop_file_at(&self, path: &str, name: &str, bytes: &[u8]) -> Page {
        let mut body = format!(
            "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--part--\r\n");
        let kind = "multipart/form-data; boundary=part";
        self.follow(self.send(path, kind, body).await).await
    }

    /// Drops several files on the page Import, and returns the page that they lead to.
    pub(crate) async fn drop_files(&self, files: &[(&str, &[u8])]) -> Page {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--part\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--part--\r\n");
        let kind = "multipart/form-data; boundary=part";
        self.follow(self.send("/import/file", kind, body).await)
            .await
    }

    /// Drops a backup on the page Vault, and returns the page that it leads to.
    pub(crate) async fn upload(&self, bytes: &[u8], passphrase: &str) -> Page {
        let mut body = b"--part\r\nContent-Disposition: form-data; name=\"file\"; \
            filename=\"mine.vouch-backup\"\r\n\r\n"
            .to_vec();
        body.extend_from_slice(bytes);
        let rest = format!(
            "\r\n--part\r\nContent-Disposition: form-data; name=\"passphrase\"\r\n\r\n\
             {passphrase}\r\n--part--\r\n"
        );
        body.extend_from_slice(rest.as_bytes());
        let kind = "multipart/form-data; boundary=part";
        self.follow(self.send("/vault/restore/file", kind, body).await)
            .await
    }

    async fn follow(&self, answer: Answer) -> Page {
        match answer.header("location") {
            Some(to) => {
                let to = to.to_owned();
                Page(self.0.open(&to).await.text)
            }
            None => Page(answer.text),
        }
    }

    /// Returns the address of the person whose name holds the words.
    pub(crate) async fn person(&self, words: &str) -> String {
        let query: String = form_urlencoded::byte_serialize(words.as_bytes()).collect();
        let page = self.open(&format!("/people?q={query}")).await;
        format!(
            "/people/{}",
            page.between("<th scope=\"row\"><a href=\"/people/", "\"")
        )
    }
}

/// A page as the browser gets it.
pub(crate) struct Page(pub(crate) String);

impl Page {
    /// Fails unless the page holds every text.
    #[track_caller]
    pub(crate) fn says(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(self.0.contains(text), "no \"{text}\" in:\n{}", self.0);
        }
        self
    }

    /// Fails if the page holds one of the texts.
    #[track_caller]
    pub(crate) fn says_nothing_of(&self, texts: &[&str]) -> &Self {
        for text in texts {
            assert!(!self.0.contains(text), "\"{text}\" stands in:\n{}", self.0);
        }
        self
    }

    /// Returns the first text between two others.
    #[track_caller]
    pub(crate) fn between(&self, before: &str, after: &str) -> String {
        let Some((_, rest)) = self.0.split_once(before) else {
            panic!("no {before} in:\n{}", self.0);
        };
        rest.split(after).next().unwrap_or_default().to_owned()
    }
}
