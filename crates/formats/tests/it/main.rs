//! What readers promise, file by file.

mod archive;
mod detect;
mod export;
mod fixtures;
mod hostile;
mod log_line;
mod mail;
mod mapping;
mod market;
mod people_lines;
mod roster;
mod roster_layouts;
mod samples;
mod show;
mod vcard;
