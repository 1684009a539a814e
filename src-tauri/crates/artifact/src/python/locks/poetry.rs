//! `poetry.lock`: the way through its packages from what `pyproject.toml` asks for, along the edges whose markers
//! hold. The groups are those of `poetry export`: the main one unless others are named.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::{add_indexes, broken};
use crate::python::marker::holds;
use crate::python::problem::PythonProblem;
use crate::python::requirement::{Place, Requirement, normal_name};
use crate::python::requirements::Requirements;
use crate::python::target::PythonTarget;
use crate::python::version::{Version, meets_all};

/// Which groups of dependencies are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PoetryGroups {
    /// Besides the main one.
    pub with: Vec<String>,
    /// Not these.
    pub without: Vec<String>,
    /// These alone, when any is named.
    pub only: Vec<String>,
}

impl PoetryGroups {
    fn wants(&self, group: &str) -> bool {
        let named = |list: &[String]| {
            list.iter()
                .any(|name| normal_name(name) == normal_name(group))
        };
        let wanted = if self.only.is_empty() {
            group == "main" || named(&self.with)
        } else {
            named(&self.only)
        };
        wanted && !named(&self.without)
    }
}

/// Whether a `pyproject.toml` is one of Poetry's: its packages are built by it.
pub(crate) fn is_poetry(pyproject: &str) -> bool {
    let Ok(table) = pyproject.parse::<Table>() else {
        return false;
    };
    let requires = table
        .get("build-system")
        .and_then(|system| system.get("requires"));
    let requires = requires.and_then(Value::as_array);
    requires
        .into_iter()
        .flatten()
        .any(|one| one.as_str().is_some_and(|one| one.starts_with("poetry")))
}

/// Reads the texts of a `poetry.lock` and the `pyproject.toml` beside it.
pub(crate) fn read(
    file: &str,
    text: &str,
    pyproject: &str,
    groups: &PoetryGroups,
    target: &PythonTarget,
) -> Result<Requirements, PythonProblem> {
    let parse = |file: &str, text: &str| {
        let table: Result<Table, toml::de::Error> = text.parse();
        table.map_err(|problem| broken(file, problem.message()))
    };
    let lock = parse(file, text)?;
    let project = parse("pyproject.toml", pyproject)?;
    let packages = lock.get("package").and_then(Value::as_array);
    let packages: Vec<&Table> = packages
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .collect();
    let mut way = Way {
        packages: &packages,
        target,
        taken: Vec::new(),
        seen: BTreeSet::new(),
    };
    for (name, edge) in roots(&project, groups) {
        way.follow(file, &name, &edge)?;
    }
    let mut found = Requirements {
        is_complete: true,
        ..Requirements::default()
    };
    let mut indexes: Vec<String> = Vec::new();
    for package in &way.taken {
        let source = package.get("source").and_then(Value::as_table);
        let url = source.and_then(|source| text_of(source, "url"));
        if let (Some("legacy"), Some(url)) = (source.and_then(|s| text_of(s, "type")), url)
            && !indexes.iter().any(|known| known == url)
        {
            indexes.push(url.to_owned());
        }
        found.wanted.push(requirement(file, package, &lock)?);
    }
    // Beside an index of its own a project of Poetry's has the usual one.
    if !indexes.is_empty() {
        indexes.insert(
            0,
            super::USUAL_INDEX
                .first()
                .copied()
                .unwrap_or_default()
                .to_owned(),
        );
    }
    add_indexes(&mut found, &indexes);
    found
        .wanted
        .sort_by(|one, other| one.written.cmp(&other.written));
    Ok(found)
}

/// What an edge says: a marker and extras, or several ways of saying so.
#[derive(Debug, Clone, Default)]
struct Edge {
    marker: Option<String>,
    python: Option<String>,
    extras: Vec<String>,
    versions: Option<String>,
    is_optional: bool,
}

impl Edge {
    /// From `"^1.0"`, `{version = ..., markers = ...}` or a list of those.
    fn all(value: &Value) -> Vec<Self> {
        match value {
            Value::Array(list) => list.iter().flat_map(Self::all).collect(),
            Value::String(versions) => vec![Self {
                versions: Some(versions.clone()),
                ..Self::default()
            }],
            Value::Table(table) => {
                let text = |key: &str| text_of(table, key).map(str::to_owned);
                vec![Self {
                    marker: text("markers"),
                    python: text("python"),
                    versions: text("version"),
                    extras: texts(table.get("extras")),
                    is_optional: table
                        .get("optional")
                        .and_then(Value::as_bool)
                        .unwrap_or(false),
                }]
            }
            _ => Vec::new(),
        }
    }

    fn holds(&self, target: &PythonTarget, extras: &[String]) -> bool {
        let marker = self.marker.as_deref();
        let of_marker = marker.is_none_or(|marker| holds(marker, target, extras) != Some(false));
        let python = self.python.as_deref().map(as_specifiers);
        of_marker && python.is_none_or(|python| meets_any(&target.version(), &python))
    }
}

/// Poetry's own ways to say a range, as far as Python's version needs them: `^3.8` is `>=3.8,<4`.
fn as_specifiers(text: &str) -> String {
    let parts = text.split("||").map(|part| {
        let ranges = part.split(',').map(|one| {
            let one = one.trim();
            if let Some(version) = one.strip_prefix('^') {
                let major: u64 = version
                    .split('.')
                    .next()
                    .and_then(|m| m.parse().ok())
                    .unwrap_or(3);
                format!(">={version},<{}", major + 1)
            } else if let Some(version) =
                one.strip_prefix('~').filter(|rest| !rest.starts_with('='))
            {
                format!(">={version}")
            } else if one.starts_with(|first: char| first.is_ascii_digit()) {
                format!("=={one}")
            } else {
                one.to_owned()
            }
        });
        ranges.collect::<Vec<_>>().join(",")
    });
    parts.collect::<Vec<_>>().join("||")
}

fn meets_any(version: &str, ranges: &str) -> bool {
    ranges.split("||").any(|range| meets_all(version, range))
}

fn text_of<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

fn texts(value: Option<&Value>) -> Vec<String> {
    let list = value.and_then(Value::as_array);
    let list = list.into_iter().flatten();
    list.filter_map(|one| one.as_str().map(str::to_owned))
        .collect()
}

/// What the project itself asks for, in the groups that are wanted.
fn roots(project: &Table, groups: &PoetryGroups) -> Vec<(String, Edge)> {
    let mut found = Vec::new();
    let mut add = |table: Option<&Table>| {
        for (name, value) in table.into_iter().flatten() {
            if name != "python" {
                let edges = Edge::all(value)
                    .into_iter()
                    .filter(|edge| !edge.is_optional);
                found.extend(edges.map(|edge| (name.clone(), edge)));
            }
        }
    };
    let poetry = project
        .get("tool")
        .and_then(|tool| tool.get("poetry"))
        .and_then(Value::as_table);
    if groups.wants("main") {
        add(poetry
            .and_then(|poetry| poetry.get("dependencies"))
            .and_then(Value::as_table));
    }
    let named = poetry
        .and_then(|poetry| poetry.get("group"))
        .and_then(Value::as_table);
    for (name, group) in named.into_iter().flatten() {
        if groups.wants(name) {
            add(group.get("dependencies").and_then(Value::as_table));
        }
    }
    if groups.wants("dev") {
        add(poetry
            .and_then(|poetry| poetry.get("dev-dependencies"))
            .and_then(Value::as_table));
    }
    let standard = project
        .get("project")
        .and_then(|project| project.get("dependencies"));
    if groups.wants("main") {
        for text in texts(standard) {
            if let Some(read) = Requirement::parse(&text) {
                let edge = Edge {
                    marker: read.marker,
                    extras: read.extras,
                    ..Edge::default()
                };
                found.push((read.name, edge));
            }
        }
    }
    found
}

struct Way<'a, 't> {
    packages: &'t [&'a Table],
    target: &'t PythonTarget,
    taken: Vec<&'a Table>,
    seen: BTreeSet<(usize, String)>,
}

impl<'a> Way<'a, '_> {
    fn follow(&mut self, file: &str, name: &str, edge: &Edge) -> Result<(), PythonProblem> {
        let mut open = vec![(name.to_owned(), edge.clone(), Vec::new())];
        while let Some((name, edge, asked)) = open.pop() {
            if !edge.holds(self.target, &asked) {
                continue;
            }
            let Some((at, package)) = self.find(&name, &edge) else {
                return Err(broken(
                    file,
                    format!("`{name}` is depended on and not in it"),
                ));
            };
            if !self.seen.insert((at, edge.extras.join(","))) {
                continue;
            }
            if !self.taken.iter().any(|known| std::ptr::eq(*known, package)) {
                self.taken.push(package);
            }
            let added = of_extras(package, &edge.extras);
            let edges = package.get("dependencies").and_then(Value::as_table);
            for (next, value) in edges.into_iter().flatten() {
                for one in Edge::all(value) {
                    if !one.is_optional || added.contains(&normal_name(next)) {
                        open.push((next.clone(), one, edge.extras.clone()));
                    }
                }
            }
        }
        Ok(())
    }

    /// The package of that name; of several, the newest that this Python can run and the edge allows.
    fn find(&self, name: &str, edge: &Edge) -> Option<(usize, &'a Table)> {
        let name = normal_name(name);
        let python = self.target.version();
        let of_name =
            self.packages.iter().enumerate().filter(|(_, package)| {
                text_of(package, "name").map(normal_name) == Some(name.clone())
            });
        let fits = |package: &Table| {
            let range = text_of(package, "python-versions").map(as_specifiers);
            let of_python = range.is_none_or(|range| meets_any(&python, &range));
            let marker = text_of(package, "markers");
            let of_marker =
                marker.is_none_or(|marker| holds(marker, self.target, &[]) != Some(false));
            let version = text_of(package, "version").unwrap_or_default();
            let allowed = edge
                .versions
                .as_deref()
                .is_none_or(|wanted| meets_any(version, &as_specifiers(wanted)));
            (allowed, of_python && of_marker)
        };
        of_name
            .map(|(at, package)| (at, *package))
            .max_by_key(|(_, package)| {
                let version = text_of(package, "version").and_then(Version::parse);
                let (allowed, runs) = fits(package);
                (runs, allowed, version)
            })
    }
}

/// The packages that extras of a package add.
fn of_extras(package: &Table, extras: &[String]) -> Vec<String> {
    let known = package.get("extras").and_then(Value::as_table);
    let lists = known.into_iter().flatten().filter(|(name, _)| {
        extras
            .iter()
            .any(|extra| normal_name(extra) == normal_name(name))
    });
    let names = lists.flat_map(|(_, list)| texts(Some(list)));
    names
        .filter_map(|text| Some(Requirement::parse(&text)?.name))
        .collect()
}

fn requirement(file: &str, package: &Table, lock: &Table) -> Result<Requirement, PythonProblem> {
    let name = text_of(package, "name").unwrap_or_default();
    let version = text_of(package, "version")
        .ok_or_else(|| broken(file, format!("`{name}` has no version")))?;
    let source = package.get("source").and_then(Value::as_table);
    let of_source = |key: &str| source.and_then(|source| text_of(source, key));
    let url = of_source("url").unwrap_or_default();
    match of_source("type") {
        Some("git") => {
            let revision = of_source("resolved_reference").or_else(|| of_source("reference"));
            let written = format!("git+{url}@{}#egg={name}", revision.unwrap_or("HEAD"));
            return Ok(Requirement::placed(
                name,
                Place::Repository(written.clone()),
                written,
            ));
        }
        Some(kind @ ("directory" | "file" | "url")) => {
            let path = if kind == "url" {
                url.to_owned()
            } else {
                format!("./{url}")
            };
            let written = format!("{name} @ {path}");
            let place = match Requirement::parse(&written).and_then(|read| read.place) {
                Some(Place::Own(_)) | None => Place::Own(url.to_owned()),
                Some(Place::OwnWheel(_)) => Place::OwnWheel(url.to_owned()),
                Some(other) => other,
            };
            return Ok(Requirement::placed(name, place, written));
        }
        _ => {}
    }
    // Older locks keep the digests in a part of their own.
    let files = package
        .get("files")
        .filter(|files| files.as_array().is_some_and(|list| !list.is_empty()));
    let files = files.or_else(|| lock.get("metadata")?.get("files")?.get(name));
    let files = files.and_then(Value::as_array).into_iter().flatten();
    let hashes = files.filter_map(|file| file.get("hash")?.as_str().map(str::to_owned));
    Ok(Requirement::pinned(name, version, hashes.collect()))
}
