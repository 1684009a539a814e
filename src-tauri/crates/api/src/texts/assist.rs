//! What the editor shows while one writes: what may stand at a place, and what a key or a variable means.

use std::ops::Range;

use pilothouse_effects::EntryKind;
use pilothouse_model::{ProjectPath, SourceId};
use pilothouse_service::document::Syntax;
use pilothouse_service::language::{
    self, Documentation, Outline, Project, Spot, Suggestions, Values,
};
use pilothouse_service::{Answer, Answers, Lookup, Node, Options, Question, Request};
use pilothouse_template::{resource_properties, resource_types};

use super::{Open, Unsaved};
use crate::project::{self, ProjectRequest};
use crate::{ApiError, Host};

/// What is known of a place of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meaning {
    /// The bytes of the text that it is about.
    pub range: Range<usize>,
    /// The configuration path.
    pub path: String,
    /// What is known of the key.
    pub documentation: Option<Documentation>,
    /// What the variables of the value come to.
    pub value: Option<Shown>,
}

/// The value of variables.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    /// It is this.
    Value(String),
    /// It comes from where secrets come from, and is not shown.
    Hidden,
    /// It has none here: it is wrong, or asked of AWS when the service is packaged.
    Unknown,
}

/// What may be written at a byte of a text.
///
/// # Errors
/// When the project cannot be read, or the file is no part of its configuration.
pub fn complete(
    host: &Host,
    request: &ProjectRequest,
    file: &str,
    text: &str,
    at: usize,
) -> Result<Suggestions, ApiError> {
    let open = Open::of(host, request, file)?;
    let path = open.editable(Some(file))?;
    let config_text = open.config_text(&path, text)?;
    let config = Outline::of(&config_text, Syntax::of_name(open.config.as_str()));
    let stands_at = stands_at(&open.config, &path, &config, &config_text);
    let line = text.get(..at).unwrap_or_default();
    let line = line.rsplit('\n').next().unwrap_or_default();
    let files = if language::wants_files(line) {
        files(&open)
    } else {
        Vec::new()
    };
    let around = Project {
        config: &config,
        config_text: &config_text,
        stands_at: stands_at.as_deref(),
        files: &files,
        types: resource_types,
        properties: resource_properties,
    };
    Ok(language::complete(text, Syntax::of_name(file), at, &around))
}

/// What is known of what stands at a byte of a text.
///
/// # Errors
/// When the project cannot be read, or the file is no part of its configuration.
pub fn meaning(
    host: &Host,
    request: &ProjectRequest,
    file: &str,
    text: &str,
    at: usize,
) -> Result<Option<Meaning>, ApiError> {
    let open = Open::of(host, request, file)?;
    let path = open.editable(Some(file))?;
    let config_text = open.config_text(&path, text)?;
    let config = Outline::of(&config_text, Syntax::of_name(open.config.as_str()));
    let Some(before) = stands_at(&open.config, &path, &config, &config_text) else {
        return Ok(None);
    };
    let outline = Outline::of(text, Syntax::of_name(file));
    let whole = |inner: &[String]| -> Vec<String> { before.iter().chain(inner).cloned().collect() };
    Ok(match language::spot(text, &outline, at) {
        Spot::Key { parent, typed, .. } if !typed.is_empty() => {
            let name = text.get(typed.clone()).unwrap_or_default();
            let mut path = whole(&parent);
            path.push(name.trim_matches(['"', '\'']).to_owned());
            let documentation = language::explain_at(&path);
            documentation.is_some().then(|| Meaning {
                range: typed,
                path: path.join("."),
                documentation,
                value: None,
            })
        }
        Spot::Value { path: inner, .. } | Spot::Variable { path: inner, .. } => {
            let written = outline.at(&inner).map(|item| item.value.clone());
            let Some(range) = written.filter(|range| range.contains(&at)) else {
                return Ok(None);
            };
            let written = text.get(range.clone()).unwrap_or_default();
            let whole = whole(&inner);
            written.contains("${").then(|| Meaning {
                range,
                value: Some(shown(host, request, &path, text, written, &whole)),
                path: whole.join("."),
                documentation: None,
            })
        }
        _ => None,
    })
}

/// Where in the configuration a file's text stands: nothing before the configuration's own, `functions` before that of
/// a file that is read as its functions.
fn stands_at(
    config: &ProjectPath,
    file: &ProjectPath,
    outline: &Outline,
    text: &str,
) -> Option<Vec<String>> {
    if config == file {
        return Some(Vec::new());
    }
    outline.items.iter().find_map(|item| {
        let value = text.get(item.value.clone())?;
        let (_, behind) = value.split_once("file(")?;
        let (name, behind) = behind.split_once(')')?;
        if ProjectPath::parse(name.trim()).ok()? != *file {
            return None;
        }
        let address = behind
            .strip_prefix(':')
            .and_then(|rest| rest.split(['}', ',']).next());
        let Some(address) = address.filter(|address| !address.is_empty()) else {
            return Some(item.path.clone());
        };
        let names: Vec<&str> = address.split('.').collect();
        let shared = item.path.len().checked_sub(names.len())?;
        let tail = item.path.get(shared..)?;
        let same = tail.iter().map(String::as_str).eq(names);
        same.then(|| item.path.get(..shared).unwrap_or_default().to_vec())
    })
}

/// Files that a configuration may name.
fn files(open: &Open) -> Vec<String> {
    const MOST: usize = 2_000;
    const FOLDERS: &[&str] = &[
        "node_modules",
        "__pycache__",
        "venv",
        "dist",
        "build",
        "target",
    ];
    let prune = |path: &ProjectPath| {
        path.file_name().starts_with('.') || FOLDERS.contains(&path.file_name())
    };
    let walked = open.files.walk(&prune).unwrap_or_default();
    walked
        .into_iter()
        .filter(|entry| {
            matches!(entry.kind, EntryKind::File { .. }) && !entry.path.file_name().starts_with('.')
        })
        .take(MOST)
        .map(|entry| entry.path.to_string())
        .collect()
}

/// Stands for what must not be shown.
const HIDDEN: &str = "\u{1}hidden\u{1}";
/// Parts of names that promise a secret.
const SECRETIVE: &[&str] = &[
    "SECRET",
    "TOKEN",
    "PASSWORD",
    "PASSWD",
    "PRIVATEKEY",
    "APIKEY",
    "CREDENTIAL",
];

fn is_secretive(words: &str) -> bool {
    let letters = words.chars().filter(char::is_ascii_alphanumeric);
    let plain: String = letters.map(|letter| letter.to_ascii_uppercase()).collect();
    SECRETIVE.iter().any(|part| plain.contains(part))
}

/// The value at a path, as far as it may be shown. AWS is not asked and no code is run for it.
fn shown(
    host: &Host,
    request: &ProjectRequest,
    file: &ProjectPath,
    text: &str,
    written: &str,
    path: &[String],
) -> Shown {
    let from_aws = ["${ssm", "${s3:", "${cf"]
        .iter()
        .any(|source| written.contains(source));
    if from_aws || is_secretive(written) || path.last().is_some_and(|name| is_secretive(name)) {
        return Shown::Hidden;
    }
    let (host, _) = Unsaved::with(host, file.clone(), text);
    let Some(document) = resolved(&host, request) else {
        return Shown::Unknown;
    };
    let found = path
        .iter()
        .try_fold(&document, |node, name| match node.as_sequence() {
            Some(items) => items.get(name.parse::<usize>().ok()?),
            None => node.get(name),
        });
    let Some(found) = found.filter(|node| !node.is_null()) else {
        return Shown::Unknown;
    };
    let value = match found.to_text() {
        Some(text) => text,
        None => serde_json::to_string_pretty(&found.to_json()).unwrap_or_default(),
    };
    if value.contains(HIDDEN) || value.contains("\\u0001hidden") {
        return Shown::Hidden;
    }
    Shown::Value(shortened(value))
}

/// The configuration with its variables replaced, secrets by a sign.
fn resolved(host: &Host, request: &ProjectRequest) -> Option<Node> {
    let files = host.workplace.project(&request.folder).ok()?;
    let (source, text): (SourceId, String) =
        project::configuration(files.as_ref(), request).ok()?;
    let options = Options {
        stage: request.stage.clone(),
        region: request.region.clone(),
        params: project::params(&request.params).0,
        others: project::others(request),
        instance_id: project::instance_millis(host).to_string(),
        ..Options::default()
    };
    let mut answers = Answers::default();
    loop {
        let turn = language::values(&Request {
            source: &source,
            text: &text,
            options: &options,
            answers: &answers,
        });
        match turn {
            Values::Ready(document) => return Some(*document),
            Values::Broken => return None,
            Values::Needs(lookups) => {
                for lookup in lookups {
                    let answer = answer(host, request, files.as_ref(), &lookup);
                    answers.insert(lookup, answer);
                }
            }
        }
    }
}

fn answer(
    host: &Host,
    request: &ProjectRequest,
    files: &dyn pilothouse_effects::ProjectFiles,
    lookup: &Lookup,
) -> Answer {
    match lookup {
        Lookup::Environment(name) if is_secretive(name) => Answer::Found(HIDDEN.to_owned()),
        Lookup::File(path) if path.file_name().starts_with(".env") => {
            match project::answer(host, files, lookup) {
                Answer::Found(text) => Answer::Found(masked(&text)),
                other => other,
            }
        }
        Lookup::Environment(_) | Lookup::File(_) => project::answer(host, files, lookup),
        // AWS is not asked while one writes, but what it answered before is known. Parameters and objects are where
        // secrets are kept, also those that are plain texts.
        Lookup::Cloud(asked) => match (&asked.question, request.known.get(asked)) {
            (
                Question::Output { .. } | Question::Account | Question::Image { .. },
                Some(answer),
            ) => answer.clone(),
            (_, Some(Answer::Missing)) => Answer::Missing,
            _ => Answer::Found(HIDDEN.to_owned()),
        },
        _ => Answer::Refused {
            reason: "it is not looked up while one writes".to_owned(),
        },
    }
}

/// A file of variables with a sign for each value.
fn masked(text: &str) -> String {
    let names = text.lines().filter_map(|line| line.split_once('='));
    names
        .map(|(name, _)| format!("{name}={HIDDEN}\n"))
        .collect()
}

fn shortened(value: String) -> String {
    const MOST: usize = 600;
    match value.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}...", value.get(..at).unwrap_or_default()),
        None => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_promise_a_secret_are_known_in_any_spelling() {
        for name in [
            "${env:DB_PASSWORD}",
            "api-key",
            "clientSecret",
            "GITHUB_TOKEN",
            "private_key",
        ] {
            assert!(is_secretive(name), "{name}");
        }
        assert!(!is_secretive("${self:custom.table}"));
    }

    #[test]
    fn a_file_of_variables_keeps_its_names_only() {
        assert_eq!(
            masked("# x\nA=1\nB = \"two\"\n"),
            format!("A={HIDDEN}\nB ={HIDDEN}\n")
        );
    }
}
