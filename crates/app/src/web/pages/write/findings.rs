//! What stands beside the text of a message: findings, counts, and whether what is
//! typed is kept.

use askama::Template;
use desk::DeskError;
use desk::verbs::write_message::text_version;
use desk::views::compose::{Check, Compose};
use domain::{MessageId, OperationId};
use uuid::Uuid;

use super::measures::{self, Row};
use crate::web::form::Fields;
use crate::web::prose::{self, NoteLine};
use crate::web::state::State;
use crate::words;

#[derive(Template)]
#[template(path = "pages/write_findings.html")]
pub(super) struct FindingsFragment {
    pub(super) check: Check,
    open: bool,
    /// Notes on spelling and grammar; `None` while their checker is being loaded.
    prose: Option<Vec<NoteLine>>,
    rows: Vec<Row>,
    too_alike: Option<&'static str>,
    n_silent: usize,
    /// What was typed beside the text, such as reasons.
    form: Fields,
    /// The code of the warning whose reason was refused, and why.
    pub(super) bad_reason: Option<(String, String)>,
    /// The version that the text was typed over.
    seen: String,
    /// The page that it is typed in, so that its own saves are known.
    page: String,
    /// Whether something else is stored by now, so that the text is not.
    is_overtaken: bool,
    /// The message's address.
    here: String,
}

impl FindingsFragment {
    pub(super) fn of(state: &State, message: &Compose, form: &Fields) -> Result<Self, DeskError> {
        Ok(Self {
            form: form.clone(),
            bad_reason: None,
            seen: message.version.clone(),
            page: match form.get("page") {
                "" => Uuid::new_v4().to_string(),
                page => page.to_owned(),
            },
            is_overtaken: false,
            here: format!("/write/{}", message.id),
            prose: prose::notes_on(state.reader(), message)?,
            check: message.check.clone(),
            open: message.open,
            n_silent: message.check.silent.len(),
            rows: measures::rows(&message.check, &message.channel),
            too_alike: measures::too_alike(&message.check),
        })
    }

    /// Returns the fragment for a text that is not stored, because another one is.
    pub(super) fn overtaken(self, form: &Fields) -> Self {
        Self {
            seen: form.get("seen").to_owned(),
            is_overtaken: true,
            ..self
        }
    }

    /// Returns the reason that was typed for a warning and is not kept.
    fn reason(&self, code: &str) -> &str {
        self.form.get(&format!("reason-{code}"))
    }

    /// Returns why the reason of a warning was refused.
    fn bad_reason(&self, code: &str) -> Option<&str> {
        let refused = self.bad_reason.as_ref();
        refused
            .filter(|(of, _)| of == code)
            .map(|(_, why)| why.as_str())
    }
}

/// Saves what was typed, unless something was stored that its page did not show.
pub(super) fn save_typed(
    state: &State,
    id: MessageId,
    form: &Fields,
) -> Result<OperationId, DeskError> {
    let (subject, text) = (form.get("subject"), form.get("text"));
    let page: Option<Uuid> = form.get("page").parse().ok();
    let mut seen: Vec<String> = form.given("seen").map(str::to_owned).into_iter().collect();
    // What the page sent last may be stored without the page having heard of it.
    seen.extend(page.and_then(|page| state.typed(page)));
    if form.get("do") == "save-over" {
        seen.clear();
    }
    let done = state.desk().save_message_from(id, subject, text, &seen)?;
    if let Some(page) = page {
        state.keep_typed(page, text_version(subject, text));
    }
    Ok(done.operation)
}

/// Returns the warning whose reason a form tells, by its code.
pub(super) fn reasoned(form: &Fields) -> Option<&str> {
    let pressed = form.get("do").strip_prefix("confirm-");
    // Enter in the field of a reason presses the first button, which saves; the
    // buttons of the scan say nothing of their own.
    let typed = form.under("reason-").find(|(_, reason)| !reason.is_empty());
    let entered = typed.filter(|_| matches!(form.get("do"), "save" | ""));
    pressed.or(entered.map(|(code, _)| code))
}
