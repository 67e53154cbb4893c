//! Tests of the faces, one module per topic.

mod assets;
mod attacks;
mod canary;
mod cli;
mod export_schema;
mod faults;
mod guard;
mod house;
#[cfg(target_os = "linux")]
mod package;
mod pages;
mod readme;
mod serve;
mod shell;
mod web_support;
