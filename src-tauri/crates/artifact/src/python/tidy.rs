//! Makes what was fetched the same on every computer: without caches, paths of this computer, and the marks that one
//! program leaves and another does not.

use std::collections::{BTreeMap, HashMap, HashSet};

use pilothouse_effects::{EntryKind, PrivateFolder, ProjectFiles, TreeEntry};
use pilothouse_model::ProjectPath;

use super::marker::holds;
use super::problem::PythonProblem;
use super::record::{FetchedFile, FetchedPackage};
use super::requirement::{Requirement, normal_name};
use super::target::PythonTarget;

/// What is written as the installing program.
const INSTALLER: &str = "pilothouse\n";
const MOST_BYTES: u64 = 64 * 1024 * 1024;

/// What was fetched, before and after.
pub(crate) struct Tidying<'a> {
    pub(crate) store: &'a dyn PrivateFolder,
    /// The folder in it, such as `staging-1/files`.
    pub(crate) folder: &'a str,
    pub(crate) files: &'a dyn ProjectFiles,
    pub(crate) target: &'a PythonTarget,
}

/// A distribution: its folder of metadata and what that says.
struct Distribution {
    folder: String,
    name: String,
    version: String,
    /// Its files with the rest of their lines in `RECORD`.
    recorded: Vec<(String, String)>,
    scripts: Vec<(String, String)>,
}

impl Tidying<'_> {
    /// Rewrites what differs between computers and lists what is to be packed.
    pub(crate) fn tidy(
        &self,
        asked: &HashSet<String>,
        built: &HashSet<String>,
        changed: &HashSet<String>,
    ) -> Result<(Vec<FetchedPackage>, Vec<FetchedFile>), PythonProblem> {
        let tree = self.files.walk(&|path| path.file_name() == "__pycache__")?;
        let mut files: BTreeMap<String, FetchedFile> = tree.iter().filter_map(kept).collect();
        let mut packages = Vec::new();
        let mut owner: HashMap<String, usize> = HashMap::new();
        for distribution in self.distributions(&tree)? {
            let is_asked = asked.contains(&normal_name(&distribution.name));
            if !is_asked {
                files.remove(&format!("{}/REQUESTED", distribution.folder));
            }
            self.rewrite(&distribution, &mut files, changed)?;
            for (path, _) in &distribution.recorded {
                owner.insert(path.clone(), packages.len());
            }
            packages.push(FetchedPackage {
                is_built: built.contains(&normal_name(&distribution.name)),
                name: distribution.name,
                version: distribution.version,
                bytes: 0,
                files: 0,
                is_asked,
            });
        }
        for file in files.values() {
            if let Some(package) = owner.get(&file.path).and_then(|at| packages.get_mut(*at)) {
                package.bytes += file.size;
                package.files += 1;
            }
        }
        packages.sort_by_key(|package| normal_name(&package.name));
        Ok((packages, files.into_values().collect()))
    }

    fn text(&self, path: &str) -> Result<Option<String>, PythonProblem> {
        let Ok(path) = ProjectPath::parse(path) else {
            return Ok(None);
        };
        match self.files.read(&path, MOST_BYTES) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(pilothouse_effects::ProjectProblem::Missing(_)) => Ok(None),
            Err(problem) => Err(problem.into()),
        }
    }

    fn distributions(&self, tree: &[TreeEntry]) -> Result<Vec<Distribution>, PythonProblem> {
        let mut found = Vec::new();
        for folder in metadata_folders(tree) {
            let Some(metadata) = self.text(&format!("{folder}/METADATA"))? else {
                continue;
            };
            let field = |name: &str| {
                fields(&metadata, name)
                    .next()
                    .unwrap_or_default()
                    .to_owned()
            };
            let wheel = self.text(&format!("{folder}/WHEEL"))?.unwrap_or_default();
            if !self.runs(&wheel) {
                return Err(PythonProblem::Foreign {
                    package: field("Name"),
                    target: self.target.to_string(),
                });
            }
            let record = self.text(&format!("{folder}/RECORD"))?.unwrap_or_default();
            let entry_points = self
                .text(&format!("{folder}/entry_points.txt"))?
                .unwrap_or_default();
            found.push(Distribution {
                name: field("Name"),
                version: field("Version"),
                recorded: record.lines().filter_map(recorded).collect(),
                scripts: scripts(&entry_points),
                folder,
            });
        }
        Ok(found)
    }

    /// Whether a wheel with these tags runs on the target.
    fn runs(&self, wheel: &str) -> bool {
        let platforms = self.target.platforms();
        let mut tags = fields(wheel, "Tag").peekable();
        tags.peek().is_none()
            || tags.any(|tag| {
                let platform = tag.rsplit('-').next().unwrap_or(tag);
                platform
                    .split('.')
                    .any(|one| one == "any" || platforms.iter().any(|known| known == one))
            })
    }

    fn rewrite(
        &self,
        distribution: &Distribution,
        files: &mut BTreeMap<String, FetchedFile>,
        changed: &HashSet<String>,
    ) -> Result<(), PythonProblem> {
        let folder = &distribution.folder;
        let mut ours: HashSet<String> = changed.clone();
        let mut put =
            |path: String, text: &str, is_executable: bool| -> Result<(), PythonProblem> {
                self.store
                    .write(&format!("{}/{path}", self.folder), text.as_bytes())?;
                let size = u64::try_from(text.len()).unwrap_or(u64::MAX);
                ours.insert(path.clone());
                files.insert(
                    path.clone(),
                    FetchedFile {
                        path,
                        size,
                        is_executable,
                    },
                );
                Ok(())
            };
        put(format!("{folder}/INSTALLER"), INSTALLER, false)?;
        for (name, entry) in &distribution.scripts {
            if let Some(text) = script(entry, self.target) {
                put(format!("bin/{name}"), &text, true)?;
            }
        }
        for (path, _) in &distribution.recorded {
            let is_generated = path
                .strip_prefix("bin/")
                .is_some_and(|name| distribution.scripts.iter().any(|(known, _)| known == name));
            if path.starts_with("bin/")
                && !is_generated
                && let Some(text) = self.text(path)?
                && let Some(text) = at_home(&text, self.target)
            {
                put(path.clone(), &text, true)?;
            }
        }
        if let Some(text) = self.text(&format!("{folder}/direct_url.json"))?
            && text.contains("file:")
        {
            put(
                format!("{folder}/direct_url.json"),
                "{\"dir_info\": {}, \"url\": \"file:.\"}\n",
                false,
            )?;
        }
        let record = self.record(distribution, files, &ours);
        self.store.write(
            &format!("{}/{folder}/RECORD", self.folder),
            record.as_bytes(),
        )?;
        if let Some(file) = files.get_mut(&format!("{folder}/RECORD")) {
            file.size = u64::try_from(record.len()).unwrap_or(u64::MAX);
        }
        Ok(())
    }

    /// The list of files, in order, of those that are there; digests only of what is as it was.
    fn record(
        &self,
        distribution: &Distribution,
        files: &BTreeMap<String, FetchedFile>,
        ours: &HashSet<String>,
    ) -> String {
        let mut lines: BTreeMap<&str, &str> = BTreeMap::new();
        for (path, rest) in &distribution.recorded {
            if files.contains_key(path.as_str()) {
                lines.insert(path, if ours.contains(path) { "," } else { rest });
            }
        }
        let mut text = String::new();
        for (path, rest) in lines {
            let quoted = path.contains([',', '"']);
            let path = if quoted {
                format!("\"{}\"", path.replace('"', "\"\""))
            } else {
                path.to_owned()
            };
            text.push_str(&format!("{path},{rest}\n"));
        }
        text
    }

    /// What packages need on this target that is not there: pip asks its own Python for markers.
    pub(crate) fn missing(&self) -> Result<Vec<Requirement>, PythonProblem> {
        let tree = self.files.walk(&|path| path.file_name() == "__pycache__")?;
        let mut there = HashSet::new();
        let mut wanted = Vec::new();
        for folder in metadata_folders(&tree) {
            let Some(metadata) = self.text(&format!("{folder}/METADATA"))? else {
                continue;
            };
            there.extend(fields(&metadata, "Name").next().map(normal_name));
            wanted.extend(fields(&metadata, "Requires-Dist").filter_map(Requirement::parse));
        }
        wanted.retain(|one: &Requirement| {
            let marker = one.marker.as_deref();
            !there.contains(&one.name)
                && marker.is_none_or(|marker| holds(marker, self.target, &[]) == Some(true))
        });
        Ok(wanted)
    }
}

/// A file that is packed.
fn kept(entry: &TreeEntry) -> Option<(String, FetchedFile)> {
    let EntryKind::File { size, executable } = entry.kind else {
        return None;
    };
    let path = entry.path.as_str();
    let name = entry.path.file_name();
    let is_cache = [".pyc", ".pyo"].iter().any(|end| name.ends_with(end))
        || path == ".lock"
        || name == "uv_cache.json"
        || path.contains("__pycache__/");
    let file = FetchedFile {
        path: path.to_owned(),
        size,
        is_executable: executable,
    };
    (!is_cache).then(|| (path.to_owned(), file))
}

fn metadata_folders(tree: &[TreeEntry]) -> Vec<String> {
    let folders = tree.iter().filter_map(|entry| {
        let folder = entry.path.as_str().strip_suffix("/METADATA")?;
        (folder.ends_with(".dist-info") && !folder.contains('/')).then(|| folder.to_owned())
    });
    folders.collect()
}

/// The values of a field in the head of a metadata file.
fn fields<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = &'t str> {
    let head = text.lines().take_while(|line| !line.is_empty());
    head.filter_map(move |line| line.strip_prefix(name)?.strip_prefix(": ").map(str::trim))
}

/// A line of `RECORD`: the path below the packages' folder, and what follows it.
fn recorded(line: &str) -> Option<(String, String)> {
    let (path, rest) = match line.strip_prefix('"') {
        Some(quoted) => {
            let (path, rest) = quoted.rsplit_once('"')?;
            (
                path.replace("\"\"", "\""),
                rest.strip_prefix(',')?.to_owned(),
            )
        }
        None => {
            let mut parts = line.rsplitn(3, ',');
            let (size, digest) = (parts.next()?, parts.next()?);
            (parts.next()?.to_owned(), format!("{digest},{size}"))
        }
    };
    // Scripts stand beside the packages here, wherever the installing program says they are.
    let path = match path.rsplit_once("../") {
        Some((_, rest)) => rest.to_owned(),
        None => path,
    };
    Some((path, rest))
}

/// The programs that a package offers: name and `module:function`.
fn scripts(entry_points: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut inside = false;
    for line in entry_points.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            inside = ["console_scripts]", "gui_scripts]"].contains(&section);
        } else if inside && let Some((name, entry)) = line.split_once('=') {
            let name = name.trim();
            // It becomes a file: a name with a folder in it would lie elsewhere.
            if !name.is_empty() && !name.contains(['/', '\\']) && name != ".." {
                let entry = entry.split('[').next().unwrap_or(entry).trim();
                found.push((name.to_owned(), entry.to_owned()));
            }
        }
    }
    found
}

fn interpreter(target: &PythonTarget) -> String {
    format!("#!/var/lang/bin/python{}\n", target.version())
}

/// A program of a package, as it runs on Lambda.
fn script(entry: &str, target: &PythonTarget) -> Option<String> {
    let (module, function) = entry.split_once(':')?;
    let (module, function) = (module.trim(), function.trim());
    let first = function.split('.').next()?;
    let head = interpreter(target);
    Some(format!(
        "{head}import sys\nfrom {module} import {first}\nif __name__ == \"__main__\":\n    sys.exit({function}())\n"
    ))
}

/// A program with a Python of this computer in its first line, with Lambda's in its place.
fn at_home(text: &str, target: &PythonTarget) -> Option<String> {
    let (first, rest) = text.split_once('\n')?;
    let is_python = first.starts_with("#!") && first.contains("python");
    is_python.then(|| format!("{}{rest}", interpreter(target)))
}

#[cfg(test)]
#[path = "tidy_tests.rs"]
mod tests;
