//! Results on the real disk: written beside, made durable, then put in place under their name.

use std::fs::{self, File};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use pilothouse_effects::{ArchiveStore, OutputProblem, PendingFile};
use tempfile::{Builder, NamedTempFile};

/// A folder that results go into.
#[derive(Debug, Clone)]
pub struct DiskStore {
    folder: PathBuf,
}

impl DiskStore {
    /// Opens the folder, making it and those above it when missing.
    ///
    /// # Errors
    /// When it cannot be made, or something that is no folder has its name.
    pub fn open(folder: &Path) -> io::Result<Self> {
        fs::create_dir_all(folder)?;
        Ok(Self {
            folder: folder.to_owned(),
        })
    }
}

impl ArchiveStore for DiskStore {
    fn create(&self, name: &str) -> Result<Box<dyn PendingFile>, OutputProblem> {
        // As any file the user makes: the process's umask takes away what it must.
        self.pending(name, 0o666)
    }

    fn create_private(&self, name: &str) -> Result<Box<dyn PendingFile>, OutputProblem> {
        self.pending(name, 0o600)
    }
}

impl DiskStore {
    fn pending(&self, name: &str, mode: u32) -> Result<Box<dyn PendingFile>, OutputProblem> {
        let begun = if is_plain(name) {
            begin(&self.folder, mode)
        } else {
            Err(io::Error::from(io::ErrorKind::InvalidFilename))
        };
        match begun {
            Ok(file) => Ok(Box::new(Pending {
                file,
                folder: self.folder.clone(),
                name: name.to_owned(),
            })),
            Err(source) => Err(OutputProblem {
                name: name.to_owned(),
                source,
            }),
        }
    }
}

/// One file name: nothing that a system could read as a way to another folder.
fn is_plain(name: &str) -> bool {
    !matches!(name, "" | "." | "..") && !name.contains(['/', '\\', '\0', ':'])
}

#[cfg_attr(
    not(unix),
    expect(unused_variables, reason = "other systems have no modes")
)]
fn begin(folder: &Path, mode: u32) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(".pilothouse-").suffix(".part");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(mode));
    }
    builder.tempfile_in(folder)
}

/// Removed when dropped, unless kept.
#[derive(Debug)]
struct Pending {
    file: NamedTempFile,
    folder: PathBuf,
    name: String,
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Seek for Pending {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.file.seek(position)
    }
}

impl PendingFile for Pending {
    fn keep(self: Box<Self>) -> Result<(), OutputProblem> {
        let Self { file, folder, name } = *self;
        let kept = settle(file, &folder, &name);
        kept.map_err(|source| OutputProblem { name, source })
    }
}

fn settle(file: NamedTempFile, folder: &Path, name: &str) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(folder.join(name))
        .map_err(|refused| refused.error)?;
    sync_folder(folder)
}

/// Without it a power cut can lose the new name though the content is safe.
#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Folders cannot be opened as files here; the system orders renames itself.
#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[path = "archive_tests.rs"]
mod tests;
