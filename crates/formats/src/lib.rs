//! Bytes to drafts and problems, and back to bytes.

pub mod portfolio;
