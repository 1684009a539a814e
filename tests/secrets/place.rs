//! A home of its own with a sandbox that is taken down however the test ends.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;

pub struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().expect("a temporary folder"),
        }
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn file(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        std::fs::write(&path, text).expect("a file");
        path
    }

    fn command(&self, words: &[&str]) -> Command {
        let install = std::env::var("PILOTHOUSE_SANDBOX_INSTALL")
            .unwrap_or_else(|_| format!("{}/sandbox-install", env!("CARGO_TARGET_TMPDIR")));
        let mut command = pilothouse_tests::pilothouse(self.folder());
        command
            .args(words)
            .current_dir(self.folder())
            .env("PILOTHOUSE_SANDBOX_INSTALL", install)
            .stdin(Stdio::null());
        command
    }

    /// Runs `pilothouse secrets` on the sandbox.
    pub fn secrets(&self, words: &[&str]) -> Output {
        let all = [&["secrets"], words, &["--sandbox"]].concat();
        self.command(&all).output().expect("the command starts")
    }

    /// The same with something on its standard input.
    pub fn secrets_with(&self, input: &str, words: &[&str]) -> Output {
        let all = [&["secrets"], words, &["--sandbox"]].concat();
        let mut command = self.command(&all);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().expect("the command starts");
        let mut pipe = child.stdin.take().expect("a pipe");
        pipe.write_all(input.as_bytes()).expect("it reads");
        drop(pipe);
        child.wait_with_output().expect("it ends")
    }

    pub fn run(&self, words: &[&str]) -> Output {
        self.command(words).output().expect("the command starts")
    }

    /// What it prints as JSON, when it must succeed.
    pub fn json(&self, words: &[&str]) -> Value {
        let output = self.secrets(&[words, &["--json"]].concat());
        assert!(output.status.success(), "{words:?}: {}", errors(&output));
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    /// Stores a value, and gives the version.
    pub fn store(&self, name: &str, value: &str, more: &[&str]) -> u64 {
        let words = [&["set", name, "--json"], more].concat();
        let output = self.secrets_with(value, &words);
        assert!(output.status.success(), "{words:?}: {}", errors(&output));
        let done: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        done["version"].as_u64().expect("a number")
    }

    pub fn value(&self, name: &str) -> String {
        let found = self.json(&["reveal", name]);
        found["value"].as_str().expect("a text").to_owned()
    }

    /// What it says when it must fail.
    pub fn refused(&self, words: &[&str]) -> String {
        let output = self.secrets(words);
        assert_eq!(
            output.status.code(),
            Some(1),
            "{words:?}: {}",
            errors(&output)
        );
        errors(&output)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.run(&["sandbox", "down"]);
    }
}

pub fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}
