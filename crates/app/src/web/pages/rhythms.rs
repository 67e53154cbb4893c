//! `/set-up/rhythms`: how often to be in touch, by ring, role and tag.

use askama::Template;
use axum::Router;
use axum::extract::State as Extract;
use axum::response::Response;
use axum::routing::get;
use desk::DeskError;
use desk::verbs::set_rhythms::{BadRhythm, RhythmOf};
use desk::views::rhythms::{RhythmLine, Rhythms, rhythms};
use domain::{Ring, RoleKind};

use crate::web::faults::Faults;
use crate::web::form::{Asked, Fields, Posted};
use crate::web::layout::{self, Layout};
use crate::web::state::{State, done_at, refused};
use crate::words;

#[derive(Template)]
#[template(path = "pages/rhythms.html")]
struct Page {
    layout: Layout,
    rhythms: Rhythms,
    form: Fields,
    /// The tag that is being added, and its days.
    new_tag: (String, String),
    faults: Faults,
}

impl Page {
    /// Returns what a field shows: what was typed, else what is stored.
    fn value<'a>(&'a self, prefix: &str, line: &'a RhythmLine) -> &'a str {
        let typed = self.form.given(&format!("{prefix}{}", line.name));
        typed.unwrap_or(&line.days)
    }

    /// Returns the id of the field for the days of a stored tag, from 1.
    fn tag_days(&self, nth: &usize) -> String {
        format!("tag-days-{nth}")
    }
}

/// Returns the routes of the rhythms.
pub(crate) fn routes() -> Router<State> {
    Router::new().route("/set-up/rhythms", get(show).post(save))
}

async fn show(Extract(state): Extract<State>, Asked(asked): Asked) -> Response {
    state
        .answer(move |state| {
            Ok(layout::page(&Page {
                layout: state.layout("How often to be in touch", "/set-up", &asked),
                rhythms: rhythms(state.reader())?,
                form: Fields::default(),
                new_tag: Default::default(),
                faults: Faults::default(),
            }))
        })
        .await
}

/// Returns the rhythms that were typed: first rings, then roles, then tags.
fn typed(form: &Fields) -> Vec<(RhythmOf, String)> {
    let rings = form.under("ring-").filter_map(|(word, days)| {
        let ring = Ring::from_word(word)?;
        Some((RhythmOf::Ring(ring), days.to_owned()))
    });
    let roles = form.under("role-").filter_map(|(word, days)| {
        let role = RoleKind::from_word(word)?;
        Some((RhythmOf::Role(role), days.to_owned()))
    });
    let tags = form.all("tag").zip(form.all("tag-days"));
    let tags = tags.map(|(tag, days)| (RhythmOf::Tag(tag.to_owned()), days.to_owned()));
    rings.chain(roles).chain(tags).collect()
}

/// Returns what is wrong, at the fields of the page, which shows this many
/// stored tags.
fn faults_of(wrong: &[BadRhythm], typed: &[(RhythmOf, String)], n_tags: usize) -> Faults {
    let is_tag = |(of, _): &(RhythmOf, String)| matches!(of, RhythmOf::Tag(_));
    let first_tag = typed.iter().position(is_tag).unwrap_or(typed.len());
    let mut faults = Faults::default();
    for bad in wrong {
        let why = bad.why.without_field();
        match &bad.of {
            RhythmOf::Ring(ring) => {
                let word = ring.word();
                faults.add(&format!("ring-{word}"), &format!("Ring, {word}"), why);
            }
            RhythmOf::Role(role) => {
                let word = role.word();
                let label = format!("What they do, {word}");
                faults.add(&format!("role-{word}"), &label, why);
            }
            RhythmOf::Tag(tag) if tag.trim().is_empty() => {
                faults.add("tag-new", "Another tag", why);
            }
            RhythmOf::Tag(tag) => {
                let nth = bad.nth - first_tag;
                let id = if nth < n_tags {
                    format!("tag-days-{}", nth + 1)
                } else {
                    "tag-days-new".to_owned()
                };
                faults.add(&id, &format!("Days for {}", tag.trim()), why);
            }
        }
    }
    faults
}

async fn save(Extract(state): Extract<State>, Posted(form): Posted) -> Response {
    state
        .answer(move |state| match state.desk().set_rhythms(&typed(&form)) {
            Ok(done) => Ok(done_at("/set-up/rhythms", done.operation)),
            Err(DeskError::Rhythms(wrong)) => {
                let mut rhythms = rhythms(state.reader())?;
                let mut days = form.all("tag-days");
                for line in &mut rhythms.tags {
                    if let Some(typed) = days.next() {
                        typed.clone_into(&mut line.days);
                    }
                }
                let new_tag = (
                    form.all("tag").last().unwrap_or_default().to_owned(),
                    days.last().unwrap_or_default().to_owned(),
                );
                let title = "How often to be in touch";
                let faults = faults_of(&wrong, &typed(&form), rhythms.tags.len());
                Ok(refused(layout::page(&Page {
                    layout: state.layout(title, "/set-up", &Fields::default()),
                    rhythms,
                    form,
                    new_tag,
                    faults,
                })))
            }
            Err(error) => Err(error),
        })
        .await
}
