//! What packaging tells of the files it wrote, and of those it would not pack.

use pilothouse_artifact::Archive;
use pilothouse_model::Digest;
use serde_json::{Value, json};

/// A file of results.
#[derive(Debug, Clone)]
pub struct WrittenFile {
    /// Its name in the results' folder.
    pub name: String,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// What it holds: files of an archive (unless it was ready-made) or resources of a template.
    pub holds: Holds,
}

/// What a file of results holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// An archive of so many files.
    Files(usize),
    /// An archive that was ready-made.
    ReadyMade,
    /// A template of so many resources.
    Resources(usize),
}

/// A file that was asked for and is not packed.
#[derive(Debug, Clone)]
pub struct LeftOut {
    /// The file or folder.
    pub path: String,
    /// Why.
    pub why: String,
    /// The pattern that packs it all the same, where that is possible.
    pub allowed_by: Option<String>,
}

impl WrittenFile {
    /// What is told of an archive in its place.
    pub(crate) fn of_archive(archive: &Archive) -> Self {
        Self {
            name: archive.file_name.clone(),
            digest: archive.digest,
            size: archive.size,
            holds: match archive.entries.len() {
                0 => Holds::ReadyMade,
                count => Holds::Files(count),
            },
        }
    }

    /// Size and content in words: `1.2 KB, 3 files`.
    pub fn summary(&self) -> String {
        let size = size_in_words(self.size);
        match self.holds {
            Holds::Files(1) => format!("{size}, 1 file"),
            Holds::Files(count) => format!("{size}, {count} files"),
            Holds::ReadyMade => format!("{size}, ready-made"),
            Holds::Resources(1) => "1 resource".to_owned(),
            Holds::Resources(count) => format!("{count} resources"),
        }
    }

    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        let (what, count) = match self.holds {
            Holds::Files(count) => ("files", Some(count)),
            Holds::ReadyMade => ("readyMade", None),
            Holds::Resources(count) => ("resources", Some(count)),
        };
        json!({
            "name": self.name, "sha256": self.digest.to_string(), "bytes": self.size,
            "holds": what, "count": count,
        })
    }
}

/// Decimal units, as AWS counts: `512 B`, `1.5 KB`, `20.3 MB`.
pub fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} B"),
        1_000..1_000_000 => format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}
