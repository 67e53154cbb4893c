//! Tests of the rules, the templates and their quality.

mod beside;
#[expect(
    clippy::disallowed_methods,
    reason = "the passages and the weights are files"
)]
mod classifier;
mod definitions;
mod form_quality;
#[expect(
    clippy::disallowed_methods,
    reason = "the corpus and the page that it is counted on are files"
)]
mod quality;
mod records;
mod rules;
mod templates;
mod templates_untouched;
mod voices;
