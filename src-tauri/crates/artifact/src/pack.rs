//! Selections into archives: every file is read and deflated once, however many archives hold it.
//!
//! The files of all archives, joined and sorted, are deflated by workers a window at a time, while the window
//! before is written, in order, to each archive that selects them. Archives with equal content are one.
//!
//! Memory: two windows at a time, one being deflated and one being written. A window is 4 MB of content before
//! compression (at most 1 MB more); deflate adds at most five bytes per 16 KB. With a compressor (about 300 KB)
//! per worker that is some 20 MB at most, whatever the sizes of files; a whole process that packs one file of
//! 200 MB was measured at 31 MB. What grows with the project is the list of its files and the directory of
//! each archive.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::iter::Peekable;
use std::slice;

use crc32fast::Hasher;
use pilothouse_effects::{ArchiveStore, OutputProblem, ProjectFiles, ProjectProblem};
use pilothouse_model::ProjectPath;

use crate::archive::{Archive, Entry};
use crate::deflate::Part;
use crate::format;
use crate::output::Output;
use crate::problem::ArtifactProblem;
use crate::select::SelectedFile;
use crate::source::{Done, Source};

/// Archives written at once; each holds a file open.
const TOGETHER: usize = 64;

/// An archive to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Package {
    /// Its name in the folder of results.
    pub file_name: String,
    /// What goes in, by the bytes of their paths, as `select` gives it.
    pub files: Vec<SelectedFile>,
}

/// Archives with the same content.
struct Group<'a> {
    files: &'a [SelectedFile],
    names: Vec<String>,
}

/// Makes the archives; the answer has them in the order asked for.
///
/// # Errors
/// When a file cannot be read, an archive cannot be written, or two have one name. None of the archives that
/// were being written is left behind; those in place before are as they were.
pub fn pack(
    project: &dyn ProjectFiles,
    store: &dyn ArchiveStore,
    packages: &[Package],
) -> Result<Vec<Archive>, ArtifactProblem> {
    let groups = groups(packages)?;
    let mut made = BTreeMap::new();
    let mut rest = groups.as_slice();
    while !rest.is_empty() {
        let (batch, later) = rest.split_at(batch_length(rest));
        for archive in write_together(project, store, batch)? {
            made.insert(archive.file_name.clone(), archive);
        }
        rest = later;
    }
    let in_order = packages.iter().map(|package| &package.file_name);
    Ok(in_order.filter_map(|name| made.remove(name)).collect())
}

/// Takes an archive that the project brings along: copied and hashed, its content not looked into.
///
/// # Errors
/// When it does not exist, cannot be read, or the copy cannot be written.
pub fn place(
    project: &dyn ProjectFiles,
    store: &dyn ArchiveStore,
    path: &ProjectPath,
    file_name: &str,
) -> Result<Archive, ArtifactProblem> {
    let mut content = project.open(path)?;
    let mut output = Output::create(store, &[file_name.to_owned()])?;
    let mut piece = vec![0; 128 * 1024];
    loop {
        match content.read(&mut piece) {
            Ok(0) => break,
            Ok(count) => output.put(piece.get(..count).unwrap_or_default())?,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(source) => {
                return Err(ArtifactProblem::Project(ProjectProblem::Unreadable {
                    path: path.clone(),
                    source,
                }));
            }
        }
    }
    let kept = output.keep()?;
    Ok(Archive {
        file_name: file_name.to_owned(),
        digest: kept.digest,
        size: kept.size,
        entries: Vec::new(),
    })
}

fn groups(packages: &[Package]) -> Result<Vec<Group<'_>>, ArtifactProblem> {
    let mut names = BTreeSet::new();
    let mut equal: BTreeMap<&[SelectedFile], Vec<String>> = BTreeMap::new();
    for package in packages {
        // Half of the disks do not tell `A.zip` from `a.zip`.
        if !names.insert(package.file_name.to_lowercase()) {
            return Err(ArtifactProblem::SameName(package.file_name.clone()));
        }
        let names = equal.entry(&package.files).or_default();
        names.push(package.file_name.clone());
    }
    let mut groups = Vec::new();
    for (files, names) in equal {
        groups.extend(names.chunks(TOGETHER).map(|names| Group {
            files,
            names: names.to_vec(),
        }));
    }
    Ok(groups)
}

fn batch_length(groups: &[Group<'_>]) -> usize {
    let mut open = 0;
    let fitting = groups.iter().take_while(|group| {
        open += group.names.len();
        open <= TOGETHER
    });
    fitting.count().max(1)
}

fn write_together(
    project: &dyn ProjectFiles,
    store: &dyn ArchiveStore,
    batch: &[Group<'_>],
) -> Result<Vec<Archive>, ArtifactProblem> {
    let mut targets = Vec::with_capacity(batch.len());
    for group in batch {
        targets.push(Target::create(store, group)?);
    }
    let all = union(batch);
    let mut source = Source::new(project, &all);
    let mut ready = source.next_window()?;
    while !ready.is_empty() {
        let (written, next) = rayon::join(|| join(&mut targets, &ready), || source.next_window());
        written?;
        ready = next?;
    }
    let mut archives = Vec::new();
    for target in targets {
        archives.extend(target.finish()?);
    }
    Ok(archives)
}

fn union(batch: &[Group<'_>]) -> Vec<SelectedFile> {
    let files = batch.iter().flat_map(|group| group.files.iter().cloned());
    let mut all: Vec<SelectedFile> = files.collect();
    all.sort_unstable();
    all.dedup_by(|a, b| a.path == b.path);
    all
}

fn join(targets: &mut [Target<'_>], ready: &[Done<'_>]) -> Result<(), ArtifactProblem> {
    for done in ready {
        for target in targets.iter_mut() {
            target.offer(done)?;
        }
    }
    Ok(())
}

/// An archive that is being written.
struct Target<'a> {
    output: Output,
    awaited: Peekable<slice::Iter<'a, SelectedFile>>,
    entries: Vec<Written>,
    /// A file in the middle, with the sum of its parts so far.
    open: Option<(Written, Hasher)>,
}

struct Written {
    entry: Entry,
    offset: u64,
    sizes_follow: bool,
}

impl<'a> Target<'a> {
    fn create(store: &dyn ArchiveStore, group: &Group<'a>) -> Result<Self, OutputProblem> {
        Ok(Self {
            output: Output::create(store, &group.names)?,
            awaited: group.files.iter().peekable(),
            entries: Vec::with_capacity(group.files.len()),
            open: None,
        })
    }

    /// Takes what was deflated, if it is of a file that this archive selects.
    fn offer(&mut self, done: &Done<'_>) -> Result<(), ArtifactProblem> {
        if self
            .awaited
            .peek()
            .is_none_or(|file| file.path != done.file.path)
        {
            return Ok(());
        }
        if done.part == Part::Last {
            self.awaited.next();
        }
        match (self.open.take(), done.part) {
            (None, Part::Last) => self.add_whole(done)?,
            (None, Part::More) => {
                let begun = self.begin(done, true)?;
                self.continue_with(begun, Hasher::new(), done)?;
            }
            (Some((begun, sum)), _) => self.continue_with(begun, sum, done)?,
        }
        if self.output.size() > format::SIZE_LIMIT {
            return Err(ArtifactProblem::TooLarge(self.output.name()));
        }
        Ok(())
    }

    fn add_whole(&mut self, done: &Done<'_>) -> Result<(), ArtifactProblem> {
        let written = self.begin(done, false)?;
        self.output.put(&done.content.bytes)?;
        self.entries.push(written);
        Ok(())
    }

    fn begin(&mut self, done: &Done<'_>, sizes_follow: bool) -> Result<Written, ArtifactProblem> {
        let path = done.file.path.as_str();
        if path.len() > format::NAME_LIMIT {
            return Err(ArtifactProblem::NameTooLong(done.file.path.clone()));
        }
        let offset = self.output.size();
        let whole = !sizes_follow;
        let entry = Entry {
            path: path.to_owned(),
            size: if whole { done.content.size } else { 0 },
            compressed: if whole {
                done.content.bytes.len() as u64
            } else {
                0
            },
            crc: if whole {
                done.content.sum.clone().finalize()
            } else {
                0
            },
            mode: if done.file.executable { 0o755 } else { 0o644 },
        };
        self.output
            .put(&format::local_header(&entry, sizes_follow))?;
        Ok(Written {
            entry,
            offset,
            sizes_follow,
        })
    }

    fn continue_with(
        &mut self,
        mut written: Written,
        mut sum: Hasher,
        done: &Done<'_>,
    ) -> Result<(), ArtifactProblem> {
        self.output.put(&done.content.bytes)?;
        sum.combine(&done.content.sum);
        written.entry.size += done.content.size;
        written.entry.compressed += done.content.bytes.len() as u64;
        // Both sizes have 32 bits; content can deflate to a thousandth.
        if written.entry.size > format::SIZE_LIMIT {
            return Err(ArtifactProblem::TooLarge(self.output.name()));
        }
        if done.part == Part::More {
            self.open = Some((written, sum));
            return Ok(());
        }
        written.entry.crc = sum.finalize();
        self.output.put(&format::descriptor(&written.entry))?;
        self.entries.push(written);
        Ok(())
    }

    /// Writes the directory and puts the archives in place.
    fn finish(mut self) -> Result<Vec<Archive>, ArtifactProblem> {
        let offset = self.output.size();
        for written in &self.entries {
            let record =
                format::directory_entry(&written.entry, written.sizes_follow, written.offset);
            self.output.put(&record)?;
        }
        let length = self.output.size() - offset;
        if self.output.size() > format::SIZE_LIMIT {
            return Err(ArtifactProblem::TooLarge(self.output.name()));
        }
        self.output
            .put(&format::end(self.entries.len(), offset, length))?;
        let kept = self.output.keep()?;
        let entries: Vec<Entry> = self
            .entries
            .into_iter()
            .map(|written| written.entry)
            .collect();
        let archive = |file_name| Archive {
            file_name,
            digest: kept.digest,
            size: kept.size,
            entries: entries.clone(),
        };
        Ok(kept.names.into_iter().map(archive).collect())
    }
}

#[cfg(test)]
#[path = "pack_tests.rs"]
mod tests;
