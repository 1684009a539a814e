//! The real time.

use std::time::{Duration, SystemTime};

use pilothouse_effects::{Clock, Effect};

/// The computer's clock, and waiting on the running tokio runtime.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> SystemTime {
        SystemTime::now()
    }

    fn sleep(&self, duration: Duration) -> Effect<'_, ()> {
        Box::pin(tokio::time::sleep(duration))
    }
}
