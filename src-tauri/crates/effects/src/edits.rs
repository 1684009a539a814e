//! Changing a file of the user's project: done for what the user edits, and for nothing else.

use pilothouse_model::{Digest, ProjectPath};

use crate::ProjectProblem;

/// What became of a file that was to be replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// It has the new content.
    Done,
    /// It was not touched: its content is not what the edit began with.
    ChangedSince,
}

/// Changes files of a project that exist. No call follows a link out of the folder it was opened on.
pub trait ProjectEdits: Send + Sync + std::fmt::Debug {
    /// Gives a file new content, all of it or nothing, provided that it still holds what has the digest `before`.
    /// Its mode stays; where a link inside the project leads to it, the link stays and its target is changed.
    ///
    /// # Errors
    /// When it is missing, outside, not a regular file, or may not be written.
    fn replace(
        &self,
        path: &ProjectPath,
        before: Digest,
        content: &[u8],
    ) -> Result<Replaced, ProjectProblem>;
}
