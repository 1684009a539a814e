//! A project on the disk, and what the peer and the command make of it.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// By name: what a file of an archive holds.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// The folder of the peer, its plugin and the package managers.
pub(crate) fn peers() -> PathBuf {
    let serverless =
        pilothouse_tests::installed_by_npm("node/peer", "node/1", "node_modules/serverless");
    serverless.parent().expect("a folder").to_path_buf()
}

/// A project whose tools are installed above it, as in a repository of several services.
pub(crate) struct Place {
    place: TempDir,
}

impl Place {
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let place = tempfile::tempdir().expect("a temporary folder");
        let tools = place.path().join("node_modules");
        std::os::unix::fs::symlink(peers(), tools).expect("a link");
        std::fs::create_dir_all(place.path().join("home")).expect("a folder");
        let here = Self { place };
        for (name, text) in files {
            here.write(name, text);
        }
        here
    }

    pub(crate) fn project(&self) -> PathBuf {
        self.place.path().join("project")
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        let path = self.project().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }

    /// A package as it lies on npm, in a folder beside the project: `package(name, its dependencies, its files)`.
    pub(crate) fn package(&self, name: &str, manifest: &str, files: &[(&str, &str)]) {
        let made = self.place.path().join("made/package");
        let _ = std::fs::remove_dir_all(&made);
        std::fs::create_dir_all(&made).expect("a folder");
        let packages = self.packages();
        std::fs::create_dir_all(&packages).expect("a folder");
        let manifest = manifest.replace("file:", &format!("file:{}/", packages.display()));
        let manifest = format!("{{\"name\": \"{name}\", \"version\": \"1.0.0\"{manifest}}}");
        std::fs::write(made.join("package.json"), manifest).expect("a file");
        for (file, text) in files {
            std::fs::write(made.join(file), text).expect("a file");
        }
        let archive = packages.join(format!("{}.tgz", name.replace(['@', '/'], "_")));
        succeeds(
            Command::new("tar")
                .arg("-czf")
                .arg(archive)
                .arg("-C")
                .arg(made.parent().expect("a folder"))
                .arg("package"),
        );
    }

    /// The folder of packages.
    pub(crate) fn packages(&self) -> PathBuf {
        self.place.path().join("packages")
    }

    /// A program with nothing of the caller's in its environment, and no way to a registry.
    pub(crate) fn program(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command
            .current_dir(self.project())
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("HOME", self.place.path().join("home"))
            .env("AWS_ACCESS_KEY_ID", "none")
            .env("AWS_SECRET_ACCESS_KEY", "none")
            .env("SLS_TELEMETRY_DISABLED", "1")
            .env("SLS_INTERACTIVE_SETUP_ENABLE", "0")
            .env("SLS_NOTIFICATIONS_MODE", "off")
            .env("npm_config_offline", "true")
            .env("npm_config_audit", "false")
            .env("npm_config_fund", "false")
            .env("npm_config_update_notifier", "false")
            .env("npm_config_package_lock", "false");
        command
    }

    /// Installs the project's packages with npm.
    pub(crate) fn install(&self) {
        succeeds(self.program("npm").args(["install", "--ignore-scripts"]));
    }

    /// The archives that the peer makes.
    pub(crate) fn by_peer(&self) -> BTreeMap<String, Files> {
        succeeds(
            self.program("node")
                .arg(peers().join("serverless/bin/serverless.js"))
                .arg("package"),
        );
        let made = archives(&self.project().join(".serverless"));
        std::fs::remove_dir_all(self.project().join(".serverless")).expect("removed");
        made
    }

    /// The command, on this project.
    pub(crate) fn run(&self, words: &[&str]) -> Output {
        let home = self.place.path().join("home");
        pilothouse_tests::pilothouse(&home)
            .args(words)
            .arg("--dir")
            .arg(self.project())
            .output()
            .expect("the command starts")
    }

    /// The archives that the command makes.
    pub(crate) fn by_us(&self) -> BTreeMap<String, Files> {
        let output = self.run(&["package", "--allow-code", "all"]);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{told}");
        let folder = self.project().join(".pilothouse");
        let made = archives(&folder);
        std::fs::remove_dir_all(folder).expect("removed");
        made
    }
}

/// Runs a program that must end well.
pub(crate) fn succeeds(command: &mut Command) {
    let output = command.output().expect("it starts");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{command:?}: {said}{told}");
}

/// Every archive of a folder.
fn archives(folder: &Path) -> BTreeMap<String, Files> {
    let mut found = BTreeMap::new();
    for entry in std::fs::read_dir(folder).expect("results") {
        let path = entry.expect("an entry").path();
        let name = path
            .file_name()
            .expect("a name")
            .to_string_lossy()
            .into_owned();
        if !name.ends_with(".zip") {
            continue;
        }
        let mut archive = zip::ZipArchive::new(File::open(&path).expect("a file")).expect("a zip");
        let mut files = Files::new();
        for at in 0..archive.len() {
            let mut file = archive.by_index(at).expect("an entry");
            let mut content = Vec::new();
            file.read_to_end(&mut content).expect("content");
            let name = file.name().expect("a name").into_owned();
            files.insert(name, content);
        }
        found.insert(name, files);
    }
    found
}
