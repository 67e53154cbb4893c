//! Tests of the faces, one module per topic.

mod assets;
mod guard;
mod house;
mod pages;
mod readme;
mod serve;
mod shell;
mod web_support;
