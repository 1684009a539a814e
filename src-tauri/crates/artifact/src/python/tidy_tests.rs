//! Tests of making what was fetched the same everywhere.

use std::collections::{BTreeMap, HashSet};

use pilothouse_testkit::{FakePrivateFolder, MemoryProject};

use super::super::target::Architecture;
use super::*;

const TARGET: PythonTarget = PythonTarget::new(12, Architecture::X86);

fn metadata(name: &str, requires: &str) -> String {
    format!(
        "Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}\n\nRequires-Dist: not-this\n"
    )
}

/// What is written and listed of a tree.
fn tidied(
    project: &MemoryProject,
    asked: &[&str],
) -> (Vec<FetchedPackage>, BTreeMap<String, String>) {
    let store = FakePrivateFolder::default();
    let tidying = Tidying {
        store: &store,
        folder: "files",
        files: project,
        target: &TARGET,
    };
    let asked: HashSet<String> = asked.iter().map(|name| (*name).to_owned()).collect();
    let none = HashSet::new();
    let (packages, files) = tidying.tidy(&asked, &none, &none).expect("tidied");
    let listed = files.iter().map(|file| {
        let name = format!("files/{}", file.path);
        let ours = store.read(&name, 0).expect("read");
        let text = ours.map(|bytes| String::from_utf8(bytes).expect("text"));
        (file.path.clone(), text.unwrap_or_default())
    });
    (packages, listed.collect())
}

fn of_pip() -> MemoryProject {
    MemoryProject::new()
        .file("a/__init__.py", "x = 1\n")
        .file("a/__pycache__/__init__.cpython-311.pyc", "cache")
        .program("bin/a", "#!/home/me/python3\n# -*- coding: utf-8 -*-\nimport re\n")
        .program("bin/other.sh", "#!/bin/sh\n")
        .file("A-1.0.dist-info/METADATA", metadata("A", "Requires-Dist: b"))
        .file("A-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
        .file("A-1.0.dist-info/INSTALLER", "pip\n")
        .file("A-1.0.dist-info/entry_points.txt", "[console_scripts]\na = a.cli:main\n../evil = x:y\n")
        .file(
            "A-1.0.dist-info/RECORD",
            "../../bin/a,sha256=x,70\na/__init__.py,sha256=y,6\na/__pycache__/__init__.cpython-311.pyc,,\nA-1.0.dist-info/INSTALLER,sha256=z,4\nA-1.0.dist-info/RECORD,,\n",
        )
}

fn of_uv() -> MemoryProject {
    of_pip()
        .file(".lock", "")
        .program("bin/a", "#!/opt/py\nother words\n")
        .file("A-1.0.dist-info/INSTALLER", "uv")
        .file("A-1.0.dist-info/REQUESTED", "")
        .file("A-1.0.dist-info/uv_cache.json", "{}")
        .file(
            "A-1.0.dist-info/RECORD",
            "a/__init__.py,sha256=y,6\nbin/a,sha256=q,9\nA-1.0.dist-info/INSTALLER,sha256=zz,2\nA-1.0.dist-info/REQUESTED,sha256=e,0\nA-1.0.dist-info/RECORD,,\n",
        )
}

#[test]
fn whichever_program_fetched_the_result_is_the_same() {
    let (packages, files) = tidied(&of_pip(), &[]);
    assert_eq!((packages, files.clone()), tidied(&of_uv(), &[]));
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(
        names,
        [
            "A-1.0.dist-info/INSTALLER",
            "A-1.0.dist-info/METADATA",
            "A-1.0.dist-info/RECORD",
            "A-1.0.dist-info/WHEEL",
            "A-1.0.dist-info/entry_points.txt",
            "a/__init__.py",
            "bin/a",
            "bin/other.sh",
        ]
    );
    assert!(
        files["bin/a"]
            .starts_with("#!/var/lang/bin/python3.12\nimport sys\nfrom a.cli import main\n")
    );
    assert_eq!(
        files["A-1.0.dist-info/RECORD"],
        "A-1.0.dist-info/INSTALLER,,\nA-1.0.dist-info/RECORD,,\na/__init__.py,sha256=y,6\nbin/a,,\n"
    );
}

#[test]
fn what_was_asked_for_keeps_its_mark_and_sizes_are_counted() {
    let (packages, files) = tidied(&of_uv(), &["a"]);
    assert!(files.contains_key("A-1.0.dist-info/REQUESTED"));
    let package = packages.first().expect("one");
    assert!(package.is_asked && package.files == 5, "{package:?}");
}

#[test]
fn a_wheel_of_another_platform_is_refused() {
    let foreign = MemoryProject::new()
        .file("n-1.dist-info/METADATA", metadata("n", "X: y"))
        .file(
            "n-1.dist-info/WHEEL",
            "Tag: cp312-cp312-macosx_11_0_arm64\n",
        );
    let store = FakePrivateFolder::default();
    let tidying = Tidying {
        store: &store,
        folder: "files",
        files: &foreign,
        target: &TARGET,
    };
    let none = HashSet::new();
    let problem = tidying.tidy(&none, &none, &none).expect_err("foreign");
    assert_eq!(
        problem.to_string(),
        "n is for another platform than Python 3.12 on x86_64"
    );
}

#[test]
fn what_the_target_needs_and_this_computer_does_not_is_found() {
    let requires = "Requires-Dist: there\nRequires-Dist: new>=1; python_version >= '3.12'\nRequires-Dist: old; python_version < '3.12'\nRequires-Dist: more; extra == 'x'";
    let project = MemoryProject::new()
        .file("a-1.dist-info/METADATA", metadata("a", requires))
        .file("There-1.dist-info/METADATA", metadata("There", "X: y"));
    let store = FakePrivateFolder::default();
    let tidying = Tidying {
        store: &store,
        folder: "files",
        files: &project,
        target: &TARGET,
    };
    let missing = tidying.missing().expect("asked");
    let lines: Vec<String> = missing.iter().map(|one| one.line("")).collect();
    assert_eq!(lines, ["new>=1"]);
}
