//! A project of which one file holds what is not saved yet, and which remembers what was read of it.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_effects::{
    ArchiveStore, FileContent, FolderProblem, ProjectEdits, ProjectFiles, ProjectProblem,
    TreeEntry, Workplace,
};
use pilothouse_model::ProjectPath;

use crate::Host;

/// The files that were read.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads(Arc<Mutex<BTreeSet<ProjectPath>>>);

impl Reads {
    fn add(&self, path: &ProjectPath) {
        let mut paths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paths.insert(path.clone());
    }

    /// Each once.
    pub(crate) fn list(&self) -> Vec<ProjectPath> {
        let paths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        paths.iter().cloned().collect()
    }
}

/// Folders of this computer, with a text in the place of one file.
#[derive(Debug)]
pub(crate) struct Unsaved {
    inner: Arc<dyn Workplace>,
    text: Option<(ProjectPath, String)>,
    reads: Reads,
}

impl Unsaved {
    /// A host on which a file of every project has this text.
    pub(crate) fn with(host: &Host, path: ProjectPath, text: &str) -> (Host, Reads) {
        Self::host(host, Some((path, text.to_owned())))
    }

    /// A host that remembers what is read, and no more.
    pub(crate) fn nothing(host: &Host) -> (Host, Reads) {
        Self::host(host, None)
    }

    fn host(host: &Host, text: Option<(ProjectPath, String)>) -> (Host, Reads) {
        let reads = Reads::default();
        let workplace = Arc::new(Self {
            inner: Arc::clone(&host.workplace),
            text,
            reads: reads.clone(),
        });
        let host = Host {
            workplace,
            ..host.clone()
        };
        (host, reads)
    }
}

impl Workplace for Unsaved {
    fn project(&self, folder: &str) -> Result<Arc<dyn ProjectFiles>, FolderProblem> {
        Ok(Arc::new(Files {
            inner: self.inner.project(folder)?,
            text: self.text.clone(),
            reads: self.reads.clone(),
        }))
    }

    fn edits(&self, folder: &str) -> Result<Arc<dyn ProjectEdits>, FolderProblem> {
        self.inner.edits(folder)
    }

    fn output(&self, folder: &str) -> Result<Arc<dyn ArchiveStore>, FolderProblem> {
        self.inner.output(folder)
    }

    fn absolute(&self, folder: &str) -> Result<String, FolderProblem> {
        self.inner.absolute(folder)
    }
}

#[derive(Debug)]
struct Files {
    inner: Arc<dyn ProjectFiles>,
    text: Option<(ProjectPath, String)>,
    reads: Reads,
}

impl ProjectFiles for Files {
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        self.inner.walk(prune)
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        let content = match &self.text {
            Some((file, text)) if file == path => Ok(text.clone().into_bytes()),
            _ => self.inner.read(path, limit),
        };
        if content.is_ok() {
            self.reads.add(path);
        }
        content
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        self.inner.open(path)
    }
}

/// Files that a text names as `file(path)` and that are there: also a configuration that cannot be read as a whole
/// leads to its parts.
pub(super) fn named_in(text: &str, files: &dyn ProjectFiles) -> Vec<ProjectPath> {
    const MOST: usize = 200;
    text.match_indices("file(")
        .filter_map(|(at, found)| {
            let rest = text.get(at + found.len()..)?;
            let end = rest.find([')', ',', '\n', '$'])?;
            let name = rest.get(..end)?.trim();
            ProjectPath::parse(name.trim_matches(['\'', '"'])).ok()
        })
        .take(MOST)
        .filter(|path| files.open(path).is_ok())
        .collect()
}
