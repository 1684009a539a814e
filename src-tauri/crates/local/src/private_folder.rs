//! Folders of the real disk that only their owner may read.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use pilothouse_effects::{Environment, Held, Locks, PrivateFolder, PrivateProblem};
use tempfile::Builder;

/// How often a lock is tried again whose file was removed between opening and locking it.
const MOST_TRIES: u32 = 100;

/// A folder with mode 0700 whose files have mode 0600. Made when first used.
#[derive(Debug, Clone)]
pub struct DiskPrivateFolder {
    root: PathBuf,
}

impl DiskPrivateFolder {
    /// The folder with that path.
    pub const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    /// The app's data folder: `PILOTHOUSE_HOME`, else `pilothouse` in the user's folder for such things.
    pub fn of_the_app(environment: &dyn Environment) -> Self {
        let absolute = |name| {
            environment
                .variable(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let root = environment
            .variable("PILOTHOUSE_HOME")
            .filter(|path| !path.is_empty())
            .map(|path| std::path::absolute(&path).unwrap_or_else(|_| path.into()))
            .or_else(|| Some(absolute("XDG_DATA_HOME")?.join("pilothouse")))
            .or_else(|| Some(absolute("HOME")?.join(".local/share/pilothouse")));
        Self::new(root.unwrap_or_else(|| PathBuf::from("/nonexistent/pilothouse")))
    }

    /// Where the sandbox's packages are installed: in the data folder, unless `PILOTHOUSE_SANDBOX_INSTALL` names
    /// another one, which tests and continuous integration share between many data folders.
    #[must_use]
    pub fn of_installs(&self, environment: &dyn Environment) -> Self {
        environment
            .variable("PILOTHOUSE_SANDBOX_INSTALL")
            .filter(|folder| !folder.is_empty())
            .map_or_else(
                || self.inside("sandbox/install"),
                |folder| Self::new(folder.into()),
            )
    }

    /// A folder inside this one.
    #[must_use]
    pub fn inside(&self, name: &str) -> Self {
        Self::new(self.root.join(name))
    }

    fn path(&self, name: &str) -> Result<PathBuf, PrivateProblem> {
        let plain = |part: &str| !matches!(part, "" | "." | "..") && !part.contains('\0');
        if name.is_empty() {
            return Ok(self.root.clone());
        }
        if name.split('/').all(plain) {
            return Ok(self.root.join(name));
        }
        Err(problem(
            Path::new(name),
            io::Error::from(io::ErrorKind::InvalidFilename),
        ))
    }

    /// The path of a file whose folder exists.
    fn file(&self, name: &str) -> Result<PathBuf, PrivateProblem> {
        let path = self.path(name)?;
        if let Some(parent) = path.parent() {
            make(parent).map_err(|source| problem(parent, source))?;
        }
        Ok(path)
    }
}

impl PrivateFolder for DiskPrivateFolder {
    fn folder(&self, name: &str) -> Result<String, PrivateProblem> {
        let path = self.path(name)?;
        make(&path).map_err(|source| problem(&path, source))?;
        let text = path.clone().into_os_string().into_string();
        text.map_err(|_| problem(&path, io::Error::from(io::ErrorKind::InvalidFilename)))
    }

    fn read(&self, name: &str, from: u64) -> Result<Option<Vec<u8>>, PrivateProblem> {
        let path = self.path(name)?;
        let mut content = Vec::new();
        let read = File::open(&path).and_then(|mut file| {
            file.seek(SeekFrom::Start(from))?;
            file.read_to_end(&mut content)
        });
        match read {
            Ok(_) => Ok(Some(content)),
            Err(source) if is_absent(&source) => Ok(None),
            Err(source) => Err(problem(&path, source)),
        }
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), PrivateProblem> {
        let path = self.file(name)?;
        // A temporary file has mode 0600 from its first moment on.
        let written = Builder::new()
            .prefix(".part-")
            .tempfile_in(path.parent().unwrap_or(&self.root))
            .and_then(|mut file| {
                file.write_all(content)?;
                file.as_file().sync_all()?;
                file.persist(&path).map_err(|refused| refused.error)
            });
        written.map(drop).map_err(|source| problem(&path, source))
    }

    fn remove(&self, name: &str) -> Result<(), PrivateProblem> {
        let path = self.path(name)?;
        let removed = match fs::symlink_metadata(&path) {
            Ok(metadata) if metadata.is_dir() => fs::remove_dir_all(&path),
            Ok(_) => fs::remove_file(&path),
            Err(source) => Err(source),
        };
        match removed {
            Err(source) if !is_absent(&source) => Err(problem(&path, source)),
            _ => Ok(()),
        }
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), PrivateProblem> {
        let (from, to) = (self.path(from)?, self.file(to)?);
        fs::rename(&from, &to).map_err(|source| problem(&to, source))
    }

    fn names(&self, folder: &str) -> Result<Vec<String>, PrivateProblem> {
        let path = self.path(folder)?;
        let entries = match fs::read_dir(&path) {
            Ok(entries) => entries,
            Err(source) if is_absent(&source) => return Ok(Vec::new()),
            Err(source) => return Err(problem(&path, source)),
        };
        let names: io::Result<Vec<_>> = entries.map(|entry| Ok(entry?.file_name())).collect();
        let names = names.map_err(|source| problem(&path, source))?;
        let mut names: Vec<String> = names
            .into_iter()
            .filter_map(|name| name.into_string().ok())
            .collect();
        names.sort_unstable();
        Ok(names)
    }
}

impl Locks for DiskPrivateFolder {
    fn take(&self, name: &str, words: &str) -> Result<Option<Box<dyn Held>>, PrivateProblem> {
        let path = self.file(name)?;
        match lock(&path, words) {
            Ok(Some(file)) => Ok(Some(Box::new(FileHeld { _file: file }))),
            Ok(None) => Ok(None),
            Err(source) => Err(problem(&path, source)),
        }
    }

    fn holder(&self, name: &str) -> Result<Option<String>, PrivateProblem> {
        let path = self.path(name)?;
        let asked = File::open(&path).and_then(|mut file| match file.try_lock_shared() {
            Ok(()) => Ok(None),
            Err(TryLockError::WouldBlock) => {
                let mut words = String::new();
                file.read_to_string(&mut words)?;
                Ok(Some(words))
            }
            Err(TryLockError::Error(source)) => Err(source),
        });
        match asked {
            Err(source) if is_absent(&source) => Ok(None),
            other => other.map_err(|source| problem(&path, source)),
        }
    }
}

/// The system gives the lock back when the file is closed.
#[derive(Debug)]
struct FileHeld {
    _file: File,
}

impl Held for FileHeld {}

fn lock(path: &Path, words: &str) -> io::Result<Option<File>> {
    for _ in 0..MOST_TRIES {
        let mut file = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => return Err(source),
        }
        // Someone may have removed the file as one left by the dead, just before it was locked.
        let there = fs::metadata(path).map(|metadata| metadata.ino()).ok();
        if there != Some(file.metadata()?.ino()) {
            continue;
        }
        file.set_len(0)?;
        file.write_all(words.as_bytes())?;
        return Ok(Some(file));
    }
    Err(io::Error::from(io::ErrorKind::ResourceBusy))
}

/// Makes a folder and those above it, for the owner alone. One that exists stays as it is: whoever names
/// a folder of others by `PILOTHOUSE_HOME` does not want it closed.
fn make(path: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(path)
}

fn is_absent(problem: &io::Error) -> bool {
    matches!(
        problem.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

fn problem(path: &Path, source: io::Error) -> PrivateProblem {
    PrivateProblem {
        path: path.display().to_string(),
        source,
    }
}

#[cfg(test)]
#[path = "private_folder_tests.rs"]
mod tests;
