//! `size`: what archives hold, package by package and folder by folder, what of Lambda's limits that takes, and
//! what would be left if some of it were left out.
//!
//! The numbers are those of the archives as they were written: a file's packed size is what its content takes in
//! the archive, so that leaving it out needs no second archive to be told.

pub(crate) mod together;
mod tree;
mod view;

use std::collections::BTreeSet;

use indexmap::IndexMap;
use pilothouse_artifact::{Archive, ArtifactProblem, Pattern};
use pilothouse_model::Code;
use pilothouse_service::Service;
use serde_json::{Value, json};

pub use tree::{Node, NodeKind};
pub use view::{ArchiveView, FunctionSizeView, RestView, SizeKind, SizePart, SizesView};

use crate::package::{self, Packaged};
use crate::project::ProjectRequest;
use crate::results::size_in_words;
use crate::target::Watch;
use crate::{ApiError, Findings, Host, Kind};

/// The most that a function and its layers may unpack to, in bytes.
pub const UNPACKED_LIMIT: u64 = 250 * 1024 * 1024;
/// The largest archive that Lambda takes in a request rather than from a bucket, in bytes.
pub const DIRECT_LIMIT: u64 = 50 * 1024 * 1024;

/// What is asked.
#[derive(Debug, Clone, Default)]
pub struct SizesRequest {
    /// The project.
    pub project: ProjectRequest,
    /// The function whose archive and layers are wanted; all archives when absent.
    pub function: Option<String>,
    /// Patterns of what to leave out, with or without the `!` that they have in `package.patterns`.
    pub without: Vec<String>,
}

/// How large everything is.
#[derive(Debug)]
pub struct Sizes {
    /// The service's name.
    pub service: String,
    /// The archives, in the order of the file.
    pub archives: Vec<ArchiveSize>,
    /// The functions, each with its layers.
    pub functions: Vec<FunctionSize>,
    /// The patterns that were left out, as they are written in `package.patterns`.
    pub without: Vec<String>,
    /// What the user should know.
    pub findings: Findings,
}

/// How large an archive is.
#[derive(Debug)]
pub struct ArchiveSize {
    /// Its file name.
    pub name: String,
    /// The functions that run it.
    pub functions: Vec<String>,
    /// Its bytes as it was written.
    pub zipped: u64,
    /// What it holds; none for an archive that was ready-made, which is not looked into.
    pub tree: Option<Node>,
    /// What would be left, when something is left out.
    pub rest: Option<Rest>,
    /// The list of the configuration that its patterns stand in; none for what was fetched or made elsewhere.
    pub patterns_at: Option<Vec<String>>,
}

/// What would be left of an archive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rest {
    /// Files.
    pub files: u64,
    /// Bytes when unpacked.
    pub unzipped: u64,
    /// Bytes of the archive.
    pub zipped: u64,
}

/// A function with its layers, as Lambda counts.
#[derive(Debug)]
pub struct FunctionSize {
    /// Its key.
    pub name: String,
    /// The archives: its own, then those of its layers in this service.
    pub archives: Vec<String>,
    /// Bytes when all of them are unpacked, as far as they were looked into.
    pub unzipped: u64,
    /// The same less what is left out.
    pub rest: u64,
    /// Archives that were not looked into and layers of elsewhere: what they unpack to comes on top.
    pub unknown: u64,
}

/// Packages the service and tells how large it is.
///
/// # Errors
/// When the project cannot be packaged, there is no such function, or a pattern is not understood.
pub async fn sizes(host: &Host, request: &SizesRequest, watch: &Watch) -> Result<Sizes, ApiError> {
    let patterns = Without::new(&request.without)?;
    let packaged = package::package(host, &request.project, None, watch).await?;
    of_packaged(packaged, request.function.as_deref(), &patterns)
}

/// Patterns of what is left out.
struct Without {
    texts: Vec<String>,
    patterns: Vec<Pattern>,
}

impl Without {
    fn new(texts: &[String]) -> Result<Self, ApiError> {
        let (mut patterns, mut problems) = (Vec::new(), Vec::new());
        let bare = |text: &String| text.strip_prefix('!').unwrap_or(text).to_owned();
        let texts: Vec<String> = texts.iter().map(bare).collect();
        for text in &texts {
            match Pattern::compile(text) {
                Ok(pattern) => patterns.push(pattern),
                Err(problem) => problems.push(problem),
            }
        }
        if !problems.is_empty() {
            let mut refused = ApiError::from(ArtifactProblem::Patterns(problems));
            refused.hints =
                vec!["Write it as a pattern of package.patterns, such as 'docs/**'".into()];
            return Err(refused);
        }
        let texts = texts.iter().map(|text| format!("!{text}")).collect();
        Ok(Self { texts, patterns })
    }

    fn takes(&self, path: &str) -> bool {
        self.patterns.iter().any(|pattern| pattern.matches(path))
    }
}

fn of_packaged(
    packaged: Packaged,
    function: Option<&str>,
    without: &Without,
) -> Result<Sizes, ApiError> {
    let service = &packaged.service;
    let functions = functions(&packaged, function, without)?;
    let wanted: BTreeSet<&String> = functions.iter().flat_map(|one| &one.archives).collect();
    let shown = |archive: &&Archive| function.is_none() || wanted.contains(&archive.file_name);
    let archives = packaged.archives.iter().filter(shown);
    let archives = archives.map(|archive| {
        let mut size = archive_size(archive, &packaged.archive_of, without);
        size.patterns_at = patterns_at(service, &size);
        size
    });
    Ok(Sizes {
        service: service.name.clone(),
        archives: archives.collect(),
        functions,
        without: without.texts.clone(),
        findings: packaged.findings,
    })
}

fn archive_size(
    archive: &Archive,
    archive_of: &IndexMap<String, String>,
    without: &Without,
) -> ArchiveSize {
    let looked_into = !archive.entries.is_empty();
    let runs_it = archive_of
        .iter()
        .filter(|(_, name)| **name == archive.file_name);
    ArchiveSize {
        name: archive.file_name.clone(),
        functions: runs_it.map(|(function, _)| function.clone()).collect(),
        zipped: archive.size,
        tree: looked_into.then(|| tree::grow(&archive.entries)),
        rest: (looked_into && !without.patterns.is_empty()).then(|| rest(archive, without)),
        patterns_at: None,
    }
}

/// Where the patterns of an archive are written: with the layer, or with the service.
fn patterns_at(service: &Service, archive: &ArchiveSize) -> Option<Vec<String>> {
    archive.tree.as_ref()?;
    let path = if archive.functions.is_empty() {
        let key = archive.name.strip_suffix(".zip")?;
        service.layers.get(key)?;
        vec!["layers", key, "package", "patterns"]
    } else {
        vec!["package", "patterns"]
    };
    Some(path.into_iter().map(str::to_owned).collect())
}

fn rest(archive: &Archive, without: &Without) -> Rest {
    let mut rest = Rest {
        files: 0,
        unzipped: 0,
        zipped: archive.size,
    };
    for entry in &archive.entries {
        if without.takes(&entry.path) {
            rest.zipped = rest.zipped.saturating_sub(entry.in_archive());
        } else {
            rest.files += 1;
            rest.unzipped += entry.size;
        }
    }
    rest
}

fn functions(
    packaged: &Packaged,
    only: Option<&str>,
    without: &Without,
) -> Result<Vec<FunctionSize>, ApiError> {
    let service = &packaged.service;
    if let Some(name) = only
        && !service.functions.contains_key(name)
    {
        let known: Vec<&str> = service.functions.keys().map(String::as_str).collect();
        return Err(ApiError::new(
            Code::FunctionMissing,
            Kind::User,
            format!("there is no function `{name}` in this service"),
        )
        .detail("sizes are told of the functions that the file has")
        .hint(format!("It has: {}", known.join(", "))));
    }
    let wanted = together::all(service, &packaged.archive_of).into_iter();
    let wanted = wanted.filter(|one| only.is_none_or(|name| name == one.function));
    Ok(wanted
        .map(|one| {
            function_size(
                packaged,
                &one.function,
                one.archives,
                one.elsewhere,
                without,
            )
        })
        .collect())
}

fn function_size(
    packaged: &Packaged,
    key: &str,
    archives: Vec<String>,
    mut unknown: u64,
    without: &Without,
) -> FunctionSize {
    let (mut unzipped, mut left) = (0, 0);
    for name in &archives {
        let archive = packaged.archives.iter().find(|one| one.file_name == *name);
        match archive.filter(|archive| !archive.entries.is_empty()) {
            Some(archive) => {
                unzipped += archive.unpacked_size();
                left += rest(archive, without).unzipped;
            }
            None => unknown += 1,
        }
    }
    FunctionSize {
        name: key.to_owned(),
        archives,
        unzipped,
        rest: left,
        unknown,
    }
}

impl Sizes {
    /// The value that `--json` prints.
    pub fn to_value(&self) -> Value {
        json!({
            "service": self.service,
            "limits": { "unzipped": UNPACKED_LIMIT, "direct": DIRECT_LIMIT },
            "without": self.without,
            "archives": self.archives.iter().map(ArchiveSize::to_value).collect::<Value>(),
            "functions": self.functions.iter().map(FunctionSize::to_value).collect::<Value>(),
        })
    }
}

impl ArchiveSize {
    fn to_value(&self) -> Value {
        let rest = self.rest.map(
            |rest| json!({ "files": rest.files, "unzipped": rest.unzipped, "zipped": rest.zipped }),
        );
        json!({
            "name": self.name, "functions": self.functions, "zipped": self.zipped,
            "tree": self.tree.as_ref().map(Node::to_value), "rest": rest,
        })
    }

    /// Size in words: `1.2 MB packed, 4.0 MB unpacked, 300 files`.
    pub fn summary(&self) -> String {
        let packed = size_in_words(self.zipped);
        match &self.tree {
            None => format!("{packed} packed; it was made elsewhere and is not looked into"),
            Some(tree) => format!(
                "{packed} packed, {} unpacked, {}",
                size_in_words(tree.unzipped),
                files_in_words(tree.files)
            ),
        }
    }
}

impl FunctionSize {
    fn to_value(&self) -> Value {
        json!({
            "name": self.name, "archives": self.archives, "unzipped": self.unzipped,
            "rest": self.rest, "notLookedInto": self.unknown,
            "tooLarge": self.unzipped > UNPACKED_LIMIT,
        })
    }
}

/// `1 file`, `2 files`.
pub fn files_in_words(count: u64) -> String {
    match count {
        1 => "1 file".to_owned(),
        count => format!("{count} files"),
    }
}

#[cfg(test)]
mod tests {
    use pilothouse_artifact::Entry;

    use super::*;

    fn entry(path: &str, size: u64, compressed: u64) -> Entry {
        Entry {
            path: path.to_owned(),
            size,
            compressed,
            crc: 0,
            mode: 0o644,
        }
    }

    #[test]
    fn what_is_left_is_the_archive_less_what_its_entries_take_in_it() {
        let archive = Archive {
            file_name: "a.zip".into(),
            digest: pilothouse_model::Digest::of(b""),
            size: 1_000,
            entries: vec![entry("a.js", 10, 8), entry("docs/b.md", 500, 300)],
        };
        let without = Without::new(&["!docs/**".to_owned()]).expect("understood");
        assert_eq!(without.texts, ["!docs/**"]);
        let expected = Rest {
            files: 1,
            unzipped: 10,
            zipped: 1_000 - 300 - 76 - 18,
        };
        assert_eq!(rest(&archive, &without), expected);
    }

    #[test]
    fn patterns_that_are_not_understood_are_all_named() {
        let asked = ["!(a)".to_owned(), "x!(b)".to_owned(), "y!(c)".to_owned()];
        let refused = Without::new(&asked).err().expect("refused");
        let told = format!("{} {:?}", refused.title, refused.detail);
        assert!(told.contains("x!(b)") && told.contains("y!(c)"), "{told}");
    }
}
