//! CloudWatch Logs, in the words of someone who reads along.

use std::time::SystemTime;

use crate::{CloudProblem, Effect};

/// A line of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogEvent {
    /// Unique in its group.
    pub id: String,
    /// When it was written.
    pub at: SystemTime,
    /// What was written.
    pub message: String,
}

/// Reads logs.
pub trait Logs: Send + Sync + std::fmt::Debug {
    /// Every line of a group from a moment on, oldest first; none when there is no such group.
    fn since<'a>(
        &'a self,
        group: &'a str,
        from: SystemTime,
    ) -> Effect<'a, Result<Option<Vec<LogEvent>>, CloudProblem>>;
}
