//! Points where a test may have the process die, as a power cut would, or be asked to stop, as by Ctrl-C: not at
//! all in a release.

#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts the points that were passed, and ends or interrupts the process at the one that was asked for.
///
/// `PILOTHOUSE_ABORT_AT=n` names the point where it dies, from one; `PILOTHOUSE_INTERRUPT_AT=n` where it gets the
/// signal of a Ctrl-C. Only a debug build looks at them.
#[derive(Debug)]
pub(crate) struct AbortPoints {
    #[cfg(debug_assertions)]
    dies_at: Option<u32>,
    #[cfg(debug_assertions)]
    interrupted_at: Option<u32>,
    #[cfg(debug_assertions)]
    passed: AtomicU32,
}

impl AbortPoints {
    #[cfg(debug_assertions)]
    pub(crate) fn from_environment() -> Self {
        let point = |name| std::env::var(name).ok()?.parse().ok();
        Self {
            dies_at: point("PILOTHOUSE_ABORT_AT"),
            interrupted_at: point("PILOTHOUSE_INTERRUPT_AT"),
            passed: AtomicU32::new(0),
        }
    }

    #[cfg(not(debug_assertions))]
    pub(crate) const fn from_environment() -> Self {
        Self {}
    }

    /// Passes one point.
    #[cfg(debug_assertions)]
    pub(crate) fn pass(&self) {
        let number = self.passed.fetch_add(1, Ordering::SeqCst) + 1;
        if self.dies_at == Some(number) {
            std::process::abort();
        }
        if self.interrupted_at == Some(number) {
            let own = rustix::process::getpid();
            let sent = rustix::process::kill_process(own, rustix::process::Signal::INT);
            debug_assert!(sent.is_ok(), "a process may signal itself");
        }
    }

    #[cfg(not(debug_assertions))]
    #[expect(clippy::unused_self, reason = "a debug build looks at it")]
    pub(crate) const fn pass(&self) {}
}
