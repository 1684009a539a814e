//! Time.

use std::time::{Duration, SystemTime};

use crate::Effect;

/// Tells the time and waits; a test's clock moves only when told.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The time of day.
    fn now(&self) -> SystemTime;

    /// Waits.
    fn sleep(&self, duration: Duration) -> Effect<'_, ()>;
}
