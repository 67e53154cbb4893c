//! What readers promise, file by file.

mod archive;
mod detect;
mod export;
mod fixtures;
mod hostile;
mod log_line;
mod log_line_answers;
mod log_line_pasted;
mod log_line_people;
mod mail;
mod mail_answer;
mod mapping;
mod market;
mod people_lines;
mod roster;
mod roster_layouts;
mod samples;
mod show;
mod vcard;
