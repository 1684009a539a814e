//! The archive behind custom resources: this program's own code, the same for every service.

use std::io::Cursor;

use pilothouse_effects::{
    ArchiveStore, EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry,
};
use pilothouse_model::ProjectPath;

use crate::archive::Archive;
use crate::pack::{Package, pack};
use crate::problem::ArtifactProblem;
use crate::select::SelectedFile;

/// The files, by the bytes of their paths; a function's `Handler` names one of them.
const FILES: [(&str, &str); 5] = [
    (
        "api-gateway-cloud-watch-role/handler.js",
        include_str!("../custom-resources/api-gateway-cloud-watch-role/handler.js"),
    ),
    (
        "cognito-user-pool/handler.js",
        include_str!("../custom-resources/cognito-user-pool/handler.js"),
    ),
    (
        "event-bridge/handler.js",
        include_str!("../custom-resources/event-bridge/handler.js"),
    ),
    ("request.js", include_str!("../custom-resources/request.js")),
    (
        "s3/handler.js",
        include_str!("../custom-resources/s3/handler.js"),
    ),
];

/// Writes the archive with the code behind custom resources.
///
/// # Errors
/// When it cannot be written.
pub fn custom_resources(
    store: &dyn ArchiveStore,
    file_name: &str,
) -> Result<Option<Archive>, ArtifactProblem> {
    let files = OwnFiles.walk(&|_| false)?;
    let selected = files.into_iter().filter_map(|entry| match entry.kind {
        EntryKind::File { size, executable } => Some(SelectedFile {
            path: entry.path,
            size,
            executable,
        }),
        _ => None,
    });
    let package = Package {
        file_name: file_name.to_owned(),
        files: selected.collect(),
    };
    Ok(pack(&OwnFiles, store, &[package])?.pop())
}

/// The files as a project, so that they are packed as any other.
#[derive(Debug)]
struct OwnFiles;

impl ProjectFiles for OwnFiles {
    fn walk(
        &self,
        _prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let entry = |(path, content): &(&str, &str)| {
            Some(TreeEntry {
                path: ProjectPath::parse(path).ok()?,
                kind: EntryKind::File {
                    size: u64::try_from(content.len()).ok()?,
                    executable: false,
                },
                target: None,
            })
        };
        Ok(FILES.iter().filter_map(entry).collect())
    }

    fn read(&self, path: &ProjectPath, _limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        let content = FILES.iter().find(|(name, _)| *name == path.as_str());
        content
            .map(|(_, content)| content.as_bytes().to_vec())
            .ok_or_else(|| ProjectProblem::Missing(path.clone()))
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        Ok(Box::new(Cursor::new(self.read(path, u64::MAX)?)))
    }
}

#[cfg(test)]
mod tests {
    use pilothouse_testkit::MemoryStore;

    use super::*;

    #[test]
    fn the_archive_holds_every_file_and_is_the_same_every_time() {
        let make = || custom_resources(&MemoryStore::default(), "custom-resources.zip");
        let first = make().expect("it is written").expect("one archive");
        let names: Vec<&str> = first.entries.iter().map(|e| e.path.as_str()).collect();
        let wanted: Vec<&str> = FILES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, wanted);
        assert!(first.entries.iter().all(|entry| entry.mode == 0o644));
        let second = make().expect("it is written").expect("one archive");
        assert_eq!(first, second);
    }
}
