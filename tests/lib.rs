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
pub fn pilothouse(home: &Path) -> Command {
    let mut command = Command::new(binary());
    command
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", home)
        .env("PILOTHOUSE_HOME", home.join("pilothouse"))
        .env("NO_COLOR", "1");
    command
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
