//! `Pipfile.lock`: a flat list, whose `default` part is what a deployment needs.

use serde_json::{Map, Value};

use super::{add_indexes, broken};
use crate::python::marker::holds;
use crate::python::problem::PythonProblem;
use crate::python::requirement::{Place, Requirement};
use crate::python::requirements::Requirements;
use crate::python::target::PythonTarget;

/// Reads the text of a `Pipfile.lock`.
pub(crate) fn read(
    file: &str,
    text: &str,
    target: &PythonTarget,
) -> Result<Requirements, PythonProblem> {
    let lock: Value =
        serde_json::from_str(text).map_err(|problem| broken(file, problem.to_string()))?;
    let packages = lock
        .get("default")
        .and_then(Value::as_object)
        .ok_or_else(|| broken(file, "it has no part `default`"))?;
    let mut found = Requirements {
        is_complete: true,
        ..Requirements::default()
    };
    let sources = lock.pointer("/_meta/sources").and_then(Value::as_array);
    let urls = sources
        .into_iter()
        .flatten()
        .filter_map(|source| text_of(source.get("url")?));
    let urls: Vec<String> = urls.collect();
    if let Some(url) = urls
        .iter()
        .find(|url| url.contains("${") || url.contains('$'))
    {
        return Err(broken(
            file,
            format!("the address `{url}` reads a variable of this computer"),
        ));
    }
    add_indexes(&mut found, &urls);
    for (name, package) in packages {
        let Some(package) = package.as_object() else {
            return Err(broken(file, format!("`{name}` is not a mapping")));
        };
        let marker = package.get("markers").and_then(Value::as_str);
        if marker.is_some_and(|marker| holds(marker, target, &[]) == Some(false)) {
            continue;
        }
        found.wanted.push(requirement(file, name, package)?);
    }
    Ok(found)
}

fn requirement(
    file: &str,
    name: &str,
    package: &Map<String, Value>,
) -> Result<Requirement, PythonProblem> {
    let text = |key: &str| package.get(key).and_then(Value::as_str);
    if let Some(git) = text("git") {
        let written = match text("ref") {
            Some(revision) => format!("git+{git}@{revision}#egg={name}"),
            None => format!("git+{git}#egg={name}"),
        };
        return Ok(Requirement::placed(
            name,
            Place::Repository(written.clone()),
            written,
        ));
    }
    if let Some(path) = text("path").or_else(|| text("file")) {
        let written = format!("{name} @ {path}");
        let place = Requirement::parse(&written).and_then(|read| read.place);
        let place = place.unwrap_or_else(|| Place::Own(path.trim_start_matches("./").to_owned()));
        return Ok(Requirement::placed(name, place, written));
    }
    let version = text("version").and_then(|version| version.strip_prefix("=="));
    let version = version.ok_or_else(|| broken(file, format!("`{name}` has no version")))?;
    let hashes = package.get("hashes").and_then(Value::as_array);
    let hashes = hashes.into_iter().flatten().filter_map(text_of).collect();
    Ok(Requirement::pinned(name, version, hashes))
}

fn text_of(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned)
}
