//! Fields of a form or an address, in their order, with repeated names kept.

use std::convert::Infallible;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::response::Response;
use desk::note_scan::{Scan, TAKEN_OUT, without_patient};

/// The fields of an address or of a posted form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Returns the fields of `name=value` pairs.
    pub fn parse(encoded: &[u8]) -> Self {
        Self(form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// Returns the first value of a field, or an empty text.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value.as_str())
    }

    /// Returns the first value of a field, where the field is there at all.
    pub fn given(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns every value of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// Returns every field whose name begins with a prefix, as rest of the name and value.
    pub fn under<'a>(&'a self, prefix: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.0.iter().filter_map(move |(key, value)| {
            key.strip_prefix(prefix).map(|rest| (rest, value.as_str()))
        })
    }

    /// Returns what the student said about a note in which the scan found
    /// something: nothing yet, or that it is not about a patient.
    pub fn scan(&self) -> Scan {
        match self.get("patient") {
            "not" => Scan::NotAPatient,
            _ => Scan::Strict,
        }
    }

    /// Returns whether what the scan found is to be taken out.
    pub fn takes_patient_out(&self) -> bool {
        self.get("patient") == "remove"
    }

    /// Returns whether the student was shown a text before it is saved. Line
    /// breaks and blanks may come back otherwise than they were shown.
    pub fn was_shown(&self, text: &str) -> bool {
        let words = || text.split_whitespace();
        self.all("left")
            .any(|left| left.split_whitespace().eq(words()))
    }

    /// Returns the fields; what may tell who a patient is was taken out of the
    /// first of those named that holds something, where the student asked for
    /// that and was shown what is left. The others are shown in their turn.
    pub fn without_patient_if_asked(self, names: &[&str]) -> Self {
        if !self.takes_patient_out() {
            return self;
        }
        for name in names {
            let text = self.get(name);
            let left = without_patient(text);
            if left != text {
                return if self.was_shown(&left) {
                    // Where nothing else stands, the field is empty.
                    let is_all = left.trim() == TAKEN_OUT;
                    self.set(name, if is_all { String::new() } else { left })
                } else {
                    self
                };
            }
        }
        self
    }

    /// Returns the address `path` with these fields but one value of one of them.
    pub fn without(&self, path: &str, name: &str, value: &str) -> String {
        let kept = self.0.iter().filter(|(k, v)| k != name || v != value);
        Self(kept.cloned().collect()).with(path, &[])
    }

    /// Returns the fields with the value of one of them changed.
    pub fn set(mut self, name: &str, value: String) -> Self {
        for (key, old) in &mut self.0 {
            if key == name {
                old.clone_from(&value);
            }
        }
        self
    }

    /// Returns the fields with a value for one of them that has none.
    pub fn or(mut self, name: &str, value: String) -> Self {
        if self.get(name).is_empty() {
            self.0.retain(|(key, _)| key != name);
            self.0.push((name.to_owned(), value));
        }
        self
    }

    /// Returns the address `path` with these fields, each replaced or taken away
    /// where `changes` names it (an empty value takes it away).
    pub fn with(&self, path: &str, changes: &[(&str, &str)]) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let kept = self.0.iter().filter(|(key, value)| {
            key != "done" && !value.is_empty() && !changes.iter().any(|(name, _)| name == key)
        });
        query.extend_pairs(kept);
        query.extend_pairs(changes.iter().filter(|(_, value)| !value.is_empty()));
        let query = query.finish();
        if query.is_empty() {
            path.to_owned()
        } else {
            format!("{path}?{query}")
        }
    }
}

/// The fields of the address.
pub struct Asked(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(Fields::parse(
            parts.uri.query().unwrap_or_default().as_bytes(),
        )))
    }
}

/// The fields of a posted form.
pub struct Posted(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        use axum::response::IntoResponse as _;
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|error| error.into_response())?;
        // A line break in a text field arrives as CR LF; texts are kept with LF alone.
        let mut fields = Fields::parse(&bytes);
        for (_, value) in &mut fields.0 {
            if value.contains('\r') {
                *value = value.replace("\r\n", "\n").replace('\r', "\n");
            }
        }
        Ok(Self(fields))
    }
}
