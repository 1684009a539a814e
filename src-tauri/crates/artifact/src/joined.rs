//! Content of archives that comes from several places: the project, what was fetched, what was made.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use pilothouse_effects::{EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry};
use pilothouse_model::ProjectPath;

use crate::select::SelectedFile;

/// Where a file of an archive comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The project, where it may lie elsewhere than in the archive.
    Project(ProjectPath),
    /// What was fetched.
    Fetched(ProjectPath),
    /// Bytes that were made.
    Made(Arc<[u8]>),
}

/// The files of an archive by their names in it, as a tree that can be packed.
#[derive(Debug, Clone)]
pub struct Joined {
    project: Arc<dyn ProjectFiles>,
    fetched: Option<Arc<dyn ProjectFiles>>,
    files: BTreeMap<ProjectPath, (SelectedFile, Origin)>,
}

impl Joined {
    /// Nothing yet.
    pub fn new(project: Arc<dyn ProjectFiles>) -> Self {
        Self {
            project,
            fetched: None,
            files: BTreeMap::new(),
        }
    }

    /// Says what [`Origin::Fetched`] speaks of.
    pub(crate) fn set_fetched(&mut self, tree: &Arc<dyn ProjectFiles>) {
        self.fetched = Some(Arc::clone(tree));
    }

    /// Adds a file by its name in the archive; one of that name gives way.
    pub fn put(&mut self, file: SelectedFile, origin: Origin) {
        self.files.insert(file.path.clone(), (file, origin));
    }

    /// Every file, by the bytes of its name.
    pub fn files(&self) -> Vec<SelectedFile> {
        let mut files: Vec<SelectedFile> =
            self.files.values().map(|(file, _)| file.clone()).collect();
        files.sort_unstable();
        files
    }
}

impl ProjectFiles for Joined {
    fn walk(
        &self,
        _prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let entry = |file: SelectedFile| TreeEntry {
            path: file.path,
            kind: EntryKind::File {
                size: file.size,
                executable: file.executable,
            },
            target: None,
        };
        Ok(self.files().into_iter().map(entry).collect())
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        match self.files.get(path) {
            None => Err(ProjectProblem::Missing(path.clone())),
            Some((_, Origin::Project(at))) => self.project.read(at, limit),
            Some((_, Origin::Fetched(at))) => match &self.fetched {
                Some(tree) => tree.read(at, limit),
                None => Err(ProjectProblem::Missing(path.clone())),
            },
            Some((_, Origin::Made(bytes))) => Ok(bytes.to_vec()),
        }
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        match self.files.get(path) {
            None => Err(ProjectProblem::Missing(path.clone())),
            Some((_, Origin::Project(at))) => self.project.open(at),
            Some((_, Origin::Fetched(at))) => match &self.fetched {
                Some(tree) => tree.open(at),
                None => Err(ProjectProblem::Missing(path.clone())),
            },
            Some((_, Origin::Made(bytes))) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
        }
    }
}

#[cfg(test)]
mod tests {
    use pilothouse_testkit::{MemoryProject, MemoryStore};

    use super::*;
    use crate::{Package, pack};

    #[test]
    fn files_of_all_places_are_packed_under_their_new_names() {
        let file = |path: &str, size| SelectedFile {
            path: ProjectPath::parse(path).expect("a path"),
            size,
            executable: false,
        };
        let at = |path: &str| ProjectPath::parse(path).expect("a path");
        let project = MemoryProject::new()
            .file("module/a.py", "own")
            .file("x.py", "gives way");
        let mut joined = Joined::new(Arc::new(project));
        let tree: Arc<dyn ProjectFiles> = Arc::new(MemoryProject::new().file("x.py", "fetched"));
        joined.set_fetched(&tree);
        joined.put(file("x.py", 9), Origin::Project(at("x.py")));
        joined.put(file("x.py", 7), Origin::Fetched(at("x.py")));
        joined.put(file("a.py", 3), Origin::Project(at("module/a.py")));
        joined.put(file("m", 4), Origin::Made(b"made".to_vec().into()));
        let package = Package {
            file_name: "x.zip".into(),
            files: joined.files(),
        };
        let archives = pack(&joined, &MemoryStore::default(), &[package]).expect("packed");
        let entries: Vec<(&str, u64)> = archives[0]
            .entries
            .iter()
            .map(|e| (e.path.as_str(), e.size))
            .collect();
        assert_eq!(entries, [("a.py", 3), ("m", 4), ("x.py", 7)]);
    }
}
