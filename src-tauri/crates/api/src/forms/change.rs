//! An edit as the change of its files: made on paper, looked at, and written when it is wanted.

use std::collections::{BTreeMap, HashSet};

use indexmap::IndexMap;
use pilothouse_model::{Code, Diagnostic, Diagnostics, ProjectPath, Severity, SourceId, Sources};
use pilothouse_service::edit::{self, Edit, Editable, Sharing, Stop};

use super::diff::{DiffLine, diff};
use super::values;
use crate::error::Findings;
use crate::project::ProjectRequest;
use crate::texts::{self, Saved, TextFile, Unsaved};
use crate::{ApiError, Host, Kind, check};

/// What an edit would do.
#[derive(Debug, Clone)]
pub struct Change {
    /// The files that would change.
    pub files: Vec<FileChange>,
    /// What would be found in the project then.
    pub findings: Findings,
    /// What of it is not found now.
    pub fresh: Findings,
    /// How many things would be wrong that are not now: nothing is written then, unless it is asked for.
    pub new_errors: usize,
}

/// A file that changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Its path in the project.
    pub file: String,
    /// Names the content that the change begins with.
    pub before: String,
    /// The new text.
    pub text: String,
    /// The lines that differ.
    pub lines: Vec<DiffLine>,
}

/// A change that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The files.
    pub files: Vec<FileChange>,
}

/// How many files one value may lead through.
const MOST_HOPS: usize = 8;

/// What edits would do, without doing it.
///
/// # Errors
/// When one of them is refused, or a file cannot be read.
pub fn propose(
    host: &Host,
    request: &ProjectRequest,
    edits: &[Edit],
    sharing: Sharing,
) -> Result<Change, ApiError> {
    let mut paper = Paper::new(host, request)?;
    for edit in edits {
        let edit = with_read_value(edit.clone())?;
        paper.make(host, request, edit, sharing)?;
    }
    let files: Vec<FileChange> = paper
        .files
        .into_values()
        .filter(|file| file.text != file.read.text)
        .map(|file| FileChange {
            lines: diff(&file.read.text, &file.text),
            file: file.read.file,
            before: file.read.digest,
            text: file.text,
        })
        .collect();
    let (now, then) = findings(host, request, &files)?;
    let key = |one: &Diagnostic| (one.code, one.path.clone(), one.message.clone());
    let known: HashSet<_> = now.diagnostics.0.iter().map(key).collect();
    let fresh = then.diagnostics.0.iter();
    let fresh = fresh.filter(|one| !known.contains(&key(one)));
    let fresh = Diagnostics(fresh.cloned().collect());
    Ok(Change {
        files,
        new_errors: more(&wrong(&now), &wrong(&then)),
        fresh: Findings {
            diagnostics: fresh,
            sources: then.sources.clone(),
        },
        findings: then,
    })
}

/// Makes a change that was proposed, when every file is as it was then.
///
/// # Errors
/// When a file changed meanwhile, or cannot be written.
pub fn write(host: &Host, request: &ProjectRequest, change: &Change) -> Result<Written, ApiError> {
    for file in &change.files {
        let now = texts::read(host, request, Some(&file.file))?;
        if now.digest != file.before {
            return Err(changed_meanwhile(&file.file));
        }
    }
    for file in &change.files {
        match texts::save(host, request, &file.file, &file.before, &file.text)? {
            Saved::Done { .. } => {}
            Saved::Conflict { .. } => return Err(changed_meanwhile(&file.file)),
        }
    }
    Ok(Written {
        files: change.files.clone(),
    })
}

/// The refusal to write over what changed.
pub fn changed_meanwhile(file: &str) -> ApiError {
    ApiError::new(
        Code::EditConflict,
        Kind::Precondition,
        format!("`{file}` changed since this was looked at"),
    )
    .hint("Look at the change again: it is made over what the file holds now")
    .retry(crate::Retry::Now)
}

fn with_read_value(edit: Edit) -> Result<Edit, ApiError> {
    let at = edit.path().join(".");
    Ok(match edit {
        Edit::Set { path, value } => Edit::Set {
            value: values::read(value, &at)?,
            path,
        },
        Edit::Insert {
            path,
            at: number,
            value,
        } => Edit::Insert {
            value: values::read(value, &at)?,
            path,
            at: number,
        },
        other => other,
    })
}

/// The files of a project with edits made that are not saved.
struct Paper {
    config: String,
    files: IndexMap<String, OnPaper>,
}

struct OnPaper {
    read: TextFile,
    text: String,
}

impl Paper {
    fn new(host: &Host, request: &ProjectRequest) -> Result<Self, ApiError> {
        let read = texts::read(host, request, None)?;
        let config = read.file.clone();
        let text = read.text.clone();
        let files = IndexMap::from_iter([(config.clone(), OnPaper { read, text })]);
        Ok(Self { config, files })
    }

    /// Makes an edit in the file that holds its value.
    fn make(
        &mut self,
        host: &Host,
        request: &ProjectRequest,
        edit: Edit,
        sharing: Sharing,
    ) -> Result<(), ApiError> {
        let mut name = self.config.clone();
        let mut edit = edit;
        for _ in 0..MOST_HOPS {
            if !self.files.contains_key(&name) {
                let read = texts::read(host, request, Some(&name))?;
                let text = read.text.clone();
                self.files.insert(name.clone(), OnPaper { read, text });
            }
            let Some(file) = self.files.get_mut(&name) else {
                break;
            };
            let source = SourceId::new(name.as_str());
            let editable = Editable {
                source: &source,
                text: &file.text,
                sharing,
            };
            match edit::apply(&editable, &edit) {
                Ok(text) => {
                    file.text = text;
                    return Ok(());
                }
                Err(Stop::Refused(found)) => return Err(refused(*found, &source, &file.text)),
                Err(Stop::Elsewhere {
                    file: other, path, ..
                }) => {
                    name = inside(&other)?;
                    edit = edit.at(path);
                }
            }
        }
        Err(ApiError::new(
            Code::EditRefused,
            Kind::Config,
            "the value leads through too many files",
        )
        .hint("Edit the file that holds it as text"))
    }
}

/// The path in the project of a file that a variable names.
pub(super) fn inside(file: &str) -> Result<String, ApiError> {
    let plain = file.trim().trim_matches(['\'', '"']);
    let plain = plain.strip_prefix("./").unwrap_or(plain);
    ProjectPath::parse(plain)
        .map(|path| path.to_string())
        .map_err(|problem| {
            ApiError::new(
                Code::PathOutside,
                Kind::User,
                format!("the value is in `{file}`, which is not edited"),
            )
            .detail(problem.to_string())
            .hint("Edit that file with another editor")
        })
}

/// A refusal, with the text that it points into.
pub(super) fn refused(found: Diagnostic, source: &SourceId, text: &str) -> ApiError {
    let mut sources = Sources::default();
    sources.insert(source.clone(), text);
    ApiError::from_findings(Diagnostics(vec![found]), sources)
}

/// What is found now, and what would be.
fn findings(
    host: &Host,
    request: &ProjectRequest,
    files: &[FileChange],
) -> Result<(Findings, Findings), ApiError> {
    let now = found(host, request)?;
    let mut changed = host.clone();
    for file in files {
        let path = ProjectPath::parse(&file.file)
            .map_err(|problem| ApiError::new(Code::PathOutside, Kind::User, problem.to_string()))?;
        changed = Unsaved::with(&changed, path, &file.text).0;
    }
    let then = match found(&changed, request) {
        // Code is allowed by its content on the disk, and this one is not there: somebody is asked when it is.
        Err(error) if error.consent.is_some() => unknown_till_allowed(&now),
        then => then?,
    };
    Ok((now, then))
}

/// What is found now, and that code of the project was not asked what it says of the change.
fn unknown_till_allowed(now: &Findings) -> Findings {
    let mut then = now.clone();
    then.diagnostics.0.push(Diagnostic::warning(
        Code::ConsentNeeded,
        "code of this project has a part in this: what it says of the change is known when it may run again",
    ));
    then
}

/// What is wrong, by kind: what the checks of values say counts also where the file makes it a warning.
fn wrong(findings: &Findings) -> BTreeMap<Code, usize> {
    let mut counts = BTreeMap::new();
    for one in &findings.diagnostics.0 {
        let of_values = matches!(
            one.code,
            Code::ConfigBadValue | Code::ConfigUnknownKey | Code::ConfigMissingKey
        );
        if of_values || one.severity == Severity::Error {
            *counts.entry(one.code).or_insert(0) += 1;
        }
    }
    counts
}

fn more(now: &BTreeMap<Code, usize>, then: &BTreeMap<Code, usize>) -> usize {
    let before = |code: &Code| now.get(code).copied().unwrap_or(0);
    let more = then.iter();
    more.map(|(code, count)| count.saturating_sub(before(code)))
        .sum()
}

fn found(host: &Host, request: &ProjectRequest) -> Result<Findings, ApiError> {
    match check::check(host, request) {
        Ok(found) => Ok(found),
        Err(mut error) => match error.findings.take() {
            Some(found) => Ok(*found),
            None => Err(error),
        },
    }
}
