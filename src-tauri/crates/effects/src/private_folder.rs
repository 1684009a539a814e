//! Folders that belong to Pilothouse alone, and locks in them.

use std::io;

use thiserror::Error;

/// Why a file of ours cannot be used.
#[derive(Debug, Error)]
#[error("{path} cannot be used")]
pub struct PrivateProblem {
    /// The file or folder.
    pub path: String,
    /// The disk's own words.
    #[source]
    pub source: io::Error,
}

/// A lock, until it is dropped or its process ends, however it ends.
pub trait Held: Send + Sync + std::fmt::Debug {}

/// Locks between processes, each a file.
pub trait Locks: Send + Sync + std::fmt::Debug {
    /// Takes a lock without waiting and leaves words for those who ask who holds it; none when another has it.
    ///
    /// # Errors
    /// When the disk refuses.
    fn take(&self, name: &str, words: &str) -> Result<Option<Box<dyn Held>>, PrivateProblem>;

    /// The words of the living holder; none when nobody holds it.
    ///
    /// # Errors
    /// When the disk refuses.
    fn holder(&self, name: &str) -> Result<Option<String>, PrivateProblem>;
}

/// A folder that only its owner may read. Names are relative, with `/` between their parts.
pub trait PrivateFolder: Locks {
    /// The whole path of a folder in it, made when missing; the empty name is the folder itself.
    ///
    /// # Errors
    /// When it cannot be made.
    fn folder(&self, name: &str) -> Result<String, PrivateProblem>;

    /// What a file holds from a byte on; none when there is no such file.
    ///
    /// # Errors
    /// When the disk refuses.
    fn read(&self, name: &str, from: u64) -> Result<Option<Vec<u8>>, PrivateProblem>;

    /// Puts a file in place whole: readers see the old or the new one.
    ///
    /// # Errors
    /// When the disk refuses; then the old file is still there.
    fn write(&self, name: &str, content: &[u8]) -> Result<(), PrivateProblem>;

    /// Removes a file, or a folder with all that is in it; what is not there needs no removing.
    ///
    /// # Errors
    /// When the disk refuses.
    fn remove(&self, name: &str) -> Result<(), PrivateProblem>;

    /// Gives a file or folder another name at once; a file that had it is replaced.
    ///
    /// # Errors
    /// When the disk refuses.
    fn rename(&self, from: &str, to: &str) -> Result<(), PrivateProblem>;

    /// The names in a folder, sorted; none when there is no such folder.
    ///
    /// # Errors
    /// When the disk refuses.
    fn names(&self, folder: &str) -> Result<Vec<String>, PrivateProblem>;
}
