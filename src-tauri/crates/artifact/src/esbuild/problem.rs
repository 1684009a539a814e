//! Why code could not be bundled.

use pilothouse_effects::{FolderProblem, PrivateProblem, ProcessProblem, ProjectProblem};
use pilothouse_model::Code;
use thiserror::Error;

use super::bundle::Said;
use super::tool::Own;

/// Why code could not be bundled. Nothing half-made is left behind.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BundleProblem {
    /// Node or npm is not there.
    #[error("bundling needs Node.js with npm, and `{0}` is not on your PATH")]
    NoNode(String),
    /// An esbuild that does not tell what is needed.
    #[error("the project has esbuild {0}, and bundling needs 0.17 or newer")]
    TooOld(String),
    /// npm could not fetch it.
    #[error("esbuild {version} could not be fetched")]
    NotFetched {
        /// The version.
        version: String,
        /// npm's last words.
        told: String,
        /// The project's own copy, which runs by consent.
        own: Option<Box<Own>>,
    },
    /// The code is wrong.
    #[error("{} stopped esbuild", count(.0.len()))]
    Code(Vec<Said>),
    /// esbuild or Node ended otherwise than expected.
    #[error("esbuild could not be run")]
    Broken {
        /// Its last words.
        told: String,
    },
    /// A setting that names what is not there.
    #[error("{message}")]
    Setting {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// The project cannot be read.
    #[error(transparent)]
    Project(#[from] ProjectProblem),
    /// The app's own folder cannot be used.
    #[error(transparent)]
    Store(#[from] PrivateProblem),
    /// As above.
    #[error(transparent)]
    Folder(#[from] FolderProblem),
    /// A program cannot be run.
    #[error(transparent)]
    Process(#[from] ProcessProblem),
}

fn count(errors: usize) -> String {
    match errors {
        1 => "1 error".to_owned(),
        count => format!("{count} errors"),
    }
}

impl BundleProblem {
    /// A setting that names what is not there.
    pub(crate) fn setting(message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Setting {
            message: message.into(),
            hint: hint.into(),
        }
    }

    /// Its stable id.
    pub const fn code(&self) -> Code {
        match self {
            Self::NoNode(_) | Self::TooOld(_) | Self::NotFetched { .. } => Code::BundleTool,
            Self::Code(_) | Self::Broken { .. } | Self::Process(_) => Code::BundleFailed,
            Self::Setting { .. } => Code::BundleSetting,
            Self::Project(ProjectProblem::Outside(_)) => Code::PathOutside,
            Self::Project(_) => Code::PackageUnreadable,
            Self::Store(_) | Self::Folder(_) => Code::DataFolder,
        }
    }

    /// The program's own words.
    pub fn told(&self) -> Option<&str> {
        match self {
            Self::NotFetched { told, .. } | Self::Broken { told } => Some(told),
            _ => None,
        }
    }

    /// What to do about it, most useful first.
    pub fn hints(&self) -> Vec<String> {
        match self {
            Self::NoNode(_) => {
                vec!["Install Node.js 20 or newer: https://nodejs.org/en/download".to_owned()]
            }
            Self::TooOld(_) => vec!["Update it: npm install --save-dev esbuild@latest".to_owned()],
            Self::NotFetched { own, .. } => {
                let mut hints =
                    vec!["Check the network and npm's registry, then run it again".to_owned()];
                if let Some(own) = own {
                    hints.push(format!(
                        "Or allow the copy in `{}` to run, without credentials: --allow-code {}",
                        own.folder, own.hash
                    ));
                }
                hints
            }
            Self::Setting { hint, .. } => vec![hint.clone()],
            _ => Vec::new(),
        }
    }
}
