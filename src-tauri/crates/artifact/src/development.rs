//! Node's development dependencies, which need not be packed: what `devDependencies` lead to and
//! `dependencies` do not, found in `node_modules` as it lies there.
//!
//! The peer asks `npm ls`; this reads the same `package.json` files itself, so that it needs no npm, runs
//! nothing of the project and answers the same everywhere.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::rc::Rc;

use pilothouse_effects::{EntryKind, ProjectFiles, TreeEntry};
use pilothouse_model::ProjectPath;
use serde_json::{Map, Value};

use crate::pattern::is_within;

/// A larger `package.json` than any that is written by hand or published.
const MANIFEST_LIMIT: u64 = 4 * 1024 * 1024;

/// What only development needs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Development {
    folders: HashSet<String>,
    programs: HashSet<String>,
}

impl Development {
    /// Looks through every `package.json` outside `node_modules`. A manifest that cannot be read or is not
    /// JSON counts as having no dependencies, as the peer has it: then more is packed, never less.
    pub fn find(files: &dyn ProjectFiles, tree: &[TreeEntry]) -> Self {
        let mut modules = Modules::new(files);
        let mut found = Self::default();
        for entry in tree {
            let is_manifest = matches!(entry.kind, EntryKind::File { .. })
                && entry.path.file_name() == "package.json"
                && !entry.path.as_str().contains("node_modules");
            if is_manifest {
                let folder = entry.path.parent();
                let folder = folder.as_ref().map_or("", ProjectPath::as_str);
                found.add(&mut modules, folder, tree);
            }
        }
        found
    }

    /// Whether only development needs the file.
    pub fn contain(&self, path: &str) -> bool {
        self.programs.contains(path)
            || path.match_indices('/').any(|(at, _)| {
                path.get(..at)
                    .is_some_and(|folder| self.folders.contains(folder))
            })
    }

    fn add(&mut self, modules: &mut Modules<'_>, project: &str, tree: &[TreeEntry]) {
        let Some(manifest) = modules.manifest(project) else {
            return;
        };
        let mut development = modules.reach(project, &manifest.development);
        let mut production = modules.reach(project, &manifest.production);
        let members = members(project, tree).filter(|_| manifest.has_workspaces);
        for (link, folder) in members {
            // To npm every package of a workspace is one that is used.
            production.insert(link.to_owned());
            if let Some(member) = modules.manifest(&folder) {
                production.extend(modules.reach_from(project, &folder, &member.production));
                development.extend(modules.reach_from(project, &folder, &member.development));
            }
        }
        for folder in development.difference(&production) {
            if let Some(manifest) = modules.manifest(folder) {
                self.programs.extend(programs(folder, &manifest.programs));
            }
            self.folders.insert(folder.clone());
        }
    }
}

/// The packages of a workspace: the links to them in its `node_modules`, and their own folders.
fn members<'a>(project: &'a str, tree: &'a [TreeEntry]) -> impl Iterator<Item = (&'a str, String)> {
    tree.iter().filter_map(move |entry| {
        let link = entry.path.as_str().strip_suffix("/package.json")?;
        let below = link.strip_prefix(project)?.trim_start_matches('/');
        let name = below.strip_prefix("node_modules/")?;
        let parts = if name.starts_with('@') { 2 } else { 1 };
        let folder = entry.target.as_ref()?.parent()?;
        let is_member =
            name.split('/').count() == parts && !folder.as_str().contains("node_modules");
        is_member.then(|| (link, folder.to_string()))
    })
}

/// The links in `.bin` as the peer names them: beside the package, by the program's name or the folder's.
fn programs(folder: &str, names: &Programs) -> Vec<String> {
    let (place, own_name) = folder.rsplit_once('/').unwrap_or(("", folder));
    match names {
        Programs::None => Vec::new(),
        Programs::OwnName => vec![format!("{place}/.bin/{own_name}")],
        Programs::Named(names) => names
            .iter()
            .map(|name| format!("{place}/.bin/{name}"))
            .collect(),
    }
}

/// What matters of a `package.json`.
#[derive(Debug)]
pub(crate) struct Manifest {
    /// `dependencies` alone.
    pub(crate) own: Vec<String>,
    production: Vec<String>,
    pub(crate) development: Vec<String>,
    has_workspaces: bool,
    /// Peers that need not be there.
    optional: Vec<String>,
    programs: Programs,
}

#[derive(Debug)]
enum Programs {
    None,
    OwnName,
    Named(Vec<String>),
}

impl Manifest {
    fn parse(content: &[u8]) -> Option<Self> {
        let value: Map<String, Value> = serde_json::from_slice(content).ok()?;
        let names = |key: &str| {
            let section = value.get(key).and_then(Value::as_object);
            section.into_iter().flat_map(Map::keys).cloned()
        };
        let meta = value.get("peerDependenciesMeta").and_then(Value::as_object);
        let is_optional = |(_, meta): &(&String, &Value)| {
            meta.get("optional").and_then(Value::as_bool) == Some(true)
        };
        let optional = meta.into_iter().flatten().filter(is_optional);
        Some(Self {
            has_workspaces: value.contains_key("workspaces"),
            own: names("dependencies").collect(),
            optional: optional.map(|(name, _)| name.clone()).collect(),
            production: names("dependencies")
                .chain(names("optionalDependencies"))
                .chain(names("peerDependencies"))
                .collect(),
            development: names("devDependencies").collect(),
            programs: match value.get("bin") {
                Some(Value::String(_)) => Programs::OwnName,
                Some(Value::Object(map)) => Programs::Named(map.keys().cloned().collect()),
                _ => Programs::None,
            },
        })
    }
}

/// The installed packages, each manifest read once.
pub(crate) struct Modules<'a> {
    files: &'a dyn ProjectFiles,
    known: HashMap<String, Option<Rc<Manifest>>>,
    /// Whether peers that need not be there count when they are.
    optional_peers: bool,
}

impl<'a> Modules<'a> {
    pub(crate) fn new(files: &'a dyn ProjectFiles) -> Self {
        Self {
            files,
            known: HashMap::new(),
            optional_peers: true,
        }
    }

    /// As an installation of these packages alone has them: a peer that need not be there is not.
    pub(crate) fn of_an_installation(files: &'a dyn ProjectFiles) -> Self {
        Self {
            optional_peers: false,
            ..Self::new(files)
        }
    }

    pub(crate) fn manifest(&mut self, folder: &str) -> Option<Rc<Manifest>> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        let path = ProjectPath::from_names(
            folder
                .split('/')
                .filter(|part| !part.is_empty())
                .chain(["package.json"]),
        );
        let manifest = path
            .ok()
            .and_then(|path| self.files.read(&path, MANIFEST_LIMIT).ok())
            .and_then(|content| Manifest::parse(&content))
            .map(Rc::new);
        self.known.insert(folder.to_owned(), manifest.clone());
        manifest
    }

    /// The folders of everything these names lead to.
    fn reach(&mut self, project: &str, names: &[String]) -> BTreeSet<String> {
        self.reach_from(project, project, names)
    }

    /// The folders of everything that these names lead to, where a folder in the project names them.
    pub(crate) fn reach_from(
        &mut self,
        project: &str,
        folder: &str,
        names: &[String],
    ) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open: Vec<String> = Vec::new();
        self.install(project, folder, names, &mut found, &mut open);
        while let Some(folder) = open.pop() {
            if let Some(manifest) = self.manifest(&folder) {
                let mut names = manifest.production.clone();
                names.retain(|name| self.optional_peers || !manifest.optional.contains(name));
                self.install(project, &folder, &names, &mut found, &mut open);
            }
        }
        found
    }

    fn install(
        &mut self,
        project: &str,
        from: &str,
        names: &[String],
        found: &mut BTreeSet<String>,
        open: &mut Vec<String>,
    ) {
        for name in names {
            if let Some(folder) = self.resolve(project, from, name)
                && found.insert(folder.clone())
            {
                open.push(folder);
            }
        }
    }

    /// Where Node finds the package: in the `node_modules` of the folder or of one above it, up to the project.
    pub(crate) fn resolve(&mut self, project: &str, from: &str, name: &str) -> Option<String> {
        let mut folder = from;
        loop {
            let candidate = if folder.is_empty() {
                format!("node_modules/{name}")
            } else {
                format!("{folder}/node_modules/{name}")
            };
            if self.manifest(&candidate).is_some() {
                return Some(candidate);
            }
            if folder == project {
                return None;
            }
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
            if !project.is_empty() && !is_within(folder, project) {
                return None;
            }
        }
    }
}

#[cfg(test)]
#[path = "development_tests.rs"]
mod tests;
