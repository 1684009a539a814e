use std::io::{Cursor, Read};

use pilothouse_model::{Code, Digest};
use pilothouse_testkit::{MemoryProject, MemoryStore};

use super::*;
use crate::development::Development;
use crate::rules::{Rules, Scope};
use crate::select::select;

fn package(project: &MemoryProject, name: &str, patterns: &[&str]) -> Package {
    let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
    let rules = Rules::new(&Scope::default(), &patterns).expect("rules");
    let tree = project.walk(&|_| false).expect("a tree");
    Package {
        file_name: name.to_owned(),
        files: select(&rules, &Development::default(), &tree).files,
    }
}

fn content(store: &MemoryStore, name: &str) -> Vec<(String, Vec<u8>, u32)> {
    let bytes = store.content(name).expect("an archive");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a readable archive");
    let mut found = Vec::new();
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("sound content");
        found.push((
            file.name().expect("a name").into_owned(),
            bytes,
            file.unix_mode().expect("a mode"),
        ));
    }
    found
}

/// Text that deflates, and differs from place to place.
fn text(length: usize) -> Vec<u8> {
    let words = (0_u32..).map(|n| format!("{:x} ", n.wrapping_mul(2_654_435_761) >> 12));
    words.flat_map(String::into_bytes).take(length).collect()
}

#[test]
fn an_archive_has_the_bytes_that_were_put_together_by_hand() {
    // Built with struct.pack from the format's description; "a" deflates to 4b 04 00, nothing to 03 00.
    let project = MemoryProject::new().file("a", "a").program("b/ü", "");
    let store = MemoryStore::new();
    let archives = pack(&project, &store, &[package(&project, "x.zip", &[])]).expect("packed");
    assert_eq!(archives[0].size, 189);
    assert_eq!(
        archives[0].digest.to_string(),
        "ce5bb497709f918b407373097708e5a18f65b64c3a7ed08f1b07c6a95aca783d"
    );
    assert_eq!(
        Some(archives[0].digest),
        store.content("x.zip").map(|bytes| Digest::of(&bytes))
    );
}

#[test]
fn the_digest_of_an_archive_is_the_one_that_was_written_down() {
    // A change here makes every user's functions be deployed again: it must be meant.
    let project = MemoryProject::new()
        .file("small.py", text(10_000))
        .file("large.bin", text(3_000_000))
        .program("bin/tool", text(100));
    let archives = pack(
        &project,
        &MemoryStore::new(),
        &[package(&project, "x.zip", &[])],
    );
    assert_eq!(
        archives.expect("packed")[0].digest.to_string(),
        "30d97a4b36d1bad08fbab2a72d00e612b4e6f279d2c61227ae8c88d69d4c9319"
    );
}

#[test]
fn content_modes_and_order_survive_also_of_files_that_are_cut_in_pieces() {
    let piece = usize::try_from(crate::source::PIECE).expect("a size");
    let project = MemoryProject::new()
        .file("exact", text(2 * piece))
        .file("large", text(2 * piece + 7))
        .file("one piece", text(piece))
        .file("empty", "")
        .program("run", "#!");
    let store = MemoryStore::new();
    let archives = pack(&project, &store, &[package(&project, "x.zip", &[])]).expect("packed");
    assert_eq!(
        content(&store, "x.zip"),
        [
            ("empty".to_owned(), Vec::new(), 0o100_644),
            ("exact".to_owned(), text(2 * piece), 0o100_644),
            ("large".to_owned(), text(2 * piece + 7), 0o100_644),
            ("one piece".to_owned(), text(piece), 0o100_644),
            ("run".to_owned(), b"#!".to_vec(), 0o100_755),
        ]
    );
    let crc = archives[0]
        .entries
        .iter()
        .find(|entry| entry.path == "large")
        .map(|entry| entry.crc);
    assert_eq!(crc, Some(crc32fast::hash(&text(2 * piece + 7))));
}

#[test]
fn many_archives_read_each_file_once() {
    let project = (0..40).fold(MemoryProject::new(), |project, n| {
        project
            .file(&format!("lib/f{n}"), text(1000))
            .file(&format!("own/{n}"), "x")
    });
    let packages: Vec<Package> = (0..40)
        .map(|n| {
            package(
                &project,
                &format!("{n}.zip"),
                &["!own/**", &format!("own/{n}")],
            )
        })
        .chain([package(&project, "same.zip", &["!own/**", "own/0"])])
        .collect();
    let before = project.opened();
    let store = MemoryStore::new();
    let archives = pack(&project, &store, &packages).expect("packed");
    assert_eq!(project.opened() - before, 80);
    let names: Vec<&str> = archives
        .iter()
        .map(|archive| archive.file_name.as_str())
        .collect();
    assert_eq!(
        (names[0], names[39], names[40]),
        ("0.zip", "39.zip", "same.zip")
    );
    assert_eq!(archives[0].digest, archives[40].digest);
    for n in 0..40 {
        let inside = content(&store, &format!("{n}.zip"));
        assert_eq!(inside.len(), 41);
        assert_eq!(inside[40].0, format!("own/{n}"));
        let alone = pack(&project, &MemoryStore::new(), &packages[n..=n]).expect("packed");
        assert_eq!(
            alone[0].digest, archives[n].digest,
            "the same archive when it is made alone"
        );
    }
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_no_archive_is_left() {
    let project = MemoryProject::new()
        .file("a", text(50_000))
        .broken("b/broken", 10);
    let store = MemoryStore::new();
    let problem =
        pack(&project, &store, &[package(&project, "x.zip", &[])]).expect_err("unreadable");
    assert_eq!(problem.to_string(), "b/broken cannot be read");
    assert_eq!(problem.code(), Code::PackageUnreadable);
    assert_eq!(store.names(), Vec::<String>::new());
}

#[test]
fn a_file_that_outgrows_its_listing_is_refused_rather_than_held_in_memory() {
    let project = MemoryProject::new().growing("log", 10, text(2_000_000));
    let store = MemoryStore::new();
    let problem = pack(&project, &store, &[package(&project, "x.zip", &[])]).expect_err("changed");
    assert_eq!(problem.to_string(), "log grows while it is packed");
    assert_eq!(store.names(), Vec::<String>::new());
}

#[test]
fn a_full_disk_is_told_with_the_archives_name() {
    let project = MemoryProject::new().file("a", text(900_000));
    let store = MemoryStore::with_room(150_000);
    let problem = pack(&project, &store, &[package(&project, "x.zip", &[])]).expect_err("full");
    assert_eq!(problem.to_string(), "x.zip cannot be written");
    assert_eq!(problem.code(), Code::OutputUnwritable);
    assert_eq!(store.names(), Vec::<String>::new());
}

#[test]
fn two_archives_whose_names_a_disk_may_not_tell_apart_are_refused() {
    let project = MemoryProject::new().file("a", "");
    let packages = [
        package(&project, "x.zip", &[]),
        package(&project, "X.zip", &[]),
    ];
    let problem = pack(&project, &MemoryStore::new(), &packages).expect_err("one name");
    assert_eq!(problem.to_string(), "two archives are called X.zip");
}

#[test]
fn a_name_longer_than_the_format_can_say_is_refused() {
    let long = "x".repeat(70_000);
    let project = MemoryProject::new().file(&long, "");
    let problem = pack(
        &project,
        &MemoryStore::new(),
        &[package(&project, "x.zip", &[])],
    );
    assert!(
        matches!(problem, Err(ArtifactProblem::NameTooLong(_))),
        "{problem:?}"
    );
}

#[test]
fn more_files_than_the_old_format_counts_are_all_there() {
    let project = (0..70_000).fold(MemoryProject::new(), |project, n| {
        project.file(&format!("f{n:05}"), "")
    });
    let store = MemoryStore::new();
    pack(&project, &store, &[package(&project, "x.zip", &[])]).expect("packed");
    let found = content(&store, "x.zip");
    assert_eq!((found.len(), found[69_999].0.as_str()), (70_000, "f69999"));
}

#[test]
fn a_ready_archive_is_copied_and_hashed_as_it_is() {
    let project = MemoryProject::new().file("art/pkg.zip", text(300_000));
    let store = MemoryStore::new();
    let path = ProjectPath::parse("art/pkg.zip").expect("a path");
    let archive = place(&project, &store, &path, "pkg.zip").expect("placed");
    assert_eq!(
        (archive.digest, archive.size),
        (Digest::of(&text(300_000)), 300_000)
    );
    assert_eq!(store.content("pkg.zip"), Some(text(300_000)));
    let missing = ProjectPath::parse("nope.zip").expect("a path");
    let problem = place(&project, &store, &missing, "nope.zip").expect_err("missing");
    assert_eq!(
        (problem.to_string().as_str(), problem.code()),
        ("nope.zip does not exist", Code::PackageMissing)
    );
}
