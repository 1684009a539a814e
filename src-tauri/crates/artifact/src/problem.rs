//! Why archives could not be made.

use std::io;

use pilothouse_effects::{OutputProblem, ProjectProblem};
use pilothouse_model::{Code, ProjectPath};
use thiserror::Error;

use crate::pattern::PatternProblem;

/// Why archives could not be made. None of them is left behind half-written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ArtifactProblem {
    /// A pattern is not understood.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Patterns(Vec<PatternProblem>),
    /// Nothing is left to pack.
    #[error("no file matches the patterns of {file_name}: {}", shown(.patterns))]
    Empty {
        /// The archive.
        file_name: String,
        /// Its patterns, as written.
        patterns: Vec<String>,
    },
    /// Two archives have one name.
    #[error("two archives are called {0}")]
    SameName(String),
    /// The project cannot be read.
    #[error(transparent)]
    Project(#[from] ProjectProblem),
    /// The archive cannot be written.
    #[error(transparent)]
    Output(#[from] OutputProblem),
    /// It was small when it was listed, and no longer is when it is read.
    #[error("{0} grows while it is packed")]
    Changed(ProjectPath),
    /// A name longer than the archive format can say.
    #[error("the path {0} is too long for an archive")]
    NameTooLong(ProjectPath),
    /// More than the archive format can hold, and far more than Lambda takes.
    #[error("{0} would have more than 4 GB")]
    TooLarge(String),
    /// The compressor refuses.
    #[error("{path} cannot be compressed")]
    Deflate {
        /// The file.
        path: ProjectPath,
        /// Its own words.
        #[source]
        source: io::Error,
    },
}

impl ArtifactProblem {
    /// Its stable id.
    pub fn code(&self) -> Code {
        match self {
            Self::Patterns(_) => Code::ConfigBadValue,
            Self::Empty { .. } => Code::PackageEmpty,
            Self::SameName(_) => Code::ConfigConflict,
            Self::Project(ProjectProblem::Missing(_)) => Code::PackageMissing,
            Self::Project(ProjectProblem::Outside(_)) => Code::PathOutside,
            Self::Project(_) | Self::Changed(_) | Self::NameTooLong(_) | Self::Deflate { .. } => {
                Code::PackageUnreadable
            }
            Self::TooLarge(_) => Code::PackageTooLarge,
            Self::Output(_) => Code::OutputUnwritable,
        }
    }

    /// What to do about it, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Patterns(_) => Some("Correct package.patterns"),
            Self::Empty { .. } => {
                Some("Add a pattern to package.patterns that takes in the handler's file")
            }
            Self::SameName(_) => Some("Give the functions different names"),
            Self::Project(ProjectProblem::Missing(_)) => {
                Some("Run it again when nothing else changes the project's files")
            }
            Self::Project(ProjectProblem::TooMany { .. }) => Some(
                "Leave folders out with patterns such as !data/**, or remove links between folders",
            ),
            Self::Changed(_) => {
                Some("Leave it out with a pattern that starts with !, or stop what writes it")
            }
            Self::Project(_) | Self::NameTooLong(_) | Self::TooLarge(_) | Self::Deflate { .. } => {
                Some("Leave it out with a pattern that starts with !")
            }
            Self::Output(_) => Some("Check free space and permissions"),
        }
    }
}

fn shown(patterns: &[String]) -> String {
    if patterns.is_empty() {
        "there are none, and the project has no other files".to_owned()
    } else {
        patterns.join(", ")
    }
}
