//! Tests of the rules, the templates and their quality.

mod rules;
mod templates;
