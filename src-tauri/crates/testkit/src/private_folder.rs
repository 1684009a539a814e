//! A private folder in memory, and locks in it that end with their value.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use pilothouse_effects::{Held, Locks, PrivateFolder, PrivateProblem};

/// A folder that is not on any disk. Clones are the same folder.
#[derive(Debug, Clone, Default)]
pub struct FakePrivateFolder {
    content: Arc<Mutex<Content>>,
}

#[derive(Debug, Default)]
struct Content {
    files: BTreeMap<String, Vec<u8>>,
    held: BTreeSet<String>,
    is_full: bool,
}

impl FakePrivateFolder {
    /// From now on, or no longer, nothing can be written.
    pub fn set_full(&self, is_full: bool) {
        self.lock().is_full = is_full;
    }

    fn lock(&self) -> MutexGuard<'_, Content> {
        self.content.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Content {
    fn put(&mut self, name: &str, content: &[u8]) -> Result<(), PrivateProblem> {
        if self.is_full {
            return Err(PrivateProblem {
                path: name.to_owned(),
                source: io::Error::from(io::ErrorKind::StorageFull),
            });
        }
        self.files.insert(name.to_owned(), content.to_vec());
        Ok(())
    }
}

/// Whether the name is that of the file or of a folder above it.
fn is_at_or_below(file: &str, name: &str) -> bool {
    let rest = file.strip_prefix(name);
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

impl PrivateFolder for FakePrivateFolder {
    fn folder(&self, name: &str) -> Result<String, PrivateProblem> {
        Ok(format!("/private/{name}").trim_end_matches('/').to_owned())
    }

    fn read(&self, name: &str, from: u64) -> Result<Option<Vec<u8>>, PrivateProblem> {
        let from = usize::try_from(from).unwrap_or(usize::MAX);
        let content = self.lock().files.get(name).cloned();
        Ok(content.map(|content| content.get(from..).unwrap_or_default().to_vec()))
    }

    fn write(&self, name: &str, content: &[u8]) -> Result<(), PrivateProblem> {
        self.lock().put(name, content)
    }

    fn remove(&self, name: &str) -> Result<(), PrivateProblem> {
        self.lock()
            .files
            .retain(|file, _| !is_at_or_below(file, name));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> Result<(), PrivateProblem> {
        let mut content = self.lock();
        let (moved, kept) = std::mem::take(&mut content.files)
            .into_iter()
            .partition(|(file, _)| is_at_or_below(file, from));
        content.files = kept;
        content.files.retain(|file, _| !is_at_or_below(file, to));
        for (file, bytes) in moved {
            let rest = file.strip_prefix(from).unwrap_or_default();
            content.files.insert(format!("{to}{rest}"), bytes);
        }
        Ok(())
    }

    fn names(&self, folder: &str) -> Result<Vec<String>, PrivateProblem> {
        let start = match folder {
            "" => String::new(),
            folder => format!("{folder}/"),
        };
        let name = |file: &String| {
            let name = file.strip_prefix(&start)?.split('/').next()?;
            Some(name.to_owned())
        };
        let names: BTreeSet<String> = self.lock().files.keys().filter_map(name).collect();
        Ok(names.into_iter().collect())
    }
}

impl Locks for FakePrivateFolder {
    fn take(&self, name: &str, words: &str) -> Result<Option<Box<dyn Held>>, PrivateProblem> {
        let mut content = self.lock();
        if content.held.contains(name) {
            return Ok(None);
        }
        content.put(name, words.as_bytes())?;
        content.held.insert(name.to_owned());
        Ok(Some(Box::new(FakeHeld {
            folder: self.clone(),
            name: name.to_owned(),
        })))
    }

    fn holder(&self, name: &str) -> Result<Option<String>, PrivateProblem> {
        let content = self.lock();
        let words = content
            .files
            .get(name)
            .filter(|_| content.held.contains(name));
        Ok(words.map(|words| String::from_utf8_lossy(words).into_owned()))
    }
}

#[derive(Debug)]
struct FakeHeld {
    folder: FakePrivateFolder,
    name: String,
}

impl Held for FakeHeld {}

impl Drop for FakeHeld {
    fn drop(&mut self) {
        self.folder.lock().held.remove(&self.name);
    }
}
