//! The composition root: the real effects, joined once.

use std::sync::Arc;

use pilothouse_api::Host;
use pilothouse_local::{DiskWorkplace, ProcessEnvironment, SystemClock};

/// The real world.
pub(crate) fn real() -> Host {
    Host {
        clock: Arc::new(SystemClock),
        environment: Arc::new(ProcessEnvironment),
        workplace: Arc::new(DiskWorkplace),
    }
}
