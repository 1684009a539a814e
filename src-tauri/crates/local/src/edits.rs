//! Changing files of the user's project on the real disk.
//!
//! As reading: every access goes through one handle of the project's folder, and the system itself refuses to
//! leave it. What is new is written beside the file, made durable, and then takes its name.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use cap_fs_ext::OpenOptionsSyncExt;
use cap_std::ambient_authority;
use cap_std::fs::{Dir, Metadata, OpenOptions};
use pilothouse_effects::{Entropy, ProjectEdits, ProjectProblem, Replaced};
use pilothouse_model::{Digest, ProjectPath};

use crate::SystemEntropy;
use crate::project::problem;

/// A project's folder, to change files of it.
#[derive(Debug)]
pub struct DiskEdits {
    root: Dir,
}

impl DiskEdits {
    /// Opens the folder. From then on the handle counts, not the name.
    ///
    /// # Errors
    /// When it is missing, not a folder or not readable.
    pub fn open(folder: &Path) -> io::Result<Self> {
        Ok(Self {
            root: Dir::open_ambient_dir(folder, ambient_authority())?,
        })
    }

    /// The folder and the name of what a path really stands for, links inside the project followed.
    fn real(&self, path: &ProjectPath) -> io::Result<(Dir, PathBuf)> {
        let real = self.root.canonicalize(path.as_str())?;
        let name = real
            .file_name()
            .ok_or_else(|| io::Error::from(io::ErrorKind::IsADirectory))?;
        let folder = match real.parent().filter(|parent| *parent != Path::new("")) {
            Some(parent) => self.root.open_dir(parent)?,
            None => self.root.try_clone()?,
        };
        Ok((folder, PathBuf::from(name)))
    }
}

impl ProjectEdits for DiskEdits {
    fn replace(
        &self,
        path: &ProjectPath,
        before: Digest,
        content: &[u8],
    ) -> Result<Replaced, ProjectProblem> {
        let (folder, name) = self.real(path).map_err(|error| problem(path, error))?;
        let unwritable = |source| ProjectProblem::Unwritable {
            path: path.clone(),
            source,
        };
        let metadata = writable(&folder, &name).map_err(unwritable)?;
        if !metadata.is_file() {
            return Err(ProjectProblem::NotAFile(path.clone()));
        }
        if holds_other(&folder, &name, before).map_err(|error| problem(path, error))? {
            return Ok(Replaced::ChangedSince);
        }
        let beside = beside(&folder, content, &metadata).map_err(unwritable)?;
        // Writing took a while: what another program wrote meanwhile is not to be lost.
        let settled = match holds_other(&folder, &name, before) {
            Ok(false) => folder
                .rename(&beside, &folder, &name)
                .and_then(|()| sync(&folder))
                .map(|()| Replaced::Done),
            Ok(true) => Ok(Replaced::ChangedSince),
            Err(error) => Err(error),
        };
        if !matches!(settled, Ok(Replaced::Done)) {
            drop(folder.remove_file(&beside));
        }
        settled.map_err(unwritable)
    }
}

/// What is known of a file that its owner lets be written; taking its name would ask the folder alone.
fn writable(folder: &Dir, name: &Path) -> io::Result<Metadata> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).nonblock(true);
    folder.open_with(name, &options)?.metadata()
}

fn holds_other(folder: &Dir, name: &Path, before: Digest) -> io::Result<bool> {
    let mut options = OpenOptions::new();
    options.read(true).nonblock(true);
    let mut content = Vec::new();
    folder
        .open_with(name, &options)?
        .read_to_end(&mut content)?;
    Ok(Digest::of(&content) != before)
}

/// Writes a file of a name nobody uses, with the mode of the one it is to replace.
fn beside(folder: &Dir, content: &[u8], like: &Metadata) -> io::Result<PathBuf> {
    let name = PathBuf::from(format!(".pilothouse-{}.part", SystemEntropy.token()?));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = folder.open_with(&name, &options)?;
    let written = file
        .set_permissions(like.permissions())
        .and_then(|()| file.write_all(content))
        .and_then(|()| file.sync_all());
    match written {
        Ok(()) => Ok(name),
        Err(error) => {
            drop(folder.remove_file(&name));
            Err(error)
        }
    }
}

/// Without it a power cut can lose the new name though the content is safe.
#[cfg(unix)]
fn sync(folder: &Dir) -> io::Result<()> {
    folder.open(".")?.sync_all()
}

/// Folders cannot be opened as files here; the system orders renames itself.
#[cfg(not(unix))]
fn sync(_folder: &Dir) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
#[cfg(unix)]
#[path = "edits_tests.rs"]
mod tests;
