//! The user's project on the real disk.
//!
//! Every access goes through one handle of the project's folder, and the system itself refuses to resolve
//! a path out of it: there is no moment between a check and a use in which a folder could be swapped for
//! a link. Nothing is opened in a way that could wait (pipes) and nothing but regular files is read.

use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use cap_fs_ext::{MetadataExt, OpenOptionsSyncExt};
use cap_std::ambient_authority;
use cap_std::fs::{Dir, DirEntry, File, Metadata, OpenOptions};
use pilothouse_effects::{EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry};
use pilothouse_model::ProjectPath;

/// Lambda refuses far fewer; a tree of links to links can pretend to have more than any disk.
const MOST_FILES: usize = 500_000;

/// A project's folder.
#[derive(Debug)]
pub struct DiskProject {
    root: Dir,
}

impl DiskProject {
    /// Opens the folder. From then on the handle counts, not the name: renaming the folder changes nothing.
    ///
    /// # Errors
    /// When it is missing, not a folder or not readable.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            root: Dir::open_ambient_dir(folder, ambient_authority())?,
        })
    }

    fn regular(&self, path: &ProjectPath) -> Result<(File, u64), ProjectProblem> {
        let mut options = OpenOptions::new();
        // A pipe would make a blocking open wait for its writer, perhaps forever.
        options.read(true).nonblock(true);
        let file = self
            .root
            .open_with(path.as_str(), &options)
            .map_err(|error| problem(path, error))?;
        let metadata = file.metadata().map_err(|error| problem(path, error))?;
        if metadata.is_file() {
            Ok((file, metadata.len()))
        } else {
            Err(ProjectProblem::NotAFile(path.clone()))
        }
    }
}

impl ProjectFiles for DiskProject {
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let mut walk = Walk {
            root: &self.root,
            prune,
            open: Vec::new(),
            found: Vec::new(),
        };
        walk.everything()?;
        let mut found = walk.found;
        found.sort_unstable_by(|a, b| a.path.cmp(&b.path));
        Ok(found)
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        let too_large = || ProjectProblem::TooLarge {
            path: path.clone(),
            limit,
        };
        let (file, size) = self.regular(path)?;
        if size > limit {
            return Err(too_large());
        }
        // It can grow while it is read.
        let mut content = Vec::new();
        file.take(limit.saturating_add(1))
            .read_to_end(&mut content)
            .map_err(|error| problem(path, error))?;
        if u64::try_from(content.len()).is_ok_and(|length| length <= limit) {
            Ok(content)
        } else {
            Err(too_large())
        }
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        let (file, _) = self.regular(path)?;
        Ok(Box::new(file))
    }
}

/// What tells one folder from another, whatever names lead to it.
#[derive(Debug, PartialEq, Eq)]
struct Identity {
    device: u64,
    number: u64,
}

impl Identity {
    fn of(metadata: &Metadata) -> Self {
        Self {
            device: metadata.dev(),
            number: metadata.ino(),
        }
    }
}

/// A folder and those it was reached through.
#[derive(Debug)]
struct Chain {
    identity: Identity,
    above: Option<Arc<Chain>>,
}

impl Chain {
    fn contains(&self, identity: &Identity) -> bool {
        self.identity == *identity || self.above.as_ref().is_some_and(|up| up.contains(identity))
    }
}

/// A folder that is still to be listed; the project's own has no path.
#[derive(Debug)]
struct Open {
    path: Option<ProjectPath>,
    target: Option<ProjectPath>,
    chain: Arc<Chain>,
}

impl Open {
    fn problem(&self, source: io::Error) -> ProjectProblem {
        match &self.path {
            Some(path) => problem(path, source),
            None => ProjectProblem::FolderUnreadable(source),
        }
    }
}

struct Walk<'a> {
    root: &'a Dir,
    prune: &'a (dyn Fn(&ProjectPath) -> bool + Sync),
    open: Vec<Open>,
    found: Vec<TreeEntry>,
}

impl Walk<'_> {
    fn everything(&mut self) -> Result<(), ProjectProblem> {
        let metadata = self
            .root
            .dir_metadata()
            .map_err(ProjectProblem::FolderUnreadable)?;
        self.open.push(Open {
            path: None,
            target: None,
            chain: Arc::new(Chain {
                identity: Identity::of(&metadata),
                above: None,
            }),
        });
        while let Some(folder) = self.open.pop() {
            // By its whole path from the root, and not from its parent's handle: then links to other
            // places of the project may be followed and still none can leave it.
            let listing = match &folder.path {
                Some(path) => self.root.read_dir(path.as_str()),
                None => self.root.entries(),
            };
            for entry in listing.map_err(|error| folder.problem(error))? {
                self.entry(&entry.map_err(|error| folder.problem(error))?, &folder)?;
            }
        }
        Ok(())
    }

    fn entry(&mut self, entry: &DirEntry, folder: &Open) -> Result<(), ProjectProblem> {
        let name = entry.file_name();
        let text = name.to_string_lossy();
        let Some(path) = child(folder.path.as_ref(), &text) else {
            return Ok(());
        };
        let target = folder
            .target
            .as_ref()
            .and_then(|target| child(Some(target), &text));
        if name.to_str().is_none() {
            return self.add(path, EntryKind::Special, target);
        }
        // `metadata` of a listing does not follow links.
        let metadata = entry.metadata().map_err(|error| problem(&path, error))?;
        if metadata.is_symlink() {
            return self.link(path, &folder.chain);
        }
        if metadata.is_dir() {
            return self.folder(path, target, &metadata, &folder.chain);
        }
        self.add(path, kind(&metadata), target)
    }

    fn link(&mut self, path: ProjectPath, chain: &Arc<Chain>) -> Result<(), ProjectProblem> {
        let Ok(metadata) = self.root.metadata(path.as_str()) else {
            return self.add(path, EntryKind::LinkAway, None);
        };
        let Some(target) = self.real(&path) else {
            return self.add(path, EntryKind::LinkAway, None);
        };
        if !metadata.is_dir() {
            return self.add(path, kind(&metadata), Some(target));
        }
        if chain.contains(&Identity::of(&metadata)) {
            return self.add(path, EntryKind::LinkAway, None);
        }
        self.folder(path, Some(target), &metadata, chain)
    }

    fn real(&self, path: &ProjectPath) -> Option<ProjectPath> {
        let real = self.root.canonicalize(path.as_str()).ok()?;
        let names: Option<Vec<&str>> = real.iter().map(|name| name.to_str()).collect();
        ProjectPath::from_names(names?).ok()
    }

    fn folder(
        &mut self,
        path: ProjectPath,
        target: Option<ProjectPath>,
        metadata: &Metadata,
        chain: &Arc<Chain>,
    ) -> Result<(), ProjectProblem> {
        if (self.prune)(&path) {
            return self.add(path, EntryKind::Folder, target);
        }
        self.open.push(Open {
            path: Some(path),
            target,
            chain: Arc::new(Chain {
                identity: Identity::of(metadata),
                above: Some(Arc::clone(chain)),
            }),
        });
        self.within_limit(self.open.len())
    }

    fn add(
        &mut self,
        path: ProjectPath,
        kind: EntryKind,
        target: Option<ProjectPath>,
    ) -> Result<(), ProjectProblem> {
        self.found.push(TreeEntry { path, kind, target });
        self.within_limit(self.found.len())
    }

    fn within_limit(&self, count: usize) -> Result<(), ProjectProblem> {
        if count > MOST_FILES {
            return Err(ProjectProblem::TooMany { limit: MOST_FILES });
        }
        Ok(())
    }
}

fn child(parent: Option<&ProjectPath>, name: &str) -> Option<ProjectPath> {
    ProjectPath::from_names(
        parent
            .into_iter()
            .flat_map(ProjectPath::parts)
            .chain(std::iter::once(name)),
    )
    .ok()
}

fn kind(metadata: &Metadata) -> EntryKind {
    if metadata.is_file() {
        EntryKind::File {
            size: metadata.len(),
            executable: executable(metadata),
        }
    } else {
        EntryKind::Special
    }
}

#[cfg(unix)]
fn executable(metadata: &Metadata) -> bool {
    use cap_std::fs::PermissionsExt;
    metadata.permissions().mode() & 0o100 != 0
}

/// Where files have no such bit everything may be executed, as the peer has it.
#[cfg(not(unix))]
fn executable(_metadata: &Metadata) -> bool {
    true
}

pub(crate) fn problem(path: &ProjectPath, source: io::Error) -> ProjectProblem {
    match source.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            ProjectProblem::Missing(path.clone())
        }
        // The refusal to leave the folder is made by the library, not by the system: it has no number.
        io::ErrorKind::PermissionDenied if source.raw_os_error().is_none() => {
            ProjectProblem::Outside(path.clone())
        }
        io::ErrorKind::CrossesDevices => ProjectProblem::Outside(path.clone()),
        io::ErrorKind::IsADirectory => ProjectProblem::NotAFile(path.clone()),
        // ENXIO: a socket.
        _ if source.raw_os_error() == Some(6) => ProjectProblem::NotAFile(path.clone()),
        _ => ProjectProblem::Unreadable {
            path: path.clone(),
            source,
        },
    }
}

#[cfg(test)]
#[cfg(unix)]
#[path = "project_tests.rs"]
mod tests;
