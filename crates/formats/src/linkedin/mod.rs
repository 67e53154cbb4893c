//! LinkedIn's data export.

mod connections;

pub use connections::CONNECTIONS;
