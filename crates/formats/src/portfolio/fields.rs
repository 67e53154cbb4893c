//! Values of a JSON document with the place where they stand, for refusals that name it.

use ::portfolio::{Probability, Utility};
use serde_json::{Map, Value};

use crate::portfolio::InvalidPortfolioFile;

/// A value and where it stands, as in `programs[3].f`.
#[derive(Clone)]
pub(super) struct Field<'a> {
    place: String,
    value: &'a Value,
}

type Read<T> = Result<T, InvalidPortfolioFile>;

impl<'a> Field<'a> {
    pub(super) fn document(value: &'a Value) -> Self {
        Self {
            place: String::new(),
            value,
        }
    }

    pub(super) fn refuse<T>(&self, would_do: &str) -> Read<T> {
        Err(InvalidPortfolioFile::Field {
            field: if self.place.is_empty() {
                "document".to_owned()
            } else {
                self.place.clone()
            },
            found: shortened(self.value),
            would_do: would_do.to_owned(),
        })
    }

    fn object(&self) -> Read<&'a Map<String, Value>> {
        match self.value {
            Value::Object(object) => Ok(object),
            _ => self.refuse("an object in braces"),
        }
    }

    /// The value of a key; `None` when it is absent or null.
    pub(super) fn get(&self, key: &str) -> Read<Option<Field<'a>>> {
        let value = self.object()?.get(key).filter(|value| !value.is_null());
        Ok(value.map(|value| Field {
            place: self.place_of(key),
            value,
        }))
    }

    /// The value of a key that has to be there.
    pub(super) fn need(&self, key: &str, would_do: &str) -> Read<Field<'a>> {
        self.get(key)?.ok_or_else(|| InvalidPortfolioFile::Field {
            field: self.place_of(key),
            found: "nothing".to_owned(),
            would_do: would_do.to_owned(),
        })
    }

    fn place_of(&self, key: &str) -> String {
        if self.place.is_empty() {
            key.to_owned()
        } else {
            format!("{}.{key}", self.place)
        }
    }

    /// The entries of an object, by name.
    pub(super) fn entries(&self) -> Read<Vec<(&'a str, Field<'a>)>> {
        let entries = self.object()?.iter();
        Ok(entries
            .map(|(key, value)| {
                (
                    key.as_str(),
                    Field {
                        place: self.place_of(key),
                        value,
                    },
                )
            })
            .collect())
    }

    /// The entries of a list that has at least one.
    pub(super) fn list(&self) -> Read<Vec<Field<'a>>> {
        let Value::Array(values) = self.value else {
            return self.refuse("a list in brackets");
        };
        if values.is_empty() {
            return self.refuse("a list with at least one entry");
        }
        let entries = values.iter().enumerate();
        Ok(entries
            .map(|(i, value)| Field {
                place: format!("{}[{i}]", self.place),
                value,
            })
            .collect())
    }

    pub(super) fn is_null(&self) -> bool {
        self.value.is_null()
    }

    pub(super) fn text(&self) -> Read<&'a str> {
        match self.value {
            Value::String(text) => Ok(text),
            _ => self.refuse("a text in quotes"),
        }
    }

    /// A name: a text, or a number that stands for one.
    pub(super) fn name(&self) -> Read<String> {
        match self.value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            _ => self.refuse("a name in quotes"),
        }
    }

    pub(super) fn number(&self) -> Read<f64> {
        match self.value.as_f64().filter(|number| number.is_finite()) {
            Some(number) => Ok(number),
            None => self.refuse("a number"),
        }
    }

    pub(super) fn probability(&self) -> Read<Probability> {
        match Probability::new(self.number()?) {
            Some(probability) => Ok(probability),
            None => self.refuse("a number from 0 to 1"),
        }
    }

    pub(super) fn utility(&self) -> Read<Utility> {
        match Utility::new(self.number()?) {
            Some(utility) => Ok(utility),
            None => self.refuse("a number from -1e100 to 1e100"),
        }
    }

    /// A whole number from 0 on; `5.0` is one too.
    pub(super) fn whole(&self) -> Read<u64> {
        if let Some(whole) = self.value.as_u64() {
            return Ok(whole);
        }
        let number = self.number()?;
        // Above 2^53 a number with a point does not say which whole one it is.
        if number < 0.0 || number.fract() != 0.0 || number > 9_007_199_254_740_992.0 {
            return self.refuse("a whole number from 0 on");
        }
        Ok(number as u64)
    }

    /// An amount of money from 0 on, rounded down to whole dollars.
    pub(super) fn dollars_rounded_down(&self) -> Read<u64> {
        if let Some(whole) = self.value.as_u64() {
            return Ok(whole);
        }
        let number = self.number()?;
        if number < 0.0 {
            return self.refuse("a number from 0 on");
        }
        Ok(number as u64)
    }

    pub(super) fn count(&self) -> Read<usize> {
        Ok(usize::try_from(self.whole()?).unwrap_or(usize::MAX))
    }
}

/// A value for a message, no longer than a line.
fn shortened(value: &Value) -> String {
    const LONGEST: usize = 60;
    let text = value.to_string();
    if text.chars().count() <= LONGEST {
        return text;
    }
    let start: String = text.chars().take(LONGEST).collect();
    format!("{start}…")
}
