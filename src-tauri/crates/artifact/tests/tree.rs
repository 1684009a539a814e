//! Selection and archives on the real disk: random trees, links, odd names, and another reader of the format.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "what builds a test's world may panic")]

use std::collections::BTreeMap;
use std::fs::{self, File, FileTimes};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;
use std::process::Command;
use std::time::{Duration, SystemTime};

use pilothouse_artifact::{Archive, Development, Package, Rules, Scope, Selection, pack, select};
use pilothouse_effects::ProjectFiles;
use pilothouse_local::{DiskProject, DiskStore};
use proptest::prelude::*;

const OUTSIDE: &str = "what lies outside";

/// One thing of a random tree.
#[derive(Debug, Clone)]
enum Thing {
    File(u8, bool),
    Link(String),
}

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-c]{1,2}",
        1 => Just("é ü".to_owned()),
        1 => Just("back\\slash".to_owned()),
        1 => Just("new\nline".to_owned()),
        1 => Just("-rf".to_owned()),
        1 => Just("x".repeat(200)),
        1 => Just(".env".to_owned()),
        1 => Just(".git".to_owned()),
        1 => Just("server.pem".to_owned()),
        1 => Just("id_rsa".to_owned()),
        1 => Just("a.tfstate".to_owned()),
        1 => Just(".aws".to_owned()),
        1 => Just("[id].js".to_owned()),
    ]
}

fn path() -> impl Strategy<Value = String> {
    proptest::collection::vec(name(), 1..4).prop_map(|parts| parts.join("/"))
}

fn thing() -> impl Strategy<Value = Thing> {
    let target = prop_oneof![
        3 => path(),
        1 => Just("../secret".to_owned()),
        1 => Just("../../secret".to_owned()),
        1 => Just("..".to_owned()),
        1 => Just(".".to_owned()),
        1 => Just("/etc".to_owned()),
        1 => Just("nowhere".to_owned()),
    ];
    prop_oneof![
        4 => (any::<u8>(), any::<bool>()).prop_map(|(byte, program)| Thing::File(byte, program)),
        2 => target.prop_map(Thing::Link),
    ]
}

fn tree() -> impl Strategy<Value = BTreeMap<String, Thing>> {
    proptest::collection::btree_map(path(), thing(), 1..14)
}

/// Builds the tree in this order; what collides is left out.
fn build<'a>(root: &Path, things: impl Iterator<Item = (&'a String, &'a Thing)>, age: u64) {
    fs::create_dir_all(root).expect("a folder");
    for (path, thing) in things {
        let place = root.join(path);
        let parent = place.parent().expect("a parent");
        // Never through a link of the tree: what is outside is not ours to write to.
        let through_link = parent
            .ancestors()
            .take_while(|a| *a != root)
            .any(Path::is_symlink);
        if through_link
            || place.is_symlink()
            || place.exists()
            || fs::create_dir_all(parent).is_err()
        {
            continue;
        }
        match thing {
            Thing::File(byte, program) => {
                fs::write(&place, vec![*byte; usize::from(*byte) * 3]).expect("a file");
                let mode = if *program { 0o700 } else { 0o600 };
                fs::set_permissions(&place, fs::Permissions::from_mode(mode)).expect("a mode");
                let time = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000 + age);
                let file = File::open(&place).expect("a file");
                file.set_times(FileTimes::new().set_modified(time))
                    .expect("a time");
            }
            Thing::Link(target) => symlink(target, &place).expect("a link"),
        }
    }
}

fn chosen(project: &DiskProject, patterns: &[&str]) -> Selection {
    let patterns: Vec<String> = patterns.iter().map(|p| (*p).to_owned()).collect();
    let rules = Rules::new(&Scope::default(), &patterns).expect("rules");
    let tree = project
        .walk(&|folder| rules.prune(folder.as_str()))
        .expect("a tree");
    select(&rules, &Development::find(project, &tree), &tree)
}

fn packed(root: &Path, out: &Path, patterns: &[&str]) -> Archive {
    let project = DiskProject::open(root).expect("a project");
    let store = DiskStore::open(out).expect("a folder");
    let files = chosen(&project, patterns).files;
    let package = Package {
        file_name: "x.zip".into(),
        files,
    };
    pack(&project, &store, &[package])
        .expect("packed")
        .remove(0)
}

/// Written apart from the list under test.
fn is_denied(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    [".env", "server.pem", "id_rsa", "a.tfstate"].contains(&name)
        || path.split('/').any(|part| part == ".git" || part == ".aws")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_archive_holds_what_is_outside_or_denied_and_equal_trees_have_equal_bytes(things in tree()) {
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join("secret"), OUTSIDE).expect("a file");
        let (one, two) = (place.path().join("one"), place.path().join("two"));
        build(&one, things.iter(), 0);
        let first = packed(&one, &place.path().join("out1"), &["**", "!nothing"]);
        let real_root = one.canonicalize().expect("a root");
        for entry in &first.entries {
            prop_assert!(!is_denied(&entry.path), "{}", entry.path);
            let real = one.join(&entry.path).canonicalize().expect("an entry is a file");
            prop_assert!(real.starts_with(&real_root), "{}", entry.path);
            let inside = real.strip_prefix(&real_root).expect("inside").to_string_lossy().into_owned();
            prop_assert!(!is_denied(&inside), "{} leads to {inside}", entry.path);
            prop_assert!(!entry.path.starts_with('/') && !entry.path.split('/').any(|p| p == ".."));
        }
        let paths: Vec<&String> = first.entries.iter().map(|entry| &entry.path).collect();
        prop_assert!(paths.is_sorted());

        let copied = Command::new("cp").arg("-R").arg("-P").arg(&one).arg(&two).status();
        prop_assert!(copied.expect("cp runs").success());
        let second = packed(&two, &place.path().join("out2"), &["**", "!nothing"]);
        prop_assert_eq!(first.digest, second.digest, "times and the order on the disk do not matter");
    }
}

#[test]
fn every_regular_file_without_a_reason_is_in_the_archive() {
    let place = tempfile::tempdir().expect("a folder");
    let things: BTreeMap<String, Thing> = [
        "a",
        "b/-rf",
        "b/new\nline",
        "b/back\\slash",
        "é ü/x",
        ".hidden/q",
    ]
    .into_iter()
    .map(|path| (path.to_owned(), Thing::File(7, path == "a")))
    .collect();
    build(&place.path().join("one"), things.iter(), 0);
    let archive = packed(&place.path().join("one"), &place.path().join("out"), &[]);
    let lines: Vec<String> = archive
        .entries
        .iter()
        .map(|e| format!("{} {:o}", e.path, e.mode))
        .collect();
    assert_eq!(
        lines,
        [
            ".hidden/q 644",
            "a 755",
            "b/-rf 644",
            "b/back\\slash 644",
            "b/new\nline 644",
            "é ü/x 644"
        ]
    );
}

const READER: &str = r#"
import sys, zipfile
archive = zipfile.ZipFile(sys.argv[1])
assert archive.testzip() is None
for entry in archive.infolist():
    print(entry.filename, entry.file_size, "%08x" % entry.CRC, oct(entry.external_attr >> 16), entry.date_time, len(entry.extra))
"#;

#[test]
fn python_reads_the_archive_with_names_modes_and_dates() {
    let place = tempfile::tempdir().expect("a folder");
    let project = place.path().join("project");
    fs::create_dir(&project).expect("a folder");
    fs::write(project.join("é.py"), "a").expect("a file");
    fs::write(project.join("run"), "a").expect("a file");
    fs::set_permissions(project.join("run"), fs::Permissions::from_mode(0o755)).expect("a mode");
    fs::write(project.join("zeros"), vec![0; 2_500_000]).expect("a file");
    packed(&project, &place.path().join("out"), &[]);
    let output = Command::new("python3")
        .args(["-c", READER])
        .arg(place.path().join("out/x.zip"))
        .env("PYTHONIOENCODING", "utf-8")
        .output()
        .expect("python3 runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // CRC-32 of "a" is e8b7be43; that of the zeros is Python's zlib.crc32(bytes(2500000)).
    assert_eq!(
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .collect::<Vec<_>>(),
        [
            "run 1 e8b7be43 0o100755 (1980, 1, 1, 0, 0, 0) 0",
            "zeros 2500000 ddadadd3 0o100644 (1980, 1, 1, 0, 0, 0) 0",
            "é.py 1 e8b7be43 0o100644 (1980, 1, 1, 0, 0, 0) 0",
        ]
    );
}

#[test]
fn a_pipe_in_the_project_is_told_and_does_not_make_anyone_wait() {
    let place = tempfile::tempdir().expect("a folder");
    let project = place.path().join("project");
    fs::create_dir(&project).expect("a folder");
    fs::write(project.join("a"), "a").expect("a file");
    assert!(
        Command::new("mkfifo")
            .arg(project.join("pipe"))
            .status()
            .expect("mkfifo runs")
            .success()
    );
    let archive = packed(&project, &place.path().join("out"), &[]);
    assert_eq!(archive.entries.len(), 1);
    let refused = chosen(&DiskProject::open(&project).expect("a project"), &[]).refused;
    assert_eq!(refused[0].path.as_str(), "pipe");
}
