//! What several cross-crate tests need: the built command, run in a place of its own.
//!
//! The tests here call the real binary, as a user would. `make test` builds it first; a test that cannot find
//! it fails and says so, for a skipped test must never read as passed.

use std::path::{Path, PathBuf};
use std::process::Command;

/// The folder of this crate: `tests/` of the repository.
pub fn tests_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The repository's root.
pub fn repository() -> PathBuf {
    tests_folder()
        .parent()
        .map(Path::to_path_buf)
        .unwrap_or_default()
}

/// The built `pilothouse`, beside the running test.
///
/// # Panics
/// When it has not been built.
pub fn binary() -> PathBuf {
    let path = std::env::current_exe()
        .ok()
        .and_then(|test| Some(test.parent()?.parent()?.join("pilothouse")))
        .unwrap_or_default();
    if !path.is_file() {
        panic!(
            "{} is not built: run `cargo build -p pilothouse-cli` first (make test does)",
            path.display()
        );
    }
    path
}

/// The command with nothing of the caller's AWS, proxies or home in its environment.
///
/// A script that runs these tests in the background has them ignore Ctrl-C; `env` gives the command its own mind.
pub fn pilothouse(home: &Path) -> Command {
    let mut command = Command::new("/usr/bin/env");
    command
        .arg("--default-signal=INT")
        .arg(binary())
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("PILOTHOUSE_HOME", home.join("pilothouse"))
        .env("NO_COLOR", "1");
    command
}

/// The folder that downloads of the tests are kept in.
fn cache() -> PathBuf {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from);
    set("PILOTHOUSE_CACHE")
        .or_else(|| Some(set("XDG_CACHE_HOME")?.join("pilothouse")))
        .or_else(|| Some(set("HOME")?.join(".cache/pilothouse")))
        .unwrap_or_else(std::env::temp_dir)
}

/// Holds a folder of the cache against every other test that would fill it, in this process or another: the first
/// one fills it and the others wait.
fn alone(folder: &Path) -> std::fs::File {
    let held = folder.parent().map_or(Ok(()), std::fs::create_dir_all);
    let file = held.and_then(|()| std::fs::File::create(folder.with_added_extension("lock")));
    let locked = file.and_then(|file| file.lock().map(|()| file));
    locked.unwrap_or_else(|problem| panic!("{}: {problem}", folder.display()))
}

/// A Python with these packages, in a folder of the cache of its own.
///
/// # Panics
/// When it cannot be installed.
pub fn python_with(packages: &[&str], folder: &str) -> PathBuf {
    let folder = cache().join(folder);
    let _alone = alone(&folder);
    let (python, done) = (folder.join("bin/python"), folder.join("installed"));
    let wanted = packages.join("\n");
    if std::fs::read_to_string(&done).is_ok_and(|text| text == wanted) {
        return python;
    }
    let run = |command: &mut Command| {
        let output = command
            .output()
            .unwrap_or_else(|problem| panic!("{command:?}: {problem}"));
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{command:?}: {told}");
    };
    run(Command::new("python3")
        .args(["-m", "venv", "--clear"])
        .arg(&folder));
    run(Command::new(&python)
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(packages));
    if let Err(problem) = std::fs::write(&done, wanted) {
        panic!("{}: {problem}", done.display());
    }
    python
}

/// A folder of the cache with the wheels of these packages and of what they need, for a version of Python on Linux.
///
/// # Panics
/// When they cannot be fetched.
pub fn wheels_of(packages: &[&str], folder: &str, version: &str) -> PathBuf {
    let folder = cache().join(folder);
    let _alone = alone(&folder);
    let done = folder.join("fetched");
    let wanted = format!("{version}\n{}", packages.join("\n"));
    if std::fs::read_to_string(&done).is_ok_and(|text| text == wanted) {
        return folder;
    }
    let output = Command::new("python3")
        .args([
            "-m",
            "pip",
            "download",
            "--quiet",
            "--disable-pip-version-check",
        ])
        .args(["--only-binary", ":all:", "--python-version", version])
        .args([
            "--platform",
            "manylinux2014_x86_64",
            "--implementation",
            "cp",
            "-d",
        ])
        .arg(&folder)
        .args(packages)
        .output()
        .unwrap_or_else(|problem| panic!("python3: {problem}"));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "the wheels cannot be fetched: {told}"
    );
    if let Err(problem) = std::fs::write(&done, wanted) {
        panic!("{}: {problem}", done.display());
    }
    folder
}

/// A folder of the cache with what a folder of these tests pins (`package.json`, `package-lock.json`), installed by
/// npm when `wanted` is not there. Gives the path of `wanted`.
///
/// # Panics
/// When it cannot be installed.
pub fn installed_by_npm(pinned: &str, folder: &str, wanted: &str) -> PathBuf {
    let folder = cache().join(folder);
    let _alone = alone(&folder);
    let wanted = folder.join(wanted);
    // Written last: a package whose folder is there may still lack files.
    let done = folder.join("installed");
    if done.exists() && wanted.exists() {
        return wanted;
    }
    let written = std::fs::create_dir_all(&folder).and_then(|()| {
        for name in ["package.json", "package-lock.json"] {
            std::fs::copy(tests_folder().join(pinned).join(name), folder.join(name))?;
        }
        Ok(())
    });
    let output = written.and_then(|()| {
        Command::new("npm")
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .args(["--loglevel", "error"])
            .current_dir(&folder)
            .output()
    });
    match output {
        Ok(output) if output.status.success() && wanted.exists() => {
            if let Err(problem) = std::fs::write(&done, "") {
                panic!("{}: {problem}", done.display());
            }
            wanted
        }
        Ok(output) => panic!(
            "npm could not install {pinned}:\n{}",
            String::from_utf8_lossy(&output.stderr)
        ),
        Err(problem) => panic!("npm could not install {pinned}: {problem}"),
    }
}

/// Copies a folder with everything in it; links are copied as links.
///
/// # Errors
/// When the disk refuses.
pub fn copy_folder(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else if kind.is_symlink() {
            std::os::unix::fs::symlink(std::fs::read_link(entry.path())?, target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
