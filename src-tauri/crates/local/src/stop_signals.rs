//! Being asked to stop.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use pilothouse_effects::StopRequests;
use tokio::signal::unix::{SignalKind, signal};

/// Listens for the signals that ask a process to stop, instead of dying by them.
#[derive(Debug, Clone)]
pub struct StopSignals {
    requested: Arc<AtomicBool>,
}

impl StopSignals {
    /// Begins to listen; needs a running tokio runtime.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn listen() -> io::Result<Self> {
        let requested = Arc::new(AtomicBool::new(false));
        for kind in [
            SignalKind::terminate(),
            SignalKind::interrupt(),
            SignalKind::hangup(),
        ] {
            let mut stream = signal(kind)?;
            let requested = Arc::clone(&requested);
            tokio::spawn(async move {
                while stream.recv().await.is_some() {
                    requested.store(true, Ordering::Release);
                }
            });
        }
        Ok(Self { requested })
    }
}

impl StopRequests for StopSignals {
    fn requested(&self) -> bool {
        self.requested.load(Ordering::Acquire)
    }
}

/// Leaves the terminal's session: closing the terminal then stops nothing here.
///
/// # Errors
/// When this process already leads a group.
pub fn leave_the_session() -> io::Result<()> {
    rustix::process::setsid()?;
    Ok(())
}
