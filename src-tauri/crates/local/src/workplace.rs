//! The folders of this computer.

use std::io;
use std::path::Path;
use std::sync::Arc;

use pilothouse_effects::{ArchiveStore, FolderProblem, ProjectEdits, ProjectFiles, Workplace};

use crate::{DiskEdits, DiskProject, DiskStore};

/// Opens folders by their names on this computer.
#[derive(Debug, Clone, Copy, Default)]
pub struct DiskWorkplace;

impl Workplace for DiskWorkplace {
    fn project(&self, folder: &str) -> Result<Arc<dyn ProjectFiles>, FolderProblem> {
        match DiskProject::open(Path::new(folder)) {
            Ok(project) => Ok(Arc::new(project)),
            Err(source) => Err(problem(folder, source)),
        }
    }

    fn edits(&self, folder: &str) -> Result<Arc<dyn ProjectEdits>, FolderProblem> {
        match DiskEdits::open(Path::new(folder)) {
            Ok(edits) => Ok(Arc::new(edits)),
            Err(source) => Err(problem(folder, source)),
        }
    }

    fn output(&self, folder: &str) -> Result<Arc<dyn ArchiveStore>, FolderProblem> {
        let path = Path::new(folder);
        let opened = std::fs::create_dir_all(path).and_then(|()| DiskStore::open(path));
        match opened {
            Ok(store) => Ok(Arc::new(store)),
            Err(source) => Err(problem(folder, source)),
        }
    }

    fn absolute(&self, folder: &str) -> Result<String, FolderProblem> {
        let path = Path::new(folder)
            .canonicalize()
            .map_err(|source| problem(folder, source))?;
        path.into_os_string().into_string().map_err(|_| {
            problem(
                folder,
                io::Error::new(io::ErrorKind::InvalidData, "its path is not text"),
            )
        })
    }
}

fn problem(folder: &str, source: io::Error) -> FolderProblem {
    FolderProblem {
        folder: folder.to_owned(),
        source,
    }
}
