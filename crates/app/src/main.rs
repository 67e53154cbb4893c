//! The binary `vouch`: serves the shell of the web face on loopback.

use std::process::ExitCode;

use app::web::{pages, serve};

#[tokio::main]
async fn main() -> ExitCode {
    match serve::run(pages::shell(), serve::Options::default()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("vouch could not serve: {error}");
            ExitCode::FAILURE
        }
    }
}
