//! The one envelope in which every failure reaches a person.

pub use pilothouse_deploy::Failure;
use pilothouse_effects::{FolderProblem, OutputProblem, ProjectProblem};
use pilothouse_model::{Code, Diagnostics, Sources};
use pilothouse_service::CloudLookup;
use serde::Serialize;
use specta::Type;
use thiserror::Error;

use crate::consent::Program;

/// Whose turn it is after a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Kind {
    /// The call was wrong.
    User,
    /// The project's files are wrong.
    Config,
    /// Someone must allow it first.
    Permission,
    /// The world is not as the call needs it.
    Precondition,
    /// A service or the network failed.
    Remote,
    /// A fault of Pilothouse.
    Internal,
}

/// Whether trying again can help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub enum Retry {
    /// Not until something changes.
    Never,
    /// At once.
    Now,
    /// After doing what the hints say.
    After,
}

/// Diagnostics with the texts they point into.
#[derive(Debug, Clone, Default)]
pub struct Findings {
    /// What was found.
    pub diagnostics: Diagnostics,
    /// The texts.
    pub sources: Sources,
}

/// A failure: what happened, why, and what to do.
#[derive(Debug, Error)]
#[error("{title}")]
pub struct ApiError {
    /// Stable id.
    pub code: Code,
    /// Whose turn it is.
    pub kind: Kind,
    /// What happened, in one sentence.
    pub title: String,
    /// Why, in the service's or the disk's own words.
    pub detail: Option<String>,
    /// What to do, most useful first.
    pub hints: Vec<String>,
    /// Whether trying again can help.
    pub retry: Retry,
    /// What is wrong in the project's files, when that is the reason.
    pub findings: Option<Box<Findings>>,
    /// The change of a stack that failed, when that is the reason.
    pub failure: Option<Box<Failure>>,
    /// What AWS must be asked to go on, when that is the reason.
    pub wants: Option<Box<Vec<CloudLookup>>>,
    /// Which programs of the project somebody must consent to first, when that is the reason.
    pub consent: Option<Box<Vec<Program>>>,
}

impl ApiError {
    /// A failure with a title and nothing else.
    pub fn new(code: Code, kind: Kind, title: impl Into<String>) -> Self {
        Self {
            code,
            kind,
            title: title.into(),
            detail: None,
            hints: Vec::new(),
            retry: Retry::After,
            findings: None,
            failure: None,
            wants: None,
            consent: None,
        }
    }

    /// Adds why.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// Says whether trying again can help.
    #[must_use]
    pub const fn retry(mut self, retry: Retry) -> Self {
        self.retry = retry;
        self
    }

    /// The project's files are wrong: the first error's code stands for all.
    pub fn from_findings(diagnostics: Diagnostics, sources: Sources) -> Self {
        let errors = || {
            diagnostics
                .0
                .iter()
                .filter(|d| d.severity == pilothouse_model::Severity::Error)
        };
        let code = errors().next().map_or(Code::ConfigBadValue, |d| d.code);
        let title = match errors().count() {
            1 => "1 problem must be solved first".to_owned(),
            count => format!("{count} problems must be solved first"),
        };
        let mut error = Self::new(code, Kind::Config, title);
        error.findings = Some(Box::new(Findings {
            diagnostics,
            sources,
        }));
        error
    }
}

impl From<FolderProblem> for ApiError {
    fn from(problem: FolderProblem) -> Self {
        Self::new(Code::ConfigMissing, Kind::User, problem.to_string())
            .detail(problem.source.to_string())
            .hint("Name the project's folder with --dir")
    }
}

impl From<OutputProblem> for ApiError {
    fn from(problem: OutputProblem) -> Self {
        Self::new(
            Code::OutputUnwritable,
            Kind::Precondition,
            problem.to_string(),
        )
        .detail(problem.source.to_string())
        .hint("Check free space and permissions, or name another folder with --out")
    }
}

impl From<ProjectProblem> for ApiError {
    fn from(problem: ProjectProblem) -> Self {
        let detail = std::error::Error::source(&problem).map(ToString::to_string);
        let code = match &problem {
            ProjectProblem::Missing(_) => Code::PackageMissing,
            ProjectProblem::Outside(_) => Code::PathOutside,
            _ => Code::PackageUnreadable,
        };
        let mut error = Self::new(code, Kind::Config, problem.to_string());
        error.detail = detail;
        error
    }
}
