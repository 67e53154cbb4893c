//! Ctrl-C while an import is at work: it stops, and leaves nothing behind.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// Listens for Ctrl-C. Outside of work it ends the program as ever; in the
/// middle of it, it asks the work to stop.
pub(super) struct Interrupt {
    working: Arc<AtomicBool>,
    stop: Arc<AtomicBool>,
}

impl Interrupt {
    /// Begins to listen, where somebody sits at the terminal. Without one the
    /// program ends at once, which takes an unfinished change back as well.
    pub(super) fn listen(interactive: bool) -> Self {
        let interrupt = Self {
            working: Arc::default(),
            stop: Arc::default(),
        };
        if interactive {
            let (working, stop) = (Arc::clone(&interrupt.working), Arc::clone(&interrupt.stop));
            std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread()
                    .enable_io()
                    .build();
                let Ok(runtime) = runtime else { return };
                while runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
                    let is_second = stop.swap(true, Ordering::Relaxed);
                    if is_second || !working.load(Ordering::Relaxed) {
                        // What a shell expects of a program that Ctrl-C ended.
                        std::process::exit(130);
                    }
                }
            });
        }
        interrupt
    }

    /// Does work that can be stopped; it asks `goes_on` now and then.
    pub(super) fn during<T>(&self, work: impl FnOnce(&dyn Fn() -> bool) -> T) -> T {
        self.working.store(true, Ordering::Relaxed);
        let done = work(&|| !self.stop.load(Ordering::Relaxed));
        self.working.store(false, Ordering::Relaxed);
        done
    }
}
