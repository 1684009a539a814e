//! A project in memory.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Read};
use std::sync::atomic::{AtomicUsize, Ordering};

use pilothouse_effects::{EntryKind, FileContent, ProjectFiles, ProjectProblem, TreeEntry};
use pilothouse_model::ProjectPath;

/// A tree of files that is built line by line.
#[derive(Debug, Default)]
pub struct MemoryProject {
    names: BTreeMap<ProjectPath, Name>,
    opened: AtomicUsize,
}

#[derive(Debug)]
enum Name {
    File {
        content: Vec<u8>,
        executable: bool,
        target: Option<ProjectPath>,
    },
    Other(EntryKind),
    /// Listed, and then it cannot be read.
    Broken {
        size: u64,
    },
    /// Listed with one size, and then it has another.
    Growing {
        listed: u64,
        content: Vec<u8>,
    },
}

impl MemoryProject {
    /// An empty project.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    ///
    /// # Panics
    /// As every method that builds: when the text is no path of a project.
    #[must_use]
    pub fn file(self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.with(path, content.into(), false, None)
    }

    /// Adds a file that its owner may execute.
    #[must_use]
    pub fn program(self, path: &str, content: impl Into<Vec<u8>>) -> Self {
        self.with(path, content.into(), true, None)
    }

    /// Adds a link to a file of the project that is there already.
    #[must_use]
    pub fn link(self, path: &str, to: &str) -> Self {
        let target = parse(to);
        let content = match self.names.get(&target) {
            Some(Name::File { content, .. }) => content.clone(),
            _ => Vec::new(),
        };
        self.with(path, content, false, Some(target))
    }

    /// Adds a link that leads away.
    #[must_use]
    pub fn link_away(self, path: &str) -> Self {
        self.add(path, Name::Other(EntryKind::LinkAway))
    }

    /// Adds a pipe.
    #[must_use]
    pub fn pipe(self, path: &str) -> Self {
        self.add(path, Name::Other(EntryKind::Special))
    }

    /// Adds a file whose reading fails after its first byte.
    #[must_use]
    pub fn broken(self, path: &str, size: u64) -> Self {
        self.add(path, Name::Broken { size })
    }

    /// Adds a file that has grown when it is read.
    #[must_use]
    pub fn growing(self, path: &str, listed: u64, content: impl Into<Vec<u8>>) -> Self {
        let content = content.into();
        self.add(path, Name::Growing { listed, content })
    }

    /// How often a file was opened.
    pub fn opened(&self) -> usize {
        self.opened.load(Ordering::Relaxed)
    }

    fn with(
        self,
        path: &str,
        content: Vec<u8>,
        executable: bool,
        target: Option<ProjectPath>,
    ) -> Self {
        self.add(
            path,
            Name::File {
                content,
                executable,
                target,
            },
        )
    }

    fn add(mut self, path: &str, name: Name) -> Self {
        self.names.insert(parse(path), name);
        self
    }

    /// The first folder on the way that is not to be entered.
    fn pruned(
        path: &ProjectPath,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Option<ProjectPath> {
        let mut folders: Vec<ProjectPath> =
            std::iter::successors(path.parent(), ProjectPath::parent).collect();
        folders.reverse();
        folders.into_iter().find(|folder| prune(folder))
    }
}

#[expect(
    clippy::expect_used,
    reason = "a fake is built in tests, where a wrong path is the test's mistake"
)]
fn parse(path: &str) -> ProjectPath {
    ProjectPath::from_names(path.split('/')).expect("a path inside a project")
}

impl Name {
    fn entry(&self, path: &ProjectPath) -> TreeEntry {
        let file = |size, executable| EntryKind::File { size, executable };
        let (kind, target) = match self {
            Self::File {
                content,
                executable,
                target,
            } => (file(content.len() as u64, *executable), target.clone()),
            Self::Other(kind) => (*kind, None),
            Self::Broken { size } => (file(*size, false), None),
            Self::Growing { listed, .. } => (file(*listed, false), None),
        };
        TreeEntry {
            path: path.clone(),
            kind,
            target,
        }
    }
}

impl ProjectFiles for MemoryProject {
    fn walk(
        &self,
        prune: &(dyn Fn(&ProjectPath) -> bool + Sync),
    ) -> Result<Vec<TreeEntry>, ProjectProblem> {
        let mut found: BTreeMap<ProjectPath, TreeEntry> = BTreeMap::new();
        for (path, name) in &self.names {
            let entry = match Self::pruned(path, prune) {
                Some(folder) => TreeEntry {
                    path: folder,
                    kind: EntryKind::Folder,
                    target: None,
                },
                None => name.entry(path),
            };
            found.insert(entry.path.clone(), entry);
        }
        Ok(found.into_values().collect())
    }

    fn read(&self, path: &ProjectPath, limit: u64) -> Result<Vec<u8>, ProjectProblem> {
        let mut content = Vec::new();
        self.open(path)?
            .read_to_end(&mut content)
            .map_err(|source| ProjectProblem::Unreadable {
                path: path.clone(),
                source,
            })?;
        if content.len() as u64 > limit {
            return Err(ProjectProblem::TooLarge {
                path: path.clone(),
                limit,
            });
        }
        Ok(content)
    }

    fn open(&self, path: &ProjectPath) -> Result<FileContent, ProjectProblem> {
        self.opened.fetch_add(1, Ordering::Relaxed);
        match self.names.get(path) {
            Some(Name::File { content, .. } | Name::Growing { content, .. }) => {
                Ok(Box::new(Short(Cursor::new(content.clone()))))
            }
            Some(Name::Broken { .. }) => Ok(Box::new(Cursor::new(b"x").chain(Failing))),
            Some(Name::Other(EntryKind::LinkAway)) => Err(ProjectProblem::Outside(path.clone())),
            Some(Name::Other(_)) => Err(ProjectProblem::NotAFile(path.clone())),
            None => Err(ProjectProblem::Missing(path.clone())),
        }
    }
}

/// Reads less than is asked for, as a disk may.
struct Short(Cursor<Vec<u8>>);

impl Read for Short {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        let most = to.len().min(7001);
        self.0.read(to.get_mut(..most).unwrap_or_default())
    }
}

struct Failing;

impl Read for Failing {
    fn read(&mut self, _to: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other("the disk is broken"))
    }
}
