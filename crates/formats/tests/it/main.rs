//! What readers promise, file by file.

mod detect;
mod fixtures;
mod hostile;
mod log_line;
mod people_lines;
mod samples;
mod show;
