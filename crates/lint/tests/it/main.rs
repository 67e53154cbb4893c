//! Tests of the rules, the templates and their quality.

mod quality;
mod rules;
mod templates;
