//! `new`: a service from a template, written into a folder of the user's own.

use pilothouse_model::Code;
use serde::{Deserialize, Serialize};
use specta::Type;

use crate::examples::{home, write};
use crate::{ApiError, Host, Kind};

/// Where new services go unless a folder is named: in the user's home.
const FOLDER: &str = "pilothouse-services";
/// With stage and function it must fit into 64 letters, Lambda's limit.
const LONGEST_NAME: usize = 40;
const DEFAULT_REGION: &str = "us-east-1";

const PYTHON: &[&str] = &["python3.13", "python3.12", "python3.11", "python3.10"];
const NODE: &[&str] = &["nodejs22.x", "nodejs24.x", "nodejs20.x"];

/// A kind of service that can be begun.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Template {
    /// Names it in calls, such as `aws-python`.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// One sentence.
    pub text: String,
    /// What a deploy makes, in words.
    pub makes: String,
    /// What it shows, left to right: `web`, `api`, `function`, `secret`, `key`, `schedule`, `queue`.
    pub picture: Vec<String>,
    /// What it can run on, the best first.
    pub runtimes: Vec<String>,
    /// The files that are written.
    pub files: Vec<String>,
}

/// What a new service is to be.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct NewService {
    /// The template's id.
    pub template: String,
    /// The service's name.
    pub name: String,
    /// The runtime; the template's first when absent.
    pub runtime: Option<String>,
    /// The Region; `us-east-1` when absent.
    pub region: Option<String>,
}

struct Pattern {
    id: &'static str,
    title: &'static str,
    text: &'static str,
    makes: &'static str,
    picture: &'static [&'static str],
    runtimes: &'static [&'static str],
    files: &'static [(&'static str, &'static str)],
}

macro_rules! files {
    ($template:literal: $($name:literal),+) => {
        &[$((
            $name,
            include_str!(concat!("../../../../templates/", $template, "/", $name)),
        )),+]
    };
}

const GITIGNORE: &str = include_str!("../../../../templates/gitignore");

const PATTERNS: &[Pattern] = &[
    Pattern {
        id: "aws-python",
        title: "Python function",
        text: "One Python function that answers HTTP calls.",
        makes: "1 function, 1 HTTP API",
        picture: &["web", "api", "function"],
        runtimes: PYTHON,
        files: files!("aws-python": "serverless.yml", "handler.py"),
    },
    Pattern {
        id: "aws-node",
        title: "Node function",
        text: "One Node function that answers HTTP calls.",
        makes: "1 function, 1 HTTP API",
        picture: &["web", "api", "function"],
        runtimes: NODE,
        files: files!("aws-node": "serverless.yml", "package.json", "src/hello.js"),
    },
    Pattern {
        id: "python-kms",
        title: "Python with a secret",
        text: "A function that reads one encrypted secret when it runs, with a role that may read nothing else.",
        makes: "1 function, 1 role",
        picture: &["function", "secret", "key"],
        runtimes: PYTHON,
        files: files!("python-kms": "serverless.yml", "handler.py"),
    },
    Pattern {
        id: "flask",
        title: "Flask application",
        text: "A Flask application behind an HTTP API.",
        makes: "1 function, 1 HTTP API",
        picture: &["web", "api", "function"],
        runtimes: PYTHON,
        files: files!("flask": "serverless.yml", "app.py", "requirements.txt"),
    },
    Pattern {
        id: "django",
        title: "Django application",
        text: "A Django project behind an HTTP API.",
        makes: "1 function, 1 HTTP API",
        picture: &["web", "api", "function"],
        runtimes: PYTHON,
        files: files!(
            "django": "serverless.yml", "requirements.txt", "site/manage.py", "site/settings.py", "site/urls.py",
            "site/wsgi.py"
        ),
    },
    Pattern {
        id: "scheduled-job",
        title: "Scheduled job",
        text: "A Python function that runs by the clock, one run at a time.",
        makes: "1 function, 1 schedule",
        picture: &["schedule", "function"],
        runtimes: PYTHON,
        files: files!("scheduled-job": "serverless.yml", "job.py"),
    },
    Pattern {
        id: "queue-worker",
        title: "Queue worker",
        text: "A queue that takes jobs over HTTP, and a worker that does them; what fails is tried again, then kept.",
        makes: "2 functions, 1 HTTP API, 2 queues",
        picture: &["web", "function", "queue", "function"],
        runtimes: PYTHON,
        files: files!("queue-worker": "serverless.yml", "worker.py"),
    },
];

/// All templates.
pub fn templates() -> Vec<Template> {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    PATTERNS
        .iter()
        .map(|pattern| Template {
            id: pattern.id.to_owned(),
            title: pattern.title.to_owned(),
            text: pattern.text.to_owned(),
            makes: pattern.makes.to_owned(),
            picture: owned(pattern.picture),
            runtimes: owned(pattern.runtimes),
            files: pattern
                .files
                .iter()
                .map(|(name, _)| (*name).to_owned())
                .chain([".gitignore".to_owned()])
                .collect(),
        })
        .collect()
}

/// Writes a new service and answers its folder. `folder` is the service's own; one in the user's home when absent. It
/// must be empty, or not exist: nothing is ever written over.
///
/// # Errors
/// With what is wrong about the request, before anything is written; or when the folder cannot be written.
pub fn create(host: &Host, asked: &NewService, folder: Option<&str>) -> Result<String, ApiError> {
    let pattern = pattern(&asked.template)?;
    check_name(&asked.name)?;
    let runtime = runtime(pattern, asked.runtime.as_deref())?;
    let region = asked.region.as_deref().filter(|region| !region.is_empty());
    let region = region.unwrap_or(DEFAULT_REGION);
    check_region(region)?;
    let folder = match folder {
        Some(folder) => folder.to_owned(),
        None => format!("{}/{FOLDER}/{}", home(host)?, asked.name),
    };
    is_empty(host, &folder)?;
    let files = pattern
        .files
        .iter()
        .copied()
        .chain([(".gitignore", GITIGNORE)]);
    for (name, text) in files {
        let text = text
            .replace("__NAME__", &asked.name)
            .replace("__RUNTIME__", runtime)
            .replace("__REGION__", region);
        write(host, &folder, name, &text)?;
    }
    Ok(host.workplace.absolute(&folder)?)
}

fn wrong(message: String) -> ApiError {
    ApiError::new(Code::Usage, Kind::User, message)
}

fn pattern(id: &str) -> Result<&'static Pattern, ApiError> {
    PATTERNS
        .iter()
        .find(|pattern| pattern.id == id)
        .ok_or_else(|| {
            let known: Vec<&str> = PATTERNS.iter().map(|pattern| pattern.id).collect();
            wrong(format!("there is no template `{id}`"))
                .hint(format!("There are: {}", known.join(", ")))
        })
}

/// What a service may be called.
///
/// # Errors
/// With the rule that the name breaks.
pub fn check_name(name: &str) -> Result<(), ApiError> {
    let hint = "Use letters, digits and hyphens, a letter first, such as `my-service`";
    let begins = name.starts_with(|first: char| first.is_ascii_alphabetic());
    let fits = |letter: char| letter.is_ascii_alphanumeric() || letter == '-';
    if name.len() < 2 || !begins || !name.chars().all(fits) || name.ends_with('-') {
        return Err(wrong(format!("`{name}` cannot be the name of a service")).hint(hint));
    }
    if name.len() > LONGEST_NAME {
        return Err(
            wrong(format!("the name `{name}` has {} letters", name.len())).hint(format!(
                "Use {LONGEST_NAME} at most: AWS counts it with the stage and the function's name"
            )),
        );
    }
    Ok(())
}

fn runtime<'r>(pattern: &'r Pattern, asked: Option<&str>) -> Result<&'r str, ApiError> {
    let first = pattern.runtimes.first().copied().unwrap_or_default();
    let Some(asked) = asked.filter(|asked| !asked.is_empty()) else {
        return Ok(first);
    };
    let known = pattern.runtimes.iter().find(|one| **one == asked);
    known.copied().ok_or_else(|| {
        wrong(format!(
            "the template `{}` does not run on `{asked}`",
            pattern.id
        ))
        .hint(format!("It runs on {}", pattern.runtimes.join(", ")))
    })
}

/// `eu-west-1`, `us-gov-east-1`: letters, a number at the end.
fn check_region(region: &str) -> Result<(), ApiError> {
    let parts: Vec<&str> = region.split('-').collect();
    let number = parts.last().copied().unwrap_or_default();
    let is_word =
        |part: &&str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_lowercase());
    let words = parts.len().saturating_sub(1);
    let fits = words >= 2
        && parts.iter().take(words).all(is_word)
        && !number.is_empty()
        && number.bytes().all(|one| one.is_ascii_digit());
    if fits {
        return Ok(());
    }
    Err(wrong(format!("`{region}` is not a Region")).hint("Write one such as `eu-west-1`"))
}

fn is_empty(host: &Host, folder: &str) -> Result<(), ApiError> {
    // A folder that does not exist cannot be opened as a project, and is as good as empty.
    let Ok(files) = host.workplace.project(folder) else {
        return Ok(());
    };
    match files.walk(&|_| true)?.first() {
        None => Ok(()),
        Some(entry) => Err(ApiError::new(
            Code::FolderTaken,
            Kind::User,
            format!("`{folder}` is not empty"),
        )
        .detail(format!("it holds `{}`", entry.path))
        .hint("Choose another name or folder; nothing was written")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_regions_are_those_that_aws_takes() {
        for name in ["ab", "my-service", "A1"] {
            assert!(check_name(name).is_ok(), "{name}");
        }
        let long = "a".repeat(41);
        for name in ["", "a", "1a", "-a", "a_b", "a b", "../x", "a-", "é", &long] {
            assert!(check_name(name).is_err(), "{name}");
        }
        for region in ["eu-west-1", "us-gov-east-1", "ap-southeast-12"] {
            assert!(check_region(region).is_ok(), "{region}");
        }
        for region in [
            "",
            "eu",
            "eu-west",
            "eu-west-x",
            "EU-west-1",
            "eu--1",
            "eu-west-1;",
        ] {
            assert!(check_region(region).is_err(), "{region}");
        }
    }

    #[test]
    fn every_template_says_what_it_is_and_holds_no_place_that_is_not_filled() {
        for (template, pattern) in templates().iter().zip(PATTERNS) {
            assert!(
                !template.title.is_empty() && template.text.ends_with('.'),
                "{template:?}"
            );
            assert!(template.files.contains(&"serverless.yml".to_owned()));
            for (name, text) in pattern.files {
                let rest = text
                    .replace("__NAME__", "")
                    .replace("__RUNTIME__", "")
                    .replace("__REGION__", "");
                assert!(
                    !rest.contains("__NAME") && !rest.contains("__R"),
                    "{}: {name}",
                    pattern.id
                );
            }
        }
    }
}
