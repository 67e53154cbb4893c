//! What readers promise, file by file.

mod detect;
mod fixtures;
mod hostile;
mod samples;
mod show;
