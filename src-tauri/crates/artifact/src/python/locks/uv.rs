//! `uv.lock`: a graph of packages for all platforms; the way through it from the project's own package, along the
//! edges whose markers hold, is what a deployment needs.

use std::collections::BTreeSet;

use toml::{Table, Value};

use super::{add_indexes, broken};
use crate::python::marker::holds;
use crate::python::problem::PythonProblem;
use crate::python::requirement::{Place, Requirement, normal_name};
use crate::python::requirements::Requirements;
use crate::python::target::PythonTarget;

/// Reads the text of a `uv.lock`; `project` is the name that `pyproject.toml` says, when it says one.
pub(crate) fn read(
    file: &str,
    text: &str,
    project: Option<&str>,
    target: &PythonTarget,
) -> Result<Requirements, PythonProblem> {
    let lock: Table = text
        .parse()
        .map_err(|problem: toml::de::Error| broken(file, problem.message()))?;
    let packages = lock.get("package").and_then(Value::as_array);
    let packages: Vec<&Table> = packages
        .into_iter()
        .flatten()
        .filter_map(Value::as_table)
        .collect();
    let root = root(&packages, project).ok_or_else(|| {
        broken(
            file,
            "the project's own package is not in it, so it belongs to another folder",
        )
    })?;
    let mut way = Way {
        packages: &packages,
        target,
        taken: Vec::new(),
        seen: BTreeSet::new(),
    };
    way.follow(file, root, &[])?;
    let mut found = Requirements {
        is_complete: true,
        ..Requirements::default()
    };
    let mut indexes: Vec<String> = Vec::new();
    for package in &way.taken {
        if let Some(index) = source(package, "registry")
            && index.contains("://")
            && !indexes.iter().any(|known| known == index)
        {
            indexes.push(index.to_owned());
        }
        if let Some(requirement) = requirement(package) {
            found.wanted.push(requirement);
        }
    }
    add_indexes(&mut found, &indexes);
    found
        .wanted
        .sort_by(|one, other| one.written.cmp(&other.written));
    Ok(found)
}

/// The package of the folder that the lock lies in.
fn root<'a>(packages: &[&'a Table], project: Option<&str>) -> Option<&'a Table> {
    let is_here = |package: &&&Table| {
        ["virtual", "editable"]
            .iter()
            .any(|kind| source(package, kind) == Some("."))
    };
    let of_name = |package: &&&Table| {
        project
            .is_some_and(|name| Some(normal_name(name)) == text(package, "name").map(normal_name))
            && source(package, "registry").is_none()
    };
    packages
        .iter()
        .find(of_name)
        .or_else(|| packages.iter().find(is_here))
        .copied()
}

fn text<'a>(table: &'a Table, key: &str) -> Option<&'a str> {
    table.get(key).and_then(Value::as_str)
}

fn source<'a>(package: &'a Table, kind: &str) -> Option<&'a str> {
    package.get("source")?.as_table()?.get(kind)?.as_str()
}

struct Way<'a, 't> {
    packages: &'t [&'a Table],
    target: &'t PythonTarget,
    taken: Vec<&'a Table>,
    seen: BTreeSet<(usize, String)>,
}

impl<'a> Way<'a, '_> {
    /// Takes what a package depends on, and what its extras add.
    fn follow(
        &mut self,
        file: &str,
        package: &'a Table,
        extras: &[String],
    ) -> Result<(), PythonProblem> {
        let mut open = vec![(package, extras.to_vec())];
        while let Some((package, extras)) = open.pop() {
            let mut edges: Vec<&Value> = Vec::new();
            edges.extend(
                package
                    .get("dependencies")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten(),
            );
            let optional = package
                .get("optional-dependencies")
                .and_then(Value::as_table);
            for extra in &extras {
                let added = optional.and_then(|optional| {
                    optional
                        .iter()
                        .find(|(name, _)| normal_name(name) == normal_name(extra))
                        .and_then(|(_, list)| list.as_array())
                });
                edges.extend(added.into_iter().flatten());
            }
            for edge in edges.into_iter().filter_map(Value::as_table) {
                if let Some((next, extras)) = self.step(file, edge, &extras)? {
                    open.push((next, extras));
                }
            }
        }
        Ok(())
    }

    /// The package that an edge leads to, unless its marker does not hold or it was taken already.
    fn step(
        &mut self,
        file: &str,
        edge: &'a Table,
        extras: &[String],
    ) -> Result<Option<(&'a Table, Vec<String>)>, PythonProblem> {
        if text(edge, "marker")
            .is_some_and(|marker| holds(marker, self.target, extras) == Some(false))
        {
            return Ok(None);
        }
        let name = text(edge, "name").unwrap_or_default();
        let version = text(edge, "version");
        let edge_source = edge.get("source");
        let at = self.packages.iter().position(|package| {
            text(package, "name") == Some(name)
                && version.is_none_or(|version| text(package, "version") == Some(version))
                && edge_source.is_none_or(|wanted| package.get("source") == Some(wanted))
                && self.fits(package)
        });
        let Some((at, package)) = at.and_then(|at| Some((at, *self.packages.get(at)?))) else {
            return Err(broken(
                file,
                format!("`{name}` is depended on and not in it"),
            ));
        };
        let wanted: Vec<String> = edge
            .get("extra")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(|extra| extra.as_str().map(str::to_owned))
            .collect();
        if !self.seen.insert((at, wanted.join(","))) {
            return Ok(None);
        }
        if !self.taken.iter().any(|known| std::ptr::eq(*known, package)) {
            self.taken.push(package);
        }
        Ok(Some((package, wanted)))
    }

    /// Whether the package is the one for this target, when the lock has several of a name.
    fn fits(&self, package: &Table) -> bool {
        let markers = package.get("resolution-markers").and_then(Value::as_array);
        markers.is_none_or(|markers| {
            markers
                .iter()
                .filter_map(Value::as_str)
                .any(|marker| holds(marker, self.target, &[]) != Some(false))
        })
    }
}

/// The package to fetch; none for one that only groups others.
fn requirement(package: &Table) -> Option<Requirement> {
    let name = text(package, "name")?;
    if let Some(git) = source(package, "git") {
        // `https://host/repository?rev=v1#commit`
        let (address, commit) = git.split_once('#').unwrap_or((git, "HEAD"));
        let address = address.split('?').next().unwrap_or(address);
        let written = format!("git+{address}@{commit}#egg={name}");
        return Some(Requirement::placed(
            name,
            Place::Repository(written.clone()),
            written,
        ));
    }
    if let Some(path) = ["editable", "directory", "path"]
        .iter()
        .find_map(|kind| source(package, kind))
    {
        let written = format!("{name} @ ./{path}");
        let place = Requirement::parse(&written)?.place?;
        let place = match place {
            Place::Own(_) => Place::Own(path.to_owned()),
            Place::OwnWheel(_) => Place::OwnWheel(path.to_owned()),
            other => other,
        };
        return Some(Requirement::placed(name, place, written));
    }
    if let Some(url) = source(package, "url") {
        let written = format!("{name} @ {url}");
        let place = Requirement::parse(&written)?.place?;
        return Some(Requirement::placed(name, place, written));
    }
    source(package, "registry")?;
    let wheels = package.get("wheels").and_then(Value::as_array);
    let files = wheels.into_iter().flatten().chain(package.get("sdist"));
    let hashes = files.filter_map(|file| file.get("hash")?.as_str().map(str::to_owned));
    Some(Requirement::pinned(
        name,
        text(package, "version")?,
        hashes.collect(),
    ))
}
