//! Packages that exist only as source code, made into wheels: by consent, for it runs their code.
//!
//! The code sees a home of its own and no credentials. What it makes must run anywhere: a wheel with native code
//! would be one for this computer.

use std::collections::HashSet;

use pilothouse_effects::{EntryKind, ProjectFiles};
use pilothouse_model::{Digest, ProjectPath};

use super::failure::last_lines;
use super::fetch::PythonEvent;
use super::make::Making;
use super::problem::PythonProblem;
use super::requirement::{Place, Requirement, normal_name};
use super::tool::{Runner, Tool};

/// Folders that no package is built from.
const NOT_SOURCE: &[&str] = &[
    ".git",
    "node_modules",
    "__pycache__",
    ".venv",
    "venv",
    ".serverless",
    ".pilothouse",
];
const MOST_BYTES: u64 = 1 << 30;

/// What is built for one fetching.
pub(crate) struct Builds<'a> {
    making: &'a Making<'a>,
    runner: &'a Runner,
    root: &'a str,
    /// The packages that were built.
    pub(crate) names: HashSet<String>,
}

impl<'a> Builds<'a> {
    pub(crate) fn new(making: &'a Making<'a>, runner: &'a Runner, root: &'a str) -> Self {
        Self {
            making,
            runner,
            root,
            names: HashSet::new(),
        }
    }

    /// Builds what comes as source code; its versions then stand in the list.
    pub(crate) async fn sources(
        &mut self,
        wanted: &mut [Requirement],
    ) -> Result<(), PythonProblem> {
        for one in wanted {
            if one.place.as_ref().is_some_and(Place::is_source) {
                self.build(one).await?;
            }
        }
        Ok(())
    }

    /// Builds a package of an index that has no wheel.
    pub(crate) async fn named(
        &mut self,
        package: &str,
        wanted: &mut Vec<Requirement>,
    ) -> Result<(), PythonProblem> {
        let name = Requirement::parse(package)
            .map(|read| read.name)
            .unwrap_or_default();
        if let Some(one) = wanted.iter_mut().find(|one| one.name == name) {
            return self.build(one).await;
        }
        // It came along with another.
        let mut one = Requirement::parse(package).ok_or_else(|| PythonProblem::Build {
            package: package.to_owned(),
            told: String::new(),
        })?;
        self.build(&mut one).await?;
        wanted.push(one);
        Ok(())
    }

    async fn build(&mut self, one: &mut Requirement) -> Result<(), PythonProblem> {
        let making = self.making;
        (making.tell)(PythonEvent::Building {
            package: one.written.clone(),
        });
        let store = making.world.store.as_ref();
        let folder = format!("{}/built", making.staging);
        store.folder(&folder)?;
        let before = store.names(&folder)?;
        let home = store.folder(&format!("{}/home", making.staging))?;
        let order = making.order;
        let line = one.line(order.root);
        store.write(&format!("{}/build.txt", making.staging), line.as_bytes())?;
        let pip = self
            .runner
            .find_pip(&order.target, order.settings.python.as_deref(), self.root)
            .await?;
        let Tool::Pip { python, .. } = pip else {
            return Err(PythonProblem::NoTool);
        };
        let mut words: Vec<String> = [
            "-m",
            "pip",
            "wheel",
            "--no-deps",
            "--no-input",
            "--disable-pip-version-check",
        ]
        .map(str::to_owned)
        .into();
        if one.place.is_none() {
            words.extend(["--no-binary".to_owned(), one.name.clone()]);
        }
        words.extend(["-w", "built", "-r", "build.txt"].map(str::to_owned));
        let (code, told) = self
            .runner
            .run(&python, &words, self.root, Some(&home), &|_| {})
            .await?;
        if code != Some(0) {
            return Err(PythonProblem::Build {
                package: one.written.clone(),
                told: last_lines(&told),
            });
        }
        let made = store
            .names(&folder)?
            .into_iter()
            .find(|name| !before.contains(name));
        let wheel = made.ok_or_else(|| PythonProblem::Build {
            package: one.written.clone(),
            told: last_lines(&told),
        })?;
        self.take(one, &folder, &wheel)
    }

    /// Puts the wheel's name and version into the list.
    fn take(
        &mut self,
        one: &mut Requirement,
        folder: &str,
        wheel: &str,
    ) -> Result<(), PythonProblem> {
        if !wheel.ends_with("-none-any.whl") {
            return Err(PythonProblem::BuiltForHere {
                package: wheel.to_owned(),
            });
        }
        let mut parts = wheel.split('-');
        one.name = normal_name(parts.next().unwrap_or_default());
        one.versions = format!("=={}", parts.next().unwrap_or_default());
        one.place = None;
        self.names.insert(one.name.clone());
        // Where other packages have digests, each must have one.
        let needs_digest = self
            .making
            .order
            .listed
            .requirements
            .wanted
            .iter()
            .any(|one| !one.hashes.is_empty());
        one.hashes.clear();
        if needs_digest {
            let bytes = self
                .making
                .world
                .store
                .read(&format!("{folder}/{wheel}"), 0)?;
            one.hashes
                .push(format!("sha256:{}", Digest::of(&bytes.unwrap_or_default())));
        }
        Ok(())
    }
}

/// The digest of a folder or source archive of the project.
pub(crate) fn digest_of(project: &dyn ProjectFiles, path: &str) -> Result<String, PythonProblem> {
    let place = match path {
        "" => None,
        path => Some(
            ProjectPath::parse(path)
                .map_err(|problem| PythonProblem::Setting(format!("`{path}`: {problem}")))?,
        ),
    };
    if let Some(place) = &place
        && let Ok(bytes) = project.read(place, MOST_BYTES)
    {
        return Ok(Digest::of(&bytes).to_string());
    }
    let start = place.as_ref().map(|place| format!("{place}/"));
    let is_within = |path: &str| {
        start
            .as_deref()
            .is_none_or(|start| path.starts_with(start) || start.starts_with(&format!("{path}/")))
    };
    let tree = project
        .walk(&|path| NOT_SOURCE.contains(&path.file_name()) || !is_within(path.as_str()))?;
    let mut text = String::new();
    for entry in tree {
        if matches!(entry.kind, EntryKind::File { .. }) && is_within(entry.path.as_str()) {
            let bytes = project.read(&entry.path, MOST_BYTES)?;
            text.push_str(&format!("{} {}\n", entry.path, Digest::of(&bytes)));
        }
    }
    if text.is_empty() {
        return Err(PythonProblem::NoFile(path.to_owned()));
    }
    Ok(Digest::of(text.as_bytes()).to_string())
}
