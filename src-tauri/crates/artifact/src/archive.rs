//! What an archive is, once it is written.

use std::collections::BTreeMap;

use pilothouse_model::{Code, Diagnostic, Digest};

use crate::source::PIECE;

/// Lambda's limit on the content of a function and its layers, in bytes (250 MB, counted as the service does).
const UNPACKED_LIMIT: u64 = 250 * 1024 * 1024;
/// Lambda's limit on an archive sent directly rather than through S3, in bytes.
const DIRECT_LIMIT: u64 = 50 * 1024 * 1024;

/// How many of the largest parts are named.
const NAMED: usize = 3;

/// An archive in its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Archive {
    /// Its name in the folder of results.
    pub file_name: String,
    /// The SHA-256 of its bytes.
    pub digest: Digest,
    /// Its size in bytes.
    pub size: u64,
    /// What it holds, in order; empty for an archive that was ready-made.
    pub entries: Vec<Entry>,
}

/// One file of an archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its name.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its size in the archive, in bytes.
    pub compressed: u64,
    /// The CRC-32 of its content.
    pub crc: u32,
    /// 0644 or 0755.
    pub mode: u32,
}

impl Entry {
    /// What it takes in an archive, in bytes: its content, and what the format writes beside it.
    pub fn in_archive(&self) -> u64 {
        // The header and the directory's record, each with the name; sizes follow what is deflated in pieces.
        const RECORDS: u64 = 30 + 46;
        let sizes = if self.size > PIECE { 16 } else { 0 };
        let name = u64::try_from(self.path.len()).unwrap_or_default();
        self.compressed + RECORDS + sizes + 2 * name
    }
}

impl Archive {
    /// The size of all files in it, in bytes.
    pub fn unpacked_size(&self) -> u64 {
        self.entries.iter().map(|entry| entry.size).sum()
    }

    /// The folders, packages and files that make up the most, with their sizes in words.
    fn largest(&self) -> Vec<String> {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for entry in &self.entries {
            *sums.entry(part_of(&entry.path)).or_default() += entry.size;
        }
        let mut sums: Vec<(&str, u64)> = sums.into_iter().collect();
        sums.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        let told = sums.iter().take(NAMED);
        told.map(|(part, bytes)| format!("`{part}` ({} MB)", megabytes(*bytes)))
            .collect()
    }

    /// What Lambda would refuse.
    pub fn warnings(&self) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        let unpacked = self.unpacked_size();
        if unpacked > UNPACKED_LIMIT {
            found.push(
                Diagnostic::warning(
                    Code::PackageTooLarge,
                    format!(
                        "{} unpacks to {} MB, and Lambda takes at most 250 MB",
                        self.file_name,
                        megabytes(unpacked)
                    ),
                )
                .hint(format!(
                    "Largest: {}. Leave what is not needed out of the function or layer that packs it, as in \
                     `package: {{patterns: ['!folder/**']}}` (`pilothouse size --without 'folder/**'` tells what is \
                     left), or deploy a container image",
                    self.largest().join(", ")
                )),
            );
        }
        if self.size > DIRECT_LIMIT {
            found.push(
                Diagnostic::warning(
                    Code::PackageTooLarge,
                    format!(
                        "{} has {} MB, and Lambda takes more than 50 MB only through S3",
                        self.file_name,
                        megabytes(self.size)
                    ),
                )
                .hint(
                    "A deploy of the stack goes through S3; an update of the code alone must too",
                ),
            );
        }
        found
    }
}

/// What a file is counted to: its package in `node_modules`, else what it lies in at the top.
fn part_of(path: &str) -> &str {
    const MODULES: &str = "node_modules/";
    let at = if path.starts_with(MODULES) {
        Some(MODULES.len())
    } else {
        path.find("/node_modules/").map(|at| at + 1 + MODULES.len())
    };
    let start = at.unwrap_or_default();
    let rest = path.get(start..).unwrap_or_default();
    let parts = if rest.starts_with('@') { 2 } else { 1 };
    let end = rest.match_indices('/').nth(parts - 1);
    end.and_then(|(end, _)| path.get(..start + end))
        .unwrap_or(path)
}

/// Rounded up, so that what is above a limit never reads as the limit.
fn megabytes(bytes: u64) -> u64 {
    bytes.div_ceil(1024 * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn archive(size: u64, unpacked: u64) -> Archive {
        Archive {
            file_name: "a.zip".into(),
            digest: Digest::of(b""),
            size,
            entries: vec![Entry {
                path: "f".into(),
                size: unpacked,
                compressed: size,
                crc: 0,
                mode: 0o644,
            }],
        }
    }

    #[test]
    fn an_archive_at_the_limits_passes_without_a_word() {
        assert_eq!(archive(DIRECT_LIMIT, UNPACKED_LIMIT).warnings(), []);
    }

    #[test]
    fn files_are_counted_to_their_package_or_to_what_is_at_the_top() {
        let parts = [
            ("a.js", "a.js"),
            ("src/lib/a.js", "src"),
            ("node_modules/x/a/b.js", "node_modules/x"),
            ("node_modules/@s/x/a.js", "node_modules/@s/x"),
            ("nodejs/node_modules/@s/x/a.js", "nodejs/node_modules/@s/x"),
            ("node_modules/.lock", "node_modules/.lock"),
        ];
        for (path, part) in parts {
            assert_eq!(part_of(path), part);
        }
    }

    #[test]
    fn an_archive_above_the_limits_is_told_with_its_size() {
        let messages: Vec<String> = archive(DIRECT_LIMIT + 1, UNPACKED_LIMIT + 1)
            .warnings()
            .into_iter()
            .map(|warning| warning.message)
            .collect();
        assert_eq!(
            messages,
            [
                "a.zip unpacks to 251 MB, and Lambda takes at most 250 MB",
                "a.zip has 51 MB, and Lambda takes more than 50 MB only through S3"
            ]
        );
    }
}
