//! What every page has around its content, and how a page is written.
//!
//! A page is an askama template that extends `base.html`, and a struct with a
//! field `layout`:
//!
//! ```text
//! #[derive(Template)]
//! #[template(path = "pages/people.html")]
//! struct People { layout: Layout, people: Vec<Row> }
//!
//! async fn people(Query(query): Query<Filter>) -> Response {
//!     let layout = Layout::new("People").at("/people");
//!     layout::page(&People { layout, people })
//! }
//! ```
//!
//! The template fills blocks, of which only `content` is needed:
//!
//! | block | holds | default |
//! |---|---|---|
//! | `content` | the page below its heading | nothing |
//! | `heading` | the one `<h1>` | the title |
//! | `lead` | one paragraph under the heading | nothing |
//! | `actions` | buttons beside the heading, the main one last | nothing |
//!
//! A form that was not understood answers with the same page, what was typed and
//! the reason at its field: `(StatusCode::UNPROCESSABLE_ENTITY, page(&form))`. A
//! fragment for a live check is a template without `base.html`; the page that
//! holds it shows the same struct with `{{ check|safe }}`, since a rendered
//! template is escaped already.
//!
//! Icons come from `{% import "icons.html" as icons %}` in the child template.
//! There is no inline style and no inline script anywhere: the policy of
//! [`super::guard`] would drop them. Text that people wrote is put inside an
//! element with `dir="auto"`.
//!
//! # After a change
//! A verb answers with a redirect (303) to the page that shows the change, with
//! the operation in the query: `/people/ID?done=OPERATION`. That page looks the
//! operation up and hands [`Toast`] to [`Layout::toast`]; the toast says what
//! happened, and its button posts to the toast's `undo` address. The script
//! takes `done` out of the address, so that a reload is silent.

use askama::Template;
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use super::assets;
use super::errors::ErrorPage;
use crate::words::unturned;

/// One place of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// What it is called.
    pub label: &'static str,
    /// Where it leads.
    pub href: &'static str,
    /// The letter that goes there after `g`.
    pub key: Option<char>,
    /// The picture before the label, a name in `icons.html`.
    pub icon: &'static str,
}

/// Places that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NavGroup {
    /// What they have in common, shown above them; may be empty.
    pub label: &'static str,
    /// The places, in order.
    pub items: &'static [NavItem],
}

const fn item(label: &'static str, href: &'static str, key: char, icon: &'static str) -> NavItem {
    NavItem {
        label,
        href,
        key: Some(key),
        icon,
    }
}

/// The navigation of every page.
pub const NAV: &[NavGroup] = &[
    NavGroup {
        label: "",
        items: &[
            item("Today", "/", 't', "today"),
            item("Week", "/week", 'k', "week"),
            item("Here", "/here", 'e', "here"),
            item("People", "/people", 'p', "people"),
            item("Programs", "/programs", 'r', "programs"),
            item("Write", "/write", 'w', "write"),
        ],
    },
    NavGroup {
        label: "Plan",
        items: &[
            item("Landscape", "/landscape", 'l', "landscape"),
            item("Brief", "/brief", 'b', "brief"),
        ],
    },
    NavGroup {
        label: "Records",
        items: &[
            item("Import", "/import", 'i', "import"),
            item("Export", "/export", 'x', "export"),
            item("History", "/history", 'h', "history"),
            item("Vault", "/vault", 'v', "vault"),
            item("Set-up", "/set-up", 's', "set-up"),
            NavItem {
                label: "Help",
                href: "/help",
                key: None,
                icon: "help",
            },
        ],
    },
];

/// The address behind "Log", and behind the key `n` on pages without a
/// `data-new` of their own.
pub const NEW_HREF: &str = "/log";

/// What was just done, and how to take it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Toast {
    /// What happened, one sentence: "Logged a call with Dr. Rao."
    pub text: String,
    /// The address that takes it back by `POST`; none when nothing can.
    pub undo: Option<String>,
}

/// The colours that a page asks for.
///
/// The student's own choice in the browser is kept there and wins.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// What the system prefers.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What `base.html` needs to know about a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The name of the page, in the window's title and as its heading.
    pub title: String,
    /// The `href` of the navigation item that the page belongs to; may be
    /// empty.
    pub here: String,
    /// What stands in the search field.
    pub search: String,
    /// What was just done.
    pub toast: Option<Toast>,
    /// The colours asked for.
    pub theme: Theme,
    /// Whether the page stands alone, without navigation and search.
    pub bare: bool,
    /// Whether the page shows the made-up student of the demonstration.
    pub demo: bool,
}

impl Layout {
    /// Returns the layout of a page called `title`.
    pub fn new(title: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            here: String::new(),
            search: String::new(),
            toast: None,
            theme: Theme::Auto,
            bare: false,
            demo: false,
        }
    }

    /// Puts the page under the navigation item with this `href`.
    pub fn at(mut self, href: &str) -> Self {
        href.clone_into(&mut self.here);
        self
    }

    /// Shows what was just done.
    pub fn toast(mut self, toast: Option<Toast>) -> Self {
        self.toast = toast;
        self
    }

    /// Keeps `query` in the search field.
    pub fn searching(mut self, query: &str) -> Self {
        query.clone_into(&mut self.search);
        self
    }

    /// Asks for colours, as a print or a test does.
    pub fn theme(mut self, theme: Theme) -> Self {
        self.theme = theme;
        self
    }

    /// Says on the page that its student and people are made up.
    pub fn demo(mut self, demo: bool) -> Self {
        self.demo = demo;
        self
    }

    /// Leaves navigation and search away.
    pub fn bare(mut self) -> Self {
        self.bare = true;
        self
    }

    /// Returns the navigation.
    pub fn nav(&self) -> &'static [NavGroup] {
        NAV
    }

    /// Returns the address behind "Log".
    pub fn new_href(&self) -> &'static str {
        NEW_HREF
    }

    /// Returns the address of an embedded file.
    pub fn asset(&self, name: &str) -> String {
        assets::url(name)
    }

    /// Returns the value of `data-theme`, or nothing when the system decides.
    pub fn theme_name(&self) -> Option<&'static str> {
        match self.theme {
            Theme::Auto => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// Renders a whole page, or a fragment of one.
pub fn page(template: &impl Template) -> Response {
    match template.render() {
        Ok(html) => Html(unturned(html)).into_response(),
        Err(_) => ErrorPage::new(StatusCode::INTERNAL_SERVER_ERROR, "Vouch made a mistake")
            .saying("The page could not be put together. What was saved before is safe.")
            .way_on("Go to Today", "/")
            .into_response(),
    }
}
