//! A project with files that plugins add to it: they are packed like its own, and never written to its folder.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

use pilothouse_effects::{EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry};
use pilothouse_model::ProjectPath;
use pilothouse_service::types::GeneratedFile;

/// The files of a project, and over them those that are added.
#[derive(Debug)]
struct Overlay {
    project: Arc<dyn ProjectFiles>,
    added: BTreeMap<ProjectPath, String>,
}

/// The project with these files added; it itself when there are none. What is added wins over a file of its name.
pub(crate) fn with_files(
    project: Arc<dyn ProjectFiles>,
    added: &[GeneratedFile],
) -> Arc<dyn ProjectFiles> {
    let added: BTreeMap<ProjectPath, String> = added
        .iter()
        .filter_map(|file| Some((ProjectPath::parse(&file.path).ok()?, file.text.clone())))
        .collect();
    if added.is_empty() {
        return project;
    }
    Arc::new(Overlay { project, added })
}

impl Overlay {
    /// Whether a folder above a file is one that the walk passes over.
    fn is_pruned(path: &ProjectPath, prune: &(dyn Fn(&ProjectPath) -> bool + Sync)) -> bool {
        path.as_str().match_indices('/').any(|(at, _)| {
            let folder = path.as_str().get(..at).unwrap_or_default();
            ProjectPath::parse(folder).is_ok_and(|folder| prune(&folder))
        })
    }
}

impl ProjectFiles for Overlay {
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let mut entries = self.project.walk(prune)?;
        entries.retain(|entry| !self.added.contains_key(&entry.path));
        let added = self
            .added
            .iter()
            .filter(|(path, _)| !Self::is_pruned(path, prune));
        entries.extend(added.map(|(path, text)| TreeEntry {
            path: path.clone(),
            kind: EntryKind::File {
                size: u64::try_from(text.len()).unwrap_or(u64::MAX),
                executable: false,
            },
            target: None,
        }));
        entries.sort_by(|a, b| a.path.as_str().as_bytes().cmp(b.path.as_str().as_bytes()));
        Ok(entries)
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        match self.added.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.project.read(path, limit),
        }
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        match self.added.get(path) {
            Some(text) => Ok(Box::new(Cursor::new(text.clone().into_bytes()))),
            None => self.project.open(path),
        }
    }
}
