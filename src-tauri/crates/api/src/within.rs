//! A folder of a project as a project of its own: what a layer is packed from.

use std::sync::Arc;

use pilothouse_effects::{FileContent, ProjectFiles, ProjectProblem, TreeEntry};
use pilothouse_model::ProjectPath;

#[derive(Debug)]
struct Within {
    project: Arc<dyn ProjectFiles>,
    folder: String,
}

/// The files below a folder, their paths relative to it.
pub(crate) fn within(
    project: Arc<dyn ProjectFiles>,
    folder: &ProjectPath,
) -> Arc<dyn ProjectFiles> {
    let folder = format!("{folder}/");
    Arc::new(Within { project, folder })
}

impl Within {
    fn inside(&self, path: &ProjectPath) -> Option<ProjectPath> {
        ProjectPath::parse(path.as_str().strip_prefix(&self.folder)?).ok()
    }

    fn outside(&self, path: &ProjectPath) -> Result<ProjectPath, ProjectProblem> {
        ProjectPath::parse(&format!("{}{path}", self.folder))
            .map_err(|_| ProjectProblem::Missing(path.clone()))
    }

    /// Whether a folder is on the way to ours.
    fn is_above(&self, path: &ProjectPath) -> bool {
        self.folder.starts_with(&format!("{path}/"))
    }
}

impl ProjectFiles for Within {
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let entries = self.project.walk(&|path| match self.inside(path) {
            Some(inside) => prune(&inside),
            None => !self.is_above(path),
        })?;
        let inside = entries.into_iter().filter_map(|entry| {
            Some(TreeEntry {
                path: self.inside(&entry.path)?,
                kind: entry.kind,
                target: entry.target.and_then(|target| self.inside(&target)),
            })
        });
        Ok(inside.collect())
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        self.project.read(&self.outside(path)?, limit)
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        self.project.open(&self.outside(path)?)
    }
}
