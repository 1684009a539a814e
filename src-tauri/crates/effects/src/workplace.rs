//! The folders on this computer that a use case is pointed at.

use std::io;
use std::sync::Arc;

use thiserror::Error;

use crate::{ArchiveStore, ProjectEdits, ProjectFiles};

/// Why a folder cannot be used.
#[derive(Debug, Error)]
#[error("{folder} cannot be opened")]
pub struct FolderProblem {
    /// The folder, as it was named.
    pub folder: String,
    /// The disk's own words.
    #[source]
    pub source: io::Error,
}

/// Opens folders. The only place where a path of this computer enters the engine.
pub trait Workplace: Send + Sync + std::fmt::Debug {
    /// Opens a project that exists.
    ///
    /// # Errors
    /// When the folder is missing, not a folder or not readable.
    fn project(&self, folder: &str) -> Result<Arc<dyn ProjectFiles>, FolderProblem>;

    /// Opens a project that exists, to change files of it.
    ///
    /// # Errors
    /// When the folder is missing, not a folder or not readable.
    fn edits(&self, folder: &str) -> Result<Arc<dyn ProjectEdits>, FolderProblem>;

    /// Opens a folder for results, making it (and those above it) when it is missing.
    ///
    /// # Errors
    /// When it cannot be made.
    fn output(&self, folder: &str) -> Result<Arc<dyn ArchiveStore>, FolderProblem>;

    /// The folder's whole path, links resolved, for records and for telling two spellings apart.
    ///
    /// # Errors
    /// When the folder is missing.
    fn absolute(&self, folder: &str) -> Result<String, FolderProblem>;
}
