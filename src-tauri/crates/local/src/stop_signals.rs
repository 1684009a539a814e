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
        let flag = Arc::clone(&requested);
        on_stop_signals(move || flag.store(true, Ordering::Release))?;
        Ok(Self { requested })
    }
}

/// Calls `each` at every signal that asks this process to stop, instead of dying by it.
///
/// # Errors
/// When the system refuses.
pub fn on_stop_signals(each: impl Fn() + Send + Sync + 'static) -> io::Result<()> {
    let each = Arc::new(each);
    for kind in [
        SignalKind::terminate(),
        SignalKind::interrupt(),
        SignalKind::hangup(),
    ] {
        let mut stream = signal(kind)?;
        let each = Arc::clone(&each);
        tokio::spawn(async move {
            while stream.recv().await.is_some() {
                each();
            }
        });
    }
    Ok(())
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
