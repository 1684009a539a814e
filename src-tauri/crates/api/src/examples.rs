//! `example`: projects that the app brings along, copied into a folder of the user's own.

use std::io::Write as _;

use pilothouse_effects::{OutputProblem, ProjectProblem};
use pilothouse_model::{Code, ProjectPath};
use serde::Serialize;
use specta::Type;

use crate::{ApiError, Host, Kind};

/// The folder in the user's home that examples are copied into when no other is named.
const FOLDER: &str = "pilothouse-examples";

/// A project that the app brings along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Example {
    /// Names it in calls, such as `hello-world`.
    pub id: String,
    /// One sentence.
    pub text: String,
    /// What a deploy makes, in words: `1 function, 1 API`.
    pub makes: String,
    /// What it shows, left to right: `web`, `api`, `function`, `secret`, `key`, `schedule`.
    pub picture: Vec<String>,
    /// What is needed before it can be deployed, if anything.
    pub needs: Option<String>,
}

struct Project {
    id: &'static str,
    text: &'static str,
    makes: &'static str,
    picture: &'static [&'static str],
    needs: Option<&'static str>,
    files: &'static [(&'static str, &'static str)],
}

macro_rules! file {
    ($project:literal, $name:literal) => {
        (
            $name,
            include_str!(concat!("../../../../examples/", $project, "/", $name)),
        )
    };
}

const PROJECTS: &[Project] = &[
    Project {
        id: "hello-world",
        text: "One Python function that answers an HTTP call.",
        makes: "1 function, 1 API",
        picture: &["web", "api", "function"],
        needs: None,
        files: &[
            file!("hello-world", "serverless.yml"),
            file!("hello-world", "handler.py"),
        ],
    },
    Project {
        id: "using-kms",
        text: "A function that reads one secret with a role that may read nothing else.",
        makes: "1 function, 1 API, 1 role",
        picture: &["function", "secret", "key"],
        needs: Some("The secret top-secret-1 in Parameter Store"),
        files: &[
            file!("using-kms", "serverless.yml"),
            file!("using-kms", "handler.py"),
        ],
    },
    Project {
        id: "node-api",
        text: "An HTTP API in Node with parameters, CORS and an hourly schedule.",
        makes: "3 functions, 1 API, 1 schedule",
        picture: &["web", "api", "function", "schedule"],
        needs: Some("Node on this computer, for the sandbox"),
        files: &[
            file!("node-api", "serverless.yml"),
            file!("node-api", "src/notes.js"),
            file!("node-api", "src/tidy.js"),
        ],
    },
    Project {
        id: "two-services",
        text: "Two services: the shop is given the queue that the orders make.",
        makes: "2 services, 2 functions, 1 API, 1 queue",
        picture: &["api", "function", "queue", "function"],
        needs: None,
        files: &[
            file!("two-services", "serverless-compose.yml"),
            file!("two-services", "orders/serverless.yml"),
            file!("two-services", "orders/handler.py"),
            file!("two-services", "shop/serverless.yml"),
            file!("two-services", "shop/handler.py"),
        ],
    },
];

/// All of them.
pub fn list() -> Vec<Example> {
    let one = |project: &Project| Example {
        id: project.id.to_owned(),
        text: project.text.to_owned(),
        makes: project.makes.to_owned(),
        picture: project
            .picture
            .iter()
            .map(|part| (*part).to_owned())
            .collect(),
        needs: project.needs.map(str::to_owned),
    };
    PROJECTS.iter().map(one).collect()
}

/// Copies an example and answers its folder. Files that are there already stay as they are: they may hold the
/// user's own changes. `folder` is one in the user's home when absent.
///
/// # Errors
/// When there is no such example, or its folder cannot be written.
pub fn copy(host: &Host, id: &str, folder: Option<&str>) -> Result<String, ApiError> {
    let Some(project) = PROJECTS.iter().find(|project| project.id == id) else {
        let known: Vec<&str> = PROJECTS.iter().map(|project| project.id).collect();
        return Err(ApiError::new(
            Code::Usage,
            Kind::User,
            format!("there is no example `{id}`"),
        )
        .hint(format!("There are: {}", known.join(", "))));
    };
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => format!("{}/{FOLDER}/{id}", home(host)?),
    };
    for (name, text) in project.files {
        write(host, &folder, name, text)?;
    }
    Ok(host.workplace.absolute(&folder)?)
}

pub(crate) fn home(host: &Host) -> Result<String, ApiError> {
    let home = host
        .environment
        .variable("HOME")
        .filter(|home| home.starts_with('/'));
    home.ok_or_else(|| {
        ApiError::new(Code::Usage, Kind::User, "your home folder is not known")
            .hint("Set HOME, or name a folder with --dir")
    })
}

/// Writes a file of a project, unless there is one: it may hold the user's own changes.
pub(crate) fn write(host: &Host, folder: &str, name: &str, text: &str) -> Result<(), ApiError> {
    let (inside, name) = match name.rsplit_once('/') {
        Some((parent, name)) => (format!("{folder}/{parent}"), name),
        None => (folder.to_owned(), name),
    };
    let store = host.workplace.output(&inside)?;
    let path = ProjectPath::parse(name)
        .map_err(|problem| ApiError::new(Code::Usage, Kind::Internal, problem.to_string()))?;
    match host.workplace.project(&inside)?.open(&path) {
        Err(ProjectProblem::Missing(_)) => {}
        Ok(_) => return Ok(()),
        Err(problem) => return Err(problem.into()),
    }
    let mut file = store.create(name)?;
    file.write_all(text.as_bytes())
        .map_err(|source| OutputProblem {
            name: name.to_owned(),
            source,
        })?;
    Ok(file.keep()?)
}
