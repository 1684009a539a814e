//! The user's project, as a tree of files that nothing can leave.

use std::io::{self, Read};

use pilothouse_model::ProjectPath;
use thiserror::Error;

/// What a name in a folder stands for, links followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum EntryKind {
    /// A regular file inside the project.
    File {
        /// Size in bytes.
        size: u64,
        /// Whether its owner may execute it.
        executable: bool,
    },
    /// A folder inside the project that the walk was told not to enter.
    Folder,
    /// A link that leads out of the project, nowhere, or in a circle.
    LinkAway,
    /// A socket, device or pipe, or a name that is not text.
    Special,
}

/// One name of the tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TreeEntry {
    /// Where it lies.
    pub path: ProjectPath,
    /// What it is.
    pub kind: EntryKind,
    /// Where in the project it really lies, when a link on the way leads elsewhere in the project.
    pub target: Option<ProjectPath>,
}

/// The bytes of a file, read as they are needed.
pub type FileContent = Box<dyn Read + Send>;

/// Why a file of the project cannot be had.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ProjectProblem {
    /// No such file.
    #[error("{0} does not exist")]
    Missing(ProjectPath),
    /// A link on the way leads out of the project.
    #[error("{0} leads out of the project")]
    Outside(ProjectPath),
    /// A folder, socket, device or pipe.
    #[error("{0} is not a regular file")]
    NotAFile(ProjectPath),
    /// Larger than the reader allows.
    #[error("{path} has more than {limit} bytes")]
    TooLarge {
        /// The file.
        path: ProjectPath,
        /// The most that would have been read, in bytes.
        limit: u64,
    },
    /// It may not be written, or the disk says no to it.
    #[error("{path} cannot be written")]
    Unwritable {
        /// The file.
        path: ProjectPath,
        /// The disk's own words.
        #[source]
        source: io::Error,
    },
    /// More files than any package can hold; links that lead to links can make a small folder look endless.
    #[error("the project has more than {limit} files")]
    TooMany {
        /// The most that would have been listed.
        limit: usize,
    },
    /// The disk says no to listing the project's own folder.
    #[error("the project's folder cannot be read")]
    FolderUnreadable(#[source] io::Error),
    /// The disk says no.
    #[error("{path} cannot be read")]
    Unreadable {
        /// The file or folder.
        path: ProjectPath,
        /// The disk's own words.
        #[source]
        source: io::Error,
    },
}

/// Reads the user's project. No call follows a link out of the folder it was opened on.
pub trait ProjectFiles: Send + Sync + std::fmt::Debug {
    /// Every file below the project's root, sorted by path bytes, not descending into folders that `prune`
    /// answers true for: these appear themselves, as [`EntryKind::Folder`]. Links to files inside the project
    /// appear as files, links to its folders as folders; links that lead away (or are absolute, or lead back
    /// to a folder they lie in) appear as [`EntryKind::LinkAway`], so that what is left out can be said.
    ///
    /// # Errors
    /// When a folder cannot be listed, or there are too many files.
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem>;

    /// A whole file of at most `limit` bytes.
    ///
    /// # Errors
    /// When it is missing, outside, not a regular file, larger than `limit`, or unreadable.
    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem>;

    /// A file as a stream.
    ///
    /// # Errors
    /// As [`ProjectFiles::read`], but for the limit.
    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem>;
}
