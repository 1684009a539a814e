//! What may stand in `${...}`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::complete::{Project, Suggestion, SuggestionKind, Suggestions, named};

/// A source: its name, what is written, and what it gives.
const SOURCES: &[(&str, &str, &str)] = &[
    (
        "self",
        "self:",
        "A value of this configuration, by its path",
    ),
    (
        "opt",
        "opt:",
        "An option of the command line, such as `opt:stage`",
    ),
    (
        "param",
        "param:",
        "A parameter: from `--param`, or under `params` for the stage",
    ),
    (
        "env",
        "env:",
        "An environment variable of the one who packages",
    ),
    (
        "file",
        "file(",
        "A file of the project, or a part of it: `file(values.yml):part`",
    ),
    ("sls", "sls:", "The stage, or a name of this run"),
    ("aws", "aws:", "The Region or the account"),
    (
        "cf",
        "cf:",
        "An output of another stack: `cf:stack.output`, or `cf(region):stack.output`",
    ),
    (
        "ssm",
        "ssm:",
        "A parameter of AWS's parameter store, by its path",
    ),
    ("s3", "s3:", "An object in a bucket: `s3:bucket/key`"),
    ("strToBool", "strToBool(", "True or false, from a text"),
];

/// Completes what stands between `${` and the cursor.
pub(super) fn complete(text: &str, typed: Range<usize>, project: &Project<'_>) -> Suggestions {
    let written = text.get(typed.clone()).unwrap_or_default();
    let from = |rest: &str| typed.end - rest.len()..typed.end;
    if let Some(address) = written.strip_prefix("self:") {
        return of_self(address, typed.end, project);
    }
    if let Some(rest) = written.strip_prefix("file(") {
        return Suggestions {
            typed: from(rest),
            all: files(project, rest),
        };
    }
    let (all, rest) = match written.split_once(':') {
        Some(("opt", rest)) => (options(project), rest),
        Some(("param", rest)) => (parameters(project), rest),
        Some(("env", rest)) => (environment(project), rest),
        Some(("sls", rest)) => (
            words(&[("stage", "The stage"), ("instanceId", "A name of this run")]),
            rest,
        ),
        Some(("aws", rest)) => (
            words(&[
                ("region", "The Region"),
                ("accountId", "The account's number"),
            ]),
            rest,
        ),
        Some(_) => return Suggestions::default(),
        None => (sources(), written),
    };
    Suggestions {
        typed: from(rest),
        all,
    }
}

fn sources() -> Vec<Suggestion> {
    let one = |(name, insert, doc): &(&str, &str, &str)| Suggestion {
        label: (*name).to_owned(),
        kind: SuggestionKind::Variable,
        detail: (*insert).to_owned(),
        doc: (*doc).to_owned(),
        insert: (*insert).to_owned(),
    };
    SOURCES.iter().map(one).collect()
}

fn words(words: &[(&str, &str)]) -> Vec<Suggestion> {
    let one = |(name, doc): &(&str, &str)| Suggestion {
        label: (*name).to_owned(),
        kind: SuggestionKind::Variable,
        detail: String::new(),
        doc: (*doc).to_owned(),
        insert: (*name).to_owned(),
    };
    words.iter().map(one).collect()
}

fn of_self(address: &str, end: usize, project: &Project<'_>) -> Suggestions {
    let (before, last) = address
        .rsplit_once('.')
        .map_or(("", address), |(before, last)| (before, last));
    let parent: Vec<String> = if before.is_empty() {
        Vec::new()
    } else {
        before.split('.').map(str::to_owned).collect()
    };
    let mut seen = BTreeSet::new();
    Suggestions {
        typed: end - last.len()..end,
        all: project
            .config
            .names(&parent)
            .filter(|name| seen.insert((*name).to_owned()))
            .map(|name| {
                let mut path = parent.clone();
                path.push(name.to_owned());
                let value = project.config.at(&path).map(|item| item.value.clone());
                let value = value
                    .and_then(|value| project.config_text.get(value))
                    .unwrap_or_default();
                named(name, value)
            })
            .collect(),
    }
}

fn files(project: &Project<'_>, typed: &str) -> Vec<Suggestion> {
    const ENDINGS: &[&str] = &[
        ".yml", ".yaml", ".json", ".txt", ".js", ".cjs", ".mjs", ".ts",
    ];
    let dot = if typed.starts_with("./") { "./" } else { "" };
    project
        .files
        .iter()
        .filter(|file| ENDINGS.iter().any(|ending| file.ends_with(ending)))
        .map(|file| Suggestion {
            kind: SuggestionKind::File,
            insert: format!("{dot}{file})"),
            ..named(&format!("{dot}{file}"), "")
        })
        .collect()
}

fn options(project: &Project<'_>) -> Vec<Suggestion> {
    let mut all = words(&[("stage", "`--stage`"), ("region", "`--region`")]);
    all.extend(
        used(project, "opt:")
            .into_iter()
            .map(|name| named(&name, "used in this file")),
    );
    all
}

fn parameters(project: &Project<'_>) -> Vec<Suggestion> {
    let mut names = BTreeSet::new();
    let top = ["params".to_owned()];
    for stage in project.config.names(&top) {
        let path = ["params".to_owned(), stage.to_owned()];
        names.extend(project.config.names(&path).map(str::to_owned));
    }
    names
        .iter()
        .map(|name| named(name, "under `params`"))
        .collect()
}

/// Names of variables that the file reads already. The environment itself is not shown: it holds secrets.
fn environment(project: &Project<'_>) -> Vec<Suggestion> {
    let names = used(project, "env:");
    names
        .iter()
        .map(|name| named(name, "used in this file"))
        .collect()
}

fn used(project: &Project<'_>, source: &str) -> BTreeSet<String> {
    let text = project.config_text;
    text.match_indices(source)
        .filter_map(|(at, _)| {
            let rest = text.get(at + source.len()..)?;
            let end = rest
                .find(|letter: char| !(letter.is_ascii_alphanumeric() || "_-".contains(letter)))?;
            rest.get(..end)
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
        })
        .filter(|name| !["stage", "region"].contains(&name.as_str()))
        .collect()
}
