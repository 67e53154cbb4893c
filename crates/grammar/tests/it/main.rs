//! Tests of the prose check.

mod corpus;
mod notes;
