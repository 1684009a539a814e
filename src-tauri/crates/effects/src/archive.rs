//! Where results are written.

use std::io::{self, Seek, Write};

use thiserror::Error;

/// Why a result could not be written.
#[derive(Debug, Error)]
#[error("{name} cannot be written")]
pub struct OutputProblem {
    /// The file.
    pub name: String,
    /// The disk's own words.
    #[source]
    pub source: io::Error,
}

/// A file that appears under its name only when it is kept: a failure leaves the old one as it was.
pub trait PendingFile: Write + Seek + Send {
    /// Makes it durable and puts it in place of what had its name.
    ///
    /// # Errors
    /// When the disk refuses; then the old file is still there.
    fn keep(self: Box<Self>) -> Result<(), OutputProblem>;
}

/// The folder that results go into.
pub trait ArchiveStore: Send + Sync + std::fmt::Debug {
    /// Starts a file of that plain name (no folders in it).
    ///
    /// # Errors
    /// When the name is not plain or the disk refuses.
    fn create(&self, name: &str) -> Result<Box<dyn PendingFile>, OutputProblem>;

    /// Starts a file that only its owner may read.
    ///
    /// # Errors
    /// When the name is not plain or the disk refuses.
    fn create_private(&self, name: &str) -> Result<Box<dyn PendingFile>, OutputProblem>;
}
