//! The texts of a project that its editor works on: read with a mark of their content, checked before they are
//! saved, and saved only over what they began with.
//!
//! A text is worked on with plain line ends and without a byte-order mark; what the file has of those is kept.

mod assist;
mod endings;
mod fixes;
mod unsaved;

use std::sync::Arc;

use pilothouse_effects::{ProjectFiles, ProjectProblem, Replaced};
use pilothouse_model::{Code, Digest, ProjectPath, Severity};

use crate::project::{self, ProjectRequest};
use crate::{ApiError, Findings, Host, Kind, check, package};

pub use assist::{Meaning, Shown, complete, meaning};
pub use fixes::{TextFix, fix};
pub use pilothouse_service::language::{Documentation, Suggestion, SuggestionKind, Suggestions};
pub(crate) use unsaved::Unsaved;

/// The most bytes of a file that is edited: more is not read as configuration either.
const MOST_BYTES: u64 = 1 << 20;

/// The most times that values which AWS is not asked for lead to further ones.
const MOST_ROUNDS: usize = 20;

/// A file as its editor works on it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// Its path in the project.
    pub file: String,
    /// Its text, with `\n` at the end of each line.
    pub text: String,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub digest: String,
    /// The configuration file of the project.
    pub config: String,
    /// Files that the configuration reads, and that can be edited as it can, in the order of their names.
    pub others: Vec<String>,
}

/// What became of a text that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Saved {
    /// The file has it, and this digest.
    Done {
        /// Of its bytes.
        digest: String,
    },
    /// The file holds something else than what the text began with, and was left as it is.
    Conflict {
        /// What it holds.
        theirs: TextFile,
    },
}

/// Reads the configuration file, or a file that it reads.
///
/// # Errors
/// When it is missing, no text, too large, or no part of the configuration.
pub fn read(
    host: &Host,
    request: &ProjectRequest,
    file: Option<&str>,
) -> Result<TextFile, ApiError> {
    let open = Open::new(host, request)?;
    let path = open.editable(file)?;
    open.text(&path)
}

/// Gives a file a new text, unless it changed since the one with the digest `before` was read.
///
/// # Errors
/// When the file is no part of the configuration, or cannot be written. It is as it was then.
pub fn save(
    host: &Host,
    request: &ProjectRequest,
    file: &str,
    before: &str,
    text: &str,
) -> Result<Saved, ApiError> {
    let open = Open::new(host, request)?;
    let path = open.editable(Some(file))?;
    let bytes = open.bytes(&path)?;
    let digest = Digest::of(&bytes);
    if digest.to_string() != before {
        let theirs = open.text(&path)?;
        return Ok(Saved::Conflict { theirs });
    }
    let content = endings::as_before(&decoded(&path, &bytes)?, text);
    let edits = host.workplace.edits(&request.folder)?;
    match edits
        .replace(&path, digest, content.as_bytes())
        .map_err(of_file)?
    {
        Replaced::Done => Ok(Saved::Done {
            digest: Digest::of(content.as_bytes()).to_string(),
        }),
        Replaced::ChangedSince => Ok(Saved::Conflict {
            theirs: open.text(&path)?,
        }),
    }
}

/// Everything that would be found if a file of the project had this text: what `check` says of it once it is saved.
///
/// # Errors
/// When the file is no part of the configuration, or the project cannot be read.
pub fn check(
    host: &Host,
    request: &ProjectRequest,
    file: &str,
    text: &str,
) -> Result<Findings, ApiError> {
    let path = Open::of(host, request, file)?.editable(Some(file))?;
    let (host, _) = Unsaved::with(host, path, text);
    let mut request = request.clone();
    for _ in 0..MOST_ROUNDS {
        let mut error = match check::check(&host, &request) {
            Ok(found) => return Ok(found),
            Err(error) => error,
        };
        match (error.wants.take(), error.findings.take()) {
            // AWS is not asked while one writes: what it would say stays open, and all else is looked at.
            (Some(wants), _) => request.known.leave_open(*wants),
            (None, Some(found)) => return Ok(open_ends(*found)),
            (None, None) => return Err(error),
        }
    }
    Err(ApiError::new(
        Code::VariableCycle,
        Kind::Config,
        "the configuration asks AWS for more with every answer",
    ))
}

/// What AWS was not asked for is no fault of the text.
fn open_ends(mut found: Findings) -> Findings {
    for one in &mut found.diagnostics.0 {
        if one.code == Code::CloudNotAsked {
            one.severity = Severity::Warning;
        }
    }
    found
}

/// A project whose texts are edited.
#[derive(Debug)]
pub(crate) struct Open {
    files: Arc<dyn ProjectFiles>,
    /// The configuration file.
    pub(crate) config: ProjectPath,
    others: Vec<ProjectPath>,
}

impl Open {
    /// Finds the configuration and what it reads. It need not be right.
    pub(crate) fn new(host: &Host, request: &ProjectRequest) -> Result<Self, ApiError> {
        let mut open = Self::alone(host, request)?;
        let (watched, reads) = Unsaved::nothing(host);
        // What is wrong does not matter here: what was read up to there counts.
        drop(package::on_paper(&watched, request));
        let text = open.text(&open.config)?.text;
        let mut others = reads.list();
        others.extend(unsaved::named_in(&text, open.files.as_ref()));
        others.retain(|path| *path != open.config && is_editable(path));
        others.sort();
        others.dedup();
        open.others = others;
        Ok(open)
    }

    /// The same, for work on one file: what else is read does not matter for the configuration itself.
    pub(crate) fn of(host: &Host, request: &ProjectRequest, file: &str) -> Result<Self, ApiError> {
        let open = Self::alone(host, request)?;
        if open.config.as_str() == file {
            return Ok(open);
        }
        Self::new(host, request)
    }

    fn alone(host: &Host, request: &ProjectRequest) -> Result<Self, ApiError> {
        let files = host.workplace.project(&request.folder)?;
        let (source, _) = project::configuration(files.as_ref(), request)?;
        let config = ProjectPath::parse(source.as_str())
            .map_err(|problem| ApiError::new(Code::PathOutside, Kind::User, problem.to_string()))?;
        Ok(Self {
            files,
            config,
            others: Vec::new(),
        })
    }

    /// The text of the configuration, when a file of the project has the text given.
    fn config_text(&self, file: &ProjectPath, text: &str) -> Result<String, ApiError> {
        if *file == self.config {
            return Ok(text.to_owned());
        }
        Ok(self.text(&self.config)?.text)
    }

    /// The path of a file that may be edited; the configuration when none is named.
    pub(crate) fn editable(&self, file: Option<&str>) -> Result<ProjectPath, ApiError> {
        let Some(file) = file else {
            return Ok(self.config.clone());
        };
        let known = std::iter::once(&self.config)
            .chain(&self.others)
            .find(|path| path.as_str() == file);
        known.cloned().ok_or_else(|| {
            ApiError::new(
                Code::PathOutside,
                Kind::User,
                format!("`{file}` is no part of this project's configuration"),
            )
            .detail("the editor opens the configuration file and the files that it reads")
            .hint("Name it in the configuration with `${file(...)}`, or open it in another editor")
        })
    }

    fn bytes(&self, path: &ProjectPath) -> Result<Vec<u8>, ApiError> {
        self.files.read(path, MOST_BYTES).map_err(of_file)
    }

    fn text(&self, path: &ProjectPath) -> Result<TextFile, ApiError> {
        let bytes = self.bytes(path)?;
        Ok(TextFile {
            file: path.to_string(),
            text: endings::plain(&decoded(path, &bytes)?),
            digest: Digest::of(&bytes).to_string(),
            config: self.config.to_string(),
            others: self.others.iter().map(ToString::to_string).collect(),
        })
    }
}

fn decoded(path: &ProjectPath, bytes: &[u8]) -> Result<String, ApiError> {
    String::from_utf8(bytes.to_vec()).map_err(|problem| {
        ApiError::new(
            Code::ConfigUnreadable,
            Kind::Config,
            format!("`{path}` is not UTF-8 text"),
        )
        .detail(problem.to_string())
        .hint("Save it as UTF-8 with another editor")
    })
}

/// Files of words that a person edits. What holds variables of the environment is not opened: it holds secrets.
fn is_editable(path: &ProjectPath) -> bool {
    const ENDINGS: &[&str] = &[
        "yml", "yaml", "json", "txt", "md", "vtl", "js", "cjs", "mjs", "ts",
    ];
    let name = path.file_name();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending);
    !name.starts_with(".env") && ending.is_some_and(|ending| ENDINGS.contains(&ending))
}

fn of_file(problem: ProjectProblem) -> ApiError {
    let hint = match &problem {
        ProjectProblem::TooLarge { .. } => "Split it, and read its parts with `${file(...)}`",
        ProjectProblem::Unwritable { .. } => "Check its permissions and the free space of its disk",
        ProjectProblem::Missing(_) => "Look at the project again: it was moved or deleted",
        _ => "Check the file and its permissions",
    };
    let is_writing = matches!(problem, ProjectProblem::Unwritable { .. });
    let mut error = ApiError::from(problem).hint(hint);
    error.code = match error.code {
        _ if is_writing => Code::OutputUnwritable,
        Code::PackageMissing => Code::ConfigMissing,
        Code::PackageUnreadable => Code::ConfigUnreadable,
        other => other,
    };
    error
}
