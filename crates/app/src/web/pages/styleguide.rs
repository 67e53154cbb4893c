//! `/styleguide`: every component once, with content as it will be.
//!
//! Its people and places are made up. The browser tests look at this page in
//! both themes and at every width, so a component that is not here is not
//! looked at.

use askama::Template;
use axum::Router;
use axum::extract::{Form, Multipart, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use desk::views::landscape::{Ground, Results, YearResult};
use desk::views::programs::StateLine;
use serde::Deserialize;

use crate::paper::state_map::StateMap;
use crate::paper::year_bars::YearBars;
use crate::web::body;
use crate::web::errors::ErrorPage;
use crate::web::layout::{self, Layout, Theme, Toast};

/// Words after which the sample message is called too long.
const SAMPLE_WORDS: usize = 120;

#[derive(Template)]
#[template(path = "pages/styleguide.html")]
struct Styleguide {
    layout: Layout,
    check: Check,
    map: StateMap,
    bars: YearBars,
}

/// Returns the sample map: three states, of which two are on the list.
fn sample_map() -> StateMap {
    let line = |state: &str, programs, listed, relationship| StateLine {
        state: state.to_owned(),
        programs,
        listed,
        known: listed,
        relationship,
    };
    let states = [
        line("FL", 22, 1, Some("worked with")),
        line("NY", 44, 2, Some("unknown")),
        line("TX", 21, 0, None),
    ];
    StateMap::new(&states, |_| "/styleguide".to_owned())
}

/// Returns sample bars: one year with everything, and one with gaps.
fn sample_bars() -> YearBars {
    let year = |year, positions, applicants, filled| YearResult {
        year,
        positions: Some(positions),
        applicants,
        filled,
        open: None,
        ground: Ground {
            source: 1,
            reliability: "official",
            unverified: false,
            note: None,
        },
    };
    YearBars::new(&Results {
        title: "From the first year".to_owned(),
        years: vec![
            year(2026, 40, Some(120), Some(36)),
            year(2025, 38, None, None),
        ],
    })
}

/// The fragment that the live check of the sample message answers with.
#[derive(Template)]
#[template(path = "pages/styleguide_check.html")]
struct Check {
    n_words: usize,
    limit: usize,
    has_placeholder: bool,
}

#[derive(Deserialize)]
struct Asked {
    done: Option<String>,
    theme: Option<String>,
}

#[derive(Deserialize)]
struct Sample {
    #[serde(default)]
    text: String,
}

/// The message that the sample composer starts with.
const SAMPLE_TEXT: &str = "Dear Dr. Rao,\n\nThank you for the ten minutes after the \
    embolization case on Tuesday. You said that your fellows keep a list of reading; may I \
    have it?\n\n[one sentence about the case]\n\nKind regards";

/// Returns the routes of the style guide.
pub fn routes() -> Router {
    Router::new()
        .route("/styleguide", get(styleguide))
        .route("/styleguide/check", post(check))
        .route(
            "/styleguide/done",
            post(async || Redirect::to("/styleguide?done=sample")),
        )
        .route("/styleguide/file", post(file).layer(body::large_body()))
}

async fn styleguide(Query(asked): Query<Asked>) -> Response {
    let toast = asked.done.map(|_| Toast {
        text: "Logged a call with Dr. Maya Rao.".to_owned(),
        undo: Some("/styleguide/done".to_owned()),
    });
    let theme = match asked.theme.as_deref() {
        Some("light") => Theme::Light,
        Some("dark") => Theme::Dark,
        _ => Theme::Auto,
    };
    let layout = Layout::new("Style guide")
        .at("/people")
        .toast(toast)
        .theme(theme);
    layout::page(&Styleguide {
        layout,
        check: Check::of(SAMPLE_TEXT),
        map: sample_map(),
        bars: sample_bars(),
    })
}

async fn check(Form(sample): Form<Sample>) -> Response {
    layout::page(&Check::of(&sample.text))
}

/// Counts the bytes of a dropped file, so that limits can be seen at work.
async fn file(mut parts: Multipart) -> Response {
    let mut n_bytes = 0;
    loop {
        match parts.next_field().await {
            Ok(Some(mut part)) => loop {
                match part.chunk().await {
                    Ok(Some(chunk)) => n_bytes += chunk.len(),
                    Ok(None) => break,
                    Err(error) => return error.into_response(),
                }
            },
            Ok(None) => break,
            Err(error) => return error.into_response(),
        }
    }
    ErrorPage::new(StatusCode::OK, "The file arrived")
        .saying(format!("It has {n_bytes} bytes. Nothing was kept."))
        .way_on("Back to the style guide", "/styleguide")
        .into_response()
}

impl Check {
    fn of(text: &str) -> Self {
        Self {
            n_words: text.split_whitespace().count(),
            limit: SAMPLE_WORDS,
            has_placeholder: text.contains('['),
        }
    }

    fn is_long(&self) -> bool {
        self.n_words > self.limit
    }
}
