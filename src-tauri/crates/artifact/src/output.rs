//! Where the bytes of an archive go: into one or more pending files, and through SHA-256 on the way.

use std::io::{BufWriter, Write};

use pilothouse_effects::{ArchiveStore, OutputProblem, PendingFile};
use pilothouse_model::Digest;
use sha2::{Digest as _, Sha256};

const BUFFER: usize = 128 * 1024;

/// Files that get the same bytes.
pub(crate) struct Output {
    sinks: Vec<Sink>,
    hash: Sha256,
    size: u64,
}

struct Sink {
    name: String,
    file: BufWriter<Box<dyn PendingFile>>,
}

/// The files in their places.
pub(crate) struct Kept {
    pub(crate) names: Vec<String>,
    pub(crate) digest: Digest,
    pub(crate) size: u64,
}

impl Output {
    pub(crate) fn create(
        store: &dyn ArchiveStore,
        names: &[String],
    ) -> Result<Self, OutputProblem> {
        let sinks = names.iter().map(|name| {
            Ok(Sink {
                name: name.clone(),
                file: BufWriter::with_capacity(BUFFER, store.create(name)?),
            })
        });
        Ok(Self {
            sinks: sinks.collect::<Result<_, OutputProblem>>()?,
            hash: Sha256::new(),
            size: 0,
        })
    }

    /// How many bytes were put.
    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    /// The name to speak of it by.
    pub(crate) fn name(&self) -> String {
        self.sinks
            .first()
            .map_or_else(String::new, |sink| sink.name.clone())
    }

    pub(crate) fn put(&mut self, bytes: &[u8]) -> Result<(), OutputProblem> {
        for Sink { name, file } in &mut self.sinks {
            file.write_all(bytes).map_err(|source| OutputProblem {
                name: name.clone(),
                source,
            })?;
        }
        self.hash.update(bytes);
        self.size += bytes.len() as u64;
        Ok(())
    }

    /// Puts the files in place.
    pub(crate) fn keep(self) -> Result<Kept, OutputProblem> {
        let mut names = Vec::with_capacity(self.sinks.len());
        for Sink { name, file } in self.sinks {
            let file = file.into_inner().map_err(|refused| OutputProblem {
                name: name.clone(),
                source: refused.into_error(),
            })?;
            file.keep()?;
            names.push(name);
        }
        Ok(Kept {
            names,
            digest: Digest::from_bytes(self.hash.finalize().into()),
            size: self.size,
        })
    }
}
