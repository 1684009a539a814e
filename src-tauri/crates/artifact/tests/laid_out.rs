//! pnpm's store as npm would have laid it out, on the real disk.
#![cfg(unix)]
#![expect(clippy::expect_used, reason = "what builds a test's world may panic")]

use std::os::unix::fs::symlink;
use std::path::Path;
use std::sync::Arc;

use pilothouse_artifact::laid_out;
use pilothouse_effects::ProjectFiles;
use pilothouse_local::DiskProject;
use pilothouse_model::ProjectPath;

/// A package of the store that finds others by links beside it, each `name version`.
fn stored(project: &Path, name: &str, version: &str, needs: &[(&str, &str)]) {
    let beside = project.join(format!("node_modules/.pnpm/{name}@{version}/node_modules"));
    let folder = beside.join(name);
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("index.js"), format!("{name} {version}")).expect("a file");
    for (need, version) in needs {
        symlink(
            format!("../../{need}@{version}/node_modules/{need}"),
            beside.join(need),
        )
        .expect("a link");
    }
}

fn linked(project: &Path, folder: &str, name: &str, version: &str, up: &str) {
    let modules = project.join(folder).join("node_modules");
    std::fs::create_dir_all(&modules).expect("a folder");
    let target = format!("{up}.pnpm/{name}@{version}/node_modules/{name}");
    symlink(target, modules.join(name)).expect("a link");
}

fn seen(project: &Path) -> Vec<String> {
    let files: Arc<dyn ProjectFiles> = Arc::new(DiskProject::open(project).expect("a project"));
    let seen = laid_out(files).expect("laid out");
    let tree = seen.walk(&|_| false).expect("a tree");
    let text = |path: &ProjectPath| {
        let content = seen.read(path, 100).expect("content");
        format!("{path}: {}", String::from_utf8_lossy(&content))
    };
    tree.iter().map(|entry| text(&entry.path)).collect()
}

#[test]
fn each_package_finds_the_version_that_it_needs_and_circles_end() {
    let place = tempfile::tempdir().expect("a folder");
    let project = place.path();
    std::fs::write(project.join("h.js"), "own").expect("a file");
    stored(project, "x", "1", &[("deep", "1")]);
    stored(project, "x", "2", &[]);
    stored(project, "deep", "1", &[("a", "1")]);
    stored(project, "deep", "2", &[]);
    stored(project, "a", "1", &[("x", "1"), ("deep", "1")]);
    stored(project, "b", "1", &[("x", "2")]);
    stored(project, "unused", "1", &[]);
    for (name, version) in [("a", "1"), ("b", "1"), ("x", "2"), ("deep", "2")] {
        linked(project, "", name, version, "");
    }
    linked(project, "sub", "b", "1", "../../node_modules/");
    assert_eq!(
        seen(project),
        [
            "h.js: own",
            "node_modules/a/index.js: a 1",
            "node_modules/a/node_modules/deep/index.js: deep 1",
            "node_modules/a/node_modules/x/index.js: x 1",
            "node_modules/b/index.js: b 1",
            "node_modules/deep/index.js: deep 2",
            "node_modules/x/index.js: x 2",
            "sub/node_modules/b/index.js: b 1",
            "sub/node_modules/x/index.js: x 2",
        ]
    );
}

#[test]
fn a_project_without_a_store_is_as_it_is() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().join("node_modules/a");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("index.js"), "a").expect("a file");
    symlink("a", place.path().join("node_modules/b")).expect("a link");
    assert_eq!(
        seen(place.path()),
        ["node_modules/a/index.js: a", "node_modules/b/index.js: a"]
    );
}
