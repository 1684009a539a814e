//! The clipboard of this computer.

use pilothouse_model::Secret;
use thiserror::Error;

/// Why the clipboard did not take something.
#[derive(Debug, Error)]
#[error("the clipboard cannot be used")]
pub struct ClipboardProblem {
    /// The system's own words.
    pub reason: String,
}

/// Gives secrets to the clipboard and takes them back.
pub trait Clipboard: Send + Sync + std::fmt::Debug {
    /// Puts a secret there. Where the system can, histories of the clipboard are told to leave it out.
    ///
    /// # Errors
    /// When there is no clipboard, or it does not take it.
    fn put(&self, secret: &Secret) -> Result<(), ClipboardProblem>;

    /// Empties it when it still holds this secret; answers whether it did. What somebody copied since stays.
    ///
    /// # Errors
    /// When it cannot be looked at.
    fn take_back(&self, secret: &Secret) -> Result<bool, ClipboardProblem>;
}
