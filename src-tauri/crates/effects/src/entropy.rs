//! Chance.

use std::io;

/// Gives what nobody can guess; a test's entropy repeats.
pub trait Entropy: Send + Sync + std::fmt::Debug {
    /// Sixteen random bytes in hexadecimal.
    ///
    /// # Errors
    /// When the system has none to give.
    fn token(&self) -> io::Result<String>;
}
