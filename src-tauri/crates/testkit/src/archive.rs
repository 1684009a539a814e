//! A folder for results in memory.

use std::collections::BTreeMap;
use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::sync::{Arc, Mutex, PoisonError};

use pilothouse_effects::{ArchiveStore, OutputProblem, PendingFile};

type Files = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

/// Keeps what was kept; can be told to be full.
#[derive(Debug, Default)]
pub struct MemoryStore {
    files: Files,
    room: Option<u64>,
}

impl MemoryStore {
    /// An empty folder.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty folder in which each file may have so many bytes.
    pub fn with_room(bytes: u64) -> Self {
        Self {
            files: Files::default(),
            room: Some(bytes),
        }
    }

    /// The content of a file that was kept.
    pub fn content(&self, name: &str) -> Option<Vec<u8>> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.get(name).cloned()
    }

    /// The names of all files that were kept.
    pub fn names(&self) -> Vec<String> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.keys().cloned().collect()
    }
}

impl ArchiveStore for MemoryStore {
    fn create(&self, name: &str) -> Result<Box<dyn PendingFile>, OutputProblem> {
        if name.is_empty() || name.contains(['/', '\\']) {
            return Err(OutputProblem {
                name: name.to_owned(),
                source: io::Error::from(io::ErrorKind::InvalidFilename),
            });
        }
        Ok(Box::new(Pending {
            name: name.to_owned(),
            content: Cursor::new(Vec::new()),
            files: Arc::clone(&self.files),
            room: self.room,
        }))
    }

    fn create_private(&self, name: &str) -> Result<Box<dyn PendingFile>, OutputProblem> {
        self.create(name)
    }
}

struct Pending {
    name: String,
    content: Cursor<Vec<u8>>,
    files: Files,
    room: Option<u64>,
}

impl Write for Pending {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let after = self.content.position() + bytes.len() as u64;
        if self.room.is_some_and(|room| after > room) {
            return Err(io::Error::from(io::ErrorKind::StorageFull));
        }
        self.content.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Pending {
    fn seek(&mut self, position: SeekFrom) -> io::Result<u64> {
        self.content.seek(position)
    }
}

impl PendingFile for Pending {
    fn keep(self: Box<Self>) -> Result<(), OutputProblem> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(self.name, self.content.into_inner());
        Ok(())
    }
}
