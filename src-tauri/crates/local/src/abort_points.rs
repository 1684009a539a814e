//! Points where a test may have the process die, as a power cut would: not at all in a release.

#[cfg(debug_assertions)]
use std::sync::atomic::{AtomicU32, Ordering};

/// Counts the points that were passed, and ends the process at the one that was asked for.
///
/// `PILOTHOUSE_ABORT_AT=n` names the point, from one. Only a debug build looks at it.
#[derive(Debug)]
pub(crate) struct AbortPoints {
    #[cfg(debug_assertions)]
    at: Option<u32>,
    #[cfg(debug_assertions)]
    passed: AtomicU32,
}

impl AbortPoints {
    #[cfg(debug_assertions)]
    pub(crate) fn from_environment() -> Self {
        let asked = std::env::var("PILOTHOUSE_ABORT_AT").ok();
        Self {
            at: asked.and_then(|text| text.parse().ok()),
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
        if self.at == Some(number) {
            std::process::abort();
        }
    }

    #[cfg(not(debug_assertions))]
    #[expect(clippy::unused_self, reason = "a debug build looks at it")]
    pub(crate) const fn pass(&self) {}
}
