//! What is wrong in a form that was refused, field by field.

/// The fields of a form that were refused: each is marked, and says why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Faults(Vec<Fault>);

/// A field that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The id of its element.
    pub(crate) id: String,
    /// What the page calls it.
    pub(crate) label: String,
    /// What was found, and what would do.
    pub(crate) why: String,
}

impl Faults {
    /// Adds a field.
    pub(crate) fn add(&mut self, id: &str, label: &str, why: String) {
        self.0.push(Fault {
            id: id.to_owned(),
            label: label.to_owned(),
            why,
        });
    }

    /// Returns all of them, in the order in which they were found.
    pub(crate) fn all(&self) -> &[Fault] {
        &self.0
    }

    /// Returns why a field was refused, if it was.
    pub(crate) fn of(&self, id: &str) -> Option<&str> {
        let fault = self.0.iter().find(|fault| fault.id == id)?;
        Some(&fault.why)
    }

    /// Returns what the class of a field has beside `field`.
    pub(crate) fn class(&self, id: &str) -> &'static str {
        self.of(id).map_or("", |_| " invalid")
    }

    /// Returns the id of the element that describes a field, beside those that
    /// do so always.
    pub(crate) fn described(&self, id: &str, always: &str) -> String {
        let problem = self.of(id).map(|_| format!("{id}-problem"));
        let always = (!always.is_empty()).then(|| always.to_owned());
        let ids = problem.into_iter().chain(always);
        ids.collect::<Vec<_>>().join(" ")
    }
}
