//! Packages that are not bundled: which of them are packed, and the files that they lead to in `node_modules`.

use std::collections::BTreeSet;

use pilothouse_effects::{EntryKind, ProjectFiles, TreeEntry};
use pilothouse_model::ProjectPath;

use super::problem::BundleProblem;
use crate::development::Modules;
use crate::refusal::{self, Refused};
use crate::select::SelectedFile;

/// The runtimes bring it: that it is installed for development alone is no mistake.
const OF_THE_RUNTIME: &str = "aws-sdk";

/// The packages that are packed beside bundles.
#[derive(Debug)]
pub struct Externals<'a> {
    files: &'a dyn ProjectFiles,
    /// The folder of the `package.json` that counts; empty for the project's own.
    base: String,
    names: BTreeSet<String>,
    /// Everything in `node_modules`.
    tree: Vec<TreeEntry>,
}

/// What packages lead to.
#[derive(Debug, Default)]
pub struct Closure {
    /// Files by their names in the archive, and where they lie.
    pub files: Vec<(SelectedFile, ProjectPath)>,
    /// Files that are never packed.
    pub refused: Vec<Refused>,
}

impl<'a> Externals<'a> {
    /// Those of `wanted` that are `dependencies` in the `package.json` of a folder.
    ///
    /// # Errors
    /// When one is needed for development alone, or not installed.
    pub fn find(
        files: &'a dyn ProjectFiles,
        base: &str,
        wanted: &[String],
    ) -> Result<Self, BundleProblem> {
        let mut externals = Self {
            files,
            base: base.to_owned(),
            names: BTreeSet::new(),
            tree: Vec::new(),
        };
        let mut modules = Modules::of_an_installation(files);
        let Some(manifest) = modules.manifest(base).filter(|_| !wanted.is_empty()) else {
            return Ok(externals);
        };
        for name in wanted {
            if manifest.own.contains(name) {
                if modules.resolve("", base, name).is_none() {
                    return Err(BundleProblem::setting(
                        format!(
                            "`{name}` is external, and it is not installed in the project's `node_modules`"
                        ),
                        "Install it with your package manager, in the project's folder",
                    ));
                }
                externals.names.insert(name.clone());
            } else if manifest.development.contains(name) && name != OF_THE_RUNTIME {
                return Err(BundleProblem::setting(
                    format!(
                        "`{name}` is external and is packed, and `package.json` has it in `devDependencies`"
                    ),
                    "Move it to `dependencies`; or name it under `exclude`, when the runtime or a layer has it",
                ));
            }
        }
        if !externals.names.is_empty() {
            externals.tree = files.walk(&|path| !leads_to_modules(path.as_str(), base))?;
        }
        Ok(externals)
    }

    /// Their names.
    pub fn names(&self) -> &BTreeSet<String> {
        &self.names
    }

    /// What some of them lead to.
    pub fn closure(&self, names: &BTreeSet<String>) -> Closure {
        let wanted: Vec<String> = names.intersection(&self.names).cloned().collect();
        let mut modules = Modules::of_an_installation(self.files);
        let reached = modules.reach_from("", &self.base, &wanted);
        let mut closure = Closure::default();
        for entry in &self.tree {
            let path = entry.path.as_str();
            if !is_of(&reached, path) {
                continue;
            }
            if let Some(why) = why(entry) {
                let path = entry.path.clone();
                closure.refused.push(Refused { path, why });
            } else if let EntryKind::File { size, executable } = entry.kind
                && let Ok(name) = ProjectPath::parse(self.name(path))
            {
                let file = SelectedFile {
                    path: name,
                    size,
                    executable,
                };
                closure.files.push((file, entry.path.clone()));
            }
        }
        closure
    }

    /// The name in the archive: beside the bundles, wherever the `package.json` lies.
    fn name<'p>(&self, path: &'p str) -> &'p str {
        let below = path.strip_prefix(self.base.as_str());
        let below = below.and_then(|path| path.strip_prefix('/'));
        below.filter(|_| !self.base.is_empty()).unwrap_or(path)
    }
}

fn why(entry: &TreeEntry) -> Option<refusal::Why> {
    match entry.kind {
        EntryKind::LinkAway => Some(refusal::Why::LinkAway),
        EntryKind::Special => Some(refusal::Why::NotAFile),
        _ => refusal::why(entry.path.as_str()),
    }
}

/// Whether a folder is on the way to packages of the folder `base`, or among them.
fn leads_to_modules(path: &str, base: &str) -> bool {
    let is_above = |folder: &str| base == folder || base.starts_with(&format!("{folder}/"));
    match path.split_once("node_modules") {
        None => is_above(path),
        Some((before, _)) => {
            let folder = before.trim_end_matches('/');
            folder.is_empty() || is_above(folder)
        }
    }
}

/// Whether a file belongs to one of the packages, and to none that is installed inside it without being needed.
fn is_of(reached: &BTreeSet<String>, path: &str) -> bool {
    let folders = path.rmatch_indices('/').map(|(at, _)| path.split_at(at));
    let mut owners = folders.filter(|(folder, _)| reached.contains(*folder));
    owners
        .next()
        .is_some_and(|(_, rest)| !rest.starts_with("/node_modules/"))
}

#[cfg(test)]
mod tests {
    use pilothouse_testkit::MemoryProject;

    use super::*;

    fn manifest(text: &str) -> String {
        format!("{{{text}}}")
    }

    fn project() -> MemoryProject {
        MemoryProject::new()
            .file(
                "package.json",
                manifest("\"dependencies\": {\"a\": \"1\", \"z\": \"1\"}, \"devDependencies\": {\"d\": \"1\"}"),
            )
            .file(
                "node_modules/a/package.json",
                manifest(
                    "\"dependencies\": {\"b\": \"1\"}, \"peerDependencies\": {\"p\": \"1\", \"o\": \"1\"}, \
                     \"peerDependenciesMeta\": {\"o\": {\"optional\": true}}",
                ),
            )
            .file("node_modules/a/i.js", "")
            .file("node_modules/a/test/node_modules/kept.js", "")
            .file("node_modules/a/node_modules/b/package.json", "{}")
            .file("node_modules/a/node_modules/unneeded/package.json", "{}")
            .file("node_modules/a/id_rsa", "")
            .file("node_modules/b/package.json", "{}")
            .file("node_modules/p/package.json", "{}")
            .file("node_modules/o/package.json", "{}")
            .file("node_modules/d/package.json", "{}")
            .file("node_modules/.bin/a", "")
            .file("src/node_modules/no/package.json", "{}")
    }

    fn names(list: &[&str]) -> Vec<String> {
        list.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn a_package_comes_with_what_it_needs_and_nothing_else() {
        let project = project();
        let found = Externals::find(&project, "", &names(&["a", "@aws-sdk/*"])).expect("found");
        assert_eq!(found.names().iter().collect::<Vec<_>>(), ["a"]);
        let closure = found.closure(found.names());
        let files: Vec<&str> = closure
            .files
            .iter()
            .map(|(file, _)| file.path.as_str())
            .collect();
        assert_eq!(
            files,
            [
                "node_modules/a/i.js",
                "node_modules/a/node_modules/b/package.json",
                "node_modules/a/package.json",
                "node_modules/a/test/node_modules/kept.js",
                "node_modules/p/package.json",
            ]
        );
        assert_eq!(closure.refused[0].path.as_str(), "node_modules/a/id_rsa");
        assert!(found.closure(&BTreeSet::new()).files.is_empty());
    }

    #[test]
    fn what_is_not_installed_or_for_development_alone_is_refused() {
        let project = project();
        let why = |name: &str| {
            let refused = Externals::find(&project, "", &names(&[name])).expect_err("refused");
            refused.to_string()
        };
        assert!(why("z").contains("not installed"), "{}", why("z"));
        assert!(why("d").contains("devDependencies"), "{}", why("d"));
    }

    #[test]
    fn packages_of_a_folder_lie_beside_the_bundles() {
        let project = MemoryProject::new()
            .file(
                "sub/package.json",
                manifest("\"dependencies\": {\"a\": \"1\", \"b\": \"1\"}"),
            )
            .file("sub/node_modules/a/package.json", "{}")
            .file("node_modules/b/package.json", "{}");
        let found = Externals::find(&project, "sub", &names(&["a", "b"])).expect("found");
        let closure = found.closure(found.names());
        let files: Vec<(&str, &str)> = closure
            .files
            .iter()
            .map(|(file, at)| (file.path.as_str(), at.as_str()))
            .collect();
        assert_eq!(
            files,
            [
                ("node_modules/b/package.json", "node_modules/b/package.json"),
                (
                    "node_modules/a/package.json",
                    "sub/node_modules/a/package.json"
                ),
            ]
        );
    }
}
