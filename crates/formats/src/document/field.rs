//! Values of a JSON document with the place where they stand, for refusals that name it.

use std::borrow::Cow;
use std::collections::HashSet;

use ::portfolio::{Probability, Utility};

use super::{DocumentError, Json};

/// A value and where it stands, as in `programs[3].f`.
#[derive(Clone)]
pub(crate) struct Field<'a> {
    place: String,
    /// What stands between the place and the name of a key.
    joint: &'static str,
    value: &'a Json,
}

type Read<T> = Result<T, DocumentError>;

impl<'a> Field<'a> {
    pub(crate) fn document(value: &'a Json) -> Self {
        Self::at(String::new(), value)
    }

    fn at(place: String, value: &'a Json) -> Self {
        Self {
            place,
            joint: ".",
            value,
        }
    }

    pub(crate) fn refuse<T>(&self, would_do: &str) -> Read<T> {
        Err(DocumentError::Field {
            field: if self.place.is_empty() {
                "document".to_owned()
            } else {
                self.place.clone()
            },
            found: shortened(self.value),
            would_do: would_do.to_owned(),
        })
    }

    fn object(&self) -> Read<&'a [(String, Json)]> {
        match self.value {
            Json::Object(object) => Ok(object),
            _ => self.refuse("an object in braces"),
        }
    }

    /// The value of a key; `None` when it is absent or null.
    pub(crate) fn get(&self, key: &str) -> Read<Option<Field<'a>>> {
        let mut values = self.object()?.iter().filter(|(name, _)| name == key);
        let value = values.next();
        if values.next().is_some() {
            return self.refuse_second(self.place_of(key));
        }
        let value = value.map(|(_, value)| value);
        Ok(value
            .filter(|value| **value != Json::Null)
            .map(|value| Self::at(self.place_of(key), value)))
    }

    fn refuse_second<T>(&self, field: String) -> Read<T> {
        Err(DocumentError::Field {
            field,
            found: "a second one".to_owned(),
            would_do: "one".to_owned(),
        })
    }

    /// The value of a key that has to be there.
    pub(crate) fn need(&self, key: &str, would_do: &str) -> Read<Field<'a>> {
        self.get(key)?.ok_or_else(|| DocumentError::Field {
            field: self.place_of(key),
            found: "nothing".to_owned(),
            would_do: would_do.to_owned(),
        })
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() {
            key.to_owned()
        } else {
            format!("{}{}{key}", self.place, self.joint)
        }
    }

    /// The entries of an object, by name, none of which comes twice.
    pub(crate) fn entries(&self) -> Read<Vec<(&'a str, Field<'a>)>> {
        let object = self.object()?;
        let mut names = HashSet::with_capacity(object.len());
        let mut entries = Vec::with_capacity(object.len());
        for (key, value) in object {
            let place = self.place_of(key);
            if !names.insert(key) {
                return self.refuse_second(place);
            }
            entries.push((key.as_str(), Self::at(place, value)));
        }
        Ok(entries)
    }

    /// The entries of a list, which may have none.
    pub(crate) fn any_list(&self) -> Read<Vec<Field<'a>>> {
        let Json::List(values) = self.value else {
            return self.refuse("a list in brackets");
        };
        let entries = values.iter().enumerate();
        Ok(entries
            .map(|(i, value)| Self::at(format!("{}[{i}]", self.place), value))
            .collect())
    }

    /// The entries of a list that has at least one.
    pub(crate) fn list(&self) -> Read<Vec<Field<'a>>> {
        let entries = self.any_list()?;
        if entries.is_empty() {
            return self.refuse("a list with at least one entry");
        }
        Ok(entries)
    }

    /// The entries of a list of records, each called by its number, from 1, and
    /// by its id where it has one: `program 17 ("p17")`.
    pub(crate) fn records(&self, what: &str) -> Read<Vec<Field<'a>>> {
        let Json::List(values) = self.value else {
            return self.refuse("a list in brackets");
        };
        let records = values.iter().enumerate().map(|(i, value)| {
            let mut place = format!("{what} {}", i + 1);
            if let Json::Object(entries) = value
                && let Some((_, Json::Text(id))) = entries.iter().find(|(key, _)| key == "id")
                && !id.is_empty()
            {
                place = format!("{place} ({})", shortened(&Json::Text(id.clone())));
            }
            Self {
                place,
                joint: ", ",
                value,
            }
        });
        Ok(records.collect())
    }

    /// The same value under a name of its own.
    pub(crate) fn called(self, place: String) -> Self {
        Self { place, ..self }
    }

    pub(crate) fn is_object(&self) -> bool {
        matches!(self.value, Json::Object(_))
    }

    pub(crate) fn is_list(&self) -> bool {
        matches!(self.value, Json::List(_))
    }

    pub(crate) fn is_null(&self) -> bool {
        *self.value == Json::Null
    }

    pub(crate) fn text(&self) -> Read<&'a str> {
        match self.value {
            Json::Text(text) => Ok(text),
            _ => self.refuse("a text in quotes"),
        }
    }

    /// A name: a text, or a number that stands for one.
    pub(crate) fn name(&self) -> Read<String> {
        match self.value {
            Json::Text(text) => Ok(text.clone()),
            Json::Whole(_) | Json::Number(_) => Ok(shortened(self.value)),
            _ => self.refuse("a name in quotes"),
        }
    }

    /// An id: a text, or a whole number, which is the same as its digits.
    pub(crate) fn id(&self) -> Read<Cow<'a, str>> {
        match self.value {
            Json::Text(text) if !text.is_empty() => Ok(Cow::Borrowed(text)),
            Json::Whole(number) => Ok(Cow::Owned(number.to_string())),
            _ => self.refuse("an id: a text or a whole number"),
        }
    }

    pub(crate) fn number(&self) -> Read<f64> {
        match *self.value {
            Json::Whole(number) => Ok(number as f64),
            Json::Number(number) => Ok(number),
            _ => self.refuse("a number"),
        }
    }

    /// A whole number; `5.0` is one too.
    pub(crate) fn integer(&self) -> Read<i128> {
        match *self.value {
            Json::Whole(number) => Ok(number),
            // Above 2^53 a number with a point does not say which whole one it is.
            Json::Number(number)
                if number.fract() == 0.0 && number.abs() <= 9_007_199_254_740_992.0 =>
            {
                Ok(number as i128)
            }
            _ => self.refuse("a whole number"),
        }
    }

    pub(crate) fn probability(&self) -> Read<Probability> {
        match Probability::new(self.number()?) {
            Some(probability) => Ok(probability),
            None => self.refuse("a number from 0 to 1"),
        }
    }

    pub(crate) fn utility(&self) -> Read<Utility> {
        match Utility::new(self.number()?) {
            Some(utility) => Ok(utility),
            None => self.refuse("a number from -1e100 to 1e100"),
        }
    }

    /// A whole number from 0 on; `5.0` is one too.
    pub(crate) fn whole(&self) -> Read<u64> {
        let number = self.integer().ok();
        match number.and_then(|number| u64::try_from(number).ok()) {
            Some(number) => Ok(number),
            None => self.refuse("a whole number from 0 on"),
        }
    }

    /// An amount of money from 0 on, rounded down to whole dollars.
    pub(crate) fn dollars_rounded_down(&self) -> Read<u64> {
        if let Ok(whole) = self.whole() {
            return Ok(whole);
        }
        let number = self.number()?;
        if number < 0.0 {
            return self.refuse("a number from 0 on");
        }
        Ok(number as u64)
    }

    pub(crate) fn count(&self) -> Read<usize> {
        Ok(usize::try_from(self.whole()?).unwrap_or(usize::MAX))
    }
}

/// A value for a message, no longer than a line.
fn shortened(value: &Json) -> String {
    const LONGEST: usize = 60;
    // Numbers, texts and keys of text: nothing here can fail to be written.
    let text = serde_json::to_string(value).unwrap_or_default();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
