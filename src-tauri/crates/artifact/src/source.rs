//! The files to pack as work for several workers, a bounded amount at a time.

use std::io::{self, Read};

use pilothouse_effects::{FileContent, ProjectFiles, ProjectProblem};
use pilothouse_model::ProjectPath;
use rayon::prelude::*;

use crate::deflate::{Deflated, Deflater, Part};
use crate::problem::ArtifactProblem;
use crate::select::SelectedFile;

/// A file with more bytes is read and deflated in pieces of this size, so that its size needs no memory and
/// several workers can have it. A piece starts without the 32 KB before it: it costs about half a percent.
pub(crate) const PIECE: u64 = 1024 * 1024;
/// Bytes of content handed to one worker at once, unless one file has more.
const CHUNK: u64 = 256 * 1024;
/// Files handed to one worker at once.
const CHUNK_FILES: usize = 64;
/// Bytes of content that are being worked on.
const WINDOW: u64 = 4 * 1024 * 1024;

/// Where the reading of the files has got to.
pub(crate) struct Source<'a> {
    project: &'a dyn ProjectFiles,
    rest: &'a [SelectedFile],
    /// A large file in the middle.
    current: Option<(&'a SelectedFile, FileContent)>,
}

enum Work<'a> {
    Files(&'a [SelectedFile]),
    Piece(&'a SelectedFile, Vec<u8>, Part),
}

/// What the workers made, in order.
pub(crate) struct Done<'a> {
    pub(crate) file: &'a SelectedFile,
    pub(crate) content: Deflated,
    pub(crate) part: Part,
}

impl<'a> Source<'a> {
    pub(crate) fn new(project: &'a dyn ProjectFiles, files: &'a [SelectedFile]) -> Self {
        Self {
            project,
            rest: files,
            current: None,
        }
    }

    /// Deflates the next files; nothing when all are done.
    pub(crate) fn next_window(&mut self) -> Result<Vec<Done<'a>>, ArtifactProblem> {
        let mut window = Vec::new();
        let mut bytes = 0;
        while bytes < WINDOW
            && let Some(work) = self.next_work()?
        {
            bytes += match &work {
                Work::Files(files) => files.iter().map(|file| file.size).sum(),
                Work::Piece(..) => PIECE,
            };
            window.push(work);
        }
        let project = self.project;
        let done: Vec<Vec<Done<'a>>> = window
            .into_par_iter()
            .map_init(Deflater::new, |deflater, work| work.run(project, deflater))
            .collect::<Result<_, _>>()?;
        Ok(done.into_iter().flatten().collect())
    }

    fn next_work(&mut self) -> Result<Option<Work<'a>>, ArtifactProblem> {
        if let Some((file, content)) = self.current.take() {
            return self.next_piece(file, content).map(Some);
        }
        let Some(first) = self.rest.first() else {
            return Ok(None);
        };
        if first.size > PIECE {
            self.rest = self.rest.get(1..).unwrap_or_default();
            let content = self.project.open(&first.path)?;
            return self.next_piece(first, content).map(Some);
        }
        let (chunk, rest) = self.rest.split_at(chunk_length(self.rest));
        self.rest = rest;
        Ok(Some(Work::Files(chunk)))
    }

    fn next_piece(
        &mut self,
        file: &'a SelectedFile,
        mut content: FileContent,
    ) -> Result<Work<'a>, ArtifactProblem> {
        let piece = read(&mut content, &file.path, PIECE)?;
        // A full piece may be the last: then an empty one follows and says so.
        if piece.len() as u64 == PIECE {
            self.current = Some((file, content));
            return Ok(Work::Piece(file, piece, Part::More));
        }
        Ok(Work::Piece(file, piece, Part::Last))
    }
}

impl<'a> Work<'a> {
    fn run(
        self,
        project: &dyn ProjectFiles,
        deflater: &mut Deflater,
    ) -> Result<Vec<Done<'a>>, ArtifactProblem> {
        let mut done = |file: &'a SelectedFile, content: &[u8], part| {
            let content =
                deflater
                    .deflate(content, part)
                    .map_err(|source| ArtifactProblem::Deflate {
                        path: file.path.clone(),
                        source,
                    })?;
            Ok(Done {
                file,
                content,
                part,
            })
        };
        match self {
            Self::Piece(file, bytes, part) => Ok(vec![done(file, &bytes, part)?]),
            Self::Files(files) => files
                .iter()
                .map(|file| done(file, &whole(project, file)?, Part::Last))
                .collect(),
        }
    }
}

fn chunk_length(files: &[SelectedFile]) -> usize {
    let mut bytes = 0_u64;
    let fitting = files.iter().take(CHUNK_FILES).take_while(|file| {
        bytes = bytes.saturating_add(file.size);
        bytes <= CHUNK
    });
    fitting.count().max(1)
}

/// A file that was small when it was listed; that it still is, keeps the memory bounded.
fn whole(project: &dyn ProjectFiles, file: &SelectedFile) -> Result<Vec<u8>, ArtifactProblem> {
    let mut content = project.open(&file.path)?;
    let bytes = read(&mut content, &file.path, PIECE + 1)?;
    if bytes.len() as u64 > PIECE {
        return Err(ArtifactProblem::Changed(file.path.clone()));
    }
    Ok(bytes)
}

fn read(
    content: &mut FileContent,
    path: &ProjectPath,
    limit: u64,
) -> Result<Vec<u8>, ProjectProblem> {
    let mut bytes = Vec::new();
    let read: io::Result<usize> = content.take(limit).read_to_end(&mut bytes);
    read.map_err(|source| ProjectProblem::Unreadable {
        path: path.clone(),
        source,
    })?;
    Ok(bytes)
}
