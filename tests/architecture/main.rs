//! The house's edges, read from `cargo metadata`: which room may lean on which, and who may name what.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};

/// Which rooms each room may lean on, besides itself.
const EDGES: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("effects", &["model"]),
    ("service", &["model"]),
    ("template", &["model", "service"]),
    ("guard", &["model"]),
    ("artifact", &["model", "effects"]),
    ("deploy", &["model", "effects"]),
    ("secrets", &["model", "effects"]),
    ("sandbox", &["model", "effects"]),
    ("aws", &["model", "effects"]),
    ("local", &["model", "effects"]),
    (
        "api",
        &[
            "model", "effects", "service", "template", "guard", "artifact", "deploy", "secrets",
            "sandbox",
        ],
    ),
    ("cli", &["model", "effects", "api", "aws", "local"]),
    ("desk", &["model", "effects", "api"]),
    (
        "desktop",
        &["model", "effects", "api", "desk", "aws", "local"],
    ),
    ("testkit", &["model", "effects"]),
];

/// Rooms that compute and nothing else.
const PURE: &[&str] = &["model", "service", "template", "guard"];

/// What a pure room must never depend on, directly or through others.
const IMPURE: &[&str] = &[
    "tokio",
    "reqwest",
    "hyper",
    "rusqlite",
    "tempfile",
    "cap-std",
    "rustix",
    "aws-config",
    "rand",
    "getrandom",
    "chrono",
];

fn metadata() -> Metadata {
    MetadataCommand::new()
        .manifest_path(pilothouse_tests::repository().join("Cargo.toml"))
        .other_options(vec!["--offline".to_owned()])
        .exec()
        .expect("cargo metadata answers for this workspace")
}

fn room(package: &Package) -> Option<&str> {
    package.name.strip_prefix("pilothouse-")
}

fn rooms(metadata: &Metadata) -> BTreeMap<&str, &Package> {
    metadata
        .workspace_packages()
        .into_iter()
        .filter_map(|package| Some((room(package)?, package)))
        .filter(|(name, _)| *name != "tests")
        .collect()
}

fn normal_dependencies(package: &Package) -> impl Iterator<Item = &str> {
    package
        .dependencies
        .iter()
        .filter(|dependency| dependency.kind == DependencyKind::Normal)
        .map(|dependency| dependency.name.as_str())
}

#[test]
fn every_room_leans_only_on_the_rooms_it_may() {
    let metadata = metadata();
    let allowed: BTreeMap<&str, &[&str]> = EDGES.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, package) in rooms(&metadata) {
        let Some(may) = allowed.get(name) else {
            wrong.push(format!("{name} is a room without a place in EDGES"));
            continue;
        };
        for leans_on in normal_dependencies(package).filter_map(|d| d.strip_prefix("pilothouse-")) {
            if !may.contains(&leans_on) {
                wrong.push(format!("{name} -> {leans_on}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "arrows that run against the house: {wrong:#?}"
    );
}

#[test]
fn pure_rooms_reach_no_clock_disk_network_or_runtime() {
    let metadata = metadata();
    let resolve = metadata.resolve.as_ref().expect("a resolved graph");
    let by_id: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let mut wrong = Vec::new();
    for (name, package) in rooms(&metadata) {
        if !PURE.contains(&name) {
            continue;
        }
        let mut seen = BTreeSet::new();
        let mut open = vec![&package.id];
        while let Some(id) = open.pop() {
            let Some(node) = by_id.get(id).filter(|_| seen.insert(id)) else {
                continue;
            };
            for dependency in &node.deps {
                let normal = dependency
                    .dep_kinds
                    .iter()
                    .any(|kind| kind.kind == DependencyKind::Normal && kind.target.is_none());
                if normal {
                    open.push(&dependency.pkg);
                }
            }
        }
        for reached in seen.iter().map(|id| &metadata[*id].name) {
            if IMPURE.contains(&reached.as_str()) || reached.starts_with("aws-sdk-") {
                wrong.push(format!("{name} reaches {reached}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn only_aws_names_the_sdk_and_only_local_names_the_disk_libraries() {
    let metadata = metadata();
    let mut wrong = Vec::new();
    for (name, package) in rooms(&metadata) {
        for dependency in normal_dependencies(package) {
            let sdk = dependency.starts_with("aws-");
            let disk = matches!(dependency, "cap-std" | "tempfile" | "rusqlite" | "keyring");
            let tauri = dependency == "tauri" || dependency.starts_with("tauri-");
            if (sdk && name != "aws") || (disk && name != "local") || (tauri && name != "desktop") {
                wrong.push(format!("{name} names {dependency}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_source_of_every_room_but_local_leaves_files_processes_and_time_alone() {
    // The lint `disallowed_methods` guards calls; this guards imports too, and needs no exemption list.
    let banned = [
        "std::fs",
        "tokio::fs",
        "std::process::Command",
        "tokio::process",
        "std::env::var",
        "SystemTime::now",
        "Instant::now",
    ];
    let root = pilothouse_tests::repository().join("src-tauri/crates");
    let mut wrong = Vec::new();
    for (name, _) in EDGES
        .iter()
        .filter(|(name, _)| !matches!(*name, "local" | "testkit"))
    {
        for path in sources(&root.join(name).join("src")) {
            let text = std::fs::read_to_string(&path).expect("readable source");
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in banned.iter().filter(|word| code.contains(**word)) {
                wrong.push(format!("{} uses {word}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            let entries = std::fs::read_dir(&path).expect("a readable folder");
            open.extend(entries.map(|entry| entry.expect("an entry").path()));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found
}

#[test]
fn every_file_says_what_it_is_for_and_fits_in_one_head() {
    /// The aim is 300; beyond this a file has a second reason to change.
    const MOST_LINES: usize = 450;
    let root = pilothouse_tests::repository().join("src-tauri/crates");
    let mut wrong = Vec::new();
    let files = sources(&root);
    for path in &files {
        let text = std::fs::read_to_string(path).expect("readable source");
        let lines = text.lines().count();
        let is_test = path
            .file_stem()
            .is_some_and(|name| name.to_string_lossy().contains("test"));
        if lines > MOST_LINES && !is_test {
            wrong.push(format!("{} has {lines} lines", path.display()));
        }
        let inside_tests = path.components().any(|part| part.as_os_str() == "tests");
        if !text.starts_with("//!") && !is_test && !inside_tests {
            wrong.push(format!(
                "{} does not begin with what it is for",
                path.display()
            ));
        }
    }
    assert!(files.len() > 40, "the rooms were walked");
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_command_links_neither_tauri_nor_webkit() {
    let metadata = metadata();
    let resolve = metadata.resolve.as_ref().expect("a resolved graph");
    let by_id: BTreeMap<_, _> = resolve.nodes.iter().map(|node| (&node.id, node)).collect();
    let rooms = rooms(&metadata);
    let mut open = vec![&rooms["cli"].id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if let Some(node) = by_id.get(id).filter(|_| seen.insert(id)) {
            open.extend(&node.dependencies);
        }
    }
    let wrong: Vec<_> = seen
        .iter()
        .map(|id| metadata[*id].name.to_string())
        .filter(|name| name.starts_with("tauri") || name.starts_with("webkit") || name == "wry")
        .collect();
    assert!(seen.len() > 50, "the graph was walked");
    assert!(wrong.is_empty(), "{wrong:#?}");
}
