//! Runs the command on one case.

use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use crate::judge::Case;

/// What came of packaging a service.
pub(crate) struct Outcome {
    /// The folder everything lies in; gone when this is dropped.
    _place: TempDir,
    pub(crate) out: PathBuf,
    pub(crate) succeeded: bool,
    pub(crate) text: String,
    /// `(severity, code, message, path)` of each diagnostic, and of the failure itself.
    pub(crate) problems: Vec<Problem>,
}

pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) words: String,
    pub(crate) is_error: bool,
}

/// Variables by which the peer was steered to its mocks; they mean nothing to us.
const PEER_ONLY: &[&str] = &["NODE_OPTIONS", "PEER_MOCK"];

/// The local AWS, filled with what cases ask for; taken down when this is dropped.
pub(crate) struct LocalAws {
    home: TempDir,
}

impl LocalAws {
    pub(crate) fn up() -> Self {
        let this = Self {
            home: tempfile::tempdir().expect("a temporary folder"),
        };
        this.call(&["sandbox", "up"]);
        let status = this.call(&["sandbox", "status", "--json"]);
        let status: Value = serde_json::from_slice(&status).expect("JSON");
        let seeded = std::process::Command::new("python3")
            .arg(crate::folder().join("seed.py"))
            .arg(status["running"]["url"].as_str().expect("an address"))
            .status();
        assert!(seeded.expect("python3 starts").success(), "not seeded");
        this
    }

    /// Runs the command on it for a project; whether it succeeded, and all that it said.
    pub(crate) fn run_in(&self, project: &Path, words: &[&str]) -> (bool, String) {
        let mut command = self.command();
        command.args(words).current_dir(project);
        if words.first() != Some(&"activity") {
            command.arg("--sandbox");
        }
        let output = command.output().expect("the command starts");
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        (
            output.status.success(),
            said + &String::from_utf8_lossy(&output.stderr),
        )
    }

    fn command(&self) -> std::process::Command {
        let mut command = pilothouse_tests::pilothouse(self.home.path());
        if let Some(folder) = std::env::var_os("PILOTHOUSE_SANDBOX_INSTALL") {
            command.env("PILOTHOUSE_SANDBOX_INSTALL", folder);
        }
        command
    }

    fn call(&self, words: &[&str]) -> Vec<u8> {
        let output = self
            .command()
            .args(words)
            .output()
            .expect("the command starts");
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{words:?}: {told}");
        output.stdout
    }

    /// Where the command finds it.
    pub(crate) fn folder(&self) -> PathBuf {
        self.home.path().join("pilothouse")
    }
}

impl Drop for LocalAws {
    fn drop(&mut self) {
        self.call(&["sandbox", "down"]);
    }
}

pub(crate) fn package(case: &Case, aws: Option<&LocalAws>) -> Outcome {
    let place = tempfile::tempdir().expect("a temporary folder");
    let project = place.path().join("project");
    pilothouse_tests::copy_folder(&case.input, &project).expect("the case can be copied");
    let out = place.path().join("out");
    let mut command = pilothouse_tests::pilothouse(place.path());
    command
        .args(["package", "--json", "--dir"])
        .arg(&project)
        .arg("--out")
        .arg(&out)
        .args(&case.arguments);
    if let Some(aws) = aws.filter(|_| case.asks_aws) {
        command
            .arg("--sandbox")
            .env("PILOTHOUSE_HOME", aws.folder());
    }
    if case.runs_code {
        command.args(["--allow-code", "all"]);
    }
    for (name, value) in case
        .environment
        .iter()
        .filter(|(name, _)| !PEER_ONLY.contains(&name.as_str()))
    {
        command.env(name, value);
    }
    let result = command.output().expect("the command starts");
    let errors = String::from_utf8_lossy(&result.stderr).into_owned();
    Outcome {
        _place: place,
        out,
        succeeded: result.status.success(),
        problems: problems(&errors),
        text: errors,
    }
}

fn problems(errors: &str) -> Vec<Problem> {
    let Ok(value) = serde_json::from_str::<Value>(errors) else {
        return Vec::new();
    };
    let error = &value["error"];
    let diagnostics = error["diagnostics"].as_array().cloned().unwrap_or_default();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let mut problems: Vec<Problem> = diagnostics
        .iter()
        .map(|d| Problem {
            code: text(&d["code"]),
            words: [&d["message"], &d["path"], &d["reason"], &d["hint"]]
                .map(text)
                .join(" | "),
            is_error: d["severity"] == "error",
        })
        .collect();
    if problems.is_empty() && error.is_object() {
        problems.push(Problem {
            code: text(&error["code"]),
            words: format!(
                "{} {} {}",
                text(&error["title"]),
                text(&error["detail"]),
                error["hints"]
            ),
            is_error: true,
        });
    }
    problems
}

/// `(path, size, crc, mode)` of each entry, sorted, by Python's own reader of archives.
pub(crate) fn entries(archive: &Path) -> Result<Vec<(String, u64, String, String)>, String> {
    const READ: &str = "import json,sys,zipfile
print(json.dumps([[i.filename,i.file_size,f'{i.CRC:08x}',oct((i.external_attr>>16)&0o777)] for i in zipfile.ZipFile(sys.argv[1]).infolist()]))";
    let result = std::process::Command::new("python3")
        .args(["-c", READ])
        .arg(archive)
        .output()
        .expect("python3 starts");
    let mut entries: Vec<(String, u64, String, String)> = serde_json::from_slice(&result.stdout)
        .map_err(|_| String::from_utf8_lossy(&result.stderr).into_owned())?;
    entries.sort();
    Ok(entries)
}
