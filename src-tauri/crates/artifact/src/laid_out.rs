//! pnpm's `node_modules` as npm would have laid it out.
//!
//! pnpm keeps each package once in a store, and finds what it needs by links beside it. An archive has no links: a package
//! that is packed where a link stands finds nothing that it needs. So such a project is seen with each package where Node
//! looks for it: at the top, or inside the package that needs another version.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use pilothouse_effects::{EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry};
use pilothouse_model::ProjectPath;

/// Where pnpm keeps packages.
const STORE: &str = "node_modules/.pnpm";
/// Its own links of everything, for packages that do not say what they need.
const EVERYTHING: &str = "node_modules/.pnpm/node_modules";
const MODULES: &str = "node_modules";

/// The project with its packages laid out, when pnpm installed them; it itself otherwise.
///
/// # Errors
/// When its folders cannot be listed.
pub fn laid_out(project: Arc<dyn ProjectFiles>) -> Result<Arc<dyn ProjectFiles>, ProjectProblem> {
    let is_on_the_way = |path: &str| STORE == path || path == MODULES;
    let top = project.walk(&|path| !is_on_the_way(path.as_str()))?;
    let has_store = top
        .iter()
        .any(|entry| entry.path.as_str().starts_with(STORE));
    if !has_store {
        return Ok(project);
    }
    let links = Links::read(project.as_ref())?;
    let placed = links.place();
    let real: BTreeSet<&str> = placed.values().map(String::as_str).collect();
    let enters = |path: &str| {
        let in_one = real.iter().any(|folder| is_in(path, folder));
        in_one || real.iter().any(|folder| is_in(folder, path))
    };
    let files =
        project.walk(&|path| !enters(path.as_str()) || has_modules_in(&real, path.as_str()))?;
    let files = files
        .into_iter()
        .filter(|entry| entry.kind != EntryKind::Folder);
    let files: Vec<TreeEntry> = files.collect();
    Ok(Arc::new(LaidOut {
        project,
        placed,
        files,
    }))
}

/// Whether a path is a folder or lies in it.
fn is_in(path: &str, folder: &str) -> bool {
    let rest = path.strip_prefix(folder);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a path is the `node_modules` of a package that lies elsewhere than in the store, which is laid out too.
fn has_modules_in(real: &BTreeSet<&str>, path: &str) -> bool {
    let folder = path
        .strip_suffix(MODULES)
        .and_then(|path| path.strip_suffix('/'));
    folder.is_some_and(|folder| !folder.starts_with(STORE) && real.contains(folder))
}

/// Which packages each folder finds by its links, and where they really lie.
#[derive(Debug, Default)]
struct Links {
    /// By the folder that has a `node_modules`, a project or one of the store: names and real folders.
    of: BTreeMap<String, BTreeMap<String, String>>,
}

impl Links {
    fn read(project: &dyn ProjectFiles) -> Result<Self, ProjectProblem> {
        let tree = project
            .walk(&|path| path.as_str() == EVERYTHING || package(path.as_str()).is_some())?;
        let mut links = Self::default();
        for entry in tree.iter().filter(|entry| entry.kind == EntryKind::Folder) {
            if let Some((folder, name)) = package(entry.path.as_str()) {
                let real = entry.target.as_ref().unwrap_or(&entry.path);
                let of = links.of.entry(folder.to_owned()).or_default();
                of.insert(name.to_owned(), real.to_string());
            }
        }
        Ok(links)
    }

    /// What a package needs: what lies beside it in the store, or in the `node_modules` of a project of the workspace.
    fn needs(&self, real: &str) -> Vec<(&String, &String)> {
        let folder = package(real).map_or(real, |(folder, _)| folder);
        let of = self.of.get(folder).into_iter().flatten();
        of.filter(|(_, other)| *other != real).collect()
    }

    /// By where Node looks: the real folder of each package.
    fn place(&self) -> BTreeMap<String, String> {
        let mut placed = BTreeMap::new();
        let projects = self.of.keys().filter(|folder| !is_in(folder, STORE));
        for project in projects {
            self.place_for(project, &mut placed);
        }
        placed
    }

    fn place_for(&self, project: &str, placed: &mut BTreeMap<String, String>) {
        let mut open = VecDeque::new();
        for (name, real) in self.of.get(project).into_iter().flatten() {
            let at = join(project, name);
            placed.insert(at.clone(), real.clone());
            open.push_back((at, real));
        }
        // A package's needs are all placed before theirs are: what is placed inside it later changes nothing for them.
        while let Some((at, real)) = open.pop_front() {
            for (name, real) in self.needs(real) {
                let found = above(project, &at).find_map(|folder| placed.get(&join(folder, name)));
                let place = match found {
                    Some(other) if other == real => continue,
                    Some(_) => join(&at, name),
                    None => join(project, name),
                };
                placed.insert(place.clone(), real.clone());
                open.push_back((place, real));
            }
        }
    }
}

/// The folders in which Node looks for what a package needs, from the package up to the project.
fn above<'a>(project: &'a str, at: &'a str) -> impl Iterator<Item = &'a str> {
    let up = |folder: &&'a str| {
        let (above, _) = folder.rsplit_once(MODULES)?;
        let above = above.trim_end_matches('/');
        (above.len() >= project.len()).then_some(above)
    };
    std::iter::successors(Some(at), move |folder| {
        up(folder).filter(|above| above != folder)
    })
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        format!("{MODULES}/{name}")
    } else {
        format!("{folder}/{MODULES}/{name}")
    }
}

/// Of `x/node_modules/@scope/name`: the folder `x` and the package's name. None of anything else, programs included.
fn package(path: &str) -> Option<(&str, &str)> {
    let at = path.rfind("node_modules/").filter(|at| {
        let before = path.get(..*at);
        before.is_some_and(|before| before.is_empty() || before.ends_with('/'))
    })?;
    let (folder, rest) = path.split_at(at);
    let name = rest.strip_prefix("node_modules/")?;
    let parts = name.split('/').count();
    let wanted = if name.starts_with('@') { 2 } else { 1 };
    let is_package = parts == wanted && !name.starts_with('.');
    is_package.then_some((folder.trim_end_matches('/'), name))
}

/// A project whose packages are where Node looks for them.
#[derive(Debug)]
struct LaidOut {
    project: Arc<dyn ProjectFiles>,
    /// By where Node looks: the real folder of each package.
    placed: BTreeMap<String, String>,
    /// The files of all packages, where they really lie.
    files: Vec<TreeEntry>,
}

impl LaidOut {
    /// Where a file really lies; none when there is no such file.
    fn real(&self, path: &ProjectPath) -> Option<ProjectPath> {
        let text = path.as_str();
        if !text.split('/').any(|part| part == MODULES) {
            return Some(path.clone());
        }
        let mut folders = text.rmatch_indices('/').map(|(at, _)| text.split_at(at));
        let (rest, real) =
            folders.find_map(|(folder, rest)| Some((rest, self.placed.get(folder)?)))?;
        ProjectPath::parse(&format!("{real}{rest}")).ok()
    }

    fn missing(&self, path: &ProjectPath) -> Result<ProjectPath, ProjectProblem> {
        let real = self.real(path);
        real.ok_or_else(|| ProjectProblem::Missing(path.clone()))
    }
}

/// Whether a folder above a file is one that the walk passes over.
fn is_pruned(path: &str, prune: &(dyn Fn(&ProjectPath) -> bool + Sync)) -> bool {
    let mut folders = path.match_indices('/').filter_map(|(at, _)| path.get(..at));
    folders.any(|folder| ProjectPath::parse(folder).is_ok_and(|folder| prune(&folder)))
}

impl ProjectFiles for LaidOut {
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let of_packages = |path: &ProjectPath| path.file_name() == MODULES;
        let mut entries = self
            .project
            .walk(&|path| of_packages(path) || prune(path))?;
        entries.retain(|entry| !of_packages(&entry.path));
        for (place, real) in &self.placed {
            let inside = self.files.iter().filter(|entry| {
                let rest = entry.path.as_str().strip_prefix(real.as_str());
                rest.is_some_and(|rest| rest.starts_with('/'))
            });
            for entry in inside {
                let rest = entry.path.as_str().strip_prefix(real.as_str());
                let name = format!("{place}{}", rest.unwrap_or_default());
                if let Ok(path) = ProjectPath::parse(&name)
                    && !is_pruned(&name, prune)
                {
                    let target = entry.target.clone();
                    entries.push(TreeEntry {
                        path,
                        kind: entry.kind,
                        target,
                    });
                }
            }
        }
        entries.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        entries.dedup_by(|one, other| one.path == other.path);
        Ok(entries)
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        self.project.read(&self.missing(path)?, limit)
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        self.project.open(&self.missing(path)?)
    }
}
