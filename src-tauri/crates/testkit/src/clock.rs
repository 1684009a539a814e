//! A clock that moves only when it is told, or when someone waits.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use pilothouse_effects::{Clock, Effect};

/// Waiting takes no time and moves the clock by what was waited for. Clones are the same clock.
#[derive(Debug, Clone)]
pub struct FakeClock {
    now: Arc<Mutex<SystemTime>>,
}

impl FakeClock {
    /// A clock that shows this time.
    pub fn at(now: SystemTime) -> Self {
        Self {
            now: Arc::new(Mutex::new(now)),
        }
    }

    /// A clock that shows so many milliseconds since 1970.
    pub fn at_millis(millis: u64) -> Self {
        Self::at(SystemTime::UNIX_EPOCH + Duration::from_millis(millis))
    }

    /// Moves the clock.
    pub fn advance(&self, duration: Duration) {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner) += duration;
    }
}

impl Clock for FakeClock {
    fn now(&self) -> SystemTime {
        *self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep(&self, duration: Duration) -> Effect<'_, ()> {
        self.advance(duration);
        Box::pin(std::future::ready(()))
    }
}
