//! The process's environment variables.

/// Reads environment variables. Kept behind a trait so that what a configuration can see is decided in one place.
pub trait Environment: Send + Sync + std::fmt::Debug {
    /// The value of a variable, when it is set and is text.
    fn variable(&self, name: &str) -> Option<String>;
}
