//! Consent: this program, with this content, may do this.
//!
//! Consent is given to a hash, never to a name: what changed asks again. It is kept per project in the app's data folder,
//! or given for one run.

use pilothouse_model::{Code, Digest, ProjectPath};
use serde::Serialize;
use serde_json::{Value, json};
use specta::Type;

use crate::project::ProjectRequest;
use crate::{ApiError, Host, Kind};

/// A program of the project that would run on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Program {
    /// What is run: `serverless.js`.
    pub name: String,
    /// The hash that consent is given to.
    pub hash: String,
    /// The files that the hash is over.
    pub files: Vec<String>,
    /// What it may do once it runs, a line each.
    pub may: Vec<String>,
}

impl Program {
    /// What is said when nobody has consented.
    pub fn refused(self) -> ApiError {
        let title = format!("`{}` is code that would run on this computer", self.name);
        let files = match self.files.len() {
            1 => "1 file".to_owned(),
            count => format!("{count} files"),
        };
        let mut error = ApiError::new(Code::ConsentNeeded, Kind::Permission, title)
            .detail(format!(
                "the hash is over {files}; it {}",
                self.may.join(", ")
            ))
            .hint(format!(
                "Read it, then allow it: --allow-code {}",
                self.hash
            ));
        error.consent = Some(Box::new(vec![self]));
        error
    }
}

/// Whether a program may run: for this run, or because somebody said so for good.
///
/// # Errors
/// When the data folder cannot be read.
pub fn is_given(host: &Host, request: &ProjectRequest, hash: &str) -> Result<bool, ApiError> {
    if request.consent.allows(hash) {
        return Ok(true);
    }
    let name = place(host, &request.folder, hash)?;
    Ok(host.data.read(&name, 0).map_err(unusable)?.is_some())
}

/// Remembers that a program may run in this project as long as its content is this.
///
/// # Errors
/// When the hash is none, or the data folder cannot be written.
pub fn remember(host: &Host, folder: &str, program: &Program) -> Result<(), ApiError> {
    let name = place(host, folder, &program.hash)?;
    let project = host.workplace.absolute(folder)?;
    let content = json!({ "project": project, "name": program.name, "files": program.files });
    host.data
        .write(&name, content.to_string().as_bytes())
        .map_err(unusable)
}

/// A file that a hash is over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct CodeText {
    /// Its name in the project.
    pub file: String,
    /// Its text; none when it is no text, too long, or one of too many.
    pub text: Option<String>,
}

/// How many files of a program are shown with their texts.
const MOST_TEXTS: usize = 30;
/// The longest text of them, in bytes.
const MOST_TEXT: u64 = 128 * 1024;

/// The files of a program, the first ones with their texts.
///
/// # Errors
/// When the project's folder cannot be read.
pub fn texts(host: &Host, folder: &str, program: &Program) -> Result<Vec<CodeText>, ApiError> {
    let files = host.workplace.project(folder)?;
    let text_of = |file: &String| {
        let path = ProjectPath::parse(file).ok()?;
        String::from_utf8(files.read(&path, MOST_TEXT).ok()?).ok()
    };
    let one = |(at, file): (usize, &String)| CodeText {
        file: file.clone(),
        text: (at < MOST_TEXTS).then(|| text_of(file)).flatten(),
    };
    Ok(program.files.iter().enumerate().map(one).collect())
}

/// A consent that is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remembered {
    /// The project's folder.
    pub project: String,
    /// What may run.
    pub name: String,
    /// The content that it may run with.
    pub hash: String,
}

/// Every consent that is kept, of all projects.
///
/// # Errors
/// When the data folder cannot be read.
pub fn remembered(host: &Host) -> Result<Vec<Remembered>, ApiError> {
    let mut found = Vec::new();
    for project in host.data.names("consent").map_err(unusable)? {
        let folder = format!("consent/{project}");
        for file in host.data.names(&folder).map_err(unusable)? {
            let Some(hash) = file.strip_suffix(".json") else {
                continue;
            };
            let Some(content) = host
                .data
                .read(&format!("{folder}/{file}"), 0)
                .map_err(unusable)?
            else {
                continue;
            };
            // One that cannot be read counts all the same, so it is listed all the same.
            let content: Value = serde_json::from_slice(&content).unwrap_or_default();
            let text = |key: &str| content.get(key).and_then(Value::as_str).unwrap_or("?");
            found.push(Remembered {
                project: text("project").to_owned(),
                name: text("name").to_owned(),
                hash: hash.to_owned(),
            });
        }
    }
    found.sort_by(|one, other| (&one.project, &one.name).cmp(&(&other.project, &other.name)));
    Ok(found)
}

/// Takes back the consent to one content of a program.
///
/// # Errors
/// When the hash is none, or the data folder cannot be written.
pub fn forget_one(host: &Host, folder: &str, hash: &str) -> Result<(), ApiError> {
    host.data
        .remove(&place(host, folder, hash)?)
        .map_err(unusable)
}

/// Takes back every consent to programs of a project.
///
/// # Errors
/// When the data folder cannot be written.
pub fn forget(host: &Host, folder: &str) -> Result<(), ApiError> {
    host.data
        .remove(&folder_of(host, folder)?)
        .map_err(unusable)
}

fn folder_of(host: &Host, folder: &str) -> Result<String, ApiError> {
    let whole = host.workplace.absolute(folder)?;
    Ok(format!("consent/{}", Digest::of(whole.as_bytes())))
}

fn place(host: &Host, folder: &str, hash: &str) -> Result<String, ApiError> {
    // The hash becomes a file's name.
    if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(ApiError::new(
            Code::Usage,
            Kind::User,
            format!("`{hash}` is not the hash of a program"),
        ));
    }
    Ok(format!("{}/{hash}.json", folder_of(host, folder)?))
}

fn unusable(problem: pilothouse_effects::PrivateProblem) -> ApiError {
    ApiError::new(
        Code::OutputUnwritable,
        Kind::Precondition,
        problem.to_string(),
    )
    .detail(problem.source.to_string())
    .hint("Check free space and permissions of the data folder")
}
